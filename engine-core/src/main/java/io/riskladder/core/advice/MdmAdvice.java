package io.riskladder.core.advice;

import io.riskladder.core.internal.Paths;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SecurityPolicy.Status;
import io.riskladder.core.policy.CompiledPolicies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the MDM would not do about a risk, or would do too late or too mildly. */
final class MdmAdvice {
  /** Lowest first, as the constants are. */
  private static final List<LabelState> RISKS =
      List.of(LabelState.LOW, LabelState.MEDIUM, LabelState.HIGH);

  private static final String ALWAYS_ON =
      "an app control rule that requires "
          + AdvisedLadder.quoted(AppControlRule.NO_SUCH_APP)
          + " on all platforms.";

  private final CompiledPolicies policies;
  private final RiskResponsePlan plan;
  private final AdvisedPlan advised;
  private final Set<ComplianceAction> idleActions = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();

  private MdmAdvice(CompiledPolicies policies, RiskResponsePlan plan) {
    this.policies = policies;
    this.plan = plan;
    this.advised = new AdvisedPlan(plan, policies.compliance());
  }

  /** The standard plan has no findings, and nothing that an administrator could change. */
  static List<Finding> on(AdvisedPolicies advised) {
    return advised
        .policies()
        .source()
        .riskResponse()
        .filter(RiskResponsePlan.class::isInstance)
        .map(RiskResponsePlan.class::cast)
        .map(plan -> new MdmAdvice(advised.policies(), plan).findings())
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

  private String pathOf(SecurityPolicy policy) {
    return Paths.index("riskResponse.securityPolicies", plan.securityPolicies().indexOf(policy));
  }

  private String pathOf(ComplianceAction action) {
    return Paths.index("riskResponse.complianceActions", plan.complianceActions().indexOf(action));
  }

  private static String quoted(SecurityPolicy policy) {
    return "security policy " + AdvisedLadder.quoted(policy.name());
  }

  private static String quoted(ComplianceAction action) {
    return "compliance action " + AdvisedLadder.quoted(action.name());
  }

  /** {@return the risks whose labels the policy is applied to, lowest first} */
  private List<LabelState> risksOf(SecurityPolicy policy) {
    return RISKS.stream()
        .filter(risk -> policies.labels().name(risk).filter(policy.labels()::contains).isPresent())
        .toList();
  }

  /** {@return the devices that the policy is for because of their risk, in words} */
  private String devicesOf(SecurityPolicy policy) {
    return "devices at "
        + risksOf(policy).stream().map(LabelState::name).collect(Collectors.joining(" or "))
        + " risk";
  }

  private List<SecurityPolicy> policiesFor(LabelState risk, Status status) {
    return plan.securityPolicies().stream()
        .filter(policy -> policy.status() == status && risksOf(policy).contains(risk))
        .toList();
  }

  private void unmapped(LabelState risk) {
    Optional<String> label = policies.labels().name(risk);
    if (label.isEmpty() || !policiesFor(risk, Status.ACTIVE).isEmpty()) {
      return;
    }
    find(
        AdviceCode.UNMAPPED_LABEL,
        "riskResponse.securityPolicies",
        "Devices at "
            + risk
            + " risk get the label "
            + AdvisedLadder.quoted(label.get())
            + ", and the MDM does nothing on its account, as no active security policy is applied"
            + " to it.",
        policiesFor(risk, Status.INACTIVE).stream()
            .findFirst()
            .map(inactive -> "Make " + quoted(inactive) + " active.")
            .orElse("Apply an active security policy to that label."));
  }

  private void trigger(SecurityPolicy policy) {
    String spared =
        Arrays.stream(Platform.values())
            .filter(platform -> !advised.isAlwaysViolated(policy, platform))
            .map(Platform::displayName)
            .collect(Collectors.joining(" and "));
    if (spared.isEmpty()) {
      return;
    }
    String accessControl = Paths.field(pathOf(policy), "accessControl");
    find(
        AdviceCode.TRIGGER_NOT_ALWAYS_ON,
        policy.accessControl().isPresent()
            ? Paths.field(accessControl, "enabledRules")
            : accessControl,
        spared
            + " "
            + devicesOf(policy)
            + " may violate no rule of "
            + quoted(policy)
            + ", and then no compliance action starts on them.",
        alwaysOn(policy));
  }

  private static String alwaysOn(SecurityPolicy policy) {
    return policy.accessControl().isPresent()
        ? "Enable in its access control " + ALWAYS_ON
        : "Give it access control with a compliance action and " + ALWAYS_ON;
  }

  private void action(SecurityPolicy policy) {
    List<ComplianceAction> started = advised.started(policy);
    if (started.isEmpty()) {
      find(
          AdviceCode.NO_COMPLIANCE_ACTION,
          pathOf(policy),
          "Nothing happens to "
              + devicesOf(policy)
              + ", as "
              + quoted(policy)
              + " starts no compliance action.",
          alwaysOn(policy));
    }
    started.stream()
        .filter(action -> !(action.sendAlert() || action.blockAccess() || action.quarantine()))
        .filter(idleActions::add)
        .forEach(idle -> idle(policy, idle));
  }

  private void idle(SecurityPolicy policy, ComplianceAction idle) {
    find(
        AdviceCode.NO_COMPLIANCE_ACTION,
        pathOf(idle),
        "Nothing happens to "
            + devicesOf(policy)
            + " by "
            + quoted(idle)
            + ", which neither sends an alert, nor blocks access, nor quarantines.",
        "Let the action at least send an alert.");
  }

  /** What a device gets that is at high risk and in touch: the first of its policies decides. */
  private void highRiskTooMild() {
    if (policiesFor(LabelState.HIGH, Status.ACTIVE).isEmpty()) {
      return; // there is no label, or nothing is applied to it: said elsewhere
    }
    List<String> labels = new ArrayList<>();
    policies.labels().name(LabelState.HIGH).ifPresent(labels::add);
    policies.labels().name(LabelState.THREATS_PRESENT).ifPresent(labels::add);
    SecurityPolicy deciding = policies.compliance().policyFor(labels).orElseThrow();
    Map<String, List<Platform>> mildByPath = new LinkedHashMap<>();
    for (Platform platform : Platform.values()) {
      List<ComplianceAction> started = advised.startedOn(deciding, platform);
      if (!started.isEmpty() && !(blocks(started) && quarantines(started))) {
        String path =
            isForHigh(deciding)
                ? pathOf(started.get(0))
                : Paths.field(pathOf(deciding), "priority");
        mildByPath.computeIfAbsent(path, p -> new ArrayList<>()).add(platform);
      }
    }
    mildByPath.forEach((path, platforms) -> tooMild(deciding, path, platforms));
  }

  private boolean isForHigh(SecurityPolicy policy) {
    return risksOf(policy).contains(LabelState.HIGH);
  }

  private static boolean blocks(List<ComplianceAction> started) {
    return started.stream().anyMatch(ComplianceAction::blockAccess);
  }

  private static boolean quarantines(List<ComplianceAction> started) {
    return started.stream().anyMatch(ComplianceAction::quarantine);
  }

  private void tooMild(SecurityPolicy deciding, String path, List<Platform> platforms) {
    List<ComplianceAction> started = advised.startedOn(deciding, platforms.get(0));
    String devices =
        platforms.size() == Platform.values().length
            ? "Devices"
            : platforms.get(0).displayName() + " devices";
    String kept =
        blocks(started)
            ? "are not quarantined"
            : quarantines(started)
                ? "keep access to the company's services"
                : "keep access to the company's services and are not quarantined";
    find(
        AdviceCode.HIGH_RISK_TOO_MILD,
        path,
        devices + " at HIGH risk " + kept + ", as " + quoted(deciding) + " decides for them.",
        isForHigh(deciding)
            ? "Let " + quoted(started.get(0)) + " block access and quarantine."
            : "Give it a lower priority, which is a larger number, than the security policies for"
                + " the HIGH label.");
  }

  private void priority(SecurityPolicy policy) {
    LabelState lowest = risksOf(policy).get(0);
    plan.securityPolicies().stream()
        .filter(other -> other.status() == Status.ACTIVE && other.priority() > policy.priority())
        .filter(other -> risksOf(other).stream().anyMatch(risk -> risk.compareTo(lowest) > 0))
        .findFirst()
        .ifPresent(
            beaten ->
                find(
                    AdviceCode.PRIORITY_INVERSION,
                    Paths.field(pathOf(policy), "priority"),
                    "On devices that have the labels of both, as when their risk changes, "
                        + quoted(policy)
                        + " for "
                        + lowest
                        + " risk wins over "
                        + AdvisedLadder.quoted(beaten.name())
                        + " for a higher one.",
                    "Give it a lower priority, which is a larger number, than the security"
                        + " policies for a higher risk."));
  }
}
