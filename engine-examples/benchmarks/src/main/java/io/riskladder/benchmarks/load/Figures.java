package io.riskladder.benchmarks.load;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.Effect;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.EngineListener;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What an engine says that it does, measured from a point on, and kept by id from the beginning, so
 * that what is missing in the end is known. Safe for use by several threads.
 */
final class Figures implements EngineListener {
  private static final int DIGITS = 3;
  private static final double MICROS_IN_A_MILLISECOND = 1_000;
  private static final int NANOS_IN_A_MICRO = 1_000;

  private final InstantSource clock;
  private final Histogram answers = new ConcurrentHistogram(DIGITS);
  private final Histogram rungs = new ConcurrentHistogram(DIGITS);
  private final Map<Channel, Histogram> deliveries = new EnumMap<>(Channel.class);
  private final Map<Channel, Set<String>> posted = new EnumMap<>(Channel.class);
  private final Map<Channel, LongAdder> retries = new EnumMap<>(Channel.class);
  private final Set<String> superseded = ConcurrentHashMap.newKeySet();
  private final LongAdder allRungs = new LongAdder();
  private volatile Instant from = Instant.MAX;

  Figures(InstantSource clock) {
    this.clock = clock;
    for (Channel channel : Channel.values()) {
      deliveries.put(channel, new ConcurrentHistogram(DIGITS));
      posted.put(channel, ConcurrentHashMap.newKeySet());
      retries.put(channel, new LongAdder());
    }
  }

  /** Measures what happens from an instant on. */
  void measureFrom(Instant start) {
    from = start;
  }

  private void measure(Histogram histogram, Instant since) {
    if (!since.isBefore(from)) {
      long nanos = Duration.between(since, clock.instant()).toNanos();
      histogram.recordValue(Math.max(0, nanos) / NANOS_IN_A_MICRO);
    }
  }

  /** An event has its answer that was to be handed in at an instant. */
  void answered(Instant intended) {
    measure(answers, intended);
  }

  @Override
  public void decided(String tenant, String device, Optional<String> event, List<Effect> effects) {
    for (Effect effect : effects) {
      Channel.of(effect.type()).map(posted::get).ifPresent(of -> of.add(effect.id()));
    }
  }

  @Override
  public void rungEntered(String tenant, String device, Instant due, Duration late) {
    allRungs.increment();
    measure(rungs, due);
  }

  @Override
  public void delivered(String tenant, Channel channel, Effect effect, Duration after) {
    measure(requireNonNull(deliveries.get(channel)), effect.at());
  }

  @Override
  public void superseded(String tenant, Effect.NotifyDevice effect) {
    superseded.add(effect.id());
  }

  @Override
  public void retried(
      String tenant, Channel channel, Effect effect, String reason, Instant notBefore) {
    if (!clock.instant().isBefore(from)) {
      requireNonNull(retries.get(channel)).increment();
    }
  }

  /** {@return how many rungs were entered in all} */
  long rungs() {
    return allRungs.sum();
  }

  /** {@return the ids of what was to come on a channel, and neither came nor was overtaken} */
  Set<String> missing(Channel channel, List<Effect> came) {
    Set<String> missing = new HashSet<>(requireNonNull(posted.get(channel)));
    came.forEach(effect -> missing.remove(effect.id()));
    missing.removeAll(superseded);
    return missing;
  }

  /** Prints tables, in milliseconds. */
  void print(PrintStream out) {
    out.println("| milliseconds | count | p50 | p99 | p99.9 | max | retries |");
    out.println("| --- | --- | --- | --- | --- | --- | --- |");
    print(out, "answers, from when they were to be asked for", answers, "");
    print(out, "rungs, from when they were due", rungs, "");
    deliveries.forEach(
        (channel, of) ->
            print(
                out,
                channel + ", from when it happened",
                of,
                String.format(Locale.ROOT, "%,d", requireNonNull(retries.get(channel)).sum())));
    out.printf(Locale.ROOT, "%,d messages were overtaken by later ones.%n", superseded.size());
  }

  private static void print(PrintStream out, String what, Histogram of, String retries) {
    out.printf(
        Locale.ROOT,
        "| %s | %,d | %,.1f | %,.1f | %,.1f | %,.1f | %s |%n",
        what,
        of.getTotalCount(),
        of.getValueAtPercentile(50) / MICROS_IN_A_MILLISECOND,
        of.getValueAtPercentile(99) / MICROS_IN_A_MILLISECOND,
        of.getValueAtPercentile(99.9) / MICROS_IN_A_MILLISECOND,
        of.getMaxValue() / MICROS_IN_A_MILLISECOND,
        retries);
  }
}
