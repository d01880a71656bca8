package io.riskladder.benchmarks;

import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Catalogue;
import io.riskladder.core.threat.Classification;
import java.time.Duration;
import java.util.List;
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

/** What it takes to make policies ready for use, where every group has a policy for every kind. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CompileBenchmark {

  /** How many groups there are, and how many kinds of threats each has a policy for. */
  @Param({"50x30", "5000x49"})
  public String size = "50x30";

  private PolicySet set = SampleFleet.policies(7);

  /** Makes the policies. */
  @Setup
  public void makePolicies() {
    List<String> parts = List.of(size.split("x", -1));
    set = policies(Integer.parseInt(parts.get(0)), Integer.parseInt(parts.get(1)));
  }

  /**
   * {@return policies of so many groups in a tree, each with a ladder of its own for so many kinds}
   *
   * @param groups how many groups
   * @param kinds how many kinds of threats
   */
  static PolicySet policies(int groups, int kinds) {
    List<String> classifications =
        Catalogue.builtIn().values().stream()
            .filter(kind -> !kind.isWebContent())
            .map(Classification::id)
            .toList();
    PolicySet.Builder set = PolicySet.builder();
    for (int kind = classifications.size(); kind < kinds; kind++) {
      set.addClassification(
          Classification.builder()
              .from(Catalogue.builtIn().values().iterator().next())
              .id("OWN_" + kind)
              .displayName("Own " + kind)
              .build());
    }
    for (int i = 0; i < groups; i++) {
      DeviceGroup.Builder group = DeviceGroup.builder().id("group-" + i);
      if (i > 0) {
        group.parent("group-" + (i - 1) / 4);
      }
      for (int kind = 0; kind < kinds; kind++) {
        group.putPolicy(
            kind < classifications.size() ? classifications.get(kind) : "OWN_" + kind,
            ladder(1 + (i + kind) % 14));
      }
      set.addGroup(group.build());
    }
    return set.build();
  }

  private static ClassificationPolicy ladder(int days) {
    return ClassificationPolicy.builder()
        .riskLevel(RiskLevel.LOW)
        .response(Response.ALERT_DEVICE)
        .message(CustomMessage.of("Please act.", "Within {daysLeft} days."))
        .addEscalation(
            Escalation.builder()
                .after(Duration.ofDays(days))
                .riskLevel(RiskLevel.HIGH)
                .response(Response.ALERT_DEVICE)
                .build())
        .build();
  }

  /**
   * Compiles.
   *
   * @return the policies, ready for use
   */
  @Benchmark
  public CompiledPolicies compile() {
    return set.compile();
  }
}
