package io.riskladder.core.advice;

import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.ComplianceRules;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A plan as advice looks at it: what a security policy starts, whatever apps a device has. */
final class AdvisedPlan {
  private final ComplianceRules compliance;
  private final Map<String, AppControlRule> rules = new HashMap<>();

  AdvisedPlan(RiskResponsePlan plan, ComplianceRules compliance) {
    this.compliance = compliance;
    plan.appControlRules().forEach(rule -> rules.put(rule.name(), rule));
  }

  /** {@return whether a device of the platform violates the policy, whatever apps it has} */
  boolean isAlwaysViolated(SecurityPolicy policy, Platform platform) {
    return disallowed(policy, platform).isPresent() || alwaysOn(policy, platform).isPresent();
  }

  /**
   * {@return what the policy starts on each device of the platform, or, if there is no such action,
   * on some; access control first}
   */
  List<ComplianceAction> startedOn(SecurityPolicy policy, Platform platform) {
    List<ComplianceAction> always =
        actions(
            alwaysOn(policy, platform).map(AccessControl::complianceAction),
            disallowed(policy, platform).map(DisallowedDevices::complianceAction));
    return always.isEmpty()
        ? actions(violable(policy, platform).map(AccessControl::complianceAction), Optional.empty())
        : always;
  }

  /** {@return what the policy starts on any device, each once; access control first} */
  List<ComplianceAction> started(SecurityPolicy policy) {
    return Stream.of(Platform.values())
        .flatMap(
            platform ->
                actions(
                    violable(policy, platform).map(AccessControl::complianceAction),
                    disallowed(policy, platform).map(DisallowedDevices::complianceAction))
                    .stream())
        .distinct()
        .toList();
  }

  private List<ComplianceAction> actions(
      Optional<String> ofAccessControl, Optional<String> ofDisallowedDevices) {
    return Stream.of(ofAccessControl, ofDisallowedDevices)
        .flatMap(Optional::stream)
        .distinct()
        .map(name -> compliance.action(name).orElseThrow())
        .toList();
  }

  private static Optional<DisallowedDevices> disallowed(SecurityPolicy policy, Platform platform) {
    return policy
        .disallowedDevices()
        .filter(disallowed -> disallowed.allIosDevices() && platform == Platform.IOS);
  }

  /**
   * The access control, if no device passes it. The device that comes nearest has exactly the apps
   * that are required: each app fewer violates a rule, and no app more mends one.
   */
  private Optional<AccessControl> alwaysOn(SecurityPolicy policy, Platform platform) {
    Set<String> required =
        enabled(policy, platform)
            .filter(rule -> rule.type() == AppControlRule.Type.REQUIRED)
            .map(AppControlRule::app)
            .collect(Collectors.toSet());
    return policy
        .accessControl()
        .filter(control -> !compliance.violatedRules(policy, platform, required).isEmpty());
  }

  /** The access control, if some device does not pass it. */
  private Optional<AccessControl> violable(SecurityPolicy policy, Platform platform) {
    return policy
        .accessControl()
        .filter(
            control ->
                enabled(policy, platform)
                    .anyMatch(
                        rule ->
                            rule.type() == AppControlRule.Type.REQUIRED
                                || !rule.app().equals(AppControlRule.NO_SUCH_APP)));
  }

  private Stream<AppControlRule> enabled(SecurityPolicy policy, Platform platform) {
    return policy.accessControl().stream()
        .flatMap(control -> control.enabledRules().stream())
        .flatMap(name -> Optional.ofNullable(rules.get(name)).stream())
        .filter(rule -> rule.platform().covers(platform));
  }
}
