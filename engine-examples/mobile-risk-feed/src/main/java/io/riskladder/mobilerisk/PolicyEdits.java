package io.riskladder.mobilerisk;

import static io.riskladder.core.policy.OnDeviceThreatProtection.disabled;

import io.riskladder.core.Limits;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicyProblem;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Catalogue;
import io.riskladder.core.threat.Classification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Policy sets that differ in one place from one that is in force. */
final class PolicyEdits {
  private final PolicySet set;
  private final List<Note> notes = new ArrayList<>();

  PolicyEdits(PolicySet set) {
    this.set = set;
  }

  /** {@return what somebody should know of the edits so far} */
  List<Note> notes() {
    return notes;
  }

  static DeviceGroup root(PolicySet set) {
    return set.groups().stream()
        .filter(group -> group.parent().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  static Optional<DeviceGroup> group(PolicySet set, String id) {
    return set.groups().stream().filter(group -> group.id().equals(id)).findFirst();
  }

  static Optional<Classification> classification(PolicySet set, String id) {
    Optional<Classification> builtIn = Catalogue.find(id);
    return builtIn.isPresent()
        ? builtIn
        : set.classifications().stream().filter(own -> own.id().equals(id)).findFirst();
  }

  /** {@return the policy that holds for a group's devices: its own, or the nearest above} */
  static ClassificationPolicy effective(
      PolicySet set, DeviceGroup group, Classification classification) {
    ClassificationPolicy own = group.policies().get(classification.id());
    if (own != null) {
      return own;
    }
    Optional<DeviceGroup> above = group.parent().flatMap(id -> group(set, id));
    return above.isPresent()
        ? withoutMessages(effective(set, above.get(), classification))
        : ClassificationPolicy.builder()
            .riskLevel(classification.riskLevel())
            .response(classification.response())
            .build();
  }

  /** An inherited policy that becomes a group's own inherits its messages all the same. */
  private static ClassificationPolicy withoutMessages(ClassificationPolicy policy) {
    return ClassificationPolicy.builder()
        .from(policy)
        .message(Optional.empty())
        .escalations(
            policy.escalations().stream()
                .map(step -> Escalation.builder().from(step).message(Optional.empty()).build())
                .toList())
        .build();
  }

  private OnDeviceThreatProtection protection(DeviceGroup group) {
    Optional<DeviceGroup> above = group.parent().flatMap(id -> group(set, id));
    return group
        .onDeviceThreatProtection()
        .orElseGet(() -> above.isPresent() ? protection(above.get()) : disabled());
  }

  /** {@return the set with another risk level or response at the base of a group's policy} */
  PolicySet rated(
      DeviceGroup group,
      Classification classification,
      Optional<RiskLevel> level,
      Optional<Response> response) {
    ClassificationPolicy before = effective(set, group, classification);
    RiskLevel base = level.orElse(before.riskLevel());
    List<Escalation> above =
        before.escalations().stream().filter(step -> step.riskLevel().isAbove(base)).toList();
    boolean climbs = base != RiskLevel.NONE;
    int dropped = before.escalations().size() - (climbs ? above.size() : 0);
    if (dropped > 0) {
      notes.add(
          new Note(
              Note.Kind.ESCALATIONS_DROPPED,
              classification.id()
                  + " lost "
                  + dropped
                  + " escalations that are not above "
                  + base));
    }
    ClassificationPolicy after =
        ClassificationPolicy.builder()
            .from(before)
            .riskLevel(base)
            .response(possible(group, classification, base, response.orElse(before.response())))
            .escalations(climbs ? above : List.of())
            .build();
    boolean own = group.policies().containsKey(classification.id()) || group.parent().isEmpty();
    return own && after.equals(before) // a group's edit ends its inheriting, whatever it says
        ? set
        : withPolicy(group, classification.id(), after);
  }

  /** {@return the response, or the nearest that the group can have} */
  private Response possible(
      DeviceGroup group, Classification classification, RiskLevel level, Response wanted) {
    Response possible = wanted;
    String why = "";
    if (level == RiskLevel.NONE && wanted != Response.DONT_ALERT) {
      possible = Response.DONT_ALERT;
      why = "level NONE neither alerts nor blocks";
    } else if (!protection(group).allows(wanted.block())) {
      possible = Response.ALERT_DEVICE;
      why = "on-device threat protection is off there, or has no domains";
    }
    if (possible != wanted) {
      notes.add(
          new Note(
              Note.Kind.RESPONSE_REPLACED,
              classification.id()
                  + " in group "
                  + Excerpt.of(group.id())
                  + " has "
                  + possible
                  + " in place of "
                  + wanted
                  + ": "
                  + why));
    }
    return possible;
  }

  private PolicySet withPolicy(DeviceGroup group, String classification, ClassificationPolicy to) {
    Map<String, ClassificationPolicy> policies = new LinkedHashMap<>(group.policies());
    policies.put(classification, to);
    return withPolicies(group, policies);
  }

  private PolicySet withPolicies(DeviceGroup group, Map<String, ClassificationPolicy> policies) {
    return with(group.id(), g -> DeviceGroup.builder().from(g).policies(policies).build());
  }

  /** {@return the set in which a group has the policies of its namesake in another set} */
  PolicySet reset(DeviceGroup group, PolicySet afterReset) {
    Map<String, ClassificationPolicy> policies =
        group(afterReset, group.id()).map(DeviceGroup::policies).orElse(Map.of());
    return policies.equals(group.policies()) ? set : withPolicies(group, policies);
  }

  /** {@return the set in which blocking is on or off in a group, with the domains as they are} */
  PolicySet protecting(DeviceGroup group, boolean enabled) {
    OnDeviceThreatProtection before = protection(group);
    return before.enabled() == enabled
        ? set
        : with(
            group.id(),
            g ->
                DeviceGroup.builder()
                    .from(g)
                    .onDeviceThreatProtection(
                        new OnDeviceThreatProtection(enabled, before.blockedDomains()))
                    .build());
  }

  private PolicySet with(String id, UnaryOperator<DeviceGroup> change) {
    return PolicySet.builder()
        .from(set)
        .groups(
            set.groups().stream()
                .map(group -> group.id().equals(id) ? change.apply(group) : group)
                .toList())
        .build();
  }

  /** {@return the first thing that is wrong with a set, if anything is} */
  static Optional<String> problem(PolicySet edited, Limits limits) {
    return edited.problems(limits).stream().findFirst().map(PolicyProblem::toString);
  }
}
