package io.riskladder.core.policy;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.admin;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.message;
import static io.riskladder.core.Fixtures.own;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.saying;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.setWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a group has of its own and what it inherits (rules, sections 2 and 5). */
final class InheritanceTest {
  private static final ClassificationPolicy LOW = policy(RiskLevel.LOW, Response.ALERT_DEVICE);
  private static final ClassificationPolicy LOW_THEN_HIGH =
      policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.HIGH));

  private static Ladder ladder(PolicySet.Builder set, String group, String classification) {
    return set.build().compile().group(group).orElseThrow().ladder(classification).orElseThrow();
  }

  /** {@return the descriptions on the rungs of a group's ladder for OS, from the base up} */
  private static List<String> said(PolicySet.Builder set, String group) {
    return ladder(set, group, OS).rungs().stream()
        .map(rung -> rung.message().description().source())
        .toList();
  }

  private static String builtIn(String classification) {
    return ladder(setOf(root().build()), ROOT, classification)
        .rung(0)
        .message()
        .description()
        .source();
  }

  // Policies.

  @Test
  void where_no_group_has_a_policy_the_catalogue_decides_with_a_ladder_of_one_rung() {
    Ladder ladder = ladder(setOf(root().build(), group("a", ROOT).build()), "a", OS);

    assertEquals(Optional.empty(), ladder.policyGroup());
    assertEquals(1, ladder.rungs().size());
    assertEquals(RiskLevel.MEDIUM, ladder.rung(0).riskLevel());
    assertEquals(Response.ALERT_DEVICE, ladder.rung(0).response());
    assertEquals(Duration.ZERO, ladder.rung(0).after());
  }

  @Test
  void the_nearest_group_on_the_way_up_decides() {
    PolicySet.Builder set =
        setOf(
            group("c", "b").build(),
            group("b", "a").build(),
            root().putPolicy(OS, LOW).build(),
            group("a", ROOT).putPolicy(OS, LOW_THEN_HIGH).build(),
            group("sibling", ROOT).build());

    assertEquals(Optional.of("a"), ladder(set, "c", OS).policyGroup());
    assertEquals(2, ladder(set, "c", OS).rungs().size());
    assertEquals(Optional.of(ROOT), ladder(set, "sibling", OS).policyGroup());
    assertEquals(1, ladder(set, "sibling", OS).rungs().size());
  }

  @Test
  void a_policy_is_inherited_whole_so_an_own_one_has_none_of_the_escalations_above_it() {
    PolicySet.Builder set =
        setOf(
            root().putPolicy(OS, LOW_THEN_HIGH).build(),
            group("a", ROOT).putPolicy(OS, policy(RiskLevel.LOW, Response.DONT_ALERT)).build());

    Ladder ladder = ladder(set, "a", OS);
    assertEquals(1, ladder.rungs().size());
    assertEquals(Response.DONT_ALERT, ladder.rung(0).response());
    assertEquals(Optional.of("a"), ladder.policyGroup());
  }

  @Test
  void one_classification_is_inherited_while_another_is_not() {
    PolicySet.Builder set =
        setOf(
            root().putPolicy(OS, LOW_THEN_HIGH).build(),
            group("a", ROOT).putPolicy("ADWARE", LOW).build());

    assertEquals(Optional.of(ROOT), ladder(set, "a", OS).policyGroup());
    assertEquals(Optional.of("a"), ladder(set, "a", "ADWARE").policyGroup());
    assertEquals(Optional.empty(), ladder(set, ROOT, "ADWARE").policyGroup());
  }

  @Test
  void own_classifications_are_known_with_their_defaults() {
    CompiledPolicies policies =
        setOf(root().build())
            .addClassification(own("LOST_BADGE", RiskLevel.LOW, Response.DONT_ALERT))
            .build()
            .compile();

    assertEquals(
        "The LOST_BADGE", policies.classification("LOST_BADGE").orElseThrow().displayName());
    Ladder ladder = policies.group(ROOT).orElseThrow().ladder("LOST_BADGE").orElseThrow();
    assertEquals(Response.DONT_ALERT, ladder.rung(0).response());
    assertEquals(RiskLevel.LOW, ladder.rung(0).riskLevel());
    assertEquals(Optional.empty(), ladder.policyGroup());
  }

  @Test
  void what_is_not_there_is_absent() {
    CompiledPolicies policies = setOf(root().build()).build().compile();

    assertEquals(Optional.empty(), policies.group("a"));
    assertEquals(Optional.empty(), policies.classification("LOST_BADGE"));
    assertEquals(Optional.empty(), policies.group(ROOT).orElseThrow().ladder("LOST_BADGE"));
    assertTrue(policies.classification(OS).isPresent());
  }

  // Protection and notice.

  @Test
  void where_no_group_sets_them_protection_is_off_and_there_is_no_notice() {
    GroupPolicies group =
        setOf(root().build(), group("a", ROOT).build()).build().compile().group("a").orElseThrow();

    assertEquals(OnDeviceThreatProtection.disabled(), group.onDeviceThreatProtection());
    assertEquals(Optional.empty(), group.notice());
  }

  @Test
  void protection_is_inherited_whole_from_the_nearest_group_that_sets_it() {
    CompiledPolicies policies =
        setOf(
                root().onDeviceThreatProtection(blocking("acme.example")).build(),
                group("a", ROOT).onDeviceThreatProtection(blocking()).build(),
                group("b", "a").build(),
                group("c", ROOT).build(),
                group("d", ROOT)
                    .onDeviceThreatProtection(OnDeviceThreatProtection.disabled())
                    .build())
            .build()
            .compile();

    assertEquals(blocking(), policies.group("b").orElseThrow().onDeviceThreatProtection());
    assertEquals(
        blocking("acme.example"), policies.group("c").orElseThrow().onDeviceThreatProtection());
    assertFalse(policies.group("d").orElseThrow().onDeviceThreatProtection().enabled());
  }

  @Test
  void the_notice_is_that_of_the_nearest_group_that_has_one() {
    CompiledPolicies policies =
        setOf(
                root().defaultNotice("root's").build(),
                group("a", ROOT).defaultNotice("a's").build(),
                group("b", "a").build(),
                group("c", ROOT).build())
            .build()
            .compile();

    assertEquals(
        Optional.of(MessageTemplate.parse("a's")), policies.group("b").orElseThrow().notice());
    assertEquals(
        Optional.of(MessageTemplate.parse("root's")), policies.group("c").orElseThrow().notice());
  }

  // Messages.

  @Test
  void rule_1_a_rung_has_its_own_message() {
    assertEquals(
        List.of("base", "high"),
        said(
            setWith(
                OS,
                saying(
                    "base",
                    policy(
                        RiskLevel.LOW,
                        Response.ALERT_DEVICE,
                        saying("high", alertAfter(7, RiskLevel.HIGH))))),
            ROOT));
  }

  @Test
  void rule_2_else_the_nearest_ancestor_with_a_message_on_the_same_rung() {
    PolicySet.Builder set =
        setOf(
            root().putPolicy(OS, saying("root's", LOW)).build(),
            group("a", ROOT).putPolicy(OS, saying("a's", LOW)).build(),
            group("b", "a").putPolicy(OS, LOW).build(),
            group("c", "b").putPolicy(OS, LOW).build());

    assertEquals(List.of("a's"), said(set, "c"));
  }

  @Test
  void rule_2_looks_at_rung_numbers_and_not_at_levels() {
    PolicySet.Builder set =
        setOf(
            root()
                .putPolicy(
                    OS,
                    policy(
                        RiskLevel.ADVISORY,
                        Response.ALERT_DEVICE,
                        saying("root's 1", alertAfter(1, RiskLevel.LOW)),
                        saying("root's 2", alertAfter(1, RiskLevel.HIGH))))
                .build(),
            group("a", ROOT)
                .putPolicy(
                    OS,
                    saying(
                        "a's 0",
                        policy(
                            RiskLevel.MEDIUM,
                            Response.ALERT_DEVICE,
                            alertAfter(1, RiskLevel.HIGH))))
                .build());

    assertEquals(List.of("a's 0", "root's 1"), said(set, "a"));
  }

  @Test
  void where_a_group_overrides_only_the_base_message_the_parents_on_rung_1_still_wins_there() {
    PolicySet.Builder set =
        setOf(
            root()
                .putPolicy(
                    OS,
                    saying(
                        "root's 0",
                        policy(
                            RiskLevel.LOW,
                            Response.ALERT_DEVICE,
                            saying("root's 1", alertAfter(7, RiskLevel.HIGH)))))
                .build(),
            group("a", ROOT).putPolicy(OS, saying("a's 0", LOW_THEN_HIGH)).build());

    assertEquals(List.of("a's 0", "root's 1"), said(set, "a"));
  }

  @Test
  void an_ancestor_with_a_shorter_ladder_is_skipped_for_the_rungs_that_it_has_not() {
    PolicySet.Builder set =
        setOf(
            root()
                .putPolicy(
                    OS,
                    policy(
                        RiskLevel.LOW,
                        Response.ALERT_DEVICE,
                        saying("root's 1", alertAfter(7, RiskLevel.HIGH))))
                .build(),
            group("a", ROOT).putPolicy(OS, saying("a's 0", LOW)).build(),
            group("b", "a").putPolicy(OS, LOW_THEN_HIGH).build());

    assertEquals(List.of("a's 0", "root's 1"), said(set, "b"));
  }

  @Test
  void an_ancestor_with_a_policy_for_another_classification_is_skipped() {
    PolicySet.Builder set =
        setOf(
            root().putPolicy(OS, saying("root's", LOW)).build(),
            group("a", ROOT).putPolicy("ADWARE", saying("about adware", LOW)).build(),
            group("b", "a").putPolicy(OS, LOW).build());

    assertEquals(List.of("root's"), said(set, "b"));
  }

  @Test
  void a_group_below_the_owner_of_the_policy_has_no_say() {
    PolicySet.Builder set =
        setOf(
            root().putPolicy(OS, saying("root's", LOW)).build(),
            group("a", ROOT).putPolicy(OS, saying("a's", LOW)).build(),
            group("b", ROOT).build());

    assertEquals(List.of("root's"), said(set, "b"));
    assertEquals(List.of("root's"), said(set, ROOT));
  }

  @Test
  void rule_3_else_a_rung_has_the_message_of_the_base() {
    assertEquals(List.of("base", "base"), said(setWith(OS, saying("base", LOW_THEN_HIGH)), ROOT));
    assertEquals(
        List.of("root's 0", "root's 0"),
        said(
            setOf(
                root().putPolicy(OS, saying("root's 0", LOW)).build(),
                group("a", ROOT).putPolicy(OS, LOW_THEN_HIGH).build()),
            "a"));
  }

  @Test
  void rule_3_goes_to_the_base_and_not_to_the_rung_below() {
    assertEquals(
        List.of("0", "1", "0"),
        said(
            setWith(
                OS,
                saying(
                    "0",
                    policy(
                        RiskLevel.LOW,
                        Response.ALERT_DEVICE,
                        saying("1", alertAfter(7, RiskLevel.MEDIUM)),
                        alertAfter(7, RiskLevel.HIGH)))),
            ROOT));
  }

  @Test
  void rule_4_else_a_rung_has_the_built_in_text() {
    assertEquals(
        List.of(builtIn(OS), "1", builtIn(OS)),
        said(
            setWith(
                OS,
                policy(
                    RiskLevel.LOW,
                    Response.ALERT_DEVICE,
                    saying("1", alertAfter(7, RiskLevel.MEDIUM)),
                    alertAfter(7, RiskLevel.HIGH))),
            ROOT));
  }

  @Test
  void the_two_sections_of_a_message_inherit_together() {
    PolicySet.Builder set =
        setOf(
            root().putPolicy(OS, saying("root's", LOW)).build(),
            group("a", ROOT).putPolicy(OS, LOW).build());

    assertEquals(message("root's"), ladder(set, "a", OS).rung(0).message());
  }

  @Test
  void own_classifications_have_the_generic_text_that_names_them() {
    PolicySet.Builder set =
        setOf(root().putPolicy("LOST_BADGE", LOW_THEN_HIGH).build())
            .addClassification(own("LOST_BADGE", RiskLevel.LOW, Response.ALERT_DEVICE))
            .addClassification(own("OTHER", RiskLevel.LOW, Response.ALERT_DEVICE));
    Ladder ladder = ladder(set, ROOT, "LOST_BADGE");
    CustomMessage generic = ladder.rung(0).message();

    assertTrue(generic.description().source().contains("{classification}"));
    assertTrue(generic.howToFix().source().contains("{classification}"));
    assertEquals(generic, ladder.rung(1).message());
    assertEquals(generic, ladder(set, ROOT, "OTHER").rung(0).message());
  }

  // Recipients.

  @Test
  void recipients_of_a_level_are_those_who_want_it_sorted() {
    CompiledPolicies policies =
        setOf(root().build())
            .addAdministrators(
                admin("b@acme.example", RiskLevel.LOW, RiskLevel.HIGH),
                admin("a@acme.example", RiskLevel.HIGH),
                admin("C@acme.example", RiskLevel.HIGH),
                admin("nobody@acme.example"))
            .build()
            .compile();

    assertEquals(List.of("b@acme.example"), policies.recipients(RiskLevel.LOW));
    assertEquals(List.of(), policies.recipients(RiskLevel.MEDIUM));
    assertEquals(
        List.of("C@acme.example", "a@acme.example", "b@acme.example"),
        policies.recipients(RiskLevel.HIGH));
    assertEquals(List.of(), policies.recipients(RiskLevel.ADVISORY));
  }

  @Test
  void dates_are_in_utc_unless_the_set_names_a_zone() {
    assertEquals(ZoneId.of("UTC"), setOf(root().build()).build().compile().timeZone());
    assertEquals(
        ZoneId.of("Europe/Berlin"),
        setOf(root().build()).timeZone(ZoneId.of("Europe/Berlin")).build().compile().timeZone());
  }
}
