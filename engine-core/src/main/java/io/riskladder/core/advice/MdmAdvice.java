package io.riskladder.core.advice;

import io.riskladder.core.internal.Paths;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import io.riskladder.core.mdm.SecurityPolicy.Status;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.risk.RiskLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the MDM would not do about a risk, or would do too late or too mildly. */
final class MdmAdvice {
  private static final List<LabelState> RISKS =
      List.of(LabelState.LOW, LabelState.MEDIUM, LabelState.HIGH);

  private final CompiledPolicies policies;
  private final RiskResponsePlan plan;
  private final boolean standard;
  private final Map<String, AppControlRule> rules = new HashMap<>();
  private final Map<String, ComplianceAction> actions = new HashMap<>();
  private final Set<ComplianceAction> idleActions = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();

  private MdmAdvice(CompiledPolicies policies, RiskResponse response) {
    this.policies = policies;
    this.plan = response.planFor(policies.labels());
    this.standard = response instanceof RiskResponse.Standard;
    plan.appControlRules().forEach(rule -> rules.put(rule.name(), rule));
    plan.complianceActions().forEach(action -> actions.put(action.name(), action));
  }

  static List<Finding> on(AdvisedPolicies advised) {
    return advised
        .policies()
        .source()
        .riskResponse()
        .map(response -> new MdmAdvice(advised.policies(), response).findings())
        .orElse(List.of());
  }

  private List<Finding> findings() {
    RISKS.forEach(this::unmapped);
    highRiskTooMild();
    for (SecurityPolicy policy : plan.securityPolicies()) {
      if (policy.status() == Status.ACTIVE && !risksOf(policy).isEmpty()) {
        trigger(policy);
        action(policy);
        priority(policy);
      }
    }
    return findings;
  }

  private void find(AdviceCode code, String path, String message, String remedy) {
    findings.add(new Finding(code, path, message, remedy));
  }

  private String path(String list, int index) {
    return standard ? "riskResponse" : Paths.index("riskResponse." + list, index);
  }

  private String pathOf(SecurityPolicy policy) {
    return path("securityPolicies", plan.securityPolicies().indexOf(policy));
  }

  private String pathOf(ComplianceAction action) {
    return path("complianceActions", plan.complianceActions().indexOf(action));
  }

  /** {@return the risks whose labels the policy is applied to, lowest first} */
  private List<LabelState> risksOf(SecurityPolicy policy) {
    return RISKS.stream()
        .filter(risk -> policies.labels().name(risk).filter(policy.labels()::contains).isPresent())
        .toList();
  }

  private List<SecurityPolicy> activeFor(LabelState risk) {
    return plan.securityPolicies().stream()
        .filter(policy -> policy.status() == Status.ACTIVE && risksOf(policy).contains(risk))
        .toList();
  }

  private void unmapped(LabelState risk) {
    Optional<String> label = policies.labels().name(risk);
    if (label.isEmpty() || !activeFor(risk).isEmpty()) {
      return;
    }
    find(
        AdviceCode.UNMAPPED_LABEL,
        standard ? "riskResponse" : "riskResponse.securityPolicies",
        "Devices at "
            + risk
            + " risk get the label "
            + AdvisedLadder.quoted(label.get())
            + ", and the MDM does nothing about it, as no active security policy is applied to it.",
        "Apply an active security policy to that label.");
  }

  private void trigger(SecurityPolicy policy) {
    List<String> spared = new ArrayList<>();
    for (Platform platform : Platform.values()) {
      if (!isAlwaysOn(policy, platform)) {
        spared.add(platform.displayName());
      }
    }
    if (spared.isEmpty()) {
      return;
    }
    String accessControl = Paths.field(pathOf(policy), "accessControl");
    find(
        AdviceCode.TRIGGER_NOT_ALWAYS_ON,
        policy.accessControl().isPresent()
            ? Paths.field(accessControl, "enabledRules")
            : accessControl,
        String.join(" and ", spared)
            + " devices with a label of security policy "
            + AdvisedLadder.quoted(policy.name())
            + " may violate nothing, and then no compliance action starts on them.",
        "Enable an app control rule there that requires "
            + AdvisedLadder.quoted(AppControlRule.NO_SUCH_APP)
            + " on all platforms.");
  }

  private boolean isAlwaysOn(SecurityPolicy policy, Platform platform) {
    boolean disallowed =
        platform == Platform.IOS
            && policy.disallowedDevices().filter(DisallowedDevices::allIosDevices).isPresent();
    return disallowed
        || policy
            .accessControl()
            .filter(control -> isViolatedByAll(enabled(control), platform))
            .isPresent();
  }

  private List<AppControlRule> enabled(AccessControl control) {
    return control.enabledRules().stream().map(rules::get).filter(rule -> rule != null).toList();
  }

  /** One rule that every device violates is enough, and so are two that leave no way between. */
  private static boolean isViolatedByAll(List<AppControlRule> rules, Platform platform) {
    return rules.stream()
        .filter(rule -> rule.isViolatedBy(platform, Set.of())) // by a device without any app
        .anyMatch(
            rule ->
                rule.app().equals(AppControlRule.NO_SUCH_APP)
                    || rules.stream()
                        .anyMatch(other -> other.isViolatedBy(platform, Set.of(rule.app()))));
  }

  private void action(SecurityPolicy policy) {
    List<ComplianceAction> started = new ArrayList<>();
    policy
        .accessControl()
        .filter(control -> enabled(control).stream().anyMatch(MdmAdvice::canBeViolated))
        .ifPresent(control -> started.add(action(control.complianceAction())));
    policy
        .disallowedDevices()
        .filter(DisallowedDevices::allIosDevices)
        .ifPresent(disallowed -> started.add(action(disallowed.complianceAction())));
    String path = pathOf(policy);
    String who = "Devices with a label of security policy " + AdvisedLadder.quoted(policy.name());
    if (started.isEmpty()) {
      find(
          AdviceCode.NO_COMPLIANCE_ACTION,
          path,
          who + " keep everything that they had, as the policy starts no compliance action.",
          "Name a compliance action in the policy's access control, with a rule that requires "
              + AdvisedLadder.quoted(AppControlRule.NO_SUCH_APP)
              + ".");
    }
    started.stream()
        .filter(action -> !(action.sendAlert() || action.blockAccess() || action.quarantine()))
        .filter(idleActions::add)
        .forEach(
            idle ->
                find(
                    AdviceCode.NO_COMPLIANCE_ACTION,
                    pathOf(idle),
                    who
                        + " notice nothing, as the compliance action "
                        + AdvisedLadder.quoted(idle.name())
                        + " neither sends an alert, nor blocks access, nor quarantines.",
                    "Let the compliance action send an alert at least."));
  }

  private static boolean canBeViolated(AppControlRule rule) {
    return rule.type() == AppControlRule.Type.REQUIRED
        || !rule.app().equals(AppControlRule.NO_SUCH_APP);
  }

  private ComplianceAction action(String name) {
    return Optional.ofNullable(actions.get(name)).orElseThrow();
  }

  /** What a device gets that is at high risk and in touch: the first of its policies decides. */
  private void highRiskTooMild() {
    Optional<String> label = policies.labels().name(LabelState.HIGH);
    if (label.isEmpty()) {
      return;
    }
    List<String> labels = new ArrayList<>(List.of(label.get()));
    policies.labels().name(LabelState.THREATS_PRESENT).ifPresent(labels::add);
    policies
        .compliance()
        .policyFor(labels)
        .ifPresent(
            policy -> {
              for (Platform platform : Platform.values()) {
                List<ComplianceAction> inForce = startedOn(policy, platform);
                boolean blocks = inForce.stream().anyMatch(ComplianceAction::blockAccess);
                boolean quarantines = inForce.stream().anyMatch(ComplianceAction::quarantine);
                if (!inForce.isEmpty() && !(blocks && quarantines)) {
                  tooMild(inForce.get(0), blocks, quarantines);
                  return;
                }
              }
            });
  }

  private List<ComplianceAction> startedOn(SecurityPolicy policy, Platform platform) {
    List<ComplianceAction> started = new ArrayList<>();
    policy
        .accessControl()
        .filter(
            control ->
                enabled(control).stream()
                    .anyMatch(rule -> canBeViolated(rule) && rule.platform().covers(platform)))
        .ifPresent(control -> started.add(action(control.complianceAction())));
    policy
        .disallowedDevices()
        .filter(disallowed -> disallowed.allIosDevices() && platform == Platform.IOS)
        .ifPresent(disallowed -> started.add(action(disallowed.complianceAction())));
    return started;
  }

  private void tooMild(ComplianceAction action, boolean blocks, boolean quarantines) {
    String kept =
        blocks
            ? "are not quarantined"
            : quarantines
                ? "keep access to the company's mail and apps"
                : "keep access and are not quarantined";
    find(
        AdviceCode.HIGH_RISK_TOO_MILD,
        pathOf(action),
        "Devices at HIGH risk " + kept + ".",
        "Let the compliance action "
            + AdvisedLadder.quoted(action.name())
            + " block access and quarantine.");
  }

  private void priority(SecurityPolicy policy) {
    RiskLevel lowest = levelOf(risksOf(policy).get(0));
    plan.securityPolicies().stream()
        .filter(other -> other.status() == Status.ACTIVE && other.priority() > policy.priority())
        .filter(other -> risksOf(other).stream().anyMatch(risk -> levelOf(risk).isAbove(lowest)))
        .findFirst()
        .ifPresent(
            beaten ->
                find(
                    AdviceCode.PRIORITY_INVERSION,
                    Paths.field(pathOf(policy), "priority"),
                    "While a device has the labels of both, as when its risk changes, security"
                        + " policy "
                        + AdvisedLadder.quoted(policy.name())
                        + " for "
                        + lowest
                        + " risk wins over "
                        + AdvisedLadder.quoted(beaten.name())
                        + " for a higher one.",
                    "Give "
                        + AdvisedLadder.quoted(beaten.name())
                        + " a smaller number, which is a higher priority, than "
                        + AdvisedLadder.quoted(policy.name())
                        + "."));
  }

  private static RiskLevel levelOf(LabelState risk) {
    return RiskLevel.valueOf(risk.name());
  }
}
