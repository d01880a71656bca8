package io.riskladder.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each sample and reads what it prints. */
@Timeout(60)
final class SamplesTest {

  /** A main program. */
  private interface Sample {
    void run(String[] args) throws Exception;
  }

  private static List<String> printed(Sample sample) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      sample.run(new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void a_user_is_told_by_an_engine_in_a_backend() throws Exception {
    List<String> lines = printed(EmbedTheEngine::main);
    assertEquals(2, lines.size());
    assertEquals("to ana: ", lines.get(0).substring(0, 8));
    assertEquals("the engine answered with 1 effect", lines.get(1));
  }

  @Test
  void labels_go_to_an_mdm_of_ones_own() throws Exception {
    assertEquals(List.of("bo now has [MES - High Risk]", "bo now has []"), printed(MyOwnMdm::main));
  }

  @Test
  void a_message_that_fails_is_tried_again() throws Exception {
    assertEquals(
        List.of("the push service is busy", "pushed at try 2, ADVISORY"),
        printed(MyOwnNotifier::main));
  }

  @Test
  void tenants_share_threads_and_a_store_and_nothing_else() throws Exception {
    assertEquals(List.of("devices: 1", "devices: 0", "devices: 0"), printed(ManyTenants::main));
  }

  @Test
  void a_ladder_that_runs_follows_a_new_policy() throws Exception {
    assertEquals(
        List.of("the next step comes after PT168H", "version 1: after PT48H"),
        printed(ChangeThePolicy::main));
  }

  @Test
  void a_store_with_something_of_ones_own_around_it_keeps_devices() throws Exception {
    assertEquals(
        List.of("effects: 0, commits: 1", "effects: 1, commits: 1"), printed(MyOwnStore::main));
  }

  @Test
  void a_policy_is_the_same_in_code_and_in_a_file() throws Exception {
    assertEquals(
        List.of(
            "the same: true",
            "the same in JSON: true",
            "running: true",
            mistake(9, 0, "NO"),
            mistake(10, 1, "HUGE")),
        printed(PolicyInCodeAndFile::main));
  }

  private static String mistake(int line, int step, String level) {
    return "line %d, column 37: groups[0].policies.OUT_OF_DATE_OS.escalations[%d].riskLevel:"
            .formatted(line, step)
        + " %s is not known, expected one of NONE, ADVISORY, LOW, MEDIUM, HIGH".formatted(level);
  }

  /** All main programs of this module. */
  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      List<Path> samples = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (Files.readString(file).contains("public static void main(")) {
          samples.add(file);
        }
      }
      return samples;
    }
  }

  @Test
  void there_are_samples() throws IOException {
    assertEquals(7, samples().size());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_sample_is_short_and_run_here(Path file) throws IOException {
    assertTrue(Files.readAllLines(file).size() < 80);
    String name = file.getFileName().toString().replace(".java", "");
    String here = Files.readString(Path.of("src/test/java/io/riskladder/samples/SamplesTest.java"));
    assertTrue(here.contains("printed(" + name + "::main)"), "nothing runs " + name);
  }
}
