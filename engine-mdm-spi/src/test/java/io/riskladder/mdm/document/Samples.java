package io.riskladder.mdm.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.policy.PolicySet;
import java.util.List;

/** Documents with every field in them, and short ways to read them. */
final class Samples {
  static final String YAML =
      """
      version: 1
      name: contoso
      timeZone: America/New_York
      classifications:
        - {id: LOST_BADGE, displayName: Lost badge, threatType: CONFIGURATION, riskLevel: LOW,
           response: ALERT_DEVICE, urgent: true, fixNeedsInternet: true}
        - {id: BAD_LINK, displayName: Bad link, threatType: WEB_CONTENT, riskLevel: HIGH,
           response: WARN_AND_ALERT_DEVICE}
      groups:
        - id: all
          name: Everybody
          onDeviceThreatProtection: {enabled: true, blockedDomains: [Mail.Contoso.example., a.example]}
          defaultNotice: "Ask {group} at help@contoso.example"
          policies:
            OUT_OF_DATE_OS:
              riskLevel: ADVISORY
              response: ALERT_DEVICE
              message: {description: "Please update.", howToFix: "{daysLeft} days are left."}
              escalations:
                - {after: P7D, riskLevel: LOW, response: ALERT_DEVICE}
                - {after: PT36H, riskLevel: HIGH, response: BLOCK_DOMAINS_AND_ALERT,
                   message: {description: "Mail is blocked.", howToFix: "Update now."}}
            LOST_BADGE: {riskLevel: NONE, response: DONT_ALERT}
        - {id: sales, parent: all}
      administrators:
        - {email: secops@contoso.example, notify: [HIGH, LOW]}
        - {email: log@contoso.example, notify: []}
      labels: {SECURED: Good, LOW: null}
      riskResponse:
        appControlRules:
          - {name: Trigger, type: REQUIRED, app: app does not exist, platform: ALL}
        complianceActions:
          - {name: Stop, sendAlert: true, blockAccess: true, quarantine: true}
        securityPolicies:
          - name: High
            status: ACTIVE
            priority: 1
            labels: [MES - High Risk]
            accessControl: {complianceAction: Stop, enabledRules: [Trigger]}
            disallowedDevices: {complianceAction: Stop, allIosDevices: true}
      """;

  static final String JSON =
      """
      {
        "version": 1, "name": "contoso", "timeZone": "America/New_York",
        "classifications": [
          {"id": "LOST_BADGE", "displayName": "Lost badge", "threatType": "CONFIGURATION",
           "riskLevel": "LOW", "response": "ALERT_DEVICE", "urgent": true, "fixNeedsInternet": true},
          {"id": "BAD_LINK", "displayName": "Bad link", "threatType": "WEB_CONTENT",
           "riskLevel": "HIGH", "response": "WARN_AND_ALERT_DEVICE"}
        ],
        "groups": [
          {"id": "all", "name": "Everybody",
           "onDeviceThreatProtection":
             {"enabled": true, "blockedDomains": ["Mail.Contoso.example.", "a.example"]},
           "defaultNotice": "Ask {group} at help@contoso.example",
           "policies": {
             "OUT_OF_DATE_OS": {
               "riskLevel": "ADVISORY", "response": "ALERT_DEVICE",
               "message": {"description": "Please update.", "howToFix": "{daysLeft} days are left."},
               "escalations": [
                 {"after": "P7D", "riskLevel": "LOW", "response": "ALERT_DEVICE"},
                 {"after": "PT36H", "riskLevel": "HIGH", "response": "BLOCK_DOMAINS_AND_ALERT",
                  "message": {"description": "Mail is blocked.", "howToFix": "Update now."}}
               ]},
             "LOST_BADGE": {"riskLevel": "NONE", "response": "DONT_ALERT"}
           }},
          {"id": "sales", "parent": "all"}
        ],
        "administrators": [
          {"email": "secops@contoso.example", "notify": ["HIGH", "LOW"]},
          {"email": "log@contoso.example", "notify": []}
        ],
        "labels": {"SECURED": "Good", "LOW": null},
        "riskResponse": {
          "appControlRules": [
            {"name": "Trigger", "type": "REQUIRED", "app": "app does not exist", "platform": "ALL"}
          ],
          "complianceActions": [
            {"name": "Stop", "sendAlert": true, "blockAccess": true, "quarantine": true}
          ],
          "securityPolicies": [
            {"name": "High", "status": "ACTIVE", "priority": 1, "labels": ["MES - High Risk"],
             "accessControl": {"complianceAction": "Stop", "enabledRules": ["Trigger"]},
             "disallowedDevices": {"complianceAction": "Stop", "allIosDevices": true}}
          ]
        }
      }
      """;

  static final String SMALLEST_YAML = "version: 1\ngroups:\n  - id: g\n";
  static final String SMALLEST_JSON = "{\"version\": 1, \"groups\": [{\"id\": \"g\"}]}";

  private Samples() {}

  static PolicySet read(String document, DocumentFormat format) {
    return PolicyDocuments.read(document.getBytes(UTF_8), format);
  }

  static List<DocumentProblem> problemsOf(byte[] document, DocumentFormat format) {
    List<DocumentProblem> problems =
        assertThrows(InvalidDocumentException.class, () -> PolicyDocuments.read(document, format))
            .problems();
    problems.forEach(Samples::assertFitToShow);
    return problems;
  }

  static List<DocumentProblem> problemsOf(String document, DocumentFormat format) {
    return problemsOf(document.getBytes(UTF_8), format);
  }

  /** {@return the errors, one a line, as a command would print them} */
  static String errorsOf(String document, DocumentFormat format) {
    return lines(problemsOf(document, format));
  }

  static String lines(List<DocumentProblem> problems) {
    return String.join("\n", problems.stream().map(DocumentProblem::toString).toList());
  }

  static void assertFitToShow(DocumentProblem problem) {
    assertFalse(problem.message().isBlank(), problem::toString);
    assertFalse(problem.toString().contains("\n"), () -> "has two lines: " + problem);
    assertFalse(problem.toString().contains("\r"), () -> "has two lines: " + problem);
    assertFalse(problem.message().endsWith("."), () -> "ends in a full stop: " + problem);
    assertTrue(problem.place().line() >= 1, () -> "has no line: " + problem);
    assertTrue(problem.place().column() >= 1, () -> "has no column: " + problem);
  }

  /** {@return the text with a part of it, which has to be there exactly once, replaced} */
  static String replace(String text, String part, String by) {
    int at = text.indexOf(part);
    assertTrue(at >= 0 && text.indexOf(part, at + 1) < 0, () -> "not there once: " + part);
    return text.substring(0, at) + by + text.substring(at + part.length());
  }
}
