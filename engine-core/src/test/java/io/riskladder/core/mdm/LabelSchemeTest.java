package io.riskladder.core.mdm;

import static io.riskladder.core.Fixtures.characters;
import static io.riskladder.core.Fixtures.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.riskladder.core.risk.RiskLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The names of the labels (rules, section 7). */
final class LabelSchemeTest {

  @Test
  void the_default_scheme_names_the_risk_family_and_nothing_else() {
    assertEquals(
        Map.of(
            LabelState.LOW, "MES - Low Risk",
            LabelState.MEDIUM, "MES - Moderate Risk",
            LabelState.HIGH, "MES - High Risk"),
        LabelScheme.defaults().names());
    assertEquals(Optional.empty(), LabelScheme.defaults().name(LabelState.SECURED));
  }

  @Test
  void names_given_are_laid_over_the_default_ones() {
    LabelScheme scheme =
        LabelScheme.defaults()
            .with(
                Map.of(
                    LabelState.SECURED, Optional.of("Safe"),
                    LabelState.LOW, Optional.empty(),
                    LabelState.HIGH, Optional.of("Red")));

    assertEquals(
        Map.of(
            LabelState.SECURED, "Safe",
            LabelState.MEDIUM, "MES - Moderate Risk",
            LabelState.HIGH, "Red"),
        scheme.names());
    assertEquals(Optional.of("Red"), scheme.name(LabelState.HIGH));
    assertEquals(Optional.empty(), scheme.name(LabelState.LOW));
  }

  @Test
  void laying_over_changes_nothing_below() {
    assertEquals(
        Map.of(),
        LabelScheme.defaults()
            .with(Map.of(LabelState.LOW, Optional.empty()))
            .with(Map.of(LabelState.MEDIUM, Optional.empty(), LabelState.HIGH, Optional.empty()))
            .names());

    assertEquals(3, LabelScheme.defaults().names().size());
  }

  @Test
  void names_may_be_swapped_in_one_go() {
    LabelScheme swapped =
        LabelScheme.defaults()
            .with(
                Map.of(
                    LabelState.LOW, Optional.of("MES - High Risk"),
                    LabelState.HIGH, Optional.of("MES - Low Risk")));

    assertEquals(Optional.of("MES - High Risk"), swapped.name(LabelState.LOW));
    assertEquals(Optional.of("MES - Low Risk"), swapped.name(LabelState.HIGH));
  }

  @Test
  void two_states_may_not_share_a_name_in_the_same_family_or_across_families() {
    assertEquals(
        "HIGH: MES - Low Risk is the label of LOW already",
        refusal(
            () ->
                LabelScheme.defaults()
                    .with(Map.of(LabelState.HIGH, Optional.of("MES - Low Risk")))));
    assertEquals(
        "SECURED: MES - Low Risk is the label of LOW already",
        refusal(
            () ->
                LabelScheme.defaults()
                    .with(Map.of(LabelState.SECURED, Optional.of("MES - Low Risk")))));
  }

  @Test
  void the_name_of_a_label_taken_away_is_free_again() {
    LabelScheme scheme =
        LabelScheme.defaults()
            .with(
                Map.of(
                    LabelState.LOW, Optional.empty(),
                    LabelState.THREATS_PRESENT, Optional.of("MES - Low Risk")));

    assertEquals(Optional.of("MES - Low Risk"), scheme.name(LabelState.THREATS_PRESENT));
  }

  @Test
  void names_that_differ_in_case_only_are_different() {
    assertEquals(
        2, new LabelScheme(Map.of(LabelState.LOW, "Risk", LabelState.HIGH, "RISK")).names().size());
  }

  @ParameterizedTest
  @EnumSource(LabelState.class)
  void a_name_is_one_line_of_1_to_320_characters(LabelState state) {
    assertEquals(
        Optional.of(characters(320)), new LabelScheme(Map.of(state, characters(320))).name(state));

    assertEquals(
        state + ": has 321 characters, expected at most 320",
        refusal(() -> new LabelScheme(Map.of(state, characters(321)))));
    assertEquals(state + ": is blank", refusal(() -> new LabelScheme(Map.of(state, " "))));
    assertEquals(
        state + ": has a control character, expected one line of text",
        refusal(() -> new LabelScheme(Map.of(state, "a\nb"))));
  }

  @Test
  void the_changes_to_the_defaults_laid_over_them_give_the_scheme_again() {
    LabelScheme scheme =
        new LabelScheme(Map.of(LabelState.SECURED, "Safe", LabelState.MEDIUM, "Amber"));

    Map<LabelState, Optional<String>> changes = scheme.changesToDefaults();
    assertEquals(
        List.of(LabelState.LOW, LabelState.MEDIUM, LabelState.HIGH, LabelState.SECURED),
        List.copyOf(changes.keySet()));
    assertEquals(scheme, LabelScheme.defaults().with(changes));
    assertEquals(Map.of(), LabelScheme.defaults().changesToDefaults());
  }

  @Test
  void each_state_belongs_to_one_of_three_families() {
    assertEquals(LabelState.Family.CONNECTIVITY, LabelState.DISCONNECTED.family());
    assertEquals(LabelState.Family.SECURITY, LabelState.SECURED.family());
    assertEquals(LabelState.Family.SECURITY, LabelState.THREATS_PRESENT.family());
    assertEquals(LabelState.Family.RISK, LabelState.LOW.family());
    assertEquals(LabelState.Family.RISK, LabelState.MEDIUM.family());
    assertEquals(LabelState.Family.RISK, LabelState.HIGH.family());
  }

  @Test
  void only_levels_from_low_up_have_a_risk_label() {
    assertEquals(
        List.of(
            Optional.empty(),
            Optional.empty(),
            Optional.of(LabelState.LOW),
            Optional.of(LabelState.MEDIUM),
            Optional.of(LabelState.HIGH)),
        Stream.of(RiskLevel.values()).map(LabelState::ofRisk).toList());
  }

  @Test
  void a_device_has_at_most_one_label_of_each_family_in_their_order() {
    LabelScheme scheme =
        LabelScheme.defaults()
            .with(
                Map.of(
                    LabelState.DISCONNECTED, Optional.of("Gone"),
                    LabelState.THREATS_PRESENT, Optional.of("Threats"),
                    LabelState.LOW, Optional.empty()));

    assertEquals(
        List.of("Gone", "Threats", "MES - High Risk"),
        List.copyOf(scheme.labelsOf(RiskLevel.HIGH, false).values()));
    assertEquals(List.of("Threats"), List.copyOf(scheme.labelsOf(RiskLevel.LOW, true).values()));
    assertEquals(List.of("Gone"), List.copyOf(scheme.labelsOf(RiskLevel.NONE, false).values()));
    assertEquals(Map.of(), scheme.labelsOf(RiskLevel.ADVISORY, true));
    assertEquals(
        Map.of(LabelState.Family.SECURITY, "Safe"),
        scheme
            .with(Map.of(LabelState.SECURED, Optional.of("Safe")))
            .labelsOf(RiskLevel.ADVISORY, true));
  }
}
