package io.riskladder.core.advice;

import io.riskladder.core.internal.Paths;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.risk.RiskLevel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Levels of which nobody hears: administrators, or the MDM. */
final class RiskAdvice {
  private RiskAdvice() {}

  static List<Finding> on(AdvisedPolicies advised) {
    List<Finding> findings = new ArrayList<>();
    for (RiskLevel level : RiskLevel.values()) {
      if (level.isReported() && advised.policies().recipients(level).isEmpty()) {
        findings.add(nobodyMailed(level, advised.policies().source().administrators().isEmpty()));
      }
    }
    for (RiskLevel level : reached(advised)) {
      LabelState.ofRisk(level)
          .filter(state -> advised.policies().labels().name(state).isEmpty())
          .ifPresent(state -> findings.add(unlabelled(state, advised.policies().labels())));
    }
    return findings;
  }

  private static Finding nobodyMailed(RiskLevel level, boolean nobodyAtAll) {
    return new Finding(
        AdviceCode.NOBODY_MAILED,
        "administrators",
        "When a threat comes to " + level + ", no administrator gets mail about it.",
        nobodyAtAll
            ? "Add an administrator who is notified of " + level + "."
            : "Add " + level + " to what one of the administrators is notified of.");
  }

  /** The levels that devices can come to have; web content is over when reported. */
  private static Set<RiskLevel> reached(AdvisedPolicies advised) {
    Set<RiskLevel> reached = EnumSet.noneOf(RiskLevel.class);
    for (AdvisedLadder ladder : advised.ladders()) {
      if (!ladder.classification().isWebContent()) {
        ladder.rungs().forEach(rung -> reached.add(rung.riskLevel()));
      }
    }
    return reached;
  }

  private static Finding unlabelled(LabelState state, LabelScheme labels) {
    String heard =
        labels.name(LabelState.THREATS_PRESENT).isPresent()
            ? "the MDM hears that it has threats, but not that they are of that level."
            : "the MDM does not hear of it and does nothing.";
    return new Finding(
        AdviceCode.UNLABELLED_RISK,
        Paths.field("labels", state.name()),
        "When a device comes to " + state + " risk, " + heard,
        "Give " + state + " a label, so that a security policy can be applied to it in the MDM.");
  }
}
