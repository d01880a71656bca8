package io.riskladder.cli;

import static io.riskladder.cli.Json.fields;
import static io.riskladder.cli.Json.list;
import static io.riskladder.cli.Run.assertToldThatNobodyReads;
import static io.riskladder.cli.Run.assertWrongUsage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImpactCommandTest {
  private static final List<String> STORY =
      List.of(
          "--policy",
          "story/policy.yaml",
          "--proposed",
          "story/policy-reviewed.yaml",
          "--events",
          "story/events.jsonl");

  private static final String PRESENT =
      """
      version: 1
      groups:
        - id: g
          onDeviceThreatProtection: {enabled: true, blockedDomains: [acme.example]}
          policies:
            NO_DEVICE_LOCK: {riskLevel: LOW, response: ALERT_DEVICE}
            ADWARE: {riskLevel: LOW, response: BLOCK_INTERNET_AND_ALERT}
      administrators:
        - {email: ops@acme.example, notify: [HIGH]}
      riskResponse: standard
      """;

  private static final String PROPOSED =
      PRESENT.replace(
          "NO_DEVICE_LOCK: {riskLevel: LOW, response: ALERT_DEVICE}",
          "NO_DEVICE_LOCK: {riskLevel: HIGH, response: BLOCK_DOMAINS_AND_ALERT}");

  private static final String EVENTS =
      """
      {"at":"2026-01-01T09:00:00Z","type":"DEVICE_ENROLLED","device":"d","group":"g","platform":"IOS"}
      {"at":"2026-01-02T09:00:00Z","type":"THREAT_DETECTED","device":"d","threat":"t","classification":"NO_DEVICE_LOCK"}
      {"at":"2026-01-05T09:00:00Z","type":"THREAT_RESOLVED","device":"d","threat":"t"}
      """;

  @TempDir private Path folder = Path.of("");

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private List<String> small() throws IOException {
    return with(PROPOSED);
  }

  private List<String> with(String proposed) throws IOException {
    return with(PRESENT, proposed, EVENTS);
  }

  private List<String> with(String present, String proposed, String events) throws IOException {
    return List.of(
        "--policy",
        file("policy.yaml", present).toString(),
        "--proposed",
        file("proposed.yaml", proposed).toString(),
        "--events",
        file("events.jsonl", events).toString());
  }

  @Test
  void the_story_says_what_the_review_does() {
    String told =
        """
        Impact on 4 devices at 2026-03-13T07:00:00Z: open threats continue at their level

        Changed policy                            groups devices    open  raised lowered
        - home-care/OUT_OF_DATE_OS                     1       1       1       0       0
        Changed as well
          default notices

        At once
                  1  device climbs a step right after, as it is overdue then

        Dates below are in Europe/Berlin.
        Day by day, if nothing happens: under the policies in force
          day until         None  Advis.     Low  Medium    High blocked    told   mails
            0 2026-03-13       2       1       1       0       0       0       0       0
          ...
            4 2026-03-17       2       0       1       1       0       0       2       2
            5 2026-03-18       2       0       1       1       0       0       0       0

        Day by day, if nothing happens: under the policies proposed
          day until         None  Advis.     Low  Medium    High blocked    told   mails
            0 2026-03-13       2       0       2       0       0       0       1       1
          ...
            4 2026-03-17       2       0       1       1       0       0       1       1
            5 2026-03-18       2       0       1       1       0       0       0       0
        """;
    assertEquals(
        new Run(0, told, ""),
        Run.of("impact", STORY, "--at", "2026-03-13T07:00:00Z", "--horizon", "P5D"));
  }

  @Test
  void a_change_that_raises_a_device_says_all_that_follows() throws IOException {
    String told =
        """
        Impact on 1 device at 2026-01-03T00:00:00Z: open threats continue at their level

        Changed policy                            groups devices    open  raised lowered
        ~ g/NO_DEVICE_LOCK                             1       1       1       1       0

        At once
                  1  device rises in risk
                  1  device is newly blocked
                  1  device gets the label "MES - High Risk"
                  1  device loses the label "MES - Low Risk"
                  1  device on which the MDM starts "MES High Risk"
                  1  device on which the MDM ceases "MES Low Risk"
                  1  notification to a user
                  1  mail to administrators
                  1  issue updated

        Dates below are in UTC.
        Day by day, if nothing happens: under the policies in force
          day until         None  Advis.     Low  Medium    High blocked    told   mails
            0 2026-01-03       0       0       1       0       0       0       0       0
            1 2026-01-04       0       0       1       0       0       0       0       0

        Day by day, if nothing happens: under the policies proposed
          day until         None  Advis.     Low  Medium    High blocked    told   mails
            0 2026-01-03       0       0       0       0       1       1       1       1
            1 2026-01-04       0       0       0       0       1       1       0       0
        """;
    assertEquals(
        new Run(0, told, ""),
        Run.of("impact", small(), "--at", "2026-01-03T00:00:00Z", "--horizon", "P1D"));
  }

  @Test
  void without_a_change_nothing_happens() throws IOException {
    Run run = Run.of("impact", with(PRESENT), "--at", "2026-01-03T00:00:00Z");
    assertEquals(0, run.status());
    assertTrue(
        run.out().contains("\nNo policy of a group is changed.\n\nAt once\n  nothing happens\n"),
        run.out());
  }

  @Test
  void json_has_the_devices_behind_every_count() throws IOException {
    Run run =
        Run.of(
            "impact",
            small(),
            "--at",
            "2026-01-03T00:00:00Z",
            "--horizon",
            "P2D",
            "--format",
            "json");
    assertEquals(0, run.status());
    assertEquals(1, run.out().lines().count());
    Map<String, Object> impact = Json.object(run.out());
    assertEquals(
        List.of(
            "at",
            "mode",
            "fleetSize",
            "rows",
            "kept",
            "otherChanges",
            "total",
            "dueAtOnce",
            "forecast"),
        List.copyOf(impact.keySet()));
    assertEquals("2026-01-03T00:00:00Z", impact.get("at"));
    assertEquals("CONTINUE", impact.get("mode"));
    assertEquals(1L, impact.get("fleetSize"));
    Map<String, Object> row = fields(list(impact, "rows").get(0));
    assertEquals("g", row.get("group"));
    assertEquals("NO_DEVICE_LOCK", row.get("classification"));
    assertEquals("CHANGED", row.get("kind"));
    assertEquals(List.of("d"), row.get("threatened"));
    assertEquals(1L, row.get("threats"));
    Map<String, Object> total = fields(impact, "total");
    assertEquals(List.of("d"), total.get("raised"));
    assertEquals(List.of("d"), total.get("newlyBlocked"));
    assertEquals(Map.of("MES High Risk", List.of("d")), total.get("actionsStarted"));
    assertEquals(Map.of("MES Low Risk", List.of("d")), total.get("actionsCeased"));
    assertEquals(1L, fields(total, "effects").get("EMAIL_ADMINISTRATORS"));
    Map<String, Object> forecast = fields(impact, "forecast");
    assertEquals(3, list(forecast, "present").size());
    Map<String, Object> day = fields(list(forecast, "proposed").get(0));
    assertEquals(0L, day.get("day"));
    assertEquals(1L, fields(day, "devices").get("HIGH"));
    assertEquals(1L, day.get("domainsBlocked"));
    assertEquals(1L, day.get("notifications"));
    assertEquals(1L, day.get("mails"));
  }

  private static Object at(Run run) {
    return Json.object(run.out()).getOrDefault("at", "");
  }

  @Test
  void later_events_are_left_out_and_those_at_the_instant_are_in() throws IOException {
    List<String> small = small();
    for (Map.Entry<String, Long> expected :
        Map.of(
                "2025-12-31T00:00:00Z", 0L,
                "2026-01-02T08:59:59Z", 0L,
                "2026-01-02T09:00:00Z", 1L,
                "2026-01-05T08:59:59.999999999Z", 1L,
                "2026-01-05T09:00:00Z", 0L,
                "2027-01-01T00:00:00Z", 0L)
            .entrySet()) {
      Run run = Run.of("impact", small, "--at", expected.getKey(), "--format", "json");
      assertEquals(expected.getKey(), at(run));
      Map<String, Object> row = fields(list(Json.object(run.out()), "rows").get(0));
      assertEquals(expected.getValue(), row.get("threats"), expected.getKey());
    }
    assertEquals("2026-01-05T09:00:00Z", at(Run.of("impact", small, "--format", "json")));
  }

  @Test
  void the_horizon_is_30_days_unless_said_otherwise() throws IOException {
    List<String> small = small();
    assertEquals(31, days(Run.of("impact", small, "--format", "json")));
    assertEquals(1, days(Run.of("impact", small, "--format", "json", "--horizon", "P0D")));
    assertEquals(2, days(Run.of("impact", small, "--format", "json", "--horizon", "PT24H")));
    assertEquals(3651, days(Run.of("impact", small, "--format", "json", "--horizon", "P3650D")));
  }

  private static int days(Run run) {
    return list(fields(Json.object(run.out()), "forecast"), "proposed").size();
  }

  @Test
  void a_horizon_is_a_number_of_days() throws IOException {
    List<String> small = small();
    for (String wrong : List.of("P1M", "PT12H", "P3651D", "30", "a month", "P-1D", "P1DT1S")) {
      assertWrongUsage(
          "Invalid value for option '--horizon': '"
              + wrong
              + "' is not a number of days from P0D to P3650D, expected one like P30D",
          Run.of("impact", small, "--horizon", wrong));
    }
    assertWrongUsage(
        "--horizon: 30 days end after the year 9999, the last there is",
        Run.of("impact", small, "--at", "9999-12-30T00:00:00Z"));
    assertEquals(
        0, Run.of("impact", small, "--at", "9999-12-30T00:00:00Z", "--horizon", "P1D").status());
  }

  @Test
  void a_wrong_instant_is_wrong_usage() throws IOException {
    assertWrongUsage(
        "Invalid value for option '--at': 'soon' is not an instant from 1970 to 9999, expected one"
            + " like 2026-04-01T00:00:00Z",
        Run.of("impact", small(), "--at", "soon"));
  }

  @Test
  void modes_are_read_in_either_case() throws IOException {
    List<String> at = new ArrayList<>(small());
    at.addAll(List.of("--at", "2026-01-03T00:00:00Z"));
    assertTrue(
        Run.of("impact", at, "--mode", "pin")
            .out()
            .startsWith(
                "Impact on 1 device at 2026-01-03T00:00:00Z: open threats keep the policy that they"
                    + " have\n"));
    assertEquals(Run.of("impact", at), Run.of("impact", at, "--mode", "CONTINUE"));
    assertTrue(
        Run.of("impact", at, "--mode", "restart").out().contains("open threats start anew\n"));
    assertEquals(2, Run.of("impact", at, "--mode", "forget").status());
  }

  @Test
  void a_policy_that_is_kept_is_no_row() throws IOException {
    String more = PROPOSED.replace("ADWARE: {riskLevel: LOW", "ADWARE: {riskLevel: MEDIUM");
    Run both = Run.of("impact", with(more));
    assertTrue(both.out().contains("~ g/NO_DEVICE_LOCK "), both.out());
    assertTrue(both.out().contains("~ g/ADWARE "), both.out());
    Run kept = Run.of("impact", with(more), "--keep", "g/NO_DEVICE_LOCK");
    assertEquals(0, kept.status());
    assertFalse(kept.out().contains("~ g/NO_DEVICE_LOCK"), kept.out());
    assertTrue(kept.out().contains("\nKept as it is in force: g/NO_DEVICE_LOCK\n"), kept.out());
    assertTrue(kept.out().contains("~ g/ADWARE "), kept.out());
    Run none = Run.of("impact", with(more), "--keep", "g/NO_DEVICE_LOCK", "--keep", "g/ADWARE");
    assertTrue(none.out().contains("No policy of a group is changed.\n"), none.out());
    assertEquals(
        kept,
        Run.of("impact", with(more), "--keep", "g/NO_DEVICE_LOCK", "--keep=g/NO_DEVICE_LOCK"));
  }

  @Test
  void what_is_not_changed_cannot_be_kept() throws IOException {
    assertWrongUsage(
        "--keep: g/ADWARE is not changed, expected one of [g/NO_DEVICE_LOCK]",
        Run.of("impact", small(), "--keep", "g/ADWARE"));
    assertWrongUsage(
        "--keep: g/ADWARE is not changed, expected none: no policy is",
        Run.of("impact", with(PRESENT), "--keep", "g/ADWARE"));
  }

  @Test
  void what_is_kept_has_to_go_with_the_rest() throws IOException {
    String unprotected =
        """
        version: 1
        groups:
          - id: g
            policies:
              ADWARE: {riskLevel: LOW, response: ALERT_DEVICE}
        """;
    List<String> arguments = with(unprotected);
    Run run = Run.of("impact", arguments, "--keep", "g/ADWARE");
    assertEquals(1, run.status());
    assertEquals("", run.out());
    List<String> lines = run.err().lines().toList();
    assertEquals(2, lines.size());
    assertTrue(lines.get(0).startsWith("groups[0].policies.ADWARE.response: "), run.err());
    assertEquals(
        "these are errors of " + arguments.get(3) + " with what --keep leaves as it is",
        lines.get(1));
  }

  @Test
  void errors_of_either_document_are_said_with_its_name() throws IOException {
    String bad = "version: 1\ngroups: [{id: g, parent: nowhere}]\n";
    List<String> arguments = with(PRESENT, bad, EVENTS);
    Run run = Run.of("impact", arguments);
    assertEquals(
        new Run(
            1,
            "",
            """
            groups: every group has a parent, expected one without: the root
            groups[0].parent: nowhere is not a group
            these are errors of %s
            """
                .formatted(arguments.get(3))),
        run);
    Run both = Run.of("impact", with(bad, bad, EVENTS));
    assertEquals(6, both.err().lines().count(), both.err());
  }

  @Test
  void policies_that_do_not_fit_the_devices_are_told_and_have_status_1() throws IOException {
    List<String> other = with("version: 1\ngroups: [{id: other}]\n");
    Run run = Run.of("impact", other, "--at", "2026-01-03T00:00:00Z");
    String why = "device d is in group g, which is not there";
    assertEquals(
        new Run(
            1,
            "Impact on 1 device at 2026-01-03T00:00:00Z: open threats continue at their level\n"
                + "\nIt would be rejected: "
                + why
                + "\n",
            other.get(3) + " would be rejected: " + why + "\n"),
        run);
    Run json = Run.of("impact", other, "--at", "2026-01-03T00:00:00Z", "--format", "json");
    assertEquals(1, json.status());
    assertEquals(run.err(), json.err());
    assertEquals(why, Json.object(json.out()).get("misfit"));
    assertEquals(List.of(), Json.object(json.out()).get("rows"));
  }

  @Test
  void a_line_that_is_no_event_stops_the_run() throws IOException {
    List<String> arguments = with(PRESENT, PROPOSED, EVENTS + "{\"at\":\"2026\"}\n");
    Run run = Run.of("impact", arguments);
    assertEquals(1, run.status());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith(arguments.get(5) + ":4:"), run.err());
    assertEquals(1, run.err().lines().count());
  }

  @Test
  void no_events_are_no_devices() throws IOException {
    Run run = Run.of("impact", with(PRESENT, PROPOSED, ""));
    assertEquals(0, run.status());
    assertTrue(run.out().startsWith("Impact on 0 devices at 1970-01-01T00:00:00Z: "), run.out());
  }

  @Test
  void events_are_read_from_standard_input_too() throws IOException {
    List<String> small = small();
    Run expected = Run.of("impact", small);
    List<String> arguments = new ArrayList<>(List.of("impact"));
    arguments.addAll(small.subList(0, 5));
    arguments.add("-");
    assertEquals(expected, Run.reading(EVENTS, arguments.toArray(String[]::new)));
  }

  @Test
  void wrong_usage_has_status_2() throws IOException {
    assertEquals(2, Run.of("impact").status());
    assertEquals(2, Run.of("impact", small(), "--format", "svg").status());
    Path missing = folder.resolve("missing.jsonl");
    assertWrongUsage(
        "cannot read " + missing + ": there is no such file",
        Run.of("impact", small().subList(0, 4), "--events", missing.toString()));
  }

  @Test
  void a_closed_standard_output_is_told_in_one_line() throws IOException {
    List<String> small = small();
    for (String format : List.of("text", "json")) {
      assertToldThatNobodyReads(Run.unread("impact", small, "--format", format));
    }
  }

  @Test
  void control_characters_do_not_reach_the_terminal() throws IOException {
    String present =
        "{version: 1, groups: [{id: \"g\\e[31m\","
            + " policies: {ADWARE: {riskLevel: LOW,"
            + " response: ALERT_DEVICE}}}]}";
    Run run = Run.of("impact", with(present, present.replace("LOW", "HIGH"), ""));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("~ g [31m/ADWARE"), run.out());
    assertEquals(-1, run.out().indexOf('\u001b'));
  }

  @Test
  void lines_fit_80_columns_for_a_million_devices() throws IOException {
    int million = 1_000_000;
    String name = "~ warehouse-north/UNKNOWN_SOURCES_ENABLED";
    assertEquals(
        80, ImpactText.columns(name.substring(0, 40), counts(million, 5).toArray()).length());
    assertEquals(80, ImpactText.day(3650, LocalDate.of(2036, 1, 1), counts(million, 8)).length());
    String group = "a-group-with-quite-a-long-name-of-its-own";
    Run run =
        Run.of(
            "impact",
            with(
                PRESENT.replace("id: g", "id: " + group),
                (PRESENT + "labels: {DISCONNECTED: Gone}\n")
                    .replace("id: g", "id: " + group)
                    .replace("[HIGH]", "[LOW]")
                    .replace("version: 1", "version: 1\ntimeZone: Europe/Berlin")
                    .replace("riskResponse: standard", "riskResponse: {}")
                    .replace("[acme.example]", "[b.example]")
                    .replace(
                        "{riskLevel: LOW, response: ALERT", "{riskLevel: HIGH, response: ALERT")
                    .replace("ADWARE:", "SPYWARE:"),
                EVENTS.replace("\"g\"", "\"" + group + "\"")));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("\n~ " + group + "/NO_DEVICE_LOCK\n          "), run.out());
    assertTrue(run.out().contains("  administrators and the mail that they want\n"), run.out());
    run.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }

  private static List<Integer> counts(int count, int columns) {
    return Collections.nCopies(columns, count);
  }
}
