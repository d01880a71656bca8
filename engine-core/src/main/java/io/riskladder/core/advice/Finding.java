package io.riskladder.core.advice;

import static java.util.Objects.requireNonNull;

/**
 * One thing in a policy set that is unwise.
 *
 * @param code what it is
 * @param path the field to change, like {@code groups[0].policies.OUT_OF_DATE_OS.response}
 * @param message one sentence: what will happen to whom
 * @param remedy one sentence: what to do instead
 */
public record Finding(AdviceCode code, String path, String message, String remedy) {
  /**
   * Takes what it is given.
   *
   * @param code what it is
   * @param path the field to change, like {@code groups[0].policies.OUT_OF_DATE_OS.response}
   * @param message one sentence: what will happen to whom
   * @param remedy one sentence: what to do instead
   */
  public Finding {
    requireNonNull(code, "code");
    requireNonNull(path, "path");
    requireNonNull(message, "message");
    requireNonNull(remedy, "remedy");
  }

  /** {@return how much it matters} */
  public Severity severity() {
    return code.severity();
  }

  /** {@return the finding in one line: the path, the code, the message, the remedy} */
  @Override
  public String toString() {
    return path + ": " + code + ": " + message + " " + remedy;
  }
}
