package io.riskladder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanCommandTest {
  private static final Path PLANS = Path.of("src", "test", "resources", "plans");
  private static final Path STORY = Path.of("story", "policy.yaml");
  private static final String GROUPS = "version: 1\ngroups: [{id: g}]\n";

  @TempDir private Path folder = Path.of("");

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static Run plan(Path policy, String... more) {
    return Run.of("plan", List.of("--policy", policy.toString()), more);
  }

  private static String page(String name) throws IOException {
    return Files.readString(PLANS.resolve(name));
  }

  @Test
  void the_standard_plan_of_the_story_comes_out_as_the_page_that_is_kept() throws IOException {
    assertEquals(new Run(0, page("story.md"), ""), plan(STORY));
  }

  @Test
  void a_plan_of_a_tenants_own_comes_out_as_the_page_that_is_kept() throws IOException {
    assertEquals(new Run(0, page("own.md"), ""), plan(PLANS.resolve("own.yaml")));
  }

  @Test
  void the_format_can_be_named_in_either_case() {
    Run run = plan(STORY);

    assertEquals(run, plan(STORY, "--format", "markdown"));
    assertEquals(run, plan(STORY, "--format=MARKDOWN"));
  }

  @Test
  void a_document_without_a_name_has_a_heading_without_one() throws IOException {
    Run run = plan(file("policy.yaml", GROUPS + "riskResponse: standard\n"));

    assertEquals(0, run.status());
    assertEquals("# Setting up Ivanti EPMM", run.out().lines().findFirst().get());
  }

  @Test
  void a_plan_that_is_empty_is_a_plan() throws IOException {
    Run run = plan(file("policy.yaml", GROUPS + "riskResponse: {}\n"));

    assertEquals(0, run.status());
    assertTrue(run.out().contains("- [ ] 1.1: **Name** `MES - Low Risk`\n"), run.out());
  }

  @Test
  void names_that_are_not_ascii_are_put_out_in_utf_8() throws IOException {
    Run run = plan(file("policy.yaml", GROUPS + "name: B\u00FCro\nriskResponse: standard\n"));

    assertEquals("# Setting up Ivanti EPMM for `B\u00FCro`", run.out().lines().findFirst().get());
  }

  @Test
  void a_document_without_a_risk_response_has_nothing_to_set_up_and_status_1() throws IOException {
    assertEquals(
        new Run(
            1,
            "",
            "riskResponse: the document has none, so there is nothing to set up in the MDM; for the"
                + " standard plan, set riskResponse: standard\n"),
        plan(file("policy.yaml", GROUPS)));
  }

  @Test
  void errors_are_those_of_check_on_standard_error() throws IOException {
    Path policy =
        file(
            "policy.yaml",
            """
            version: 1
            groups: [{id: g}]
            riskResponse:
              complianceActions: [{name: Tell}]
              securityPolicies:
                - {name: p, status: ACTIVE, priority: 0, labels: []}
                - name: q
                  status: ACTIVE
                  priority: 1
                  labels: [x]
                  accessControl: {complianceAction: Tel, enabledRules: [r]}
            """);
    Run check = Run.of("check", "--policy", policy.toString());

    assertEquals(1, check.status());
    assertTrue(check.out().lines().count() > 1, check.out());
    assertEquals(new Run(1, "", check.out()), plan(policy));
  }

  @Test
  void wrong_usage_has_status_2() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    Run run = plan(missing);

    assertEquals(2, run.status());
    assertEquals(
        "cannot read " + missing + ": there is no such file", run.err().lines().findFirst().get());
    assertEquals(2, plan(folder).status());
    assertEquals(2, plan(STORY, "--format", "html").status());
    assertEquals(2, Run.of("plan").status());
    assertEquals(2, plan(STORY, "more").status());
    assertEquals("", Run.of("plan").out());
  }

  @Test
  void a_closed_standard_output_is_told_in_one_line() {
    assertEquals(
        new Run(1, "", "cannot write the results: standard output is closed\n"),
        Run.unread("plan", List.of("--policy", STORY.toString())));
  }
}
