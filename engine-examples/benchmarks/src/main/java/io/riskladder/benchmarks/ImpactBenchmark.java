package io.riskladder.benchmarks;

import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.simulation.Forecast;
import io.riskladder.core.simulation.Impact;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to see a change of one kind of threats in the root group before it is made. {@link
 * #look} is what the others are to be held against: it does no more than read every threat.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseSerialGC"}) // one core for all there is to do
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
public class ImpactBenchmark {
  private static final Duration HORIZON = Duration.ofDays(30);

  /** How many devices the fleet has. */
  @Param("1000000")
  public int devices;

  private Fleet fleet = SampleFleet.of(0);
  private CompiledPolicies proposed = SampleFleet.policies(5).compile();

  /** Makes the fleet, once a fork. */
  @Setup
  public void makeFleet() {
    fleet = SampleFleet.of(devices);
    proposed = SampleFleet.policies(5).compile();
  }

  /**
   * Reads every threat.
   *
   * @return a number that depends on all of them
   */
  @Benchmark
  public long look() {
    long sum = 0;
    for (EnrolledDevice device : fleet.devices()) {
      for (ThreatState threat : device.openThreats()) {
        sum += threat.rung() + threat.classification().length();
      }
    }
    return sum;
  }

  /**
   * Assesses the impact.
   *
   * @return what it is
   */
  @Benchmark
  public Impact impact() {
    return Impact.of(fleet, proposed, PolicyChangeMode.CONTINUE);
  }

  /**
   * Looks 30 days ahead, under both policies.
   *
   * @return what comes
   */
  @Benchmark
  public Forecast forecast() {
    return Forecast.of(fleet, proposed, PolicyChangeMode.CONTINUE, HORIZON);
  }
}
