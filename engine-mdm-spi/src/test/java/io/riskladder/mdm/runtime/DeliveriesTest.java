package io.riskladder.mdm.runtime;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.Effect;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeviceNotifier;
import io.riskladder.mdm.spi.EngineListener;
import io.riskladder.mdm.spi.LabelPage;
import io.riskladder.mdm.spi.LabelTarget;
import io.riskladder.mdm.spi.MdmLabelSync;
import io.riskladder.mdm.spi.Outcome;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.testkit.FakeMdm;
import io.riskladder.mdm.testkit.Fault;
import io.riskladder.mdm.testkit.TurnedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How calls are made and given up; they run when the test says so, on its own thread. */
final class DeliveriesTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final TurnedClock clock = TurnedClock.at(START);
  private final Queue<Runnable> calls = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private boolean taken = true;
  private int events;

  private final EngineListener listener =
      new EngineListener() {
        @Override
        public void delivered(String tenant, Channel channel, Effect effect, Duration after) {
          told.add("delivered " + threat(effect));
        }

        @Override
        public void retried(
            String tenant, Channel channel, Effect effect, String reason, Instant notBefore) {
          told.add("retried " + threat(effect) + ": " + reason);
        }
      };

  private static String threat(Effect effect) {
    return effect.header().threat().orElse("none");
  }

  /** {@return a notifier that takes note of the threats that it is called for} */
  private static DeviceNotifier noting(List<String> called, Supplier<Outcome> answer) {
    return delivery -> {
      called.add(threat(delivery.effect()));
      return answer.get();
    };
  }

  private PolicyEngineBuilder builder() {
    return PolicyEngine.builder(
            PolicySource.of(SimulationTest.policies(Duration.ofDays(7), RiskLevel.ADVISORY)))
        .clock(clock)
        .threads(EngineThreads.on(clock.threads().workers(), this::take))
        .callTimeout(MOST)
        .lease(LEASE)
        .closeTimeout(Duration.ofMillis(1))
        .seed(7)
        .listener(listener);
  }

  private void take(Runnable call) {
    if (!taken) {
      throw new RejectedExecutionException("planted");
    }
    calls.add(call);
  }

  private void happens(PolicyEngine engine, String device, String... threats) {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    answers.add(
        engine.submit(
            new Submission("e" + ++events, device, new DeviceEnrolled("root", Platform.IOS))));
    for (String threat : threats) {
      answers.add(
          engine.submit(
              new Submission("e" + ++events, device, new ThreatDetected(threat, "ACTIVE_MITM"))));
    }
    clock.work();
    assertTrue(answers.stream().allMatch(CompletableFuture::isDone));
  }

  private void happens(PolicyEngine engine, DeviceEvent.Reported event) {
    CompletableFuture<Answer> answer = engine.submit(new Submission("e" + ++events, "ana", event));
    clock.work();
    assertTrue(answer.isDone());
  }

  private static EngineHealth.ChannelHealth health(PolicyEngine engine, Channel channel) {
    return requireNonNull(engine.health().channels().get(channel));
  }

  @AfterEach
  void not_interrupted_any_more() {
    assertFalse(Thread.interrupted());
  }

  @Test
  void each_call_has_the_whole_time_for_itself() {
    PolicyEngineBuilder with =
        builder()
            .deviceNotifier(
                delivery -> {
                  clock.turn(MOST.minusSeconds(1));
                  return Outcome.done();
                });
    try (PolicyEngine engine = with.build()) {
      engine.start();
      happens(engine, "ana", "a", "b", "c");
      calls.remove().run();
      clock.work();
      assertEquals(List.of("delivered a", "delivered b", "delivered c"), told);
      assertEquals(0, calls.size());
    }
  }

  @Test
  void a_call_that_takes_longer_is_given_up_then_and_not_when_others_might_have_ended() {
    List<String> called = new ArrayList<>();
    PolicyEngineBuilder with =
        builder()
            .deviceNotifier(
                delivery -> {
                  String threat = threat(delivery.effect());
                  called.add(threat);
                  clock.turn(MOST.minusSeconds(1));
                  if (called.size() == 2) {
                    assertEquals(List.of("delivered a"), told);
                    clock.turn(Duration.ofSeconds(1));
                    assertTrue(Thread.interrupted());
                    assertEquals(
                        List.of("delivered a", "retried b: took longer than " + MOST), told);
                  }
                  return Outcome.done();
                });
    try (PolicyEngine engine = with.build()) {
      engine.start();
      happens(engine, "ana", "a", "b", "c");
      calls.remove().run();
      assertEquals(List.of("a", "b"), called, "what is behind it waits");
      told.clear();
      clock.turn(Duration.ofSeconds(2));
      calls.remove().run();
      assertEquals(List.of("a", "b", "b", "c"), called);
      assertEquals(List.of("delivered b", "delivered c"), told);
    }
  }

  @Test
  void what_a_call_brings_after_it_was_given_up_is_brought_up_to_date() {
    FakeMdm mdm = new FakeMdm();
    List<PolicyEngine> engines = new ArrayList<>();
    List<Set<String>> wanted = new ArrayList<>();
    MdmLabelSync slow =
        new MdmLabelSync() {
          @Override
          public Map<String, Outcome> bring(List<LabelTarget> targets) throws Exception {
            wanted.add(targets.get(0).wanted());
            if (wanted.size() == 1) {
              clock.turn(MOST);
              assertTrue(Thread.interrupted());
              happens(engines.get(0), new ThreatResolved("m"));
              clock.turn(MOST);
              runCalls(); // the next call, which overtakes this one
              assertEquals(Set.of(), mdm.labels("ana"));
            }
            return mdm.bring(targets);
          }

          @Override
          public LabelPage read(Optional<String> page) {
            return mdm.read(page);
          }
        };
    try (PolicyEngine engine = builder().labelSync(slow).build()) {
      engines.add(engine);
      engine.start();
      happens(engine, "ana", "m");
      calls.remove().run();
      assertEquals(wanted.get(0), mdm.labels("ana"), "the late call came last");
      clock.work();
      runCalls();
      assertEquals(Set.of(), mdm.labels("ana"));
      assertEquals(3, wanted.size());
      clock.turn(Duration.ofDays(1));
      assertEquals(0, calls.size(), "and that was that");
    }
  }

  @Test
  void calls_that_wait_for_a_thread_until_their_claim_ends_are_no_failures_and_never_made() {
    List<String> called = new ArrayList<>();
    PolicyEngineBuilder with = builder().deviceNotifier(noting(called, Outcome::done));
    try (PolicyEngine engine = with.build()) {
      engine.start();
      happens(engine, "ana", "a");
      Runnable late = calls.remove();
      clock.turn(LEASE);
      assertEquals(List.of(), told);
      assertEquals(1, calls.size(), "it was claimed again");
      calls.remove().run();
      clock.work();
      late.run();
      clock.work();
      assertEquals(List.of("a"), called);
      assertEquals(List.of("delivered a"), told);
      assertEquals(0, health(engine, Channel.NOTIFICATIONS).callsUnderWay());
    }
  }

  @Test
  void calls_that_no_thread_takes_are_tried_again() {
    PolicyEngineBuilder with = builder().deviceNotifier(delivery -> Outcome.done());
    try (PolicyEngine engine = with.build()) {
      engine.start();
      taken = false;
      happens(engine, "ana", "a");
      assertEquals(List.of(), told);
      taken = true;
      clock.turn(MOST);
      calls.remove().run();
      clock.work();
      assertEquals(List.of("delivered a"), told);
    }
  }

  @Test
  void a_few_calls_that_do_not_end_are_put_up_with_and_beyond_those_no_more_are_made() {
    PolicyEngineBuilder with = builder().callsAtOnce(4).deviceNotifier(delivery -> Outcome.done());
    try (PolicyEngine engine = with.build()) {
      engine.start();
      for (int i = 0; i < 40; i++) {
        happens(engine, "d" + i, "t");
      }
      for (int stuck = 4; stuck <= 16; stuck += 4) {
        assertEquals(stuck, calls.size());
        clock.turn(LEASE);
        assertEquals(stuck, health(engine, Channel.NOTIFICATIONS).stuckCalls());
      }
      clock.turn(LEASE.multipliedBy(10));
      assertEquals(16, calls.size());
      while (!calls.isEmpty()) {
        calls.remove().run();
        clock.work();
      }
      assertEquals(0, health(engine, Channel.NOTIFICATIONS).stuckCalls());
      assertEquals(40, told.size());
    }
  }

  @Test
  void one_failed_call_counts_once_however_many_devices_it_was_for() {
    FakeMdm mdm = new FakeMdm().misbehaving(() -> Fault.THROWS);
    PolicyEngineBuilder with = builder().labelSync(mdm);
    try (PolicyEngine engine = with.build()) {
      engine.start();
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String device = "d" + i;
        answers.add(
            engine.submit(
                new Submission("n" + i, device, new DeviceEnrolled("root", Platform.IOS))));
        answers.add(
            engine.submit(new Submission("t" + i, device, new ThreatDetected("m", "ACTIVE_MITM"))));
      }
      clock.work();
      assertTrue(answers.stream().allMatch(CompletableFuture::isDone));
      for (int failures = 1; failures <= 4; failures++) {
        calls.remove().run();
        clock.work();
        assertFalse(health(engine, Channel.LABELS).down(), failures + " failures");
        while (calls.isEmpty()) {
          clock.turn(MOST);
        }
      }
      calls.remove().run();
      clock.work();
      assertTrue(health(engine, Channel.LABELS).down());
      assertEquals(250, told.size());
    }
  }

  @Test
  void a_connector_that_answers_for_some_devices_is_not_down() {
    MdmLabelSync half = except("lost", Outcome.retryLater("planted"), new ArrayList<>());
    PolicyEngineBuilder with = builder().labelSync(half);
    try (PolicyEngine engine = with.build()) {
      engine.start();
      happens(engine, "lost", "m");
      for (int i = 0; i < 20; i++) {
        happens(engine, "d" + i, "m");
        runCalls();
        clock.turn(Duration.ofHours(1));
        assertFalse(health(engine, Channel.LABELS).down());
      }
    }
  }

  /** An MDM that brings all devices but one; tells for how many it was called each time. */
  private static MdmLabelSync except(String device, Outcome outcome, List<Integer> called) {
    FakeMdm mdm = new FakeMdm();
    return new MdmLabelSync() {
      @Override
      public Map<String, Outcome> bring(List<LabelTarget> targets) throws Exception {
        called.add(targets.size());
        Map<String, Outcome> outcomes = new HashMap<>(mdm.bring(targets));
        outcomes.computeIfPresent(device, (it, done) -> outcome);
        return outcomes;
      }

      @Override
      public LabelPage read(Optional<String> page) throws Exception {
        return mdm.read(page);
      }
    };
  }

  private void runCalls() {
    while (!calls.isEmpty()) {
      calls.remove().run();
      clock.work();
    }
  }

  @Test
  void while_the_other_side_is_busy_nobody_is_called() {
    Instant free = START.plus(Duration.ofMinutes(10));
    List<String> called = new ArrayList<>();
    PolicyEngineBuilder with =
        builder()
            .deviceNotifier(
                noting(
                    called,
                    () ->
                        clock.instant().isBefore(free)
                            ? Outcome.busy("too many requests", free)
                            : Outcome.done()));
    try (PolicyEngine engine = with.build()) {
      engine.start();
      for (int i = 0; i < 20; i++) {
        happens(engine, "d" + i, "t" + i);
      }
      assertTrue(calls.size() > 1); // some are about to call when the first is turned away
      runCalls();
      happens(engine, "late", "last");
      for (int second = 1; second < 600; second++) {
        clock.turn(Duration.ofSeconds(1));
        runCalls();
      }
      assertEquals(1, called.size());
      assertEquals(1, told.size());
      assertFalse(health(engine, Channel.NOTIFICATIONS).down());
      clock.turn(Duration.ofMinutes(1));
      runCalls();
      assertEquals(1 + 21, called.size());
      assertEquals(1 + 21, told.size());
    }
  }

  @Test
  void one_device_that_is_to_be_tried_later_keeps_no_other_waiting() {
    Instant free = START.plus(Duration.ofMinutes(10));
    PolicyEngineBuilder with =
        builder()
            .deviceNotifier(
                delivery ->
                    delivery.device().equals("off") && clock.instant().isBefore(free)
                        ? Outcome.retryLater("switched off", free)
                        : Outcome.done());
    try (PolicyEngine engine = with.build()) {
      engine.start();
      happens(engine, "off", "a");
      happens(engine, "on", "b");
      runCalls();
      assertEquals(List.of("retried a: switched off", "delivered b"), told);
    }
  }

  @Test
  void of_a_call_that_was_taken_in_part_the_rest_waits_and_so_do_others() {
    Instant free = START.plus(Duration.ofDays(3));
    List<Integer> called = new ArrayList<>();
    MdmLabelSync half = except("last", Outcome.busy("429", free), called);
    PolicyEngineBuilder with = builder().labelSync(half);
    try (PolicyEngine engine = with.build()) {
      engine.start();
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (String id : List.of("first", "last")) {
        answers.add(
            engine.submit(new Submission("1" + id, id, new DeviceEnrolled("root", Platform.IOS))));
        answers.add(
            engine.submit(new Submission("2" + id, id, new ThreatDetected("m", "ACTIVE_MITM"))));
      }
      clock.work();
      assertTrue(answers.stream().allMatch(CompletableFuture::isDone));
      runCalls();
      assertEquals(List.of(2), called);
      int before = called.size();
      happens(engine, "other", "m");
      clock.turn(Duration.ofHours(23));
      runCalls();
      assertEquals(before, called.size());
      assertFalse(health(engine, Channel.LABELS).down());
      clock.turn(Duration.ofHours(1)); // nobody waits for longer than a day
      runCalls();
      assertTrue(called.size() > before);
    }
  }
}
