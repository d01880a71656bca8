package io.riskladder.mdm.document;

import static io.riskladder.mdm.document.DocumentFormat.JSON;
import static io.riskladder.mdm.document.DocumentFormat.YAML;
import static io.riskladder.mdm.document.Samples.errorsOf;
import static io.riskladder.mdm.document.Samples.problemsOf;
import static io.riskladder.mdm.document.Samples.read;
import static io.riskladder.mdm.document.Samples.replace;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.riskladder.core.Limits;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Classification;
import io.riskladder.core.threat.ThreatType;
import io.riskladder.mdm.document.DocumentProblem.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyDocumentsTest {

  /** The sample with one part replaced, and the errors that it then has. */
  record Slip(String part, String by, String errors) {
    static Slip of(String part, String by, String... errors) {
      return new Slip(part, by, String.join("\n", errors));
    }
  }

  private static PolicySet expected() {
    return PolicySet.builder()
        .name("contoso")
        .timeZone(ZoneId.of("America/New_York"))
        .addClassifications(
            Classification.builder()
                .id("LOST_BADGE")
                .displayName("Lost badge")
                .threatType(ThreatType.CONFIGURATION)
                .riskLevel(RiskLevel.LOW)
                .response(Response.ALERT_DEVICE)
                .urgent(true)
                .fixNeedsInternet(true)
                .build())
        .addClassifications(
            Classification.builder()
                .id("BAD_LINK")
                .displayName("Bad link")
                .threatType(ThreatType.WEB_CONTENT)
                .riskLevel(RiskLevel.HIGH)
                .response(Response.WARN_AND_ALERT_DEVICE)
                .build())
        .addGroups(
            DeviceGroup.builder()
                .id("all")
                .name("Everybody")
                .onDeviceThreatProtection(
                    new OnDeviceThreatProtection(
                        true, List.of("a.example", "mail.contoso.example")))
                .defaultNotice("Ask {group} at help@contoso.example")
                .putPolicy("OUT_OF_DATE_OS", expectedLadder())
                .putPolicy(
                    "LOST_BADGE",
                    ClassificationPolicy.builder()
                        .riskLevel(RiskLevel.NONE)
                        .response(Response.DONT_ALERT)
                        .build())
                .build())
        .addGroups(DeviceGroup.builder().id("sales").parent("all").build())
        .addAdministrators(
            new Administrator("secops@contoso.example", Set.of(RiskLevel.LOW, RiskLevel.HIGH)))
        .addAdministrators(new Administrator("log@contoso.example", Set.of()))
        .labels(
            new LabelScheme(
                Map.of(
                    LabelState.MEDIUM, "MES - Moderate Risk",
                    LabelState.HIGH, "MES - High Risk",
                    LabelState.SECURED, "Good")))
        .riskResponse(expectedPlan())
        .build();
  }

  private static ClassificationPolicy expectedLadder() {
    return ClassificationPolicy.builder()
        .riskLevel(RiskLevel.ADVISORY)
        .response(Response.ALERT_DEVICE)
        .message(CustomMessage.of("Please update.", "{daysLeft} days are left."))
        .addEscalations(
            Escalation.builder()
                .after(Duration.ofDays(7))
                .riskLevel(RiskLevel.LOW)
                .response(Response.ALERT_DEVICE)
                .build())
        .addEscalations(
            Escalation.builder()
                .after(Duration.ofHours(36))
                .riskLevel(RiskLevel.HIGH)
                .response(Response.BLOCK_DOMAINS_AND_ALERT)
                .message(CustomMessage.of("Mail is blocked.", "Update now."))
                .build())
        .build();
  }

  private static RiskResponsePlan expectedPlan() {
    return RiskResponsePlan.builder()
        .addAppControlRules(
            AppControlRule.builder()
                .name("Trigger")
                .type(AppControlRule.Type.REQUIRED)
                .app("app does not exist")
                .platform(AppControlRule.Scope.ALL)
                .build())
        .addComplianceActions(
            ComplianceAction.builder()
                .name("Stop")
                .sendAlert(true)
                .blockAccess(true)
                .quarantine(true)
                .build())
        .addSecurityPolicies(
            SecurityPolicy.builder()
                .name("High")
                .status(SecurityPolicy.Status.ACTIVE)
                .priority(1)
                .addLabels("MES - High Risk")
                .accessControl(new AccessControl("Stop", List.of("Trigger")))
                .disallowedDevices(new DisallowedDevices("Stop", true))
                .build())
        .build();
  }

  @Test
  void a_full_document_in_yaml_is_read_to_its_values() {
    assertEquals(expected(), read(Samples.YAML, YAML));
  }

  @Test
  void a_full_document_in_json_is_read_to_its_values() {
    assertEquals(expected(), read(Samples.JSON, JSON));
  }

  @Test
  void a_json_document_is_a_yaml_document_too() {
    assertEquals(expected(), read(Samples.JSON, YAML));
  }

  @ParameterizedTest
  @EnumSource(DocumentFormat.class)
  void what_is_written_reads_back_equal(DocumentFormat format) {
    assertEquals(expected(), read(PolicyDocuments.write(expected(), format), format));
  }

  @ParameterizedTest
  @CsvSource({
    "policy.json,   JSON",
    "policy.JSON,   JSON",
    "policy.yaml,   YAML",
    "policy.yml,    YAML",
    "policy,        YAML",
    "json,          YAML",
    "a.json/policy, YAML",
    "/,             YAML"
  })
  void the_name_of_a_file_tells_its_format(Path file, DocumentFormat format) {
    assertEquals(format, DocumentFormat.ofFile(file));
  }

  @Test
  void a_file_is_read_in_the_format_that_its_name_tells(@TempDir Path folder) throws IOException {
    Path json = Files.writeString(folder.resolve("policy.json"), Samples.JSON);
    Path yaml = Files.writeString(folder.resolve("policy.yaml"), Samples.YAML);
    Path yamlNamedJson = Files.writeString(folder.resolve("yaml.json"), Samples.YAML);

    assertEquals(expected(), PolicyDocuments.read(json));
    assertEquals(expected(), PolicyDocuments.read(yaml));
    assertThrows(InvalidDocumentException.class, () -> PolicyDocuments.read(yamlNamedJson));
    assertThrows(
        NoSuchFileException.class, () -> PolicyDocuments.read(folder.resolve("absent.yaml")));
  }

  @Test
  void what_a_document_leaves_out_has_its_default() {
    PolicySet set =
        read(
            """
            version: 1
            classifications:
              - {id: MINE, displayName: Mine, threatType: FILE, riskLevel: LOW, response: DONT_ALERT}
            groups:
              - id: g
                onDeviceThreatProtection: {enabled: false}
                policies:
                  ADWARE:
                    riskLevel: LOW
                    response: DONT_ALERT
                    escalations: [{after: PT1S, riskLevel: HIGH, response: DONT_ALERT}]
            riskResponse:
              complianceActions: [{name: Nothing}]
              securityPolicies:
                - {name: Bare, status: INACTIVE, priority: 7, labels: [L]}
                - {name: NoRules, status: ACTIVE, priority: 8, labels: [L],
                   accessControl: {complianceAction: Nothing}}
            """,
            YAML);

    assertEquals(Optional.empty(), set.name());
    assertEquals(ZoneId.of("UTC"), set.timeZone());
    assertEquals(List.of(), set.administrators());
    assertEquals(LabelScheme.defaults(), set.labels());
    Classification mine = set.classifications().get(0);
    assertEquals(List.of(false, false), List.of(mine.urgent(), mine.fixNeedsInternet()));
    DeviceGroup group = set.groups().get(0);
    assertEquals("g", group.name());
    assertEquals(Optional.empty(), group.parent());
    assertEquals(Optional.empty(), group.defaultNotice());
    assertEquals(
        Optional.of(OnDeviceThreatProtection.disabled()), group.onDeviceThreatProtection());
    ClassificationPolicy policy = requireNonNull(group.policies().get("ADWARE"));
    assertEquals(Optional.empty(), policy.message());
    assertEquals(Optional.empty(), policy.escalations().get(0).message());
    RiskResponsePlan plan = (RiskResponsePlan) set.riskResponse().orElseThrow();
    assertEquals(List.of(), plan.appControlRules());
    assertEquals(
        List.of(ComplianceAction.builder().name("Nothing").build()), plan.complianceActions());
    assertEquals(
        List.of(false, false, false),
        plan.complianceActions().stream()
            .flatMap(a -> Stream.of(a.sendAlert(), a.blockAccess(), a.quarantine()))
            .toList());
    SecurityPolicy bare = plan.securityPolicies().get(0);
    assertEquals(SecurityPolicy.Status.INACTIVE, bare.status());
    assertEquals(Optional.empty(), bare.accessControl());
    assertEquals(Optional.empty(), bare.disallowedDevices());
    assertEquals(
        Optional.of(new AccessControl("Nothing", List.of())),
        plan.securityPolicies().get(1).accessControl());
  }

  @Test
  void the_smallest_document_is_a_version_and_a_group() {
    PolicySet smallest =
        PolicySet.builder().addGroups(DeviceGroup.builder().id("g").build()).build();

    assertEquals(smallest, read(Samples.SMALLEST_YAML, YAML));
    assertEquals(smallest, read(Samples.SMALLEST_JSON, JSON));
    assertEquals(Optional.empty(), smallest.riskResponse());
  }

  @Test
  void an_explicit_null_means_absent_everywhere_but_under_labels() {
    PolicySet set =
        read(
            """
            version: 1
            name: null
            timeZone: ~
            classifications:
              - {id: MINE, displayName: Mine, threatType: FILE, riskLevel: LOW, response: DONT_ALERT,
                 urgent: null, fixNeedsInternet: null}
            groups:
              - id: g
                name: null
                parent: null
                onDeviceThreatProtection: {enabled: true, blockedDomains: null}
                defaultNotice: null
                policies:
                  SPYWARE: null
                  ADWARE:
                    riskLevel: LOW
                    response: DONT_ALERT
                    message: null
                    escalations: [{after: PT1S, riskLevel: HIGH, response: DONT_ALERT, message: null}]
                  MINE: {riskLevel: LOW, response: DONT_ALERT, escalations: null}
              - {id: h, parent: g, onDeviceThreatProtection: null, policies: null}
            administrators: null
            labels: {LOW: null, MEDIUM: Middle, SECURED: null}
            riskResponse:
              appControlRules: null
              complianceActions: [{name: A, sendAlert: null, blockAccess: null, quarantine: null}]
              securityPolicies:
                - {name: B, status: ACTIVE, priority: 1, labels: [L], accessControl: null,
                   disallowedDevices: null}
                - {name: C, status: ACTIVE, priority: 2, labels: [L],
                   accessControl: {complianceAction: A, enabledRules: null}}
            """,
            YAML);

    PolicySet without =
        read(
            """
            version: 1
            classifications:
              - {id: MINE, displayName: Mine, threatType: FILE, riskLevel: LOW, response: DONT_ALERT}
            groups:
              - id: g
                onDeviceThreatProtection: {enabled: true}
                policies:
                  ADWARE:
                    riskLevel: LOW
                    response: DONT_ALERT
                    escalations: [{after: PT1S, riskLevel: HIGH, response: DONT_ALERT}]
                  MINE: {riskLevel: LOW, response: DONT_ALERT}
              - {id: h, parent: g}
            labels: {LOW: null, MEDIUM: Middle}
            riskResponse:
              complianceActions: [{name: A}]
              securityPolicies:
                - {name: B, status: ACTIVE, priority: 1, labels: [L]}
                - {name: C, status: ACTIVE, priority: 2, labels: [L],
                   accessControl: {complianceAction: A}}
            """,
            YAML);
    assertEquals(without, set);
    assertEquals(Optional.empty(), set.labels().name(LabelState.LOW));
    assertEquals(Optional.of("Middle"), set.labels().name(LabelState.MEDIUM));
    assertEquals(Optional.of("MES - High Risk"), set.labels().name(LabelState.HIGH));
  }

  @Test
  void a_null_for_a_whole_part_means_absent_too() {
    assertEquals(
        read(Samples.SMALLEST_JSON, JSON),
        read(
            Samples.SMALLEST_YAML + "classifications: null\nlabels: null\nriskResponse: null\n",
            YAML));
  }

  @Test
  void a_null_for_a_required_field_is_a_missing_field() {
    assertEquals(
        "version: is missing\ngroups: is missing",
        errorsOf("{\"version\": null, \"groups\": null}", JSON));
  }

  @Test
  void the_word_standard_is_the_standard_plan() {
    assertEquals(
        Optional.of(RiskResponse.standard()),
        read(Samples.SMALLEST_YAML + "riskResponse: standard\n", YAML).riskResponse());
    assertEquals(
        Optional.of(RiskResponsePlan.builder().build()),
        read(Samples.SMALLEST_YAML + "riskResponse: {}\n", YAML).riskResponse());
  }

  @Test
  void labels_may_swap_their_names() {
    assertEquals(
        Optional.of("MES - Low Risk"),
        read(Samples.SMALLEST_YAML + "labels: {LOW: MES - High Risk, HIGH: MES - Low Risk}\n", YAML)
            .labels()
            .name(LabelState.HIGH));
  }

  static Stream<Slip> unknown_fields() {
    return Stream.of(
        Slip.of(
            "version: 1\n",
            "version: 1\nTimezone: x\n",
            "Timezone: unknown field, did you mean timeZone?"),
        Slip.of(
            "version: 1\n",
            "version: 1\ncolour: x\n",
            "colour: unknown field, expected one of administrators, classifications, groups, labels,"
                + " name, riskResponse, timeZone, version"),
        Slip.of(
            "version: 1\n",
            "version: 1\n\"a.b c\": x\n",
            "[\"a.b c\"]: unknown field, expected one of administrators, classifications, groups,"
                + " labels, name, riskResponse, timeZone, version"),
        Slip.of(
            "{id: LOST_BADGE,",
            "{id: LOST_BADGE, urgnt: true,",
            "classifications[0].urgnt: unknown field, did you mean urgent?"),
        Slip.of(
            "name: Everybody",
            "nane: Everybody",
            "groups[0].nane: unknown field, did you mean name?"),
        Slip.of(
            "enabled: true,",
            "enabled: true, blockedDomain: [],",
            "groups[0].onDeviceThreatProtection.blockedDomain: unknown field, did you mean"
                + " blockedDomains?"),
        Slip.of(
            "riskLevel: ADVISORY",
            "riskLevel: ADVISORY\n        riskLvl: LOW",
            "groups[0].policies.OUT_OF_DATE_OS.riskLvl: unknown field, did you mean riskLevel?"),
        Slip.of(
            "{after: P7D,",
            "{after: P7D, aftr: P8D,",
            "groups[0].policies.OUT_OF_DATE_OS.escalations[0].aftr: unknown field, did you mean"
                + " after?"),
        Slip.of(
            "{description: \"Please update.\",",
            "{description: \"Please update.\", howtofix: x,",
            "groups[0].policies.OUT_OF_DATE_OS.message.howtofix: unknown field, did you mean"
                + " howToFix?"),
        Slip.of(
            "{description: \"Mail is blocked.\",",
            "{description: \"Mail is blocked.\", notice: x,",
            "groups[0].policies.OUT_OF_DATE_OS.escalations[1].message.notice: unknown field,"
                + " expected one of description, howToFix"),
        Slip.of(
            "notify: []",
            "notify: [], notifi: [LOW]",
            "administrators[1].notifi: unknown field, did you mean notify?"),
        Slip.of(
            "SECURED: Good", "SECURE: Good", "labels.SECURE: unknown field, did you mean SECURED?"),
        Slip.of(
            "  complianceActions:\n",
            "  complianceAction: []\n  complianceActions:\n",
            "riskResponse.complianceAction: unknown field, did you mean complianceActions?"),
        Slip.of(
            "platform: ALL",
            "platform: ALL, platfrom: IOS",
            "riskResponse.appControlRules[0].platfrom: unknown field, did you mean platform?"),
        Slip.of(
            "sendAlert: true",
            "sendAlerts: true",
            "riskResponse.complianceActions[0].sendAlerts: unknown field, did you mean sendAlert?"),
        Slip.of(
            "      status: ACTIVE\n",
            "      status: ACTIVE\n      statu: ACTIVE\n",
            "riskResponse.securityPolicies[0].statu: unknown field, did you mean status?"),
        Slip.of(
            "enabledRules: [Trigger]",
            "enabledRule: [Trigger]",
            "riskResponse.securityPolicies[0].accessControl.enabledRule: unknown field, did you"
                + " mean enabledRules?"),
        Slip.of(
            "allIosDevices: true",
            "allIosDevices: true, allIOSDevice: true",
            "riskResponse.securityPolicies[0].disallowedDevices.allIOSDevice: unknown field, did"
                + " you mean allIosDevices?"));
  }

  @ParameterizedTest
  @MethodSource("unknown_fields")
  void an_unknown_field_is_named_with_the_nearest_known_one(Slip slip) {
    assertErrors(slip);
  }

  static Stream<Slip> missing_fields() {
    String ladder = "groups[0].policies.OUT_OF_DATE_OS";
    String policy = "riskResponse.securityPolicies[0]";
    return Stream.of(
        Slip.of("version: 1\n", "", "version: is missing"),
        Slip.of("{id: LOST_BADGE, ", "{", "classifications[0].id: is missing"),
        Slip.of("displayName: Lost badge, ", "", "classifications[0].displayName: is missing"),
        Slip.of("threatType: CONFIGURATION, ", "", "classifications[0].threatType: is missing"),
        Slip.of(
            "threatType: CONFIGURATION, riskLevel: LOW,",
            "threatType: CONFIGURATION,",
            "classifications[0].riskLevel: is missing"),
        Slip.of(
            "response: ALERT_DEVICE, urgent", "urgent", "classifications[0].response: is missing"),
        Slip.of("- {id: sales, ", "- {", "groups[1].id: is missing"),
        Slip.of("{enabled: true, ", "{", "groups[0].onDeviceThreatProtection.enabled: is missing"),
        Slip.of("riskLevel: ADVISORY", "", ladder + ".riskLevel: is missing"),
        Slip.of(
            "response: ALERT_DEVICE\n        message:",
            "message:",
            ladder + ".response: is missing"),
        Slip.of("{after: P7D, ", "{", ladder + ".escalations[0].after: is missing"),
        Slip.of("P7D, riskLevel: LOW, ", "P7D, ", ladder + ".escalations[0].riskLevel: is missing"),
        Slip.of(
            "riskLevel: LOW, response: ALERT_DEVICE}",
            "riskLevel: LOW}",
            ladder + ".escalations[0].response: is missing"),
        Slip.of(
            "{description: \"Please update.\", ", "{", ladder + ".message.description: is missing"),
        Slip.of(
            ", howToFix: \"Update now.\"",
            "",
            ladder + ".escalations[1].message.howToFix: is missing"),
        Slip.of("{email: log@contoso.example, ", "{", "administrators[1].email: is missing"),
        Slip.of(", notify: []", "", "administrators[1].notify: is missing"),
        Slip.of("{name: Trigger, ", "{", "riskResponse.appControlRules[0].name: is missing"),
        Slip.of("type: REQUIRED, ", "", "riskResponse.appControlRules[0].type: is missing"),
        Slip.of("app: app does not exist, ", "", "riskResponse.appControlRules[0].app: is missing"),
        Slip.of(", platform: ALL", "", "riskResponse.appControlRules[0].platform: is missing"),
        Slip.of("{name: Stop, ", "{", "riskResponse.complianceActions[0].name: is missing"),
        Slip.of("- name: High\n      status", "- status", policy + ".name: is missing"),
        Slip.of("      status: ACTIVE\n", "", policy + ".status: is missing"),
        Slip.of("      priority: 1\n", "", policy + ".priority: is missing"),
        Slip.of("      labels: [MES - High Risk]\n", "", policy + ".labels: is missing"),
        Slip.of(
            "accessControl: {complianceAction: Stop, ",
            "accessControl: {",
            policy + ".accessControl.complianceAction: is missing"),
        Slip.of(
            "disallowedDevices: {complianceAction: Stop, ",
            "disallowedDevices: {",
            policy + ".disallowedDevices.complianceAction: is missing"),
        Slip.of(
            ", allIosDevices: true", "", policy + ".disallowedDevices.allIosDevices: is missing"));
  }

  @ParameterizedTest
  @MethodSource("missing_fields")
  void a_missing_field_is_named_and_nothing_follows_from_it(Slip slip) {
    assertErrors(slip);
  }

  static Stream<Slip> wrong_types() {
    String ladder = "groups[0].policies.OUT_OF_DATE_OS";
    String policy = "riskResponse.securityPolicies[0]";
    return Stream.of(
        Slip.of("version: 1", "version: \"1\"", "version: expected a whole number, got text"),
        Slip.of(
            "version: 1", "version: true", "version: expected a whole number, got the word true"),
        Slip.of("version: 1", "version: 1.0", "version: 1.0 is not a whole number in range"),
        Slip.of(
            "version: 1",
            "version: 99999999999",
            "version: 99999999999 is not a whole number in range"),
        Slip.of(
            "name: contoso", "name: 7", "name: expected text, got the number 7; put it in quotes"),
        Slip.of("name: contoso", "name: [x]", "name: expected text, got a list"),
        Slip.of("name: contoso", "name: {x: y}", "name: expected text, got an object"),
        Slip.of(
            "name: contoso",
            "name: false",
            "name: expected text, got the word false; put it in quotes"),
        Slip.of(
            "timeZone: America/New_York", "timeZone: [UTC]", "timeZone: expected text, got a list"),
        Slip.of(
            "{id: LOST_BADGE,",
            "{id: 0,",
            "classifications[0].id: expected text, got the number 0; put it in quotes"),
        Slip.of(
            "urgent: true",
            "urgent: \"true\"",
            "classifications[0].urgent: expected true or false, got text"),
        Slip.of(
            "fixNeedsInternet: true",
            "fixNeedsInternet: 1",
            "classifications[0].fixNeedsInternet: expected true or false, got the number 1"),
        Slip.of(
            "threatType: CONFIGURATION",
            "threatType: {}",
            "classifications[0].threatType: expected text, got an object"),
        Slip.of(
            "onDeviceThreatProtection: {enabled: true, blockedDomains: [Mail.Contoso.example.,"
                + " a.example]}",
            "onDeviceThreatProtection: on",
            "groups[0].onDeviceThreatProtection: expected an object, got text"),
        Slip.of(
            "{enabled: true,",
            "{enabled: 1,",
            "groups[0].onDeviceThreatProtection.enabled: expected true or false, got the number 1"),
        Slip.of(
            "blockedDomains: [Mail.Contoso.example., a.example]",
            "blockedDomains: a.example",
            "groups[0].onDeviceThreatProtection.blockedDomains: expected a list, got text"),
        Slip.of(
            "defaultNotice: \"Ask {group} at help@contoso.example\"",
            "defaultNotice: 7",
            "groups[0].defaultNotice: expected text, got the number 7; put it in quotes"),
        Slip.of(
            "      LOST_BADGE: {riskLevel: NONE, response: DONT_ALERT}",
            "      LOST_BADGE: LOW",
            "groups[0].policies.LOST_BADGE: expected an object, got text"),
        Slip.of(
            "{id: sales, parent: all}",
            "{id: sales, parent: 1}",
            "groups[1].parent: expected text, got the number 1; put it in quotes"),
        Slip.of(
            "{id: sales, parent: all}",
            "{id: sales, parent: all, policies: []}",
            "groups[1].policies: expected an object, got a list"),
        Slip.of("{id: sales, parent: all}", "sales", "groups[1]: expected an object, got text"),
        Slip.of("{id: sales, parent: all}", "null", "groups[1]: expected an object, got null"),
        Slip.of(
            "message: {description: \"Please update.\", howToFix: \"{daysLeft} days are left.\"}",
            "message: Please update.",
            ladder + ".message: expected an object, got text"),
        Slip.of(
            "{after: P7D,",
            "{after: 7,",
            ladder + ".escalations[0].after: expected text, got the number 7; put it in quotes"),
        Slip.of(
            "{after: P7D, riskLevel: LOW,",
            "{after: P7D, riskLevel: 2,",
            ladder
                + ".escalations[0].riskLevel: expected text, got the number 2; put it in quotes"),
        Slip.of(
            "{after: P7D, riskLevel: LOW, response: ALERT_DEVICE}",
            "P7D",
            ladder + ".escalations[0]: expected an object, got text"),
        Slip.of(
            "{email: log@contoso.example, notify: []}",
            "log@contoso.example",
            "administrators[1]: expected an object, got text"),
        Slip.of("notify: []", "notify: LOW", "administrators[1].notify: expected a list, got text"),
        Slip.of(
            "labels: {SECURED: Good, LOW: null}",
            "labels: [Good]",
            "labels: expected an object, got a list"),
        Slip.of(
            "SECURED: Good",
            "SECURED: 1",
            "labels.SECURED: expected text, got the number 1; put it in quotes"),
        Slip.of("SECURED: Good", "SECURED: []", "labels.SECURED: expected text, got a list"),
        Slip.of(
            "type: REQUIRED,",
            "type: [REQUIRED],",
            "riskResponse.appControlRules[0].type: expected text, got a list"),
        Slip.of(
            "quarantine: true",
            "quarantine: {}",
            "riskResponse.complianceActions[0].quarantine: expected true or false, got an object"),
        Slip.of(
            "priority: 1",
            "priority: first",
            policy + ".priority: expected a whole number, got text"),
        Slip.of(
            "priority: 1",
            "priority: 1.5",
            policy + ".priority: 1.5 is not a whole number in range"),
        Slip.of(
            "labels: [MES - High Risk]",
            "labels: MES - High Risk",
            policy + ".labels: expected a list, got text"),
        Slip.of(
            "accessControl: {complianceAction: Stop, enabledRules: [Trigger]}",
            "accessControl: Stop",
            policy + ".accessControl: expected an object, got text"),
        Slip.of(
            "enabledRules: [Trigger]",
            "enabledRules: {Trigger: true}",
            policy + ".accessControl.enabledRules: expected a list, got an object"),
        Slip.of(
            "allIosDevices: true",
            "allIosDevices: \"no\"",
            policy + ".disallowedDevices.allIosDevices: expected true or false, got text"));
  }

  @ParameterizedTest
  @MethodSource("wrong_types")
  void a_value_of_the_wrong_type_is_named_and_nothing_follows_from_it(Slip slip) {
    assertErrors(slip);
  }

  static Stream<Slip> unknown_words() {
    String ladder = "groups[0].policies.OUT_OF_DATE_OS";
    String levels = " is not known, expected one of NONE, ADVISORY, LOW, MEDIUM, HIGH";
    return Stream.of(
        Slip.of(
            "threatType: CONFIGURATION",
            "threatType: CONFIG",
            "classifications[0].threatType: CONFIG is not known, expected one of APPLICATION, FILE,"
                + " OS, NETWORK, CONFIGURATION, WEB_CONTENT"),
        Slip.of(
            "CONFIGURATION, riskLevel: LOW",
            "CONFIGURATION, riskLevel: Moderate",
            "classifications[0].riskLevel: Moderate" + levels),
        Slip.of(
            "riskLevel: ADVISORY",
            "riskLevel: advisory",
            ladder + ".riskLevel: advisory is not known, did you mean ADVISORY?"),
        Slip.of(
            "riskLevel: ADVISORY", "riskLevel: ''", ladder + ".riskLevel: the empty text" + levels),
        Slip.of(
            "response: ALERT_DEVICE\n        message:",
            "response: ALERT\n        message:",
            ladder
                + ".response: ALERT is not known, expected one of DONT_ALERT, ALERT_DEVICE,"
                + " BLOCK_DOMAINS_AND_ALERT, BLOCK_INTERNET_AND_ALERT, WARN_AND_ALERT_DEVICE,"
                + " BLOCK_AND_ALERT_DEVICE"),
        Slip.of(
            "P7D, riskLevel: LOW,",
            "P7D, riskLevel: LOOW,",
            ladder + ".escalations[0].riskLevel: LOOW is not known, did you mean LOW?"),
        Slip.of(
            "response: BLOCK_DOMAINS_AND_ALERT",
            "response: BLOCK_DOMAIN_AND_ALERT",
            ladder
                + ".escalations[1].response: BLOCK_DOMAIN_AND_ALERT is not known, did you mean"
                + " BLOCK_DOMAINS_AND_ALERT?"),
        Slip.of(
            "notify: [HIGH, LOW]",
            "notify: [HIGH, ADVISORY]",
            "administrators[0].notify[1]: ADVISORY is not known, expected one of LOW, MEDIUM, HIGH"),
        Slip.of(
            "notify: [HIGH, LOW]",
            "notify: [NONE, HIHG, LOW]",
            "administrators[0].notify[0]: NONE is not known, expected one of LOW, MEDIUM, HIGH",
            "administrators[0].notify[1]: HIHG is not known, expected one of LOW, MEDIUM, HIGH"),
        Slip.of(
            "riskResponse:\n",
            "riskResponse: Standard\nrest:\n",
            "riskResponse: Standard is not a plan, expected an object or standard",
            "rest: unknown field, expected one of administrators, classifications, groups, labels,"
                + " name, riskResponse, timeZone, version"),
        Slip.of(
            "type: REQUIRED",
            "type: FORBIDDEN",
            "riskResponse.appControlRules[0].type: FORBIDDEN is not known, expected one of REQUIRED,"
                + " DISALLOWED"),
        Slip.of(
            "platform: ALL",
            "platform: iOS",
            "riskResponse.appControlRules[0].platform: iOS is not known, did you mean IOS?"),
        Slip.of(
            "status: ACTIVE",
            "status: ON",
            "riskResponse.securityPolicies[0].status: ON is not known, expected one of ACTIVE,"
                + " INACTIVE"),
        Slip.of(
            "status: ACTIVE",
            "status: ACTIV",
            "riskResponse.securityPolicies[0].status: ACTIV is not known, did you mean ACTIVE?"));
  }

  @ParameterizedTest
  @MethodSource("unknown_words")
  void an_unknown_word_is_named_with_the_known_ones(Slip slip) {
    assertErrors(slip);
  }

  static Stream<Slip> bad_values() {
    String ladder = "groups[0].policies.OUT_OF_DATE_OS";
    String after = ladder + ".escalations[0].after: ";
    String domains = "groups[0].onDeviceThreatProtection.blockedDomains";
    String period = " is not a period, expected one like P7D or PT12H";
    return Stream.of(
        Slip.of("version: 1", "version: 2", "version: 2 is not a known version, expected 1"),
        Slip.of("version: 1", "version: -1", "version: -1 is not a known version, expected 1"),
        Slip.of("name: contoso", "name: \" \"", "name: is blank"),
        Slip.of(
            "name: contoso",
            "name: \"a\\nb\"",
            "name: has a control character, expected one line of text"),
        Slip.of(
            "name: contoso",
            "name: " + "x".repeat(321),
            "name: has 321 characters, expected at most 320"),
        Slip.of(
            "America/New_York",
            "America/New_Yorc",
            "timeZone: America/New_Yorc is not a time zone, did you mean America/New_York?"),
        Slip.of(
            "America/New_York",
            "the moon",
            "timeZone: the moon is not a time zone, expected one like Europe/Berlin"),
        Slip.of(
            "{id: LOST_BADGE,",
            "{id: '',",
            "classifications[0].id: is empty, expected 1 to 200 characters"),
        Slip.of(
            "{id: LOST_BADGE,",
            "{id: " + "i".repeat(201) + ",",
            "classifications[0].id: has 201 characters, expected at most 200"),
        Slip.of(
            "displayName: Lost badge",
            "displayName: ''",
            "classifications[0].displayName: is blank"),
        Slip.of("name: Everybody", "name: ' '", "groups[0].name: is blank"),
        Slip.of(
            "{id: sales, parent: all}",
            "{id: sales, parent: ''}",
            "groups[1].parent: is empty, expected 1 to 200 characters"),
        Slip.of(
            "Ask {group} at help@contoso.example",
            "",
            "groups[0].defaultNotice: is blank; leave it out to inherit"),
        Slip.of(
            "Ask {group} at help@contoso.example",
            "Ask {grup}",
            "groups[0].defaultNotice: {grup} is not a placeholder, did you mean {group}?"),
        Slip.of(
            "Ask {group} at help@contoso.example",
            "x".repeat(4001),
            "groups[0].defaultNotice: has 4001 characters, expected at most 4000"),
        Slip.of("\"Please update.\"", "\" \\t\"", ladder + ".message.description: is blank"),
        Slip.of("\"Update now.\"", "\"\"", ladder + ".escalations[1].message.howToFix: is blank"),
        Slip.of(
            "{daysLeft} days",
            "{daysleft} days",
            ladder
                + ".message.howToFix: {daysleft} is not a placeholder, did you mean {daysLeft}?"),
        Slip.of(
            "{daysLeft} days",
            "{owner} days",
            ladder
                + ".message.howToFix: {owner} is not a placeholder, expected one of [daysLeft,"
                + " deadline, daysToNextStep, nextStep, device, group, classification, riskLevel]"),
        Slip.of(
            "{daysLeft} days",
            "ab{daysLeft days",
            ladder + ".message.howToFix: lone { at character 3, write {{ for a brace"),
        Slip.of(
            "{daysLeft} days",
            "daysLeft} days",
            ladder + ".message.howToFix: lone } at character 9, write }} for a brace"),
        Slip.of("after: P7D", "after: 7 days", after + "7 days" + period),
        Slip.of("after: P7D", "after: P1Y", after + "P1Y" + period),
        Slip.of("after: P7D", "after: PT0S", after + "PT0S is not positive"),
        Slip.of("after: P7D", "after: -P1D", after + "PT-24H is not positive"),
        Slip.of("after: P7D", "after: PT1.5S", after + "PT1.5S is not in whole seconds"),
        Slip.of(
            "after: P7D",
            "after: P3650DT1S",
            after + "PT87600H1S is too long, expected at most P3650D"),
        Slip.of(
            "after: P7D", "after: P999999999999999999D", after + "P999999999999999999D" + period),
        Slip.of(
            "[Mail.Contoso.example., a.example]",
            "[a.example, 10.0.0.1, 'https://b.example', '*.c.example', a..b]",
            domains
                + "[1]: 10.0.0.1 is not a domain; an IP address is never blocked, expected one like"
                + " acme.example",
            domains + "[2]: https://b.example is not a domain, expected one like acme.example",
            domains + "[3]: *.c.example is not a domain, expected one like acme.example",
            domains + "[4]: a..b is not a domain, expected one like acme.example"),
        Slip.of(
            "{email: log@contoso.example,", "{email: ' ',", "administrators[1].email: is blank"),
        Slip.of("SECURED: Good", "SECURED: ''", "labels.SECURED: is blank"),
        Slip.of(
            "app: app does not exist", "app: ''", "riskResponse.appControlRules[0].app: is blank"),
        Slip.of(
            "priority: 1",
            "priority: 0",
            "riskResponse.securityPolicies[0].priority: 0 is not a priority, expected 1 (the"
                + " highest) or more"),
        Slip.of(
            "labels: [MES - High Risk]",
            "labels: []",
            "riskResponse.securityPolicies[0].labels: is empty, expected at least one label"),
        Slip.of(
            "labels: [MES - High Risk]",
            "labels: ['']",
            "riskResponse.securityPolicies[0].labels[0]: is blank"));
  }

  @ParameterizedTest
  @MethodSource("bad_values")
  void a_bad_value_is_named_and_nothing_follows_from_it(Slip slip) {
    assertErrors(slip);
  }

  static Stream<Slip> parts_that_do_not_fit() {
    String ladder = "groups[0].policies.OUT_OF_DATE_OS";
    String policy = "riskResponse.securityPolicies[0]";
    return Stream.of(
        Slip.of(
            "- {id: BAD_LINK,",
            "- {id: ADWARE,",
            "classifications[1].id: ADWARE is a built-in classification, expected an id of your own"),
        Slip.of(
            "- {id: BAD_LINK,",
            "- {id: LOST_BADGE,",
            "classifications[1].id: LOST_BADGE is taken by classifications[0] already"),
        Slip.of(
            "response: ALERT_DEVICE, urgent",
            "response: BLOCK_AND_ALERT_DEVICE, urgent",
            "classifications[0].response: BLOCK_AND_ALERT_DEVICE is for web content only, and"
                + " LOST_BADGE is not"),
        Slip.of(
            "response: WARN_AND_ALERT_DEVICE",
            "response: BLOCK_INTERNET_AND_ALERT",
            "classifications[1].response: BLOCK_INTERNET_AND_ALERT is not for web content, and"
                + " BAD_LINK is"),
        Slip.of(
            "threatType: CONFIGURATION, riskLevel: LOW",
            "threatType: CONFIGURATION, riskLevel: NONE",
            "classifications[0].response: ALERT_DEVICE does not go with risk level NONE, expected"
                + " DONT_ALERT"),
        Slip.of(
            "  - {id: sales, parent: all}\n",
            "  - {id: sales, parent: all}\n  - {id: sales, parent: all}\n",
            "groups[2].id: sales is taken by groups[1] already"),
        Slip.of(
            "{id: sales, parent: all}",
            "{id: sales, parent: al}",
            "groups[1].parent: al is not a group, did you mean all?"),
        Slip.of(
            "{id: sales, parent: all}",
            "{id: sales, parent: sales}",
            "groups[1].parent: the groups above lead back here: sales > sales"),
        Slip.of(
            "{id: sales, parent: all}",
            "{id: sales}",
            "groups[1].parent: is absent, but all is the root already, expected one root"),
        Slip.of(
            "      LOST_BADGE: {",
            "      LOST_BADGES: {",
            "groups[0].policies.LOST_BADGES: LOST_BADGES is not a classification, did you mean"
                + " LOST_BADGE?"),
        Slip.of(
            "      LOST_BADGE: {riskLevel: NONE, response: DONT_ALERT}",
            "      LOST_BADGE: {riskLevel: NONE, response: ALERT_DEVICE}",
            "groups[0].policies.LOST_BADGE.response: ALERT_DEVICE does not go with risk level NONE,"
                + " expected DONT_ALERT"),
        Slip.of(
            "riskLevel: HIGH, response: BLOCK_DOMAINS_AND_ALERT",
            "riskLevel: LOW, response: BLOCK_DOMAINS_AND_ALERT",
            ladder + ".escalations[1].riskLevel: LOW is not above LOW, expected MEDIUM or HIGH"),
        Slip.of(
            "response: BLOCK_DOMAINS_AND_ALERT",
            "response: WARN_AND_ALERT_DEVICE",
            ladder
                + ".escalations[1].response: WARN_AND_ALERT_DEVICE is for web content only, and"
                + " OUT_OF_DATE_OS is not"),
        Slip.of(
            "{enabled: true,",
            "{enabled: false,",
            ladder
                + ".escalations[1].response: BLOCK_DOMAINS_AND_ALERT needs on-device threat"
                + " protection enabled, and group all has it disabled"),
        Slip.of(
            "[Mail.Contoso.example., a.example]",
            "[]",
            ladder
                + ".escalations[1].response: BLOCK_DOMAINS_AND_ALERT needs at least one blocked"
                + " domain, and group all has none"),
        Slip.of(
            "riskLevel: ADVISORY\n        response: ALERT_DEVICE",
            "riskLevel: NONE\n        response: DONT_ALERT",
            ladder + ".escalations: a base of NONE has no ladder"),
        Slip.of(
            "{email: log@contoso.example,",
            "{email: secops@contoso.example,",
            "administrators[1].email: secops@contoso.example is taken by administrators[0] already"),
        Slip.of(
            "{SECURED: Good, LOW: null}",
            "{SECURED: Good, LOW: Good}",
            "labels.SECURED: Good is the label of LOW already"),
        Slip.of(
            "accessControl: {complianceAction: Stop,",
            "accessControl: {complianceAction: Stpo,",
            policy + ".accessControl.complianceAction: Stpo is not a compliance action"),
        Slip.of(
            "disallowedDevices: {complianceAction: Stop,",
            "disallowedDevices: {complianceAction: Stopp,",
            policy
                + ".disallowedDevices.complianceAction: Stopp is not a compliance action, did you"
                + " mean Stop?"),
        Slip.of(
            "enabledRules: [Trigger]",
            "enabledRules: [Trigger, Trigge]",
            policy
                + ".accessControl.enabledRules[1]: Trigge is not an app control rule, did you mean"
                + " Trigger?"),
        Slip.of(
            "  complianceActions:\n",
            "    - {name: Trigger, type: DISALLOWED, app: x, platform: IOS}\n  complianceActions:\n",
            "riskResponse.appControlRules[1].name: Trigger is taken by riskResponse.appControlRules[0]"
                + " already"),
        Slip.of(
            "  securityPolicies:\n",
            "    - {name: Stop}\n  securityPolicies:\n",
            "riskResponse.complianceActions[1].name: Stop is taken by"
                + " riskResponse.complianceActions[0] already"),
        Slip.of(
            "  securityPolicies:\n",
            "  securityPolicies:\n    - {name: High, status: INACTIVE, priority: 1, labels: [x]}\n",
            "riskResponse.securityPolicies[1].name: High is taken by"
                + " riskResponse.securityPolicies[0] already",
            "riskResponse.securityPolicies[1].priority: 1 is taken by"
                + " riskResponse.securityPolicies[0] already"));
  }

  @ParameterizedTest
  @MethodSource("parts_that_do_not_fit")
  void parts_that_do_not_fit_together_are_named(Slip slip) {
    assertErrors(slip);
  }

  @Test
  void web_content_has_no_ladder() {
    assertEquals(
        "groups[0].policies.PHISHING_CONTENT.escalations: web content has no ladder: its threats are"
            + " over when reported",
        errorsOf(
            """
            version: 1
            groups:
              - id: g
                policies:
                  PHISHING_CONTENT:
                    riskLevel: LOW
                    response: WARN_AND_ALERT_DEVICE
                    escalations: [{after: P1D, riskLevel: HIGH, response: BLOCK_AND_ALERT_DEVICE}]
            """,
            YAML));
  }

  @Test
  void there_is_no_document_without_a_group() {
    assertEquals(
        "groups: is empty, expected at least the root group",
        errorsOf("{\"version\": 1, \"groups\": []}", JSON));
  }

  @Test
  void a_cycle_is_reported_once() {
    assertEquals(
        "groups[1].parent: the groups above lead back here: a > b > a",
        errorsOf(
            """
            version: 1
            groups: [{id: r}, {id: a, parent: b}, {id: b, parent: a}, {id: c, parent: a}]
            """,
            YAML));
  }

  @Test
  void a_ladder_of_levels_that_do_not_rise_says_so_at_each() {
    assertEquals(
        """
        groups[0].policies.ADWARE.escalations[0].riskLevel: LOW is not above MEDIUM, expected HIGH
        groups[0].policies.ADWARE.escalations[1].riskLevel: LOW is not above LOW, expected MEDIUM or HIGH
        groups[0].policies.ADWARE.escalations[3].riskLevel: HIGH is not above HIGH, expected no escalation after HIGH""",
        errorsOf(
            """
            version: 1
            groups:
              - id: g
                policies:
                  ADWARE:
                    riskLevel: MEDIUM
                    response: ALERT_DEVICE
                    escalations:
                      - {after: P1D, riskLevel: LOW, response: ALERT_DEVICE}
                      - {after: P1D, riskLevel: LOW, response: ALERT_DEVICE}
                      - {after: P1D, riskLevel: HIGH, response: ALERT_DEVICE}
                      - {after: P1D, riskLevel: HIGH, response: ALERT_DEVICE}
            """,
            YAML));
  }

  @Test
  void a_broken_level_in_a_ladder_does_not_blame_its_neighbours() {
    assertEquals(
        "groups[0].policies.ADWARE.escalations[0].riskLevel: HIHG is not known, expected one of NONE,"
            + " ADVISORY, LOW, MEDIUM, HIGH",
        errorsOf(
            """
            version: 1
            groups:
              - id: g
                policies:
                  ADWARE:
                    riskLevel: LOW
                    response: ALERT_DEVICE
                    escalations:
                      - {after: P1D, riskLevel: HIHG, response: ALERT_DEVICE}
                      - {after: P1D, riskLevel: MEDIUM, response: ALERT_DEVICE}
            """,
            YAML));
  }

  @Test
  void a_broken_element_does_not_shift_the_index_of_the_ones_after_it() {
    assertEquals(
        """
        classifications[0]: expected an object, got the number 1
        classifications[1].id: ADWARE is a built-in classification, expected an id of your own
        groups[0].onDeviceThreatProtection.blockedDomains[0]: expected text, got the number 1; put it in quotes
        groups[0].onDeviceThreatProtection.blockedDomains[2]: *.x is not a domain, expected one like acme.example
        groups[0].policies.SPYWARE.escalations[0]: expected an object, got null
        groups[0].policies.SPYWARE.escalations[2].riskLevel: HIGH is not above HIGH, expected no escalation after HIGH
        groups[1]: expected an object, got a list
        groups[2].defaultNotice: is blank; leave it out to inherit
        administrators[0]: expected an object, got text
        administrators[2].email: a@x.example is taken by administrators[1] already
        riskResponse.complianceActions[0]: expected an object, got null
        riskResponse.complianceActions[2].name: A is taken by riskResponse.complianceActions[1] already
        riskResponse.securityPolicies[0]: expected an object, got text
        riskResponse.securityPolicies[1].labels[0]: expected text, got the number 1; put it in quotes
        riskResponse.securityPolicies[1].labels[2]: is blank
        riskResponse.securityPolicies[1].accessControl.enabledRules[0]: expected text, got null
        riskResponse.securityPolicies[1].accessControl.enabledRules[1]: R is not an app control rule""",
        errorsOf(
            """
            version: 1
            classifications:
              - 1
              - {id: ADWARE, displayName: x, threatType: FILE, riskLevel: LOW, response: DONT_ALERT}
            groups:
              - id: g
                onDeviceThreatProtection: {enabled: true, blockedDomains: [1, a.example, '*.x']}
                policies:
                  SPYWARE:
                    riskLevel: LOW
                    response: ALERT_DEVICE
                    escalations:
                      - null
                      - {after: P1D, riskLevel: HIGH, response: ALERT_DEVICE}
                      - {after: P1D, riskLevel: HIGH, response: ALERT_DEVICE}
              - []
              - {id: h, parent: g, defaultNotice: ''}
            administrators:
              - a@x.example
              - {email: a@x.example, notify: []}
              - {email: a@x.example, notify: []}
            riskResponse:
              complianceActions: [null, {name: A}, {name: A}]
              securityPolicies:
                - High
                - name: B
                  status: ACTIVE
                  priority: 1
                  labels: [1, L, '']
                  accessControl: {complianceAction: A, enabledRules: [null, R]}
            """,
            YAML));
  }

  @Test
  void all_errors_are_reported_together_in_the_order_of_the_document() {
    String document =
        """
        labels: {SECURED: '', LOW: 3}
        administrators: [{email: a, notify: [ADVISORY]}, {email: a, notify: [], phone: 1}]
        timeZone: Nowhere
        groups:
          - id: g
            policies:
              ADWARE:
                escalations:
                  - {after: 7 days, riskLevel: LOW, response: SHOUT}
                  - {after: P1D, riskLevel: LOW, response: ALERT_DEVICE}
                  - {after: P1D, riskLevel: LOW, response: ALERT_DEVICE}
                message: {description: '{x', howToFix: ''}
                riskLevel: LOW
                response: ALERT_DEVICE
              NOPE: {riskLevel: LOW, response: ALERT_DEVICE}
        name: ''
        version: 3
        extra: 1
        """;
    List<DocumentProblem> problems = problemsOf(document, YAML);

    assertEquals(
        List.of(
            "labels.SECURED",
            "labels.LOW",
            "administrators[0].notify[0]",
            "administrators[1].email",
            "administrators[1].phone",
            "timeZone",
            "groups[0].policies.ADWARE.escalations[0].after",
            "groups[0].policies.ADWARE.escalations[0].riskLevel",
            "groups[0].policies.ADWARE.escalations[0].response",
            "groups[0].policies.ADWARE.escalations[1].riskLevel",
            "groups[0].policies.ADWARE.escalations[2].riskLevel",
            "groups[0].policies.ADWARE.message.description",
            "groups[0].policies.ADWARE.message.howToFix",
            "groups[0].policies.NOPE",
            "name",
            "version",
            "extra"),
        problems.stream().map(DocumentProblem::path).toList());
    assertEquals(
        problems.stream().map(DocumentProblem::place).sorted().toList(),
        problems.stream().map(DocumentProblem::place).toList());
    assertEquals(new Place(9, 21), problems.get(6).place());
  }

  @Test
  void the_exception_says_all_one_a_line() {
    InvalidDocumentException e =
        assertThrows(InvalidDocumentException.class, () -> read("{\"x\": 1}", JSON));

    assertEquals(
        "version: is missing\ngroups: is missing\nx: unknown field, expected one of administrators,"
            + " classifications, groups, labels, name, riskResponse, timeZone, version",
        e.getMessage());
    assertThrows(
        UnsupportedOperationException.class,
        () -> e.problems().add(new DocumentProblem("", "x", Place.START)));
  }

  @Test
  void an_error_has_the_place_of_the_value_to_blame() {
    assertEquals(
        List.of(new DocumentProblem("name", "is blank", new Place(3, 9))),
        problemsOf("{\n\"version\": 1,\n\"name\": \"\",\n\"groups\": [{\"id\": \"g\"}]}", JSON));
    assertEquals(
        List.of(new DocumentProblem("groups[0].id", "is missing", new Place(3, 5))),
        problemsOf("version: 1\ngroups:\n  - {name: x}\n", YAML));
  }

  @ParameterizedTest
  @EnumSource(DocumentFormat.class)
  void a_field_given_twice_is_an_error_at_the_second(DocumentFormat format) {
    assertEquals(
        List.of(
            new DocumentProblem("version", "is given twice", new Place(3, 1)),
            new DocumentProblem("groups[0].id", "is given twice", new Place(5, 1))),
        problemsOf(
            "{\n\"version\": 1,\n\"version\": 1,\n\"groups\": [{\"id\": \"g\",\n\"id\": \"h\"}]}",
            format));
  }

  @Test
  void a_classification_with_two_policies_in_a_group_is_an_error() {
    assertEquals(
        "groups[0].policies[\"A B\"]: A B is not a classification\n"
            + "groups[0].policies[\"A B\"]: is given twice",
        errorsOf(
            """
            version: 1
            groups:
              - id: g
                policies:
                  A B: {riskLevel: LOW, response: ALERT_DEVICE}
                  A B: {riskLevel: LOW, response: ALERT_DEVICE}
            """,
            YAML));
  }

  @ParameterizedTest
  @CsvSource({
    "classifications, classifications",
    "groups,          groups",
    "groupDepth,      groups[1].parent",
    "administrators,  administrators",
    "riskResponse,    riskResponse.securityPolicies"
  })
  void a_bound_of_the_set_is_kept_at_n_and_broken_at_n_plus_1(String bound, String path) {
    String document =
        replace(
            Samples.YAML,
            "  securityPolicies:\n",
            "  securityPolicies:\n    - {name: Low, status: ACTIVE, priority: 2, labels: [x]}\n");
    byte[] bytes = document.getBytes(UTF_8);

    assertEquals(2, PolicyDocuments.read(bytes, YAML, limits(bound, 2)).groups().size());
    InvalidDocumentException e =
        assertThrows(
            InvalidDocumentException.class,
            () -> PolicyDocuments.read(bytes, YAML, limits(bound, 1)));
    assertEquals(List.of(path), e.problems().stream().map(DocumentProblem::path).toList());
  }

  private static Limits limits(String bound, int max) {
    Limits.Builder limits = Limits.builder();
    return switch (bound) {
      case "classifications" -> limits.classifications(max).build();
      case "groups" -> limits.groups(max).build();
      case "groupDepth" -> limits.groupDepth(max).build();
      case "administrators" -> limits.administrators(max).build();
      case "riskResponse" -> limits.riskResponseObjects(max).build();
      default -> throw new IllegalArgumentException(bound);
    };
  }

  @Test
  void a_set_that_does_not_compile_is_written_all_the_same() {
    PolicySet empty = PolicySet.builder().build();

    assertEquals(
        "groups: is empty, expected at least the root group",
        errorsOf(PolicyDocuments.write(empty, YAML), YAML));
  }

  @Test
  void what_is_as_it_would_be_anyway_is_not_written() {
    PolicySet set = PolicySet.builder().addGroups(DeviceGroup.builder().id("g").build()).build();

    assertEquals("version: 1\ngroups:\n- id: \"g\"\n", PolicyDocuments.write(set, YAML));
    assertEquals(
        "{\n  \"version\" : 1,\n  \"groups\" : [ {\n    \"id\" : \"g\"\n  } ]\n}\n",
        PolicyDocuments.write(set, JSON));
  }

  private static void assertErrors(Slip slip) {
    assertEquals(slip.errors(), errorsOf(replace(Samples.YAML, slip.part(), slip.by()), YAML));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\\u0000", "\\t", "\\u2028"})
  void a_group_is_called_by_its_id_even_where_that_is_no_name(String id) {
    PolicySet set = read("{\"version\": 1, \"groups\": [{\"id\": \"" + id + "\"}]}", JSON);
    assertEquals(set.groups().get(0).id(), set.groups().get(0).name());
  }

  @Test
  void an_empty_value_of_yaml_is_null() {
    assertEquals(
        read(Samples.SMALLEST_YAML, YAML),
        read(Samples.SMALLEST_YAML + "name:\nadministrators:\n", YAML));
  }

  static Stream<Slip> follow_on_errors() {
    return Stream.of(
        Slip.of(
            "{id: sales, parent: all}",
            "{id: all, parent: all}",
            "groups[1].id: all is taken by groups[0] already"),
        Slip.of(
            "threatType: WEB_CONTENT",
            "threatType: WEB",
            "classifications[1].threatType: WEB is not known, expected one of APPLICATION, FILE, OS,"
                + " NETWORK, CONFIGURATION, WEB_CONTENT"),
        Slip.of(
            "{id: sales, parent: all}",
            "{id: sales, parent: 5,"
                + " policies: {ADWARE: {riskLevel: LOW, response: BLOCK_INTERNET_AND_ALERT}}}",
            "groups[1].parent: expected text, got the number 5; put it in quotes"),
        Slip.of(
            "{id: sales, parent: all}",
            "{id: 5, parent: all, onDeviceThreatProtection: {enabled: false},"
                + " policies: {ADWARE: {riskLevel: LOW, response: BLOCK_INTERNET_AND_ALERT}}}",
            "groups[1].id: expected text, got the number 5; put it in quotes"));
  }

  @ParameterizedTest
  @MethodSource("follow_on_errors")
  void nothing_follows_from_a_stand_in(Slip slip) {
    assertErrors(slip);
  }
}
