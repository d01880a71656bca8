package io.riskladder.core.policy;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.admin;
import static io.riskladder.core.Fixtures.after;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.classified;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.own;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.setWith;
import static io.riskladder.core.Fixtures.weekly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.Limits;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.AppControlRule.Scope;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.ThreatType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a policy set as a whole has to keep (rules, section 4). */
final class PolicyChecksTest {

  /** A path, and words that the message at that path has to contain. */
  private record Expected(String path, String gist) {}

  private static Expected at(String path, String gist) {
    return new Expected(path, gist);
  }

  private static void assertProblems(PolicySet set, Expected... expected) {
    assertProblems(set, Limits.defaults(), expected);
  }

  private static void assertProblems(PolicySet set, Limits limits, Expected... expected) {
    List<PolicyProblem> problems = set.problems(limits);
    assertEquals(
        Stream.of(expected).map(Expected::path).toList(),
        problems.stream().map(PolicyProblem::path).toList(),
        problems::toString);
    for (int i = 0; i < expected.length; i++) {
      String message = problems.get(i).message();
      assertTrue(message.contains(expected[i].gist()), message);
    }
    if (expected.length == 0) {
      assertSame(set, set.compile(limits).source());
    } else {
      InvalidPolicyException thrown =
          assertThrows(InvalidPolicyException.class, () -> set.compile(limits));
      assertEquals(problems, thrown.problems());
    }
  }

  // Groups.

  @Test
  void a_root_alone_is_a_valid_set() {
    assertProblems(setOf(root().build()).build());
  }

  @Test
  void a_set_without_groups_lacks_its_root() {
    assertProblems(setOf().build(), at("groups", "is empty, expected at least the root group"));
  }

  @Test
  void every_root_after_the_first_is_one_too_many() {
    assertProblems(
        setOf(
                group("sales", ROOT).build(),
                root().build(),
                DeviceGroup.builder().id("b").build(),
                DeviceGroup.builder().id("c").build())
            .build(),
        at("groups[2].parent", "is absent, but default is the root already, expected one root"),
        at("groups[3].parent", "is absent, but default is the root already, expected one root"));
  }

  @Test
  void an_unknown_parent_is_named_with_its_near_miss() {
    assertProblems(
        setOf(root().build(), group("sales", "defalt").build()).build(),
        at("groups[1].parent", "defalt is not a group, did you mean default?"));
  }

  @Test
  void an_unknown_parent_like_no_group_gets_no_suggestion() {
    List<PolicyProblem> problems =
        setOf(root().build(), group("sales", "zzz").build()).build().problems(Limits.defaults());

    assertEquals("zzz is not a group", problems.get(0).message());
  }

  @Test
  void a_parent_may_come_later_in_the_document() {
    assertProblems(setOf(group("sales", ROOT).build(), root().build()).build());
  }

  @Test
  void a_group_that_is_its_own_parent_is_a_cycle() {
    assertProblems(
        setOf(root().build(), group("a", "a").build()).build(),
        at("groups[1].parent", "the groups above lead back here: a > a"));
  }

  @Test
  void a_cycle_is_reported_once_at_its_first_group_and_without_those_that_hang_on_it() {
    assertProblems(
        setOf(
                group("leaf", "b").build(),
                root().build(),
                group("a", "b").build(),
                group("b", "c").build(),
                group("c", "a").build())
            .build(),
        at("groups[2].parent", "a > b > c > a"));
  }

  @Test
  void each_cycle_is_reported() {
    assertProblems(
        setOf(
                root().build(),
                group("a", "b").build(),
                group("c", "c").build(),
                group("b", "a").build())
            .build(),
        at("groups[1].parent", "a > b > a"),
        at("groups[2].parent", "c > c"));
  }

  @Test
  void groups_that_all_have_parents_lack_a_root_and_form_a_cycle() {
    assertProblems(
        setOf(group("a", "b").build(), group("b", "a").build()).build(),
        at("groups", "every group has a parent, expected one without: the root"),
        at("groups[0].parent", "a > b > a"));
  }

  @Test
  void a_group_id_given_again_is_taken_by_the_first() {
    assertProblems(
        setOf(
                root().build(),
                group("a", ROOT).build(),
                group("A", ROOT).build(),
                group("a", ROOT).build(),
                group("a", ROOT).build())
            .build(),
        at("groups[3].id", "a is taken by groups[1] already"),
        at("groups[4].id", "a is taken by groups[1] already"));
  }

  @Test
  void a_tree_may_be_as_deep_as_its_limit_and_no_deeper() {
    Limits three = Limits.builder().groupDepth(3).build();
    PolicySet.Builder set =
        setOf(root().build(), group("b", ROOT).build(), group("c", "b").build());
    assertProblems(set.build(), three);

    assertProblems(
        set.addGroup(group("d", "c").build()).build(),
        three,
        at("groups[3].parent", "is 4 groups deep, expected at most 3"));
  }

  @Test
  void a_very_deep_tree_within_its_limit_compiles() {
    PolicySet.Builder set = setOf(root().build());
    for (int i = 1; i < 1_000; i++) {
      set.addGroup(group("g" + i, i == 1 ? ROOT : "g" + (i - 1)).build());
    }
    assertProblems(set.build());

    assertProblems(
        set.addGroup(group("g1000", "g999").build()).build(),
        at("groups[1000].parent", "is 1001 groups deep, expected at most 1000"));
  }

  // Sizes.

  @Test
  void groups_are_limited() {
    Limits two = Limits.builder().groups(2).build();
    PolicySet.Builder set = setOf(root().build(), group("a", ROOT).build());
    assertProblems(set.build(), two);

    assertProblems(
        set.addGroup(group("b", ROOT).build()).build(),
        two,
        at("groups", "has 3 elements, expected at most 2"));
  }

  @Test
  void own_classifications_are_limited() {
    Limits one = Limits.builder().classifications(1).build();
    PolicySet.Builder set =
        setOf(root().build()).addClassification(own("A", RiskLevel.LOW, Response.ALERT_DEVICE));
    assertProblems(set.build(), one);

    assertProblems(
        set.addClassification(own("B", RiskLevel.LOW, Response.ALERT_DEVICE)).build(),
        one,
        at("classifications", "has 2 elements, expected at most 1"));
  }

  @Test
  void administrators_are_limited() {
    Limits one = Limits.builder().administrators(1).build();
    PolicySet.Builder set = setOf(root().build()).addAdministrator(admin("a@acme.example"));
    assertProblems(set.build(), one);

    assertProblems(
        set.addAdministrator(admin("b@acme.example")).build(),
        one,
        at("administrators", "has 2 elements, expected at most 1"));
  }

  @Test
  void each_list_of_a_risk_response_is_limited_by_itself() {
    Limits two = Limits.builder().riskResponseObjects(2).build();
    RiskResponsePlan.Builder plan =
        RiskResponsePlan.builder()
            .addAppControlRules(rule("r1"), rule("r2"))
            .addComplianceActions(action("a1"), action("a2"))
            .addSecurityPolicies(secured("p1", 1).build(), secured("p2", 2).build());
    assertProblems(setOf(root().build()).riskResponse(plan.build()).build(), two);

    plan.addAppControlRule(rule("r3"))
        .addComplianceAction(action("a3"))
        .addSecurityPolicy(secured("p3", 3).build());
    assertProblems(
        setOf(root().build()).riskResponse(plan.build()).build(),
        two,
        at("riskResponse.appControlRules", "has 3 elements, expected at most 2"),
        at("riskResponse.complianceActions", "has 3 elements, expected at most 2"),
        at("riskResponse.securityPolicies", "has 3 elements, expected at most 2"));
  }

  // Classifications.

  @Test
  void an_own_classification_id_given_again_is_taken_by_the_first() {
    assertProblems(
        setOf(root().build())
            .addClassification(own("LOST_BADGE", RiskLevel.LOW, Response.ALERT_DEVICE))
            .addClassification(own("LOST_BADGE", RiskLevel.HIGH, Response.ALERT_DEVICE))
            .build(),
        at("classifications[1].id", "LOST_BADGE is taken by classifications[0] already"));
  }

  @Test
  void an_own_classification_may_not_have_the_id_of_a_built_in_one() {
    assertProblems(
        setOf(root().build())
            .addClassification(own("LOST_BADGE", RiskLevel.LOW, Response.ALERT_DEVICE))
            .addClassification(own(OS, RiskLevel.LOW, Response.ALERT_DEVICE))
            .build(),
        at("classifications[1].id", "OUT_OF_DATE_OS is a built-in classification"));
  }

  @Test
  void an_own_default_that_blocks_needs_no_protection() {
    assertProblems(
        setOf(root().build())
            .addClassification(own("A", RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT))
            .build());
  }

  @Test
  void a_policy_for_an_unknown_classification_is_named_with_its_near_miss() {
    assertProblems(
        setWith("OUT_OF_DATE_OZ", policy(RiskLevel.LOW, Response.ALERT_DEVICE)).build(),
        at(
            "groups[0].policies.OUT_OF_DATE_OZ",
            "OUT_OF_DATE_OZ is not a classification, did you mean OUT_OF_DATE_OS?"));
  }

  @Test
  void a_key_that_is_no_plain_word_is_quoted_in_the_path() {
    assertProblems(
        setWith("a b", policy(RiskLevel.LOW, Response.ALERT_DEVICE)).build(),
        at("groups[0].policies[\"a b\"]", "a b is not a classification"));
  }

  @Test
  void the_ladder_for_an_unknown_classification_is_checked_all_the_same() {
    assertProblems(
        setWith(
                "NO_SUCH_THING",
                policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(1, RiskLevel.LOW)))
            .build(),
        at("groups[0].policies.NO_SUCH_THING", "is not a classification"),
        at("groups[0].policies.NO_SUCH_THING.escalations[0].riskLevel", "LOW is not above LOW"));
  }

  // Ladders.

  @ParameterizedTest
  @CsvSource({
    "ADVISORY, LOW",
    "ADVISORY, MEDIUM",
    "ADVISORY, HIGH",
    "LOW, MEDIUM",
    "LOW, HIGH",
    "MEDIUM, HIGH"
  })
  void a_level_may_rise_by_one_or_by_more(RiskLevel base, RiskLevel next) {
    assertProblems(setWith(OS, policy(base, Response.ALERT_DEVICE, alertAfter(7, next))).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ADVISORY | ADVISORY | expected LOW, MEDIUM or HIGH",
        "LOW | ADVISORY | expected MEDIUM or HIGH",
        "LOW | LOW | expected MEDIUM or HIGH",
        "MEDIUM | ADVISORY | expected HIGH",
        "MEDIUM | LOW | expected HIGH",
        "MEDIUM | MEDIUM | expected HIGH",
        "HIGH | ADVISORY | expected no escalation after HIGH",
        "HIGH | LOW | expected no escalation after HIGH",
        "HIGH | MEDIUM | expected no escalation after HIGH",
        "HIGH | HIGH | expected no escalation after HIGH"
      })
  void a_level_that_does_not_rise_is_an_error(RiskLevel base, RiskLevel next, String expected) {
    assertProblems(
        setWith(OS, policy(base, Response.ALERT_DEVICE, alertAfter(7, next))).build(),
        at(
            "groups[0].policies.OUT_OF_DATE_OS.escalations[0].riskLevel",
            next + " is not above " + base + ", " + expected));
  }

  @Test
  void an_escalation_to_no_risk_that_alerts_is_wrong_twice() {
    assertProblems(
        setWith(
                OS,
                policy(RiskLevel.ADVISORY, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.NONE)))
            .build(),
        at(
            "groups[0].policies.OUT_OF_DATE_OS.escalations[0].riskLevel",
            "NONE is not above ADVISORY, expected LOW, MEDIUM or HIGH"),
        at(
            "groups[0].policies.OUT_OF_DATE_OS.escalations[0].response",
            "ALERT_DEVICE does not go with risk level NONE, expected DONT_ALERT"));
  }

  @Test
  void a_ladder_may_have_all_four_levels_and_no_fifth_rung() {
    assertProblems(
        setOf(
                root()
                    .onDeviceThreatProtection(blocking("acme.example"))
                    .putPolicy(OS, weekly())
                    .build())
            .build());

    assertProblems(
        setWith(
                OS,
                policy(
                    RiskLevel.ADVISORY,
                    Response.ALERT_DEVICE,
                    alertAfter(7, RiskLevel.LOW),
                    alertAfter(7, RiskLevel.MEDIUM),
                    alertAfter(7, RiskLevel.HIGH),
                    alertAfter(7, RiskLevel.HIGH)))
            .build(),
        at(
            "groups[0].policies.OUT_OF_DATE_OS.escalations[3].riskLevel",
            "HIGH is not above HIGH, expected no escalation after HIGH"));
  }

  @Test
  void each_rung_is_compared_with_the_one_right_below_it() {
    assertProblems(
        setWith(
                OS,
                policy(
                    RiskLevel.LOW,
                    Response.ALERT_DEVICE,
                    alertAfter(7, RiskLevel.HIGH),
                    alertAfter(7, RiskLevel.MEDIUM)))
            .build(),
        at(
            "groups[0].policies.OUT_OF_DATE_OS.escalations[1].riskLevel",
            "MEDIUM is not above HIGH"));
  }

  @Test
  void a_base_of_no_risk_has_no_ladder() {
    assertProblems(setWith(OS, policy(RiskLevel.NONE, Response.DONT_ALERT)).build());

    assertProblems(
        setWith(OS, policy(RiskLevel.NONE, Response.DONT_ALERT, alertAfter(7, RiskLevel.LOW)))
            .build(),
        at("groups[0].policies.OUT_OF_DATE_OS.escalations", "a base of NONE has no ladder"));
  }

  // Responses.

  @ParameterizedTest
  @EnumSource(value = Response.class, names = "DONT_ALERT", mode = EnumSource.Mode.EXCLUDE)
  void a_base_of_no_risk_neither_alerts_nor_blocks(Response response) {
    assertProblems(
        setOf(
                root()
                    .onDeviceThreatProtection(blocking("acme.example"))
                    .putPolicy(OS, policy(RiskLevel.NONE, response))
                    .build())
            .build(),
        at(
            "groups[0].policies.OUT_OF_DATE_OS.response",
            response + " does not go with risk level NONE, expected DONT_ALERT"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Response.class,
      names = {"WARN_AND_ALERT_DEVICE", "BLOCK_AND_ALERT_DEVICE"})
  void a_web_response_is_for_web_content_only(Response response) {
    assertProblems(setWith("PHISHING_CONTENT", policy(RiskLevel.LOW, response)).build());

    assertProblems(
        setWith(OS, policy(RiskLevel.LOW, response, after(7, RiskLevel.HIGH, response))).build(),
        at(
            "groups[0].policies.OUT_OF_DATE_OS.response",
            response + " is for web content only, and OUT_OF_DATE_OS is not"),
        at(
            "groups[0].policies.OUT_OF_DATE_OS.escalations[0].response",
            response + " is for web content only, and OUT_OF_DATE_OS is not"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Response.class,
      names = {"BLOCK_DOMAINS_AND_ALERT", "BLOCK_INTERNET_AND_ALERT"})
  void a_network_block_is_not_for_web_content(Response response) {
    DeviceGroup.Builder root = root().onDeviceThreatProtection(blocking("acme.example"));
    assertProblems(setOf(root.putPolicy(OS, policy(RiskLevel.LOW, response)).build()).build());

    assertProblems(
        setOf(root.putPolicy("PHISHING_CONTENT", policy(RiskLevel.LOW, response)).build()).build(),
        at(
            "groups[0].policies.PHISHING_CONTENT.response",
            response + " is not for web content, and PHISHING_CONTENT is"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Response.class,
      names = {"DONT_ALERT", "ALERT_DEVICE"})
  void alerting_and_silence_go_with_every_classification(Response response) {
    assertProblems(
        setOf(
                root()
                    .putPolicy(OS, policy(RiskLevel.LOW, response))
                    .putPolicy("PHISHING_CONTENT", policy(RiskLevel.LOW, response))
                    .build())
            .build());
  }

  @Test
  void web_content_has_no_ladder() {
    assertProblems(
        setWith(
                "PHISHING_CONTENT",
                policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.HIGH)))
            .build(),
        at("groups[0].policies.PHISHING_CONTENT.escalations", "web content has no ladder"));
  }

  @Test
  void an_own_classification_follows_the_same_rules_as_a_built_in_one() {
    assertProblems(
        setWith(
                "BAD_PAGE",
                policy(
                    RiskLevel.LOW,
                    Response.BLOCK_INTERNET_AND_ALERT,
                    alertAfter(7, RiskLevel.HIGH)))
            .addClassification(
                classified(
                    "BAD_PAGE", ThreatType.WEB_CONTENT, RiskLevel.LOW, Response.ALERT_DEVICE))
            .build(),
        at("groups[0].policies.BAD_PAGE.response", "is not for web content, and BAD_PAGE is"),
        at("groups[0].policies.BAD_PAGE.escalations", "web content has no ladder"));
  }

  // On-device threat protection.

  @Test
  void a_block_needs_protection_that_some_group_enables() {
    ClassificationPolicy policy =
        policy(
            RiskLevel.LOW,
            Response.BLOCK_DOMAINS_AND_ALERT,
            after(7, RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT));
    assertProblems(
        setWith(OS, policy).build(),
        at(
            "groups[0].policies.OUT_OF_DATE_OS.response",
            "BLOCK_DOMAINS_AND_ALERT needs on-device threat protection enabled, and group default"
                + " has it disabled"),
        at(
            "groups[0].policies.OUT_OF_DATE_OS.escalations[0].response",
            "BLOCK_INTERNET_AND_ALERT needs on-device threat protection enabled, and group default"
                + " has it disabled"));
  }

  @Test
  void domains_of_protection_that_is_off_do_not_count() {
    assertProblems(
        setOf(
                root()
                    .onDeviceThreatProtection(
                        new OnDeviceThreatProtection(false, List.of("acme.example")))
                    .putPolicy(OS, policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT))
                    .build())
            .build(),
        at("groups[0].policies.OUT_OF_DATE_OS.response", "default has it disabled"));
  }

  @Test
  void blocking_domains_needs_a_domain_and_blocking_the_internet_does_not() {
    assertProblems(
        setOf(
                root()
                    .onDeviceThreatProtection(blocking())
                    .putPolicy(
                        OS,
                        policy(
                            RiskLevel.LOW,
                            Response.BLOCK_DOMAINS_AND_ALERT,
                            after(7, RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT)))
                    .build())
            .build(),
        at(
            "groups[0].policies.OUT_OF_DATE_OS.response",
            "BLOCK_DOMAINS_AND_ALERT needs at least one blocked domain, and group default has"
                + " none"));
  }

  @Test
  void a_group_is_judged_by_the_protection_that_it_inherits() {
    ClassificationPolicy blocks = policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT);
    DeviceGroup protectedRoot = root().onDeviceThreatProtection(blocking("acme.example")).build();
    assertProblems(
        setOf(
                protectedRoot,
                group("a", ROOT).build(),
                group("b", "a").putPolicy(OS, blocks).build())
            .build());

    assertProblems(
        setOf(
                protectedRoot,
                group("a", ROOT)
                    .onDeviceThreatProtection(OnDeviceThreatProtection.disabled())
                    .build(),
                group("b", "a").putPolicy(OS, blocks).build())
            .build(),
        at("groups[2].policies.OUT_OF_DATE_OS.response", "group b has it disabled"));
  }

  @Test
  void a_policy_that_only_other_groups_cannot_enforce_is_no_error() {
    assertProblems(
        setOf(
                root()
                    .onDeviceThreatProtection(blocking("acme.example"))
                    .putPolicy(OS, policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT))
                    .build(),
                group("a", ROOT)
                    .onDeviceThreatProtection(OnDeviceThreatProtection.disabled())
                    .build())
            .build());
  }

  @Test
  void protection_is_not_judged_where_the_way_to_the_root_is_broken() {
    assertProblems(
        setOf(
                root().build(),
                group("a", "a")
                    .putPolicy(OS, policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT))
                    .build())
            .build(),
        at("groups[1].parent", "a > a"));
  }

  // Administrators.

  @Test
  void an_address_given_again_is_taken_by_the_first() {
    assertProblems(
        setOf(root().build())
            .addAdministrators(
                admin("a@acme.example", RiskLevel.LOW),
                admin("b@acme.example"),
                admin("a@acme.example", RiskLevel.HIGH))
            .build(),
        at("administrators[2].email", "a@acme.example is taken by administrators[0] already"));
  }

  // Risk response.

  private static AppControlRule rule(String name) {
    return AppControlRule.builder()
        .name(name)
        .type(AppControlRule.Type.REQUIRED)
        .app("Mail")
        .platform(Scope.ALL)
        .build();
  }

  private static ComplianceAction action(String name) {
    return ComplianceAction.builder().name(name).build();
  }

  private static SecurityPolicy.Builder secured(String name, int priority) {
    return SecurityPolicy.builder()
        .name(name)
        .status(SecurityPolicy.Status.ACTIVE)
        .priority(priority)
        .addLabel("a label of no state");
  }

  private static PolicySet with(RiskResponsePlan.Builder plan) {
    return setOf(root().build()).riskResponse(plan.build()).build();
  }

  @Test
  void the_standard_plan_an_empty_plan_and_none_are_valid() {
    assertProblems(setOf(root().build()).riskResponse(RiskResponse.standard()).build());
    assertProblems(with(RiskResponsePlan.builder()));
  }

  @Test
  void the_standard_plan_spelled_out_is_valid() {
    assertProblems(
        setOf(root().build())
            .riskResponse(RiskResponse.standard().planFor(LabelScheme.defaults()))
            .build());
  }

  @Test
  void names_are_unique_among_rules_among_actions_and_among_policies() {
    assertProblems(
        with(
            RiskResponsePlan.builder()
                .addAppControlRules(rule("x"), rule("y"), rule("y"))
                .addComplianceActions(action("x"), action("x"))
                .addSecurityPolicies(
                    secured("x", 1).build(), secured("y", 2).build(), secured("x", 3).build())),
        at("riskResponse.appControlRules[2].name", "y is taken by riskResponse.appControlRules[1]"),
        at(
            "riskResponse.complianceActions[1].name",
            "x is taken by riskResponse.complianceActions[0]"),
        at(
            "riskResponse.securityPolicies[2].name",
            "x is taken by riskResponse.securityPolicies[0]"));
  }

  @Test
  void a_rule_an_action_and_a_policy_may_share_a_name() {
    assertProblems(
        with(
            RiskResponsePlan.builder()
                .addAppControlRule(rule("x"))
                .addComplianceAction(action("x"))
                .addSecurityPolicy(
                    secured("x", 1).accessControl(new AccessControl("x", List.of("x"))).build())));
  }

  @Test
  void priorities_are_unique_whether_or_not_the_policies_are_active() {
    assertProblems(
        with(
            RiskResponsePlan.builder()
                .addSecurityPolicies(
                    secured("x", 7).build(),
                    secured("y", 7).status(SecurityPolicy.Status.INACTIVE).build())),
        at(
            "riskResponse.securityPolicies[1].priority",
            "7 is taken by riskResponse.securityPolicies[0] already"));
  }

  @Test
  void every_name_that_a_policy_refers_to_exists() {
    assertProblems(
        with(
            RiskResponsePlan.builder()
                .addAppControlRules(rule("Trigger"), rule("Mail client"))
                .addComplianceAction(action("Quarantine"))
                .addSecurityPolicies(
                    secured("ok", 1)
                        .accessControl(new AccessControl("Quarantine", List.of("Trigger")))
                        .disallowedDevices(new DisallowedDevices("Quarantine", true))
                        .build(),
                    secured("bad", 2)
                        .accessControl(
                            new AccessControl(
                                "Quarantin", List.of("Mail client", "Triger", "zzzz")))
                        .disallowedDevices(new DisallowedDevices("Mail client", false))
                        .build())),
        at(
            "riskResponse.securityPolicies[1].accessControl.complianceAction",
            "Quarantin is not a compliance action, did you mean Quarantine?"),
        at(
            "riskResponse.securityPolicies[1].accessControl.enabledRules[1]",
            "Triger is not an app control rule, did you mean Trigger?"),
        at(
            "riskResponse.securityPolicies[1].accessControl.enabledRules[2]",
            "zzzz is not an app control rule"),
        at(
            "riskResponse.securityPolicies[1].disallowedDevices.complianceAction",
            "Mail client is not a compliance action"));
  }

  // All together.

  @Test
  void all_errors_are_reported_together_in_the_order_of_the_parts() {
    PolicySet set =
        setOf(
                root()
                    .putPolicy(OS, policy(RiskLevel.LOW, Response.BLOCK_INTERNET_AND_ALERT))
                    .putPolicy("TROJAN", policy(RiskLevel.HIGH, Response.WARN_AND_ALERT_DEVICE))
                    .build(),
                group("a", "b").build(),
                DeviceGroup.builder().id(ROOT).build())
            .addClassification(own(OS, RiskLevel.LOW, Response.ALERT_DEVICE))
            .addAdministrators(admin("a@acme.example"), admin("a@acme.example"))
            .riskResponse(
                RiskResponsePlan.builder()
                    .addSecurityPolicy(
                        secured("x", 1).disallowedDevices(new DisallowedDevices("y", true)).build())
                    .build())
            .build();

    assertProblems(
        set,
        at("classifications[0].id", "built-in"),
        at("groups[2].id", "taken by groups[0]"),
        at("groups[2].parent", "root already"),
        at("groups[1].parent", "b is not a group"),
        at("groups[0].policies.OUT_OF_DATE_OS.response", "needs on-device threat protection"),
        at("groups[0].policies.TROJAN.response", "is for web content only"),
        at("administrators[1].email", "taken by administrators[0]"),
        at("riskResponse.securityPolicies[0].disallowedDevices.complianceAction", "y is not"));
  }

  @Test
  void the_exception_has_one_line_for_each_problem() {
    InvalidPolicyException thrown =
        assertThrows(
            InvalidPolicyException.class,
            () ->
                setOf(root().build(), group("a", "zzz").build(), group("a", "yyy").build())
                    .build()
                    .compile());

    assertEquals(
        """
        groups[2].id: a is taken by groups[1] already
        groups[1].parent: zzz is not a group
        groups[2].parent: yyy is not a group""",
        thrown.getMessage());
    assertEquals(3, thrown.problems().size());
  }

  @Test
  void a_problem_of_the_document_as_a_whole_has_no_path_in_its_line() {
    assertEquals("is odd", new PolicyProblem("", "is odd", Set.of()).toString());
  }

  @Test
  void a_problem_names_the_other_fields_that_it_rests_on() {
    List<PolicyProblem> problems =
        setOf(
                root().build(),
                group("a", ROOT)
                    .putPolicy(OS, policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT))
                    .putPolicy(
                        "ADWARE",
                        policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(1, RiskLevel.LOW)))
                    .build())
            .build()
            .problems(Limits.defaults());

    assertEquals(
        List.of(
            Set.of("groups[0].onDeviceThreatProtection", "groups[0].parent", "groups[1].id"),
            Set.of("groups[1].policies.ADWARE.riskLevel")),
        problems.stream().map(PolicyProblem::dependsOn).toList());
  }
}
