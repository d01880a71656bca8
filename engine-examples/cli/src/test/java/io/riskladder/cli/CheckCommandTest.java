package io.riskladder.cli;

import static io.riskladder.cli.Json.list;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckCommandTest {
  private static final String GOOD =
      """
      version: 1
      groups: [{id: g}]
      administrators: [{email: it@acme.example, notify: [LOW, MEDIUM, HIGH]}]
      """;

  /** Valid, but nobody is mailed about MEDIUM, and a trap waits in a nested group. */
  private static final String UNWISE =
      """
      version: 1
      groups:
        - id: g
          onDeviceThreatProtection: {enabled: true}
        - {id: sales, name: Sales, parent: g}
        - id: field
          name: Field sales
          parent: sales
          policies:
            OUT_OF_DATE_OS:
              riskLevel: LOW
              response: ALERT_DEVICE
              escalations:
                - {after: P7D, riskLevel: HIGH, response: BLOCK_INTERNET_AND_ALERT}
        - {id: north, parent: field}
      administrators: [{email: it@acme.example, notify: [LOW, HIGH]}]
      """;

  /** Wrong at the top, in an unknown field, and deep inside; the last three of one policy. */
  private static final String BAD =
      """
      version: 2
      grups: []
      groups:
        - id: g
          defaultNotice: "{dayLeft} to go"
          policies:
            OUT_OF_DATE_OS:
              riskLevel: LOW
              response: ALERT_DEVICE
              escalations:
                - {after: P7D, riskLevel: LOW, response: ALERT_DEVICE}
                - {after: a week, riskLevel: HIGH, response: BLOCK_INTERNET_AND_ALERT}
      """;

  @TempDir private Path folder = Path.of("");

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static Run check(Path policy, String... more) {
    return Run.of("check", List.of("--policy", policy.toString()), more);
  }

  @Test
  void a_good_policy_has_no_errors_no_advice_and_status_0() throws IOException {
    assertEquals(new Run(0, "no errors, no advice\n", ""), check(file("policy.yaml", GOOD)));
  }

  @Test
  void advice_is_put_out_in_the_documents_order_with_what_happens_and_what_to_do()
      throws IOException {
    assertEquals(
        new Run(
            0,
            """
            no errors, but advice:

            groups[2].policies.OUT_OF_DATE_OS.escalations[0].response: REMEDIATION_TRAP (warning)
              Users in group "Field sales" and 1 group below it lose the internet at step 2, after \
            7 days, and need it to fix "OS Out-Of-Date"; only an administrator who ignores the \
            issue can free them.
              Use BLOCK_DOMAINS_AND_ALERT with the company's sites as blocked domains, which \
            leaves the way to the fix open.

            administrators: NOBODY_MAILED (warning)
              When a threat comes to MEDIUM, no administrator gets mail about it.
              Add MEDIUM to what one of the administrators is notified of.
            """,
            ""),
        check(file("policy.yaml", UNWISE)));
  }

  @Test
  void advice_is_put_out_as_json_with_the_same_words() throws IOException {
    Run run = check(file("policy.yaml", UNWISE), "--format", "json");
    String start =
        "{\"errors\":[],\"advice\":[{\"code\":\"REMEDIATION_TRAP\",\"severity\":\"WARNING\",\"path\":"
            + "\"groups[2].policies.OUT_OF_DATE_OS.escalations[0].response\",\"message\":\"Users in";
    assertTrue(run.out().startsWith(start), run.out());
    List<?> advice = list(Json.object(run.out()), "advice");
    assertEquals(2, advice.size());
    assertEquals(
        Map.of(
            "code",
            "NOBODY_MAILED",
            "severity",
            "WARNING",
            "path",
            "administrators",
            "message",
            "When a threat comes to MEDIUM, no administrator gets mail about it.",
            "remedy",
            "Add MEDIUM to what one of the administrators is notified of."),
        advice.get(1));
    assertEquals(new Run(0, run.out(), ""), run);
  }

  @Test
  void what_does_nothing_is_a_hint() throws IOException {
    Run run =
        check(
            file(
                "policy.yaml",
                GOOD.replace(
                    "[{id: g}]",
                    "[{id: g, policies: {SPAM: {riskLevel: LOW, response: ALERT_DEVICE}}}]")));
    assertEquals(
        List.of(
            "no errors, but advice:",
            "",
            "groups[0].policies.SPAM: REDUNDANT_OVERRIDE (hint)",
            "  Devices in group \"g\" get from this policy what they would inherit from the default"
                + " of the classification, and miss what is changed there later.",
            "  Take the policy away, so that the group inherits it."),
        run.out().lines().toList());
  }

  @Test
  void a_document_without_administrators_has_advice_for_each_level() throws IOException {
    Run run = check(file("policy.yaml", "version: 1\ngroups: [{id: g}]\n"), "--format", "json");
    assertEquals(0, run.status());
    List<?> advice = list(Json.object(run.out()), "advice");
    assertEquals(3, advice.size());
    assertEquals(
        3, advice.stream().filter(finding -> finding.toString().contains("NOBODY_MAILED")).count());
  }

  @Test
  void a_document_with_an_error_gets_no_advice() throws IOException {
    Path policy = file("policy.yaml", UNWISE + "timeZone: Berlin\n");
    Run text = check(policy);
    assertEquals(1, text.status());
    assertEquals(1, text.out().lines().count(), text.out());
    assertEquals("timeZone: ", text.out().substring(0, 10));
    Run json = check(policy, "--format", "json");
    assertEquals(1, json.status());
    assertEquals(List.of(), Json.object(json.out()).get("advice"));
  }

  @Test
  void the_policies_of_the_story_need_no_advice() {
    Run none = new Run(0, "no errors, no advice\n", "");
    assertEquals(none, check(Path.of("story", "policy.yaml")));
    assertEquals(none, check(Path.of("story", "policy-reviewed.yaml")));
  }

  @Test
  void control_characters_of_the_document_stay_out_of_the_advice() throws IOException {
    Run run =
        check(
            file(
                "policy.yaml",
                UNWISE.replace("name: Field sales", "name: \"Field \\u202Esales\"")));
    assertEquals(0, run.status());
    assertTrue(run.out().contains("Users in group \"Field  sales\" and"), run.out());
  }

  @Test
  void a_good_policy_as_json_has_two_empty_lists() throws IOException {
    assertEquals(
        new Run(0, "{\"errors\":[],\"advice\":[]}\n", ""),
        check(file("policy.yaml", GOOD), "--format", "json"));
  }

  @Test
  void formats_are_read_in_upper_case_too() throws IOException {
    assertEquals(
        new Run(0, "{\"errors\":[],\"advice\":[]}\n", ""),
        check(file("policy.yaml", GOOD), "--format=JSON"));
  }

  @Test
  void all_errors_are_put_out_in_the_documents_order_each_with_its_path() throws IOException {
    Run run = check(file("policy.yaml", BAD));
    assertEquals(
        List.of(
            "version: 2 is not a known version, expected 1",
            "grups: unknown field, did you mean groups?",
            "groups[0].defaultNotice: {dayLeft} is not a placeholder, did you mean {daysLeft}?",
            "groups[0].policies.OUT_OF_DATE_OS.escalations[0].riskLevel: LOW is not above LOW,"
                + " expected MEDIUM or HIGH",
            "groups[0].policies.OUT_OF_DATE_OS.escalations[1].after: a week is not a period,"
                + " expected one like P7D or PT12H",
            "groups[0].policies.OUT_OF_DATE_OS.escalations[1].response: BLOCK_INTERNET_AND_ALERT"
                + " needs on-device threat protection enabled, and group g has it disabled"),
        run.out().lines().toList());
    assertEquals(new Run(1, run.out(), ""), run);
  }

  @Test
  void all_errors_are_put_out_as_json_with_no_advice() throws IOException {
    Run run = check(file("policy.yaml", BAD), "--format", "json");
    Map<String, Object> findings = Json.object(run.out());
    assertEquals(List.of("errors", "advice"), List.copyOf(findings.keySet()));
    assertEquals(List.of(), findings.get("advice"));
    List<?> errors = list(findings, "errors");
    assertEquals(6, errors.size());
    assertEquals(
        Map.of("path", "grups", "message", "unknown field, did you mean groups?"), errors.get(1));
    assertEquals(
        Map.of(
            "path",
            "groups[0].policies.OUT_OF_DATE_OS.escalations[0].riskLevel",
            "message",
            "LOW is not above LOW, expected MEDIUM or HIGH"),
        errors.get(3));
    assertEquals(new Run(1, run.out(), ""), run);
  }

  @Test
  void json_is_one_line_with_path_before_message() throws IOException {
    assertEquals(
        new Run(
            1,
            "{\"errors\":[{\"path\":\"groups\",\"message\":\"is missing\"}],\"advice\":[]}\n",
            ""),
        check(file("policy.json", "{\"version\": 1}"), "--format", "json"));
  }

  @Test
  void what_is_no_json_is_an_error_with_its_place() throws IOException {
    Path policy = file("policy.json", "{\n  \"version\": one\n}\n");
    Run text = check(policy);
    assertEquals(1, text.status());
    assertEquals("", text.err());
    assertEquals(1, text.out().lines().count());
    String start = "line 2, column 14: unrecognized token 'one': ";
    assertEquals(start, text.out().substring(0, start.length()));
    Run json = check(policy, "--format", "json");
    assertEquals(
        List.of(Map.of("path", "", "message", text.out().strip())),
        Json.object(json.out()).get("errors"));
  }

  @Test
  void what_is_no_yaml_is_an_error_with_its_place() throws IOException {
    assertEquals(
        new Run(1, "line 2, column 8: mapping values are not allowed here\n", ""),
        check(file("policy.yaml", "version: 1\nname: a: b\ngroups: [{id: g}]\n")));
  }

  @Test
  void an_empty_document_is_an_error_at_its_start() throws IOException {
    assertEquals(
        new Run(1, "line 1, column 1: is empty, expected an object\n", ""),
        check(file("policy.yaml", "")));
  }

  @Test
  void an_alias_is_an_error_with_its_place() throws IOException {
    Run run = check(file("policy.yaml", "version: 1\ngroups: &all [{id: g}]\n"));
    assertEquals(new Run(1, "line 2, column 9: an anchor (&), expected none\n", ""), run);
  }

  @Test
  void a_field_given_twice_is_an_error_of_that_field() throws IOException {
    assertEquals(
        new Run(1, "version: is given twice\n", ""),
        check(file("policy.json", "{\"version\":1,\"version\":1,\"groups\":[{\"id\":\"g\"}]}")));
  }

  @Test
  void what_is_not_utf_8_is_an_error_with_its_place() throws IOException {
    Path policy = folder.resolve("policy.yaml");
    Files.write(policy, new byte[] {'a', ':', '\n', ' ', (byte) 0xE4, '\n'});
    assertEquals(
        new Run(1, "line 2, column 2: is not UTF-8: byte 5 fits nowhere\n", ""), check(policy));
  }

  @Test
  void the_files_name_tells_json_from_yaml() throws IOException {
    assertEquals(0, check(file("policy.yml", GOOD)).status());
    assertEquals(1, check(file("policy.json", GOOD)).status());
    assertEquals(0, check(file("policy", "{\"version\":1,\"groups\":[{\"id\":\"g\"}]}")).status());
  }

  @Test
  void control_characters_of_the_document_stay_out_of_the_text() throws IOException {
    Run run =
        check(file("policy.json", "{\"version\":1,\"groups\":[{\"id\":\"g\"}],\"\\u001b[31m\":1}"));
    assertEquals(1, run.status());
    assertEquals(-1, run.out().indexOf('\u001b'));
  }

  @Test
  void a_file_that_is_not_there_is_wrong_usage() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    Run run = check(missing);
    assertEquals(2, run.status());
    assertEquals("", run.out());
    assertEquals(
        "cannot read " + missing + ": there is no such file", run.err().lines().findFirst().get());
  }

  @Test
  void a_folder_is_wrong_usage() throws IOException {
    Run run = check(folder);
    assertEquals(2, run.status());
    assertEquals("cannot read " + folder + ": it is a folder", run.err().lines().findFirst().get());
  }

  @Test
  void an_unknown_format_and_a_missing_policy_are_wrong_usage() throws IOException {
    assertEquals(2, check(file("policy.yaml", GOOD), "--format", "xml").status());
    assertEquals(2, Run.of("check").status());
    assertEquals("", Run.of("check").out());
  }

  @Test
  void a_policy_written_in_utf_8_is_quoted_in_utf_8() throws IOException {
    Path policy =
        Files.write(
            folder.resolve("policy.yaml"),
            "version: 1\ngroups: [{id: g, parent: Büro}]\n".getBytes(UTF_8));
    Run run = check(policy);
    assertEquals(1, run.status());
    assertEquals(
        List.of(
            "groups: every group has a parent, expected one without: the root",
            "groups[0].parent: Büro is not a group"),
        run.out().lines().toList());
  }

  @Test
  void a_closed_standard_output_is_told_in_one_line() throws IOException {
    for (String document : List.of(GOOD, UNWISE, BAD)) {
      List<String> policy = List.of("--policy", file("policy.yaml", document).toString());
      assertEquals(
          new Run(1, "", "cannot write the results: standard output is closed\n"),
          Run.unread("check", policy));
      assertEquals(
          new Run(1, "", "cannot write the results: Broken pipe\n"),
          Run.unread("check", policy, "--format", "json"));
    }
  }
}
