package io.riskladder.mdm.runtime;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.reflect.Reflection;
import io.riskladder.core.device.Block;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.device.RejectionReason;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeadLetter;
import io.riskladder.mdm.spi.DeviceNotifier;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.EngineListener;
import io.riskladder.mdm.spi.LabelPage;
import io.riskladder.mdm.spi.LabelTarget;
import io.riskladder.mdm.spi.MdmLabelSync;
import io.riskladder.mdm.spi.Outcome;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.store.InMemoryDeviceStore;
import io.riskladder.mdm.store.JdbcDeviceStore;
import io.riskladder.mdm.testkit.FakeHost;
import io.riskladder.mdm.testkit.FakeMdm;
import io.riskladder.mdm.testkit.Fault;
import io.riskladder.mdm.testkit.TurnedClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

final class PolicyEngineTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final PolicySet POLICIES =
      SimulationTest.policies(Duration.ofDays(7), RiskLevel.ADVISORY);

  private final TurnedClock clock = TurnedClock.at(START);
  private final FakeMdm mdm = new FakeMdm();
  private final FakeHost host = new FakeHost();
  private final InMemoryDeviceStore store = new InMemoryDeviceStore();
  private int events;

  private PolicyEngineBuilder builder() {
    return PolicyEngine.builder(PolicySource.of(POLICIES))
        .clock(clock)
        .threads(clock.threads())
        .store(store)
        .seed(7)
        .labelSync(mdm)
        .deviceNotifier(host)
        .administratorMailer(host)
        .issueLog(host)
        .threatProtection(host);
  }

  private PolicyEngine started() {
    PolicyEngine engine = builder().build();
    engine.start();
    return engine;
  }

  private CompletableFuture<Answer> submit(
      PolicyEngine engine, String device, DeviceEvent.Reported event) {
    return engine.submit(new Submission("e" + ++events, device, event));
  }

  private static void hear(CompletableFuture<Answer> answer) {
    assertFalse(answer.isCompletedExceptionally());
  }

  private Answer happens(PolicyEngine engine, String device, DeviceEvent.Reported event) {
    CompletableFuture<Answer> answer = submit(engine, device, event);
    clock.work();
    return answer.join();
  }

  private static DeviceEvent.Reported enrolled() {
    return new DeviceEnrolled("root", Platform.IOS);
  }

  private static DeviceEvent.Reported outOfDate() {
    return new ThreatDetected("os-1", "OUT_OF_DATE_OS");
  }

  @Test
  void a_device_that_cannot_be_read_is_named_and_the_others_go_on(@TempDir Path folder)
      throws Exception {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("store.db"));
    try (JdbcDeviceStore onFile = JdbcDeviceStore.on(source);
        PolicyEngine engine = builder().store(onFile).build()) {
      engine.start();
      happens(engine, "ana", enrolled());
      happens(engine, "ben", enrolled());
      run(source, "UPDATE riskladder_device SET state = 'X' || state WHERE device = 'ana'");

      CompletableFuture<Answer> ofAna = submit(engine, "ana", outOfDate());
      CompletableFuture<Answer> ofBen = submit(engine, "ben", outOfDate());
      CompletableFuture<Answer> ofEve = submit(engine, "eve", enrolled());
      clock.work();

      CompletionException refused = assertThrows(CompletionException.class, ofAna::join);
      String why = "device ana: its state cannot be read; was it written by a newer version?";
      assertInstanceOf(IllegalStateException.class, refused.getCause());
      assertEquals(why, requireNonNull(refused.getCause()).getMessage());
      assertEquals(
          why, assertThrows(IllegalStateException.class, () -> engine.device("ana")).getMessage());
      assertEquals(Optional.empty(), ofBen.join().rejection());
      assertEquals(Optional.empty(), ofEve.join().rejection());
      assertEquals(0, engine.health().waitingEvents());

      run(source, "UPDATE riskladder_device SET state = substr(state, 2) WHERE device = 'ana'");
      assertEquals(Optional.empty(), happens(engine, "ana", outOfDate()).rejection(), "mended");
    }
  }

  private static void run(SQLiteDataSource source, String statement) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement plain = connection.createStatement()) {
      plain.execute(statement);
    }
  }

  @Test
  void a_phone_out_of_date_is_reminded_labelled_blocked_and_set_free_when_it_is_updated() {
    try (PolicyEngine engine = started()) {
      happens(engine, "ana", enrolled());
      happens(engine, "ana", outOfDate());
      assertEquals(1, host.received(Channel.NOTIFICATIONS).size());
      assertEquals(List.of(), host.received(Channel.MAIL));
      assertEquals(Set.of(), mdm.labels("ana"));
      clock.turn(Duration.ofDays(7));
      assertEquals(Set.of("MES - Low Risk"), mdm.labels("ana"));
      assertEquals(1, host.received(Channel.MAIL).size());
      clock.turn(Duration.ofDays(7));
      assertEquals(Set.of("MES - Moderate Risk"), mdm.labels("ana"));
      assertEquals(Block.NONE, host.block("ana"));
      clock.turn(Duration.ofDays(7));
      assertEquals(Set.of("MES - High Risk"), mdm.labels("ana"));
      assertInstanceOf(Block.Domains.class, host.block("ana"));
      assertEquals(4, host.received(Channel.NOTIFICATIONS).size());
      happens(engine, "ana", new ThreatResolved("os-1"));
      assertEquals(Set.of(), mdm.labels("ana"));
      assertEquals(Block.NONE, host.block("ana"));
      assertEquals(0, host.repeated());
    }
  }

  @Test
  void an_event_that_comes_again_is_answered_and_not_applied() {
    try (PolicyEngine engine = started()) {
      happens(engine, "ana", enrolled());
      Submission event = new Submission("twice", "ana", outOfDate());
      CompletableFuture<Answer> first = engine.submit(event);
      CompletableFuture<Answer> second = engine.submit(event);
      clock.work();
      assertFalse(first.join().known());
      assertEquals(1, first.join().effects().size());
      assertTrue(second.join().known());
      assertEquals(List.of(), second.join().effects());
      assertEquals(first.join().at(), second.join().at());
      assertEquals(1, host.received(Channel.NOTIFICATIONS).size());
    }
  }

  @Test
  void what_is_rejected_is_answered_with_the_reason() {
    try (PolicyEngine engine = started()) {
      Answer answer = happens(engine, "bo", outOfDate());
      assertEquals(Optional.of(RejectionReason.UNKNOWN_DEVICE), answer.rejection());
      assertEquals(Optional.empty(), engine.device("bo"));
    }
  }

  @Test
  void after_an_outage_rungs_are_entered_at_their_own_instants_and_nobody_is_stormed() {
    List<Instant> entered = new ArrayList<>();
    List<Effect> overtaken = new ArrayList<>();
    EngineListener listener =
        new EngineListener() {
          @Override
          public void rungEntered(String tenant, String device, Instant due, Duration late) {
            entered.add(due);
          }

          @Override
          public void superseded(String tenant, Effect.NotifyDevice effect) {
            overtaken.add(effect);
          }
        };
    try (PolicyEngine engine = builder().listener(listener).build()) {
      engine.start();
      happens(engine, "ana", enrolled());
      happens(engine, "ana", outOfDate());
      clock.jump(START.plus(Duration.ofDays(100)));
      EngineHealth health = engine.health();
      assertEquals(
          new EngineHealth.Lateness(3, Duration.ofDays(93 + 86 + 79), Duration.ofDays(93)),
          health.rungs());
      assertEquals(Duration.ofDays(86), health.rungs().mean());
      EngineHealth.Outcomes messages =
          requireNonNull(health.channels().get(Channel.NOTIFICATIONS)).outcomes();
      assertEquals(2, messages.delivered().count());
      assertEquals(Duration.ofDays(79), messages.delivered().longest());
      assertEquals(2, messages.superseded());
    }
    assertEquals(
        List.of(
            START.plus(Duration.ofDays(7)),
            START.plus(Duration.ofDays(14)),
            START.plus(Duration.ofDays(21))),
        entered);
    assertEquals(2, host.received(Channel.NOTIFICATIONS).size());
    assertEquals(2, overtaken.size());
    assertEquals(Set.of("MES - High Risk"), mdm.labels("ana"));
    assertEquals(1, mdm.writes());
    assertEquals(3, host.received(Channel.ISSUES).size());
  }

  @Test
  void a_connector_that_is_down_is_probed_and_holds_up_no_other() {
    AtomicInteger calls = new AtomicInteger();
    host.misbehaving(
        () -> {
          calls.incrementAndGet();
          return Fault.THROWS;
        });
    try (PolicyEngine engine = started()) {
      for (int i = 0; i < 50; i++) {
        hear(submit(engine, "d" + i, enrolled()));
        hear(submit(engine, "d" + i, new ThreatDetected("mitm", "ACTIVE_MITM")));
      }
      clock.work();
      for (int i = 0; i < 50; i++) {
        assertEquals(Set.of("MES - High Risk"), mdm.labels("d" + i));
      }
      clock.turn(Duration.ofHours(12));
      assertTrue(calls.get() < 300, calls + " calls");
      assertTrue(
          requireNonNull(engine.health().channels().get(Channel.NOTIFICATIONS)).down(),
          engine.health().toString());
      host.misbehaving(() -> Fault.NONE);
      clock.turn(Duration.ofDays(3));
      assertEquals(50, host.received(Channel.NOTIFICATIONS).size());
      assertEquals(50, host.received(Channel.MAIL).size());
      assertEquals(50, host.received(Channel.ISSUES).size());
      assertEquals(0, engine.health().stored().waiting().size());
    }
  }

  @Test
  void what_is_refused_is_a_dead_letter_that_can_be_delivered_after_all() {
    host.misbehaving(() -> Fault.REFUSED);
    try (PolicyEngine engine = started()) {
      happens(engine, "ana", enrolled());
      happens(engine, "ana", outOfDate());
      List<DeadLetter> dead = engine.deadLetters(0, 10);
      assertEquals(1, dead.size());
      EngineHealth.Outcomes messages =
          requireNonNull(engine.health().channels().get(Channel.NOTIFICATIONS)).outcomes();
      assertEquals(1, messages.gaveUp());
      assertEquals(EngineHealth.Lateness.NONE, messages.delivered());
      assertEquals("no such device", dead.get(0).reason());
      host.misbehaving(() -> Fault.NONE);
      assertEquals(1, engine.redeliver(List.of(dead.get(0).number())));
      clock.work();
      assertEquals(List.of(dead.get(0).effect()), host.received(Channel.NOTIFICATIONS));
      assertEquals(List.of(), engine.deadLetters(0, 10));
      assertEquals(0, engine.forget(List.of(dead.get(0).number())));
    }
  }

  @Test
  void a_message_is_as_old_as_it_waits_however_long_ago_it_happened() {
    try (PolicyEngine engine = started()) {
      happens(engine, "ana", enrolled());
      happens(engine, "ana", outOfDate());
    }
    clock.turn(Duration.ofDays(40));
    host.misbehaving(() -> Fault.THROWS);
    try (PolicyEngine engine = started()) {
      clock.turn(Duration.ofDays(6));
      assertEquals(List.of(), engine.deadLetters(0, 10), "rungs of long ago");
      assertEquals(0, host.received(Channel.MAIL).size());

      clock.turn(Duration.ofDays(2));
      List<DeadLetter> dead = engine.deadLetters(0, 10);
      assertEquals(
          Set.of(Channel.NOTIFICATIONS, Channel.MAIL),
          Set.copyOf(dead.stream().map(DeadLetter::channel).toList()));

      host.misbehaving(() -> Fault.NONE);
      int mails = (int) dead.stream().filter(one -> one.channel() == Channel.MAIL).count();
      assertEquals(dead.size(), engine.redeliver(dead.stream().map(DeadLetter::number).toList()));
      clock.turn(Duration.ofDays(2));
      assertEquals(mails, host.received(Channel.MAIL).size(), "not given up at once");
      assertEquals(List.of(), engine.deadLetters(0, 10));
    }
  }

  @Test
  void messages_that_are_too_old_are_given_up_and_labels_never_are() {
    host.misbehaving(() -> Fault.THROWS);
    mdm.misbehaving(() -> Fault.THROWS);
    try (PolicyEngine engine = started()) {
      happens(engine, "ana", enrolled());
      happens(engine, "ana", new ThreatDetected("mitm", "ACTIVE_MITM"));
      clock.turn(Duration.ofDays(9));
      host.misbehaving(() -> Fault.NONE);
      mdm.misbehaving(() -> Fault.NONE);
      clock.turn(Duration.ofHours(2));
      assertEquals(List.of(), host.received(Channel.NOTIFICATIONS));
      assertEquals(1, host.received(Channel.ISSUES).size());
      assertEquals(Set.of("MES - High Risk"), mdm.labels("ana"));
      assertEquals(
          Set.of(Channel.NOTIFICATIONS, Channel.MAIL),
          Set.copyOf(engine.deadLetters(0, 10).stream().map(DeadLetter::channel).toList()));
    }
  }

  @Test
  void drift_is_repaired_among_the_names_that_are_ours_and_a_second_pass_writes_nothing() {
    try (PolicyEngine engine =
        builder().reconcile(Duration.ofHours(3), new RateLimit(5, Duration.ofMinutes(1))).build()) {
      engine.start();
      for (int i = 0; i < 20; i++) {
        hear(submit(engine, "d" + i, enrolled()));
        hear(submit(engine, "d" + i, new ThreatDetected("mitm", "ACTIVE_MITM")));
      }
      clock.turn(Duration.ofHours(1));
      mdm.edit("d3", Set.of("lobby"));
      mdm.edit("d4", Set.of("MES - High Risk", "MES - Low Risk", "lobby"));
      mdm.edit("stranger", Set.of("MES - High Risk"));
      int writes = mdm.writes();
      clock.turn(Duration.ofHours(24));
      assertEquals(Set.of("MES - High Risk", "lobby"), mdm.labels("d3"));
      assertEquals(Set.of("MES - High Risk", "lobby"), mdm.labels("d4"));
      assertEquals(Set.of("MES - High Risk"), mdm.labels("stranger"));
      assertEquals(writes + 2, mdm.writes());
    }
  }

  @Test
  void a_policy_change_reaches_every_device_and_comes_before_anything_else() {
    try (PolicyEngine engine = started()) {
      happens(engine, "ana", enrolled());
      happens(engine, "ana", outOfDate());
      PolicySet stricter = SimulationTest.policies(Duration.ofDays(7), RiskLevel.MEDIUM);
      PolicyAnswer answer = engine.changePolicies(stricter, PolicyChangeMode.CONTINUE);
      assertEquals(new PolicyAnswer(1, Optional.empty()), answer);
      assertEquals(answer, engine.changePolicies(stricter, PolicyChangeMode.CONTINUE));
      clock.work();
      assertEquals(Set.of("MES - Moderate Risk"), mdm.labels("ana"));
      assertEquals(1, engine.device("ana").orElseThrow().policyVersion());
      PolicyAnswer refused =
          engine.changePolicies(
              PolicySet.builder()
                  .addGroup(io.riskladder.core.policy.DeviceGroup.builder().id("elsewhere").build())
                  .build(),
              PolicyChangeMode.CONTINUE);
      assertEquals(1, refused.version());
      assertTrue(refused.misfit().orElseThrow().contains("ana"));
    }
  }

  @Test
  void another_engine_goes_on_where_one_stopped() {
    try (PolicyEngine engine = started()) {
      happens(engine, "ana", enrolled());
      happens(engine, "ana", outOfDate());
    }
    try (PolicyEngine next = started()) {
      clock.turn(Duration.ofDays(7));
      assertEquals(Set.of("MES - Low Risk"), mdm.labels("ana"));
      assertTrue(next.health().running());
    }
  }

  @Test
  void more_than_the_rate_waits_and_nothing_is_lost() {
    try (PolicyEngine engine =
        builder()
            .rate(Channel.NOTIFICATIONS, new RateLimit(2, Duration.ofHours(1)))
            .ratePerRecipient(Channel.MAIL, new RateLimit(3, Duration.ofDays(1)))
            .build()) {
      engine.start();
      for (int i = 0; i < 6; i++) {
        hear(submit(engine, "d" + i, enrolled()));
        hear(submit(engine, "d" + i, new ThreatDetected("mitm", "ACTIVE_MITM")));
      }
      clock.work();
      assertEquals(2, host.received(Channel.NOTIFICATIONS).size());
      assertEquals(3, host.received(Channel.MAIL).size());
      assertEquals(6, host.received(Channel.ISSUES).size());
      clock.turn(Duration.ofHours(3));
      assertEquals(6, host.received(Channel.NOTIFICATIONS).size());
      clock.turn(Duration.ofHours(25));
      assertEquals(6, host.received(Channel.MAIL).size());
    }
  }

  @Test
  void an_engine_says_what_is_wrong_with_how_it_is_used() {
    PolicyEngine engine = builder().build();
    assertThrows(IllegalStateException.class, () -> submit(engine, "ana", enrolled()));
    engine.start();
    assertThrows(IllegalStateException.class, engine::start);
    CompletableFuture<Answer> waiting = submit(engine, "ana", enrolled());
    engine.close();
    engine.close();
    assertClosed(waiting);
    assertClosed(submit(engine, "ana", enrolled()));
    assertThrows(IllegalStateException.class, engine::start);
    assertThrows(
        IllegalStateException.class,
        () -> builder().lease(Duration.ofSeconds(59)).build(),
        "less than two calls");
    assertThrows(
        IllegalStateException.class,
        () ->
            PolicyEngine.builder(PolicySource.of(POLICIES))
                .reconcile(Duration.ofHours(1), new RateLimit(1, Duration.ofSeconds(1)))
                .build());
  }

  private static void assertClosed(CompletableFuture<Answer> answer) {
    CompletionException thrown = assertThrows(CompletionException.class, answer::join);
    assertInstanceOf(EngineClosedException.class, thrown.getCause());
  }

  @Test
  void too_many_waiting_events_are_refused_and_the_others_are_decided() {
    try (PolicyEngine engine = builder().waitingEvents(3).batch(2).build()) {
      engine.start();
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(submit(engine, "d" + i, enrolled()));
      }
      clock.work();
      assertEquals(3, answers.stream().filter(a -> !a.isCompletedExceptionally()).count());
      CompletionException thrown =
          assertThrows(CompletionException.class, () -> answers.get(3).join());
      assertInstanceOf(EngineBusyException.class, thrown.getCause());
    }
  }

  /** With threads of its own: a call that never ends costs a retry. */
  @Test
  @Timeout(60)
  void a_call_that_never_ends_holds_up_nobody_for_ever() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch delivered = new CountDownLatch(1);
    DeviceNotifier slow =
        delivery -> {
          if (calls.incrementAndGet() == 1) {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              interrupted.countDown();
              throw e;
            }
          }
          delivered.countDown();
          return Outcome.done();
        };
    try (PolicyEngine engine =
        PolicyEngine.builder(PolicySource.of(POLICIES))
            .deviceNotifier(slow)
            .callTimeout(Duration.ofMillis(50))
            .poll(Duration.ofMillis(10))
            .retries(new RetryPolicy(Duration.ofMillis(10), Duration.ofMillis(20)))
            .build()) {
      engine.start();
      submit(engine, "ana", enrolled()).join();
      submit(engine, "ana", outOfDate()).join();
      assertTrue(interrupted.await(30, TimeUnit.SECONDS));
      assertTrue(delivered.await(30, TimeUnit.SECONDS));
    }
    assertEquals(2, calls.get());
  }

  /** With one worker: what is asked of the host's code has threads of its own. */
  @Test
  @Timeout(60)
  void labels_that_cannot_be_read_and_policies_that_cannot_be_loaded_hold_up_nobody()
      throws Exception {
    CountDownLatch interrupted = new CountDownLatch(2);
    AtomicInteger loads = new AtomicInteger();
    List<Runnable> changed = new ArrayList<>();
    PolicySource source =
        new PolicySource() {
          @Override
          public PolicySet load() throws InterruptedException {
            if (loads.incrementAndGet() > 1) {
              hang(interrupted);
            }
            return POLICIES;
          }

          @Override
          public Subscription onChange(Runnable run) {
            changed.add(run);
            return () -> {};
          }
        };
    MdmLabelSync sync =
        new MdmLabelSync() {
          @Override
          public Map<String, Outcome> bring(List<LabelTarget> targets) throws Exception {
            return mdm.bring(targets);
          }

          @Override
          public LabelPage read(Optional<String> page) throws InterruptedException {
            hang(interrupted);
            return new LabelPage(Map.of(), Optional.empty());
          }
        };
    try (EngineThreads threads = EngineThreads.of(1);
        PolicyEngine engine =
            PolicyEngine.builder(source)
                .threads(threads)
                .labelSync(sync)
                .reconcile(Duration.ofHours(1), new RateLimit(1, Duration.ofSeconds(1)))
                .callTimeout(Duration.ofMillis(50))
                .poll(Duration.ofMillis(10))
                .closeTimeout(Duration.ofSeconds(1))
                .build()) {
      engine.start();
      changed.get(0).run();
      assertTrue(interrupted.await(30, TimeUnit.SECONDS));
      submit(engine, "ana", enrolled()).join();
      submit(engine, "ana", outOfDate()).join();
    }
  }

  private static void hang(CountDownLatch interrupted) throws InterruptedException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
  }

  @Test
  void a_tenant_with_much_to_do_does_not_keep_another_waiting() {
    int batch = 10;
    long soon = 2L * batch;
    try (PolicyEngine big = builder().tenant("big").waitingEvents(5_000).batch(batch).build();
        PolicyEngine small = builder().tenant("small").build()) {
      big.start();
      small.start();
      List<CompletableFuture<Answer>> many = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        many.add(submit(big, "d" + i, enrolled()));
      }
      CompletableFuture<Long> before =
          submit(small, "ana", enrolled())
              .thenApply(answer -> many.stream().filter(CompletableFuture::isDone).count());
      clock.work();
      assertTrue(before.join() <= soon, before.join() + " were decided before");
      assertTrue(many.stream().allMatch(CompletableFuture::isDone));
    }
  }

  @Test
  void events_that_come_in_do_not_wait_for_all_that_is_overdue() {
    List<String> entered = new ArrayList<>();
    List<PolicyEngine> itself = new ArrayList<>();
    List<CompletableFuture<Integer>> before = new ArrayList<>();
    EngineListener listener =
        new EngineListener() {
          @Override
          public void rungEntered(String tenant, String device, Instant due, Duration late) {
            if (entered.isEmpty()) {
              before.add(
                  submit(itself.get(0), "ana", enrolled()).thenApply(answer -> entered.size()));
            }
            entered.add(device);
          }
        };
    int batch = 10;
    try (PolicyEngine engine = builder().listener(listener).batch(batch).build()) {
      itself.add(engine);
      engine.start();
      for (int i = 0; i < 1_000; i++) {
        hear(submit(engine, "d" + i, enrolled()));
        hear(submit(engine, "d" + i, outOfDate()));
      }
      clock.work();
      clock.jump(START.plus(Duration.ofDays(100)));
      int most = 3 * 2 * batch;
      assertTrue(before.get(0).join() <= most, before.get(0).join() + " rungs before");
      assertEquals(3_000, entered.size());
    }
  }

  @Test
  void rungs_that_could_not_be_kept_do_not_wait_until_their_claim_ends() {
    AtomicInteger faults = new AtomicInteger();
    DeviceStore failing =
        Reflection.newProxy(
            DeviceStore.class,
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit") && faults.getAndDecrement() > 0) {
                throw new IllegalStateException("planted");
              }
              return method.invoke(store, arguments);
            });
    try (PolicyEngine engine = builder().store(failing).lease(Duration.ofHours(5)).build()) {
      engine.start();
      happens(engine, "ana", enrolled());
      happens(engine, "ana", outOfDate());
      faults.set(2);
      clock.turn(Duration.ofDays(7));
      clock.turn(Duration.ofMinutes(1));
      assertEquals(Set.of(), mdm.labels("ana"));
      clock.turn(Duration.ofMinutes(1));
      assertEquals(Set.of("MES - Low Risk"), mdm.labels("ana"));
    }
  }
}
