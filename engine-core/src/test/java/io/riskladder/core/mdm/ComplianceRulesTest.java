package io.riskladder.core.mdm;

import static io.riskladder.core.Fixtures.characters;
import static io.riskladder.core.Fixtures.refusal;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.mdm.AppControlRule.Scope;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From labels to the compliance actions in force (rules, section 9). */
final class ComplianceRulesTest {
  private static final String HIGH = "MES - High Risk";
  private static final String LOW = "MES - Low Risk";

  private static AppControlRule rule(AppControlRule.Type type, String app, Scope scope) {
    return AppControlRule.builder().name("rule").type(type).app(app).platform(scope).build();
  }

  private static AppControlRule alwaysOn() {
    return rule(AppControlRule.Type.REQUIRED, "app does not exist", Scope.ALL);
  }

  private static SecurityPolicy.Builder policy(String name, int priority, String... labels) {
    return SecurityPolicy.builder()
        .name(name)
        .status(SecurityPolicy.Status.ACTIVE)
        .priority(priority)
        .addLabels(labels)
        .accessControl(new AccessControl("action of " + name, List.of("rule")));
  }

  private static ComplianceRules rules(AppControlRule rule, SecurityPolicy.Builder... policies) {
    RiskResponsePlan.Builder plan = RiskResponsePlan.builder().addAppControlRule(rule);
    for (SecurityPolicy.Builder policy : policies) {
      plan.addSecurityPolicy(policy.build());
    }
    return ComplianceRules.of(plan.build());
  }

  private static List<String> inForce(ComplianceRules rules, Platform platform, String... labels) {
    return List.copyOf(rules.actionsInForce(List.of(labels), platform, Set.of()));
  }

  // App control rules.

  @ParameterizedTest
  @CsvSource({
    // type, scope, platform, installed, violated
    "REQUIRED, ALL, ANDROID, false, true",
    "REQUIRED, ALL, ANDROID, true, false",
    "REQUIRED, ALL, IOS, false, true",
    "REQUIRED, ALL, IOS, true, false",
    "REQUIRED, ANDROID, ANDROID, false, true",
    "REQUIRED, ANDROID, ANDROID, true, false",
    "REQUIRED, ANDROID, IOS, false, false",
    "REQUIRED, ANDROID, IOS, true, false",
    "REQUIRED, IOS, ANDROID, false, false",
    "REQUIRED, IOS, ANDROID, true, false",
    "REQUIRED, IOS, IOS, false, true",
    "REQUIRED, IOS, IOS, true, false",
    "DISALLOWED, ALL, ANDROID, false, false",
    "DISALLOWED, ALL, ANDROID, true, true",
    "DISALLOWED, ALL, IOS, false, false",
    "DISALLOWED, ALL, IOS, true, true",
    "DISALLOWED, ANDROID, ANDROID, false, false",
    "DISALLOWED, ANDROID, ANDROID, true, true",
    "DISALLOWED, ANDROID, IOS, false, false",
    "DISALLOWED, ANDROID, IOS, true, false",
    "DISALLOWED, IOS, ANDROID, false, false",
    "DISALLOWED, IOS, ANDROID, true, false",
    "DISALLOWED, IOS, IOS, false, false",
    "DISALLOWED, IOS, IOS, true, true"
  })
  void a_rule_is_violated_by_its_type_on_its_platforms(
      AppControlRule.Type type,
      Scope scope,
      Platform platform,
      boolean installed,
      boolean violated) {
    Set<String> apps = installed ? Set.of("Other", "Mail") : Set.of("Other");

    assertEquals(violated, rule(type, "Mail", scope).isViolatedBy(platform, apps));
  }

  @Test
  void app_names_compare_exactly() {
    AppControlRule required = rule(AppControlRule.Type.REQUIRED, "Mail", Scope.ALL);

    assertTrue(required.isViolatedBy(Platform.IOS, Set.of("mail", "Mail ", "MAIL")));
    assertFalse(required.isViolatedBy(Platform.IOS, Set.of("Mail")));
  }

  @ParameterizedTest
  @EnumSource(Platform.class)
  void the_app_that_does_not_exist_is_installed_nowhere_whatever_a_device_reports(
      Platform platform) {
    Set<String> reported = Set.of("app does not exist");

    assertTrue(alwaysOn().isViolatedBy(platform, Set.of()));
    assertTrue(alwaysOn().isViolatedBy(platform, reported));
    assertFalse(
        rule(AppControlRule.Type.DISALLOWED, "app does not exist", Scope.ALL)
            .isViolatedBy(platform, reported));
  }

  @Test
  void the_app_that_does_not_exist_goes_by_that_exact_name_only() {
    assertFalse(
        rule(AppControlRule.Type.REQUIRED, "App does not exist", Scope.ALL)
            .isViolatedBy(Platform.IOS, Set.of("App does not exist")));
  }

  // Which policy.

  @Test
  void a_device_without_a_policy_has_no_action() {
    ComplianceRules rules = rules(alwaysOn(), policy("high", 1, HIGH));

    assertEquals(List.of(), inForce(rules, Platform.IOS));
    assertEquals(List.of(), inForce(rules, Platform.IOS, LOW, "mes - high risk"));
    assertEquals(Optional.empty(), rules.policyFor(List.of(LOW)));
    assertEquals(List.of(), inForce(ComplianceRules.none(), Platform.IOS, HIGH));
  }

  @Test
  void a_device_is_subject_to_a_policy_applied_to_any_of_its_labels() {
    ComplianceRules rules = rules(alwaysOn(), policy("high", 1, "x", HIGH));

    assertEquals(List.of("action of high"), inForce(rules, Platform.IOS, "y", HIGH));
  }

  @Test
  void only_the_policy_with_the_highest_priority_counts_wherever_it_stands() {
    ComplianceRules rules =
        rules(
            alwaysOn(),
            policy("third", 30, LOW),
            policy("first", 10, HIGH, LOW),
            policy("second", 20, LOW),
            policy("elsewhere", 1, "x"));

    assertEquals("first", rules.policyFor(List.of(LOW)).orElseThrow().name());
    assertEquals(List.of("action of first"), inForce(rules, Platform.ANDROID, LOW));
  }

  @Test
  void an_inactive_policy_is_as_though_it_were_not_there() {
    ComplianceRules rules =
        rules(
            alwaysOn(),
            policy("first", 1, LOW).status(SecurityPolicy.Status.INACTIVE),
            policy("second", 2, LOW));

    assertEquals(List.of("action of second"), inForce(rules, Platform.ANDROID, LOW));
  }

  @Test
  void the_policy_with_priority_keeps_others_out_even_if_it_starts_no_action() {
    ComplianceRules rules =
        rules(
            alwaysOn(),
            SecurityPolicy.builder()
                .name("idle")
                .status(SecurityPolicy.Status.ACTIVE)
                .priority(1)
                .addLabel(LOW),
            policy("second", 2, LOW));

    assertEquals(List.of(), inForce(rules, Platform.IOS, LOW));
  }

  // Which actions.

  @Test
  void an_access_control_action_is_in_force_when_any_enabled_rule_is_violated() {
    ComplianceRules rules =
        ComplianceRules.of(
            RiskResponsePlan.builder()
                .addAppControlRules(
                    AppControlRule.builder()
                        .from(rule(AppControlRule.Type.REQUIRED, "Mail", Scope.ALL))
                        .name("mail")
                        .build(),
                    AppControlRule.builder()
                        .from(rule(AppControlRule.Type.DISALLOWED, "Game", Scope.ALL))
                        .name("game")
                        .build(),
                    AppControlRule.builder().from(alwaysOn()).name("not enabled").build())
                .addSecurityPolicy(
                    policy("p", 1, LOW)
                        .accessControl(new AccessControl("act", List.of("mail", "game")))
                        .build())
                .build());

    assertEquals(Set.of(), rules.actionsInForce(List.of(LOW), Platform.IOS, Set.of("Mail")));
    assertEquals(
        Set.of("act"), rules.actionsInForce(List.of(LOW), Platform.IOS, Set.of("Mail", "Game")));
    assertEquals(Set.of("act"), rules.actionsInForce(List.of(LOW), Platform.IOS, Set.of()));
  }

  @Test
  void access_control_without_enabled_rules_starts_nothing() {
    assertEquals(
        List.of(),
        inForce(
            rules(alwaysOn(), policy("p", 1, LOW).accessControl(new AccessControl("a", List.of()))),
            Platform.IOS,
            LOW));
  }

  @Test
  void disallowed_devices_are_those_on_ios_if_all_of_them_are_disallowed() {
    ComplianceRules all = disallowing(true);
    ComplianceRules none = disallowing(false);

    assertEquals(List.of("out"), inForce(all, Platform.IOS, LOW));
    assertEquals(List.of(), inForce(all, Platform.ANDROID, LOW));
    assertEquals(List.of(), inForce(none, Platform.IOS, LOW));
  }

  private static ComplianceRules disallowing(boolean allIosDevices) {
    return rules(
        alwaysOn(),
        policy("p", 1, LOW)
            .accessControl(Optional.empty())
            .disallowedDevices(new DisallowedDevices("out", allIosDevices)));
  }

  @Test
  void both_actions_may_be_in_force_and_are_sorted_by_name() {
    ComplianceRules rules =
        rules(
            alwaysOn(),
            policy("p", 1, LOW)
                .accessControl(new AccessControl("b", List.of("rule")))
                .disallowedDevices(new DisallowedDevices("B", true)));

    assertEquals(List.of("B", "b"), inForce(rules, Platform.IOS, LOW));
    assertEquals(List.of("b"), inForce(rules, Platform.ANDROID, LOW));
  }

  @Test
  void the_same_action_named_twice_is_in_force_once() {
    ComplianceRules rules =
        rules(
            alwaysOn(),
            policy("p", 1, LOW)
                .accessControl(new AccessControl("act", List.of("rule")))
                .disallowedDevices(new DisallowedDevices("act", true)));

    assertEquals(List.of("act"), inForce(rules, Platform.IOS, LOW));
  }

  // What the values refuse.

  @Test
  void a_policy_needs_a_label_and_a_priority_of_1_or_more() {
    assertEquals(1, policy("p", 1, LOW).build().priority());

    assertEquals(
        "labels: is empty, expected at least one label", refusal(() -> policy("p", 1).build()));
    assertEquals("labels: is blank", refusal(() -> policy("p", 1, LOW, " ").build()));
    assertEquals(
        "priority: 0 is not a priority, expected 1 (the highest) or more",
        refusal(() -> policy("p", 0, LOW).build()));
  }

  private static Stream<Arguments> valuesWithAName() {
    return Stream.of(
        named("name", name -> AppControlRule.builder().from(alwaysOn()).name(name).build()),
        named("app", name -> AppControlRule.builder().from(alwaysOn()).app(name).build()),
        named("name", name -> ComplianceAction.builder().name(name).build()),
        named("name", name -> policy("p", 1, LOW).name(name).build()),
        named("labels", name -> policy("p", 1, name).build()),
        named("complianceAction", name -> new AccessControl(name, List.of())),
        named("enabledRules", name -> new AccessControl("a", List.of(name))),
        named("complianceAction", name -> new DisallowedDevices(name, true)));
  }

  private static Arguments named(String path, Function<String, Object> withName) {
    return Arguments.of(path, withName);
  }

  @ParameterizedTest
  @MethodSource("valuesWithAName")
  void every_name_is_one_line_of_1_to_320_characters(
      String path, Function<String, Object> withName) {
    assertDoesNotThrow(() -> withName.apply(characters(320)));

    assertEquals(
        path + ": has 321 characters, expected at most 320",
        refusal(() -> withName.apply(characters(321))));
    assertEquals(path + ": is blank", refusal(() -> withName.apply(" ")));
    assertEquals(
        path + ": has a control character, expected one line of text",
        refusal(() -> withName.apply("a\u0000b")));
  }

  @Test
  void an_action_does_nothing_unless_set() {
    ComplianceAction action = ComplianceAction.builder().name("a").build();

    assertFalse(action.sendAlert());
    assertFalse(action.blockAccess());
    assertFalse(action.quarantine());
  }

  @Test
  void two_rules_of_one_name_are_refused() {
    RiskResponsePlan plan =
        RiskResponsePlan.builder().addAppControlRules(alwaysOn(), alwaysOn()).build();

    assertThrows(IllegalArgumentException.class, () -> ComplianceRules.of(plan));
  }
}
