package io.riskladder.mobilerisk;

import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.IssueRestored;
import io.riskladder.core.device.DeviceEvent.Reported;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatEncountered;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.IssueState;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Classification;
import io.riskladder.mobilerisk.Reports.Assessment;
import io.riskladder.mobilerisk.Reports.ChangeType;
import io.riskladder.mobilerisk.Reports.ThreatStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what is said of a threat into what happened to its device. */
final class ThreatMapping {
  /** A classification that only one of the platforms has. */
  private static final String OF_IOS = "NON_APP_STORE_SIGNER";

  private static final int MOST_NAMED = 5;

  private final CompiledPolicies policies;
  private final List<Note> notes;

  ThreatMapping(CompiledPolicies policies, List<Note> notes) {
    this.policies = policies;
    this.notes = notes;
  }

  /** What a threat comes to: events, or why there are none. */
  record Outcome(List<Reported> events, @Nullable NotNeededReason reason) {
    static Outcome of(Reported event) {
      return new Outcome(List.of(event), null);
    }

    static Outcome nothing(NotNeededReason reason) {
      return new Outcome(List.of(), reason);
    }
  }

  Outcome map(Reports.Threat report, DeviceState state) throws CannotMapException {
    ThreatState known =
        state instanceof EnrolledDevice device ? device.threats().get(report.id()) : null;
    if (known != null && report.status() != ThreatStatus.OPEN) { // whatever it is called by now
      return report.status() == ThreatStatus.RESOLVED
          ? Outcome.of(new ThreatResolved(report.id()))
          : ignored(report, known);
    }
    if (report.change().isGone() || report.assessments().isEmpty()) {
      return Outcome.nothing(NotNeededReason.THREAT_NOT_OPEN);
    }
    Classification classification = classification(report, known);
    Outcome outcome =
        classification.isWebContent()
            ? webContent(report, classification)
            : threat(report, classification, known);
    if (outcome.events().isEmpty() || state instanceof EnrolledDevice) {
      return outcome;
    }
    List<Reported> events = new ArrayList<>();
    events.add(enrolment(report, classification));
    events.addAll(outcome.events());
    return new Outcome(events, null);
  }

  private static Outcome webContent(Reports.Threat report, Classification classification) {
    return report.change() == ChangeType.CREATED
        ? Outcome.of(new ThreatEncountered(report.id(), classification.id()))
        : Outcome.nothing(NotNeededReason.WEB_CONTENT_UPDATED);
  }

  private static Outcome threat(
      Reports.Threat report, Classification classification, @Nullable ThreatState known) {
    if (known != null) {
      return open(report, classification, known);
    }
    return report.status() == ThreatStatus.OPEN
        ? Outcome.of(new ThreatDetected(report.id(), classification.id()))
        : Outcome.nothing(NotNeededReason.THREAT_NOT_OPEN);
  }

  private Outcome ignored(Reports.Threat report, ThreatState known) {
    return switch (known.issue()) {
      case IGNORED -> Outcome.nothing(NotNeededReason.THREAT_UNCHANGED);
      case OPEN -> Outcome.of(new IssueIgnored(report.id(), report.by()));
      case NONE -> {
        notes.add(
            new Note(
                Note.Kind.IGNORED_WITHOUT_ISSUE,
                "the threat is ignored, and below LOW here, where it has no issue: it was taken off"));
        yield Outcome.of(new ThreatResolved(report.id()));
      }
    };
  }

  private static Outcome open(
      Reports.Threat report, Classification classification, ThreatState known) {
    if (!known.classification().equals(classification.id())) {
      return Outcome.of(new ThreatDetected(report.id(), classification.id()));
    }
    return known.issue() == IssueState.IGNORED
        ? Outcome.of(new IssueRestored(report.id(), report.by()))
        : Outcome.nothing(NotNeededReason.THREAT_UNCHANGED);
  }

  /** {@return the classification that counts: of those known, the one with the worst severity} */
  private Classification classification(Reports.Threat report, @Nullable ThreatState known)
      throws CannotMapException {
    Assessment worst = null;
    for (Assessment assessment : report.assessments()) {
      if (policies.classification(assessment.classification()).isPresent()
          && (worst == null || isBefore(assessment, worst, known))) {
        worst = assessment;
      }
    }
    if (worst == null) {
      throw new CannotMapException(
          SetAsideReason.UNKNOWN_CLASSIFICATION,
          "neither the catalogue nor the policies know "
              + report.assessments().stream()
                  .map(assessment -> Excerpt.of(assessment.classification()))
                  .distinct()
                  .limit(MOST_NAMED)
                  .collect(Collectors.joining(", ")));
    }
    String id = worst.classification();
    if (report.assessments().stream().anyMatch(other -> !other.classification().equals(id))) {
      notes.add(
          new Note(
              Note.Kind.SEVERAL_CLASSIFICATIONS,
              "the threat has several classifications, of which " + id + " counts"));
    }
    report
        .unknownSeverity()
        .ifPresent(
            word ->
                notes.add(
                    new Note(
                        Note.Kind.UNKNOWN_SEVERITY,
                        "severity " + Excerpt.of(word) + " is not known; the policies decide")));
    return policies.classification(id).orElseThrow();
  }

  /** Of two that are as bad, the one that the threat has already, so that it stays the same. */
  private static boolean isBefore(Assessment a, Assessment b, @Nullable ThreatState known) {
    int bySeverity = rank(a).compareTo(rank(b));
    return bySeverity > 0
        || (bySeverity == 0
            && known != null
            && a.classification().equals(known.classification())
            && !b.classification().equals(known.classification()));
  }

  private static RiskLevel rank(Assessment assessment) {
    return assessment.severity().orElse(RiskLevel.NONE);
  }

  private DeviceEnrolled enrolment(Reports.Threat report, Classification classification) {
    Optional<Platform> said = DeviceMapping.platform(report.platform());
    Platform platform =
        said.orElse(classification.id().equals(OF_IOS) ? Platform.IOS : Platform.ANDROID);
    if (said.isEmpty()) {
      notes.add(
          new Note(
              Note.Kind.PLATFORM_ASSUMED,
              "the threat came before its device, which is taken to run " + platform));
    }
    return new DeviceEnrolled(PolicyEdits.root(policies.source()).id(), platform);
  }
}
