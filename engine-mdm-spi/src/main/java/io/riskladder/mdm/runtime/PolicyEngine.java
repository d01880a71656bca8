package io.riskladder.mdm.runtime;

import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.device.PolicyFit;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.InvalidPolicyException;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeadLetter;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.EngineListener;
import io.riskladder.mdm.spi.LabelPage;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.spi.StoredDevice;
import io.riskladder.mdm.spi.StoredPolicies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of one tenant: takes events, decides, keeps what it decided, enters rungs when they
 * are due, and has the host's connectors deliver what follows. Several engines of a tenant, in
 * several processes, may work on one store; engines of many tenants may share {@link
 * EngineThreads}.
 *
 * <p>What is guaranteed, on a store that keeps its word: an event whose answer was given is not
 * lost, and none is applied twice; nothing is delivered that was not kept before; everything kept
 * is delivered at least once, or ends up among the dead letters, or is a message that a later one
 * about the same threat overtook; to each device, on each channel, in order; with the same
 * idempotency key each time. What is not: that anything is delivered only once, or that channels
 * keep step with each other.
 *
 * <p>Safe for use by several threads.
 */
public final class PolicyEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyEngine.class);
  private static final int PAGE = 500;

  private final PolicyEngineBuilder with;
  private final InstantSource clock;
  private final DeviceStore store;
  private final String tenant;
  private final EngineThreads threads;
  private final boolean ownsThreads;

  private @Nullable Started started;
  private boolean closed;

  /** What there is from the start on. */
  private static final class Started {
    private final Policies policies;
    private final Tenancy tenancy;
    private final Intake intake;
    private final Turns intakeTurns;
    private final Map<Channel, Deliveries> deliveries;
    private final List<Turns> turns;
    private final Turns source;
    private final List<Question<?>> questions;
    private final PolicySource.Subscription subscription;

    Started(
        Policies policies,
        Tenancy tenancy,
        Intake intake,
        Turns intakeTurns,
        Map<Channel, Deliveries> deliveries,
        List<Turns> turns,
        Turns source,
        List<Question<?>> questions,
        PolicySource.Subscription subscription) {
      this.policies = policies;
      this.tenancy = tenancy;
      this.intake = intake;
      this.intakeTurns = intakeTurns;
      this.deliveries = deliveries;
      this.turns = turns;
      this.source = source;
      this.questions = questions;
      this.subscription = subscription;
    }
  }

  PolicyEngine(PolicyEngineBuilder with, EngineThreads threads, boolean ownsThreads) {
    this.with = with;
    this.clock = with.clock;
    this.store = with.store;
    this.tenant = with.tenant;
    this.threads = threads;
    this.ownsThreads = ownsThreads;
  }

  /**
   * {@return a builder of an engine}
   *
   * @param policies where the tenant's policies come from
   */
  public static PolicyEngineBuilder builder(PolicySource policies) {
    return new PolicyEngineBuilder(requireNonNull(policies, "policies"));
  }

  /**
   * Starts working. The policies are loaded first, and put in force if the store has none yet or
   * others. Blocks until that is done.
   *
   * @throws IllegalStateException if the engine was started before, or is closed; or if the
   *     policies cannot be loaded, are wrong, or do not fit a device that the store holds
   */
  public synchronized void start() {
    checkState(started == null && !closed, "engine was started before, or is closed");
    PolicySet loaded = load();
    CompiledPolicies compiled = loaded.compile(with.limits);
    store.addPolicies(
        tenant, new StoredPolicies(0, compiled.source(), PolicyChangeMode.CONTINUE, now()));
    Policies policies = Policies.read(tenant, store, with.limits);
    Started parts = parts(policies, loaded);
    try {
      Optional<String> misfit = putInForce(parts, loaded, with.policyChangeMode).misfit();
      checkState(misfit.isEmpty(), "policies cannot be put in force: %s", misfit.orElse(""));
    } catch (RuntimeException e) {
      parts.subscription.close();
      throw e;
    }
    logWiring(parts);
    started = parts;
    parts.turns.forEach(Turns::ask);
    parts.source.ask();
  }

  private PolicySet load() {
    try {
      return requireNonNull(with.policies.load(), "policies");
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("policies cannot be loaded", e);
    }
  }

  private void logWiring(Started parts) {
    for (Channel channel : Channel.values()) {
      Deliveries deliveries = parts.deliveries.get(channel);
      if (deliveries == null) {
        LOG.info("tenant {}: nothing is delivered on {}", tenant, channel);
      } else {
        LOG.info("tenant {}: {} by {}", tenant, channel, deliveries.courier().connectorName());
      }
    }
    LOG.info(
        "tenant {}: store {}, policies version {}",
        tenant,
        store.getClass().getName(),
        parts.policies.known().latest());
    for (EngineListener listener : with.listeners) {
      LOG.info("tenant {}: listener {}", tenant, listener.getClass().getName());
    }
  }

  private Started parts(Policies policies, PolicySet loaded) {
    List<Turns> turns = new ArrayList<>();
    Map<Channel, Turns> channelTurns = new EnumMap<>(Channel.class);
    Tenancy tenancy =
        new Tenancy(tenant, store, with.listeners, () -> channelTurns.values().forEach(Turns::ask));
    Decisions decisions =
        new Decisions(policies, Set.copyOf(with.connectors.keySet()), with.chance());
    Intake intake = new Intake(tenancy, decisions, with.batch, with.room);
    Backlog backlog = new Backlog(tenancy, policies, decisions, with.lease, with.batch);
    Turns intakeTurns = turns("events", () -> intake.run(now()) ? Duration.ZERO : with.poll, turns);
    turns("rungs", () -> backlog.enterDue(now()) ? Duration.ZERO : with.poll, turns);
    turns("policies", () -> backlog.rollOut(now()) ? Duration.ZERO : with.poll, turns);
    Supplier<Set<String>> labelNames = () -> policies.known().labelNames();
    Map<Channel, Deliveries> deliveries = new EnumMap<>(Channel.class);
    with.connectors.forEach(
        (channel, connector) -> {
          Courier courier =
              new Courier(
                  tenancy, connector, with.terms(channel), labelNames, clock, with.chance());
          Deliveries of =
              new Deliveries(
                  courier,
                  threads.connectors(),
                  clock,
                  with.callsAtOnce,
                  with.poll,
                  () -> ask(channelTurns.get(channel)));
          deliveries.put(channel, of);
          channelTurns.put(channel, turns(channel.name(), of::turn, turns));
        });
    AtomicReference<@Nullable Turns> labelTurns = new AtomicReference<>();
    Question<LabelPage> pages = question(labelTurns);
    with.reconciler(tenancy, pages, labelNames)
        .ifPresent(
            reconciler ->
                labelTurns.set(turns("labels in the MDM", () -> reconcile(reconciler), turns)));
    turns("answers", this::forgetAnswers, turns);
    AtomicReference<@Nullable Turns> sourceTurns = new AtomicReference<>();
    Question<PolicySet> source = question(sourceTurns);
    Reload reload = new Reload(with.policies, source, loaded, this::reloaded, with.poll, now());
    Turns reloads = unlisted("policy source", () -> reload.turn(now()));
    sourceTurns.set(reloads);
    return new Started(
        policies,
        tenancy,
        intake,
        intakeTurns,
        deliveries,
        turns,
        reloads,
        List.of(pages, source),
        with.policies.onChange(
            () -> {
              reload.changed();
              reloads.ask();
            }));
  }

  private <T> Question<T> question(AtomicReference<@Nullable Turns> asks) {
    return new Question<>(threads.connectors(), with.callTimeout, () -> ask(asks.get()));
  }

  private static void ask(@Nullable Turns turns) {
    if (turns != null) {
      turns.ask();
    }
  }

  private Turns turns(String name, Turns.Turn turn, List<Turns> all) {
    Turns turns = unlisted(name, turn);
    all.add(turns);
    return turns;
  }

  private Turns unlisted(String name, Turns.Turn turn) {
    return new Turns(tenant + ": " + name, turn, threads.workers(), with.chance());
  }

  private Duration reconcile(Reconciler reconciler) throws Exception {
    Instant now = now();
    return switch (reconciler.run(now)) {
      case ASKED -> with.poll;
      case MORE -> Duration.ZERO;
      case LAST -> with.reconcileEvery;
      case WAIT -> Duration.between(now, reconciler.freeAt());
    };
  }

  private Duration forgetAnswers() {
    int forgotten = store.forgetAnswers(tenant, now().minus(with.keepAnswers), PAGE);
    return forgotten == PAGE ? Duration.ZERO : with.keepAnswers.dividedBy(PAGE);
  }

  private void reloaded(PolicySet policies) {
    Started parts = startedOrNull();
    if (parts == null) {
      return;
    }
    try {
      putInForce(parts, policies, with.policyChangeMode)
          .misfit()
          .ifPresent(misfit -> LOG.warn("{}: policies stay: {}", tenant, misfit));
    } catch (InvalidPolicyException e) {
      LOG.warn("{}: policies stay: {}", tenant, e.getMessage());
    }
  }

  private Instant now() {
    return clock.instant();
  }

  private synchronized @Nullable Started startedOrNull() {
    return closed ? null : started;
  }

  private Started running() {
    Started parts = startedOrNull();
    checkState(parts != null, "engine is not started, or closed");
    return requireNonNull(parts);
  }

  /**
   * Hands in an event.
   *
   * @param event the event
   * @return its answer, when it is decided on and kept. While the store fails it is tried again and
   *     again. Completes exceptionally with {@link EngineBusyException} if too many events wait,
   *     with {@link EngineClosedException} if the engine is closed before, with {@link
   *     IllegalArgumentException} if the device's state does not go with the policies, and with
   *     {@link IllegalStateException} if the store has the device's state, but cannot read it.
   * @throws IllegalStateException if the engine was not started
   */
  public CompletableFuture<Answer> submit(Submission event) {
    requireNonNull(event, "event");
    Started parts;
    synchronized (this) {
      checkState(started != null, "engine is not started");
      parts = requireNonNull(started);
    }
    CompletableFuture<Answer> answer = parts.intake.add(event);
    parts.intakeTurns.ask();
    return answer;
  }

  /**
   * Puts other policies in force, for all engines of the tenant. Devices follow one by one, each as
   * if the change had come to it at this instant, and each before anything else happens to it.
   *
   * @param policies the policies; if they are those in force, nothing happens
   * @param mode what becomes of the threats that are open
   * @return what came of it; all devices are looked at before, which takes a while with many
   * @throws io.riskladder.core.policy.InvalidPolicyException if they are wrong
   * @throws IllegalStateException if the engine is not started, or closed
   */
  public PolicyAnswer changePolicies(PolicySet policies, PolicyChangeMode mode) {
    requireNonNull(policies, "policies");
    requireNonNull(mode, "mode");
    return putInForce(running(), policies, mode);
  }

  private PolicyAnswer putInForce(Started parts, PolicySet policies, PolicyChangeMode mode) {
    CompiledPolicies compiled = policies.compile(with.limits);
    while (true) {
      Policies.Known known = parts.policies.readOn();
      if (known.archive().current().source().equals(policies)) {
        return new PolicyAnswer(known.latest(), Optional.empty());
      }
      Optional<String> misfit = misfit(compiled, mode);
      if (misfit.isPresent()) {
        return new PolicyAnswer(known.latest(), misfit);
      }
      StoredPolicies next = new StoredPolicies(known.latest() + 1, policies, mode, now());
      if (store.addPolicies(tenant, next)) {
        parts.policies.readOn();
        parts.tenancy.policiesChanged(next);
        parts.turns.forEach(Turns::ask);
        return new PolicyAnswer(next.version(), Optional.empty());
      }
    }
  }

  private Optional<String> misfit(CompiledPolicies policies, PolicyChangeMode mode) {
    Optional<String> after = Optional.empty();
    while (true) {
      List<StoredDevice> page = store.scan(tenant, after, PAGE);
      for (StoredDevice device : page) {
        Optional<String> misfit = PolicyFit.misfit(device.state(), policies, mode);
        if (misfit.isPresent()) {
          return misfit;
        }
      }
      if (page.isEmpty()) {
        return Optional.empty();
      }
      after = Optional.of(page.get(page.size() - 1).state().id());
    }
  }

  /**
   * {@return the state of a device as it is kept, if it is enrolled}
   *
   * @param id the device's id
   * @throws IllegalStateException if its state cannot be read
   */
  public Optional<EnrolledDevice> device(String id) {
    requireNonNull(id, "id");
    StoredDevice stored = store.load(tenant, List.of(id)).get(id);
    if (stored == null && store.unreadable(tenant, List.of(id)).contains(id)) {
      throw Intake.unreadable(id);
    }
    return Optional.ofNullable(stored).map(StoredDevice::state);
  }

  /**
   * {@return effects that were given up, by number}
   *
   * @param after the number of the last one that was seen; 0 to begin
   * @param limit how many at most
   */
  public List<DeadLetter> deadLetters(long after, int limit) {
    return store.deadLetters(tenant, after, limit);
  }

  /**
   * Has dead letters delivered after all, behind what waits.
   *
   * @param numbers their numbers; those that are not there are passed over
   * @return how many there were
   */
  public int redeliver(Collection<Long> numbers) {
    int taken = store.takeDeadLetters(tenant, List.copyOf(numbers), true, now());
    Started parts = startedOrNull();
    if (parts != null) {
      parts.turns.forEach(Turns::ask);
    }
    return taken;
  }

  /**
   * Forgets dead letters.
   *
   * @param numbers their numbers; those that are not there are passed over
   * @return how many there were
   */
  public int forget(Collection<Long> numbers) {
    return store.takeDeadLetters(tenant, List.copyOf(numbers), false, now());
  }

  /** {@return how the engine is; asks the store, so not to be called very often} */
  public EngineHealth health() {
    Started parts;
    boolean running;
    synchronized (this) {
      parts = started;
      running = parts != null && !closed;
    }
    ImmutableMap.Builder<Channel, EngineHealth.ChannelHealth> channels = ImmutableMap.builder();
    int waiting = 0;
    int failures = 0;
    EngineHealth.Lateness rungs = EngineHealth.Lateness.NONE;
    if (parts != null) {
      waiting = parts.intake.size();
      failures =
          Stream.concat(parts.turns.stream(), Stream.of(parts.source))
              .mapToInt(Turns::failures)
              .max()
              .orElse(0);
      Figures figures = parts.tenancy.figures();
      rungs = figures.rungs();
      parts.deliveries.forEach(
          (channel, of) ->
              channels.put(
                  channel,
                  new EngineHealth.ChannelHealth(
                      of.courier().connectorName(),
                      of.courier().isDown(),
                      of.callsUnderWay(),
                      of.stuck(),
                      figures.outcomes(channel))));
    }
    return new EngineHealth(
        running, waiting, failures, rungs, channels.buildOrThrow(), store.figures(tenant));
  }

  /**
   * Stops: takes no more events and makes no more calls; waits for what is being done, calls for
   * labels and blocks that were given up included, for as long as the engine was built with at
   * most, and gives back what it holds. Events that wait for their decision are answered with
   * {@link EngineClosedException}. The store stays open.
   */
  @Override
  public void close() {
    Started parts;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      parts = started;
    }
    if (parts != null) {
      stop(parts);
    }
    if (ownsThreads) {
      threads.close();
    }
  }

  private void stop(Started parts) {
    parts.subscription.close();
    parts.source.close();
    parts.questions.forEach(Question::giveUp);
    parts.deliveries.values().forEach(Deliveries::close);
    parts.turns.forEach(Turns::close);
    long deadline = System.nanoTime() + with.closeTimeout.toNanos();
    try {
      for (Turns turns : parts.turns) {
        turns.await(left(deadline));
      }
      parts.source.await(left(deadline));
      for (Deliveries of : parts.deliveries.values()) {
        of.await(left(deadline));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    parts.intake.close();
    for (Deliveries of : parts.deliveries.values()) {
      try {
        of.giveBack();
      } catch (RuntimeException e) { // claims end by themselves
        LOG.warn("{}: what was claimed could not be given back", tenant, e);
      }
    }
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }
}
