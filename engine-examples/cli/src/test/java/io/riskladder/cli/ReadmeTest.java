package io.riskladder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.document.PolicyDocuments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the README shows is what happens. */
final class ReadmeTest {
  private static final Path README = Path.of("../../README.md");
  private static final Path THIS = Path.of("src/test/java/io/riskladder/cli/ReadmeTest.java");

  private static final Pattern LEFT_OUT = Pattern.compile("^ *\\.\\.\\.\n", Pattern.MULTILINE);

  private static void embed() throws IOException {
    // README
    PolicySet policies = PolicyDocuments.read(Path.of("story/policy.yaml"));
    Fleet fleet = Fleet.under(policies.compile());
    EffectSink toDo = effect -> System.out.println(effect.at() + " " + effect.type());
    Instant monday = Instant.parse("2026-03-02T09:00:00Z");
    fleet.apply("ana-iphone", new DeviceEnrolled("wards", Platform.IOS), monday, 1, toDo);
    fleet.apply("ana-iphone", new ThreatDetected("os-1", "OUT_OF_DATE_OS"), monday, 2, toDo);
    fleet.advanceTo(monday.plus(Duration.ofDays(21)), toDo); // reminded, labelled, blocked
    Instant updated = monday.plus(Duration.ofDays(22));
    fleet.apply("ana-iphone", new ThreatResolved("os-1"), updated, 3, toDo); // all of it undone
    // end
  }

  @Test
  void the_embedding_example_is_the_code_that_runs_here() throws IOException {
    String source = Files.readString(THIS);
    String code =
        source.substring(source.indexOf("// README\n") + 10, source.indexOf("    // end\n"));
    String unindented = code.lines().map(line -> line.substring(4) + "\n").collect(joining());
    assertEquals(block("java"), unindented);
  }

  @Test
  void the_embedding_example_reminds_blocks_and_undoes() throws IOException {
    PrintStream standardOutput = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      embed();
    } finally {
      System.setOut(standardOutput);
    }
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertEquals("2026-03-02T09:00:00Z NOTIFY_DEVICE", lines.get(0));
    assertTrue(lines.contains("2026-03-23T09:00:00Z BLOCK_DOMAINS"), lines::toString);
    assertEquals(
        List.of(
            "2026-03-24T09:00:00Z ISSUE_RESOLVED",
            "2026-03-24T09:00:00Z UNBLOCK",
            "2026-03-24T09:00:00Z REMOVE_LABEL",
            "2026-03-24T09:00:00Z COMPLIANCE_ACTION_CEASED"),
        lines.subList(lines.size() - 4, lines.size()));
  }

  @Test
  void the_story_is_told_as_the_readme_shows_it() throws IOException {
    Run run =
        Run.of(
            "replay",
            "--policy",
            "story/policy.yaml",
            "--events",
            "story/events.jsonl",
            "--format",
            "text");
    assertEquals("", run.err());
    assertEquals(0, run.status());
    assertTrue(run.out().contains(block("text")), run::out);
  }

  @TestFactory
  Stream<DynamicTest> what_a_command_puts_out_is_as_the_readme_shows_it() throws IOException {
    List<String> sessions = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("```console\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
    while (matcher.find()) {
      sessions.add(matcher.group(1));
    }
    assertEquals(5, sessions.size());
    return sessions.stream()
        .map(session -> DynamicTest.dynamicTest(command(session), () -> assertShown(session)));
  }

  private static String command(String session) {
    return session.substring(0, session.indexOf('\n'));
  }

  /** The lines shown are put out in this order; three dots stand for lines left out. */
  private static void assertShown(String session) {
    List<String> words = List.of(command(session).split(" "));
    assertEquals(List.of("$", "riskladder"), words.subList(0, 2));
    Run run = Run.of(words.subList(2, words.size()).toArray(String[]::new));
    assertEquals("", run.err());
    assertEquals(0, run.status());
    String rest = session.substring(session.indexOf('\n') + 1);
    int at = 0;
    for (String part : LEFT_OUT.split(rest, -1)) {
      int found = run.out().indexOf(part, at);
      assertTrue(found >= at, () -> "not in its place: " + part + "in:\n" + run.out());
      at = found + part.length();
    }
  }

  /** {@return the first code block of a language} */
  private static String block(String language) throws IOException {
    String readme = Files.readString(README);
    int start = readme.indexOf("```" + language + "\n") + 4 + language.length();
    return readme.substring(start, readme.indexOf("```", start));
  }
}
