package io.riskladder.core.mdm;

import static io.riskladder.core.Fixtures.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.riskladder.core.mdm.AppControlRule.Scope;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import io.riskladder.core.mdm.SecurityPolicy.Status;
import io.riskladder.core.mdm.SetUpStep.AddAppControlRule;
import io.riskladder.core.mdm.SetUpStep.AddComplianceAction;
import io.riskladder.core.mdm.SetUpStep.AddSecurityPolicy;
import io.riskladder.core.mdm.SetUpStep.ApplyToLabel;
import io.riskladder.core.mdm.SetUpStep.CreateLabel;
import io.riskladder.core.mdm.SetUpStep.SetPriority;
import io.riskladder.core.risk.RiskLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is to be set up, in which order, and what to try. */
final class SetUpPlanTest {
  private static final String LOW = "MES - Low Risk";
  private static final String MEDIUM = "MES - Moderate Risk";
  private static final String HIGH = "MES - High Risk";

  private static AppControlRule rule(
      String name, AppControlRule.Type type, String app, Scope scope) {
    return AppControlRule.builder().name(name).type(type).app(app).platform(scope).build();
  }

  private static AppControlRule trigger(Scope scope) {
    return rule("trigger", AppControlRule.Type.REQUIRED, AppControlRule.NO_SUCH_APP, scope);
  }

  private static ComplianceAction action(String name) {
    return ComplianceAction.builder().name(name).build();
  }

  private static SecurityPolicy.Builder policy(String name, int priority, String... labels) {
    return SecurityPolicy.builder()
        .name(name)
        .status(Status.ACTIVE)
        .priority(priority)
        .addLabels(labels);
  }

  private static LabelScheme only(LabelState state, String name) {
    return new LabelScheme(Map.of(state, name));
  }

  /** {@return the try-outs in short: state, platform, apps, what is in force} */
  private static List<String> shortly(SetUpPlan plan) {
    return plan.tryOuts().stream().map(SetUpPlanTest::shortly).toList();
  }

  private static String shortly(TryOut tryOut) {
    return tryOut.risk()
        + (tryOut.connected() ? "" : " gone")
        + " "
        + tryOut.platform()
        + tryOut.installedApps().stream().map(app -> " +" + app).toList()
        + tryOut.absentApps().stream().map(app -> " -" + app).toList()
        + " "
        + tryOut.labels()
        + " "
        + tryOut.policies().stream().map(SecurityPolicy::name).toList()
        + " "
        + tryOut.actions().stream().map(ComplianceAction::name).toList();
  }

  // Steps.

  @Test
  void the_standard_plan_comes_to_steps_in_the_order_in_which_one_needs_the_other() {
    RiskResponsePlan plan = RiskResponse.standard().planFor(LabelScheme.defaults());
    List<SetUpStep> expected = new ArrayList<>();
    expected.add(new CreateLabel(LOW, Optional.of(LabelState.LOW)));
    expected.add(new CreateLabel(MEDIUM, Optional.of(LabelState.MEDIUM)));
    expected.add(new CreateLabel(HIGH, Optional.of(LabelState.HIGH)));
    plan.appControlRules().forEach(rule -> expected.add(new AddAppControlRule(rule)));
    plan.complianceActions().forEach(action -> expected.add(new AddComplianceAction(action)));
    plan.securityPolicies().forEach(policy -> expected.add(new AddSecurityPolicy(policy)));
    expected.add(new ApplyToLabel("MES High Risk", HIGH, Optional.of(LabelState.HIGH)));
    expected.add(new ApplyToLabel("MES Moderate Risk", MEDIUM, Optional.of(LabelState.MEDIUM)));
    expected.add(new ApplyToLabel("MES Low Risk", LOW, Optional.of(LabelState.LOW)));
    expected.add(new SetPriority("MES Moderate Risk", "MES High Risk"));
    expected.add(new SetPriority("MES Low Risk", "MES Moderate Risk"));

    assertEquals(expected, SetUpPlan.of(RiskResponse.standard(), LabelScheme.defaults()).steps());
    assertEquals(15, expected.size());
  }

  @Test
  void labels_of_every_family_are_created_and_those_that_no_state_carries_come_last() {
    SetUpPlan plan =
        SetUpPlan.of(
            RiskResponsePlan.builder()
                .addSecurityPolicies(
                    policy("b", 2, "Foreign", "Safe").build(),
                    policy("a", 1, "Elsewhere", "Foreign").build())
                .build(),
            new LabelScheme(
                Map.of(
                    LabelState.SECURED, "Safe",
                    LabelState.DISCONNECTED, "Gone",
                    LabelState.HIGH, "Red")));

    assertEquals(
        List.of(
            new CreateLabel("Red", Optional.of(LabelState.HIGH)),
            new CreateLabel("Gone", Optional.of(LabelState.DISCONNECTED)),
            new CreateLabel("Safe", Optional.of(LabelState.SECURED)),
            new CreateLabel("Elsewhere", Optional.empty()),
            new CreateLabel("Foreign", Optional.empty())),
        plan.steps(CreateLabel.class));
    assertEquals(
        List.of(
            new ApplyToLabel("a", "Elsewhere", Optional.empty()),
            new ApplyToLabel("a", "Foreign", Optional.empty()),
            new ApplyToLabel("b", "Foreign", Optional.empty()),
            new ApplyToLabel("b", "Safe", Optional.of(LabelState.SECURED))),
        plan.steps(ApplyToLabel.class));
  }

  @Test
  void policies_come_by_priority_whatever_their_numbers_inactive_ones_too() {
    SetUpPlan plan =
        SetUpPlan.of(
            RiskResponsePlan.builder()
                .addSecurityPolicies(
                    policy("last", 2_000_000_000, "x").build(),
                    policy("first", 7, "x").build(),
                    policy("off", 9, "x").status(Status.INACTIVE).build())
                .build(),
            LabelScheme.defaults());

    assertEquals(
        List.of("first", "off", "last"),
        plan.steps(AddSecurityPolicy.class).stream().map(step -> step.policy().name()).toList());
    assertEquals(
        List.of(new SetPriority("off", "first"), new SetPriority("last", "off")),
        plan.steps(SetPriority.class));
  }

  @Test
  void where_there_is_nothing_there_are_no_steps_and_a_device_without_threat_to_try() {
    SetUpPlan plan = SetUpPlan.of(RiskResponsePlan.builder().build(), new LabelScheme(Map.of()));

    assertEquals(List.of(), plan.steps());
    assertEquals(List.of("NONE ANDROID[][] [] [] []", "NONE IOS[][] [] [] []"), shortly(plan));
  }

  @Test
  void steps_and_try_outs_cannot_be_changed() {
    SetUpPlan plan = SetUpPlan.of(RiskResponse.standard(), LabelScheme.defaults());

    assertThrows(UnsupportedOperationException.class, () -> plan.steps().clear());
    assertThrows(UnsupportedOperationException.class, () -> plan.tryOuts().clear());
  }

  // Try-outs.

  @Test
  void the_standard_plan_is_tried_at_every_level_on_either_platform() {
    assertEquals(
        List.of(
            "NONE ANDROID[][] [] [] []",
            "NONE IOS[][] [] [] []",
            "LOW ANDROID[][] [MES - Low Risk] [MES Low Risk] [MES Low Risk]",
            "LOW IOS[][] [MES - Low Risk] [MES Low Risk] [MES Low Risk]",
            "MEDIUM ANDROID[][] [MES - Moderate Risk] [MES Moderate Risk] [MES Moderate Risk]",
            "MEDIUM IOS[][] [MES - Moderate Risk] [MES Moderate Risk] [MES Moderate Risk]",
            "HIGH ANDROID[][] [MES - High Risk] [MES High Risk] [MES High Risk]",
            "HIGH IOS[][] [MES - High Risk] [MES High Risk] [MES High Risk]"),
        shortly(SetUpPlan.of(RiskResponse.standard(), LabelScheme.defaults())));
  }

  @Test
  void being_disconnected_is_tried_where_it_has_a_label_together_with_every_level() {
    SetUpPlan plan =
        SetUpPlan.of(
            RiskResponsePlan.builder()
                .addAppControlRule(trigger(Scope.ALL))
                .addComplianceActions(action("a"), action("b"))
                .addSecurityPolicies(
                    policy("red", 2, HIGH)
                        .accessControl(new AccessControl("a", List.of("trigger")))
                        .build(),
                    policy("off", 3, "Gone").status(Status.INACTIVE).build(),
                    policy("gone", 1, "Gone")
                        .accessControl(new AccessControl("b", List.of("trigger")))
                        .build())
                .build(),
            new LabelScheme(Map.of(LabelState.DISCONNECTED, "Gone", LabelState.HIGH, HIGH)));

    assertEquals(
        List.of(
            "NONE ANDROID[][] [] [] []",
            "HIGH ANDROID[][] [MES - High Risk] [red] [a]",
            "NONE gone ANDROID[][] [Gone] [gone] [b]",
            "HIGH gone ANDROID[][] [Gone, MES - High Risk] [gone, red] [b]"),
        shortly(plan).stream().filter(line -> line.contains("ANDROID")).toList());
  }

  @Test
  void a_level_without_a_label_of_its_own_is_tried_if_the_label_for_threats_tells_of_it() {
    SetUpPlan plan =
        SetUpPlan.of(
            RiskResponsePlan.builder().build(),
            new LabelScheme(Map.of(LabelState.THREATS_PRESENT, "Threats", LabelState.HIGH, "Red")));

    assertEquals(
        List.of(
            "NONE IOS[][] [] [] []",
            "LOW IOS[][] [Threats] [] []",
            "HIGH IOS[][] [Threats, Red] [] []"),
        shortly(plan).stream().filter(line -> line.contains("IOS")).toList());
  }

  @Test
  void disallowed_devices_concern_ios_alone() {
    SetUpPlan plan =
        SetUpPlan.of(
            RiskResponsePlan.builder()
                .addAppControlRule(trigger(Scope.ANDROID))
                .addComplianceActions(action("by rule"), action("by device"))
                .addSecurityPolicy(
                    policy("p", 1, "Red")
                        .accessControl(new AccessControl("by rule", List.of("trigger")))
                        .disallowedDevices(new DisallowedDevices("by device", true))
                        .build())
                .build(),
            only(LabelState.HIGH, "Red"));

    assertEquals(
        List.of("HIGH ANDROID[][] [Red] [p] [by rule]", "HIGH IOS[][] [Red] [p] [by device]"),
        shortly(plan).subList(2, 4));
  }

  private static SetUpPlan withRules(AppControlRule... rules) {
    return SetUpPlan.of(
        RiskResponsePlan.builder()
            .addAppControlRules(rules)
            .addComplianceAction(action("act"))
            .addSecurityPolicy(
                policy("p", 1, "Red")
                    .accessControl(
                        new AccessControl(
                            "act", Stream.of(rules).map(AppControlRule::name).toList()))
                    .build())
            .build(),
        only(LabelState.HIGH, "Red"));
  }

  @Test
  void where_apps_decide_a_device_that_complies_and_one_that_does_not_are_tried() {
    SetUpPlan plan =
        withRules(
            rule("mail", AppControlRule.Type.REQUIRED, "Mail", Scope.ALL),
            rule("vpn", AppControlRule.Type.REQUIRED, "Vpn", Scope.ANDROID),
            rule("game", AppControlRule.Type.DISALLOWED, "Game", Scope.IOS),
            rule("never", AppControlRule.Type.DISALLOWED, AppControlRule.NO_SUCH_APP, Scope.ALL));

    assertEquals(
        List.of(
            "HIGH ANDROID[ +Mail,  +Vpn][] [Red] [p] []",
            "HIGH ANDROID[][ -Mail,  -Vpn] [Red] [p] [act]",
            "HIGH IOS[ +Mail][ -Game] [Red] [p] []",
            "HIGH IOS[ +Game][ -Mail] [Red] [p] [act]"),
        shortly(plan).subList(2, 6));
  }

  @Test
  void apps_do_not_matter_beside_the_always_on_trigger() {
    assertEquals(
        List.of("HIGH ANDROID[][] [Red] [p] [act]", "HIGH IOS[][] [Red] [p] [act]"),
        shortly(
                withRules(
                    rule("mail", AppControlRule.Type.REQUIRED, "Mail", Scope.ALL),
                    trigger(Scope.ALL)))
            .subList(2, 4));
  }

  @Test
  void apps_do_not_matter_where_the_same_one_is_required_and_disallowed() {
    assertEquals(
        List.of("HIGH ANDROID[][] [Red] [p] [act]", "HIGH IOS[][] [Red] [p] [act]"),
        shortly(
                withRules(
                    rule("on", AppControlRule.Type.REQUIRED, "Mail", Scope.ALL),
                    rule("off", AppControlRule.Type.DISALLOWED, "Mail", Scope.ALL)))
            .subList(2, 4));
  }

  @Test
  void the_policy_in_force_is_the_first() {
    TryOut high = SetUpPlan.of(RiskResponse.standard(), LabelScheme.defaults()).tryOuts().get(6);

    assertEquals(RiskLevel.HIGH, high.risk());
    assertEquals("MES High Risk", high.policyInForce().orElseThrow().name());
    assertEquals(
        Optional.empty(),
        SetUpPlan.of(RiskResponse.standard(), LabelScheme.defaults())
            .tryOuts()
            .get(0)
            .policyInForce());
  }

  // What is refused.

  @Test
  void what_a_policy_names_has_to_be_there() {
    RiskResponsePlan.Builder plan = RiskResponsePlan.builder().addComplianceAction(action("act"));
    RiskResponsePlan noRule =
        plan.addSecurityPolicy(
                policy("p", 1, "x").accessControl(new AccessControl("act", List.of("r"))).build())
            .build();
    RiskResponsePlan noAction =
        RiskResponsePlan.builder()
            .addSecurityPolicy(
                policy("p", 1, "x").disallowedDevices(new DisallowedDevices("a", false)).build())
            .build();

    assertEquals(
        "enabledRules: r is not in the plan",
        refusal(() -> SetUpPlan.of(noRule, LabelScheme.defaults())));
    assertEquals(
        "complianceAction: a is not in the plan",
        refusal(() -> SetUpPlan.of(noAction, LabelScheme.defaults())));
  }

  @Test
  void names_have_to_be_unique() {
    RiskResponsePlan twice =
        RiskResponsePlan.builder().addComplianceActions(action("a"), action("a")).build();

    assertThrows(IllegalArgumentException.class, () -> SetUpPlan.of(twice, LabelScheme.defaults()));
  }
}
