package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.policy.CompiledPolicies;

/** Whether a device can live under other policies ({@link RejectionReason#INVALID_POLICY}). */
public final class PolicyFit {
  private PolicyFit() {}

  /**
   * {@return whether a device's group is there, and the classification of each threat that is going
   * to be re-rated is known and not web content}
   *
   * @param device the device
   * @param policies the policies to come
   * @param mode what is to become of its threats
   */
  public static boolean fits(
      EnrolledDevice device, CompiledPolicies policies, PolicyChangeMode mode) {
    requireNonNull(mode, "mode");
    return policies.group(device.group()).isPresent()
        && (mode == PolicyChangeMode.PIN
            || device.threats().values().stream()
                .filter(threat -> threat.pin().isEmpty())
                .allMatch(threat -> knows(policies, threat)));
  }

  private static boolean knows(CompiledPolicies policies, ThreatState threat) {
    return policies
        .classification(threat.classification())
        .filter(classification -> !classification.isWebContent())
        .isPresent();
  }
}
