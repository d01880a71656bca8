package io.riskladder.cli;

import static io.riskladder.cli.Json.fields;
import static io.riskladder.cli.Json.list;
import static io.riskladder.cli.Run.assertToldThatNobodyReads;
import static io.riskladder.cli.Run.assertWrongUsage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import picocli.CommandLine;

final class TimelineCommandTest {
  private static final Path STORY = Path.of("story", "policy.yaml");
  private static final List<String> STORY_OF_HOME_CARE =
      List.of(
          "--policy",
          STORY.toString(),
          "--group",
          "home-care",
          "--classification",
          "OUT_OF_DATE_OS",
          "--from",
          "2026-03-02T09:00:00Z");

  @TempDir private Path folder = Path.of("");

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<String> of(Path policy, String group, String classification) {
    return List.of(
        "--policy", policy.toString(), "--group", group, "--classification", classification);
  }

  @Test
  void a_ladder_is_told_step_by_step() {
    String told =
        """
        OS Out-Of-Date on a device of group "Home care", if nothing is done about it
        The policy of group "Home care" decides.
        Times are in Europe/Berlin.

        Step 1: Advisory, at once (Monday, 2 March 2026, 10:00)
          - the user is told, at risk level Advisory:
              | A system update is waiting for your phone. It closes holes that attackers know.
              | Please install it from the settings. You have 28 days, until 2026-03-30.
              | Questions? Call the help desk on 4711.
          - nobody else hears of it: no issue, no mail, no label

        Step 2: Low, after 14 days (Monday, 16 March 2026, 10:00)
          - the user is told, at risk level Low:
              | A system update is waiting for your phone. It closes holes that attackers know.
              | Please install it from the settings. You have 14 days, until 2026-03-30.
              | Questions? Call the help desk on 4711.
          - administrators get an issue, at risk level Low
          - mail goes to helpdesk@harbour-clinics.example
          - the MDM puts the label "MES - Low Risk" on the device
          - the MDM starts the compliance action "MES Low Risk": it sends an alert

        Step 3: Medium, after 28 days (Monday, 30 March 2026, 11:00)
          - the user is told, at risk level Medium:
              | Your phone still lacks its system update, and the help desk knows of it.
              | Please come by the help desk; an update takes twenty minutes there.
              | Questions? Call the help desk on 4711.
          - the administrators' issue is now at risk level Medium
          - mail goes to helpdesk@harbour-clinics.example
          - the MDM puts the label "MES - Moderate Risk" on the device
          - the MDM takes the label "MES - Low Risk" off the device
          - the MDM starts the compliance action "MES Moderate Risk": it sends an alert
          - the MDM ceases the compliance action "MES Low Risk"

        What the user can no longer do
          nothing is taken away
        """;
    assertEquals(new Run(0, told, ""), Run.of("timeline", STORY_OF_HOME_CARE));
  }

  private Path allSorts() throws IOException {
    return file(
        "policy.yaml",
        """
        version: 1
        groups:
          - id: g
            name: All
            onDeviceThreatProtection: {enabled: true, blockedDomains: [acme.example]}
            policies:
              NO_DEVICE_LOCK:
                riskLevel: LOW
                response: BLOCK_DOMAINS_AND_ALERT
                message: {description: Lock it., howToFix: Set a lock.}
                escalations:
                  - {after: P1DT12H, riskLevel: MEDIUM, response: DONT_ALERT}
                  - {after: PT1H, riskLevel: HIGH, response: BLOCK_INTERNET_AND_ALERT}
              PHISHING_CONTENT:
                riskLevel: HIGH
                response: BLOCK_AND_ALERT_DEVICE
                message: {description: Phish., howToFix: Go back.}
          - {id: off, parent: g, onDeviceThreatProtection: {enabled: false}}
        riskResponse:
          complianceActions: [{name: Keep out, blockAccess: true, quarantine: true}]
          securityPolicies:
            - name: Strict
              status: ACTIVE
              priority: 1
              labels: [MES - High Risk]
              disallowedDevices: {complianceAction: Keep out, allIosDevices: true}
        """);
  }

  @Test
  void what_the_user_loses_is_told_with_its_end_and_its_platforms() throws IOException {
    String told =
        """
        No Device Lock on a device of group "All", if nothing is done about it
        The policy of group "All" decides.
        Times are in UTC.

        Step 1: Low, at once (Thursday, 1 January 2026, 10:00)
          - the user is told, at risk level Low:
              | Lock it.
              | Set a lock.
          - administrators get an issue, at risk level Low
          - blocked on the device: acme.example, with subdomains
          - the MDM puts the label "MES - Low Risk" on the device
          - nobody gets mail

        Step 2: Medium, after 1 day and 12 hours (Friday, 2 January 2026, 22:00)
          - the administrators' issue is now at risk level Medium
          - nothing is blocked on the device any more
          - the MDM puts the label "MES - Moderate Risk" on the device
          - the MDM takes the label "MES - Low Risk" off the device
          - the user is not told
          - nobody gets mail

        Step 3: High, after 1 day and 13 hours (Friday, 2 January 2026, 23:00)
          - the user is told, at risk level High:
              | Lock it.
              | Set a lock.
          - the administrators' issue is now at risk level High
          - blocked on the device: all internet traffic
          - the MDM puts the label "MES - High Risk" on the device
          - the MDM takes the label "MES - Moderate Risk" off the device
          - the MDM starts the compliance action "Keep out" on iOS only: it blocks access, quarantines
          - nobody gets mail

        What the user can no longer do
          reach the company's sites: at once, from Thursday, 1 January 2026, 10:00 until Friday, 2 January 2026, 22:00
          reach the internet: after 1 day and 13 hours, from Friday, 2 January 2026, 23:00
          use the company's services (the MDM blocks access): after 1 day and 13 hours, from Friday, 2 January 2026, 23:00 on iOS only
          use what the MDM manages on the device (quarantine): after 1 day and 13 hours, from Friday, 2 January 2026, 23:00 on iOS only
        """;
    assertEquals(
        new Run(0, told, ""),
        Run.of(
            "timeline", of(allSorts(), "g", "NO_DEVICE_LOCK"), "--from", "2026-01-01T10:00:00Z"));
  }

  @Test
  void a_block_that_is_not_allowed_is_said_to_fall_away() throws IOException {
    Run run = Run.of("timeline", of(allSorts(), "off", "NO_DEVICE_LOCK"));
    assertTrue(
        run.out()
            .contains(
                "  - nothing is blocked: on-device threat protection of the group does not allow"
                    + " it\n"),
        run.out());
    assertTrue(run.out().contains("of group \"off\""), run.out());
  }

  @Test
  void web_content_and_defaults_have_one_step() throws IOException {
    Run web = Run.of("timeline", of(allSorts(), "g", "PHISHING_CONTENT"));
    assertTrue(web.out().contains("at risk level High, and the page is blocked:\n"), web.out());
    assertTrue(web.out().contains("  - the administrators' issue is closed\n"), web.out());
    assertTrue(web.out().endsWith("\n  nothing is taken away\n"), web.out());
    Run catalogue = Run.of("timeline", of(allSorts(), "g", "ACTIVE_MITM"));
    assertTrue(
        catalogue.out().contains("\nNo group has a policy for it, so its default decides.\n"),
        catalogue.out());
    assertEquals(-1, catalogue.out().indexOf("Step 2"));
  }

  @Test
  void json_has_the_stages_and_the_restrictions() {
    Run run = Run.of("timeline", STORY_OF_HOME_CARE, "--format", "json");
    assertEquals(0, run.status());
    assertEquals(1, run.out().lines().count());
    Map<String, Object> timeline = Json.object(run.out());
    assertEquals(
        List.of(
            "group", "classification", "policyGroup", "timeZone", "from", "stages", "restrictions"),
        List.copyOf(timeline.keySet()));
    assertEquals("home-care", timeline.get("policyGroup"));
    assertEquals("2026-03-02T09:00:00Z", timeline.get("from"));
    assertEquals(List.of(), timeline.get("restrictions"));
    assertEquals(3, list(timeline, "stages").size());
    Map<String, Object> second = fields(list(timeline, "stages").get(1));
    assertEquals(1L, second.get("rung"));
    assertEquals("2026-03-16T09:00:00Z", second.get("at"));
    assertEquals("2026-03-30T09:00:00Z", second.get("until"));
    assertEquals("LOW", second.get("riskLevel"));
    assertEquals("ALERT_DEVICE", second.get("response"));
    assertEquals("NONE", second.get("block"));
    assertEquals(false, second.get("blockFallsAway"));
    assertEquals(List.of("MES - Low Risk"), second.get("labels"));
    assertEquals(List.of("helpdesk@harbour-clinics.example"), second.get("recipients"));
    Map<String, Object> actions =
        Map.of("ANDROID", List.of("MES Low Risk"), "IOS", List.of("MES Low Risk"));
    assertEquals(actions, second.get("actionsStarted"));
    assertEquals(actions, second.get("complianceActions"));
    assertEquals(4, list(second, "effects").size());
  }

  @Test
  void json_has_restrictions_with_their_platforms() throws IOException {
    Run run =
        Run.of(
            "timeline",
            of(allSorts(), "g", "NO_DEVICE_LOCK"),
            "--from",
            "2026-01-01T10:00:00Z",
            "--format=JSON");
    assertEquals(
        List.of(
            Map.of(
                "kind",
                "COMPANY_SITES",
                "since",
                "2026-01-01T10:00:00Z",
                "until",
                "2026-01-02T22:00:00Z",
                "platforms",
                List.of("ANDROID", "IOS")),
            Map.of(
                "kind",
                "INTERNET",
                "since",
                "2026-01-02T23:00:00Z",
                "platforms",
                List.of("ANDROID", "IOS")),
            Map.of(
                "kind",
                "COMPANY_ACCESS",
                "since",
                "2026-01-02T23:00:00Z",
                "platforms",
                List.of("IOS")),
            Map.of(
                "kind",
                "QUARANTINE",
                "since",
                "2026-01-02T23:00:00Z",
                "platforms",
                List.of("IOS"))),
        Json.object(run.out()).get("restrictions"));
  }

  @Test
  void a_picture_is_well_formed() throws IOException, ParserConfigurationException, SAXException {
    Run run = Run.of("timeline", STORY_OF_HOME_CARE, "--format", "svg");
    assertEquals(0, run.status());
    assertTrue(run.out().startsWith("<svg "), run.out());
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(run.out().getBytes(UTF_8)));
    assertEquals("svg", document.getDocumentElement().getTagName());
  }

  @Test
  void without_an_instant_the_threat_is_found_now_to_the_minute() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Streams streams = Streams.of(InputStream.nullInputStream(), out, new ByteArrayOutputStream());
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-05-01T10:20:59.999Z"));
    CommandLine command = new CommandLine(new TimelineCommand(streams, clock));
    command.setCaseInsensitiveEnumValuesAllowed(true);
    List<String> arguments = new ArrayList<>(of(STORY, "wards", "ACTIVE_MITM"));
    arguments.addAll(List.of("--format", "json"));
    assertEquals(0, command.execute(arguments.toArray(String[]::new)));
    assertEquals("2026-05-01T10:20:00Z", Json.object(out.toString(UTF_8)).get("from"));
  }

  @Test
  void unknown_names_are_wrong_usage_with_the_near_miss() {
    assertWrongUsage(
        "--group: ward is not there, did you mean wards?",
        Run.of("timeline", of(STORY, "ward", "OUT_OF_DATE_OS")));
    assertWrongUsage(
        "--classification: OUT_OF_DATE is unknown, did you mean OUT_OF_DATE_OS?",
        Run.of("timeline", of(STORY, "wards", "OUT_OF_DATE")));
  }

  @Test
  void instants_are_from_1970_to_9999_with_z() {
    List<String> wards = of(STORY, "wards", "OUT_OF_DATE_OS");
    for (String wrong :
        List.of(
            "yesterday",
            "2026-03-02",
            "2026-03-02T09:00:00",
            "2026-03-02T09:00:00+01:00",
            "1969-12-31T23:59:59Z",
            "+10000-01-01T00:00:00Z",
            "2026-02-30T00:00:00Z")) {
      assertWrongUsage(
          "Invalid value for option '--from': '"
              + wrong
              + "' is not an instant from 1970 to 9999, expected one like 2026-04-01T00:00:00Z",
          Run.of("timeline", wards, "--from", wrong));
    }
    assertEquals(0, Run.of("timeline", wards, "--from", "1970-01-01T00:00:00Z").status());
  }

  @Test
  void a_ladder_that_would_end_after_the_year_9999_is_wrong_usage() {
    List<String> wards = of(STORY, "wards", "OUT_OF_DATE_OS");
    String latest = "9999-12-10T23:59:59.999999999Z";
    assertEquals(0, Run.of("timeline", wards, "--from", latest).status());
    assertEquals(0, Run.of("timeline", wards, "--from", latest, "--format", "svg").status());
    assertWrongUsage(
        "--from: 9999-12-11T00:00:00Z is too late for this ladder, expected "
            + latest
            + " or before, so that its last rung is entered before the year 10000",
        Run.of("timeline", wards, "--from", "9999-12-11T00:00:00Z"));
  }

  @Test
  void errors_of_the_document_are_said_and_have_status_1() throws IOException {
    Path bad = file("bad.yaml", "version: 1\ngroups: [{id: g, parent: nowhere}]\n");
    assertEquals(
        new Run(
            1,
            "",
            """
            groups: every group has a parent, expected one without: the root
            groups[0].parent: nowhere is not a group
            """),
        Run.of("timeline", of(bad, "g", "OUT_OF_DATE_OS")));
  }

  @Test
  void what_is_missing_or_unknown_is_wrong_usage() {
    Path missing = folder.resolve("missing.yaml");
    assertWrongUsage(
        "cannot read " + missing + ": there is no such file",
        Run.of("timeline", of(missing, "g", "OUT_OF_DATE_OS")));
    assertEquals(2, Run.of("timeline", STORY_OF_HOME_CARE, "--format", "png").status());
    assertEquals(2, Run.of("timeline").status());
    assertEquals("", Run.of("timeline").out());
  }

  @Test
  void control_characters_do_not_reach_the_terminal() throws IOException {
    Path policy =
        file(
            "policy.json",
            """
            {"version":1,"groups":[{"id":"g\\u001b[31m","policies":{"NO_DEVICE_LOCK":
            {"riskLevel":"LOW","response":"ALERT_DEVICE",
            "message":{"description":"a\\u001b[2Jb","howToFix":"c\\u202ed"}}}}]}
            """);
    Run run = Run.of("timeline", of(policy, "g\u001b[31m", "NO_DEVICE_LOCK"));
    assertEquals(0, run.status());
    assertTrue(run.out().contains("      | a [2Jb\n      | c d\n"), run.out());
    assertTrue(run.out().chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)), run.out());
    Run wrong = Run.of("timeline", of(policy, "\u001b[31m", "NO_DEVICE_LOCK"));
    assertEquals(2, wrong.status());
    assertEquals(-1, wrong.err().indexOf('\u001b'));
  }

  @Test
  void a_closed_standard_output_is_told_in_one_line() {
    for (String format : List.of("text", "json", "svg")) {
      assertToldThatNobodyReads(Run.unread("timeline", STORY_OF_HOME_CARE, "--format", format));
    }
  }
}
