package io.riskladder.core.advice;

import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.advice.Advised.assertFound;
import static io.riskladder.core.advice.Advised.assertSays;

import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.AppControlRule.Scope;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import io.riskladder.core.mdm.SecurityPolicy.Status;
import io.riskladder.core.policy.PolicySet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the MDM would not do about a risk (rules, section 10). */
final class MdmAdviceTest {
  private static final String LOW = "MES - Low Risk";
  private static final String MEDIUM = "MES - Moderate Risk";
  private static final String HIGH = "MES - High Risk";
  private static final String POLICIES = "riskResponse.securityPolicies";
  private static final String ACTIONS = "riskResponse.complianceActions";

  private static final List<AppControlRule> RULES =
      List.of(
          rule("always", AppControlRule.Type.REQUIRED, AppControlRule.NO_SUCH_APP, Scope.ALL),
          rule("android", AppControlRule.Type.REQUIRED, AppControlRule.NO_SUCH_APP, Scope.ANDROID),
          rule("ios", AppControlRule.Type.REQUIRED, AppControlRule.NO_SUCH_APP, Scope.IOS),
          rule("never", AppControlRule.Type.DISALLOWED, AppControlRule.NO_SUCH_APP, Scope.ALL),
          rule("agent", AppControlRule.Type.REQUIRED, "Agent", Scope.ALL),
          rule("mail", AppControlRule.Type.REQUIRED, "Mail", Scope.ALL),
          rule("no game", AppControlRule.Type.DISALLOWED, "Game", Scope.ALL),
          rule("no mail", AppControlRule.Type.DISALLOWED, "Mail", Scope.ALL),
          rule("no mail on ios", AppControlRule.Type.DISALLOWED, "Mail", Scope.IOS));

  private static final List<ComplianceAction> ACTIONS_OF_ALL_KINDS =
      List.of(
          action("alert", true, false, false),
          action("all", true, true, true),
          action("nothing", false, false, false),
          action("block", false, true, false),
          action("quarantine", false, false, true),
          action("both", false, true, true));

  private static AppControlRule rule(
      String name, AppControlRule.Type type, String app, Scope platform) {
    return AppControlRule.builder().name(name).type(type).app(app).platform(platform).build();
  }

  private static ComplianceAction action(
      String name, boolean sendAlert, boolean blockAccess, boolean quarantine) {
    return ComplianceAction.builder()
        .name(name)
        .sendAlert(sendAlert)
        .blockAccess(blockAccess)
        .quarantine(quarantine)
        .build();
  }

  private static SecurityPolicy.Builder policy(int priority, String... labels) {
    return SecurityPolicy.builder()
        .name("P" + priority)
        .status(Status.ACTIVE)
        .priority(priority)
        .addLabels(labels);
  }

  private static SecurityPolicy sound(int priority, String action, String... labels) {
    return policy(priority, labels).accessControl(control(action, "always")).build();
  }

  private static AccessControl control(String action, String... rules) {
    return new AccessControl(action, List.of(rules));
  }

  private static DisallowedDevices allIosDevices(String action) {
    return new DisallowedDevices(action, true);
  }

  private static PolicySet.Builder plan(SecurityPolicy... policies) {
    return setOf(root().build())
        .riskResponse(
            RiskResponsePlan.builder()
                .appControlRules(RULES)
                .complianceActions(ACTIONS_OF_ALL_KINDS)
                .addSecurityPolicies(policies)
                .build());
  }

  /** {@return sound policies for LOW and MEDIUM, after those given, which are for HIGH} */
  private static PolicySet.Builder high(SecurityPolicy... policies) {
    SecurityPolicy[] all = Arrays.copyOf(policies, policies.length + 2);
    all[policies.length] = sound(98, "alert", MEDIUM);
    all[policies.length + 1] = sound(99, "alert", LOW);
    return plan(all);
  }

  private static PolicySet.Builder highWith(AccessControl control) {
    return high(policy(1, HIGH).accessControl(control).build());
  }

  private static PolicySet.Builder highWith(AccessControl control, DisallowedDevices disallowed) {
    return high(policy(1, HIGH).accessControl(control).disallowedDevices(disallowed).build());
  }

  private static LabelScheme labels(LabelState state, String name) {
    return LabelScheme.defaults().with(Map.of(state, Optional.of(name)));
  }

  @Test
  void the_standard_plan_written_out_has_no_finding() {
    assertFound(
        setOf(root().build())
            .riskResponse(RiskResponse.standard().planFor(LabelScheme.defaults())));
    assertFound(setOf(root().build()).riskResponse(RiskResponse.standard()));
    assertFound(
        setOf(root().build())
            .labels(labels(LabelState.LOW, "Somewhat"))
            .riskResponse(RiskResponse.standard()));
  }

  @Test
  void without_a_risk_response_there_is_nothing_to_say_of_the_mdm() {
    assertFound(setOf(root().build()));
  }

  // Labels without a policy.

  @Test
  void an_empty_plan_does_nothing_about_any_label() {
    assertFound(
        plan(),
        "UNMAPPED_LABEL " + POLICIES,
        "UNMAPPED_LABEL " + POLICIES,
        "UNMAPPED_LABEL " + POLICIES);
  }

  @Test
  void a_risk_label_needs_an_active_policy_of_its_own() {
    assertFound(
        plan(
            sound(1, "all", HIGH),
            sound(2, "alert", "MES - Medium Risk"),
            policy(3, LOW)
                .status(Status.INACTIVE)
                .accessControl(control("alert", "always"))
                .build()),
        "UNMAPPED_LABEL " + POLICIES,
        "UNMAPPED_LABEL " + POLICIES);
    assertFound(
        plan(sound(1, "all", HIGH), sound(2, "alert", LOW))
            .labels(labels(LabelState.MEDIUM, "Moderate")),
        "UNMAPPED_LABEL " + POLICIES);
  }

  @Test
  void one_policy_may_be_for_all_risks_and_a_risk_without_a_label_needs_none() {
    assertFound(plan(sound(1, "all", LOW, MEDIUM, HIGH)));
    assertFound(
        plan(sound(1, "all", HIGH), sound(2, "alert", MEDIUM))
            .labels(LabelScheme.defaults().with(Map.of(LabelState.LOW, Optional.empty()))),
        "UNLABELLED_RISK labels.LOW");
    assertFound(high(sound(1, "all", HIGH)).labels(labels(LabelState.DISCONNECTED, "Gone")));
  }

  @Test
  void an_unmapped_label_is_told_by_name_and_with_the_policy_that_is_off() {
    assertSays(
        plan(
            sound(1, "all", HIGH),
            policy(2, LOW)
                .status(Status.INACTIVE)
                .accessControl(control("alert", "always"))
                .build()),
        AdviceCode.UNMAPPED_LABEL,
        "Devices at LOW risk get the label \"MES - Low Risk\", and the MDM does nothing on its"
            + " account, as no active security policy is applied to it.",
        "Make security policy \"P2\" active.",
        "Devices at MEDIUM risk get the label \"MES - Moderate Risk\", and the MDM does nothing on"
            + " its account, as no active security policy is applied to it.",
        "Apply an active security policy to that label.");
  }

  // Triggers.

  private static final String RULES_OF_HIGH =
      "TRIGGER_NOT_ALWAYS_ON " + POLICIES + "[0].accessControl.enabledRules";

  @Test
  void rules_that_a_device_can_keep_are_no_trigger() {
    assertFound(highWith(control("all", "agent")), RULES_OF_HIGH);
    assertFound(highWith(control("all", "no game")), RULES_OF_HIGH);
    assertFound(highWith(control("all", "no game", "agent", "mail")), RULES_OF_HIGH);
    assertFound(highWith(control("all", "android")), RULES_OF_HIGH);
    assertFound(highWith(control("all", "android", "agent")), RULES_OF_HIGH);
    assertFound(highWith(control("all", "mail", "no mail on ios")), RULES_OF_HIGH);
  }

  @Test
  void disallowing_all_ios_devices_is_a_trigger_for_those_alone() {
    assertFound(highWith(control("all", "ios", "agent"), allIosDevices("all")), RULES_OF_HIGH);
    assertFound(
        high(policy(1, HIGH).disallowedDevices(allIosDevices("all")).build()),
        "TRIGGER_NOT_ALWAYS_ON " + POLICIES + "[0].accessControl");
    assertFound(
        highWith(control("all", "android"), new DisallowedDevices("all", false)), RULES_OF_HIGH);
  }

  @Test
  void what_no_device_of_any_platform_keeps_is_a_trigger() {
    assertFound(highWith(control("all", "always")));
    assertFound(highWith(control("all", "android", "ios")));
    assertFound(highWith(control("all", "android"), allIosDevices("all")));
    assertFound(highWith(control("all", "agent", "always", "never")));
    assertFound(highWith(control("all", "mail", "no mail")));
    assertFound(highWith(control("all", "mail", "android", "no mail on ios")));
  }

  @Test
  void policies_that_are_off_or_for_other_labels_need_no_trigger() {
    assertFound(
        high(
            sound(1, "all", HIGH),
            policy(2, HIGH).status(Status.INACTIVE).build(),
            policy(3, "Disconnected").accessControl(control("alert", "agent")).build()));
  }

  @Test
  void a_trigger_that_some_escape_is_told_with_who_they_are() {
    assertSays(
        high(policy(1, HIGH, LOW).accessControl(control("all", "android", "agent")).build()),
        AdviceCode.TRIGGER_NOT_ALWAYS_ON,
        "iOS devices at LOW or HIGH risk may violate no rule of security policy \"P1\", and then no"
            + " compliance action starts on them.",
        "Enable in its access control an app control rule that requires \"app does not exist\" on"
            + " all platforms.");
    assertSays(
        high(policy(1, HIGH).build()),
        AdviceCode.TRIGGER_NOT_ALWAYS_ON,
        "Android and iOS devices at HIGH risk may violate no rule of security policy \"P1\", and"
            + " then no compliance action starts on them.",
        "Give it access control with a compliance action and an app control rule that requires"
            + " \"app does not exist\" on all platforms.");
  }

  // Actions.

  @Test
  void a_policy_that_starts_nothing_on_anybody_has_no_action() {
    assertFound(
        high(policy(1, HIGH).build()),
        "TRIGGER_NOT_ALWAYS_ON " + POLICIES + "[0].accessControl",
        "NO_COMPLIANCE_ACTION " + POLICIES + "[0]");
    assertFound(
        highWith(control("all")), RULES_OF_HIGH, "NO_COMPLIANCE_ACTION " + POLICIES + "[0]");
    assertFound(
        highWith(control("all", "never"), new DisallowedDevices("all", false)),
        RULES_OF_HIGH,
        "NO_COMPLIANCE_ACTION " + POLICIES + "[0]");
  }

  @Test
  void an_action_that_does_nothing_is_found_once_where_it_is_written() {
    assertFound(
        plan(sound(1, "all", HIGH), sound(2, "nothing", MEDIUM), sound(3, "nothing", LOW)),
        "NO_COMPLIANCE_ACTION " + ACTIONS + "[2]");
    assertFound(
        highWith(control("all", "always"), allIosDevices("nothing")),
        "NO_COMPLIANCE_ACTION " + ACTIONS + "[2]");
  }

  @Test
  void an_action_that_does_one_thing_is_one_and_so_is_one_that_few_devices_meet() {
    assertFound(
        plan(sound(1, "all", HIGH), sound(2, "quarantine", MEDIUM), sound(3, "block", LOW)));
    assertFound(highWith(control("all", "no game")), RULES_OF_HIGH);
    assertFound(high(sound(1, "all", HIGH), sound(2, "nothing", "Disconnected")));
  }

  @Test
  void a_missing_action_is_told_with_whose_it_is() {
    assertSays(
        high(policy(1, HIGH).build()),
        AdviceCode.NO_COMPLIANCE_ACTION,
        "Nothing happens to devices at HIGH risk, as security policy \"P1\" starts no compliance"
            + " action.",
        "Give it access control with a compliance action and an app control rule that requires"
            + " \"app does not exist\" on all platforms.");
    assertSays(
        highWith(control("all", "never")),
        AdviceCode.NO_COMPLIANCE_ACTION,
        "Nothing happens to devices at HIGH risk, as security policy \"P1\" starts no compliance"
            + " action.",
        "Enable in its access control an app control rule that requires \"app does not exist\" on"
            + " all platforms.");
    assertSays(
        plan(sound(1, "all", HIGH), sound(2, "nothing", MEDIUM, LOW)),
        AdviceCode.NO_COMPLIANCE_ACTION,
        "Nothing happens to devices at LOW or MEDIUM risk by compliance action \"nothing\", which"
            + " neither sends an alert, nor blocks access, nor quarantines.",
        "Let the action at least send an alert.");
  }

  // High risk.

  @Test
  void an_action_for_high_that_does_not_block_and_quarantine_is_too_mild() {
    assertFound(high(sound(1, "alert", HIGH)), "HIGH_RISK_TOO_MILD " + ACTIONS + "[0]");
    assertFound(high(sound(1, "block", HIGH)), "HIGH_RISK_TOO_MILD " + ACTIONS + "[3]");
    assertFound(high(sound(1, "quarantine", HIGH)), "HIGH_RISK_TOO_MILD " + ACTIONS + "[4]");
    assertFound(
        high(sound(1, "nothing", HIGH)),
        "HIGH_RISK_TOO_MILD " + ACTIONS + "[2]",
        "NO_COMPLIANCE_ACTION " + ACTIONS + "[2]");
  }

  @Test
  void what_is_in_force_together_counts_on_each_platform_by_itself() {
    assertFound(highWith(control("both", "always"), allIosDevices("alert")));
    assertFound(
        highWith(control("block", "always"), allIosDevices("quarantine")),
        "HIGH_RISK_TOO_MILD " + ACTIONS + "[3]");
    assertFound(highWith(control("block", "ios"), allIosDevices("quarantine")), RULES_OF_HIGH);
    assertFound(
        highWith(control("both", "android"), allIosDevices("alert")),
        "HIGH_RISK_TOO_MILD " + ACTIONS + "[0]");
    assertFound(
        highWith(control("block", "android"), allIosDevices("quarantine")),
        "HIGH_RISK_TOO_MILD " + ACTIONS + "[3]",
        "HIGH_RISK_TOO_MILD " + ACTIONS + "[4]");
  }

  @Test
  void what_starts_only_on_some_devices_helps_none_of_the_others() {
    assertFound(
        highWith(control("both", "android", "no game"), allIosDevices("alert")),
        "HIGH_RISK_TOO_MILD " + ACTIONS + "[0]");
    assertFound(
        highWith(control("alert", "no game")),
        "HIGH_RISK_TOO_MILD " + ACTIONS + "[0]",
        RULES_OF_HIGH);
  }

  @Test
  void the_first_active_policy_decides() {
    assertFound(high(sound(1, "both", HIGH), sound(2, "alert", HIGH)));
    assertFound(
        high(sound(2, "both", HIGH), sound(1, "alert", HIGH)),
        "HIGH_RISK_TOO_MILD " + ACTIONS + "[0]");
    assertFound(
        high(
            policy(1, HIGH)
                .status(Status.INACTIVE)
                .accessControl(control("alert", "always"))
                .build(),
            sound(2, "both", HIGH)));
  }

  @Test
  void a_milder_policy_for_any_threat_may_not_come_first() {
    LabelScheme labels = labels(LabelState.THREATS_PRESENT, "At risk");
    assertFound(
        high(sound(2, "both", HIGH), sound(1, "alert", "At risk")).labels(labels),
        "HIGH_RISK_TOO_MILD " + POLICIES + "[1].priority");
    assertFound(high(sound(1, "both", HIGH), sound(2, "alert", "At risk")).labels(labels));
    assertFound(high(sound(1, "both", "At risk"), sound(2, "alert", HIGH)).labels(labels));
    assertFound(high(sound(2, "both", HIGH), sound(1, "alert", "At risk")));
  }

  @Test
  void milder_actions_for_lower_risks_are_fine_and_no_policy_at_all_is_another_finding() {
    assertFound(high(sound(1, "both", HIGH)));
    assertFound(high(), "UNMAPPED_LABEL " + POLICIES);
  }

  @Test
  void too_mild_an_action_is_told_with_what_devices_keep() {
    String remedy = "Let compliance action \"%s\" block access and quarantine.";
    assertSays(
        high(sound(1, "alert", HIGH)),
        AdviceCode.HIGH_RISK_TOO_MILD,
        "Devices at HIGH risk keep access to the company's services and are not quarantined, as"
            + " security policy \"P1\" decides for them.",
        String.format(remedy, "alert"));
    assertSays(
        highWith(control("block", "android"), allIosDevices("quarantine")),
        AdviceCode.HIGH_RISK_TOO_MILD,
        "Android devices at HIGH risk are not quarantined, as security policy \"P1\" decides for"
            + " them.",
        String.format(remedy, "block"),
        "iOS devices at HIGH risk keep access to the company's services, as security policy \"P1\""
            + " decides for them.",
        String.format(remedy, "quarantine"));
    assertSays(
        high(sound(2, "both", HIGH), sound(1, "alert", "At risk"))
            .labels(labels(LabelState.THREATS_PRESENT, "At risk")),
        AdviceCode.HIGH_RISK_TOO_MILD,
        "Devices at HIGH risk keep access to the company's services and are not quarantined, as"
            + " security policy \"P1\" decides for them.",
        "Give it a lower priority, which is a larger number, than the security policies for the"
            + " HIGH label.");
  }

  // Priorities.

  @Test
  void a_policy_for_a_lower_risk_may_not_have_priority() {
    assertFound(
        plan(sound(1, "alert", LOW), sound(2, "alert", MEDIUM), sound(3, "both", HIGH)),
        "PRIORITY_INVERSION " + POLICIES + "[0].priority",
        "PRIORITY_INVERSION " + POLICIES + "[1].priority");
    assertFound(
        plan(sound(1, "both", HIGH), sound(7, "alert", MEDIUM), sound(4, "alert", LOW)),
        "PRIORITY_INVERSION " + POLICIES + "[2].priority");
    assertFound(
        plan(sound(2, "both", HIGH), sound(1, "both", HIGH, LOW), sound(3, "alert", MEDIUM)),
        "PRIORITY_INVERSION " + POLICIES + "[1].priority");
  }

  @Test
  void priorities_of_the_same_risk_of_other_labels_and_of_policies_that_are_off_are_free() {
    assertFound(
        plan(
            sound(1, "all", "Disconnected"),
            policy(2, LOW).status(Status.INACTIVE).build(),
            sound(3, "both", HIGH),
            sound(4, "both", HIGH),
            sound(5, "alert", MEDIUM, LOW),
            policy(6, HIGH).status(Status.INACTIVE).build(),
            sound(7, "alert", LOW)));
  }

  @Test
  void an_inversion_is_told_with_both_policies() {
    assertSays(
        plan(sound(1, "alert", LOW), sound(2, "alert", MEDIUM, HIGH)),
        AdviceCode.PRIORITY_INVERSION,
        "On devices that have the labels of both, as when their risk changes, security policy"
            + " \"P1\" for LOW risk wins over \"P2\" for a higher one.",
        "Give it a lower priority, which is a larger number, than the security policies for a"
            + " higher risk.");
  }
}
