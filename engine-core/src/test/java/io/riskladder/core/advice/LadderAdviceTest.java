package io.riskladder.core.advice;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.after;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.own;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.weekly;
import static io.riskladder.core.advice.Advised.assertFound;
import static io.riskladder.core.advice.Advised.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Classification;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is unwise in one ladder (rules, section 10). */
final class LadderAdviceTest {
  private static final String MITM = "ACTIVE_MITM";
  private static final String LOCK = "NO_DEVICE_LOCK";
  private static final String BADGE = "LOST_BADGE";

  /** Kept from being a dead list by nothing: only for sets whose ladders block domains. */
  private static final OnDeviceThreatProtection DOMAINS = blocking("acme.example");

  private static final OnDeviceThreatProtection NO_DOMAINS = blocking();

  private static PolicySet.Builder set(
      OnDeviceThreatProtection protection, String classification, ClassificationPolicy policy) {
    return setOf(
        root().onDeviceThreatProtection(protection).putPolicy(classification, policy).build());
  }

  /** {@return the policy in a group three below the root, with another group below it} */
  private static PolicySet.Builder nested(
      OnDeviceThreatProtection protection, String classification, ClassificationPolicy policy) {
    DeviceGroup holder =
        group("c", "b")
            .onDeviceThreatProtection(protection)
            .putPolicy(classification, policy)
            .build();
    return setOf(
        root().build(),
        group("a", ROOT).build(),
        group("b", "a").build(),
        holder,
        group("d", "c").build());
  }

  private static Classification.Builder badge(RiskLevel level, Response response) {
    return Classification.builder().from(own(BADGE, level, response));
  }

  // Grace on urgent threats.

  private static ClassificationPolicy slow() {
    return policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.HIGH));
  }

  @Test
  void a_ladder_on_an_urgent_threat_gives_it_time() {
    assertFound(
        set(NO_DOMAINS, MITM, slow()),
        "GRACE_ON_URGENT_THREAT groups[0].policies.ACTIVE_MITM.escalations");
    assertFound(
        nested(NO_DOMAINS, "TROJAN", slow()),
        "GRACE_ON_URGENT_THREAT groups[3].policies.TROJAN.escalations");
    assertFound(
        set(NO_DOMAINS, BADGE, slow())
            .addClassification(badge(RiskLevel.LOW, Response.ALERT_DEVICE).urgent(true).build()),
        "GRACE_ON_URGENT_THREAT groups[0].policies.LOST_BADGE.escalations");
  }

  @Test
  void a_ladder_of_an_hour_on_an_urgent_threat_gives_it_time_too() {
    assertFound(
        set(
            NO_DOMAINS,
            MITM,
            policy(
                RiskLevel.ADVISORY,
                Response.ALERT_DEVICE,
                alertAfter(1, RiskLevel.LOW),
                alertAfter(1, RiskLevel.HIGH))),
        "GRACE_ON_URGENT_THREAT groups[0].policies.ACTIVE_MITM.escalations");
  }

  @Test
  void an_urgent_threat_without_a_ladder_and_a_ladder_on_another_are_fine() {
    assertFound(set(NO_DOMAINS, MITM, policy(RiskLevel.MEDIUM, Response.BLOCK_INTERNET_AND_ALERT)));
    assertFound(set(NO_DOMAINS, LOCK, slow()));
    assertFound(
        set(NO_DOMAINS, BADGE, slow())
            .addClassification(badge(RiskLevel.LOW, Response.ALERT_DEVICE).build()));
  }

  @Test
  void grace_is_told_with_its_length_and_the_end_to_begin_with() {
    assertSays(
        nested(
            NO_DOMAINS,
            MITM,
            policy(
                RiskLevel.LOW,
                Response.ALERT_DEVICE,
                after(1, RiskLevel.MEDIUM, Response.BLOCK_INTERNET_AND_ALERT),
                after(6, RiskLevel.HIGH, Response.DONT_ALERT))),
        AdviceCode.GRACE_ON_URGENT_THREAT,
        "Users in group \"c\" and 1 group below it are given 7 days to deal with"
            + " \"Machine-in-the-Middle\", a threat that does its harm at once.",
        "Take the escalations away and begin with HIGH and BLOCK_INTERNET_AND_ALERT.");
  }

  @Test
  void grace_of_which_nobody_is_told_is_to_end_in_an_alert() {
    assertSays(
        set(
            NO_DOMAINS,
            MITM,
            policy(
                RiskLevel.LOW,
                Response.DONT_ALERT,
                after(1, RiskLevel.MEDIUM, Response.DONT_ALERT))),
        AdviceCode.GRACE_ON_URGENT_THREAT,
        "Users in group \"default\" are given 1 day to deal with \"Machine-in-the-Middle\", a"
            + " threat that does its harm at once.",
        "Take the escalations away and begin with MEDIUM and ALERT_DEVICE.");
  }

  // Remediation traps.

  private static ClassificationPolicy offlineAfter(int days) {
    return policy(
        RiskLevel.LOW,
        Response.ALERT_DEVICE,
        after(days, RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT));
  }

  @Test
  void an_internet_block_on_a_threat_whose_fix_needs_the_internet_is_a_trap() {
    assertFound(
        set(NO_DOMAINS, OS, offlineAfter(7)),
        "REMEDIATION_TRAP groups[0].policies.OUT_OF_DATE_OS.escalations[0].response");
    assertFound(
        nested(NO_DOMAINS, "AGENT_OUTDATED", offlineAfter(7)),
        "REMEDIATION_TRAP groups[3].policies.AGENT_OUTDATED.escalations[0].response");
    assertFound(
        set(NO_DOMAINS, BADGE, offlineAfter(7))
            .addClassification(
                badge(RiskLevel.LOW, Response.ALERT_DEVICE).fixNeedsInternet(true).build()),
        "REMEDIATION_TRAP groups[0].policies.LOST_BADGE.escalations[0].response");
  }

  @Test
  void every_rung_that_blocks_the_internet_is_a_trap_of_its_own() {
    assertFound(
        set(
            NO_DOMAINS,
            OS,
            policy(
                RiskLevel.LOW,
                Response.ALERT_DEVICE,
                after(7, RiskLevel.MEDIUM, Response.BLOCK_INTERNET_AND_ALERT),
                after(7, RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT))),
        "REMEDIATION_TRAP groups[0].policies.OUT_OF_DATE_OS.escalations[0].response",
        "REMEDIATION_TRAP groups[0].policies.OUT_OF_DATE_OS.escalations[1].response");
  }

  @Test
  void a_domain_block_and_an_internet_block_on_a_threat_fixed_offline_are_no_traps() {
    assertFound(set(DOMAINS, OS, weekly()));
    assertFound(set(NO_DOMAINS, LOCK, offlineAfter(7)));
    assertFound(
        set(NO_DOMAINS, BADGE, offlineAfter(7))
            .addClassification(badge(RiskLevel.LOW, Response.ALERT_DEVICE).build()));
  }

  @Test
  void a_trap_is_told_with_the_time_until_then_and_the_way_out() {
    assertSays(
        nested(NO_DOMAINS, OS, offlineAfter(14)),
        AdviceCode.REMEDIATION_TRAP,
        "Users in group \"c\" and 1 group below it lose the internet at step 2, after 14 days, and"
            + " need it to fix \"OS Out-Of-Date\"; only an administrator who ignores the issue can"
            + " free them.",
        "Use BLOCK_DOMAINS_AND_ALERT with the company's sites as blocked domains, which leaves the"
            + " way to the fix open.");
  }

  @Test
  void a_trap_at_advisory_has_no_issue_to_ignore() {
    assertSays(
        set(NO_DOMAINS, OS, policy(RiskLevel.ADVISORY, Response.BLOCK_INTERNET_AND_ALERT)),
        AdviceCode.REMEDIATION_TRAP,
        "Users in group \"default\" lose the internet at once, and need it to fix \"OS"
            + " Out-Of-Date\"; as ADVISORY has no issue that an administrator could ignore, only"
            + " another policy can free them.",
        "Use BLOCK_DOMAINS_AND_ALERT with the company's sites as blocked domains, which leaves the"
            + " way to the fix open.");
  }

  @Test
  void only_groups_whose_protection_lets_the_block_through_are_counted() {
    assertSays(
        setOf(
            root().onDeviceThreatProtection(NO_DOMAINS).putPolicy(OS, offlineAfter(7)).build(),
            group("off", ROOT)
                .onDeviceThreatProtection(OnDeviceThreatProtection.disabled())
                .build(),
            group("off-too", "off").build(),
            group("on-again", "off-too").onDeviceThreatProtection(NO_DOMAINS).build(),
            group("other", ROOT)
                .putPolicy(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE))
                .build()),
        AdviceCode.REMEDIATION_TRAP,
        "Users in group \"default\" and 1 group below it lose the internet at step 2, after 7"
            + " days, and need it to fix \"OS Out-Of-Date\"; only an administrator who ignores the"
            + " issue can free them.",
        "Use BLOCK_DOMAINS_AND_ALERT with the company's sites as blocked domains, which leaves the"
            + " way to the fix open.");
  }

  // Blocks without notice.

  @Test
  void a_block_that_is_the_first_the_user_hears_comes_without_notice() {
    assertFound(
        set(DOMAINS, LOCK, policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT)),
        "BLOCK_WITHOUT_NOTICE groups[0].policies.NO_DEVICE_LOCK.response");
    assertFound(
        nested(
            NO_DOMAINS,
            LOCK,
            policy(
                RiskLevel.LOW,
                Response.DONT_ALERT,
                after(7, RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT))),
        "BLOCK_WITHOUT_NOTICE groups[3].policies.NO_DEVICE_LOCK.escalations[0].response");
  }

  @Test
  void a_block_after_two_silent_rungs_comes_without_notice() {
    assertFound(
        set(
            DOMAINS,
            LOCK,
            policy(
                RiskLevel.ADVISORY,
                Response.DONT_ALERT,
                after(7, RiskLevel.LOW, Response.DONT_ALERT),
                after(7, RiskLevel.HIGH, Response.BLOCK_DOMAINS_AND_ALERT))),
        "BLOCK_WITHOUT_NOTICE groups[0].policies.NO_DEVICE_LOCK.escalations[1].response",
        "SILENT_RUNG groups[0].policies.NO_DEVICE_LOCK.escalations[0].response");
  }

  @Test
  void only_the_first_of_two_blocks_comes_without_notice() {
    assertFound(
        set(
            DOMAINS,
            LOCK,
            policy(
                RiskLevel.LOW,
                Response.BLOCK_DOMAINS_AND_ALERT,
                after(7, RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT))),
        "BLOCK_WITHOUT_NOTICE groups[0].policies.NO_DEVICE_LOCK.response");
  }

  @Test
  void a_block_on_an_urgent_threat_may_come_at_once_but_not_late_and_unannounced() {
    assertFound(set(DOMAINS, MITM, policy(RiskLevel.HIGH, Response.BLOCK_DOMAINS_AND_ALERT)));
    assertFound(
        set(
            DOMAINS,
            MITM,
            policy(
                RiskLevel.LOW,
                Response.DONT_ALERT,
                after(7, RiskLevel.HIGH, Response.BLOCK_DOMAINS_AND_ALERT))),
        "GRACE_ON_URGENT_THREAT groups[0].policies.ACTIVE_MITM.escalations",
        "BLOCK_WITHOUT_NOTICE groups[0].policies.ACTIVE_MITM.escalations[0].response");
  }

  @Test
  void a_block_after_one_alert_and_a_page_blocked_comes_with_notice() {
    assertFound(
        set(
            DOMAINS,
            LOCK,
            policy(
                RiskLevel.ADVISORY,
                Response.DONT_ALERT,
                alertAfter(7, RiskLevel.LOW),
                after(7, RiskLevel.HIGH, Response.BLOCK_DOMAINS_AND_ALERT))));
    assertFound(
        set(
            NO_DOMAINS,
            "DENYLISTED_CONTENT",
            policy(RiskLevel.LOW, Response.BLOCK_AND_ALERT_DEVICE)));
  }

  @Test
  void a_block_without_notice_is_told_with_what_goes_and_what_to_do_first() {
    assertSays(
        set(DOMAINS, LOCK, policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT)),
        AdviceCode.BLOCK_WITHOUT_NOTICE,
        "Users in group \"default\" are cut off from the company's sites over \"No Device Lock\" at"
            + " once, and that is the first they hear of it.",
        "Begin with ALERT_DEVICE and block in an escalation, once users have had time to fix it.");
    assertSays(
        set(NO_DOMAINS, LOCK, policy(RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT)),
        AdviceCode.BLOCK_WITHOUT_NOTICE,
        "Users in group \"default\" are cut off from the internet over \"No Device Lock\" at once,"
            + " and that is the first they hear of it.",
        "Begin below HIGH with ALERT_DEVICE and block in an escalation, once users have had time to"
            + " fix it.");
    assertSays(
        set(
            NO_DOMAINS,
            LOCK,
            policy(
                RiskLevel.LOW,
                Response.DONT_ALERT,
                after(7, RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT))),
        AdviceCode.BLOCK_WITHOUT_NOTICE,
        "Users in group \"default\" are cut off from the internet over \"No Device Lock\" at step"
            + " 2, after 7 days, and that is the first they hear of it.",
        "Use ALERT_DEVICE instead of DONT_ALERT on the step before.");
  }

  // Defaults of a tenant's own classifications.

  private static PolicySet.Builder ownDefault(DeviceGroup... groups) {
    return setOf(groups)
        .addClassification(own("OTHER", RiskLevel.LOW, Response.ALERT_DEVICE))
        .addClassification(
            badge(RiskLevel.LOW, Response.BLOCK_INTERNET_AND_ALERT).fixNeedsInternet(true).build());
  }

  @Test
  void the_default_of_an_own_classification_counts_as_a_policy_of_one_rung() {
    assertFound(
        ownDefault(root().onDeviceThreatProtection(NO_DOMAINS).build()),
        "REMEDIATION_TRAP classifications[1].response",
        "BLOCK_WITHOUT_NOTICE classifications[1].response");
  }

  @Test
  void such_a_default_counts_while_the_root_does_not_override_it() {
    ClassificationPolicy mild = policy(RiskLevel.LOW, Response.DONT_ALERT);
    assertFound(
        ownDefault(
            root().onDeviceThreatProtection(NO_DOMAINS).build(),
            group("a", ROOT).putPolicy(BADGE, mild).build()),
        "REMEDIATION_TRAP classifications[1].response",
        "BLOCK_WITHOUT_NOTICE classifications[1].response");
    assertFound(
        ownDefault(
            root().onDeviceThreatProtection(NO_DOMAINS).putPolicy(BADGE, mild).build(),
            group("a", ROOT).build()));
  }

  @Test
  void such_a_default_counts_only_where_protection_lets_it_block() {
    assertFound(ownDefault(root().build(), group("a", ROOT).build()));
    PolicySet.Builder inTwoGroups =
        ownDefault(
            root().build(),
            group("a", ROOT).onDeviceThreatProtection(NO_DOMAINS).build(),
            group("b", ROOT).onDeviceThreatProtection(NO_DOMAINS).build(),
            group("c", "b").onDeviceThreatProtection(OnDeviceThreatProtection.disabled()).build());
    assertSays(
        inTwoGroups,
        AdviceCode.BLOCK_WITHOUT_NOTICE,
        "Users in group \"a\" and 1 other group are cut off from the internet over \"The"
            + " LOST_BADGE\" at once, and that is the first they hear of it.",
        "Use ALERT_DEVICE here and block in an escalation of a group's policy, once users have had"
            + " time to fix it.");
  }

  @Test
  void an_urgent_default_may_block_at_once() {
    assertFound(
        setOf(root().onDeviceThreatProtection(NO_DOMAINS).build())
            .addClassification(
                badge(RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT).urgent(true).build()));
  }

  // Weaker responses.

  @Test
  void a_rung_that_blocks_less_than_the_one_before_is_weaker() {
    assertFound(
        set(
            DOMAINS,
            LOCK,
            policy(
                RiskLevel.ADVISORY,
                Response.ALERT_DEVICE,
                after(7, RiskLevel.LOW, Response.BLOCK_INTERNET_AND_ALERT),
                after(7, RiskLevel.MEDIUM, Response.BLOCK_DOMAINS_AND_ALERT),
                alertAfter(7, RiskLevel.HIGH))),
        "WEAKER_RESPONSE groups[0].policies.NO_DEVICE_LOCK.escalations[1].response",
        "WEAKER_RESPONSE groups[0].policies.NO_DEVICE_LOCK.escalations[2].response");
    assertFound(
        nested(
                NO_DOMAINS,
                BADGE,
                policy(
                    RiskLevel.LOW,
                    Response.ALERT_DEVICE,
                    after(7, RiskLevel.MEDIUM, Response.BLOCK_INTERNET_AND_ALERT),
                    alertAfter(7, RiskLevel.HIGH)))
            .addClassification(badge(RiskLevel.LOW, Response.ALERT_DEVICE).build()),
        "WEAKER_RESPONSE groups[3].policies.LOST_BADGE.escalations[1].response");
  }

  @Test
  void a_rung_is_compared_with_the_one_before_and_no_other() {
    assertFound(
        set(
            DOMAINS,
            LOCK,
            policy(
                RiskLevel.ADVISORY,
                Response.ALERT_DEVICE,
                after(7, RiskLevel.LOW, Response.BLOCK_INTERNET_AND_ALERT),
                alertAfter(7, RiskLevel.MEDIUM),
                after(7, RiskLevel.HIGH, Response.BLOCK_DOMAINS_AND_ALERT))),
        "WEAKER_RESPONSE groups[0].policies.NO_DEVICE_LOCK.escalations[1].response");
  }

  @Test
  void the_same_block_again_and_a_stronger_one_are_not_weaker() {
    assertFound(
        set(
            DOMAINS,
            LOCK,
            policy(
                RiskLevel.ADVISORY,
                Response.ALERT_DEVICE,
                after(7, RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT),
                after(7, RiskLevel.MEDIUM, Response.BLOCK_DOMAINS_AND_ALERT),
                after(7, RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT))));
  }

  @Test
  void a_weaker_response_is_told_with_both_and_two_ways_out() {
    assertSays(
        set(
            DOMAINS,
            LOCK,
            policy(
                RiskLevel.LOW,
                Response.ALERT_DEVICE,
                after(7, RiskLevel.MEDIUM, Response.BLOCK_DOMAINS_AND_ALERT),
                alertAfter(7, RiskLevel.HIGH))),
        AdviceCode.WEAKER_RESPONSE,
        "Devices in group \"default\" are treated more mildly when \"No Device Lock\" rises to"
            + " HIGH: from BLOCK_DOMAINS_AND_ALERT to ALERT_DEVICE.",
        "Use BLOCK_DOMAINS_AND_ALERT on step 3 as well, or a milder response on step 2.");
  }

  // Silent rungs.

  @Test
  void an_escalation_that_does_not_alert_is_silent() {
    assertFound(
        set(
            NO_DOMAINS,
            LOCK,
            policy(
                RiskLevel.ADVISORY,
                Response.ALERT_DEVICE,
                after(7, RiskLevel.LOW, Response.DONT_ALERT),
                alertAfter(7, RiskLevel.HIGH))),
        "SILENT_RUNG groups[0].policies.NO_DEVICE_LOCK.escalations[0].response");
    assertFound(
        nested(
                NO_DOMAINS,
                BADGE,
                policy(
                    RiskLevel.ADVISORY,
                    Response.DONT_ALERT,
                    after(7, RiskLevel.LOW, Response.DONT_ALERT),
                    after(7, RiskLevel.HIGH, Response.DONT_ALERT)))
            .addClassification(badge(RiskLevel.LOW, Response.ALERT_DEVICE).build()),
        "SILENT_RUNG groups[3].policies.LOST_BADGE.escalations[0].response",
        "SILENT_RUNG groups[3].policies.LOST_BADGE.escalations[1].response");
  }

  @Test
  void a_base_that_does_not_alert_is_not_silent() {
    assertFound(set(NO_DOMAINS, LOCK, policy(RiskLevel.HIGH, Response.DONT_ALERT)));
    assertFound(set(NO_DOMAINS, LOCK, policy(RiskLevel.NONE, Response.DONT_ALERT)));
    assertFound(
        set(
            NO_DOMAINS,
            LOCK,
            policy(RiskLevel.LOW, Response.DONT_ALERT, alertAfter(7, RiskLevel.HIGH))));
  }

  @Test
  void a_block_that_gives_way_to_silence_is_both_weaker_and_silent() {
    assertFound(
        set(
            NO_DOMAINS,
            LOCK,
            policy(
                RiskLevel.LOW,
                Response.ALERT_DEVICE,
                after(7, RiskLevel.MEDIUM, Response.BLOCK_INTERNET_AND_ALERT),
                after(7, RiskLevel.HIGH, Response.DONT_ALERT))),
        "WEAKER_RESPONSE groups[0].policies.NO_DEVICE_LOCK.escalations[1].response",
        "SILENT_RUNG groups[0].policies.NO_DEVICE_LOCK.escalations[1].response");
  }

  @Test
  void a_silent_rung_is_told_with_its_level() {
    assertSays(
        set(
            NO_DOMAINS,
            LOCK,
            policy(
                RiskLevel.ADVISORY,
                Response.ALERT_DEVICE,
                after(7, RiskLevel.LOW, Response.DONT_ALERT))),
        AdviceCode.SILENT_RUNG,
        "Users in group \"default\" are not told when \"No Device Lock\" rises to LOW, while"
            + " administrators and the MDM hear of it.",
        "Use ALERT_DEVICE, so that they know and can fix it.");
  }

  // Places.

  @Test
  void a_classification_that_is_no_plain_word_is_quoted_in_the_path() {
    assertFound(
        set(NO_DOMAINS, "lost badge", slow())
            .addClassification(
                Classification.builder()
                    .from(own("lost badge", RiskLevel.LOW, Response.ALERT_DEVICE))
                    .urgent(true)
                    .build()),
        "GRACE_ON_URGENT_THREAT groups[0].policies[\"lost badge\"].escalations");
  }

  @Test
  void a_finding_comes_once_however_many_groups_inherit_it() {
    PolicySet.Builder set = set(NO_DOMAINS, OS, offlineAfter(7));
    for (int i = 0; i < 50; i++) {
      set.addGroup(group("g" + i, i < 10 ? ROOT : "g" + (i - 10)).build());
    }
    assertFound(set, "REMEDIATION_TRAP groups[0].policies.OUT_OF_DATE_OS.escalations[0].response");
  }

  @Test
  void two_groups_that_hold_the_same_trap_are_two_places_to_change() {
    List<DeviceGroup> groups =
        List.of(
            group("a", ROOT)
                .onDeviceThreatProtection(NO_DOMAINS)
                .putPolicy(OS, offlineAfter(7))
                .build(),
            root().build(),
            group("b", ROOT)
                .onDeviceThreatProtection(NO_DOMAINS)
                .putPolicy(OS, offlineAfter(7))
                .build());
    assertFound(
        setOf(groups.toArray(DeviceGroup[]::new)),
        "REMEDIATION_TRAP groups[0].policies.OUT_OF_DATE_OS.escalations[0].response",
        "REMEDIATION_TRAP groups[2].policies.OUT_OF_DATE_OS.escalations[0].response");
  }

  @Test
  void what_to_do_about_grace_is_no_trap() {
    Classification urgent =
        Classification.builder()
            .from(own("KIOSK", RiskLevel.LOW, Response.ALERT_DEVICE))
            .urgent(true)
            .fixNeedsInternet(true)
            .build();
    PolicySet.Builder set =
        setOf(
                root()
                    .onDeviceThreatProtection(blocking("acme.example"))
                    .putPolicy(
                        "KIOSK",
                        policy(
                            RiskLevel.ADVISORY,
                            Response.BLOCK_INTERNET_AND_ALERT,
                            after(1, RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT),
                            after(1, RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT)))
                    .build())
            .addClassification(urgent);
    Map<AdviceCode, List<Finding>> byCode =
        Advice.on(set.build().compile()).stream().collect(Collectors.groupingBy(Finding::code));
    assertEquals(
        List.of("Take the escalations away and begin with HIGH and BLOCK_DOMAINS_AND_ALERT."),
        remedies(byCode, AdviceCode.GRACE_ON_URGENT_THREAT));
    assertEquals(
        List.of("Use a milder response on step 1."), remedies(byCode, AdviceCode.WEAKER_RESPONSE));
    List<String> traps =
        byCode.getOrDefault(AdviceCode.REMEDIATION_TRAP, List.of()).stream()
            .map(Finding::message)
            .toList();
    assertTrue(traps.get(0).endsWith("only another policy can free them before step 2."));
    assertTrue(traps.get(1).endsWith("only an administrator who ignores the issue can free them."));
  }

  private static List<String> remedies(Map<AdviceCode, List<Finding>> byCode, AdviceCode code) {
    return byCode.getOrDefault(code, List.of()).stream().map(Finding::remedy).toList();
  }
}
