package io.riskladder.core.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.RiskLevel;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What does not happen, each in its sentence. */
final class NotHappeningTest {
  private static void assertSays(String sentence, NotHappening fact) {
    assertEquals(sentence, fact.sentence());
  }

  @Test
  void an_ignored_issue_stops_everything() {
    assertSays(
        "It counts for nothing and climbs no further, as an administrator ignores its issue.",
        new NotHappening.IssueIgnored());
  }

  @Test
  void levels_below_low_are_not_reported() {
    assertSays(
        "Administrators and the MDM do not hear of it: no issue, no mail, no label, as Advisory is"
            + " below Low.",
        new NotHappening.NotReported(RiskLevel.ADVISORY));
  }

  @Test
  void a_silent_response_alerts_nobody() {
    assertSays(
        "Its user is not alerted, as the response at this step does not alert.",
        new NotHappening.UserNotAlerted());
  }

  @Test
  void mail_that_nobody_wants_is_not_sent() {
    assertSays(
        "No mail goes out, as no administrator wants any for Medium.",
        new NotHappening.NobodyWantsMail(RiskLevel.MEDIUM));
  }

  @Test
  void a_block_falls_away_for_one_of_two_reasons() {
    assertSays(
        "The internet is not blocked over it, as on-device threat protection is off for the group.",
        new NotHappening.BlockFallsAway(BlockStrength.INTERNET, true));
    assertSays(
        "The company's sites are not blocked over it, as on-device threat protection is off for the"
            + " group.",
        new NotHappening.BlockFallsAway(BlockStrength.DOMAINS, true));
    assertSays(
        "The company's sites are not blocked over it, as on-device threat protection lists no"
            + " domain for the group.",
        new NotHappening.BlockFallsAway(BlockStrength.DOMAINS, false));
  }

  @Test
  void another_threat_outranks() {
    assertSays(
        "It does not decide the device's risk, as threat t-2 is at High.",
        new NotHappening.RiskOutranked("t-2", RiskLevel.HIGH));
    assertSays(
        "Its block makes no difference, as threat t-2 has the internet blocked.",
        new NotHappening.BlockOutranked("t-2"));
  }

  @Test
  void the_last_rung_has_none_above() {
    assertSays(
        "It climbs no further, as this is the last step of its ladder.",
        new NotHappening.LastRung());
  }

  @Test
  void a_pinned_threat_is_not_under_the_present_policies() {
    assertSays(
        "The policies in force (version 3) do not decide on it, as it is pinned to version 1 until"
            + " it ends or its device moves.",
        new NotHappening.PresentPolicyNotApplied(1, 3));
  }

  @Test
  void without_a_label_the_mdm_does_not_hear() {
    assertSays(
        "The MDM does not hear that the device is disconnected, as no label is named for it.",
        new NotHappening.NoLabel(LabelState.DISCONNECTED));
    assertSays(
        "The MDM does not hear that the device is at Medium risk, as no label is named for it.",
        new NotHappening.NoLabel(LabelState.MEDIUM));
  }

  @Test
  void the_mdm_does_nothing_for_one_of_several_reasons() {
    assertSays(
        "What the MDM does about labels is not known, as the policies have no risk response.",
        new NotHappening.NoRiskResponse());
    assertSays(
        "The MDM does nothing, as no active security policy is applied to a label that the device"
            + " has.",
        new NotHappening.NoSecurityPolicy());
    assertSays(
        "Security policy p is not applied, as q has a higher priority.",
        new NotHappening.PolicyOutranked("p", "q"));
    assertSays(
        "Security policy p is not applied, as it is inactive.",
        new NotHappening.PolicyInactive("p"));
    assertSays(
        "Security policy p starts no compliance action, as the device violates none of its enabled"
            + " rules and is not disallowed.",
        new NotHappening.NothingViolated("p"));
  }

  @Test
  void long_names_of_others_are_cut_so_that_a_sentence_stays_one() {
    String sentence = new NotHappening.PolicyInactive("p".repeat(320)).sentence();
    assertTrue(sentence.length() < 120, sentence);
  }

  /** Whoever adds a fact adds its sentence here. */
  @Test
  void all_facts_are_in_this_test() {
    Set<String> known =
        Stream.of(
                NotHappening.IssueIgnored.class,
                NotHappening.NotReported.class,
                NotHappening.UserNotAlerted.class,
                NotHappening.NobodyWantsMail.class,
                NotHappening.BlockFallsAway.class,
                NotHappening.RiskOutranked.class,
                NotHappening.BlockOutranked.class,
                NotHappening.LastRung.class,
                NotHappening.PresentPolicyNotApplied.class,
                NotHappening.NoLabel.class,
                NotHappening.NoRiskResponse.class,
                NotHappening.NoSecurityPolicy.class,
                NotHappening.PolicyOutranked.class,
                NotHappening.PolicyInactive.class,
                NotHappening.NothingViolated.class)
            .map(Class::getSimpleName)
            .collect(Collectors.toSet());
    assertEquals(
        List.of(NotHappening.class.getPermittedSubclasses()).stream()
            .map(Class::getSimpleName)
            .collect(Collectors.toSet()),
        known);
  }
}
