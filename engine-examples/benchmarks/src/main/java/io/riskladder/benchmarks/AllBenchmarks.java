package io.riskladder.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all benchmarks and prints tables with ratios. {@code --smoke} runs them at a size that takes
 * a minute or so: the figures are worthless then, but that all contestants come to the same is
 * checked all the same.
 */
public final class AllBenchmarks {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private AllBenchmarks() {}

  /**
   * Runs them.
   *
   * @param arguments nothing, or {@code --smoke}
   * @throws IOException if no virtual machine can be started
   * @throws InterruptedException if the thread is interrupted
   * @throws RunnerException if a benchmark fails
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, RunnerException {
    List<String> given = List.of(arguments);
    boolean smoke = given.equals(List.of("--smoke"));
    if (!smoke && !given.isEmpty()) {
      throw new IllegalArgumentException("expected nothing or --smoke, not " + given);
    }
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("io\\.riskladder\\.benchmarks\\..*")
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true);
    if (smoke) {
      options
          .forks(1)
          .warmupIterations(1)
          .measurementIterations(1)
          .warmupTime(TimeValue.milliseconds(50))
          .measurementTime(TimeValue.milliseconds(50))
          .param("devices", "2000")
          .param("size", "50x30")
          .param("event", "RUNG_DUE", "DETECTED")
          .param("work", "EVENTS")
          .jvmArgs("-Xmx512m");
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    Compare.main(
        smoke
            ? new String[] {"--devices", "2000", "--forks", "1", "--heap", "512m", "--smoke", "yes"}
            : new String[0]);
    print(results);
    if (!smoke) {
      PolicySize.main(new String[0]);
    }
  }

  @SuppressWarnings("rawtypes") // as JMH gives them
  private static Map<String, Result> more(RunResult result) {
    return result.getSecondaryResults();
  }

  /** Prints a row for each benchmark, with its ratio to the fastest of its class and parameters. */
  private static void print(Collection<RunResult> results) {
    System.out.println();
    System.out.println("| benchmark | result | unit | to the fastest | bytes an operation |");
    System.out.println("| --- | --- | --- | --- | --- |");
    List<RunResult> sorted = new ArrayList<>(results);
    sorted.sort(Comparator.comparing(AllBenchmarks::name));
    for (RunResult result : sorted) {
      double fastest =
          sorted.stream()
              .filter(other -> contest(other).equals(contest(result)))
              .mapToDouble(other -> other.getPrimaryResult().getScore())
              .min()
              .orElseThrow();
      Result<?> time = result.getPrimaryResult();
      Result<?> allocated = more(result).get(ALLOCATED);
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.1f ± %,.1f | %s | %.1f | %s |%n",
          name(result),
          time.getScore(),
          time.getScoreError(),
          time.getScoreUnit(),
          time.getScore() / fastest,
          allocated == null ? "-" : String.format(Locale.ROOT, "%,.0f", allocated.getScore()));
      more(result)
          .forEach(
              (counter, value) -> {
                if (!counter.startsWith("gc.")) {
                  System.out.printf(
                      Locale.ROOT, "| - %s | %,.0f | | | |%n", counter, value.getScore());
                }
              });
    }
  }

  private static String contest(RunResult result) {
    String benchmark = result.getParams().getBenchmark();
    return benchmark.substring(0, benchmark.lastIndexOf('.')) + parameters(result);
  }

  private static String name(RunResult result) {
    String benchmark = result.getParams().getBenchmark();
    return benchmark.substring(AllBenchmarks.class.getPackageName().length() + 1)
        + parameters(result);
  }

  private static String parameters(RunResult result) {
    StringBuilder values = new StringBuilder();
    for (String key : result.getParams().getParamsKeys()) {
      values.append(' ').append(result.getParams().getParam(key));
    }
    return values.toString();
  }
}
