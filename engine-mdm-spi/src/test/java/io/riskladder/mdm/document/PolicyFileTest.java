package io.riskladder.mdm.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.testkit.PolicySourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyFileTest {
  private static final String FIRST = document("HIGH");
  private static final String SECOND = document("LOW");
  private static final String FAULTY = document("HUGE");

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();

  private static String document(String level) {
    return "version: 1\ngroups:\n  - id: all\n    policies:\n      OUT_OF_DATE_OS:\n        riskLevel: "
        + level
        + "\n        response: ALERT_DEVICE\n";
  }

  private static PolicySet policies(String document) {
    return PolicyDocuments.read(document.getBytes(UTF_8), DocumentFormat.YAML);
  }

  private Path written(String document) throws IOException {
    return Files.writeString(folder.resolve("policies.yaml"), document);
  }

  private PolicyFile source(Path file) {
    return new PolicyFile(file, Duration.ofSeconds(1), told::add);
  }

  private static PolicySet loadTwice(PolicySource source) throws Exception {
    source.load();
    return source.load();
  }

  @Test
  void the_first_document_is_taken_at_once_and_must_be_right() throws Exception {
    PolicyFile source = source(written(FAULTY));
    InvalidDocumentException thrown = assertThrows(InvalidDocumentException.class, source::load);
    assertEquals(1, thrown.problems().size());
    assertEquals(List.of(), told);
    written(FIRST);
    assertEquals(policies(FIRST), source.load());
  }

  @Test
  void a_name_that_ends_in_json_is_of_json() throws Exception {
    Path json = folder.resolve("policies.json");
    Files.writeString(json, PolicyDocuments.write(policies(FIRST), DocumentFormat.JSON));
    assertEquals(policies(FIRST), source(json).load());
    Files.writeString(json, FIRST);
    assertThrows(InvalidDocumentException.class, source(json)::load);
  }

  @Test
  void a_new_document_counts_when_it_was_read_twice_in_a_row() throws Exception {
    PolicyFile source = source(written(FIRST));
    assertEquals(policies(FIRST), source.load());
    String half = SECOND.substring(0, SECOND.indexOf("    policies"));
    assertNotEquals(policies(FIRST), policies(half)); // half of it is right, too
    written(half);
    assertEquals(policies(FIRST), source.load());
    written(SECOND);
    assertEquals(policies(FIRST), source.load());
    assertEquals(policies(SECOND), source.load());
    assertEquals(policies(SECOND), source.load());
    written(FIRST);
    assertEquals(policies(FIRST), loadTwice(source));
    assertEquals(List.of(), told);
  }

  @Test
  void a_faulty_document_changes_nothing_and_is_told_once() throws Exception {
    PolicyFile source = source(written(FIRST));
    source.load();
    written(FAULTY);
    for (int i = 0; i < 5; i++) {
      assertEquals(policies(FIRST), source.load());
    }
    assertEquals(1, told.size());
    assertTrue(told.get(0).contains("policies.yaml cannot be used, policies stay: line 6"));
    assertTrue(told.get(0).contains("groups[0].policies.OUT_OF_DATE_OS.riskLevel: "));
    written("groups: {");
    assertEquals(policies(FIRST), loadTwice(source));
    assertEquals(2, told.size());
    written(SECOND);
    assertEquals(policies(SECOND), loadTwice(source));
    assertEquals(2, told.size());
  }

  @Test
  void of_many_problems_some_are_told() throws Exception {
    PolicyFile source = source(written(FIRST));
    source.load();
    for (int problems : List.of(PolicyFile.MOST_TOLD, PolicyFile.MOST_TOLD + 1)) {
      String unknown =
          IntStream.range(0, problems)
              .mapToObj(i -> "no" + i + ": 1\n")
              .collect(Collectors.joining());
      written(FIRST + unknown);
      source.load();
      source.load();
    }
    assertEquals(2, told.size());
    assertTrue(told.get(0).contains("no" + (PolicyFile.MOST_TOLD - 1) + ":"), told.get(0));
    assertFalse(told.get(0).contains(" more"));
    assertFalse(told.get(1).contains("no" + PolicyFile.MOST_TOLD + ":"));
    assertTrue(told.get(1).endsWith("; and 1 more"));
  }

  @Test
  void a_file_that_is_away_for_a_while_is_read_again() throws Exception {
    Path file = written(FIRST);
    PolicyFile source = source(file);
    source.load();
    Files.delete(file);
    assertThrows(NoSuchFileException.class, source::load);
    written(SECOND);
    assertEquals(policies(SECOND), loadTwice(source));
  }

  @Test
  void documents_too_large_are_told_and_not_used() throws Exception {
    PolicyFile source = source(written(FIRST));
    source.load();
    written(SECOND + "#".repeat(PolicyDocuments.MAX_BYTES));
    assertEquals(policies(FIRST), loadTwice(source));
    assertEquals(1, told.size());
  }

  @Test
  void it_does_not_matter_how_a_file_is_replaced() throws Exception {
    // as a cluster mounts its settings: a link to a link to the folder of a version
    Path one = Files.createDirectory(folder.resolve("..version-1"));
    Path two = Files.createDirectory(folder.resolve("..version-2"));
    Files.writeString(one.resolve("policies.yaml"), FIRST);
    Files.writeString(two.resolve("policies.yaml"), SECOND);
    Path data = Files.createSymbolicLink(folder.resolve("..data"), one.getFileName());
    Path file =
        Files.createSymbolicLink(
            folder.resolve("policies.yaml"), data.getFileName().resolve("policies.yaml"));
    PolicyFile source = source(file);
    assertEquals(policies(FIRST), source.load());
    Path next = Files.createSymbolicLink(folder.resolve("..next"), two.getFileName());
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    assertEquals(policies(SECOND), loadTwice(source));

    Path renamed = Files.writeString(folder.resolve("renamed"), FIRST);
    Files.move(renamed, file, StandardCopyOption.ATOMIC_MOVE);
    assertEquals(policies(FIRST), loadTwice(source));

    // as long, and as old as before
    Files.setLastModifiedTime(
        written(FIRST.replace("HIGH", "NONE").replace("NONE", "LOW ")),
        Files.getLastModifiedTime(file));
    assertEquals(policies(SECOND), loadTwice(source));
  }

  @Test
  void it_says_how_often_it_is_to_be_loaded() {
    Path file = folder.resolve("none.yaml");
    assertEquals(Optional.of(Duration.ofSeconds(10)), PolicyFile.at(file).loadEvery());
    assertEquals(
        Optional.of(Duration.ofMillis(5)), PolicyFile.at(file, Duration.ofMillis(5)).loadEvery());
    assertThrows(IllegalArgumentException.class, () -> PolicyFile.at(file, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> PolicyFile.at(file, Duration.ofDays(-1)));
  }

  @Nested
  final class Contract extends PolicySourceContract {
    @Override
    protected PolicySource newSource() throws IOException {
      return PolicyFile.at(written(FIRST));
    }
  }
}
