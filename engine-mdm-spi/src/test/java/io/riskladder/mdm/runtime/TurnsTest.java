package io.riskladder.mdm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.mdm.testkit.TurnedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class TurnsTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final TurnedClock clock = TurnedClock.at(START);
  private final List<Instant> taken = new ArrayList<>();

  private Turns turns(Turns.Turn turn, ScheduledExecutorService threads) {
    return new Turns(
        "a turn",
        () -> {
          taken.add(clock.instant());
          return turn.take();
        },
        threads,
        new SplittableRandom(1));
  }

  private Turns turns(Turns.Turn turn) {
    return turns(turn, clock.threads().workers());
  }

  @Test
  void a_turn_comes_when_the_last_one_said_so_or_when_somebody_asks() {
    Turns turns = turns(() -> HOUR);
    clock.turn(HOUR);
    assertEquals(List.of(), taken);
    turns.ask();
    turns.ask();
    clock.turn(Duration.ofMinutes(150));
    assertEquals(
        List.of(
            START.plus(HOUR), START.plus(HOUR.multipliedBy(2)), START.plus(HOUR.multipliedBy(3))),
        taken);
    turns.ask();
    clock.work();
    assertEquals(4, taken.size());
  }

  @Test
  void who_asks_during_a_turn_gets_another_one() {
    List<Turns> self = new ArrayList<>();
    Turns turns =
        turns(
            () -> {
              if (taken.size() == 1) {
                self.get(0).ask();
              }
              return HOUR;
            });
    self.add(turns);
    turns.ask();
    clock.work();
    assertEquals(List.of(START, START), taken);
  }

  @Test
  void after_a_throw_the_next_turn_waits_longer_each_time_whoever_asks() {
    Turns turns =
        turns(
            () -> {
              if (taken.size() <= 12) {
                if (taken.size() % 2 == 0) {
                  throw new StackOverflowError("planted");
                }
                throw new IllegalStateException("planted");
              }
              return HOUR;
            });
    turns.ask();
    clock.work();
    assertEquals(1, turns.failures());
    while (turns.failures() > 0) {
      turns.ask();
      clock.turn(Duration.ofMillis(1));
    }
    List<Duration> waits = new ArrayList<>();
    for (int i = 1; i < taken.size(); i++) {
      waits.add(Duration.between(taken.get(i - 1), taken.get(i)));
    }
    assertEquals(12, waits.size());
    Duration whole = Duration.ofMillis(100);
    for (Duration wait : waits) {
      assertTrue(wait.compareTo(whole.dividedBy(2)) >= 0, wait + " of " + whole);
      assertTrue(wait.compareTo(whole.plusMillis(1)) <= 0, wait + " of " + whole);
      Duration twice = whole.multipliedBy(2);
      whole = twice.compareTo(Duration.ofSeconds(30)) > 0 ? Duration.ofSeconds(30) : twice;
    }
  }

  @Test
  void after_the_close_there_are_no_turns() throws Exception {
    Turns turns = turns(() -> HOUR);
    turns.ask();
    turns.close();
    turns.ask();
    clock.turn(HOUR.multipliedBy(3));
    assertEquals(List.of(), taken);
    assertTrue(turns.await(Duration.ZERO));
  }

  @Test
  @Timeout(60)
  void whoever_closes_can_wait_for_the_turn_that_is_being_taken() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (EngineThreads threads = EngineThreads.of(1)) {
      Turns turns =
          turns(
              () -> {
                begun.countDown();
                end.await();
                return HOUR;
              },
              threads.workers());
      turns.ask();
      begun.await();
      turns.close();
      assertFalse(turns.await(Duration.ofMillis(1)));
      end.countDown();
      assertTrue(turns.await(Duration.ofSeconds(50)));
    }
  }

  @Test
  void threads_that_were_ended_end_the_turns() {
    EngineThreads threads = EngineThreads.of(1);
    threads.close();
    Turns turns = turns(() -> HOUR, threads.workers());
    turns.ask();
    turns.ask();
    assertEquals(List.of(), taken);
  }
}
