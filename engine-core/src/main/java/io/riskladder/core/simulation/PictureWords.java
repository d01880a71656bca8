package io.riskladder.core.simulation;

import io.riskladder.core.internal.Periods;
import io.riskladder.core.mdm.Platform;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words that a picture and its description share. */
final class PictureWords {
  /** Says why a stage blocks nothing although its response asks for it. */
  static final String BLOCK_FALLS_AWAY =
      "No block: the group's on-device protection does not allow the one that is asked for";

  /** The name of the place where bars are. */
  static final String KEPT_FROM = "What the user is kept from";

  static final String NOTHING = "Nothing";

  private PictureWords() {}

  static String title(Timeline timeline) {
    String name = timeline.classification().displayName();
    return timeline.classification().isWebContent()
        ? name + ": what happens when it is met"
        : name + ": what happens if the user never acts";
  }

  /** {@return whose device it is, and by whose policy} */
  static String setting(Timeline timeline) {
    String policy =
        timeline
            .policyGroupName()
            .map(name -> "by the policy of " + name)
            .orElse("by the default for this kind of threat, for no group has a policy");
    return "A device in " + timeline.groupName() + ", " + policy + ".";
  }

  /** {@return when it is found, and in which zone} */
  static String detection(Timeline timeline) {
    String found = date(timeline, timeline.from());
    return "Found on " + found + ". All times are of " + timeline.timeZone().getId() + ".";
  }

  /** {@return the number that people know a stage by; they count from 1} */
  static int number(Stage stage) {
    return stage.rung() + 1;
  }

  static String step(Stage stage) {
    return "step " + number(stage);
  }

  /** {@return a stage's level and beginning} */
  static String heading(Timeline timeline, Stage stage) {
    Instant at = stage.at();
    return stage.riskLevel().displayName()
        + ", "
        + day(timeline, at).toLowerCase(Locale.ROOT)
        + " ("
        + date(timeline, at)
        + ")";
  }

  /** {@return the days of 24 hours since the threat was found, like "Day 7" or "Day 0 + 1 hour"} */
  static String day(Timeline timeline, Instant at) {
    Duration since = Duration.between(timeline.from(), at);
    Duration rest = since.minusDays(since.toDays());
    return "Day " + since.toDays() + (rest.isZero() ? "" : " + " + Periods.words(rest));
  }

  /** {@return date and time in the timeline's zone} */
  static String date(Timeline timeline, Instant at) {
    LocalDateTime local =
        LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), timeline.timeZone());
    return local.toLocalDate() + ", " + local.toLocalTime();
  }

  /** {@return how long a stage lasts} */
  static String length(Timeline timeline, Stage stage) {
    if (timeline.classification().isWebContent()) {
      return "Over when reported";
    }
    return stage
        .until()
        .map(until -> "For " + Periods.words(Duration.between(stage.at(), until)))
        .orElse("Until it is fixed");
  }

  /** {@return the names of platforms, like "Android and iOS"} */
  static String platforms(Collection<Platform> platforms) {
    return platforms.stream().map(Platform::displayName).collect(Collectors.joining(" and "));
  }

  /** {@return the words for things that are left out, like "… and 997 more characters"} */
  static String more(int number, String things) {
    return "\u2026 and " + number + " more" + things;
  }

  /** {@return what the user is kept from by a stage without restrictions: at most a web page} */
  static String page(Stage stage) {
    return switch (stage.response()) {
      case BLOCK_AND_ALERT_DEVICE -> "The page that was asked for, and nothing else";
      case WARN_AND_ALERT_DEVICE -> "Nothing: the user may go on to the page";
      default -> NOTHING;
    };
  }
}
