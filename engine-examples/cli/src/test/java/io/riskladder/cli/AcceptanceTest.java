package io.riskladder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Worked examples: folders with a policy, events, and the effects that follow by the rules. */
final class AcceptanceTest {
  /** The project's own examples, worked out by hand; compared are all fields but ids. */
  private static final Path OWN = Path.of("src", "test", "resources", "examples");

  private static final Path SHARED = Path.of("shared", "acceptance");
  private static final int LEVELS_UP = 4;

  /** What the shared examples compare, where the expected effect has it. */
  private static final List<String> SHARED_FIELDS =
      List.of(
          "at",
          "type",
          "device",
          "threat",
          "riskLevel",
          "response",
          "message",
          "recipients",
          "domains",
          "label",
          "resolution",
          "action",
          "reason");

  @TestFactory
  Stream<DynamicTest> own_examples_come_out_as_worked_out_by_hand() throws IOException {
    List<Path> folders = foldersIn(OWN);
    assertFalse(folders.isEmpty(), "no examples");
    return folders.stream()
        .map(folder -> dynamicTest(folder.getFileName().toString(), () -> ownExample(folder)));
  }

  @TestFactory
  Stream<DynamicTest> shared_examples_come_out_as_their_readme_says() throws IOException {
    Path shared = shared();
    assumeTrue(Files.isDirectory(shared), "shared examples lie beside some checkouts, not in them");
    List<Path> folders = foldersIn(shared);
    assertFalse(folders.isEmpty(), "no examples");
    return folders.stream()
        .map(folder -> dynamicTest(folder.getFileName().toString(), () -> sharedExample(folder)));
  }

  @Test
  void the_shared_ladder_for_systems_out_of_date_needs_no_advice() {
    Path policy = shared().resolve("os-out-of-date").resolve("policy.json");
    assumeTrue(Files.exists(policy), "shared examples lie beside some checkouts, not in them");
    assertEquals(
        new Run(0, "no errors, no advice\n", ""), Run.of("check", "--policy", policy.toString()));
  }

  /**
   * {@return the shared examples, beside the project or above it; else a path that is not there}
   */
  private static Path shared() {
    Path up = Path.of(System.getProperty("user.dir", "")).toAbsolutePath();
    for (int i = 0; i < LEVELS_UP && up.getParent() != null; i++) {
      if (Files.isDirectory(up.resolve(SHARED))) {
        break;
      }
      up = up.getParent();
    }
    return up.resolve(SHARED);
  }

  private static List<Path> foldersIn(Path parent) throws IOException {
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static void ownExample(Path folder) throws IOException {
    List<Map<String, Object>> expected =
        Json.lines(Files.readString(folder.resolve("expected.jsonl")));
    List<Map<String, Object>> actual = replayed(folder);
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      assertEquals(expected.get(i), compared(actual.get(i), expected.get(i)), "effect " + (i + 1));
    }
    assertEquals(expected.size(), actual.size(), "effects");
    Set<Object> ids = new TreeSet<>();
    actual.forEach(effect -> ids.add(effect.getOrDefault("id", Json.NULL)));
    assertEquals(actual.size(), ids.size(), "different ids");
  }

  /** All but the id; of a message in the project's own words (no description), the notice alone. */
  private static Map<String, Object> compared(
      Map<String, Object> actual, Map<String, Object> expected) {
    Map<String, Object> compared = new LinkedHashMap<>(actual);
    compared.remove("id");
    if (compared.get("message") instanceof Map<?, ?> message) {
      Object wanted = expected.getOrDefault("message", Map.of());
      if (wanted.equals(Json.NULL)) {
        compared.put("message", message.containsKey("notice") ? message : Json.NULL);
      } else if (wanted instanceof Map<?, ?> fields && !fields.containsKey("description")) {
        compared.put("message", only(message, "notice"));
      }
    }
    return compared;
  }

  private static Map<Object, Object> only(Map<?, ?> fields, String name) {
    Map<Object, Object> kept = new LinkedHashMap<>(fields);
    kept.keySet().removeIf(key -> !key.equals(name));
    return kept;
  }

  private static void sharedExample(Path folder) throws IOException {
    List<Map<String, Object>> expected =
        Json.lines(Files.readString(folder.resolve("expected.jsonl")));
    List<Map<String, Object>> actual = replayed(folder);
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      Map<String, Object> wanted = new LinkedHashMap<>(expected.get(i));
      Map<String, Object> got = new LinkedHashMap<>(actual.get(i));
      wanted.keySet().retainAll(SHARED_FIELDS);
      got.keySet().retainAll(wanted.keySet());
      if (Json.NULL.equals(wanted.get("message")) && got.get("message") instanceof Map) {
        got.put("message", Json.NULL);
      }
      assertEquals(wanted, got, "effect " + (i + 1));
    }
    assertEquals(expected.size(), actual.size(), "effects");
  }

  private static List<Map<String, Object>> replayed(Path folder) {
    Path json = folder.resolve("policy.json");
    Path policy = Files.exists(json) ? json : folder.resolve("policy.yaml");
    Run run =
        Run.of(
            "replay",
            "--policy",
            policy.toString(),
            "--events",
            folder.resolve("events.jsonl").toString());
    assertEquals(0, run.status(), run::err);
    List<Map<String, Object>> effects = new ArrayList<>(Json.lines(run.out()));
    assertFalse(effects.isEmpty(), "no effects");
    return effects;
  }
}
