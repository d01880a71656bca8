package io.riskladder.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.riskladder.benchmarks.StoreBenchmark.Work;
import io.riskladder.benchmarks.stores.OpenDatabase.Kind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both contestants do the same. */
final class StoreBenchmarkTest {

  @ParameterizedTest
  @EnumSource
  void the_store_and_what_is_written_by_hand_leave_the_same_rows(Kind database) throws Exception {
    StoreBenchmark benchmark = new StoreBenchmark();
    benchmark.database = database;
    benchmark.devices = 1_234;
    benchmark.open();
    try {
      for (Work work : Work.values()) {
        benchmark.work = work;
        benchmark.fill();
        List<String> before = benchmark.rows();
        assertEquals(benchmark.devices, benchmark.store());
        List<String> byStore = benchmark.rows();
        benchmark.fill();
        assertEquals(benchmark.devices, benchmark.byHand());
        assertNotEquals(before, byStore);
        assertEquals(byStore, benchmark.rows(), work::name);
      }
    } finally {
      benchmark.close();
    }
  }
}
