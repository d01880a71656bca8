package io.riskladder.core.advice;

import com.google.common.base.Strings;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.riskladder.core.internal.Paths;
import io.riskladder.core.internal.Periods;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.MessageSource;
import io.riskladder.core.policy.MessageTemplate;
import io.riskladder.core.policy.Rung;
import io.riskladder.core.risk.RiskLevel;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Messages that name a number of days which is not what a ladder leaves. */
final class PromiseAdvice {
  /** A number that is not a part of something else, then "day" or "days". */
  private static final Pattern DAYS =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}.,])(\\d{1,3}(?:,\\d{3})+|\\d{1,9})(\\.\\d{1,9})?"
              + "(-|[\\s\\u00A0\\u202F]*)days?(?![\\p{L}\\p{N}])",
          Pattern.CASE_INSENSITIVE);

  /** Stands where a placeholder does; no digit, no letter, no space. */
  private static final String HOLE = "\uFFFC";

  /** A text is of one kind of threat, and may be used on several rungs and in several groups. */
  private record Text(String classification, MessageSource source) {}

  private record Use(AdvisedLadder ladder, Rung rung) {
    Duration untilLast() {
      return ladder.ladder().untilLast(rung.number());
    }

    Duration untilNext() {
      return ladder.ladder().above(rung.number()).map(Rung::after).orElse(Duration.ZERO);
    }

    boolean keeps(BigDecimal days) {
      return isNear(days, untilLast()) || isNear(days, untilNext());
    }

    /** A "21-day grace period" is still one when a part of it is over. */
    boolean hasPeriodOf(BigDecimal days) {
      return isNear(days, ladder.ladder().untilLast(0));
    }

    /** Exactly, or rounded up as placeholders are. */
    private static boolean isNear(BigDecimal days, Duration left) {
      BigDecimal seconds = days.multiply(BigDecimal.valueOf(Duration.ofDays(1).toSeconds()));
      return seconds.compareTo(BigDecimal.valueOf(left.toSeconds())) == 0
          || days.compareTo(BigDecimal.valueOf(Periods.wholeDaysUp(left))) == 0;
    }
  }

  private record Broken(String promise, Use use, boolean alsoOnLast) {}

  private PromiseAdvice() {}

  static List<Finding> on(AdvisedPolicies advised) {
    SetMultimap<Text, Use> uses = LinkedHashMultimap.create();
    for (AdvisedLadder ladder : advised.ladders()) {
      for (Rung rung : ladder.rungs()) {
        if (rung.response().alerts() && rung.riskLevel() != RiskLevel.NONE) {
          rung.messageSource()
              .ifPresent(
                  source ->
                      uses.put(
                          new Text(ladder.classification().id(), source), new Use(ladder, rung)));
        }
      }
    }
    List<Finding> findings = new ArrayList<>();
    uses.asMap().forEach((text, of) -> findings.addAll(check(path(advised, text), of)));
    return findings;
  }

  private static String path(AdvisedPolicies advised, Text text) {
    String policy =
        Paths.key(
            Paths.field(advised.pathOf(text.source.group()), "policies"), text.classification);
    int rung = text.source.rung();
    String step = rung == 0 ? policy : Paths.index(Paths.field(policy, "escalations"), rung - 1);
    return Paths.field(step, "message");
  }

  private static List<Finding> check(String path, Collection<Use> uses) {
    CustomMessage message = uses.iterator().next().rung.message();
    List<Finding> findings = new ArrayList<>();
    broken(message.description(), uses)
        .ifPresent(broken -> findings.add(finding(Paths.field(path, "description"), broken)));
    broken(message.howToFix(), uses)
        .ifPresent(broken -> findings.add(finding(Paths.field(path, "howToFix"), broken)));
    return findings;
  }

  private static Optional<Broken> broken(MessageTemplate text, Collection<Use> uses) {
    Matcher days = DAYS.matcher(text.render(placeholder -> HOLE));
    while (days.find()) {
      String fraction = Strings.nullToEmpty(days.group(2));
      BigDecimal number = new BigDecimal(days.group(1).replace(",", "") + fraction);
      boolean wholePeriod = "-".equals(days.group(3));
      Optional<Use> broken =
          uses.stream()
              .filter(use -> !use.keeps(number) && !(wholePeriod && use.hasPeriodOf(number)))
              .findFirst();
      if (broken.isPresent()) {
        return Optional.of(new Broken(days.group(), broken.get(), isOnLastStep(uses)));
      }
    }
    return Optional.empty();
  }

  /** There, a text that counts days would count none. */
  private static boolean isOnLastStep(Collection<Use> uses) {
    return uses.stream().anyMatch(use -> use.untilLast().isZero());
  }

  private static Finding finding(String path, Broken broken) {
    Use use = broken.use;
    boolean last = use.untilLast().isZero();
    String message =
        "Users in "
            + use.ladder.audience()
            + " read "
            + AdvisedLadder.quoted(broken.promise.replaceAll("\\s+", " "))
            + " at "
            + AdvisedLadder.step(use.rung)
            + " of "
            + use.ladder.name()
            + ", "
            + (last ? nothingToCome(use) : toGo(use));
    String remedy =
        last
            ? "Leave the number out, or give that step a message of its own."
            : broken.alsoOnLast
                ? "Write {daysLeft} for the number, or {daysToNextStep} if the next step is meant,"
                    + " and give the last step a message of its own."
                : "Write {daysLeft} for the number, or {daysToNextStep} if the next step is meant.";
    return new Finding(AdviceCode.STALE_PROMISE, path, message, remedy);
  }

  private static String nothingToCome(Use use) {
    String which = use.ladder.rungs().size() == 1 ? "the only one" : "the last one";
    return which + ", after which nothing more happens.";
  }

  private static String toGo(Use use) {
    String untilLast = "with " + Periods.words(use.untilLast()) + " to go until the last step";
    return use.untilNext().equals(use.untilLast())
        ? untilLast + "."
        : untilLast + " and " + Periods.words(use.untilNext()) + " until the next.";
  }
}
