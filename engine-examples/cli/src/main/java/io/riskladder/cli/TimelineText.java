package io.riskladder.cli;

import io.riskladder.core.device.Effect;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.simulation.Restriction;
import io.riskladder.core.simulation.Stage;
import io.riskladder.core.simulation.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/** A timeline in words. */
final class TimelineText {
  private final Timeline timeline;
  private final CompiledPolicies policies;
  private final Words words;
  private final TextBuilder text = new TextBuilder();

  private TimelineText(Timeline timeline, CompiledPolicies policies) {
    this.timeline = timeline;
    this.policies = policies;
    this.words = new Words(policies);
  }

  static String of(Timeline timeline, CompiledPolicies policies) {
    return new TimelineText(timeline, policies).render();
  }

  private String render() {
    text.line(
        0,
        timeline.classification().displayName()
            + " on a device of group \""
            + timeline.groupName()
            + "\", if nothing is done about it");
    text.line(
        0,
        timeline
            .policyGroupName()
            .map(name -> "The policy of group \"" + name + "\" decides.")
            .orElse("No group has a policy for it, so its default decides."));
    text.line(0, "Times are in " + timeline.timeZone().getId() + ".");
    timeline.stages().forEach(this::stage);
    text.blank().line(0, "What the user can no longer do");
    if (timeline.restrictions().isEmpty()) {
      text.line(2, "nothing is taken away");
    }
    timeline.restrictions().forEach(this::restriction);
    return text.toString();
  }

  private String when(Instant at) {
    return Words.dayAndTime(at, timeline.timeZone());
  }

  private String since(Instant at) {
    Duration passed = Duration.between(timeline.from(), at);
    return passed.isZero() ? "at once" : "after " + Words.period(passed);
  }

  private void stage(Stage stage) {
    text.blank()
        .line(
            0,
            "Step "
                + (stage.rung() + 1)
                + ": "
                + stage.riskLevel().displayName()
                + ", "
                + since(stage.at())
                + " ("
                + when(stage.at())
                + ")");
    for (Effect effect : stage.effects()) {
      words.effect(effect).forEach(line -> text.line(2, line));
    }
    actions("starts", stage.actionsStarted());
    actions("ceases", stage.actionsCeased());
    if (stage.message().isEmpty()) {
      text.line(2, "- the user is not told");
    }
    if (!stage.riskLevel().isReported()) {
      text.line(2, "- nobody else hears of it: no issue, no mail, no label");
    } else if (stage.mailed().isEmpty()) {
      text.line(2, "- nobody gets mail");
    }
    if (stage.blockFallsAway()) {
      text.line(
          2, "- nothing is blocked: on-device threat protection of the group does not allow it");
    }
  }

  private void actions(String verb, Map<Platform, SortedSet<String>> byPlatform) {
    Map<String, Set<Platform>> platforms = new TreeMap<>();
    byPlatform.forEach(
        (platform, names) ->
            names.forEach(
                name ->
                    platforms
                        .computeIfAbsent(name, n -> EnumSet.noneOf(Platform.class))
                        .add(platform)));
    platforms.forEach(
        (name, on) ->
            text.line(
                2,
                "- the MDM "
                    + verb
                    + " the compliance action \""
                    + name
                    + "\""
                    + only(on)
                    + (verb.equals("starts") ? ": " + does(name) : "")));
  }

  private String does(String action) {
    return policies.compliance().action(action).map(Words::does).orElse("nothing");
  }

  private static String only(Set<Platform> platforms) {
    return platforms.size() == Platform.values().length
        ? ""
        : " on "
            + String.join(" and ", platforms.stream().map(Platform::displayName).toList())
            + " only";
  }

  private void restriction(Restriction restriction) {
    text.line(
        2,
        switch (restriction.kind()) {
              case COMPANY_SITES -> "reach the company's sites: ";
              case INTERNET -> "reach the internet: ";
              case COMPANY_ACCESS -> "use the company's services (the MDM blocks access): ";
              case QUARANTINE -> "use what the MDM manages on the device (quarantine): ";
            }
            + since(restriction.since())
            + ", from "
            + when(restriction.since())
            + restriction.until().map(until -> " until " + when(until)).orElse("")
            + only(restriction.platforms()));
  }
}
