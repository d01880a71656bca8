package io.riskladder.benchmarks;

import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a whole fleet takes at once: other policies for all, and the way back after an outage. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
@Warmup(iterations = 2)
@Measurement(iterations = 3)
public class FleetBenchmark {
  private static final Duration OUTAGE = Duration.ofDays(30);

  /** What was done besides taking time. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Counts {
    /** Users that were told: one for each rung entered. */
    public long notifications;

    /** Starts anew with each turn. */
    @Setup(Level.Iteration)
    public void clear() {
      notifications = 0;
    }
  }

  /** How many devices the fleet has. */
  @Param("1000000")
  public int devices;

  private Fleet fleet = SampleFleet.of(0);
  private CompiledPolicies proposed = SampleFleet.shorter().compile();

  /** Makes a fleet for each turn, because a turn changes it. */
  @Setup(Level.Invocation)
  public void makeFleet() {
    fleet = SampleFleet.of(devices);
    proposed = SampleFleet.shorter().compile();
  }

  private static EffectSink counting(Counts counts) {
    return effect -> {
      switch (effect.type()) {
        case NOTIFY_DEVICE -> counts.notifications++;
        default -> {
          // others cost the same to be handed over
        }
      }
    };
  }

  /**
   * Re-rates every threat of every device, for policies in which each kind of threats has another
   * response and shorter waits.
   *
   * @param counts counts what is told
   * @return the fleet
   */
  @Benchmark
  public Fleet changePolicies(Counts counts) {
    fleet.changePolicies(
        proposed, PolicyChangeMode.CONTINUE, fleet.latestSeen(), 1, counting(counts));
    return fleet;
  }

  /**
   * Enters every rung that fell due in thirty days of silence.
   *
   * @param counts counts what is told, which is a rung each
   * @return the fleet
   */
  @Benchmark
  public Fleet catchUp(Counts counts) {
    fleet.advanceTo(fleet.latestSeen().plus(OUTAGE), counting(counts));
    return fleet;
  }
}
