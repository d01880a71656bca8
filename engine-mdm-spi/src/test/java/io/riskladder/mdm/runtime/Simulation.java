package io.riskladder.mdm.runtime;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.Limits;
import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceDisconnected;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.DeviceMoved;
import io.riskladder.core.device.DeviceEvent.DeviceReconnected;
import io.riskladder.core.device.DeviceEvent.DeviceRemoved;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.IssueRestored;
import io.riskladder.core.device.DeviceEvent.PolicyChanged;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.DeviceEvent.TimePassed;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.spi.BlockTarget;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeadLetter;
import io.riskladder.mdm.spi.DeviceCommit;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.EngineListener;
import io.riskladder.mdm.spi.LabelPage;
import io.riskladder.mdm.spi.LabelTarget;
import io.riskladder.mdm.spi.MdmLabelSync;
import io.riskladder.mdm.spi.Outcome;
import io.riskladder.mdm.spi.StoredAnswer;
import io.riskladder.mdm.spi.StoredPolicies;
import io.riskladder.mdm.testkit.FakeHost;
import io.riskladder.mdm.testkit.FakeMdm;
import io.riskladder.mdm.testkit.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Several engines of one tenant on one store, step by step on one thread, by a seed: between any
 * two of their steps, and before and after each call to the store or to a connector, a process may
 * be killed or suspended while others go on and time passes, the store may fail, an answer be lost.
 * Clocks differ and drift. In the end all faults cease, everything is worked off, and what came of
 * it is compared with what the core alone makes of the same events.
 */
final class Simulation {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
  private static final List<String> KINDS =
      List.of("OUT_OF_DATE_OS", "ACTIVE_MITM", "NO_DEVICE_LOCK");
  private static final int DEVICES = 4;

  /** A process with an engine, whose steps the simulation takes. */
  private final class Instance {
    private final Duration clockError;
    private final FaultyStore store;
    private final Intake intake;
    private final Backlog backlog;
    private final Map<Channel, Courier> couriers = new EnumMap<>(Channel.class);
    private final Reconciler reconciler;
    private final Policies policies;
    private boolean isAway;

    Instance() {
      clockError = Duration.ofMillis(random.nextLong(-2_000, 2_000));
      store = new FaultyStore(kept, () -> happening(this), journal);
      policies = Policies.read(tenant, kept, Limits.defaults());
      Tenancy tenancy = new Tenancy(tenant, store, List.of(listener), () -> {});
      Set<Channel> all = Set.of(Channel.values());
      Decisions decisions = new Decisions(policies, all, random.split());
      intake = new Intake(tenancy, decisions, 1 + random.nextInt(5), 1_000);
      backlog = new Backlog(tenancy, policies, decisions, LEASE, 1 + random.nextInt(5));
      MdmLabelSync sync = new WatchedMdm(this);
      WatchedHost to = new WatchedHost(this);
      for (Connector connector :
          List.of(
              Connector.labels(sync),
              Connector.notifications(delivery -> to.call(() -> host.notifyDevice(delivery))),
              Connector.mail(delivery -> to.call(() -> host.send(delivery))),
              Connector.issues(delivery -> to.call(() -> host.record(delivery))),
              Connector.protection(target -> to.block(target)))) {
        Courier.Terms terms =
            new Courier.Terms(
                new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1)),
                LEASE,
                CALL_TIMEOUT,
                Duration.ofDays(300),
                3,
                new Limiter(null, null));
        couriers.put(
            connector.channel(),
            new Courier(
                tenancy,
                connector,
                terms,
                () -> policies.known().labelNames(),
                this::now,
                random.split()));
      }
      reconciler =
          new Reconciler(
              tenancy,
              sync,
              new Question<>(Runnable::run, CALL_TIMEOUT, () -> {}),
              new RateLimit(1_000, Duration.ofSeconds(1)),
              () -> policies.known().labelNames());
    }

    Instant now() {
      return time.plus(clockError);
    }

    void deliver(Channel channel) {
      Courier courier = requireNonNull(couriers.get(channel));
      for (List<Errand> errands : courier.claim(2, now())) {
        courier.run(errands, () -> {});
        courier.settle(errands, now());
        if (channel == Channel.PROTECTION) { // if it was late, the store knows now
          errands.forEach(errand -> lateBlocks.remove(errand.lane().device()));
        }
      }
    }
  }

  /** The MDM as a process sees it: things happen before and after each call. */
  private final class WatchedMdm implements MdmLabelSync {
    private final Instance by;

    WatchedMdm(Instance by) {
      this.by = by;
    }

    @Override
    public Map<String, Outcome> bring(List<LabelTarget> targets) throws Exception {
      happening(by);
      Map<String, Outcome> outcomes = mdm.bring(targets);
      happening(by);
      return outcomes;
    }

    @Override
    public LabelPage read(Optional<String> page) {
      happening(by);
      return mdm.read(page);
    }
  }

  /** The host as a process sees it. */
  private final class WatchedHost {
    private final Instance by;

    WatchedHost(Instance by) {
      this.by = by;
    }

    Outcome call(Callable<Outcome> call) throws Exception {
      Instant begun = time;
      happening(by);
      if (Duration.between(begun, time).compareTo(CALL_TIMEOUT) > 0) {
        late = true; // what it does now may come after what others did since
      }
      try {
        return call.call();
      } finally {
        late = false;
        happening(by);
      }
    }

    Outcome block(BlockTarget target) throws Exception {
      return call(
          () -> {
            if (late) {
              lateBlocks.add(target.device());
            }
            return host.apply(target);
          });
    }
  }

  private final long seed;
  private final String tenant;
  private final SplittableRandom random;
  private final DeviceStore kept;
  private final List<DeviceCommit> journal = new ArrayList<>();
  private final FakeMdm mdm = new FakeMdm();
  private final FakeHost host = new FakeHost();
  private final Set<String> superseded = new HashSet<>();

  /** Refused once; if that could not be kept they were tried again, and may have come then. */
  private final Set<String> givenUp = new HashSet<>();

  private final Set<String> lateBlocks = new HashSet<>();
  private final Map<String, Submission> submitted = new LinkedHashMap<>();
  private final Map<String, List<CompletableFuture<Answer>>> answers = new HashMap<>();
  private final Map<Instance, List<CompletableFuture<Answer>>> asked = new HashMap<>();

  /** The events that each process was the only one to be handed, in order. */
  private final Map<Instance, List<String>> handedIn = new HashMap<>();

  private final List<Instance> instances = new ArrayList<>();
  private final List<PolicySet> policySets;
  private Instant time = START;
  private boolean chaos = true;
  private boolean late;

  /** Whether processes are suspended: only where they are not is order to be seen from outside. */
  private final boolean suspends;

  /**
   * Whether processes are killed and their store fails them, so that one may forget what it did
   * late. Where it does not, labels have to be right without being compared with the MDM's.
   */
  private final boolean forgets;

  private int depth;

  /** Counts what happened, so that a test can see that it did. */
  final Map<String, Integer> happened = new HashMap<>();

  private final EngineListener listener =
      new EngineListener() {
        @Override
        public void superseded(String tenant, Effect.NotifyDevice effect) {
          superseded.add(effect.id());
        }

        @Override
        public void gaveUp(String tenant, Channel channel, Effect effect, String reason) {
          givenUp.add(effect.id());
        }
      };

  /**
   * A history that has not begun.
   *
   * @param seed decides what happens
   * @param policySets the policies to begin with, and others
   * @param store an empty store
   */
  Simulation(long seed, List<PolicySet> policySets, DeviceStore store) {
    this(seed, policySets, store, "acme");
  }

  /**
   * A history that has not begun.
   *
   * @param seed decides what happens
   * @param policySets the policies to begin with, and others
   * @param store a store that knows nothing of the tenant
   * @param tenant the tenant's id
   */
  Simulation(long seed, List<PolicySet> policySets, DeviceStore store, String tenant) {
    this.seed = seed;
    this.tenant = tenant;
    this.kept = store;
    this.random = new SplittableRandom(seed);
    this.policySets = policySets;
    this.suspends = random.nextInt(3) > 0;
    this.forgets = random.nextInt(3) > 0;
    kept.addPolicies(
        tenant, new StoredPolicies(0, policySets.get(0), PolicyChangeMode.CONTINUE, START));
    mdm.misbehaving(this::fault);
    host.misbehaving(this::fault);
  }

  private <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private void count(String what) {
    happened.merge(what, 1, Integer::sum);
  }

  private Fault fault() {
    if (!chaos || random.nextInt(5) > 0) {
      return Fault.NONE;
    }
    Fault fault = pick(List.of(Fault.values()));
    count(fault.name());
    return fault;
  }

  /** Before and after each call that a process makes. */
  private void happening(Instance to) {
    if (!chaos) {
      return;
    }
    int what = random.nextInt(200);
    if (what < 3 && forgets) {
      count("killed");
      throw new Killed();
    }
    if (what < 8 && forgets) {
      count("store or network failed");
      throw new IllegalStateException("no connection");
    }
    if (what >= 8 && what < 14 && suspends && depth < 2) {
      count("suspended");
      depth++;
      to.isAway = true;
      try {
        for (int steps = random.nextInt(forgets ? 12 : 60); steps > 0; steps--) {
          step();
        }
      } finally {
        to.isAway = false;
        depth--;
      }
    }
  }

  /** Runs it, lets it come to rest, and checks what came of it. */
  void run(int steps) {
    instances.add(new Instance());
    instances.add(new Instance());
    for (int i = 0; i < steps; i++) {
      step();
    }
    chaos = false;
    settleDown();
    check();
  }

  private void step() {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> submit();
      case 3 -> time = time.plus(jump());
      case 4 -> {
        if (random.nextInt(12) == 0) {
          changePolicies();
        }
      }
      default -> someProcess();
    }
  }

  private Duration jump() {
    return switch (random.nextInt(4)) {
      case 0 -> Duration.ofDays(random.nextInt(1, 9));
      case 1 -> Duration.ofHours(random.nextInt(1, 30));
      default -> Duration.ofSeconds(random.nextInt(1, 400));
    };
  }

  private void submit() {
    List<Instance> here = instances.stream().filter(one -> !one.isAway).toList();
    if (here.isEmpty()) {
      return;
    }
    Submission event;
    if (!submitted.isEmpty() && random.nextInt(4) == 0) {
      event = pick(List.copyOf(submitted.values()));
      count("handed in again");
    } else {
      String id = "e" + submitted.size();
      event =
          new Submission(
              id,
              "d" + random.nextInt(DEVICES),
              event(),
              time.minusMillis(random.nextInt(100_000)).plusNanos(random.nextInt(1, 1_000)));
      submitted.put(id, event);
    }
    Instance to = pick(here);
    CompletableFuture<Answer> answer = to.intake.add(event);
    asked.computeIfAbsent(to, one -> new ArrayList<>()).add(answer);
    if (answers.containsKey(event.id())) {
      handedIn.values().forEach(ids -> ids.remove(event.id()));
    } else {
      handedIn.computeIfAbsent(to, one -> new ArrayList<>()).add(event.id());
    }
    answers.computeIfAbsent(event.id(), id -> new ArrayList<>()).add(answer);
  }

  private DeviceEvent.Reported event() {
    String threat = "t" + random.nextInt(3);
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> new DeviceEnrolled("root", Platform.IOS);
      case 3 -> new DeviceRemoved();
      case 4, 5 -> new ThreatResolved(threat);
      case 6 -> new IssueIgnored(threat, Optional.of("ada"));
      case 7 -> new IssueRestored(threat, Optional.empty());
      case 8 -> new DeviceMoved(random.nextBoolean() ? "root" : "wards");
      case 9 -> new DeviceDisconnected();
      case 10 -> new DeviceReconnected();
      default -> new ThreatDetected(threat, pick(KINDS));
    };
  }

  private void changePolicies() {
    int version = kept.policies(tenant, 0).size();
    PolicyChangeMode mode = pick(List.of(PolicyChangeMode.values()));
    PolicySet next = pick(policySets);
    Instant at = time.plusNanos(random.nextInt(1_000, 1_000_000)); // an instant of its own
    kept.addPolicies(tenant, new StoredPolicies(version, next, mode, at));
    count("policies changed");
  }

  private void someProcess() {
    List<Instance> here = instances.stream().filter(one -> !one.isAway).toList();
    if (here.isEmpty()) {
      return;
    }
    Instance one = pick(here);
    try {
      work(one);
    } catch (Killed killed) {
      instances.remove(one);
      one.intake.close();
      instances.add(new Instance());
    } catch (IllegalStateException failed) {
      count("step failed");
    }
  }

  private void work(Instance one) {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> one.intake.run(one.now());
      case 3 -> one.backlog.enterDue(one.now());
      case 4 -> one.backlog.rollOut(one.now());
      case 5 -> {
        if (forgets && random.nextInt(10) == 0) {
          reconcile(one);
        }
      }
      default -> one.deliver(pick(List.of(Channel.values())));
    }
  }

  private static void reconcile(Instance one) {
    try {
      while (one.reconciler.run(one.now()) == Reconciler.Page.MORE) {
        // the next page
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** No more faults: everything is worked off. */
  private void settleDown() {
    Instance one = new Instance();
    for (int round = 0; round < 200; round++) {
      for (Instance each : instances) {
        while (each.intake.run(each.now())) {
          // more
        }
      }
      for (Submission event : submitted.values()) { // hosts do so that have no answer
        answers.computeIfAbsent(event.id(), id -> new ArrayList<>()).add(one.intake.add(event));
      }
      while (one.intake.run(one.now())) {
        // more
      }
      while (one.backlog.rollOut(one.now()) || one.backlog.enterDue(one.now())) {
        // more
      }
      for (Channel channel : Channel.values()) {
        one.deliver(channel);
      }
      if (forgets) {
        reconcile(one);
      }
      time = time.plus(Duration.ofMinutes(10));
      if (round > 2 && isQuiet()) {
        return;
      }
    }
    throw new AssertionError("seed " + seed + ": does not come to rest");
  }

  private boolean isQuiet() {
    return kept.figures(tenant).waiting().isEmpty()
        && kept.figures(tenant).nextDue().filter(due -> due.isBefore(time)).isEmpty();
  }

  private void check() {
    String where = "seed " + seed;
    Map<String, Effect> expected = new LinkedHashMap<>();
    Map<String, DeviceState> states = replay(where, expected);
    Map<String, EnrolledDevice> enrolled = new HashMap<>();
    states.forEach(
        (id, state) -> {
          if (state instanceof EnrolledDevice device) {
            enrolled.put(id, device);
          }
        });
    Map<String, EnrolledDevice> stored = new HashMap<>();
    kept.scan(tenant, Optional.empty(), 100)
        .forEach(device -> stored.put(device.state().id(), device.state()));
    assertEquals(enrolled, stored, where);
    checkEvents(where);
    checkDeliveries(where, expected);
    checkSuperseded(where, expected);
    checkLevels(where, stored);
  }

  /** {@return what the core alone makes of what was kept, in the order in which it was kept} */
  private Map<String, DeviceState> replay(String where, Map<String, Effect> effects) {
    List<StoredPolicies> versions = kept.policies(tenant, 0);
    PolicyArchive archive = PolicyArchive.startingWith(policySets.get(0).compile());
    List<PolicyArchive> archives = new ArrayList<>(List.of(archive));
    for (StoredPolicies version : versions.subList(1, versions.size())) {
      archive = archive.replacedBy(version.policies().compile());
      archives.add(archive);
    }
    Map<String, DeviceState> states = new HashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    for (DeviceCommit commit : journal) {
      String id = commit.device();
      DeviceState state = states.getOrDefault(id, DeviceState.unknown(id));
      List<Effect> made = new ArrayList<>();
      if (state instanceof EnrolledDevice) {
        for (int v = seen.getOrDefault(id, 0) + 1;
            v <= versions.size() - 1 && v <= commit.policies();
            v++) {
          StoredPolicies next = versions.get(v);
          PolicyChanged change = new PolicyChanged(v, next.mode());
          Decision decision = state.decide(archives.get(v), change, next.at(), v);
          state = decision.state();
          made.addAll(decision.effects());
        }
      }
      for (StoredAnswer answer : commit.answers()) {
        Submission event = requireNonNull(submitted.get(answer.event()));
        PolicyArchive under = archives.get(Math.min(commit.policies(), archives.size() - 1));
        Instant at = event.at().filter(then -> then.isBefore(answer.at())).orElse(answer.at());
        Decision decision = state.decide(under, event.event(), at, Decisions.number(event.id()));
        state = decision.state();
        made.addAll(decision.effects());
      }
      if (commit.answers().isEmpty() && !Optional.of(state).equals(commit.state())) {
        Decision decision =
            state.decide(archive, new TimePassed(), commit.state().orElseThrow().lastSeen(), 0);
        state = decision.state();
        made.addAll(decision.effects());
      }
      made.removeIf(effect -> Channel.of(effect.type()).isEmpty());
      assertEquals(made, commit.postings(), where);
      assertEquals(
          commit.state(),
          state instanceof EnrolledDevice device ? Optional.of(device) : Optional.empty(),
          where);
      made.forEach(effect -> assertEquals(null, effects.put(effect.id(), effect), where));
      states.put(id, state);
      seen.put(id, commit.policies());
    }
    return states;
  }

  /** Every event was kept exactly once, and who had an answer had that one. */
  private void checkEvents(String where) {
    Map<String, StoredAnswer> keptAnswers = new HashMap<>();
    for (DeviceCommit one : journal) {
      for (StoredAnswer answer : one.answers()) {
        assertEquals(null, keptAnswers.put(answer.event(), answer), where + ": applied twice");
      }
    }
    assertEquals(submitted.keySet(), keptAnswers.keySet(), where);
    for (Instance alive : instances) {
      for (CompletableFuture<Answer> answer : asked.getOrDefault(alive, List.of())) {
        assertTrue(answer.isDone(), where + ": no answer");
      }
      checkOrder(where, alive);
    }
    answers.forEach(
        (id, futures) -> {
          for (CompletableFuture<Answer> future : futures) {
            if (future.isDone() && !future.isCompletedExceptionally()) {
              StoredAnswer answer = requireNonNull(keptAnswers.get(id));
              assertEquals(answer.at(), future.join().at(), where);
              assertEquals(answer.rejection(), future.join().rejection(), where);
            }
          }
        });
  }

  /** Events of one device that a process was handed were taken in that order. */
  private void checkOrder(String where, Instance alive) {
    List<String> taken = new ArrayList<>();
    for (DeviceCommit one : journal) {
      one.answers().forEach(answer -> taken.add(answer.event()));
    }
    Map<String, Integer> last = new HashMap<>();
    for (String id : handedIn.getOrDefault(alive, List.of())) {
      String device = requireNonNull(submitted.get(id)).device();
      int place = taken.indexOf(id);
      assertTrue(last.getOrDefault(device, -1) < place, where + ": order of " + id);
      last.put(device, place);
    }
  }

  /** What was overtaken was overtaken by a message on the same threat of the same device. */
  private void checkSuperseded(String where, Map<String, Effect> expected) {
    Set<String> later = new HashSet<>();
    List<Effect> backwards = new ArrayList<>(expected.values());
    Collections.reverse(backwards);
    for (Effect effect : backwards) {
      if (effect instanceof Effect.NotifyDevice) {
        String threat =
            effect.header().device().orElseThrow() + " " + effect.header().threat().orElseThrow();
        boolean overtaken = !later.add(threat);
        assertTrue(overtaken || !superseded.contains(effect.id()), where + ": not overtaken");
      }
    }
  }

  /** Everything came where it was to come, was given up, or overtaken; and nothing else came. */
  private void checkDeliveries(String where, Map<String, Effect> expected) {
    Map<String, DeadLetter> dead = new HashMap<>();
    kept.deadLetters(tenant, 0, 10_000).forEach(one -> dead.put(one.effect().id(), one));
    for (Channel channel : List.of(Channel.NOTIFICATIONS, Channel.MAIL, Channel.ISSUES)) {
      Set<String> came = new HashSet<>();
      Map<String, List<String>> order = new HashMap<>();
      for (Effect effect : host.received(channel)) {
        assertEquals(expected.get(effect.id()), effect, where + ": not what was kept");
        came.add(effect.id());
        order
            .computeIfAbsent(effect.header().device().orElseThrow(), d -> new ArrayList<>())
            .add(effect.id());
      }
      Set<String> missing = new TreeSet<>();
      Map<String, List<String>> wanted = new HashMap<>();
      expected.forEach(
          (id, effect) -> {
            if (Channel.of(effect.type()).equals(Optional.of(channel))) {
              if (came.contains(id)) {
                wanted
                    .computeIfAbsent(effect.header().device().orElseThrow(), d -> new ArrayList<>())
                    .add(id);
              } else if (!dead.containsKey(id)
                  && !(channel == Channel.NOTIFICATIONS && superseded.contains(id))) {
                missing.add(id);
              }
            }
          });
      assertEquals(Set.of(), missing, where + ": lost on " + channel);
      if (!suspends) {
        wanted.values().forEach(ids -> ids.removeAll(givenUp));
        order.values().forEach(ids -> ids.removeAll(givenUp));
        assertEquals(wanted, order, where + ": out of order on " + channel);
      }
    }
    assertTrue(kept.figures(tenant).waiting().isEmpty(), where);
  }

  private void checkLevels(String where, Map<String, EnrolledDevice> stored) {
    Set<String> refused = new HashSet<>();
    kept.deadLetters(tenant, 0, 10_000)
        .forEach(one -> refused.add(one.channel() + one.effect().header().device().orElseThrow()));
    for (int i = 0; i < DEVICES; i++) {
      String id = "d" + i;
      EnrolledDevice device = stored.get(id);
      DesiredState desired = device == null ? DesiredState.nothing() : device.desired();
      if (!refused.contains(Channel.LABELS + id)) {
        assertEquals(Set.copyOf(desired.labels().values()), mdm.labels(id), where + " " + id);
      }
      if (!refused.contains(Channel.PROTECTION + id) && !lateBlocks.contains(id)) {
        assertEquals(desired.block(), host.block(id), where + " " + id);
      }
    }
  }
}
