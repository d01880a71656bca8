package io.riskladder.core.advice;

import io.riskladder.core.internal.Paths;
import io.riskladder.core.internal.Periods;
import io.riskladder.core.policy.Rung;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is unwise in one ladder by itself. */
final class LadderAdvice {
  private final AdvisedLadder ladder;
  private final List<Finding> findings = new ArrayList<>();

  private LadderAdvice(AdvisedLadder ladder) {
    this.ladder = ladder;
  }

  static List<Finding> on(AdvisedLadder ladder) {
    LadderAdvice advice = new LadderAdvice(ladder);
    if (!ladder.path().isEmpty()) { // the catalogue is not the administrator's to change
      advice.grace();
      ladder.rungs().forEach(advice::trap);
      advice.blockWithoutNotice();
      advice.climb();
    }
    return advice.findings;
  }

  private void find(AdviceCode code, String path, String message, String remedy) {
    findings.add(new Finding(code, path, message, remedy));
  }

  private void grace() {
    if (!ladder.classification().urgent() || ladder.rungs().size() == 1) {
      return;
    }
    Duration patience = ladder.ladder().untilLast(0);
    Rung last = ladder.rungs().get(ladder.rungs().size() - 1);
    find(
        AdviceCode.GRACE_ON_URGENT_THREAT,
        Paths.field(ladder.path(), "escalations"),
        "Users in "
            + ladder.audience()
            + " are given "
            + Periods.words(patience)
            + " with "
            + ladder.name()
            + ", a threat that does its harm at once.",
        "Take the escalations away and begin with "
            + last.riskLevel()
            + " and "
            + last.response()
            + ", where the ladder ends now.");
  }

  private void trap(Rung rung) {
    if (rung.response().block() != BlockStrength.INTERNET
        || !ladder.classification().fixNeedsInternet()) {
      return;
    }
    String rescue =
        rung.riskLevel().isReported()
            ? "only an administrator who ignores the issue can free them."
            : "as there is no issue below LOW, an administrator cannot free them either, short of"
                + " changing the policy.";
    ladder
        .audienceOf(BlockStrength.INTERNET)
        .ifPresent(
            audience ->
                find(
                    AdviceCode.REMEDIATION_TRAP,
                    ladder.responsePathOf(rung),
                    "Users in "
                        + audience
                        + " lose the internet "
                        + when(rung)
                        + ", which they need to fix "
                        + ladder.name()
                        + "; "
                        + rescue,
                    "Use BLOCK_DOMAINS_AND_ALERT, which takes the company's sites away and leaves"
                        + " the way to the fix open."));
  }

  private String when(Rung rung) {
    return rung.number() == 0
        ? "at once"
        : "at "
            + AdvisedLadder.step(rung)
            + ", after "
            + Periods.words(
                ladder.ladder().untilLast(0).minus(ladder.ladder().untilLast(rung.number())));
  }

  private void blockWithoutNotice() {
    Rung firstTold =
        ladder.rungs().stream()
            .filter(rung -> rung.response().alerts())
            .findFirst()
            .orElse(ladder.rungs().get(0));
    BlockStrength block = firstTold.response().block();
    boolean atOnce = firstTold.number() == 0;
    if (block == BlockStrength.NONE || (atOnce && ladder.classification().urgent())) {
      return;
    }
    String remedy =
        atOnce
            ? "Begin with ALERT_DEVICE and block in an escalation, after time enough to fix it."
            : "Use ALERT_DEVICE instead of DONT_ALERT on a step before.";
    ladder
        .audienceOf(block)
        .ifPresent(
            audience ->
                find(
                    AdviceCode.BLOCK_WITHOUT_NOTICE,
                    ladder.responsePathOf(firstTold),
                    "Users in "
                        + audience
                        + " are cut off from "
                        + what(block)
                        + " over "
                        + ladder.name()
                        + " "
                        + when(firstTold)
                        + ", and that is the first they hear of it.",
                    remedy));
  }

  private static String what(BlockStrength block) {
    return block == BlockStrength.INTERNET ? "the internet" : "the company's sites";
  }

  /** Compares each escalation with the rung below it. */
  private void climb() {
    for (int i = 1; i < ladder.rungs().size(); i++) {
      Rung below = ladder.rungs().get(i - 1);
      Rung rung = ladder.rungs().get(i);
      weaker(below, rung);
      silent(rung);
    }
  }

  private void weaker(Rung below, Rung rung) {
    if (rung.response().block().compareTo(below.response().block()) >= 0) {
      return;
    }
    find(
        AdviceCode.WEAKER_RESPONSE,
        ladder.responsePathOf(rung),
        "Devices in "
            + ladder.audience()
            + " are treated more mildly when "
            + ladder.name()
            + " rises to "
            + rung.riskLevel()
            + ": from "
            + below.response()
            + " to "
            + rung.response()
            + ".",
        "Use " + below.response() + " or a stronger response on " + AdvisedLadder.step(rung) + ".");
  }

  private void silent(Rung rung) {
    if (rung.response().alerts()) {
      return;
    }
    String who =
        rung.riskLevel() == RiskLevel.HIGH
            ? "administrators and the MDM act on it"
            : "administrators and the MDM hear of it";
    find(
        AdviceCode.SILENT_RUNG,
        ladder.responsePathOf(rung),
        "Users in "
            + ladder.audience()
            + " are not told when "
            + ladder.name()
            + " rises to "
            + rung.riskLevel()
            + ", while "
            + who
            + ".",
        "Use ALERT_DEVICE, so that they can still fix it in time.");
  }
}
