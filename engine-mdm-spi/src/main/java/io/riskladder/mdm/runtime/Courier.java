package io.riskladder.mdm.runtime;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Maps;
import io.riskladder.core.device.Effect;
import io.riskladder.mdm.spi.BlockTarget;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.LabelTarget;
import io.riskladder.mdm.spi.Lane;
import io.riskladder.mdm.spi.LaneResult;
import io.riskladder.mdm.spi.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what waits on a channel: claims lanes, makes calls, takes note of what came of them. In
 * order for each device; of a level only the latest; of messages about one threat only the last one
 * that waits. A connector that fails again and again is left alone for a while and then tried with
 * one device; one that is busy, until the instant that it gave. Claiming and settling are for one
 * thread; errands may be run by several.
 */
final class Courier {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /** After so many failures in a row a connector is taken to be down. */
  private static final int DOWN = 5;

  private static final int PER_DEVICE = 16;
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** What a courier is built with. */
  record Terms(
      RetryPolicy retries,
      Duration lease,
      Duration callTimeout,
      Duration tooOld,
      int bulk,
      Limiter limiter) {}

  private final Tenancy tenancy;
  private final Connector connector;
  private final Terms terms;
  private final Supplier<Set<String>> labelNames;
  private final InstantSource clock;
  private final RandomGenerator chance;

  private int failuresInARow;
  private Instant closedUntil = Instant.MIN;
  private Instant busyUntil = Instant.MIN;

  /**
   * A courier of a channel.
   *
   * @param labelNames gives all names that the engine gives labels
   */
  Courier(
      Tenancy tenancy,
      Connector connector,
      Terms terms,
      Supplier<Set<String>> labelNames,
      InstantSource clock,
      RandomGenerator chance) {
    this.tenancy = tenancy;
    this.connector = connector;
    this.terms = terms;
    this.labelNames = labelNames;
    this.clock = clock;
    this.chance = chance;
  }

  Channel channel() {
    return connector.channel();
  }

  Duration callTimeout() {
    return terms.callTimeout();
  }

  /** {@return for how many devices a call is at most} */
  int devicesACall() {
    return channel() == Channel.LABELS ? terms.bulk() : 1;
  }

  String connectorName() {
    return connector.name();
  }

  synchronized boolean isDown() {
    return failuresInARow >= DOWN;
  }

  /** {@return until when the connector is left alone} */
  private synchronized Instant leftAloneUntil() {
    return closedUntil.isAfter(busyUntil) ? closedUntil : busyUntil;
  }

  private synchronized Instant busyUntil() {
    return busyUntil;
  }

  /**
   * Claims what waits.
   *
   * @param calls how many calls may be made at once
   * @return what is to be run, each at once or alone: one lane each, or on the channel of labels as
   *     many as go into one call
   */
  List<List<Errand>> claim(int calls, Instant now) {
    int within = Math.min(calls, terms.limiter().room(now));
    if (within == 0 || leftAloneUntil().isAfter(now)) {
      return List.of();
    }
    int atOnce = devicesACall();
    int limit = isDown() ? 1 : within * atOnce;
    Instant until = now.plus(terms.lease());
    List<Lane> lanes =
        tenancy.store().claimLanes(tenancy.id(), channel(), now, until, limit, PER_DEVICE);
    List<List<Errand>> together = new ArrayList<>();
    for (int i = 0; i < lanes.size(); i++) {
      if (i % atOnce == 0) {
        together.add(new ArrayList<>());
      }
      together.get(together.size() - 1).add(new Errand(lanes.get(i), until));
    }
    return together;
  }

  /**
   * Runs what was claimed; blocks while calls are made. Afterwards all of it is over.
   *
   * @param callBegins is run before each call
   */
  void run(List<Errand> errands, Runnable callBegins) {
    if (channel().isLevel()) {
      level(errands, callBegins);
    } else {
      errands.forEach(errand -> oneByOne(errand, callBegins));
    }
  }

  /** Takes note of what became of what was claimed. */
  void settle(List<Errand> errands, Instant now) {
    List<LaneResult> results = errands.stream().map(Errand::result).toList();
    tenancy.store().settle(tenancy.id(), results, now);
  }

  /** Gives up a call that takes too long. */
  void abandon(List<Errand> errands) {
    Outcome.RetryLater late =
        new Outcome.RetryLater("took longer than " + terms.callTimeout(), Optional.empty(), false);
    callFailed(Maps.toMap(errands, errand -> late), clock.instant());
  }

  private void oneByOne(Errand errand, Runnable callBegins) {
    Lane lane = errand.lane();
    Map<Long, Effect.NotifyDevice> overtaken = overtaken(lane);
    for (Lane.Waiting one : lane.waiting()) {
      Instant now = clock.instant();
      Effect.NotifyDevice late = overtaken.get(one.number());
      if (late != null) {
        if (errand.gone(one.number(), false)) {
          tenancy.superseded(late);
        }
      } else if (isTooOld(one, now)) {
        giveUp(errand, one, "older than " + terms.tooOld());
      } else if (!call(errand, one, callBegins, now)) {
        return;
      }
    }
    errand.end(clock.instant(), false);
  }

  /** What happened long ago may be known since today only: what counts is how long it waits. */
  private boolean isTooOld(Lane.Waiting one, Instant now) {
    return channel() != Channel.ISSUES && one.posted().isBefore(now.minus(terms.tooOld()));
  }

  /** {@return whether to go on with what is behind it: not if the errand was given up meanwhile} */
  private boolean call(Errand errand, Lane.Waiting one, Runnable callBegins, Instant now) {
    if (now.isAfter(errand.until().minus(terms.callTimeout()))) {
      errand.end(now, false); // the claim would end before the call
      return false;
    }
    Optional<Instant> free = mustWait(recipients(one.effect()), now);
    if (free.isPresent()) {
      errand.end(free.get(), false);
      return false;
    }
    String device = errand.lane().device();
    Connector.Job job = new Connector.Post(tenancy.id(), one.effect(), errand.failures() + 1);
    callBegins.run();
    Outcome outcome = requireNonNull(connector.call(List.of(job)).get(device));
    Instant after = clock.instant();
    if (outcome instanceof Outcome.Done) {
      works();
      if (errand.gone(one.number(), true)) {
        tenancy.delivered(channel(), one.effect(), after);
      }
      return !errand.isOver();
    }
    if (outcome instanceof Outcome.Refused refused) {
      works();
      giveUp(errand, one, refused.reason());
      return !errand.isOver();
    }
    callFailed(Map.of(errand, (Outcome.RetryLater) outcome), after);
    return false;
  }

  /** {@return nothing if these may be called now, and else when to ask again} */
  private Optional<Instant> mustWait(List<String> recipients, Instant now) {
    Instant busy = busyUntil();
    return busy.isAfter(now) ? Optional.of(busy) : terms.limiter().take(recipients, now);
  }

  private void giveUp(Errand errand, Lane.Waiting one, String reason) {
    if (errand.dead(one.number(), reason)) {
      tenancy.gaveUp(channel(), one.effect(), reason);
    }
  }

  /** {@return messages of which a later one about the same threat waits, by number} */
  private Map<Long, Effect.NotifyDevice> overtaken(Lane lane) {
    Map<Long, Effect.NotifyDevice> overtaken = new HashMap<>();
    Set<String> threats = new HashSet<>();
    for (int i = lane.waiting().size() - 1; i >= 0; i--) {
      Lane.Waiting one = lane.waiting().get(i);
      if (one.effect() instanceof Effect.NotifyDevice message
          && !threats.add(message.header().threat().orElse(""))) {
        overtaken.put(one.number(), message);
      }
    }
    return overtaken;
  }

  private static List<String> recipients(Effect effect) {
    return effect instanceof Effect.EmailAdministrators mail
        ? mail.recipients()
        : effect.header().device().stream().toList();
  }

  private void level(List<Errand> errands, Runnable callBegins) {
    Instant now = clock.instant();
    Optional<Instant> free = mustWait(List.of(), now);
    if (free.isPresent() || now.isAfter(errands.get(0).until().minus(terms.callTimeout()))) {
      errands.forEach(errand -> errand.end(free.orElse(now), false));
      return;
    }
    List<Connector.Job> jobs = errands.stream().map(this::job).toList();
    callBegins.run();
    Map<String, Outcome> outcomes = connector.call(jobs);
    Instant after = clock.instant();
    Map<Errand, Outcome.RetryLater> failed = new LinkedHashMap<>();
    for (Errand errand : errands) {
      Outcome outcome = requireNonNull(outcomes.get(errand.lane().device()));
      if (outcome instanceof Outcome.RetryLater later) {
        failed.put(errand, later);
      } else {
        levelled(errand, outcome, after);
      }
    }
    if (failed.size() < errands.size()) {
      works();
      failed.forEach((errand, later) -> retry(errand, later, after));
    } else {
      callFailed(failed, after);
    }
  }

  private Connector.Job job(Errand errand) {
    Lane lane = errand.lane();
    String key =
        lane.waiting().isEmpty()
            ? "again-" + lane.claim()
            : lane.waiting().get(lane.waiting().size() - 1).effect().id();
    return channel() == Channel.LABELS
        ? new Connector.Labels(
            new LabelTarget(
                tenancy.id(), lane.device(), lane.desired().labels(), labelNames.get(), key))
        : new Connector.Protection(
            new BlockTarget(tenancy.id(), lane.device(), lane.desired().block(), key));
  }

  private void levelled(Errand errand, Outcome outcome, Instant now) {
    for (Lane.Waiting one : errand.lane().waiting()) {
      if (outcome instanceof Outcome.Refused refused) {
        giveUp(errand, one, refused.reason());
      } else if (errand.gone(one.number(), true)) {
        tenancy.delivered(channel(), one.effect(), now);
      }
    }
    errand.levelled();
    errand.end(now, false);
  }

  /**
   * A call failed: that counts once against the connector, however many devices it was for, unless
   * it is only busy.
   */
  private void callFailed(Map<Errand, Outcome.RetryLater> errands, Instant now) {
    Optional<Outcome.RetryLater> counts = Optional.empty();
    for (Map.Entry<Errand, Outcome.RetryLater> errand : errands.entrySet()) {
      if (retry(errand.getKey(), errand.getValue(), now) && !errand.getValue().all()) {
        counts = Optional.of(errand.getValue());
      }
    }
    counts.ifPresent(later -> fails(later, now));
  }

  /** {@return whether that still counts} */
  private boolean retry(Errand errand, Outcome.RetryLater later, Instant now) {
    Instant next = next(later, errand.failures() + 1, now);
    Optional<Effect> effect = errand.next();
    if (!errand.end(next, true)) {
      return false;
    }
    if (later.all()) {
      later.notBefore().ifPresent(until -> leaveAlone(atMost(until, now)));
    }
    effect.ifPresent(one -> tenancy.retried(channel(), one, later.reason(), next));
    return true;
  }

  private Instant next(Outcome.RetryLater later, int failures, Instant now) {
    Instant own = now.plus(terms.retries().delay(failures, chance));
    Instant asked = later.notBefore().orElse(own);
    return atMost(asked.isAfter(own) ? asked : own, now);
  }

  private static Instant atMost(Instant asked, Instant now) {
    Instant most = now.plus(LONGEST_WAIT);
    return asked.isBefore(most) ? asked : most;
  }

  private synchronized void leaveAlone(Instant until) {
    if (until.isAfter(busyUntil)) {
      LOG.info("{}: {} is busy, and is left alone until {}", channel(), connector.name(), until);
      busyUntil = until;
    }
  }

  private synchronized void works() {
    if (failuresInARow >= DOWN) {
      LOG.info("{}: {} works again", channel(), connector.name());
    }
    failuresInARow = 0;
    closedUntil = Instant.MIN;
  }

  private synchronized void fails(Outcome.RetryLater later, Instant now) {
    failuresInARow++;
    if (failuresInARow < DOWN) {
      return;
    }
    if (failuresInARow == DOWN) {
      LOG.warn("{}: {} fails again and again, and is left alone", channel(), connector.name());
    }
    closedUntil = next(later, failuresInARow - DOWN + 1, now);
  }
}
