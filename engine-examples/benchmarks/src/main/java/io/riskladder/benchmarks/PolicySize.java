package io.riskladder.benchmarks;

import io.riskladder.benchmarks.workload.Heap;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicySet;
import java.util.List;
import java.util.Locale;

/** How much memory policies take, as they were made and on top of that when they are ready. */
public final class PolicySize {
  private static final List<int[]> SIZES = List.of(new int[] {50, 30}, new int[] {5_000, 49});

  private PolicySize() {}

  /**
   * Measures and prints a table.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    of(10, 10); // classes are loaded
    System.out.println(
        "| groups x kinds | policy set, bytes | made ready, bytes more | a ladder |");
    System.out.println("| --- | --- | --- | --- |");
    for (int[] size : SIZES) {
      long[] bytes = of(size[0], size[1]);
      System.out.printf(
          Locale.ROOT,
          "| %,d x %d | %,d | %,d | %,d |%n",
          size[0],
          size[1],
          bytes[0],
          bytes[1],
          bytes[1] / ((long) size[0] * size[1]));
    }
  }

  /** {@return the bytes of a policy set, and those that it takes more when it is made ready} */
  static long[] of(int groups, int kinds) {
    long before = Heap.used();
    PolicySet set = CompileBenchmark.policies(groups, kinds);
    long made = Heap.used();
    CompiledPolicies compiled = set.compile();
    long ready = Heap.used();
    if (compiled.source().groups().size() != set.groups().size()) { // both are held until here
      throw new IllegalStateException("groups were lost");
    }
    return new long[] {made - before, ready - made};
  }
}
