package io.riskladder.mdm.runtime;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What came of other policies that were to be put in force.
 *
 * @param version the version that is in force now
 * @param misfit why they could not be put in force, in one line: the first device found that cannot
 *     live under them; absent if they are in force
 */
public record PolicyAnswer(int version, Optional<String> misfit) {
  /**
   * Takes what it is given.
   *
   * @param version the version that is in force now
   * @param misfit why they could not be put in force
   */
  public PolicyAnswer {
    requireNonNull(misfit, "misfit");
  }
}
