package io.riskladder.mdm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mdm.spi.PolicySource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What is asked of a host's code, on a thread that runs when the test says so. */
final class QuestionTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration MOST = Duration.ofSeconds(30);

  private final Queue<Runnable> thread = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private final Question<String> question =
      new Question<>(thread::add, MOST, () -> told.add("answered"));

  @Test
  void an_answer_is_taken_when_it_has_come() throws Exception {
    question.ask(() -> "yes", START);
    assertEquals(Optional.empty(), question.take(START));
    assertTrue(question.isAsked());
    thread.remove().run();
    assertEquals(List.of("answered"), told);
    assertEquals(Optional.of("yes"), question.take(START.plus(MOST)));
    assertFalse(question.isAsked());
    assertEquals(Optional.empty(), question.take(START));
  }

  @Test
  void what_is_thrown_instead_is_thrown_on() {
    IOException thrown = new IOException("planted");
    question.ask(
        () -> {
          throw thrown;
        },
        START);
    thread.remove().run();
    assertSame(thrown, assertThrows(IOException.class, () -> question.take(START)));
    assertFalse(question.isAsked());
    question.ask(
        () -> {
          throw new LinkageError("planted");
        },
        START);
    thread.remove().run();
    assertThrows(LinkageError.class, () -> question.take(START));
    question.ask(() -> null, START);
    thread.remove().run();
    assertThrows(IllegalStateException.class, () -> question.take(START));
  }

  @Test
  void what_takes_too_long_is_interrupted_and_nothing_is_asked_until_it_ends() throws Exception {
    question.ask(
        () -> {
          assertEquals(Optional.empty(), question.take(START.plus(MOST).minusNanos(1)));
          assertThrows(TimeoutException.class, () -> question.take(START.plus(MOST)));
          assertTrue(Thread.interrupted());
          assertFalse(question.isAsked());
          assertThrows(IllegalStateException.class, () -> question.ask(() -> "next", START));
          told.add("ends");
          return "late";
        },
        START);
    thread.remove().run();
    assertEquals(List.of("ends", "answered"), told);
    question.ask(() -> "next", START);
    thread.remove().run();
    assertEquals(Optional.of("next"), question.take(START));
  }

  @Test
  void one_that_never_got_a_thread_is_given_up_and_never_asked() throws Exception {
    question.ask(() -> "late", START);
    assertThrows(TimeoutException.class, () -> question.take(START.plus(MOST)));
    assertThrows(IllegalStateException.class, () -> question.ask(() -> "next", START));
    thread.remove().run();
    question.ask(() -> "next", START);
    thread.remove().run();
    assertEquals(Optional.of("next"), question.take(START));
  }

  @Test
  void threads_that_take_nothing_leave_it_unasked() {
    Question<String> refused =
        new Question<>(
            task -> {
              throw new RejectedExecutionException("planted");
            },
            MOST,
            () -> {});
    for (int i = 0; i < 2; i++) {
      assertThrows(RejectedExecutionException.class, () -> refused.ask(() -> "yes", START));
      assertFalse(refused.isAsked());
    }
  }

  @Test
  void policies_that_change_while_they_are_loaded_are_loaded_once_more() throws Exception {
    PolicySet first = SimulationTest.policies(Duration.ofDays(7), RiskLevel.LOW);
    PolicySet second = SimulationTest.policies(Duration.ofDays(7), RiskLevel.HIGH);
    PolicySet third = SimulationTest.policies(Duration.ofDays(7), RiskLevel.MEDIUM);
    List<PolicySet> source = new ArrayList<>(List.of(second));
    List<PolicySet> loaded = new ArrayList<>();
    Duration poll = Duration.ofSeconds(1);
    PolicySource policies = () -> source.get(0);
    Reload reload =
        new Reload(
            policies, new Question<>(thread::add, MOST, () -> {}), first, loaded::add, poll, START);
    assertTrue(reload.turn(START).compareTo(Duration.ofDays(365)) > 0);
    assertEquals(0, thread.size());
    reload.changed();
    assertEquals(poll, reload.turn(START));
    thread.remove().run();
    source.set(0, third);
    reload.changed();
    assertEquals(Duration.ZERO, reload.turn(START));
    assertEquals(List.of(second), loaded);
    assertEquals(poll, reload.turn(START));
    thread.remove().run();
    assertEquals(Duration.ZERO, reload.turn(START));
    assertEquals(List.of(second, third), loaded);
    assertTrue(reload.turn(START).compareTo(Duration.ofDays(365)) > 0);
  }

  @Test
  void a_source_that_has_to_look_is_asked_in_time_and_heard_when_it_has_something_new()
      throws Exception {
    PolicySet first = SimulationTest.policies(Duration.ofDays(7), RiskLevel.LOW);
    PolicySet second = SimulationTest.policies(Duration.ofDays(7), RiskLevel.HIGH);
    List<PolicySet> given = new ArrayList<>(List.of(first, second, second, first));
    List<PolicySet> loaded = new ArrayList<>();
    Duration every = Duration.ofSeconds(10);
    PolicySource source =
        new PolicySource() {
          @Override
          public PolicySet load() {
            return given.remove(0);
          }

          @Override
          public Optional<Duration> loadEvery() {
            return Optional.of(every);
          }
        };
    Question<PolicySet> asked = new Question<>(Runnable::run, MOST, () -> {});
    Reload reload = new Reload(source, asked, first, loaded::add, every, START);
    assertEquals(Duration.ofSeconds(7), reload.turn(START.plusSeconds(3)));
    for (int i = 1; i <= 4; i++) {
      Instant now = START.plus(every.multipliedBy(i));
      assertEquals(Duration.ZERO, reload.turn(now));
      assertEquals(every, reload.turn(now));
    }
    assertEquals(List.of(second, first), loaded);
    assertEquals(0, given.size());
  }

  @Test
  void policies_that_could_not_be_loaded_are_tried_again() throws Exception {
    PolicySet policies = SimulationTest.policies(Duration.ofDays(7), RiskLevel.LOW);
    List<PolicySet> loaded = new ArrayList<>();
    List<Exception> faults = new ArrayList<>(List.of(new IOException("planted")));
    PolicySource source =
        () -> {
          if (!faults.isEmpty()) {
            throw faults.remove(0);
          }
          return policies;
        };
    Reload reload =
        new Reload(
            source,
            new Question<>(Runnable::run, MOST, () -> {}),
            SimulationTest.policies(Duration.ofDays(7), RiskLevel.HIGH),
            loaded::add,
            Duration.ZERO,
            START);
    reload.changed();
    assertThrows(IOException.class, () -> reload.turn(START));
    assertEquals(Duration.ZERO, reload.turn(START));
    assertEquals(List.of(policies), loaded);
  }
}
