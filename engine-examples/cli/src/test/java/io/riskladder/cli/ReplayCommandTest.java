package io.riskladder.cli;

import static io.riskladder.cli.Run.assertWrongUsage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayCommandTest {
  private static final String POLICY =
      """
      version: 1
      groups:
        - id: g
          onDeviceThreatProtection: {enabled: true, blockedDomains: [acme.example]}
          defaultNotice: "Grüße"
          policies:
            NO_DEVICE_LOCK:
              riskLevel: LOW
              response: ALERT_DEVICE
              message: {description: 'No "lock".', howToFix: "{daysLeft} left."}
              escalations:
                - {after: P1D, riskLevel: HIGH, response: BLOCK_DOMAINS_AND_ALERT}
      administrators:
        - {email: ops@acme.example, notify: [HIGH]}
      riskResponse: standard
      """;

  /** Has an error in its second group, and a threat that counts for nothing. */
  private static final String BROKEN_POLICY =
      """
      version: 1
      groups:
        - id: g
        - {id: h, parent: gg}
      labels: {LOW: MES, HIGH: MES}
      """;

  private static final String ENROLLED =
      event(
          "2026-01-01T09:00:00Z",
          "DEVICE_ENROLLED",
          "device",
          "d1",
          "group",
          "g",
          "platform",
          "IOS");
  private static final String DETECTED =
      event(
          "2026-01-01T10:00:00Z",
          "THREAT_DETECTED",
          "device",
          "d1",
          "threat",
          "t1",
          "classification",
          "NO_DEVICE_LOCK");
  private static final String RESOLVED =
      event("2026-01-02T11:00:00Z", "THREAT_RESOLVED", "device", "d1", "threat", "t1");

  /** When the rung above the base is due. */
  private static final String DUE = "2026-01-02T10:00:00Z";

  @TempDir private Path folder = Path.of("");

  private static String event(String at, String type, String... fields) {
    StringBuilder line = new StringBuilder("{\"at\":\"" + at + "\",\"type\":\"" + type + "\"");
    for (int i = 0; i < fields.length; i += 2) {
      line.append(",\"").append(fields[i]).append("\":\"").append(fields[i + 1]).append('"');
    }
    return line.append('}').toString();
  }

  private static String policyChanged(String at, String file) {
    return event(at, "POLICY_CHANGED", "policy", file);
  }

  private static String lines(String... lines) {
    return String.join("\n", lines) + "\n";
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Path policy() throws IOException {
    return file("policy.yaml", POLICY);
  }

  private Run replay(String events, String... more) throws IOException {
    return Run.of(
        "replay",
        List.of(
            "--policy", policy().toString(), "--events", file("events.jsonl", events).toString()),
        more);
  }

  private Run replayStandardInput(String events) throws IOException {
    return Run.reading(events, "replay", "--policy", policy().toString(), "--events", "-");
  }

  /** {@return the effects' instants and types} */
  private static List<String> story(Run run) {
    return Json.lines(run.out()).stream()
        .map(effect -> effect.get("at") + " " + effect.get("type"))
        .toList();
  }

  private static List<String> detectedAt(String at) {
    return List.of(
        at + " NOTIFY_DEVICE",
        at + " ISSUE_OPENED",
        at + " ADD_LABEL",
        at + " COMPLIANCE_ACTION_STARTED");
  }

  private static List<String> escalatedAt(String at) {
    return List.of(
        at + " NOTIFY_DEVICE",
        at + " ISSUE_UPDATED",
        at + " EMAIL_ADMINISTRATORS",
        at + " BLOCK_DOMAINS",
        at + " ADD_LABEL",
        at + " REMOVE_LABEL",
        at + " COMPLIANCE_ACTION_STARTED",
        at + " COMPLIANCE_ACTION_CEASED");
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  @Test
  void effects_come_byte_for_byte_as_documented_in_order() throws IOException {
    String opened = "{\"at\":\"2026-01-01T10:00:00Z\",\"id\":\"b9d30e9f3aeaacba2770833d4417825d-";
    String due = "{\"at\":\"2026-01-02T10:00:00Z\",\"id\":\"9f2b505db956333b67a7029df7e0052a-";
    String over = "{\"at\":\"2026-01-02T11:00:00Z\",\"id\":\"e8b6410954a6c88e2c5bee391ced1be8-";
    String rejected = "{\"at\":\"2026-01-02T11:30:00Z\",\"id\":\"f204de5d36560a16d210f91e47523b3c-";
    String threat = "\"device\":\"d1\",\"threat\":\"t1\",\"classification\":\"NO_DEVICE_LOCK\",";
    String expected =
        lines(
            opened
                + "0\",\"type\":\"NOTIFY_DEVICE\","
                + threat
                + "\"riskLevel\":\"LOW\",\"response\":\"ALERT_DEVICE\",\"message\":"
                + "{\"description\":\"No \\\"lock\\\".\",\"howToFix\":\"1 left.\",\"notice\":\"Grüße\"},"
                + why("{\"event\":2}", 0),
            opened
                + "1\",\"type\":\"ISSUE_OPENED\","
                + threat
                + "\"riskLevel\":\"LOW\","
                + why("{\"event\":2}", 0),
            opened
                + "2\",\"type\":\"ADD_LABEL\",\"device\":\"d1\",\"label\":\"MES - Low Risk\","
                + "\"cause\":{\"event\":2}}",
            opened
                + "3\",\"type\":\"COMPLIANCE_ACTION_STARTED\",\"device\":\"d1\","
                + "\"action\":\"MES Low Risk\",\"cause\":{\"event\":2}}",
            due
                + "0\",\"type\":\"NOTIFY_DEVICE\","
                + threat
                + "\"riskLevel\":\"HIGH\",\"response\":\"BLOCK_DOMAINS_AND_ALERT\",\"message\":"
                + "{\"description\":\"No \\\"lock\\\".\",\"howToFix\":\"0 left.\",\"notice\":\"Grüße\"},"
                + why("{\"due\":true}", 1),
            due
                + "1\",\"type\":\"ISSUE_UPDATED\","
                + threat
                + "\"riskLevel\":\"HIGH\","
                + why("{\"due\":true}", 1),
            due
                + "2\",\"type\":\"EMAIL_ADMINISTRATORS\","
                + threat
                + "\"riskLevel\":\"HIGH\",\"recipients\":[\"ops@acme.example\"],"
                + why("{\"due\":true}", 1),
            due
                + "3\",\"type\":\"BLOCK_DOMAINS\",\"device\":\"d1\",\"domains\":[\"acme.example\"],"
                + "\"cause\":{\"due\":true}}",
            due
                + "4\",\"type\":\"ADD_LABEL\",\"device\":\"d1\",\"label\":\"MES - High Risk\","
                + "\"cause\":{\"due\":true}}",
            due
                + "5\",\"type\":\"REMOVE_LABEL\",\"device\":\"d1\",\"label\":\"MES - Low Risk\","
                + "\"cause\":{\"due\":true}}",
            due
                + "6\",\"type\":\"COMPLIANCE_ACTION_STARTED\",\"device\":\"d1\","
                + "\"action\":\"MES High Risk\",\"cause\":{\"due\":true}}",
            due
                + "7\",\"type\":\"COMPLIANCE_ACTION_CEASED\",\"device\":\"d1\","
                + "\"action\":\"MES Low Risk\",\"cause\":{\"due\":true}}",
            over
                + "0\",\"type\":\"ISSUE_RESOLVED\","
                + threat
                + "\"resolution\":\"RESOLVED\","
                + why("{\"event\":3}", 1),
            over + "1\",\"type\":\"UNBLOCK\",\"device\":\"d1\",\"cause\":{\"event\":3}}",
            over
                + "2\",\"type\":\"REMOVE_LABEL\",\"device\":\"d1\",\"label\":\"MES - High Risk\","
                + "\"cause\":{\"event\":3}}",
            over
                + "3\",\"type\":\"COMPLIANCE_ACTION_CEASED\",\"device\":\"d1\","
                + "\"action\":\"MES High Risk\",\"cause\":{\"event\":3}}",
            rejected
                + "0\",\"type\":\"REJECTED\",\"device\":\"d2\",\"reason\":\"UNKNOWN_DEVICE\","
                + "\"cause\":{\"event\":4}}");
    String moved = event("2026-01-02T11:30:00Z", "DEVICE_MOVED", "device", "d2", "group", "g");
    assertEquals(new Run(0, expected, ""), replay(lines(ENROLLED, DETECTED, RESOLVED, moved)));
  }

  private static String why(String cause, int rung) {
    return "\"cause\":"
        + cause
        + ",\"rung\":"
        + rung
        + ",\"policyGroup\":\"g\",\"policyVersion\":0}";
  }

  @Test
  void every_replay_gives_the_same_bytes_from_a_file_and_from_standard_input() throws IOException {
    String events = lines(ENROLLED, DETECTED, RESOLVED, DETECTED);
    Run first = replay(events);
    assertEquals(20, first.out().lines().count());
    assertEquals(first, replay(events));
    assertEquals(first, replayStandardInput(events));
    assertArrayEquals(first.out().getBytes(UTF_8), replay(events).out().getBytes(UTF_8));
  }

  @Test
  void no_events_have_no_effects() throws IOException {
    assertEquals(new Run(0, "", ""), replay(""));
    assertEquals(new Run(0, "", ""), replay("\n\n"));
    assertEquals(new Run(0, "", ""), replay("", "--until", "2026-01-01T00:00:00Z"));
    assertEquals(new Run(0, "", ""), replayStandardInput(""));
  }

  @Test
  void without_until_time_stops_at_the_latest_instant_seen() throws IOException {
    assertEquals(detectedAt("2026-01-01T10:00:00Z"), story(replay(lines(ENROLLED, DETECTED))));
    assertEquals(
        joined(detectedAt("2026-01-01T10:00:00Z"), escalatedAt(DUE)),
        story(replay(lines(ENROLLED, DETECTED, event(DUE, "CLOCK")))));
  }

  @Test
  void until_lets_time_pass_to_the_instant_itself() throws IOException {
    List<String> detected = detectedAt("2026-01-01T10:00:00Z");
    String events = lines(ENROLLED, DETECTED);
    assertEquals(detected, story(replay(events, "--until", "2026-01-02T09:59:59.999999999Z")));
    assertEquals(joined(detected, escalatedAt(DUE)), story(replay(events, "--until", DUE)));
    assertEquals(
        joined(detected, escalatedAt(DUE)),
        story(replay(events, "--until", "9999-12-31T23:59:59.999999999Z")));
  }

  @Test
  void until_before_the_last_event_holds_back_what_is_due_at_that_event() throws IOException {
    String events = lines(ENROLLED, DETECTED, event(DUE, "CLOCK"));
    assertEquals(
        detectedAt("2026-01-01T10:00:00Z"),
        story(replay(events, "--until", "2026-01-02T09:59:59Z")));
    assertEquals(new Run(0, "", ""), replay(lines(ENROLLED), "--until", "1970-01-01T00:00:00Z"));
  }

  @Test
  void until_before_the_last_event_leaves_out_no_event() throws IOException {
    assertEquals(
        replay(lines(ENROLLED, DETECTED, RESOLVED)),
        replay(lines(ENROLLED, DETECTED, RESOLVED), "--until", "2026-01-01T00:00:00Z"));
  }

  @Test
  void a_late_event_happens_at_the_latest_instant_seen() throws IOException {
    String clock = event("2026-01-01T12:00:00Z", "CLOCK");
    assertEquals(
        detectedAt("2026-01-01T12:00:00Z"), story(replay(lines(ENROLLED, clock, DETECTED))));
  }

  @Test
  void a_late_threat_is_due_by_the_instant_at_which_it_was_learnt() throws IOException {
    String clock = event("2026-01-01T12:00:00Z", "CLOCK");
    assertEquals(
        joined(detectedAt("2026-01-01T12:00:00Z"), escalatedAt("2026-01-02T12:00:00Z")),
        story(replay(lines(ENROLLED, clock, DETECTED), "--until", "2026-01-02T12:00:00Z")));
  }

  @Test
  void blank_lines_are_skipped_and_counted() throws IOException {
    Run run = replay(" \r\n" + ENROLLED + "\r\n\n\t\n" + DETECTED);
    assertEquals(detectedAt("2026-01-01T10:00:00Z"), story(run));
    assertEquals(Map.of("event", 5L), Json.lines(run.out()).get(0).get("cause"));
  }

  @Test
  void a_policy_file_is_looked_for_beside_the_events_file() throws IOException {
    Files.createDirectories(folder.resolve("changes"));
    file(
        "changes/new.json",
        "{\"version\":1,\"groups\":[{\"id\":\"g\"}],\"labels\":{\"LOW\":\"L\"}}");
    Run run =
        replay(
            lines(ENROLLED, DETECTED, policyChanged("2026-01-01T11:00:00Z", "changes/new.json")));
    assertEquals("", run.err());
    assertEquals(0, run.status());
    List<Map<String, Object>> effects = Json.lines(run.out());
    assertEquals("MEDIUM", effects.get(4).get("riskLevel"));
    assertEquals(1L, effects.get(4).get("policyVersion"));
  }

  @Test
  void an_absolute_policy_file_is_taken_as_it_is() throws IOException {
    Path changed = file("new.json", "{\"version\":1,\"groups\":[{\"id\":\"g\"}]}");
    Run run = replayStandardInput(lines(policyChanged("2026-01-01T11:00:00Z", changed.toString())));
    assertEquals(new Run(0, "", ""), run);
  }

  @Test
  void a_policy_file_of_standard_input_is_looked_for_in_the_working_folder() throws IOException {
    file("beside.json", "{\"version\":1,\"groups\":[{\"id\":\"g\"}]}");
    String inWorkingFolder = "src/test/resources/examples/policy-changes/severe.json";
    assertTrue(Files.exists(Path.of(inWorkingFolder)), "the tests run in the module's folder");
    assertEquals(
        new Run(0, "", ""),
        replayStandardInput(lines(policyChanged("2026-01-01T11:00:00Z", inWorkingFolder))));
    assertEquals(
        new Run(
            1, "", "standard input:1:63: policy: cannot read beside.json: there is no such file\n"),
        replayStandardInput(lines(policyChanged("2026-01-01T11:00:00Z", "beside.json"))));
  }

  @Test
  void a_changed_policy_with_errors_is_rejected_and_the_run_goes_on() throws IOException {
    file("broken.yaml", BROKEN_POLICY);
    Run run =
        replay(lines(ENROLLED, "", policyChanged("2026-01-01T09:30:00Z", "broken.yaml"), DETECTED));
    String where = folder.resolve("events.jsonl") + ":3: broken.yaml: ";
    assertEquals(
        List.of(
            where + "groups[1].parent: gg is not a group, did you mean g?",
            where + "labels.HIGH: MES is the label of LOW already"),
        run.err().lines().toList());
    assertEquals(0, run.status());
    assertEquals(
        joined(List.of("2026-01-01T09:30:00Z REJECTED"), detectedAt("2026-01-01T10:00:00Z")),
        story(run));
    Map<String, Object> rejected = Json.lines(run.out()).get(0);
    assertEquals(List.of("at", "id", "type", "reason", "cause"), List.copyOf(rejected.keySet()));
    assertEquals("INVALID_POLICY", rejected.get("reason"));
    assertEquals(Map.of("event", 3L), rejected.get("cause"));
    assertEquals(0L, Json.lines(run.out()).get(1).get("policyVersion"));
  }

  @Test
  void a_changed_policy_that_does_not_fit_the_devices_is_rejected_and_told_why()
      throws IOException {
    file("other.json", "{\"version\":1,\"groups\":[{\"id\":\"other\"}]}");
    Run run =
        replay(lines(ENROLLED, policyChanged("2026-01-01T09:30:00Z", "other.json"), DETECTED));
    assertEquals(
        folder.resolve("events.jsonl")
            + ":2: other.json: device d1 is in group g, which is not there\n",
        run.err());
    assertEquals(0, run.status());
    assertEquals("INVALID_POLICY", Json.lines(run.out()).get(0).get("reason"));
    assertEquals(5, run.out().lines().count());
  }

  @Test
  void a_rejected_policy_counts_as_seen() throws IOException {
    file("broken.yaml", BROKEN_POLICY);
    Run run = replay(lines(ENROLLED, DETECTED, policyChanged(DUE, "broken.yaml")));
    assertEquals(
        joined(
            joined(detectedAt("2026-01-01T10:00:00Z"), List.of(DUE + " REJECTED")),
            escalatedAt(DUE)),
        story(run));
  }

  @Test
  void a_missing_policy_file_stops_the_run_before_its_event() throws IOException {
    Run run =
        replay(
            lines(ENROLLED, DETECTED, policyChanged("2026-01-05T00:00:00Z", "no.yaml"), RESOLVED));
    assertEquals(1, run.status());
    assertEquals(
        folder.resolve("events.jsonl")
            + ":3:63: policy: cannot read "
            + folder.resolve("no.yaml")
            + ": there is no such file\n",
        run.err());
    assertEquals(
        detectedAt("2026-01-01T10:00:00Z"), story(run), "not even what was due before the event");
  }

  @Test
  void a_policy_file_that_is_a_folder_or_no_name_stops_the_run() throws IOException {
    assertEquals(
        folder.resolve("events.jsonl")
            + ":1:63: policy: cannot read "
            + folder.resolve(".")
            + ": it is a folder\n",
        replay(lines(policyChanged("2026-01-05T00:00:00Z", "."))).err());
    Run noName = replay(lines(policyChanged("2026-01-05T00:00:00Z", "a\\u0000b")));
    assertEquals(
        folder.resolve("events.jsonl") + ":1:63: policy: not the name of a file\n", noName.err());
    assertEquals(1, noName.status());
  }

  /** The line stops the run at its column, after what came before and ahead of what comes after. */
  private void assertStops(String reason, byte[] badLine) throws IOException {
    ByteArrayOutputStream events = new ByteArrayOutputStream();
    events.writeBytes(lines(ENROLLED, DETECTED).getBytes(UTF_8));
    events.writeBytes(badLine);
    events.writeBytes(lines("", RESOLVED).getBytes(UTF_8));
    Run run =
        Run.reading(
            new ByteArrayInputStream(events.toByteArray()),
            "replay",
            "--policy",
            policy().toString(),
            "--events",
            "-");
    assertEquals("standard input:3:" + reason + "\n", run.err());
    assertEquals(1, run.status());
    assertEquals(detectedAt("2026-01-01T10:00:00Z"), story(run));
  }

  private void assertStops(String reason, String badLine) throws IOException {
    assertStops(reason, badLine.getBytes(UTF_8));
  }

  @Test
  void an_unknown_type_stops_the_run() throws IOException {
    assertStops(
        "37: type: DEVICE_ENROLED is not known, did you mean DEVICE_ENROLLED?",
        event("2026-01-05T00:00:00Z", "DEVICE_ENROLED", "device", "d9"));
  }

  @Test
  void an_unknown_field_stops_the_run() throws IOException {
    assertStops(
        "77: divice: unknown field, did you mean device?",
        event("2026-01-05T00:00:00Z", "DEVICE_REMOVED", "device", "d1", "divice", "d2"));
    assertStops(
        "54: device: unknown field, expected one of at, type",
        event("2026-01-05T00:00:00Z", "CLOCK", "device", "d1"));
  }

  @Test
  void a_missing_field_stops_the_run() throws IOException {
    assertStops("1: device: is missing", event("2026-01-05T00:00:00Z", "DEVICE_REMOVED"));
    assertStops("1: at: is missing", "{\"type\":\"CLOCK\"}");
  }

  @Test
  void an_instant_with_another_offset_stops_the_run() throws IOException {
    assertStops(
        "7: at: 2026-01-05T00:00:00+01:00 does not end in Z, expected UTC",
        event("2026-01-05T00:00:00+01:00", "CLOCK"));
  }

  @Test
  void what_is_not_json_stops_the_run() throws IOException {
    assertStops(
        "1: unrecognized token 'hello': was expecting (JSON String, Number, Array, Object or token"
            + " 'null', 'true' or 'false')",
        "hello");
    assertStops("1: expected an object, got a list", "[]");
  }

  @Test
  void a_second_object_on_a_line_stops_the_run() throws IOException {
    String clock = event("2026-01-05T00:00:00Z", "CLOCK");
    assertStops("46: a second value, expected the document to be one", clock + " " + clock);
  }

  @Test
  void a_field_given_twice_stops_the_run() throws IOException {
    assertStops(
        "45: type: is given twice",
        "{\"at\":\"2026-01-05T00:00:00Z\",\"type\":\"CLOCK\",\"type\":\"CLOCK\"}");
  }

  @Test
  void what_is_not_utf_8_stops_the_run() throws IOException {
    byte[] line = event("2026-01-05T00:00:00Z", "DEVICE_REMOVED", "device", "d?").getBytes(UTF_8);
    line[line.length - 3] = (byte) 0xFC;
    assertStops("65: is not UTF-8: byte 65 fits nowhere", line);
  }

  @Test
  void a_line_of_more_than_a_mebibyte_stops_the_run_and_one_of_a_mebibyte_does_not()
      throws IOException {
    String clock = event("2026-01-01T10:00:00Z", "CLOCK");
    String longest = clock + " ".repeat(1024 * 1024 - clock.length());
    assertEquals(new Run(0, "", ""), replayStandardInput(lines(longest)));
    assertStops("1048577: is longer than 1048576 bytes", longest + " ");
  }

  @Test
  void an_id_of_200_characters_is_taken_and_a_longer_one_stops_the_run() throws IOException {
    String longest = "x".repeat(200);
    Run run = replay(lines(event("2026-01-05T00:00:00Z", "DEVICE_REMOVED", "device", longest)));
    assertEquals(longest, Json.lines(run.out()).get(0).get("device"));
    assertStops(
        "63: device: has 201 characters, expected at most 200",
        event("2026-01-05T00:00:00Z", "DEVICE_REMOVED", "device", longest + "x"));
  }

  @Test
  void a_bad_line_of_a_file_is_named_by_the_file() throws IOException {
    assertEquals(
        new Run(
            1,
            "",
            folder.resolve("events.jsonl") + ":2:1: expected an object, got the word true\n"),
        replay("\ntrue\n"));
  }

  @Test
  void a_policy_with_errors_is_told_line_by_line_and_nothing_is_replayed() throws IOException {
    Path broken = file("broken.yaml", BROKEN_POLICY);
    Run run =
        Run.reading(lines(ENROLLED), "replay", "--policy", broken.toString(), "--events", "-");
    assertEquals(
        new Run(
            1,
            "",
            lines(
                "groups[1].parent: gg is not a group, did you mean g?",
                "labels.HIGH: MES is the label of LOW already")),
        run);
  }

  @Test
  void a_policy_with_errors_is_told_before_missing_events() throws IOException {
    Path broken = file("broken.yaml", BROKEN_POLICY);
    Run run =
        Run.of(
            "replay",
            "--policy",
            broken.toString(),
            "--events",
            folder.resolve("no.jsonl").toString());
    assertEquals(1, run.status());
    assertEquals(2, run.err().lines().count());
  }

  @Test
  void missing_files_and_folders_are_wrong_usage() throws IOException {
    String policy = policy().toString();
    String missing = folder.resolve("missing").toString();
    assertWrongUsage(
        "cannot read " + missing + ": there is no such file",
        Run.of("replay", "--policy", missing, "--events", "-"));
    assertWrongUsage(
        "cannot read " + missing + ": there is no such file",
        Run.of("replay", "--policy", policy, "--events", missing));
    assertWrongUsage(
        "cannot read " + folder + ": it is a folder",
        Run.of("replay", "--policy", folder.toString(), "--events", "-"));
    assertWrongUsage(
        "cannot read " + folder + ": it is a folder",
        Run.of("replay", "--policy", policy, "--events", folder.toString()));
  }

  @Test
  void missing_and_unknown_options_are_wrong_usage() throws IOException {
    assertWrongUsage(
        "Missing required options: '--policy=FILE', '--events=FILE'", Run.of("replay"));
    assertWrongUsage("Unknown options: '--frmt', 'text'", replay("", "--frmt", "text"));
    assertWrongUsage("Unmatched argument at index 5: 'more'", replay("", "more"));
    assertWrongUsage(
        "Invalid value for option '--format': expected one of [JSONL, TEXT] (case-insensitive) but"
            + " was 'xml'",
        replay("", "--format", "xml"));
  }

  @Test
  void what_is_no_instant_in_utc_from_1970_to_9999_is_wrong_usage() throws IOException {
    for (String bad :
        List.of(
            "soon",
            "2026-01-01",
            "2026-01-01T00:00:00+01:00",
            "1969-12-31T23:59:59Z",
            "+10000-01-01T00:00:00Z")) {
      assertWrongUsage(
          "Invalid value for option '--until': '"
              + bad
              + "' is not an instant from 1970 to 9999, expected one like 2026-04-01T00:00:00Z",
          replay("", "--until", bad));
    }
  }

  @Test
  void a_missing_or_unknown_subcommand_is_wrong_usage() {
    assertWrongUsage(
        "Missing subcommand: replay, check, timeline, impact, explain or plan", Run.of());
    assertWrongUsage("Unmatched argument at index 0: 'replya'", Run.of("replya"));
  }

  @Test
  void help_and_version_are_put_out_with_status_0() {
    for (String[] question :
        new String[][] {
          {"--help"}, {"-h"}, {"replay", "--help"}, {"check", "--help"}, {"plan", "--help"}
        }) {
      Run run = Run.of(question);
      assertEquals(new Run(0, run.out(), ""), run);
      assertEquals("Usage: riskladder", run.out().substring(0, 17));
    }
    Run version = Run.of("--version");
    assertEquals(new Run(0, version.out(), ""), version);
    assertEquals("riskladder ", version.out().substring(0, 11));
    assertEquals(version, Run.of("-V"));
  }

  @Test
  void a_closed_standard_output_ends_the_run_with_one_line() throws IOException {
    List<String> arguments =
        List.of(
            "--policy",
            policy().toString(),
            "--events",
            file("events.jsonl", lines(ENROLLED, DETECTED, RESOLVED)).toString());
    assertEquals(
        new Run(1, "", "cannot write the results: Broken pipe\n"),
        Run.unread("replay", arguments, "--format", "jsonl"));
    assertEquals(
        new Run(1, "", "cannot write the results: standard output is closed\n"),
        Run.unread("replay", arguments, "--format", "text"));
  }

  @Test
  void control_characters_never_reach_the_terminal_in_text() throws IOException {
    file(
        "odd\u001b.json",
        "{\"version\":1,\"groups\":[{\"id\":\"g\",\"parent\":\"\\u001b[2J\"}],\"\\u0007\":1}");
    Run run =
        replay(
            lines(
                event("2026-01-01T00:00:00Z", "DEVICE_REMOVED", "device", "a\\u001b[31mb"),
                event("2026-01-01T00:00:00Z", "DEVICE_REMOVED", "device", "a\\rb\\nc\\u009bd"),
                event(
                    "2026-01-01T09:00:00Z",
                    "DEVICE_ENROLLED",
                    "device",
                    "d\\b1",
                    "group",
                    "g",
                    "platform",
                    "IOS"),
                event(
                    "2026-01-01T10:00:00Z",
                    "THREAT_DETECTED",
                    "device",
                    "d\\b1",
                    "threat",
                    "t\\u00071",
                    "classification",
                    "NO_DEVICE_LOCK"),
                event(
                    "2026-01-01T10:00:00Z",
                    "ISSUE_IGNORED",
                    "device",
                    "d\\b1",
                    "threat",
                    "t\\u00071",
                    "by",
                    "\\u001b]0;me\\u0007"),
                event(
                    "2026-01-01T10:00:00Z",
                    "THREAT_DETECTED",
                    "device",
                    "d\\b1",
                    "threat",
                    "u",
                    "classification",
                    "NO\\u001bSUCH"),
                policyChanged("2026-01-01T11:00:00Z", "odd\\u001b.json"),
                event("2026-01-01T11:00:00Z", "\\u001bTYPE")),
            "--format",
            "text");
    assertEquals(1, run.status());
    assertTrue(run.out().contains("  a [31mb\n"), run.out());
    assertTrue(run.out().contains("  a b c d\n"), run.out());
    assertTrue(run.out().contains("No Device Lock (t 1) is found"), run.out());
    for (String text : List.of(run.out(), run.err())) {
      assertTrue(
          text.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)),
          "a control character in: " + text);
    }
  }
}
