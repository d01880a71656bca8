package io.riskladder.benchmarks.contestants;

import io.riskladder.benchmarks.workload.Contestant;
import io.riskladder.benchmarks.workload.EffectSink;
import io.riskladder.benchmarks.workload.Rules;
import java.util.List;

/** Who takes part. */
public final class Contestants {
  private static final List<String> NAMES =
      List.of(
          "limit",
          "limit-materialised",
          "plain",
          "stateless4j",
          "drools",
          "ours",
          "ours-one-by-one",
          "ours-prepared",
          "ours-materialised",
          "ours-materialised-ids");

  private Contestants() {}

  /** {@return the names of all, in the order in which they are listed} */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * {@return whether a contestant takes minutes where others take seconds}
   *
   * @param name its name
   */
  public static boolean isSlow(String name) {
    return name.equals("drools");
  }

  /**
   * {@return a contestant that has seen nothing yet}
   *
   * @param name its name
   * @param rules the policies
   * @param sink gets its effects
   * @throws IllegalArgumentException if nobody has that name
   */
  public static Contestant make(String name, Rules rules, EffectSink sink) {
    return switch (name) {
      case "limit" -> new Limit(rules, sink);
      case "limit-materialised" -> new Limit(rules, new Materialising(sink));
      case "plain" -> new Plain(rules, sink);
      case "stateless4j" -> new Stateless(rules, sink);
      case "drools" -> new Drools(rules, sink);
      case "ours" -> new Ours(rules, new EffectReader(sink), true);
      case "ours-one-by-one" -> new Ours(rules, new EffectReader(sink), false);
      case "ours-prepared" -> new OursPrepared(rules, new EffectReader(sink));
      case "ours-materialised" -> new Ours(rules, new EffectKeeper(sink, false), true);
      case "ours-materialised-ids" -> new Ours(rules, new EffectKeeper(sink, true), true);
      default ->
          throw new IllegalArgumentException(name + " takes no part, expected one of " + NAMES);
    };
  }
}
