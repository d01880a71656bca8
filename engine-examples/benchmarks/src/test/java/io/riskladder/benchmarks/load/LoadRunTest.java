package io.riskladder.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At a size without meaning: that it runs, and that nothing is lost. */
final class LoadRunTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private List<String> run(String... arguments) throws Exception {
    try (PrintStream out = new PrintStream(printed, true, UTF_8)) {
      return LoadRun.run(out, arguments);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgres", "sqlite", "memory"})
  void a_small_run_loses_nothing(String store) throws Exception {
    List<String> lost =
        run("--store", store, "--devices", "500", "--rate", "100", "--seconds", "3");
    String table = printed.toString(UTF_8);
    assertEquals(List.of(), lost, table);
    assertTrue(table.contains("| answers, from when they were to be asked for | 300 |"), table);
    assertTrue(table.contains("0 things were lost."), table);
  }

  @Test
  void it_wants_a_store_that_it_knows() {
    assertThrows(IllegalArgumentException.class, () -> run("--store", "oracle"));
    assertThrows(IllegalArgumentException.class, () -> run("--stores", "memory"));
    assertThrows(IllegalArgumentException.class, () -> run("--store"));
  }
}
