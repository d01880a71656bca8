package io.riskladder.core.advice;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.admin;
import static io.riskladder.core.Fixtures.after;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.own;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.weekly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Advice on policy sets as a whole (rules, section 10). */
final class AdviceTest {

  /** The vendor's own ladder for systems out of date, in texts that count the days. */
  private static PolicySet.Builder theStandard() {
    ClassificationPolicy told =
        ClassificationPolicy.builder()
            .from(weekly())
            .message(
                CustomMessage.of(
                    "Please update your device.",
                    "You have {daysLeft} days, until {deadline}; the next step is in"
                        + " {daysToNextStep} days."))
            .build();
    return setOf(
            root().onDeviceThreatProtection(blocking("acme.example")).build(),
            group("test", ROOT).putPolicy(OS, told).build())
        .addAdministrators(
            admin("helpdesk@acme.example", RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH),
            admin("ciso@acme.example", RiskLevel.HIGH))
        .riskResponse(RiskResponse.standard());
  }

  @Test
  void the_standard_plan_with_the_ladder_for_systems_out_of_date_has_no_finding() {
    assertEquals(List.of(), Advice.on(theStandard().build().compile()));
  }

  @Test
  void groups_that_inherit_all_of_it_have_no_finding() {
    PolicySet.Builder set = theStandard();
    for (int i = 0; i < 100; i++) {
      set.addGroup(group("g" + i, i == 0 ? "test" : "g" + (i - 1)).build());
    }
    assertEquals(List.of(), Advice.on(set.build().compile()));
  }

  @Test
  void findings_come_in_the_order_of_the_document() {
    DeviceGroup trap =
        group("trap", ROOT)
            .onDeviceThreatProtection(blocking("acme.example", "www.acme.example"))
            .putPolicy(OS, policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT))
            .putPolicy(
                "ADWARE",
                policy(
                    RiskLevel.LOW,
                    Response.ALERT_DEVICE,
                    after(7, RiskLevel.HIGH, Response.DONT_ALERT)))
            .build();
    DeviceGroup root =
        root().putPolicy(OS, policy(RiskLevel.MEDIUM, Response.ALERT_DEVICE)).build();
    PolicySet set =
        setOf(trap, root)
            .addClassification(own("FIRST", RiskLevel.LOW, Response.ALERT_DEVICE))
            .addClassification(own("SECOND", RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT))
            .labels(LabelScheme.defaults().with(Map.of(LabelState.LOW, Optional.empty())))
            .addAdministrators(admin("a@acme.example", RiskLevel.LOW, RiskLevel.HIGH))
            .riskResponse(RiskResponsePlan.builder().build())
            .build();
    assertEquals(
        List.of(
            "BLOCK_WITHOUT_NOTICE classifications[1].response",
            "BLOCK_WITHOUT_NOTICE groups[0].policies.OUT_OF_DATE_OS.response",
            "SILENT_RUNG groups[0].policies.ADWARE.escalations[0].response",
            "DEAD_DOMAIN_LIST groups[0].onDeviceThreatProtection.blockedDomains",
            "REDUNDANT_OVERRIDE groups[1].policies.OUT_OF_DATE_OS",
            "NOBODY_MAILED administrators",
            "UNLABELLED_RISK labels.LOW",
            "UNMAPPED_LABEL riskResponse.securityPolicies",
            "UNMAPPED_LABEL riskResponse.securityPolicies"),
        Advised.shortly(Advice.on(set.compile())));
  }

  @Test
  void groups_come_in_the_order_of_their_numbers() {
    PolicySet.Builder set = theStandard();
    for (int i = 2; i < 12; i++) {
      set.addGroup(group("g" + i, "test").putPolicy(OS, weekly()).build());
    }
    List<Finding> findings = Advice.on(set.build().compile());
    assertEquals(10, findings.size());
    for (int i = 0; i < 10; i++) {
      assertEquals("groups[" + (i + 2) + "].policies." + OS, findings.get(i).path());
    }
  }

  @Test
  void long_and_odd_names_stay_within_one_line() {
    PolicySet set =
        setOf(
                root().build(),
                group("a", ROOT)
                    .name("The group \"with\" a name as long as a sentence or even longer")
                    .putPolicy(OS, policy(RiskLevel.MEDIUM, Response.ALERT_DEVICE))
                    .build())
            .build();
    String message = Advised.on(PolicySet.builder().from(set)).get(0).message();
    assertTrue(
        message.startsWith(
            "Devices in group \"The group \"with\" a name as long as a sen...\" get from"),
        message);
  }

  @Test
  void a_finding_reads_as_one_line() {
    Finding finding = new Finding(AdviceCode.SILENT_RUNG, "groups[0]", "It is.", "Change it.");
    assertEquals("groups[0]: SILENT_RUNG: It is. Change it.", finding.toString());
  }

  @ParameterizedTest
  @EnumSource
  void what_does_nothing_is_a_hint_and_what_does_harm_a_warning(AdviceCode code) {
    boolean doesNothing =
        code == AdviceCode.REDUNDANT_OVERRIDE || code == AdviceCode.DEAD_DOMAIN_LIST;
    assertEquals(doesNothing ? Severity.HINT : Severity.WARNING, code.severity());
    assertEquals(code.severity(), new Finding(code, "a", "b", "c").severity());
  }

  @Test
  @SuppressWarnings("NullAway") // what hosts without a checker do
  void there_is_no_advice_on_nothing() {
    assertThrows(NullPointerException.class, () -> Advice.on(null));
  }
}
