package io.riskladder.core.advice;

import io.riskladder.core.internal.Paths;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.Rung;
import io.riskladder.core.risk.BlockStrength;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What groups hold that does nothing. */
final class GroupAdvice {
  private final AdvisedPolicies advised;
  private final List<Finding> findings = new ArrayList<>();

  private GroupAdvice(AdvisedPolicies advised) {
    this.advised = advised;
  }

  static List<Finding> on(AdvisedPolicies advised) {
    GroupAdvice advice = new GroupAdvice(advised);
    for (DeviceGroup group : advised.policies().source().groups()) {
      group.policies().forEach((id, policy) -> advice.redundant(group, id, policy));
      group
          .onDeviceThreatProtection()
          .filter(protection -> !protection.blockedDomains().isEmpty())
          .ifPresent(protection -> advice.domains(group, protection));
    }
    return advice.findings;
  }

  private void redundant(DeviceGroup group, String classification, ClassificationPolicy policy) {
    Ladder own = advised.of(group).ladder(classification).orElseThrow();
    Ladder inherited =
        group
            .parent()
            .flatMap(
                parent -> advised.policies().group(parent).orElseThrow().ladder(classification))
            .or(() -> advised.policies().defaultLadder(classification))
            .orElseThrow();
    if (!own.hasSameSteps(inherited) || !saysNothingNew(policy, inherited)) {
      return;
    }
    String from =
        inherited
            .policyGroup()
            .flatMap(advised.policies()::group)
            .map(owner -> "group " + AdvisedLadder.quoted(owner.name()))
            .orElse("the default of the classification");
    findings.add(
        new Finding(
            AdviceCode.REDUNDANT_OVERRIDE,
            Paths.key(Paths.field(advised.pathOf(group), "policies"), classification),
            "Devices in group "
                + AdvisedLadder.quoted(group.name())
                + " get from this policy what they would inherit from "
                + from
                + ", and miss what is changed there later.",
            "Take the policy away, so that the group inherits it."));
  }

  /**
   * Whether every message of the policy is also what the groups above have on that rung, so that
   * groups below find the same without it.
   */
  private static boolean saysNothingNew(ClassificationPolicy policy, Ladder inherited) {
    for (Rung rung : inherited.rungs()) {
      Optional<CustomMessage> own =
          rung.number() == 0
              ? policy.message()
              : policy.escalations().get(rung.number() - 1).message();
      boolean fromThatRung =
          rung.messageSource().filter(source -> source.rung() == rung.number()).isPresent();
      if (own.isPresent() && !(fromThatRung && own.get().equals(rung.message()))) {
        return false;
      }
    }
    return true;
  }

  private void domains(DeviceGroup group, OnDeviceThreatProtection protection) {
    String path =
        Paths.field(
            Paths.field(advised.pathOf(group), "onDeviceThreatProtection"), "blockedDomains");
    String name = AdvisedLadder.quoted(group.name());
    if (!protection.enabled() || !isUsed(group)) {
      findings.add(
          new Finding(
              AdviceCode.DEAD_DOMAIN_LIST,
              path,
              "This list blocks nothing on devices in group "
                  + name
                  + ", as "
                  + (protection.enabled()
                      ? "no step of their ladders has BLOCK_DOMAINS_AND_ALERT."
                      : "on-device threat protection is off there."),
              protection.enabled()
                  ? "Use BLOCK_DOMAINS_AND_ALERT on a step, or empty the list."
                  : "Enable on-device threat protection, or empty the list."));
      return;
    }
    Set<String> domains = new HashSet<>(protection.blockedDomains());
    for (String domain : protection.blockedDomains()) {
      covering(domain, domains)
          .ifPresent(
              other ->
                  findings.add(
                      new Finding(
                          AdviceCode.DEAD_DOMAIN_LIST,
                          path,
                          "For devices in group "
                              + name
                              + ", "
                              + domain
                              + " changes nothing, as "
                              + other
                              + " is blocked with all its subdomains.",
                          "Take " + domain + " out of the list.")));
    }
  }

  /** {@return the nearest domain above this one that is in the list as well} */
  private static Optional<String> covering(String domain, Set<String> domains) {
    for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
      String above = domain.substring(dot + 1);
      if (domains.contains(above)) {
        return Optional.of(above);
      }
    }
    return Optional.empty();
  }

  /** Whether a device of the group, or of one that inherits the list, is ever blocked by it. */
  private boolean isUsed(DeviceGroup holder) {
    Set<Ladder> seen = new HashSet<>();
    Deque<DeviceGroup> toVisit = new ArrayDeque<>(List.of(holder));
    while (!toVisit.isEmpty()) {
      DeviceGroup group = toVisit.remove();
      if (blocksDomains(advised.of(group), seen)) {
        return true;
      }
      for (DeviceGroup child : advised.childrenOf(group)) {
        if (child.onDeviceThreatProtection().isEmpty()) {
          toVisit.add(child);
        }
      }
    }
    return false;
  }

  private boolean blocksDomains(GroupPolicies group, Set<Ladder> seen) {
    for (String classification : advised.policies().classifications().keySet()) {
      Ladder ladder = group.ladder(classification).orElseThrow();
      if (seen.add(ladder)
          && ladder.rungs().stream()
              .anyMatch(rung -> rung.response().block() == BlockStrength.DOMAINS)) {
        return true;
      }
    }
    return false;
  }
}
