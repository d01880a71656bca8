package io.riskladder.core.simulation;

import static io.riskladder.core.internal.Checks.didYouMean;
import static io.riskladder.core.internal.Checks.excerpt;
import static io.riskladder.core.internal.Checks.invalid;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSortedSet;
import io.riskladder.core.Limits;
import io.riskladder.core.device.Block;
import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatEncountered;
import io.riskladder.core.device.DeviceEvent.TimePassed;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.ComplianceRules;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.core.policy.Rung;
import io.riskladder.core.simulation.Restriction.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;

/** Plays a threat on one device of each platform, by the engine itself. */
final class TimelinePlayer {
  private static final String THREAT = "a-threat";

  /** What the engine decided when a rung was entered. */
  private record Moment(Instant at, DesiredState desired, List<Effect> effects) {}

  private final PolicyArchive archive;
  private final GroupPolicies group;
  private final Ladder ladder;
  private final Instant from;

  private TimelinePlayer(
      CompiledPolicies policies, GroupPolicies group, Ladder ladder, Instant from) {
    this.archive = PolicyArchive.startingWith(policies);
    this.group = group;
    this.ladder = ladder;
    this.from = from;
  }

  static Timeline play(
      CompiledPolicies policies, String group, String classification, Instant from) {
    requireNonNull(policies, "policies");
    requireNonNull(group, "group");
    requireNonNull(classification, "classification");
    requireNonNull(from, "from");
    GroupPolicies policiesOfGroup =
        policies.group(group).orElseThrow(() -> noGroup(group, policies));
    Ladder ladder =
        policiesOfGroup
            .ladder(classification)
            .orElseThrow(() -> noClassification(classification, policies));
    Checks.instant("from", from);
    Duration toLast = ladder.untilLast(0);
    if (toLast.compareTo(Duration.between(from, Limits.LATEST)) > 0) {
      throw invalid(
          "from",
          from
              + " is too late for this ladder, expected "
              + Limits.LATEST.minus(toLast)
              + " or before, so that its last rung is entered before the year 10000");
    }
    return new TimelinePlayer(policies, policiesOfGroup, ladder, from).play();
  }

  private static IllegalArgumentException noGroup(String group, CompiledPolicies policies) {
    List<String> known = policies.source().groups().stream().map(DeviceGroup::id).toList();
    return invalid("group", excerpt(group) + " is not there" + didYouMean(group, known));
  }

  private static IllegalArgumentException noClassification(
      String classification, CompiledPolicies policies) {
    return invalid(
        "classification",
        excerpt(classification)
            + " is unknown"
            + didYouMean(classification, policies.classifications().keySet()));
  }

  private Timeline play() {
    Map<Platform, List<Moment>> moments = new EnumMap<>(Platform.class);
    for (Platform platform : Platform.values()) {
      moments.put(platform, moments(platform));
    }
    Timeline.Builder timeline =
        Timeline.builder()
            .group(group.id())
            .groupName(group.name())
            .classification(ladder.classification())
            .policyGroup(ladder.policyGroup())
            .policyGroupName(
                ladder
                    .policyGroup()
                    .flatMap(id -> archive.current().group(id))
                    .map(GroupPolicies::name))
            .timeZone(archive.current().timeZone());
    for (Rung rung : ladder.rungs()) {
      timeline.addStage(stage(rung, moments));
    }
    return timeline.restrictions(restrictions(moments)).build();
  }

  private EnrolledDevice enrolled(Platform platform) {
    DeviceEvent event = new DeviceEnrolled(group.id(), platform);
    Decision decision = DeviceState.unknown(Timeline.DEVICE).decide(archive, event, from, 1);
    return (EnrolledDevice) decision.state();
  }

  private List<Moment> moments(Platform platform) {
    DeviceEvent found =
        ladder.classification().isWebContent()
            ? new ThreatEncountered(THREAT, ladder.classification().id())
            : new ThreatDetected(THREAT, ladder.classification().id());
    Decision decision = enrolled(platform).decide(archive, found, from, 2);
    List<Moment> moments = new ArrayList<>(List.of(moment(from, decision)));
    while (decision.nextDue().isPresent()) {
      Instant due = decision.nextDue().get();
      decision = decision.state().decide(archive, new TimePassed(), due, 0);
      moments.add(moment(due, decision));
    }
    return moments;
  }

  private static Moment moment(Instant at, Decision decision) {
    return new Moment(at, ((EnrolledDevice) decision.state()).desired(), decision.effects());
  }

  private static Stage stage(Rung rung, Map<Platform, List<Moment>> moments) {
    int number = rung.number();
    List<Moment> any = requireNonNull(moments.get(Platform.ANDROID));
    Moment moment = any.get(number);
    Stage.Builder stage =
        Stage.builder()
            .rung(number)
            .at(moment.at)
            .riskLevel(rung.riskLevel())
            .response(rung.response())
            .block(moment.desired.block())
            .labels(moment.desired.labels().values());
    if (number + 1 < any.size()) {
      stage.until(any.get(number + 1).at);
    }
    for (Effect effect : moment.effects) {
      if (effect instanceof Effect.NotifyDevice told) {
        stage.message(told.message());
      }
      boolean onThisPlatform =
          effect instanceof Effect.ComplianceActionStarted
              || effect instanceof Effect.ComplianceActionCeased;
      if (!onThisPlatform) {
        stage.addEffect(effect);
      }
    }
    moments.forEach(
        (platform, of) -> {
          stage.putComplianceAction(platform, of.get(number).desired.complianceActions());
          stage.putActionsStarted(platform, started(of.get(number)));
          stage.putActionsCeased(platform, ceased(of.get(number)));
        });
    return stage.build();
  }

  private static SortedSet<String> started(Moment moment) {
    return moment.effects.stream()
        .filter(Effect.ComplianceActionStarted.class::isInstance)
        .map(effect -> ((Effect.ComplianceActionStarted) effect).action())
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  private static SortedSet<String> ceased(Moment moment) {
    return moment.effects.stream()
        .filter(Effect.ComplianceActionCeased.class::isInstance)
        .map(effect -> ((Effect.ComplianceActionCeased) effect).action())
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  /** When a user is stopped from something. */
  private record Span(Instant since, Optional<Instant> until) {}

  private List<Restriction> restrictions(Map<Platform, List<Moment>> moments) {
    List<Restriction> restrictions = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Map<Span, Set<Platform>> spans = new LinkedHashMap<>();
      moments.forEach(
          (platform, of) ->
              spans(kind, enrolled(platform).desired(), of)
                  .forEach(
                      span ->
                          spans
                              .computeIfAbsent(span, s -> EnumSet.noneOf(Platform.class))
                              .add(platform)));
      spans.forEach(
          (span, platforms) ->
              restrictions.add(new Restriction(kind, span.since, span.until, platforms)));
    }
    restrictions.sort(Comparator.comparing(Restriction::since));
    return restrictions;
  }

  /** What was in force before the threat is not the threat's doing, until it ends. */
  private List<Span> spans(Kind kind, DesiredState enrolled, List<Moment> moments) {
    List<Span> spans = new ArrayList<>();
    Optional<Instant> since = Optional.empty();
    boolean before = restricts(kind, enrolled, false);
    for (Moment moment : moments) {
      boolean still = restricts(kind, moment.desired, since.isPresent());
      before &= still;
      boolean restricted = still && !before;
      if (restricted && since.isEmpty()) {
        since = Optional.of(moment.at);
      } else if (!restricted && since.isPresent()) {
        spans.add(new Span(since.get(), Optional.of(moment.at)));
        since = Optional.empty();
      }
    }
    since.ifPresent(start -> spans.add(new Span(start, Optional.empty())));
    return spans;
  }

  private boolean restricts(Kind kind, DesiredState desired, boolean already) {
    Block block = desired.block();
    return switch (kind) {
      case COMPANY_SITES ->
          block instanceof Block.Domains || (already && block instanceof Block.Internet);
      case INTERNET -> block instanceof Block.Internet;
      case COMPANY_ACCESS -> anyAction(desired, ComplianceAction::blockAccess);
      case QUARANTINE -> anyAction(desired, ComplianceAction::quarantine);
    };
  }

  private boolean anyAction(DesiredState desired, Predicate<ComplianceAction> does) {
    ComplianceRules rules = archive.current().compliance();
    return desired.complianceActions().stream()
        .flatMap(name -> rules.action(name).stream())
        .anyMatch(does);
  }
}
