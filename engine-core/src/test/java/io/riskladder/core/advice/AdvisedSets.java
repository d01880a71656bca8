package io.riskladder.core.advice;

import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.reference.PolicySets;
import io.riskladder.core.risk.Response;
import io.riskladder.core.threat.Classification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Policy sets of any shape, made unwise where chance alone seldom makes them so: policies copied
 * from groups above, lists of domains that cover each other or that nothing uses, promises, actions
 * that do something.
 */
final class AdvisedSets {
  private static final List<String> TEXTS =
      List.of("Within 1 day.", "In 2 days.", "A 1-day grace.", "1.5 days, or {daysLeft} days.");
  private static final List<String> DOMAINS =
      List.of("a.example", "b.example", "www.a.example", "x.www.a.example");

  private final Random random;

  private AdvisedSets(long seed) {
    this.random = new Random(seed);
  }

  static Arbitrary<PolicySet> any() {
    return Arbitraries.longs()
        .map(seed -> new AdvisedSets(seed).spoilt(new PolicySets(seed).any()))
        .dontShrink();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private PolicySet spoilt(PolicySet set) {
    Map<String, DeviceGroup> spoilt = new HashMap<>();
    List<DeviceGroup> groups = new ArrayList<>();
    for (DeviceGroup group : set.groups()) { // parents come first
      DeviceGroup made = spoilt(group, spoilt);
      spoilt.put(made.id(), made);
      groups.add(made);
    }
    return PolicySet.builder()
        .from(set)
        .groups(groups)
        .classifications(set.classifications().stream().map(this::spoilt).toList())
        .riskResponse(
            set.riskResponse()
                .map(
                    response ->
                        response instanceof RiskResponsePlan plan
                            ? spoilt(plan, set.labels())
                            : response))
        .build();
  }

  private Classification spoilt(Classification classification) {
    return classification.isWebContent() || chance(2)
        ? classification
        : Classification.builder()
            .from(classification)
            .urgent(chance(3))
            .fixNeedsInternet(chance(2))
            .response(
                pick(List.of(Response.BLOCK_DOMAINS_AND_ALERT, Response.BLOCK_INTERNET_AND_ALERT)))
            .build();
  }

  private DeviceGroup spoilt(DeviceGroup group, Map<String, DeviceGroup> above) {
    Map<String, ClassificationPolicy> policies = new LinkedHashMap<>();
    group.policies().forEach((id, policy) -> policies.put(id, spoilt(policy)));
    Optional<DeviceGroup> parent = group.parent().map(above::get);
    while (parent.isPresent()) {
      parent
          .get()
          .policies()
          .forEach(
              (id, policy) -> {
                if (chance(3)) {
                  policies.put(id, chance(2) ? policy : copy(policy, Optional.empty()));
                }
              });
      parent = parent.get().parent().map(above::get);
    }
    boolean blocks =
        policies.values().stream()
            .anyMatch(
                policy ->
                    isBlock(policy.response())
                        || policy.escalations().stream().anyMatch(e -> isBlock(e.response())));
    DeviceGroup.Builder made = DeviceGroup.builder().from(group).policies(policies);
    if (blocks || group.parent().isEmpty()) {
      made.onDeviceThreatProtection(new OnDeviceThreatProtection(true, domains()));
    } else if (chance(3)) {
      made.onDeviceThreatProtection(new OnDeviceThreatProtection(chance(2), domains()));
    }
    return made.build();
  }

  private static boolean isBlock(Response response) {
    return response == Response.BLOCK_DOMAINS_AND_ALERT
        || response == Response.BLOCK_INTERNET_AND_ALERT;
  }

  private List<String> domains() {
    List<String> domains = new ArrayList<>(DOMAINS);
    domains.removeIf(domain -> chance(2));
    return domains.isEmpty() ? List.of("a.example") : domains;
  }

  private ClassificationPolicy spoilt(ClassificationPolicy policy) {
    return chance(3)
        ? copy(policy, Optional.of(CustomMessage.of("What: " + pick(TEXTS), "How: " + pick(TEXTS))))
        : policy;
  }

  /** {@return the policy with this message and no others} */
  private static ClassificationPolicy copy(
      ClassificationPolicy policy, Optional<CustomMessage> message) {
    return ClassificationPolicy.builder()
        .from(policy)
        .message(message)
        .escalations(
            policy.escalations().stream()
                .map(
                    escalation ->
                        Escalation.builder().from(escalation).message(Optional.empty()).build())
                .toList())
        .build();
  }

  private RiskResponsePlan spoilt(RiskResponsePlan plan, LabelScheme labels) {
    List<String> labelNames = List.copyOf(labels.names().values());
    List<AppControlRule> rules = new ArrayList<>(plan.appControlRules());
    if (chance(2)) {
      rules.set(
          0,
          AppControlRule.builder()
              .name(rules.get(0).name())
              .type(AppControlRule.Type.REQUIRED)
              .app(AppControlRule.NO_SUCH_APP)
              .platform(AppControlRule.Scope.ALL)
              .build());
    }
    List<String> names = rules.stream().map(AppControlRule::name).toList();
    return RiskResponsePlan.builder()
        .from(plan)
        .appControlRules(rules)
        .complianceActions(
            plan.complianceActions().stream()
                .map(
                    action ->
                        ComplianceAction.builder()
                            .from(action)
                            .sendAlert(chance(2))
                            .blockAccess(!chance(3))
                            .quarantine(!chance(3))
                            .build())
                .toList())
        .securityPolicies(
            plan.securityPolicies().stream()
                .map(
                    policy ->
                        SecurityPolicy.builder()
                            .from(policy)
                            .labels(
                                chance(2) || labelNames.isEmpty()
                                    ? policy.labels()
                                    : Set.of(pick(labelNames)))
                            .accessControl(
                                policy.accessControl().map(control -> some(control, names)))
                            .build())
                .toList())
        .build();
  }

  private AccessControl some(AccessControl control, List<String> names) {
    return new AccessControl(
        control.complianceAction(), names.stream().filter(name -> !chance(3)).toList());
  }
}
