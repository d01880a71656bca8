package io.riskladder.core.policy;

import com.google.common.collect.ImmutableSet;
import java.util.Set;

/**
 * One thing that is wrong with a policy set.
 *
 * @param path the field to blame, like {@code groups[0].policies.OUT_OF_DATE_OS.riskLevel}; empty
 *     for the document as a whole
 * @param message what is wrong with it: one line, lower case, no full stop
 * @param dependsOn the paths of other fields that the judgement rests on: where one of them is
 *     itself in error, this problem may be none
 */
public record PolicyProblem(String path, String message, Set<String> dependsOn) {
  /**
   * Copies what it is given.
   *
   * @param path the field to blame, like {@code groups[0].policies.OUT_OF_DATE_OS.riskLevel}
   * @param message what is wrong with it: one line, lower case, no full stop
   * @param dependsOn the paths of other fields that the judgement rests on: where one of them is
   *     itself in error, this problem may be none
   */
  public PolicyProblem {
    dependsOn = ImmutableSet.copyOf(dependsOn);
  }

  /** {@return the problem in one line: the path, a colon, the message} */
  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
