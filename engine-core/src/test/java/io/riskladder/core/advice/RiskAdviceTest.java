package io.riskladder.core.advice;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.admin;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.own;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.advice.Advised.assertFound;
import static io.riskladder.core.advice.Advised.assertSays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Catalogue;
import io.riskladder.core.threat.Classification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Levels of which nobody hears (rules, section 10). */
final class RiskAdviceTest {

  // Mail.

  private static List<Finding> on(Administrator... administrators) {
    return Advice.on(
        setOf(root().build()).administrators(List.of(administrators)).build().compile());
  }

  private static List<String> sentences(List<Finding> findings) {
    return findings.stream()
        .flatMap(finding -> Stream.of(finding.message(), finding.remedy()))
        .toList();
  }

  @Test
  void without_administrators_nobody_is_mailed_about_any_level() {
    assertEquals(
        List.of(
            "NOBODY_MAILED administrators",
            "NOBODY_MAILED administrators",
            "NOBODY_MAILED administrators"),
        Advised.shortly(on()));
    assertEquals(3, on(admin("a@acme.example")).size());
  }

  @Test
  void each_level_that_no_administrator_wants_is_found() {
    assertEquals(
        List.of(
            "When a threat comes to LOW, no administrator gets mail about it.",
            "Add LOW to what one of the administrators is notified of.",
            "When a threat comes to HIGH, no administrator gets mail about it.",
            "Add HIGH to what one of the administrators is notified of."),
        sentences(on(admin("a@acme.example", RiskLevel.MEDIUM), admin("b@acme.example"))));
  }

  @Test
  void levels_may_be_shared_among_administrators() {
    assertEquals(
        List.of(),
        on(
            admin("a@acme.example", RiskLevel.HIGH),
            admin("b@acme.example"),
            admin("c@acme.example", RiskLevel.LOW, RiskLevel.MEDIUM)));
  }

  @Test
  void where_there_is_nobody_somebody_is_to_be_added() {
    assertEquals(
        List.of(
            "When a threat comes to LOW, no administrator gets mail about it.",
            "Add an administrator who is notified of LOW."),
        sentences(on()).subList(0, 2));
  }

  // Labels.

  private static PolicySet.Builder without(PolicySet.Builder set, LabelState... states) {
    LabelScheme labels = LabelScheme.defaults();
    for (LabelState state : states) {
      labels = labels.with(Map.of(state, Optional.empty()));
    }
    return set.labels(labels);
  }

  /** {@return a root that leaves no classification above NONE} */
  private static DeviceGroup.Builder quietRoot() {
    DeviceGroup.Builder root = root();
    Catalogue.builtIn()
        .keySet()
        .forEach(id -> root.putPolicy(id, policy(RiskLevel.NONE, Response.DONT_ALERT)));
    return root;
  }

  private static PolicySet.Builder quiet(DeviceGroup... groups) {
    return setOf(quietRoot().build()).addGroups(groups);
  }

  /** Some of what {@link #quietRoot} says is what the catalogue says. */
  private static void assertLabelsFound(PolicySet.Builder set, String... expected) {
    assertEquals(
        List.of(expected),
        Advised.on(set).stream()
            .filter(finding -> finding.code() == AdviceCode.UNLABELLED_RISK)
            .map(Finding::path)
            .toList());
  }

  @Test
  void a_level_that_defaults_of_the_catalogue_give_is_reached() {
    assertFound(without(setOf(root().build()), LabelState.LOW), "UNLABELLED_RISK labels.LOW");
    assertFound(
        without(setOf(root().build()), LabelState.HIGH, LabelState.MEDIUM),
        "UNLABELLED_RISK labels.MEDIUM",
        "UNLABELLED_RISK labels.HIGH");
  }

  @Test
  void a_level_needs_its_label_without_a_risk_response_and_with_the_standard_one_too() {
    assertFound(
        without(setOf(root().build()), LabelState.HIGH).riskResponse(RiskResponse.standard()),
        "UNLABELLED_RISK labels.HIGH");
  }

  @Test
  void a_level_that_an_escalation_of_a_nested_group_reaches_counts() {
    assertLabelsFound(
        without(
            quiet(
                group("a", ROOT).build(),
                group("b", "a")
                    .putPolicy(
                        OS,
                        policy(
                            RiskLevel.ADVISORY,
                            Response.ALERT_DEVICE,
                            alertAfter(7, RiskLevel.MEDIUM)))
                    .build()),
            LabelState.LOW,
            LabelState.MEDIUM,
            LabelState.HIGH),
        "labels.MEDIUM");
  }

  @Test
  void a_level_that_the_default_of_an_own_classification_gives_counts_until_overridden() {
    Classification badge = own("BADGE", RiskLevel.HIGH, Response.ALERT_DEVICE);
    assertLabelsFound(without(quiet().addClassification(badge), LabelState.HIGH), "labels.HIGH");
    assertLabelsFound(
        without(
            setOf(
                    quietRoot()
                        .putPolicy("BADGE", policy(RiskLevel.LOW, Response.ALERT_DEVICE))
                        .build())
                .addClassification(badge),
            LabelState.HIGH));
  }

  @Test
  void a_level_that_nothing_reaches_needs_no_label() {
    assertLabelsFound(without(quiet(), LabelState.LOW, LabelState.MEDIUM, LabelState.HIGH));
  }

  @Test
  void a_level_that_only_web_content_has_needs_no_label() {
    assertLabelsFound(
        without(
            quiet(
                group("a", ROOT)
                    .putPolicy(
                        "PHISHING_CONTENT", policy(RiskLevel.HIGH, Response.BLOCK_AND_ALERT_DEVICE))
                    .build()),
            LabelState.HIGH));
  }

  @Test
  void other_states_than_risks_need_no_label() {
    assertFound(
        setOf(root().build())
            .labels(
                LabelScheme.defaults().with(Map.of(LabelState.LOW, Optional.of("Somewhat bad")))));
  }

  @Test
  void an_unlabelled_risk_is_told_with_what_the_mdm_hears_instead() {
    assertSays(
        without(setOf(root().build()), LabelState.LOW),
        AdviceCode.UNLABELLED_RISK,
        "When a device comes to LOW risk, the MDM does not hear of it and does nothing.",
        "Give LOW a label, so that a security policy can be applied to it in the MDM.");
    LabelScheme labels =
        LabelScheme.defaults()
            .with(
                Map.of(
                    LabelState.LOW,
                    Optional.empty(),
                    LabelState.THREATS_PRESENT,
                    Optional.of("At risk")));
    assertSays(
        setOf(root().build()).labels(labels),
        AdviceCode.UNLABELLED_RISK,
        "When a device comes to LOW risk, the MDM hears that it has threats, but not that they are"
            + " of that level.",
        "Give LOW a label, so that a security policy can be applied to it in the MDM.");
  }
}
