package io.riskladder.benchmarks;

import io.riskladder.benchmarks.contestants.Contestants;
import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.benchmarks.workload.Run;
import io.riskladder.benchmarks.workload.Workload;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Lets all contestants play the same month, each in a virtual machine of its own, turn by turn, and
 * prints a table. Fails if they do not come to the same.
 *
 * <p>{@code --devices 100000,1000000 --forks 3 --slow-forks 1 --only limit,plain --heap 8g --smoke
 * no}; what is left out has these values, and everybody takes part. A fork warms up with a smaller
 * month, for eight seconds and three times at least, unless it is a smoke test. Its flags are in
 * the README.
 */
public final class Compare {
  private static final String FORK = "--in-fork";
  private static final String TIME = "time";
  private static final String MEMORY = "memory";

  /** What a fork says when it is done starts with this. */
  private static final String DONE = "done ";

  private static final int WARM_UPS = 3;
  private static final int WARM_UP_DEVICES = 30_000;
  private static final long WARM_UP_NANOS = 8_000_000_000L;

  private final Options options;
  private final PrintStream out;
  private final Map<String, List<Run.Result>> results = new HashMap<>();
  private final Map<String, Double> bytes = new HashMap<>();

  private record Options(
      List<Integer> devices,
      int forks,
      int slowForks,
      List<String> contestants,
      String heap,
      boolean smoke) {

    static Options parse(List<String> arguments) {
      Map<String, String> given = new HashMap<>();
      for (int i = 0; i < arguments.size(); i += 2) {
        if (i + 1 == arguments.size()) {
          throw new IllegalArgumentException(arguments.get(i) + " lacks its value");
        }
        given.put(arguments.get(i), arguments.get(i + 1));
      }
      String devices = taken(given, "--devices", "100000,1000000");
      int forks = Integer.parseInt(taken(given, "--forks", "3"));
      int slowForks = Integer.parseInt(taken(given, "--slow-forks", "1"));
      String only = taken(given, "--only", String.join(",", Contestants.names()));
      String heap = taken(given, "--heap", "8g");
      boolean smoke = taken(given, "--smoke", "no").equals("yes");
      if (!given.isEmpty()) {
        throw new IllegalArgumentException("not known: " + given.keySet());
      }
      List<Integer> sizes = Arrays.stream(devices.split(",", -1)).map(Integer::valueOf).toList();
      List<String> contestants = List.of(only.split(",", -1));
      if (forks < 1 || !Contestants.names().containsAll(contestants)) {
        throw new IllegalArgumentException(
            "expected a fork or more, and some of " + Contestants.names());
      }
      return new Options(sizes, forks, slowForks, contestants, heap, smoke);
    }

    private static String taken(Map<String, String> given, String name, String otherwise) {
      String value = given.remove(name);
      return value == null ? otherwise : value;
    }

    int forksOf(String contestant) {
      return Contestants.isSlow(contestant) ? Math.min(forks, slowForks) : forks;
    }
  }

  private Compare(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * Runs the comparison.
   *
   * @param arguments see the class
   * @throws IOException if no virtual machine can be started
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length > 0 && arguments[0].equals(FORK)) {
      boolean smoke = Boolean.parseBoolean(arguments[4]);
      inFork(arguments[1], arguments[2], Integer.parseInt(arguments[3]), smoke);
    } else {
      new Compare(Options.parse(List.of(arguments)), System.out).compare();
    }
  }

  private static void inFork(String what, String contestant, int devices, boolean smoke) {
    Rules rules = new Rules();
    if (what.equals(MEMORY)) {
      double bytes = Double.NaN;
      for (int i = 0; i < 2; i++) { // the first figure is off
        bytes =
            Run.bytesPerThreat(rules, devices, sink -> Contestants.make(contestant, rules, sink));
      }
      System.out.println(DONE + bytes);
      return;
    }
    Workload small = Workload.of(rules, Math.min(devices, WARM_UP_DEVICES));
    long start = System.nanoTime();
    for (int i = 0; !smoke && (i < WARM_UPS || System.nanoTime() - start < WARM_UP_NANOS); i++) {
      Run.time(small, sink -> Contestants.make(contestant, rules, sink));
    }
    Workload workload = Workload.of(rules, devices);
    System.gc();
    Run.Result result = Run.time(workload, sink -> Contestants.make(contestant, rules, sink));
    System.out.println(
        DONE
            + String.join(
                ";",
                Long.toString(result.nanos()),
                Long.toString(result.events()),
                Long.toString(result.checksum()),
                result.counts()));
  }

  private void compare() throws IOException, InterruptedException {
    for (int devices : options.devices) {
      results.clear();
      bytes.clear();
      for (int fork = 0; fork < options.forks; fork++) {
        for (String contestant : options.contestants) {
          if (fork < options.forksOf(contestant)) {
            time(contestant, devices);
          }
        }
      }
      for (String contestant : options.contestants) {
        bytes.put(contestant, Double.valueOf(fork(MEMORY, contestant, devices)));
      }
      printTable(devices);
    }
  }

  private void time(String contestant, int devices) throws IOException, InterruptedException {
    List<String> parts = List.of(fork(TIME, contestant, devices).split(";", -1));
    Run.Result result =
        new Run.Result(
            Long.parseLong(parts.get(0)),
            Long.parseLong(parts.get(1)),
            Long.parseLong(parts.get(2)),
            parts.get(3));
    results.computeIfAbsent(contestant, c -> new ArrayList<>()).add(result);
    out.printf(
        Locale.ROOT, "%s, %,d devices: %.1f ns%n", contestant, devices, result.nanosPerEvent());
    Run.Result first = results.values().iterator().next().get(0);
    if (result.checksum() != first.checksum()
        || result.events() != first.events()
        || !result.counts().equals(first.counts())) {
      throw new IllegalStateException(
          "void: " + contestant + " came to " + result + ", another to " + first);
    }
  }

  /** {@return what a fork says when it is done} */
  private String fork(String what, String contestant, int devices)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + options.heap,
                "-Xmx" + options.heap,
                "-XX:+AlwaysPreTouch",
                "-XX:+UseParallelGC",
                "-XX:ActiveProcessorCount=2",
                "-cp",
                System.getProperty("java.class.path"),
                Compare.class.getName(),
                FORK,
                what,
                contestant,
                Integer.toString(devices),
                Boolean.toString(options.smoke))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    String last = said.lines().filter(line -> line.startsWith(DONE)).findFirst().orElse("");
    if (exit != 0 || last.isEmpty()) {
      throw new IllegalStateException(contestant + " failed with " + exit + ": " + said);
    }
    return last.substring(DONE.length());
  }

  private void printTable(int devices) {
    out.printf(Locale.ROOT, "%n%,d devices%n%n", devices);
    out.println(
        "| contestant | forks | ns/event, median | least | most | to limit | to plain"
            + " | bytes per open threat |");
    out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for (String contestant : options.contestants) {
      double[] sorted = nanos(contestant);
      out.printf(
          Locale.ROOT,
          "| %s | %d | %,.1f | %,.1f | %,.1f | %s | %s | %,.0f |%n",
          contestant,
          sorted.length,
          median(sorted),
          sorted[0],
          sorted[sorted.length - 1],
          ratio(sorted, "limit"),
          ratio(sorted, "plain"),
          bytes.getOrDefault(contestant, Double.NaN));
    }
    Run.Result any = results.values().iterator().next().get(0);
    out.printf(
        Locale.ROOT,
        "%nAll of them: %,d events, effects by kind %s, checksum %016x.%n%n",
        any.events(),
        any.counts(),
        any.checksum());
  }

  private double[] nanos(String contestant) {
    return results.getOrDefault(contestant, List.of()).stream()
        .mapToDouble(Run.Result::nanosPerEvent)
        .sorted()
        .toArray();
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private String ratio(double[] sorted, String other) {
    double[] others = nanos(other);
    OptionalDouble ratio =
        others.length == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(median(sorted) / median(others));
    return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "-";
  }
}
