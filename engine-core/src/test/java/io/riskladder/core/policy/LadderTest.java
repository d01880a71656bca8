package io.riskladder.core.policy;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.day;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.setWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Ladders, and where on them a threat is placed (rules, sections 2 and 6). */
final class LadderTest {

  private static Ladder ladder(ClassificationPolicy policy) {
    return setWith(OS, policy).build().compile().group(ROOT).orElseThrow().ladder(OS).orElseThrow();
  }

  private static Ladder full() {
    return ladder(
        policy(
            RiskLevel.ADVISORY,
            Response.DONT_ALERT,
            alertAfter(1, RiskLevel.LOW),
            alertAfter(2, RiskLevel.MEDIUM),
            alertAfter(4, RiskLevel.HIGH)));
  }

  private static Ladder lowThenHigh() {
    return ladder(policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(3, RiskLevel.HIGH)));
  }

  @Test
  void rungs_are_numbered_from_the_base_up_with_the_wait_before_each() {
    List<Rung> rungs = full().rungs();

    assertEquals(List.of(0, 1, 2, 3), rungs.stream().map(Rung::number).toList());
    assertEquals(
        List.of(0L, 1L, 2L, 4L), rungs.stream().map(rung -> rung.after().toDays()).toList());
    assertEquals(
        List.of(RiskLevel.ADVISORY, RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH),
        rungs.stream().map(Rung::riskLevel).toList());
    assertEquals(Response.DONT_ALERT, rungs.get(0).response());
    assertEquals(Response.ALERT_DEVICE, rungs.get(1).response());
  }

  @Test
  void a_ladder_knows_its_classification_and_the_group_whose_policy_it_is() {
    assertEquals(OS, full().classification().id());
    assertEquals(Optional.of(ROOT), full().policyGroup());
  }

  @Test
  void the_rung_above_is_absent_on_the_last() {
    assertEquals(Optional.of(lowThenHigh().rung(1)), lowThenHigh().above(0));
    assertEquals(Optional.empty(), lowThenHigh().above(1));
    assertThrows(IndexOutOfBoundsException.class, () -> lowThenHigh().rung(2));
  }

  @ParameterizedTest
  @CsvSource({"NONE, 0", "ADVISORY, 0", "LOW, 1", "MEDIUM, 2", "HIGH, 3"})
  void a_threat_is_placed_on_the_rung_of_its_level(RiskLevel level, int place) {
    assertEquals(place, full().placeFor(level));
  }

  @ParameterizedTest
  @CsvSource({"NONE, 0", "ADVISORY, 0", "LOW, 0", "MEDIUM, 0", "HIGH, 1"})
  void where_its_level_is_skipped_a_threat_is_placed_on_the_highest_rung_below(
      RiskLevel level, int place) {
    assertEquals(place, lowThenHigh().placeFor(level));
  }

  @ParameterizedTest
  @EnumSource(RiskLevel.class)
  void on_a_ladder_of_one_rung_there_is_one_place(RiskLevel level) {
    assertEquals(0, ladder(policy(RiskLevel.MEDIUM, Response.ALERT_DEVICE)).placeFor(level));
    assertEquals(0, ladder(policy(RiskLevel.NONE, Response.DONT_ALERT)).placeFor(level));
  }

  @Test
  void the_last_rung_is_due_after_all_waits_that_are_left() {
    Instant next = day(10);

    assertEquals(day(16), full().lastDue(0, next));
    assertEquals(day(14), full().lastDue(1, next));
    assertEquals(day(10), full().lastDue(2, next));
    assertEquals(day(10), lowThenHigh().lastDue(0, next));
  }
}
