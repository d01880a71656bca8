package io.riskladder.core.advice;

import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.Status;
import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Classification;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An administrator who does what a remedy says, from its words and its path alone. */
final class Remedies {
  private static final Pattern CLASSIFICATION =
      Pattern.compile("classifications\\[(\\d+)\\]\\.response");
  private static final Pattern POLICY =
      Pattern.compile(
          "groups\\[(\\d+)\\]\\.policies\\.(\\w+)(?:\\.escalations\\[(\\d+)\\])?(?:\\..*)?");
  private static final Pattern GROUP = Pattern.compile("groups\\[(\\d+)\\]\\..*");
  private static final Pattern IN_PLAN =
      Pattern.compile("riskResponse\\.(\\w+)\\[(\\d+)\\](?:\\..*)?");

  private final PolicySet set;
  private final Finding finding;

  private Remedies(PolicySet set, Finding finding) {
    this.set = set;
    this.finding = finding;
  }

  /** {@return the set as the finding's remedy makes it} */
  static PolicySet applied(PolicySet set, Finding finding) {
    return new Remedies(set, finding).applied();
  }

  private PolicySet applied() {
    return switch (finding.code()) {
      case GRACE_ON_URGENT_THREAT -> {
        Matcher start = words(finding.remedy(), "begin with (\\w+) and (\\w+)\\.");
        yield withPolicy(
            policy ->
                ClassificationPolicy.builder()
                    .from(policy)
                    .escalations(List.of())
                    .riskLevel(RiskLevel.valueOf(start.group(1)))
                    .response(Response.valueOf(start.group(2)))
                    .build());
      }
      case REMEDIATION_TRAP, SILENT_RUNG -> withResponse(firstResponse(), step());
      case BLOCK_WITHOUT_NOTICE ->
          finding.remedy().contains("the step before")
              ? withResponse(firstResponse(), step() - 1)
              : withResponse(Response.ALERT_DEVICE, step());
      case WEAKER_RESPONSE -> {
        if (finding.remedy().startsWith("Use a milder")) {
          Matcher milder = words(finding.remedy(), "Use a milder response on step (\\d+)");
          yield withResponse(Response.ALERT_DEVICE, Integer.parseInt(milder.group(1)) - 1);
        }
        Matcher use = words(finding.remedy(), "Use (\\w+) on step (\\d+) as well");
        yield withResponse(Response.valueOf(use.group(1)), Integer.parseInt(use.group(2)) - 1);
      }
      case STALE_PROMISE -> withoutPromise();
      case NOBODY_MAILED -> mailed();
      case UNLABELLED_RISK -> {
        LabelState state = LabelState.valueOf(finding.path().substring("labels.".length()));
        yield PolicySet.builder()
            .from(set)
            .labels(set.labels().with(Map.of(state, Optional.of("Label of " + state))))
            .build();
      }
      case REDUNDANT_OVERRIDE -> {
        Matcher place = words(finding.path(), POLICY.pattern());
        yield withGroup(
            group -> {
              Map<String, ClassificationPolicy> policies = new LinkedHashMap<>(group.policies());
              policies.remove(place.group(2));
              return DeviceGroup.builder().from(group).policies(policies).build();
            });
      }
      case DEAD_DOMAIN_LIST -> withDomains();
      case UNMAPPED_LABEL -> mapped();
      case TRIGGER_NOT_ALWAYS_ON -> triggered();
      case NO_COMPLIANCE_ACTION ->
          finding.path().contains("securityPolicies")
              ? triggered()
              : withAction(
                  action -> ComplianceAction.builder().from(action).sendAlert(true).build());
      case HIGH_RISK_TOO_MILD ->
          finding.path().contains("securityPolicies")
              ? withLastPriority()
              : withAction(
                  action ->
                      ComplianceAction.builder()
                          .from(action)
                          .blockAccess(true)
                          .quarantine(true)
                          .build());
      case PRIORITY_INVERSION -> withLastPriority();
    };
  }

  private static Matcher words(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("\"" + text + "\" does not say " + pattern);
    }
    return matcher;
  }

  private Response firstResponse() {
    return Response.valueOf(words(finding.remedy(), "^Use (\\w+)").group(1));
  }

  /** {@return the number of the rung that the path is about} */
  private int step() {
    if (CLASSIFICATION.matcher(finding.path()).matches()) {
      return 0;
    }
    String escalation = words(finding.path(), POLICY.pattern()).group(3);
    return escalation == null ? 0 : Integer.parseInt(escalation) + 1;
  }

  // Groups.

  private static <T> List<T> with(List<T> list, int i, UnaryOperator<T> change) {
    List<T> changed = new ArrayList<>(list);
    changed.set(i, change.apply(list.get(i)));
    return changed;
  }

  private PolicySet withGroup(UnaryOperator<DeviceGroup> change) {
    int i = Integer.parseInt(words(finding.path(), GROUP.pattern()).group(1));
    return PolicySet.builder().from(set).groups(with(set.groups(), i, change)).build();
  }

  private PolicySet withPolicy(UnaryOperator<ClassificationPolicy> change) {
    String id = words(finding.path(), POLICY.pattern()).group(2);
    return withGroup(
        group -> {
          Map<String, ClassificationPolicy> policies = new LinkedHashMap<>(group.policies());
          policies.computeIfPresent(id, (key, policy) -> change.apply(policy));
          return DeviceGroup.builder().from(group).policies(policies).build();
        });
  }

  private PolicySet withResponse(Response response, int step) {
    Matcher ofClassification = CLASSIFICATION.matcher(finding.path());
    if (ofClassification.matches()) {
      return PolicySet.builder()
          .from(set)
          .classifications(
              with(
                  set.classifications(),
                  Integer.parseInt(ofClassification.group(1)),
                  old -> Classification.builder().from(old).response(response).build()))
          .build();
    }
    return withPolicy(
        policy ->
            step == 0
                ? ClassificationPolicy.builder().from(policy).response(response).build()
                : withEscalation(
                    policy,
                    step,
                    old -> Escalation.builder().from(old).response(response).build()));
  }

  private static ClassificationPolicy withEscalation(
      ClassificationPolicy policy, int step, UnaryOperator<Escalation> change) {
    return ClassificationPolicy.builder()
        .from(policy)
        .escalations(with(policy.escalations(), step - 1, change))
        .build();
  }

  private PolicySet withoutPromise() {
    UnaryOperator<CustomMessage> change =
        message -> {
          String what = message.description().source();
          String how = message.howToFix().source();
          return finding.path().endsWith("howToFix")
              ? CustomMessage.of(what, kept(how))
              : CustomMessage.of(kept(what), how);
        };
    int step = step();
    return withPolicy(
        policy ->
            step == 0
                ? ClassificationPolicy.builder()
                    .from(policy)
                    .message(policy.message().map(change))
                    .build()
                : withEscalation(
                    policy,
                    step,
                    old ->
                        Escalation.builder().from(old).message(old.message().map(change)).build()));
  }

  private String kept(String text) {
    boolean leftOut = finding.remedy().startsWith("Leave the number out");
    return text.replaceAll("[\\d.]+(?=[- ]days?\\b)", leftOut ? "some" : "{daysLeft}");
  }

  private PolicySet withDomains() {
    String remedy = finding.remedy();
    Matcher one = Pattern.compile("^Take (\\S+) out of the list").matcher(remedy);
    boolean all = !one.find();
    return withGroup(
        group -> {
          OnDeviceThreatProtection old = group.onDeviceThreatProtection().orElseThrow();
          List<String> domains = new ArrayList<>(all ? List.of() : old.blockedDomains());
          if (!all) {
            domains.remove(one.group(1));
          }
          return DeviceGroup.builder()
              .from(group)
              .onDeviceThreatProtection(new OnDeviceThreatProtection(old.enabled(), domains))
              .build();
        });
  }

  // Administrators.

  private PolicySet mailed() {
    RiskLevel level =
        RiskLevel.valueOf(words(finding.remedy(), "\\b(LOW|MEDIUM|HIGH)\\b").group(1));
    PolicySet.Builder changed = PolicySet.builder().from(set);
    if (finding.remedy().startsWith("Add an administrator")) {
      return changed.addAdministrator(new Administrator("n@acme.example", Set.of(level))).build();
    }
    return changed
        .administrators(
            with(
                set.administrators(),
                0,
                old -> {
                  Set<RiskLevel> levels = EnumSet.of(level);
                  levels.addAll(old.notifyLevels());
                  return new Administrator(old.email(), levels);
                }))
        .build();
  }

  // The MDM's side.

  private RiskResponsePlan plan() {
    return (RiskResponsePlan) set.riskResponse().orElseThrow();
  }

  private PolicySet with(RiskResponsePlan plan) {
    return PolicySet.builder().from(set).riskResponse(plan).build();
  }

  private int place() {
    return Integer.parseInt(words(finding.path(), IN_PLAN.pattern()).group(2));
  }

  private PolicySet withAction(UnaryOperator<ComplianceAction> change) {
    return with(
        RiskResponsePlan.builder()
            .from(plan())
            .complianceActions(with(plan().complianceActions(), place(), change))
            .build());
  }

  private int lowestPriority() {
    return plan().securityPolicies().stream().mapToInt(SecurityPolicy::priority).max().orElse(0);
  }

  private PolicySet withLastPriority() {
    return with(
        RiskResponsePlan.builder()
            .from(plan())
            .securityPolicies(
                with(
                    plan().securityPolicies(),
                    place(),
                    old ->
                        SecurityPolicy.builder().from(old).priority(lowestPriority() + 1).build()))
            .build());
  }

  private PolicySet mapped() {
    Matcher inactive =
        Pattern.compile("^Make security policy \"(.*)\" active").matcher(finding.remedy());
    RiskResponsePlan.Builder changed = RiskResponsePlan.builder().from(plan());
    if (inactive.find()) {
      return with(
          changed
              .securityPolicies(
                  plan().securityPolicies().stream()
                      .map(
                          old ->
                              old.name().equals(inactive.group(1))
                                  ? SecurityPolicy.builder().from(old).status(Status.ACTIVE).build()
                                  : old)
                      .toList())
              .build());
    }
    return with(
        changed
            .addSecurityPolicy(
                SecurityPolicy.builder()
                    .name("new")
                    .status(Status.ACTIVE)
                    .priority(lowestPriority() + 1)
                    .addLabel(words(finding.message(), "the label \"(.*)\", and").group(1))
                    .build())
            .build());
  }

  private PolicySet triggered() {
    boolean hasAccessControl = finding.remedy().startsWith("Enable in its access control");
    AppControlRule always =
        AppControlRule.builder()
            .name("always")
            .type(AppControlRule.Type.REQUIRED)
            .app(AppControlRule.NO_SUCH_APP)
            .platform(AppControlRule.Scope.ALL)
            .build();
    return with(
        RiskResponsePlan.builder()
            .from(plan())
            .addAppControlRule(always)
            .securityPolicies(
                with(
                    plan().securityPolicies(),
                    place(),
                    old ->
                        SecurityPolicy.builder()
                            .from(old)
                            .accessControl(
                                hasAccessControl
                                    ? with(old.accessControl().orElseThrow(), always)
                                    : new AccessControl(
                                        plan().complianceActions().get(0).name(),
                                        List.of(always.name())))
                            .build()))
            .build());
  }

  private static AccessControl with(AccessControl control, AppControlRule rule) {
    List<String> rules = new ArrayList<>(control.enabledRules());
    rules.add(rule.name());
    return new AccessControl(control.complianceAction(), rules);
  }
}
