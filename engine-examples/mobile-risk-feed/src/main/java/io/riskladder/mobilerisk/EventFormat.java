package io.riskladder.mobilerisk;

import io.riskladder.core.Limits;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mobilerisk.Reports.Activation;
import io.riskladder.mobilerisk.Reports.Assessment;
import io.riskladder.mobilerisk.Reports.Change;
import io.riskladder.mobilerisk.Reports.ChangeType;
import io.riskladder.mobilerisk.Reports.Protection;
import io.riskladder.mobilerisk.Reports.ThreatStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the fields stand that are needed, in each version. */
enum EventFormat {
  V1 {
    @Override
    String timeField() {
      return "eventTime";
    }

    @Override
    Set<String> types() {
      return Set.of(DEVICE, THREAT, AUDIT);
    }

    @Override
    Reports.Device device(Fields event) throws CannotMapException {
      Fields target = event.object("target");
      boolean gone = event.oneOf("changeType", ChangeType.class).isGone();
      Fields status = gone ? event.optionalObject("details") : event.object("details");
      return deviceReport(
          target.id("id"),
          target.optionalText("platform"),
          gone,
          status,
          "activationStatus",
          "protectionStatus",
          Optional.empty());
    }

    @Override
    Reports.Threat threat(Fields event) throws CannotMapException {
      Fields details = event.object("details");
      Fields target = event.object("target");
      ChangeType change = event.oneOf("changeType", ChangeType.class);
      ThreatStatus status =
          change.isGone()
              ? ThreatStatus.RESOLVED
              : details.oneOf("action", ActionOfV1.class).status;
      Assessed assessed = change.isGone() ? Assessed.NONE : assessed(details, "severity", status);
      return new Reports.Threat(
          details.id("id"),
          target.id("id"),
          target.optionalText("platform"),
          change,
          status,
          assessed.assessments(),
          assessed.unknownSeverity(),
          administrator(event, "id"));
    }

    @Override
    Reports.Audit audit(Fields event) throws CannotMapException {
      Fields details = event.object("details");
      List<Change> changes = changes(details, "attributeChanges");
      changes.addAll(changes(details, "changes")); // as the interface is described, never yet seen
      return new Reports.Audit(details.text("type"), changes);
    }

    @Override
    String classification(String name) {
      return NAMES_OF_V2.getOrDefault(name, name);
    }
  },

  V2 {
    @Override
    String timeField() {
      return "created_time";
    }

    @Override
    Set<String> types() {
      return Set.of(DEVICE, THREAT, AUDIT, SMISHING_ALERT);
    }

    @Override
    Reports.Device device(Fields event) throws CannotMapException {
      boolean gone = event.oneOf("change_type", ChangeType.class).isGone();
      Fields device = gone ? event.optionalObject("device") : event.object("device");
      Fields info = device.optionalObject("info");
      Optional<List<String>> groups =
          info.has("device_group_guids")
              ? Optional.of(info.texts("device_group_guids"))
              : Optional.empty();
      return deviceReport(
          event.object("target").id("guid"),
          device.optionalText("platform"),
          gone,
          gone ? device.optionalObject("status") : device.object("status"),
          "activation_status",
          "protection_status",
          groups);
    }

    @Override
    Reports.Threat threat(Fields event) throws CannotMapException {
      Fields threat = event.object("threat");
      ChangeType change = event.oneOf("change_type", ChangeType.class);
      ThreatStatus status =
          change.isGone() ? ThreatStatus.RESOLVED : threat.oneOf("status", ThreatStatus.class);
      Assessed assessed = change.isGone() ? Assessed.NONE : assessed(threat, "risk", status);
      return new Reports.Threat(
          threat.id("guid"),
          event.object("target").id("guid"),
          Optional.empty(),
          change,
          status,
          assessed.assessments(),
          assessed.unknownSeverity(),
          administrator(event, "guid"));
    }

    @Override
    Reports.Audit audit(Fields event) throws CannotMapException {
      Fields audit = event.object("audit");
      return new Reports.Audit(audit.text("type"), changes(audit, "attribute_changes"));
    }

    @Override
    String classification(String name) {
      return name;
    }
  };

  static final String DEVICE = "DEVICE";
  static final String THREAT = "THREAT";
  static final String AUDIT = "AUDIT";
  static final String SMISHING_ALERT = "SMISHING_ALERT";

  /** The classifications that were called something else in version 1. */
  static final Map<String, String> NAMES_OF_V2 =
      Map.of(
          "BLACKLISTED_APP", "DENYLISTED_APP",
          "BLACKLISTED_CONTENT", "DENYLISTED_CONTENT",
          "OFFENSIVE_CONTENT", "UNAUTHORIZED_CONTENT",
          "SPY", "SPYWARE",
          "SURVEILLANCE", "SURVEILLANCEWARE");

  private enum ActionOfV1 {
    DETECTED(ThreatStatus.OPEN),
    RESOLVED(ThreatStatus.RESOLVED),
    IGNORED(ThreatStatus.IGNORED);

    private final ThreatStatus status;

    ActionOfV1(ThreatStatus status) {
      this.status = status;
    }
  }

  /** What a threat's assessments say. */
  record Assessed(List<Assessment> assessments, Optional<String> unknownSeverity) {
    static final Assessed NONE = new Assessed(List.of(), Optional.empty());
  }

  static EventFormat of(FeedVersion version) {
    return switch (version) {
      case V1 -> V1;
      case V2 -> V2;
    };
  }

  abstract String timeField();

  abstract Set<String> types();

  abstract Reports.Device device(Fields event) throws CannotMapException;

  abstract Reports.Threat threat(Fields event) throws CannotMapException;

  abstract Reports.Audit audit(Fields event) throws CannotMapException;

  /** {@return a classification's name in version 2, by which the catalogue knows it} */
  abstract String classification(String name);

  Instant instant(Fields event) throws CannotMapException {
    return event.instant(timeField());
  }

  /** {@return the classification that an audit event names in lower case} */
  String classificationOfPolicy(String name) {
    return V1.classification(name.toUpperCase(Locale.ROOT));
  }

  private static Reports.Device deviceReport(
      String id,
      Optional<String> platform,
      boolean gone,
      Fields status,
      String activationField,
      String protectionField,
      Optional<List<String>> groups)
      throws CannotMapException {
    if (gone) {
      return new Reports.Device(id, platform, true, false, false, groups);
    }
    Activation activation = status.oneOf(activationField, Activation.class);
    boolean left = activation == Activation.DEACTIVATED || activation == Activation.DELETED;
    boolean active = activation == Activation.ACTIVATED;
    boolean connected =
        active && status.oneOf(protectionField, Protection.class) == Protection.PROTECTED;
    return new Reports.Device(id, platform, left, active, connected, groups);
  }

  /** Reads classifications and what was made of each; severities are wanted, not needed. */
  Assessed assessed(Fields threat, String severityField, ThreatStatus status)
      throws CannotMapException {
    List<Assessment> assessments = new ArrayList<>();
    String unknown = null;
    for (Fields assessment : threat.objects("assessments")) {
      Optional<String> name = assessment.optionalText("classification");
      if (name.isPresent()) {
        String severity = assessment.loosely(severityField).orElse(null);
        assessments.add(
            new Assessment(classification(name.get()), Optional.ofNullable(level(severity))));
        unknown = unknown == null && level(severity) == null ? severity : unknown;
      }
    }
    String overall = threat.loosely("severity").orElse(null);
    unknown = unknown == null && level(overall) == null ? overall : unknown;
    for (String name : threat.texts("classifications")) {
      String classification = classification(name);
      if (assessments.stream().noneMatch(a -> a.classification().equals(classification))) {
        assessments.add(new Assessment(classification, Optional.ofNullable(level(overall))));
      }
    }
    if (assessments.isEmpty() && status == ThreatStatus.OPEN) {
      throw threat.cannot(SetAsideReason.MISSING_FIELD, "classifications", "is missing or empty");
    }
    return new Assessed(List.copyOf(assessments), Optional.ofNullable(unknown));
  }

  private static @Nullable RiskLevel level(@Nullable String word) {
    for (RiskLevel level : RiskLevel.values()) {
      if (level.name().equals(word)) {
        return level;
      }
    }
    return null;
  }

  private static Optional<String> administrator(Fields event, String idField)
      throws CannotMapException {
    Fields actor = event.optionalObject("actor");
    boolean admin = actor.optionalText("type").filter("ADMIN"::equals).isPresent();
    return admin
        ? actor
            .optionalText(idField)
            .filter(id -> id.length() <= Limits.MAX_NAME_LENGTH && Fields.isWellFormed(id))
        : Optional.empty();
  }

  private static List<Change> changes(Fields details, String name) throws CannotMapException {
    List<Change> changes = new ArrayList<>();
    for (Fields change : details.objects(name)) {
      changes.add(new Change(change.text("name"), change.loosely("from"), change.loosely("to")));
    }
    return changes;
  }
}
