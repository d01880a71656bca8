package io.riskladder.mdm.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Block;
import io.riskladder.core.device.Cause;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectHeader;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.IssueState;
import io.riskladder.core.device.PolicyBasis;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.device.RejectionReason;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeadLetter;
import io.riskladder.mdm.spi.DeviceCommit;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.Lane;
import io.riskladder.mdm.spi.LaneResult;
import io.riskladder.mdm.spi.StoredAnswer;
import io.riskladder.mdm.spi.StoredDevice;
import io.riskladder.mdm.spi.StoredPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.sqlite.SQLiteDataSource;

/** The same calls, whatever they are, have the same results on tables as in memory. */
@SuppressWarnings("NullAway.Init") // what is static is set before all properties
final class StoreModelTest {
  private static final AtomicInteger TENANTS = new AtomicInteger();
  private static final int STEPS = 60;
  private static Path folder;
  private static DeviceStore sqlite;
  private static DeviceStore postgres;

  @BeforeContainer
  static void open() throws IOException, SQLException {
    folder = Files.createTempDirectory("riskladder");
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("store.db"));
    sqlite = JdbcDeviceStore.on(source);
    postgres = JdbcDeviceStore.on(PostgresServer.sharedAndBare());
  }

  @AfterContainer
  static void close() throws Exception {
    postgres.close();
    sqlite.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(seed = "20260301")
  void sqlite_does_what_memory_does(@ForAll long seed) {
    new Run(new InMemoryDeviceStore(), sqlite, seed).go();
  }

  @Property(tries = 60, seed = "20260301")
  void postgresql_does_what_memory_does(@ForAll long seed) {
    new Run(new InMemoryDeviceStore(), postgres, seed).go();
  }

  /** All that was seen over many runs: what never happens would not be compared. */
  @Property(tries = 1)
  void the_calls_reach_what_they_are_to_reach() {
    Map<String, Integer> seen = new TreeMap<>();
    for (long seed = 0; seed < 400; seed++) {
      Run run = new Run(new InMemoryDeviceStore(), new InMemoryDeviceStore(), seed);
      run.go();
      run.seen.forEach((what, times) -> seen.merge(what, times, Integer::sum));
    }

    for (String what :
        List.of(
            "kept",
            "left",
            "due claimed",
            "outdated claimed",
            "lanes claimed",
            "empty level",
            "late",
            "settled",
            "buried",
            "taken",
            "delivered again",
            "forgotten",
            "removed")) {
      assertTrue(seen.getOrDefault(what, 0) >= 40, () -> what + ": " + seen);
    }
  }

  /** One random sequence of calls on two stores. */
  private static final class Run {
    private final DeviceStore model;
    private final DeviceStore other;
    private final Random random;
    private final String[] tenants = {
      "t" + TENANTS.incrementAndGet(), "\u0000'\"" + TENANTS.incrementAndGet()
    };
    private final List<Claimed> claimed = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private long lastRevision;
    private int lastEffect;

    /** The same lane, as each store gave it. */
    private record Claimed(String tenant, Lane inModel, Lane inOther) {
      /** Whether the same lane was claimed anew since. */
      boolean isLate(List<Claimed> all) {
        return all.stream()
            .skip(all.indexOf(this) + 1L)
            .anyMatch(
                later ->
                    later.tenant.equals(tenant)
                        && LaneKey.of(later.inModel).equals(LaneKey.of(inModel)));
      }
    }

    Run(DeviceStore model, DeviceStore other, long seed) {
      this.model = model;
      this.other = other;
      this.random = new Random(seed);
    }

    void go() {
      for (int i = 0; i < STEPS; i++) {
        step(tenants[random.nextInt(5) == 0 ? 1 : 0]);
      }
      for (String tenant : tenants) {
        compareAll(tenant);
      }
    }

    private void step(String tenant) {
      switch (random.nextInt(16)) {
        case 0, 1, 2, 3 -> commit(tenant);
        case 4 -> claimDue(tenant);
        case 5 -> claimOutdated(tenant);
        case 6, 7, 8 -> claimLanes(tenant);
        case 9, 10, 11 -> settle();
        case 12 -> takeDeadLetters(tenant);
        case 13 -> forget(tenant);
        case 14 -> addPolicies(tenant);
        default -> compareAll(tenant);
      }
    }

    private void saw(String what, int times) {
      seen.merge(what, times, Integer::sum);
    }

    private Instant instant() {
      return Instant.parse("2026-03-01T12:00:00.999999995Z").plusNanos(random.nextInt(10));
    }

    private String id() {
      return List.of("a", "A", "a ", "\u00e4").get(random.nextInt(4));
    }

    private void commit(String tenant) {
      Map<String, StoredDevice> there = model.load(tenant, List.of("a", "A", "a ", "\u00e4"));
      List<DeviceCommit> commits = new ArrayList<>();
      Set<String> ids = new TreeSet<>();
      for (int i = 0; i < 1 + random.nextInt(3); i++) {
        ids.add(id());
      }
      for (String id : ids) {
        long revision = there.containsKey(id) ? there.get(id).revision() : StoredDevice.NONE;
        boolean removed = random.nextInt(5) == 0;
        saw("removed", removed ? 1 : 0);
        commits.add(
            new DeviceCommit(
                id,
                random.nextInt(6) == 0 ? random.nextInt(3) : revision,
                ++lastRevision,
                removed ? Optional.empty() : Optional.of(state(id)),
                random.nextInt(4),
                answers(id),
                effects(id)));
      }
      Instant now = instant();
      Set<String> left = model.commit(tenant, commits, now);
      saw("left", left.size());
      saw("kept", commits.size() - left.size());
      assertEquals(left, other.commit(tenant, commits, now));
    }

    private EnrolledDevice state(String id) {
      EnrolledDevice.Builder state =
          EnrolledDevice.builder()
              .id(id)
              .group("all")
              .platform(Platform.IOS)
              .desired(
                  new DesiredState(
                      RiskLevel.LOW,
                      random.nextBoolean() ? Block.NONE : Block.INTERNET,
                      Map.of(),
                      new TreeSet<>()))
              .lastSeen(instant());
      if (random.nextBoolean()) {
        state.threats(
            Map.of(
                "t",
                ThreatState.builder()
                    .id("t")
                    .classification("OUT_OF_DATE_OS")
                    .entered(Instant.EPOCH)
                    .nextDue(Optional.of(instant()))
                    .issue(IssueState.OPEN)
                    .build()));
      }
      return state.build();
    }

    private List<StoredAnswer> answers(String device) {
      return Stream.generate(() -> "e" + random.nextInt(25))
          .limit(random.nextInt(3))
          .map(
              event ->
                  new StoredAnswer(
                      event,
                      device,
                      instant(),
                      random.nextBoolean()
                          ? Optional.empty()
                          : Optional.of(RejectionReason.NO_ISSUE)))
          .toList();
    }

    private List<Effect> effects(String device) {
      return Stream.generate(() -> effect(device)).limit(random.nextInt(4)).toList();
    }

    private Effect effect(String device) {
      EffectHeader.Builder header =
          EffectHeader.builder()
              .at(instant())
              .id("x" + ++lastEffect)
              .device(device)
              .cause(Cause.DUE);
      return switch (random.nextInt(3)) {
        case 0 -> new Effect.AddLabel(header.build(), "High");
        case 1 -> new Effect.Unblock(header.build());
        default ->
            new Effect.IssueOpened(
                header
                    .threat("t")
                    .classification("OUT_OF_DATE_OS")
                    .basis(new PolicyBasis(0, Optional.of("all"), 0))
                    .build(),
                RiskLevel.LOW);
      };
    }

    private void claimDue(String tenant) {
      Instant now = instant();
      Instant until = instant();
      int limit = random.nextInt(5);
      List<StoredDevice> devices = model.claimDue(tenant, now, until, limit);
      saw("due claimed", devices.size());
      assertEquals(devices, other.claimDue(tenant, now, until, limit));
    }

    private void claimOutdated(String tenant) {
      int version = random.nextInt(4);
      Instant now = instant();
      Instant until = instant();
      List<StoredDevice> devices = model.claimOutdated(tenant, version, now, until, 100);
      saw("outdated claimed", devices.size());
      assertEquals(
          new HashSet<>(devices),
          new HashSet<>(other.claimOutdated(tenant, version, now, until, 100)));
    }

    private void claimLanes(String tenant) {
      Channel channel =
          List.of(Channel.LABELS, Channel.PROTECTION, Channel.ISSUES).get(random.nextInt(3));
      Instant now = instant();
      Instant until = instant();
      int limit = random.nextInt(5);
      int perDevice = 1 + random.nextInt(4);
      List<Lane> lanes = model.claimLanes(tenant, channel, now, until, limit, perDevice);
      List<Lane> others = other.claimLanes(tenant, channel, now, until, limit, perDevice);
      assertEquals(
          lanes.stream().map(Run::withoutNumbers).toList(),
          others.stream().map(Run::withoutNumbers).toList());
      saw("lanes claimed", lanes.size());
      for (int i = 0; i < lanes.size(); i++) {
        saw("empty level", lanes.get(i).waiting().isEmpty() ? 1 : 0);
        claimed.add(new Claimed(tenant, lanes.get(i), others.get(i)));
      }
    }

    private static List<Object> withoutNumbers(Lane lane) {
      return List.of(
          lane.channel(),
          lane.device(),
          lane.failures(),
          lane.waiting().stream().map(Lane.Waiting::effect).toList(),
          lane.waiting().stream().map(Lane.Waiting::posted).toList(),
          lane.desired());
    }

    /** Settles some of what was ever claimed, late ones and settled ones too. */
    private void settle() {
      if (claimed.isEmpty()) {
        return;
      }
      Claimed first = claimed.get(claimed.size() - 1 - random.nextInt(Math.min(6, claimed.size())));
      List<LaneResult> inModel = new ArrayList<>();
      List<LaneResult> inOther = new ArrayList<>();
      Set<LaneKey> once = new HashSet<>();
      for (Claimed lane : claimed) {
        boolean chosen = lane.equals(first) || random.nextInt(4) == 0;
        if (chosen
            && lane.tenant().equals(first.tenant())
            && once.add(LaneKey.of(lane.inModel()))) {
          settle(lane, inModel, inOther);
          saw("late", lane.isLate(claimed) ? 1 : 0);
        }
      }
      Instant now = instant();
      long before = model.figures(first.tenant()).deadLetters();
      model.settle(first.tenant(), inModel, now);
      other.settle(first.tenant(), inOther, now);
      saw("settled", inModel.size());
      saw("buried", (int) (model.figures(first.tenant()).deadLetters() - before));
      if (random.nextBoolean()) {
        claimed.remove(first);
      }
    }

    private void settle(Claimed lane, List<LaneResult> inModel, List<LaneResult> inOther) {
      List<Integer> gone = new ArrayList<>();
      Map<Integer, String> dead = new HashMap<>();
      for (int i = 0; i < lane.inModel().waiting().size(); i++) {
        switch (random.nextInt(4)) {
          case 0, 1 -> gone.add(i);
          case 2 -> dead.put(i, "reason " + random.nextInt());
          default -> {} // stays
        }
      }
      int failures = random.nextInt(3);
      Instant notBefore = instant();
      inModel.add(result(lane.inModel(), gone, dead, failures, notBefore));
      inOther.add(result(lane.inOther(), gone, dead, failures, notBefore));
    }

    private static LaneResult result(
        Lane lane, List<Integer> gone, Map<Integer, String> dead, int failures, Instant until) {
      Map<Long, String> reasons = new HashMap<>();
      dead.forEach((place, reason) -> reasons.put(number(lane, place), reason));
      return new LaneResult(
          lane, gone.stream().map(place -> number(lane, place)).toList(), reasons, failures, until);
    }

    private static long number(Lane lane, int place) {
      return lane.waiting().get(place).number();
    }

    private void takeDeadLetters(String tenant) {
      List<DeadLetter> inModel = model.deadLetters(tenant, 0, 100);
      List<DeadLetter> inOther = other.deadLetters(tenant, 0, 100);
      List<Long> ofModel = new ArrayList<>();
      List<Long> ofOther = new ArrayList<>();
      for (int i = 0; i < inModel.size(); i++) {
        if (random.nextBoolean()) {
          ofModel.add(inModel.get(i).number());
          ofOther.add(inOther.get(i).number());
        }
      }
      boolean deliver = random.nextBoolean();
      Instant now = instant();
      int taken = model.takeDeadLetters(tenant, ofModel, deliver, now);
      saw("taken", taken);
      saw("delivered again", deliver ? taken : 0);
      assertEquals(taken, other.takeDeadLetters(tenant, ofOther, deliver, now));
    }

    private void forget(String tenant) {
      Instant before = instant();
      int forgotten = model.forgetAnswers(tenant, before, 100);
      saw("forgotten", forgotten);
      assertEquals(forgotten, other.forgetAnswers(tenant, before, 100));
    }

    private void addPolicies(String tenant) {
      StoredPolicies next =
          new StoredPolicies(
              random.nextInt(4),
              PolicySet.builder()
                  .name("n" + random.nextInt())
                  .addGroups(DeviceGroup.builder().id("all").build())
                  .build(),
              PolicyChangeMode.PIN,
              instant());
      assertEquals(model.addPolicies(tenant, next), other.addPolicies(tenant, next));
      assertEquals(model.policies(tenant, 1), other.policies(tenant, 1));
    }

    private void compareAll(String tenant) {
      List<String> ids = List.of("a", "A", "a ", "\u00e4", "unknown");
      List<String> events = Stream.iterate(0, i -> i + 1).limit(26).map(i -> "e" + i).toList();
      assertEquals(model.load(tenant, ids), other.load(tenant, ids));
      assertEquals(model.answers(tenant, events), other.answers(tenant, events));
      assertEquals(model.figures(tenant), other.figures(tenant));
      assertEquals(
          new HashSet<>(model.scan(tenant, Optional.empty(), 100)),
          new HashSet<>(other.scan(tenant, Optional.empty(), 100)));
      assertEquals(model.policies(tenant, 0), other.policies(tenant, 0));
      assertEquals(letters(model, tenant), letters(other, tenant));
    }

    private static List<DeadLetter> letters(DeviceStore store, String tenant) {
      return store.deadLetters(tenant, 0, 100).stream()
          .map(l -> new DeadLetter(1, l.channel(), l.effect(), l.reason(), l.at()))
          .toList();
    }
  }
}
