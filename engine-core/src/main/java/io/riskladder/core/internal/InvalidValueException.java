package io.riskladder.core.internal;

/**
 * A value that may not exist, with the field that is to blame; hosts see an
 * IllegalArgumentException.
 */
public final class InvalidValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String problem;

  InvalidValueException(String path, String problem) {
    super(path + ": " + problem);
    this.path = path;
    this.problem = problem;
  }

  /** {@return the field to blame, as the caller of the check named it} */
  public String path() {
    return path;
  }

  /** {@return what is wrong with it: one line, lower case, no full stop} */
  public String problem() {
    return problem;
  }
}
