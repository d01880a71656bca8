package io.riskladder.core.policy;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import java.util.List;

/** A policy set cannot be used; says everything that is wrong with it. */
public final class InvalidPolicyException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final transient ImmutableList<PolicyProblem> problems;

  /**
   * An exception for these problems.
   *
   * @param problems what is wrong, one or more
   */
  public InvalidPolicyException(List<PolicyProblem> problems) {
    super(Joiner.on('\n').join(problems));
    this.problems = ImmutableList.copyOf(problems);
  }

  /** {@return all that is wrong, in the order of the set's parts; unmodifiable} */
  public List<PolicyProblem> problems() {
    return problems;
  }
}
