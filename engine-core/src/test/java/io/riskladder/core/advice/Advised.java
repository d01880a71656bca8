package io.riskladder.core.advice;

import static io.riskladder.core.Fixtures.admin;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.RiskLevel;
import java.util.List;
import java.util.stream.Stream;

/** What tests say of findings. */
final class Advised {
  private Advised() {}

  /** {@return the findings on a set whose administrators want all mail} */
  static List<Finding> on(PolicySet.Builder set) {
    return Advice.on(
        set.administrators(
                List.of(admin("it@acme.example", RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH)))
            .build()
            .compile());
  }

  /** Asserts all findings, each as its code and its path. */
  static void assertFound(PolicySet.Builder set, String... expected) {
    List<Finding> findings = on(set);
    assertEquals(List.of(expected), shortly(findings), findings::toString);
  }

  static List<String> shortly(List<Finding> findings) {
    return findings.stream().map(finding -> finding.code() + " " + finding.path()).toList();
  }

  /** Asserts the sentences of all findings of a code. */
  static void assertSays(PolicySet.Builder set, AdviceCode code, String... sentences) {
    assertEquals(
        List.of(sentences),
        on(set).stream()
            .filter(finding -> finding.code() == code)
            .flatMap(finding -> Stream.of(finding.message(), finding.remedy()))
            .toList());
  }
}
