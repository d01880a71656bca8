package io.riskladder.cli;

import static io.riskladder.cli.Json.fields;
import static io.riskladder.cli.Json.list;
import static io.riskladder.cli.Run.assertToldThatNobodyReads;
import static io.riskladder.cli.Run.assertWrongUsage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainCommandTest {
  private static final List<String> STORY =
      List.of("--policy", "story/policy.yaml", "--events", "story/events.jsonl");

  /** Two of three threats climb in one instant. */
  private static final String POLICY =
      """
      version: 1
      groups:
        - id: g
          name: All
          policies:
            NO_DEVICE_LOCK:
              riskLevel: ADVISORY
              response: ALERT_DEVICE
              message: {description: Lock it., howToFix: Set a lock.}
              escalations: [{after: P1D, riskLevel: LOW, response: DONT_ALERT}]
            ADWARE:
              riskLevel: LOW
              response: DONT_ALERT
              escalations: [{after: P1D, riskLevel: MEDIUM, response: DONT_ALERT}]
            SPYWARE:
              riskLevel: LOW
              response: DONT_ALERT
              escalations: [{after: P2D, riskLevel: HIGH, response: DONT_ALERT}]
      labels: {LOW: Low, MEDIUM: null, HIGH: High}
      """;

  private static final String EVENTS =
      """
      {"at":"2026-01-01T10:00:00Z","type":"DEVICE_ENROLLED","device":"d","group":"g","platform":"IOS"}
      {"at":"2026-01-01T10:00:00Z","type":"THREAT_DETECTED","device":"d","threat":"a","classification":"ADWARE"}
      {"at":"2026-01-01T10:00:00Z","type":"THREAT_DETECTED","device":"d","threat":"n","classification":"NO_DEVICE_LOCK"}
      {"at":"2026-01-01T10:00:00Z","type":"THREAT_DETECTED","device":"d","threat":"s","classification":"SPYWARE"}
      """;

  @TempDir private Path folder = Path.of("");

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private List<String> with(String policy, String events) throws IOException {
    return List.of(
        "--policy",
        file("policy.yaml", policy).toString(),
        "--events",
        file("events.jsonl", events).toString());
  }

  private List<String> small() throws IOException {
    return with(POLICY, EVENTS);
  }

  private static Run story(String device, String... more) {
    List<String> arguments = new ArrayList<>(STORY);
    arguments.addAll(List.of("--device", device));
    return Run.of("explain", arguments, more);
  }

  @Test
  void a_device_at_risk_is_explained_to_its_compliance_action() {
    String told =
        """
        ben-pixel (Android, group "Wards") on Thursday, 12 March 2026, 07:45 Europe/Berlin
          Risk: High, for Machine-in-the-Middle (net-1)
          Blocked: nothing
          Labels: MES - High Risk
          MDM: the label "MES - High Risk" puts it under security policy "MES High Risk", priority 1
            it violates the app control rule "Threats Present Trigger"
            so the compliance action "MES High Risk" is in force: it sends an alert, blocks access, quarantines

        Machine-in-the-Middle (net-1): High since Thursday, 12 March 2026, 07:40, step 1 of 1 (the user is alerted)
          Policy: group "Wards" has none of its own for it
          Policy: group "Everyone" has none of its own for it
          Policy: the default of the classification decides
          Its user was told on Thursday, 12 March 2026, 07:40:
              | Someone may be reading or changing what your phone sends over the network it is using now. They could see passwords and private messages.
              | Turn Wi-Fi off, use mobile data instead and tell IT support. Do not sign in anywhere until you have left this network. If you typed a password while you were on it, change that password afterwards.
              | Questions? Call the help desk on 4711.
          What would stop it: its user fixes what was found, or an administrator ignores its issue
          - It climbs no further, as this is the last step of its ladder.

        What comes next, if nothing happens
          nothing
        """;
    assertEquals(new Run(0, told, ""), story("ben-pixel", "--at", "2026-03-12T06:45:00Z"));
  }

  @Test
  void a_device_without_threats_has_little_to_tell() {
    String told =
        """
        reception-ipad (iOS, group "Everyone") on Tuesday, 24 March 2026, 07:45 Europe/Berlin
          Risk: none
          Blocked: nothing
          Labels: none
          No threat is open on it.

        What comes next, if nothing happens
          nothing
        """;
    assertEquals(new Run(0, told, ""), story("reception-ipad"));
  }

  @Test
  void threats_that_climb_in_one_instant_are_named_each() throws IOException {
    String told =
        """
        d (iOS, group "All") on Thursday, 1 January 2026, 10:00 UTC
          Risk: Low, for Adware (a), Spyware (s)
          Blocked: nothing
          Labels: Low
          - What the MDM does about labels is not known, as the policies have no risk response.

        Adware (a): Low since Thursday, 1 January 2026, 10:00, step 1 of 2 (the user is not alerted)
          Policy: that of group "All" decides, version 0
          Next: Medium on Friday, 2 January 2026, 10:00 (the user is not alerted)
          What would stop it: its user fixes what was found, or an administrator ignores its issue
          - No mail goes out, as no administrator wants any for Low.
          - Its user is not alerted, as the response at this step does not alert.

        No Device Lock (n): Advisory since Thursday, 1 January 2026, 10:00, step 1 of 2 (the user is alerted)
          Policy: that of group "All" decides, version 0
          Its user was told on Thursday, 1 January 2026, 10:00:
              | Lock it.
              | Set a lock.
          Next: Low on Friday, 2 January 2026, 10:00 (the user is not alerted)
          What would stop it: its user fixes what was found
          - Administrators and the MDM do not hear of it: no issue, no mail, no label, as Advisory is below Low.
          - It does not decide the device's risk, as threat a is at Low.

        Spyware (s): Low since Thursday, 1 January 2026, 10:00, step 1 of 2 (the user is not alerted)
          Policy: that of group "All" decides, version 0
          Next: High on Saturday, 3 January 2026, 10:00 (the user is not alerted)
          What would stop it: its user fixes what was found, or an administrator ignores its issue
          - No mail goes out, as no administrator wants any for Low.
          - Its user is not alerted, as the response at this step does not alert.

        What comes next, if nothing happens
          Friday, 2 January 2026, 10:00
            Adware (a) is not fixed in time: step 2 of its ladder begins
            - the administrators' issue is now at risk level Medium
            - the MDM takes the label "Low" off the device
            No Device Lock (n) is not fixed in time: step 2 of its ladder begins
            - administrators get an issue, at risk level Low
          Saturday, 3 January 2026, 10:00
            Spyware (s) is not fixed in time: step 2 of its ladder begins
            - the administrators' issue is now at risk level High
            - the MDM puts the label "High" on the device
        """;
    assertEquals(new Run(0, told, ""), Run.of("explain", small(), "--device", "d"));
  }

  @Test
  void one_threat_alone_can_be_explained() throws IOException {
    String told =
        """
        d (iOS, group "All") on Thursday, 1 January 2026, 10:00 UTC
          Risk: Low, for Adware (a), Spyware (s)
          Blocked: nothing
          Labels: Low
          - What the MDM does about labels is not known, as the policies have no risk response.

        Spyware (s): Low since Thursday, 1 January 2026, 10:00, step 1 of 2 (the user is not alerted)
          Policy: that of group "All" decides, version 0
          Next: High on Saturday, 3 January 2026, 10:00 (the user is not alerted)
          What would stop it: its user fixes what was found, or an administrator ignores its issue
          - No mail goes out, as no administrator wants any for Low.
          - Its user is not alerted, as the response at this step does not alert.

        What comes next for threat s, if nothing happens
          Saturday, 3 January 2026, 10:00
            Spyware (s) is not fixed in time: step 2 of its ladder begins
            - the administrators' issue is now at risk level High
            - the MDM puts the label "High" on the device
        """;
    assertEquals(
        new Run(0, told, ""), Run.of("explain", small(), "--device", "d", "--threat", "s"));
    Run json = Run.of("explain", small(), "--device", "d", "--threat", "s", "--format", "json");
    Map<String, Object> explanation = Json.object(json.out());
    assertEquals(1, list(explanation, "threats").size());
    assertEquals(1, list(explanation, "next").size());
  }

  @Test
  void json_has_the_same_facts() {
    Run run = story("cora-galaxy", "--at", "2026-03-17T07:00:00Z", "--format", "json");
    assertEquals(0, run.status());
    assertEquals(1, run.out().lines().count());
    Map<String, Object> explanation = Json.object(run.out());
    assertEquals(
        List.of(
            "at",
            "device",
            "platform",
            "group",
            "connected",
            "riskLevel",
            "block",
            "labels",
            "complianceActions",
            "decisive",
            "mdm",
            "notHappening",
            "threats",
            "next"),
        List.copyOf(explanation.keySet()));
    assertEquals("ANDROID", explanation.get("platform"));
    assertEquals(false, explanation.get("connected"));
    assertEquals("LOW", explanation.get("riskLevel"));
    assertEquals("NONE", explanation.get("block"));
    assertEquals(List.of("MES - Disconnected", "MES - Low Risk"), explanation.get("labels"));
    assertEquals(List.of("os-3"), explanation.get("decisive"));
    Map<String, Object> mdm = fields(explanation, "mdm");
    assertEquals(List.of("MES - Low Risk"), mdm.get("labels"));
    assertEquals(List.of("Threats Present Trigger"), mdm.get("violatedRules"));
    assertEquals(false, mdm.get("disallowed"));
    Map<String, Object> threat = fields(list(explanation, "threats").get(0));
    assertEquals("2026-03-13T08:00:00Z", threat.get("since"));
    assertEquals(1L, threat.get("rung"));
    assertEquals(4L, threat.get("rungs"));
    assertEquals(1L, threat.get("policyVersion"));
    assertEquals("everyone", threat.get("policyGroup"));
    assertEquals(
        List.of(
            Map.of("group", "home-care", "verdict", "HAS_NONE"),
            Map.of("group", "everyone", "verdict", "DECIDES")),
        threat.get("considered"));
    assertEquals("2026-03-13T08:00:00Z", fields(threat, "told").get("at"));
    assertEquals("2026-03-20T08:00:00Z", fields(threat, "next").get("at"));
    assertEquals(List.of("FIX_THE_THREAT", "IGNORE_THE_ISSUE"), threat.get("stops"));
    assertEquals(List.of(), threat.get("notHappening"));
    assertEquals(2, list(explanation, "next").size());
  }

  @Test
  void json_names_facts_as_documents_write_names() throws IOException {
    Run run = Run.of("explain", small(), "--device", "d", "--threat", "n", "--format", "json");
    Map<String, Object> threat = fields(list(Json.object(run.out()), "threats").get(0));
    assertEquals(
        List.of("NOT_REPORTED", "RISK_OUTRANKED"),
        list(threat, "notHappening").stream().map(fact -> fields(fact).get("fact")).toList());
  }

  private String riskAt(String at) throws IOException {
    Run run = Run.of("explain", small(), "--device", "d", "--at", at, "--format", "json");
    return String.valueOf(Json.object(run.out()).get("riskLevel"));
  }

  @Test
  void what_is_due_until_the_instant_has_happened() throws IOException {
    assertEquals("LOW", riskAt("2026-01-01T10:00:00Z"));
    assertEquals("LOW", riskAt("2026-01-02T09:59:59.999999999Z"));
    assertEquals("MEDIUM", riskAt("2026-01-02T10:00:00Z"));
    assertEquals("MEDIUM", riskAt("2026-01-03T09:00:00Z"));
    assertEquals("HIGH", riskAt("2026-01-03T10:00:00Z"));
  }

  @Test
  void events_at_the_instant_have_happened_and_later_ones_not() {
    assertTrue(story("ben-pixel", "--at", "2026-03-12T06:39:59Z").out().contains("  Risk: none\n"));
    assertTrue(story("ben-pixel", "--at", "2026-03-12T06:40:00Z").out().contains("  Risk: High, "));
    assertTrue(story("ben-pixel", "--at", "2026-03-12T06:57:59Z").out().contains("  Risk: High, "));
    assertTrue(story("ben-pixel", "--at", "2026-03-12T06:58:00Z").out().contains("  Risk: none\n"));
  }

  @Test
  void a_device_that_is_not_enrolled_has_status_1() {
    assertEquals(
        new Run(1, "", "device dora is not enrolled at 2026-03-24T06:45:00Z\n"), story("dora"));
    assertEquals(
        new Run(1, "", "device ben-pixel is not enrolled at 2026-03-02T07:04:59Z\n"),
        story("ben-pixel", "--at", "2026-03-02T07:04:59Z"));
  }

  @Test
  void a_threat_that_is_not_open_has_status_1() throws IOException {
    assertEquals(
        new Run(
            1, "", "threat os-2 is not open on ben-pixel at 2026-03-24T06:45:00Z: no threat is\n"),
        story("ben-pixel", "--threat", "os-2"));
    assertEquals(
        new Run(
            1,
            "",
            "threat x is not open on d at 2026-01-01T10:00:00Z, expected one of [a, n, s]\n"),
        Run.of("explain", small(), "--device", "d", "--threat", "x"));
  }

  @Test
  void what_is_no_id_and_no_instant_is_wrong_usage() {
    assertWrongUsage(
        "--device: is not the id of a device, expected 1 to 200 characters", story(""));
    assertWrongUsage(
        "--device: is not the id of a device, expected 1 to 200 characters",
        story("x".repeat(201)));
    assertWrongUsage(
        "Invalid value for option '--at': 'now' is not an instant from 1970 to 9999, expected one"
            + " like 2026-04-01T00:00:00Z",
        story("ben-pixel", "--at", "now"));
    assertEquals(2, Run.of("explain").status());
    assertEquals(2, story("ben-pixel", "--format", "svg").status());
  }

  @Test
  void errors_of_the_document_and_of_a_line_have_status_1() throws IOException {
    Run policy =
        Run.of("explain", with("version: 2\ngroups: [{id: g}]\n", EVENTS), "--device", "d");
    assertEquals(new Run(1, "", "version: 2 is not a known version, expected 1\n"), policy);
    List<String> broken = with(POLICY, EVENTS + "no event\n");
    Run line = Run.of("explain", broken, "--device", "d");
    assertEquals(1, line.status());
    assertEquals("", line.out());
    assertTrue(line.err().startsWith(broken.get(3) + ":5:1: "), line.err());
  }

  @Test
  void events_are_read_from_standard_input_too() throws IOException {
    Run expected = Run.of("explain", small(), "--device", "d");
    assertEquals(
        expected,
        Run.reading(
            EVENTS, "explain", "--policy", small().get(1), "--events", "-", "--device", "d"));
  }

  @Test
  void a_closed_standard_output_is_told_in_one_line() {
    for (String format : List.of("text", "json")) {
      assertToldThatNobodyReads(
          Run.unread("explain", STORY, "--device", "ben-pixel", "--format", format));
    }
  }

  @Test
  void control_characters_do_not_reach_the_terminal() throws IOException {
    String device = "d\u001b[31m";
    List<String> odd =
        with(POLICY, EVENTS.replace("\"d\"", "\"d\\u001b[31m\"").replace("\"a\"", "\"a\\u0007\""));
    Run run = Run.of("explain", odd, "--device", device);
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().startsWith("d [31m (iOS, group \"All\") on "), run.out());
    Run unknown = Run.of("explain", odd, "--device", device, "--threat", "\u001b");
    for (String text : List.of(run.out(), unknown.err())) {
      assertTrue(text.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)), text);
    }
  }
}
