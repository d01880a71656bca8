package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.policy.PolicySet;
import java.time.Instant;

/**
 * A version of a tenant's policies.
 *
 * @param version 0 for the first, one more for each change
 * @param policies the policies
 * @param mode what became of the threats that were open
 * @param at when they were put in force
 */
public record StoredPolicies(int version, PolicySet policies, PolicyChangeMode mode, Instant at) {
  /**
   * Takes what it is given.
   *
   * @param version the version
   * @param policies the policies
   * @param mode what became of the threats that were open
   * @param at when they were put in force
   */
  public StoredPolicies {
    requireNonNull(policies, "policies");
    requireNonNull(mode, "mode");
    requireNonNull(at, "at");
  }
}
