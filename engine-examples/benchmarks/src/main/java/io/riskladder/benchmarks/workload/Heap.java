package io.riskladder.benchmarks.workload;

import java.lang.management.ManagementFactory;

/** How much of the heap is in use. */
public final class Heap {
  private static final int COLLECTIONS = 3;

  private Heap() {}

  /** {@return the bytes that are still in use after full collections} */
  public static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
