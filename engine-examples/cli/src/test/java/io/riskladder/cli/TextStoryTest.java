package io.riskladder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextStoryTest {
  private static final String POLICY =
      """
      version: 1
      name: acme
      timeZone: Europe/Berlin
      groups:
        - id: default
          name: Default Group
          onDeviceThreatProtection: {enabled: true, blockedDomains: [b.example, acme.example]}
          policies:
            NO_DEVICE_LOCK:
              riskLevel: ADVISORY
              response: ALERT_DEVICE
              message: {description: Set a lock., howToFix: "Days left: {daysLeft}.\\nNow."}
              escalations:
                - {after: P1D, riskLevel: LOW, response: BLOCK_DOMAINS_AND_ALERT}
            ROOT_JAILBREAK:
              riskLevel: HIGH
              response: BLOCK_INTERNET_AND_ALERT
              message: {description: Rooted., howToFix: Call us.}
            PHISHING_CONTENT:
              riskLevel: MEDIUM
              response: WARN_AND_ALERT_DEVICE
              message: {description: Phish., howToFix: Go back.}
            MALICIOUS_CONTENT:
              riskLevel: HIGH
              response: BLOCK_AND_ALERT_DEVICE
              message: {description: Evil., howToFix: Go away.}
        - {id: sales, name: Sales, parent: default, defaultNotice: Ask sales.}
      administrators:
        - {email: ops@acme.example, notify: [LOW, HIGH]}
        - {email: boss@acme.example, notify: [HIGH]}
      riskResponse: standard
      """;

  private static final String TITLE =
      "What happens under the policy \"acme\", times in Europe/Berlin\n";

  @TempDir private Path folder = Path.of("");

  private static String event(String at, String type, String device, String... fields) {
    StringBuilder line =
        new StringBuilder(
            "{\"at\":\"2026-" + at + "Z\",\"type\":\"" + type + "\",\"device\":\"" + device + '"');
    for (int i = 0; i < fields.length; i += 2) {
      line.append(",\"").append(fields[i]).append("\":\"").append(fields[i + 1]).append('"');
    }
    return line.append('}').toString();
  }

  private static String enrolled(String at, String device) {
    return event(at, "DEVICE_ENROLLED", device, "group", "default", "platform", "ANDROID");
  }

  private static String found(String at, String device, String threat, String classification) {
    return event(at, "THREAT_DETECTED", device, "threat", threat, "classification", classification);
  }

  private static String met(String at, String device, String threat, String classification) {
    return event(
        at, "THREAT_ENCOUNTERED", device, "threat", threat, "classification", classification);
  }

  private static String policyChanged(String at, String file, String mode) {
    return "{\"at\":\"2026-"
        + at
        + "Z\",\"type\":\"POLICY_CHANGED\",\"policy\":\""
        + file
        + "\",\"mode\":\""
        + mode
        + "\"}";
  }

  private Run told(String policy, List<String> events) throws IOException {
    Path policyFile = Files.writeString(folder.resolve("policy.yaml"), policy);
    Path eventsFile = Files.write(folder.resolve("events.jsonl"), events);
    return Run.of(
        "replay",
        "--policy",
        policyFile.toString(),
        "--events",
        eventsFile.toString(),
        "--format",
        "text");
  }

  private void assertTold(String story, String... events) throws IOException {
    assertEquals(new Run(0, TITLE + story, ""), told(POLICY, List.of(events)));
  }

  @Test
  void a_story_is_told_by_day_and_device_in_the_tenants_time() throws IOException {
    assertTold(
        """

        Friday, 27 March 2026
          b
            23:59:30   Enrolled in Default Group (Android)

        Saturday, 28 March 2026
          a
            00:00   Enrolled in Sales (iOS)
          b
            02:30   No Device Lock (lock) is found
                    - the user is told, at risk level Advisory:
                        | Set a lock.
                        | Days left: 1.
                        | Now.

        Sunday, 29 March 2026
          b
            03:30   No Device Lock (lock) is not fixed in time: step 2 of its ladder begins
                    - the user is told, at risk level Low:
                        | Set a lock.
                        | Days left: 0.
                        | Now.
                    - administrators get an issue, at risk level Low
                    - mail goes to ops@acme.example
                    - blocked on the device: acme.example, b.example, with subdomains
                    - the MDM puts the label "MES - Low Risk" on the device
                    - the MDM starts the compliance action "MES Low Risk"

        Monday, 30 March 2026
          b
            01:59:59   No Device Lock (lock) is gone
                    - the administrators' issue is closed
                    - nothing is blocked on the device any more
                    - the MDM takes the label "MES - Low Risk" off the device
                    - the MDM ceases the compliance action "MES Low Risk"
        """,
        enrolled("03-27T22:59:30", "b"),
        event("03-27T23:00:00", "DEVICE_ENROLLED", "a", "group", "sales", "platform", "IOS"),
        found("03-28T01:30:00", "b", "lock", "NO_DEVICE_LOCK"),
        event("03-29T23:59:59.9", "THREAT_RESOLVED", "b", "threat", "lock"));
  }

  @Test
  void devices_are_sorted_within_a_day_and_their_moments_stay_in_order() throws IOException {
    assertTold(
        """

        Monday, 5 January 2026
          B
            12:00   Enrolled in Default Group (Android)
          a
            11:00   Enrolled in Default Group (Android)
            11:30   Disconnected: the device is silent, its risk stays
            13:00   Reconnected
          b
            10:00   Enrolled in Default Group (Android)
        """,
        enrolled("01-05T09:00:00", "b"),
        enrolled("01-05T10:00:00", "a"),
        event("01-05T10:30:00", "DEVICE_DISCONNECTED", "a"),
        enrolled("01-05T11:00:00", "B"),
        event("01-05T12:00:00", "DEVICE_RECONNECTED", "a"));
  }

  @Test
  void a_late_event_is_told_when_it_was_learnt() throws IOException {
    assertTold(
        """

        Monday, 5 January 2026
          a
            10:00   Enrolled in Default Group (Android)
          b
            10:00   Enrolled in Default Group (Android)
        """,
        enrolled("01-05T09:00:00", "a"),
        enrolled("01-02T08:00:00", "b"));
  }

  @Test
  void a_look_at_the_clock_is_no_news() throws IOException {
    assertTold("", "{\"at\":\"2026-01-05T09:00:00Z\",\"type\":\"CLOCK\"}");
    assertTold("");
  }

  @Test
  void a_policy_without_a_name_has_a_title_without_one() throws IOException {
    assertEquals(
        new Run(0, "What happens under the policy, times in UTC\n", ""),
        told("version: 1\ngroups: [{id: g}]\n", List.of()));
  }

  @Test
  void a_rejected_event_says_why() throws IOException {
    assertTold(
        """

        Monday, 5 January 2026
          a
            10:00   Enrolled in Default Group (Android)
            10:00   Not done: Enrolled in Default Group (Android)
                    - rejected (DEVICE_EXISTS): the device is enrolled already
            10:01   Not done: Moved to nowhere
                    - rejected (UNKNOWN_GROUP): the policy has no such group
            10:02   Not done: NOTHING (t) is found
                    - rejected (UNKNOWN_CLASSIFICATION): neither the catalogue nor the policy has this classification
            10:03   Not done: Phishing Content (t) is found
                    - rejected (WEB_CONTENT): web content is encountered, not detected
            10:04   Not done: Spyware (t) is met and handled on the spot
                    - rejected (NOT_WEB_CONTENT): only web content is encountered
            10:05   Not done: An administrator ignores the issue of threat (t)
                    - rejected (NO_ISSUE): the threat has no open issue
            10:06   Not done: An administrator restores the issue of threat (t)
                    - rejected (NOT_IGNORED): the threat is not ignored
          b
            10:07   Not done: Removed from protection
                    - rejected (UNKNOWN_DEVICE): the device is not enrolled
        """,
        enrolled("01-05T09:00:00", "a"),
        enrolled("01-05T09:00:00", "a"),
        event("01-05T09:01:00", "DEVICE_MOVED", "a", "group", "nowhere"),
        found("01-05T09:02:00", "a", "t", "NOTHING"),
        found("01-05T09:03:00", "a", "t", "PHISHING_CONTENT"),
        met("01-05T09:04:00", "a", "t", "SPYWARE"),
        event("01-05T09:05:00", "ISSUE_IGNORED", "a", "threat", "t"),
        event("01-05T09:06:00", "ISSUE_RESTORED", "a", "threat", "t"),
        event("01-05T09:07:00", "DEVICE_REMOVED", "b"));
  }

  @Test
  void web_content_says_whether_the_user_may_proceed() throws IOException {
    assertTold(
        """

        Monday, 5 January 2026
          a
            10:00   Enrolled in Sales (iOS)
            11:00   Phishing Content (w1) is met and handled on the spot
                    - the user is told, at risk level Medium, and may open the page after a warning:
                        | Phish.
                        | Go back.
                        | Ask sales.
                    - administrators get an issue, at risk level Medium
                    - the administrators' issue is closed
            12:00   Malicious Content (w2) is met and handled on the spot
                    - the user is told, at risk level High, and the page is blocked:
                        | Evil.
                        | Go away.
                        | Ask sales.
                    - administrators get an issue, at risk level High
                    - the administrators' issue is closed
                    - mail goes to boss@acme.example, ops@acme.example
            13:00   Unauthorized Content (w3) is met and handled on the spot
        """,
        event("01-05T09:00:00", "DEVICE_ENROLLED", "a", "group", "sales", "platform", "IOS"),
        met("01-05T10:00:00", "a", "w1", "PHISHING_CONTENT"),
        met("01-05T11:00:00", "a", "w2", "MALICIOUS_CONTENT"),
        met("01-05T12:00:00", "a", "w3", "UNAUTHORIZED_CONTENT"));
  }

  @Test
  void ignoring_and_restoring_an_issue_unblocks_and_blocks() throws IOException {
    assertTold(
        """

        Monday, 5 January 2026
          a
            10:00   Enrolled in Default Group (Android)
            11:00   Root / Jailbreak (r) is found
                    - the user is told, at risk level High:
                        | Rooted.
                        | Call us.
                    - administrators get an issue, at risk level High
                    - mail goes to boss@acme.example, ops@acme.example
                    - blocked on the device: all internet traffic
                    - the MDM puts the label "MES - High Risk" on the device
                    - the MDM starts the compliance action "MES High Risk"
            12:00   An administrator ignores the issue of Root / Jailbreak (r), by ops
                    - the issue is ignored: the threat does not count, its ladder is paused
                    - nothing is blocked on the device any more
                    - the MDM takes the label "MES - High Risk" off the device
                    - the MDM ceases the compliance action "MES High Risk"
            13:00   An administrator restores the issue of Root / Jailbreak (r), by boss
                    - the issue is open again: the threat counts, its wait begins anew
                    - the user is told, at risk level High:
                        | Rooted.
                        | Call us.
                    - blocked on the device: all internet traffic
                    - the MDM puts the label "MES - High Risk" on the device
                    - the MDM starts the compliance action "MES High Risk"
            14:00   Removed from protection
                    Root / Jailbreak (r):
                    - the administrators' issue is closed: the device was removed
                    The device:
                    - nothing is blocked on the device any more
                    - the MDM takes the label "MES - High Risk" off the device
                    - the MDM ceases the compliance action "MES High Risk"
        """,
        enrolled("01-05T09:00:00", "a"),
        found("01-05T10:00:00", "a", "r", "ROOT_JAILBREAK"),
        event("01-05T11:00:00", "ISSUE_IGNORED", "a", "threat", "r", "by", "ops"),
        event("01-05T12:00:00", "ISSUE_RESTORED", "a", "threat", "r", "by", "boss"),
        event("01-05T13:00:00", "DEVICE_REMOVED", "a"));
  }

  @Test
  void a_changed_policy_stands_above_the_devices_of_its_day() throws IOException {
    Files.writeString(folder.resolve("same.yaml"), POLICY);
    assertTold(
        """

        Monday, 5 January 2026
          All devices
            11:00   The policy is changed to same.yaml: open threats continue at their risk level
            12:00   The policy is changed to same.yaml: open threats keep the policy they have
            13:00   The policy is changed to same.yaml: open threats start anew
          a
            10:00   Enrolled in Default Group (Android)
        """,
        enrolled("01-05T09:00:00", "a"),
        policyChanged("01-05T10:00:00", "same.yaml", "CONTINUE"),
        policyChanged("01-05T11:00:00", "same.yaml", "PIN"),
        policyChanged("01-05T12:00:00", "same.yaml", "RESTART"));
  }

  @Test
  void a_changed_policy_that_does_not_fit_says_that_the_old_one_stays() throws IOException {
    Files.writeString(folder.resolve("other.yaml"), "version: 1\ngroups: [{id: g}]\n");
    Run run =
        told(
            POLICY,
            List.of(
                enrolled("01-05T09:00:00", "a"),
                policyChanged("01-05T10:00:00", "other.yaml", "CONTINUE")));
    assertEquals(
        TITLE
            + """

            Monday, 5 January 2026
              All devices
                11:00   Not done: The policy is changed to other.yaml: open threats continue at their risk level
                        - rejected (INVALID_POLICY): the new policy has an error or does not fit the devices; the old one stays
              a
                10:00   Enrolled in Default Group (Android)
            """,
        run.out());
  }

  @Test
  void several_threats_of_one_event_are_told_apart() throws IOException {
    Run run =
        told(
            POLICY,
            List.of(
                enrolled("01-05T09:00:00", "a"),
                found("01-05T09:00:00", "a", "m-1", "ACTIVE_MITM"),
                found("01-05T09:00:00", "a", "m-2", "SPYWARE"),
                event("01-05T10:00:00", "DEVICE_REMOVED", "a")));
    List<String> lines = run.out().lines().map(String::strip).toList();
    int first = lines.indexOf("Machine-in-the-Middle (m-1):");
    assertEquals(
        "- the administrators' issue is closed: the device was removed", lines.get(first + 1));
    assertEquals("Spyware (m-2):", lines.get(first + 2));
    assertEquals("The device:", lines.get(first + 4));
  }

  @Test
  void what_a_changed_policy_does_to_a_device_is_not_said_to_have_fallen_due() throws IOException {
    Files.writeString(
        folder.resolve("stricter.yaml"),
        "version: 1\ngroups: [{id: default}]\nlabels: {LOW: L, MEDIUM: M}\n");
    Run run =
        told(
            POLICY,
            List.of(
                enrolled("01-05T09:00:00", "a"),
                found("01-05T09:00:00", "a", "spam", "SPAM"),
                found("01-05T09:00:00", "a", "lock", "NO_DEVICE_LOCK"),
                policyChanged("01-05T10:00:00", "stricter.yaml", "CONTINUE")));
    assertEquals(0, run.status());
    assertFalse(run.out().contains("not fixed in time"), run.out());
  }

  @Test
  void what_falls_due_is_told_before_the_event_after_it_and_apart_by_threat() throws IOException {
    assertTold(
        """

        Monday, 5 January 2026
          a
            10:00   Enrolled in Default Group (Android)
            10:00   No Device Lock (1) is found
                    - the user is told, at risk level Advisory:
                        | Set a lock.
                        | Days left: 1.
                        | Now.
            10:00   No Device Lock (2) is found
                    - the user is told, at risk level Advisory:
                        | Set a lock.
                        | Days left: 1.
                        | Now.

        Tuesday, 6 January 2026
          a
            10:00   No Device Lock (1) is not fixed in time: step 2 of its ladder begins
                    - the user is told, at risk level Low:
                        | Set a lock.
                        | Days left: 0.
                        | Now.
                    - administrators get an issue, at risk level Low
                    - mail goes to ops@acme.example
                    - blocked on the device: acme.example, b.example, with subdomains
                    - the MDM puts the label "MES - Low Risk" on the device
                    - the MDM starts the compliance action "MES Low Risk"
            10:00   No Device Lock (2) is not fixed in time: step 2 of its ladder begins
                    - the user is told, at risk level Low:
                        | Set a lock.
                        | Days left: 0.
                        | Now.
                    - administrators get an issue, at risk level Low
                    - mail goes to ops@acme.example
            10:01   Reconnected
        """,
        enrolled("01-05T09:00:00", "a"),
        found("01-05T09:00:00", "a", "1", "NO_DEVICE_LOCK"),
        found("01-05T09:00:00", "a", "2", "NO_DEVICE_LOCK"),
        event("01-06T09:01:00", "DEVICE_RECONNECTED", "a"));
  }

  @Test
  void a_bad_line_ends_the_story_after_what_came_before() throws IOException {
    Run run = told(POLICY, List.of(enrolled("01-05T09:00:00", "a"), "{}"));
    assertEquals(
        new Run(
            1,
            TITLE
                + """

                Monday, 5 January 2026
                  a
                    10:00   Enrolled in Default Group (Android)
                """,
            folder.resolve("events.jsonl") + ":2:1: type: is missing\n"),
        run);
  }

  /** Each is two lines: what happened, and that it was rejected. */
  private static List<String> removals(int count) {
    List<String> events = new ArrayList<>();
    for (int i = count - 1; i >= 0; i--) {
      events.add(event("01-05T09:00:00", "DEVICE_REMOVED", device(i)));
    }
    return events;
  }

  private static String device(int i) {
    return "device-%05d".formatted(i);
  }

  private static List<String> removed(int from, int to) {
    return IntStream.range(from, to)
        .boxed()
        .flatMap(
            i ->
                List.of(
                    "  " + device(i),
                    "    10:00   Not done: Removed from protection",
                    "            - rejected (UNKNOWN_DEVICE): the device is not enrolled")
                    .stream())
        .toList();
  }

  private static List<String> story(List<List<String>> parts) {
    List<String> lines = new ArrayList<>();
    parts.forEach(lines::addAll);
    return lines;
  }

  @Test
  void a_day_of_as_many_lines_as_are_held_is_told_in_one_piece() throws IOException {
    int most = TextStory.MAX_HELD_LINES / 2;
    Run run = told(POLICY, removals(most));
    assertEquals(
        story(List.of(List.of(TITLE.strip(), "", "Monday, 5 January 2026"), removed(0, most))),
        run.out().lines().toList());
  }

  @Test
  void a_day_of_more_lines_than_are_held_is_continued_and_none_is_lost() throws IOException {
    int most = TextStory.MAX_HELD_LINES / 2;
    Run run = told(POLICY, removals(2 * most + 1));
    assertEquals(
        story(
            List.of(
                List.of(TITLE.strip(), "", "Monday, 5 January 2026"),
                removed(most + 1, 2 * most + 1),
                List.of("", "Monday, 5 January 2026 (continued)"),
                removed(1, most + 1),
                List.of("", "Monday, 5 January 2026 (continued)"),
                removed(0, 1))),
        run.out().lines().toList());
    assertEquals(0, run.status());
  }

  @Test
  void the_day_after_a_continued_one_is_no_continuation() throws IOException {
    List<String> events = removals(TextStory.MAX_HELD_LINES / 2);
    events.add(enrolled("01-06T09:00:00", "a"));
    List<String> lines = told(POLICY, events).out().lines().toList();
    assertEquals(
        List.of(
            "",
            "Tuesday, 6 January 2026",
            "  a",
            "    10:00   Enrolled in Default Group (Android)"),
        lines.subList(lines.size() - 4, lines.size()));
    assertEquals(0, Collections.frequency(lines, "Monday, 5 January 2026 (continued)"));
  }

  @Test
  void a_moment_that_is_continued_keeps_its_heading() throws IOException {
    List<String> events = new ArrayList<>(List.of(enrolled("01-05T09:00:00", "a")));
    events.addAll(removals(TextStory.MAX_HELD_LINES / 2));
    assertFalse(told(POLICY, events).out().contains("not fixed in time"));
  }
}
