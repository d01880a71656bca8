package io.riskladder.core.advice;

import io.riskladder.core.internal.Paths;
import io.riskladder.core.internal.Periods;
import io.riskladder.core.policy.Rung;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
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
    RiskLevel highest = ladder.rungs().get(ladder.rungs().size() - 1).riskLevel();
    Response strongest =
        ladder.rungs().stream()
            .map(Rung::response)
            .filter(response -> response.alerts() && !isTrap(response))
            .max(Comparator.comparing(Response::block))
            .orElse(Response.ALERT_DEVICE);
    find(
        AdviceCode.GRACE_ON_URGENT_THREAT,
        Paths.field(ladder.path(), "escalations"),
        "Users in "
            + ladder.audience()
            + " are given "
            + Periods.words(patience)
            + " to deal with "
            + ladder.name()
            + ", a threat that does its harm at once.",
        "Take the escalations away and begin with " + highest + " and " + strongest + ".");
  }

  private void trap(Rung rung) {
    if (!isTrap(rung.response())) {
      return;
    }
    String rescue =
        rung.riskLevel().isReported()
            ? "only an administrator who ignores the issue can free them"
            : "as "
                + rung.riskLevel()
                + " has no issue that an administrator could ignore, only another policy can free"
                + " them";
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
                        + ", and need it to fix "
                        + ladder.name()
                        + "; "
                        + rescue
                        + wayOut(rung)
                        + ".",
                    "Use BLOCK_DOMAINS_AND_ALERT with the company's sites as blocked domains, which"
                        + " leaves the way to the fix open."));
  }

  private boolean isTrap(Response response) {
    return response.block() == BlockStrength.INTERNET && ladder.classification().fixNeedsInternet();
  }

  /** {@return when the next step frees the user, or lets an administrator, if it does} */
  private String wayOut(Rung rung) {
    return ladder
        .ladder()
        .above(rung.number())
        .filter(next -> !isTrap(next.response()) || !rung.riskLevel().isReported())
        .map(next -> " before " + AdvisedLadder.step(next))
        .orElse("");
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
                    atOnce
                        ? alertFirst(firstTold)
                        : "Use ALERT_DEVICE instead of DONT_ALERT on the step before."));
  }

  private String alertFirst(Rung base) {
    String block = ", once users have had time to fix it.";
    if (ladder.isDefault()) {
      return "Use ALERT_DEVICE here and block in an escalation of a group's policy" + block;
    }
    return base.riskLevel() == RiskLevel.HIGH
        ? "Begin below HIGH with ALERT_DEVICE and block in an escalation" + block
        : "Begin with ALERT_DEVICE and block in an escalation" + block;
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
        isTrap(below.response())
            ? "Use a milder response on " + AdvisedLadder.step(below) + "."
            : "Use "
                + below.response()
                + " on "
                + AdvisedLadder.step(rung)
                + " as well, or a milder response on "
                + AdvisedLadder.step(below)
                + ".");
  }

  private void silent(Rung rung) {
    if (rung.response().alerts()) {
      return;
    }
    find(
        AdviceCode.SILENT_RUNG,
        ladder.responsePathOf(rung),
        "Users in "
            + ladder.audience()
            + " are not told when "
            + ladder.name()
            + " rises to "
            + rung.riskLevel()
            + ", while administrators and the MDM hear of it.",
        "Use ALERT_DEVICE, so that they know and can fix it.");
  }
}
