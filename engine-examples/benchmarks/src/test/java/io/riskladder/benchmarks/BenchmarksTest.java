package io.riskladder.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Decision;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.Ladder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured does what it is said to do. */
final class BenchmarksTest {

  @ParameterizedTest
  @EnumSource
  void a_decision_has_effects_where_something_happens(DecideBenchmark.Event event) {
    DecideBenchmark benchmark = new DecideBenchmark();
    benchmark.event = event;
    benchmark.prepare();
    Decision decision = benchmark.values();
    boolean quiet =
        switch (event) {
          case NOTHING_DUE, ENROLLED, DETECTED_AGAIN, DISCONNECTED, MOVED, POLICIES_CHANGED -> true;
          default -> false;
        };
    assertEquals(quiet, decision.effects().isEmpty(), decision::toString);
    assertTrue(decision.rejection().isEmpty());
    assertEquals(decision.state(), benchmark.handed());
    assertEquals(
        event != DecideBenchmark.Event.REMOVED, decision.state() instanceof EnrolledDevice);
  }

  @Test
  void policies_are_compiled_for_each_group_and_kind() {
    CompileBenchmark benchmark = new CompileBenchmark();
    benchmark.size = "7x49";
    benchmark.makePolicies();
    CompiledPolicies compiled = benchmark.compile();
    Ladder ladder = compiled.group("group-6").flatMap(of -> of.ladder("OWN_48")).orElseThrow();
    assertEquals(Optional.of("group-6"), ladder.policyGroup());
    assertEquals(1, ladder.last());
  }

  @Test
  void a_fleet_is_re_rated_and_caught_up() {
    FleetBenchmark benchmark = new FleetBenchmark();
    FleetBenchmark.Counts counts = new FleetBenchmark.Counts();
    benchmark.devices = 300;
    benchmark.makeFleet();
    assertTrue(benchmark.changePolicies(counts).policies().currentVersion() == 1);
    assertTrue(counts.notifications > 50, "threats at Low are announced anew");

    counts.clear();
    benchmark.makeFleet();
    assertTrue(benchmark.catchUp(counts).nextDue().isEmpty(), "thirty days are enough for all");
    assertTrue(counts.notifications > 2 * 450, "most have two rungs or three before them");
  }

  @Test
  void more_ladders_take_more_memory() {
    long few = PolicySize.of(10, 10)[1];
    long many = PolicySize.of(500, 40)[1];
    assertTrue(many > 10 * Math.max(few, 1), many + " bytes to " + few);
  }
}
