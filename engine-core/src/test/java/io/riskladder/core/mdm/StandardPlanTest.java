package io.riskladder.core.mdm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.riskladder.core.mdm.AppControlRule.Scope;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The vendor's own procedure as a plan (rules, section 9). */
final class StandardPlanTest {
  private static final String TRIGGER = "Threats Present Trigger";

  private static RiskResponsePlan planFor(LabelScheme labels) {
    return RiskResponse.standard().planFor(labels);
  }

  private static SecurityPolicy policy(String name, int priority, String label) {
    return SecurityPolicy.builder()
        .name(name)
        .status(SecurityPolicy.Status.ACTIVE)
        .priority(priority)
        .addLabel(label)
        .accessControl(new AccessControl(name, List.of(TRIGGER)))
        .disallowedDevices(new DisallowedDevices(name, true))
        .build();
  }

  private static ComplianceAction action(String name, boolean locksOut) {
    return ComplianceAction.builder()
        .name(name)
        .sendAlert(true)
        .blockAccess(locksOut)
        .quarantine(locksOut)
        .build();
  }

  @Test
  void its_one_rule_is_the_trigger_that_is_always_on() {
    assertEquals(
        List.of(
            AppControlRule.builder()
                .name(TRIGGER)
                .type(AppControlRule.Type.REQUIRED)
                .app("app does not exist")
                .platform(Scope.ALL)
                .build()),
        planFor(LabelScheme.defaults()).appControlRules());
  }

  @Test
  void every_action_sends_an_alert_and_high_also_blocks_and_quarantines() {
    assertEquals(
        Set.of(
            action("MES High Risk", true),
            action("MES Moderate Risk", false),
            action("MES Low Risk", false)),
        Set.copyOf(planFor(LabelScheme.defaults()).complianceActions()));
  }

  @Test
  void each_level_has_a_policy_and_the_higher_the_risk_the_higher_its_priority() {
    assertEquals(
        Set.of(
            policy("MES High Risk", 1, "MES - High Risk"),
            policy("MES Moderate Risk", 2, "MES - Moderate Risk"),
            policy("MES Low Risk", 3, "MES - Low Risk")),
        Set.copyOf(planFor(LabelScheme.defaults()).securityPolicies()));
  }

  @Test
  void it_goes_by_the_labels_whatever_they_are_called() {
    LabelScheme renamed = new LabelScheme(Map.of(LabelState.MEDIUM, "Amber"));

    assertEquals(Set.of("Amber"), planFor(renamed).securityPolicies().get(0).labels());
  }

  @Test
  void a_level_without_a_label_is_left_out_with_its_action() {
    RiskResponsePlan plan =
        planFor(LabelScheme.defaults().with(Map.of(LabelState.MEDIUM, Optional.empty())));

    assertEquals(
        Set.of("MES High Risk", "MES Low Risk"),
        plan.securityPolicies().stream().map(SecurityPolicy::name).collect(Collectors.toSet()));
    assertEquals(
        Set.of("MES High Risk", "MES Low Risk"),
        plan.complianceActions().stream().map(ComplianceAction::name).collect(Collectors.toSet()));
    assertEquals(1, plan.appControlRules().size());
  }

  @Test
  void labels_of_other_families_have_no_part_in_it() {
    RiskResponsePlan plan =
        planFor(
            LabelScheme.defaults()
                .with(
                    Map.of(
                        LabelState.DISCONNECTED, Optional.of("Gone"),
                        LabelState.THREATS_PRESENT, Optional.of("Threats"))));

    assertEquals(planFor(LabelScheme.defaults()), plan);
  }

  @ParameterizedTest
  @EnumSource(Platform.class)
  void each_risk_label_leads_to_its_action_on_either_platform(Platform platform) {
    ComplianceRules rules = ComplianceRules.of(planFor(LabelScheme.defaults()));

    assertEquals(
        Set.of("MES Low Risk"),
        rules.actionsInForce(List.of("MES - Low Risk"), platform, Set.of("app does not exist")));
    assertEquals(
        Set.of("MES Moderate Risk"),
        rules.actionsInForce(List.of("MES - Moderate Risk"), platform, Set.of()));
    assertEquals(
        Set.of("MES High Risk"),
        rules.actionsInForce(List.of("MES - Low Risk", "MES - High Risk"), platform, Set.of()));
  }

  @Test
  void a_plan_of_a_tenants_own_stays_as_it_is_whatever_the_labels() {
    RiskResponsePlan plan = RiskResponsePlan.builder().build();

    assertSame(plan, plan.planFor(LabelScheme.defaults()));
  }
}
