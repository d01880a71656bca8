package io.riskladder.samples;

import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.document.DocumentFormat;
import io.riskladder.mdm.document.InvalidDocumentException;
import io.riskladder.mdm.document.PolicyDocuments;
import io.riskladder.mdm.document.PolicyFile;
import io.riskladder.mdm.runtime.PolicyEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** How do I write a policy: in code or in a file, and what if there is a mistake in the file? */
public final class PolicyInCodeAndFile {
  private static final String DOCUMENT =
      """
      version: 1
      groups:
        - id: everyone
          policies:
            OUT_OF_DATE_OS:
              riskLevel: ADVISORY
              response: ALERT_DEVICE
              escalations:
                - {after: P7D, riskLevel: LOW, response: ALERT_DEVICE}
                - {after: P7D, riskLevel: HIGH, response: ALERT_DEVICE}
      """;

  private PolicyInCodeAndFile() {}

  /**
   * Compares a policy in code with one in a document, and runs an engine on the document.
   *
   * @param args none
   * @throws IOException if the document cannot be written or read
   */
  public static void main(String[] args) throws IOException {
    PolicySet inCode = Policies.patient(Duration.ofDays(7));
    Path file = Files.createTempFile("policies", ".yaml");
    Files.writeString(file, DOCUMENT);
    System.out.println("the same: " + PolicyDocuments.read(file).equals(inCode));

    Path json = Files.createTempFile("policies", ".json");
    Files.writeString(json, PolicyDocuments.write(inCode, DocumentFormat.JSON));
    System.out.println("the same in JSON: " + PolicyDocuments.read(json).equals(inCode));

    try (PolicyEngine engine = PolicyEngine.builder(PolicyFile.at(file)).build()) {
      engine.start(); // from now on it is enough to replace the file
      System.out.println("running: " + engine.health().running());
    }

    Files.writeString(file, DOCUMENT.replace("LOW", "NO").replace("HIGH", "HUGE"));
    try {
      PolicyDocuments.read(file);
    } catch (InvalidDocumentException e) {
      e.problems().forEach(problem -> System.out.println(problem.place() + ": " + problem));
    }
    Files.delete(file);
    Files.delete(json);
  }
}
