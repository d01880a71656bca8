package io.riskladder.cli;

import static io.riskladder.cli.Run.assertWrongUsage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.document.DocumentFormat;
import io.riskladder.mdm.document.PolicyDocuments;
import io.riskladder.mobilerisk.FeedItem;
import io.riskladder.mobilerisk.FeedReader;
import io.riskladder.mobilerisk.FeedVersion;
import io.riskladder.mobilerisk.ImpliedPolicies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of the mobile risk feed, replayed. */
final class FeedReplayTest {
  private static final Path SAMPLES = Path.of("..", "mobile-risk-feed", "sample");
  private static final String POLICY = SAMPLES.resolve("policy.yaml").toString();

  /** Where a real session lies beside some checkouts. */
  private static final Path SESSION =
      Path.of("shared", "data", "mobile-risk-api-v1", "session.json");

  private static final int LEVELS_UP = 4;

  @TempDir private Path folder = Path.of("");

  private static Run replay(Path events, int version, String... more) {
    return Run.of(
        "replay",
        List.of(
            "--policy",
            POLICY,
            "--events",
            events.toString(),
            "--events-format",
            "mobile-risk-v" + version),
        more);
  }

  private static Run sample(String name, String... more) {
    return replay(SAMPLES.resolve(name), name.charAt(1) - '0', more);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("events"), text);
  }

  private static List<Map<String, Object>> effects(Run run) {
    return Json.lines(run.out());
  }

  private static List<String> types(Run run) {
    return effects(run).stream().map(effect -> String.valueOf(effect.get("type"))).toList();
  }

  /** {@return the lines of the summary that begin with a count of kinds, without indents} */
  private static List<String> summary(Run run) {
    return run.err().lines().map(String::strip).toList();
  }

  @Test
  void every_framing_of_the_same_events_has_the_same_effects() throws IOException {
    Run lines = sample("v2.jsonl");
    assertEquals(0, lines.status());
    assertEquals(lines.out(), sample("v2.sse").out());
    List<String> events = Files.readAllLines(SAMPLES.resolve("v2.jsonl"));
    String list = String.join(",\n", events);
    assertEquals(lines.out(), replay(file("[" + list + "]"), 2).out());
    assertEquals(lines.out(), replay(file("{\"count\":16,\"events\":[" + list + "]}"), 2).out());
    assertEquals(lines.out(), replay(file("[" + list.replace("\n", "") + "]"), 2).out());
    Run in =
        Run.reading(
            String.join("\n", events),
            "replay",
            "--policy",
            POLICY,
            "--events",
            "-",
            "--events-format",
            "MOBILE-RISK-V2");
    assertEquals(lines, in);
  }

  @Test
  void the_sample_of_version_1_is_told_in_effects_and_counts() {
    Run run = sample("v1.json");
    assertEquals(0, run.status());
    assertEquals(
        List.of(
            "NOTIFY_DEVICE", // the virus, at MEDIUM since an edit
            "ISSUE_OPENED",
            "EMAIL_ADMINISTRATORS",
            "BLOCK_DOMAINS",
            "ADD_LABEL",
            "NOTIFY_DEVICE", // phishing, over when reported
            "ISSUE_OPENED",
            "ISSUE_RESOLVED",
            "EMAIL_ADMINISTRATORS"),
        types(run).subList(0, 9));
    assertEquals(
        List.of(
            "20 events of the feed",
            "13 mapped, to",
            "1 DeviceDisconnected",
            "2 DeviceEnrolled",
            "1 DeviceReconnected",
            "1 DeviceRemoved",
            "1 IssueIgnored",
            "4 PolicyChanged",
            "2 ThreatDetected",
            "1 ThreatEncountered",
            "1 ThreatResolved",
            "5 not needed",
            "1 DEVICE_NOT_ACTIVE",
            "1 DEVICE_UNCHANGED",
            "1 OTHER_AUDIT",
            "1 POLICY_SETTINGS",
            "1 THREAT_UNCHANGED",
            "1 delivered again",
            "1 set aside",
            "1 UNKNOWN_CLASSIFICATION",
            "event 11, line 333, column 3: neither the catalogue nor the policies know GHOSTWARE"),
        summary(run));
  }

  @Test
  void effects_have_ids_of_their_own_and_the_number_of_their_event() {
    for (String name : List.of("v1.json", "v2.sse")) {
      Set<Object> ids = new HashSet<>();
      for (Map<String, Object> effect : effects(sample(name))) {
        assertTrue(ids.add(String.valueOf(effect.get("id"))), effect::toString);
        assertNotEquals(Map.of(), effect.getOrDefault("cause", Map.of()));
      }
    }
    // a device that a threat enrols: what follows from that has the number of the event, less than
    // 0
    String secured = "labels: {SECURED: Safe}\nversion: 1\ngroups: [{id: all}]\n";
    List<Map<String, Object>> effects = new ArrayList<>();
    try {
      Path policy = Files.writeString(folder.resolve("policy.yaml"), secured);
      effects.addAll(
          effects(
              Run.of(
                  "replay",
                  "--policy",
                  policy.toString(),
                  "--events",
                  SAMPLES.resolve("v2.jsonl").toString(),
                  "--events-format",
                  "mobile-risk-v2")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    List<Map<String, Object>> safe =
        effects.stream().filter(effect -> "Safe".equals(effect.get("label"))).toList();
    assertEquals("{event=1}", String.valueOf(safe.get(0).get("cause")));
    assertTrue(
        safe.stream().anyMatch(effect -> "{event=-7}".equals(String.valueOf(effect.get("cause")))),
        safe::toString);
  }

  @Test
  void time_passes_after_the_last_event_as_with_our_own() {
    Run run = sample("v2.sse", "--until", "2026-12-24T00:00:00Z");
    assertEquals(0, run.status());
    assertEquals(types(sample("v2.sse")), types(run), "nothing is open at the end of the sample");
    Run first = replay(SAMPLES.resolve("v2.jsonl"), 2, "--format", "text");
    assertTrue(first.out().contains("is not fixed in time: step 3 of its ladder"), first::out);
  }

  @Test
  void a_file_that_is_cut_is_told_up_to_there_with_the_place() throws IOException {
    String whole = Files.readString(SAMPLES.resolve("v1.json"));
    Path cut = file(whole.substring(0, whole.length() / 2));
    Run run = replay(cut, 1, "--until", "2027-01-01T00:00:00Z");
    assertEquals(1, run.status());
    assertTrue(types(run).contains("BLOCK_DOMAINS"));
    String first = run.err().lines().findFirst().orElse("");
    assertTrue(
        first.matches(".*events:\\d+:\\d+: event \\d+: the text ends in the middle.*"), first);
    assertTrue(summary(run).contains("1 UNREADABLE"), run::err);
  }

  @Test
  void a_line_that_is_broken_is_set_aside_and_the_run_goes_on() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(SAMPLES.resolve("v2.jsonl")));
    lines.add(3, "{oops");
    Run run = replay(file(String.join("\n", lines)), 2);
    assertEquals(1, run.status());
    assertEquals(types(sample("v2.jsonl")), types(run));
    assertTrue(
        summary(run).contains("event 4, line 4, column 2: is no JSON: unexpected character"),
        run::err);
  }

  @Test
  void an_event_that_cannot_be_read_is_a_fault_of_the_input_wherever_it_stands()
      throws IOException {
    for (String text : List.of("[7]", "[{\"id\":\"1\",\"id\":\"2\"}]", "data: [7]\n\n")) {
      Run run = replay(file(text), 1);
      assertEquals(1, run.status());
      assertTrue(summary(run).contains("1 UNREADABLE"), run::err);
    }
  }

  @Test
  void the_first_places_of_each_reason_are_told() throws IOException {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < FeedSummary.MOST_PLACES + 1; i++) {
      events.append("{\"id\":\"").append(i).append("\",\"type\":\"FAX\"}\n");
    }
    Run run = replay(file(events.toString()), 1);
    assertEquals(0, run.status());
    assertEquals(
        List.of(
            "4 set aside",
            "4 UNKNOWN_TYPE",
            "event 1, line 1, column 1: type: FAX is not known, expected one of AUDIT, DEVICE,"
                + " THREAT",
            "event 2, line 2, column 1: type: FAX is not known, expected one of AUDIT, DEVICE,"
                + " THREAT",
            "event 3, line 3, column 1: type: FAX is not known, expected one of AUDIT, DEVICE,"
                + " THREAT",
            "..."),
        summary(run).subList(4, 10));
  }

  @Test
  void what_events_say_cannot_move_the_cursor() throws IOException {
    Run run = replay(file("{\"id\":\"1\",\"type\":\"\\u001b[2J\\u202e\"}"), 1);
    assertFalse(run.err().contains("\u001b"), run::err);
    assertFalse(run.err().contains("\u202e"), run::err);
  }

  @Test
  void a_format_that_is_not_known_is_wrong_usage() {
    assertWrongUsage(
        "Invalid value for option '--events-format': 'mobile-risk-v3' is no format of events,"
            + " expected riskladder, mobile-risk-v1 or mobile-risk-v2",
        replay(SAMPLES.resolve("v1.json"), 3));
  }

  @Test
  void our_own_format_is_the_default_and_has_a_name() {
    List<String> story = List.of("--policy", "story/policy.yaml", "--events", "story/events.jsonl");
    Run run = Run.of("replay", story, "--events-format", "riskladder");
    assertEquals(Run.of("replay", story), run);
    assertEquals("", run.err());
    assertEquals(1, Run.of("replay", List.of("--policy", POLICY, "--events", POLICY)).status());
  }

  @Test
  void nobody_who_reads_the_results_is_told() {
    Run run =
        Run.unread(
            "replay",
            List.of(
                "--policy",
                POLICY,
                "--events",
                SAMPLES.resolve("v1.json").toString(),
                "--events-format",
                "mobile-risk-v1"));
    assertEquals(1, run.status());
    assertTrue(run.err().startsWith("cannot write the results: "), run::err);
  }

  /** {@return the session, beside the project or above it; else a path that is not there} */
  private static Path session() {
    Path up = Path.of(System.getProperty("user.dir", "")).toAbsolutePath();
    for (int i = 0; i < LEVELS_UP && up.getParent() != null; i++) {
      if (Files.exists(up.resolve(SESSION))) {
        break;
      }
      up = up.getParent();
    }
    return up.resolve(SESSION);
  }

  @Test
  void a_real_session_is_mapped_whole_and_labels_its_device_as_the_service_rates_it()
      throws IOException {
    Path session = session();
    assumeTrue(Files.exists(session), "the session lies beside some checkouts, not in them");
    ImpliedPolicies implied = new ImpliedPolicies(FeedVersion.V1);
    byte[] text = Files.readAllBytes(session);
    try (FeedReader reader = new FeedReader(new ByteArrayInputStream(text))) {
      for (Optional<FeedItem> item = reader.next(); item.isPresent(); item = reader.next()) {
        implied.learn(item.get());
      }
    }
    PolicySet one = PolicySet.builder().addGroup(DeviceGroup.builder().id("all").build()).build();
    String document = PolicyDocuments.write(implied.atStart(one), DocumentFormat.YAML);
    Path policy = Files.write(folder.resolve("policy.yaml"), document.getBytes(UTF_8));
    Run run =
        Run.of(
            "replay",
            "--policy",
            policy.toString(),
            "--events",
            session.toString(),
            "--events-format",
            "mobile-risk-v1");
    assertEquals(0, run.status());
    assertEquals("100 events of the feed", summary(run).get(0));
    assertTrue(summary(run).contains("0 set aside"), run::err);
    assertEquals(
        List.of(
            "2021-02-15T12:53:59Z ADD_LABEL MES - Low Risk",
            "2021-02-15T13:08:39Z ADD_LABEL MES - Moderate Risk",
            "2021-02-15T13:08:39Z REMOVE_LABEL MES - Low Risk",
            "2021-02-15T13:09:20Z ADD_LABEL MES - Low Risk", // 12 seconds before the service
            "2021-02-15T13:09:20Z REMOVE_LABEL MES - Moderate Risk",
            "2021-02-18T04:31:47Z ADD_LABEL MES - Low Risk"),
        effects(run).stream()
            .filter(effect -> effect.containsKey("label"))
            .map(effect -> effect.get("at") + " " + effect.get("type") + " " + effect.get("label"))
            .toList());
  }
}
