package io.riskladder.core.device;

import static io.riskladder.core.internal.Checks.excerpt;
import static io.riskladder.core.internal.Checks.invalid;

import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.PolicyArchive;

/** Looks up the policies that a device's state says it is under; they have to be there. */
final class PolicyLookup {
  private PolicyLookup() {}

  static CompiledPolicies policies(PolicyArchive archive, int version) {
    CompiledPolicies policies = archive.version(version).orElse(null);
    if (policies == null) {
      throw invalid("policies", "version " + version + " is needed and not there");
    }
    return policies;
  }

  static GroupPolicies group(CompiledPolicies policies, String group) {
    return policies
        .group(group)
        .orElseThrow(() -> invalid("policies", "group " + excerpt(group) + " is not there"));
  }

  static Ladder ladder(GroupPolicies group, String classification, String threat, int version) {
    return group
        .ladder(classification)
        .orElseThrow(
            () ->
                invalid(
                    "policies",
                    excerpt(classification)
                        + ", of threat "
                        + excerpt(threat)
                        + ", is unknown to version "
                        + version));
  }

  /** {@return the ladder that a threat is on, whatever its rung} */
  static Ladder ladder(ThreatState threat, PolicyArchive archive, int version, String group) {
    return ladder(
        group(policies(archive, version), group), threat.classification(), threat.id(), version);
  }
}
