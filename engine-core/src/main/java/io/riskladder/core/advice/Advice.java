package io.riskladder.core.advice;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.policy.CompiledPolicies;
import java.util.ArrayList;
import java.util.List;

/**
 * What is unwise in a policy set, before it does harm (rules, section 10).
 *
 * <p>A finding comes once, at the place to change, however many groups inherit what is there. What
 * is a matter of taste is no finding. A pure function; the time it takes grows with the number of
 * groups and of policies that they hold.
 */
public final class Advice {
  private Advice() {}

  /**
   * {@return the findings on a policy set, in the order of the document's sections and, within, of
   * its groups and classifications; unmodifiable}
   *
   * @param policies the policies
   */
  public static List<Finding> on(CompiledPolicies policies) {
    requireNonNull(policies, "policies");
    AdvisedPolicies advised = new AdvisedPolicies(policies);
    List<Finding> findings = new ArrayList<>();
    for (AdvisedLadder ladder : advised.ladders()) {
      findings.addAll(LadderAdvice.on(ladder));
    }
    findings.addAll(PromiseAdvice.on(advised));
    findings.addAll(GroupAdvice.on(advised));
    findings.addAll(RiskAdvice.on(advised));
    findings.addAll(MdmAdvice.on(advised));
    return advised.inDocumentOrder(findings);
  }
}
