package io.riskladder.mdm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.Limits;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mdm.document.DocumentFormat;
import io.riskladder.mdm.document.PolicyDocuments;
import io.riskladder.mdm.document.PolicyFile;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.spi.StoredPolicies;
import io.riskladder.mdm.store.InMemoryDeviceStore;
import io.riskladder.mdm.testkit.TurnedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that change while an engine runs on them. */
final class PolicySourceTest {
  private static final PolicySet FIRST = SimulationTest.policies(Duration.ofDays(1), RiskLevel.LOW);
  private static final PolicySet SECOND =
      SimulationTest.policies(Duration.ofDays(2), RiskLevel.LOW);
  private static final PolicySet THIRD = SimulationTest.policies(Duration.ofDays(3), RiskLevel.LOW);
  private static final PolicySet WITHOUT_ROOT =
      PolicySet.builder().addGroup(DeviceGroup.builder().id("other").build()).build();

  private final TurnedClock clock = TurnedClock.at(Instant.parse("2026-03-02T09:00:00Z"));
  private final InMemoryDeviceStore store = new InMemoryDeviceStore();

  /** A source that a test changes, and that tells only if the test says so. */
  private static final class Changing implements PolicySource {
    private final Optional<Duration> every;
    private PolicySet policies = FIRST;
    private Optional<Exception> failure = Optional.empty();
    private Runnable changed = () -> {};
    private int loads;
    private int subscribed;

    Changing(Optional<Duration> every) {
      this.every = every;
    }

    @Override
    public PolicySet load() throws Exception {
      loads++;
      if (failure.isPresent()) {
        throw failure.get();
      }
      return policies;
    }

    @Override
    public Subscription onChange(Runnable told) {
      changed = told;
      subscribed++;
      return () -> subscribed--;
    }

    @Override
    public Optional<Duration> loadEvery() {
      return every;
    }
  }

  private final Changing looking = new Changing(Optional.of(Duration.ofMinutes(30)));
  private final Changing telling = new Changing(Optional.empty());

  private PolicyEngineBuilder builder(PolicySource source) {
    return PolicyEngine.builder(source).clock(clock).threads(clock.threads()).store(store).seed(7);
  }

  private PolicyEngine started(PolicySource source) {
    PolicyEngine engine = builder(source).build();
    engine.start();
    return engine;
  }

  private List<PolicySet> inForce() {
    return store.policies("default", 0).stream().map(StoredPolicies::policies).toList();
  }

  @Test
  void a_source_is_loaded_as_often_as_it_says_and_no_more_when_the_engine_is_closed() {
    try (PolicyEngine engine = started(looking)) {
      clock.work();
      int before = looking.loads;
      clock.turn(Duration.ofHours(3));
      assertEquals(before + 3, looking.loads); // the clock is turned an hour at a time
      looking.policies = SECOND;
      clock.turn(Duration.ofHours(1));
      assertEquals(List.of(FIRST, SECOND), inForce());
      assertEquals(0, engine.health().storeFailures());
    }
    int before = looking.loads;
    clock.turn(Duration.ofHours(3));
    assertEquals(before, looking.loads);
    assertEquals(0, looking.subscribed);
  }

  @Test
  void a_source_that_tells_is_loaded_when_it_does() {
    try (PolicyEngine engine = started(telling)) {
      telling.policies = SECOND;
      clock.turn(Duration.ofDays(9));
      assertEquals(1, telling.loads);
      telling.changed.run();
      clock.work();
      assertEquals(List.of(FIRST, SECOND), inForce());
      assertTrue(engine.health().running());
    }
  }

  @Test
  void what_was_put_in_force_past_the_source_stays_until_the_source_has_something_new() {
    try (PolicyEngine engine = started(looking)) {
      engine.changePolicies(SECOND, PolicyChangeMode.CONTINUE);
      looking.changed.run();
      clock.turn(Duration.ofHours(5));
      assertEquals(List.of(FIRST, SECOND), inForce());
      looking.policies = THIRD;
      clock.turn(Duration.ofHours(1));
      assertEquals(List.of(FIRST, SECOND, THIRD), inForce());
    }
  }

  @Test
  void two_engines_on_one_source_put_its_change_in_force_once() {
    try (PolicyEngine one = started(looking);
        PolicyEngine other = started(new Forwarding(looking))) {
      looking.policies = SECOND;
      clock.turn(Duration.ofHours(5));
      assertEquals(List.of(FIRST, SECOND), inForce());
      assertTrue(one.health().running() && other.health().running());
    }
  }

  /** The same policies for another engine. */
  private record Forwarding(PolicySource to) implements PolicySource {
    @Override
    public PolicySet load() throws Exception {
      return to.load();
    }

    @Override
    public Optional<Duration> loadEvery() {
      return to.loadEvery();
    }
  }

  @Test
  void a_source_that_fails_changes_nothing_shows_in_the_health_and_is_tried_again() {
    try (PolicyEngine engine = started(looking)) {
      looking.policies = SECOND;
      looking.failure = Optional.of(new IOException("the share is away"));
      clock.turn(Duration.ofHours(2));
      assertEquals(List.of(FIRST), inForce());
      assertTrue(engine.health().storeFailures() > 1);
      looking.failure = Optional.empty();
      clock.turn(Duration.ofHours(1));
      assertEquals(List.of(FIRST, SECOND), inForce());
      assertEquals(0, engine.health().storeFailures());
    }
  }

  @Test
  void policies_that_cannot_be_put_in_force_change_nothing_and_are_tried_once() {
    try (PolicyEngine engine =
        builder(looking).limits(Limits.builder().groups(20).build()).build()) {
      engine.start();
      CompletableFuture<Answer> enrolled =
          engine.submit(new Submission("1", "ana", new DeviceEnrolled("root", Platform.IOS)));
      clock.work();
      assertTrue(enrolled.join().effects().isEmpty());
      looking.policies = WITHOUT_ROOT;
      clock.turn(Duration.ofHours(2));
      PolicySet.Builder tooMany = PolicySet.builder();
      for (int i = 0; i < 21; i++) {
        tooMany.addGroup(DeviceGroup.builder().id("g" + i).build());
      }
      looking.policies = tooMany.build();
      clock.turn(Duration.ofHours(2));
      assertEquals(List.of(FIRST), inForce());
      assertEquals(0, engine.health().storeFailures());
      looking.policies = SECOND;
      clock.turn(Duration.ofHours(1));
      assertEquals(List.of(FIRST, SECOND), inForce());
    }
  }

  @Test
  void an_engine_that_does_not_start_leaves_nobody_to_be_told() {
    try (PolicyEngine engine = started(telling)) {
      CompletableFuture<Answer> enrolled =
          engine.submit(new Submission("1", "ana", new DeviceEnrolled("root", Platform.IOS)));
      clock.work();
      assertTrue(enrolled.isDone());
    }
    telling.policies = WITHOUT_ROOT;
    PolicyEngine misfit = builder(telling).build();
    assertThrows(IllegalStateException.class, misfit::start);
    assertEquals(0, telling.subscribed);
    misfit.close();
  }

  @Test
  void an_interval_that_is_none_is_refused_at_the_start() {
    PolicyEngine engine = builder(new Changing(Optional.of(Duration.ZERO))).build();
    assertThrows(IllegalStateException.class, engine::start);
  }

  @Test
  void a_document_that_is_replaced_changes_the_policies_of_an_engine_that_runs(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("policies.yaml");
    Files.writeString(file, PolicyDocuments.write(FIRST, DocumentFormat.YAML));
    try (PolicyEngine engine = started(PolicyFile.at(file))) {
      Files.writeString(file, "groups: {");
      clock.turn(Duration.ofHours(4));
      assertEquals(List.of(FIRST), inForce());
      Files.writeString(file, PolicyDocuments.write(SECOND, DocumentFormat.YAML));
      clock.turn(Duration.ofHours(2));
      assertEquals(List.of(FIRST, SECOND), inForce());
      assertEquals(0, engine.health().storeFailures());
    }
  }
}
