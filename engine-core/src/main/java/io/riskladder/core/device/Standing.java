package io.riskladder.core.device;

import static io.riskladder.core.internal.Checks.excerpt;
import static io.riskladder.core.internal.Checks.invalid;

import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.core.policy.Rung;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.ZoneId;

/** Which policy a threat is under: the present one, or the one that it is pinned to. */
record Standing(
    int version, CompiledPolicies policies, GroupPolicies group, Ladder ladder, int place) {

  /**
   * {@return where a threat stands}
   *
   * @param present the version and group of its device, for threats that are not pinned
   */
  static Standing of(ThreatState threat, PolicyArchive archive, PolicyPin present) {
    PolicyPin pin = threat.pin().orElse(present);
    CompiledPolicies policies = policies(archive, pin.version());
    Ladder ladder = ladder(threat, archive, present);
    if (threat.rung() >= ladder.rungs().size()) {
      throw invalid(
          "policies",
          "threat "
              + excerpt(threat.id())
              + " is on rung "
              + threat.rung()
              + ", which is not there");
    }
    return new Standing(
        pin.version(), policies, group(policies, pin.group()), ladder, threat.rung());
  }

  /** {@return the ladder that a threat is on, whatever its rung} */
  static Ladder ladder(ThreatState threat, PolicyArchive archive, PolicyPin present) {
    PolicyPin pin = threat.pin().orElse(present);
    return group(policies(archive, pin.version()), pin.group())
        .ladder(threat.classification())
        .orElseThrow(
            () ->
                invalid(
                    "policies",
                    excerpt(threat.classification())
                        + ", of threat "
                        + excerpt(threat.id())
                        + ", is unknown to version "
                        + pin.version()));
  }

  static CompiledPolicies policies(PolicyArchive archive, int version) {
    return archive
        .version(version)
        .orElseThrow(() -> invalid("policies", "version " + version + " is needed and not there"));
  }

  static GroupPolicies group(CompiledPolicies policies, String group) {
    return policies
        .group(group)
        .orElseThrow(() -> invalid("policies", "group " + excerpt(group) + " is not there"));
  }

  Rung rung() {
    return ladder.rung(place);
  }

  RiskLevel riskLevel() {
    return rung().riskLevel();
  }

  Response response() {
    return rung().response();
  }

  ZoneId timeZone() {
    return policies.timeZone();
  }

  PolicyBasis basis() {
    return new PolicyBasis(place, ladder.policyGroup(), version);
  }
}
