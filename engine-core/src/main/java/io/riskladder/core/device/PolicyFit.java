package io.riskladder.core.device;

import static io.riskladder.core.internal.Checks.excerpt;
import static java.util.Objects.requireNonNull;

import io.riskladder.core.policy.CompiledPolicies;
import java.util.Optional;

/** Whether a device can live under other policies ({@link RejectionReason#INVALID_POLICY}). */
public final class PolicyFit {
  private PolicyFit() {}

  /**
   * {@return why a device cannot live under the policies, in one line: its group is not there, or
   * the classification of a threat that is to be re-rated is unknown or web content; nothing if it
   * can}
   *
   * @param device the device
   * @param policies the policies to come
   * @param mode what is to become of its threats
   */
  public static Optional<String> misfit(
      EnrolledDevice device, CompiledPolicies policies, PolicyChangeMode mode) {
    requireNonNull(mode, "mode");
    String who = "device " + excerpt(device.id());
    if (policies.group(device.group()).isEmpty()) {
      return Optional.of(who + " is in group " + excerpt(device.group()) + ", which is not there");
    }
    if (mode == PolicyChangeMode.PIN) {
      return Optional.empty();
    }
    return device.openThreats().stream()
        .filter(threat -> threat.pin().isEmpty() && !canBeRated(policies, threat.classification()))
        .map(
            threat ->
                who
                    + " has threat "
                    + excerpt(threat.id())
                    + " of classification "
                    + excerpt(threat.classification())
                    + ", which is unknown or web content there")
        .findFirst();
  }

  /** {@return whether threats of a classification can have a ladder there} */
  static boolean canBeRated(CompiledPolicies policies, String classification) {
    return policies
        .classification(classification)
        .filter(known -> !known.isWebContent())
        .isPresent();
  }
}
