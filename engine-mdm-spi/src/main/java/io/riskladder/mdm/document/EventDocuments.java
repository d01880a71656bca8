package io.riskladder.mdm.document;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.riskladder.core.Limits;
import io.riskladder.core.device.DeviceEvent.DeviceDisconnected;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.DeviceMoved;
import io.riskladder.core.device.DeviceEvent.DeviceReconnected;
import io.riskladder.core.device.DeviceEvent.DeviceRemoved;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.IssueRestored;
import io.riskladder.core.device.DeviceEvent.Reported;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatEncountered;
import io.riskladder.core.device.DeviceEvent.ThreatEvent;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.mdm.Platform;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads and writes single events as JSON objects (documents, events). Law: what is written reads
 * back equal. All methods are safe for use by several threads. For files of events see {@link
 * EventReader}.
 */
public final class EventDocuments {
  private static final JsonFactory JSON = new JsonFactory();

  /** The types of events, by the names that documents use. */
  private enum Type {
    DEVICE_ENROLLED,
    DEVICE_MOVED,
    DEVICE_DISCONNECTED,
    DEVICE_RECONNECTED,
    DEVICE_REMOVED,
    THREAT_DETECTED,
    THREAT_ENCOUNTERED,
    THREAT_RESOLVED,
    ISSUE_IGNORED,
    ISSUE_RESTORED,
    POLICY_CHANGED,
    CLOCK
  }

  private EventDocuments() {}

  /**
   * {@return the event that a text is}
   *
   * @param json one JSON object
   * @throws InvalidDocumentException if it is no event; holds all that is wrong with it
   */
  public static EngineEvent read(String json) {
    return read(requireNonNull(json, "json"), new Problems());
  }

  static EngineEvent read(String json, Problems problems) {
    Node root = Nodes.parse(json, DocumentFormat.JSON, problems);
    Optional<EngineEvent> event = read(root, problems);
    problems.throwIfAny();
    return event.orElseThrow();
  }

  private static Optional<EngineEvent> read(Node root, Problems problems) {
    Fields any = Fields.ofAny("", root, problems);
    Optional<Type> type = any.required("type", any.oneOf(Type.class));
    if (type.isEmpty()) {
      return Optional.empty();
    }
    Fields fields = new Fields("", root, problems, fieldsOf(type.get()));
    Optional<Instant> at = fields.required("at", fields::instant);
    Optional<EngineEvent> event = event(type.get(), at.orElse(Instant.EPOCH), fields);
    return at.isPresent() ? event : Optional.empty();
  }

  private static String[] fieldsOf(Type type) {
    return switch (type) {
      case DEVICE_ENROLLED ->
          new String[] {"at", "type", "device", "group", "platform", "installedApps"};
      case DEVICE_MOVED -> new String[] {"at", "type", "device", "group"};
      case DEVICE_DISCONNECTED, DEVICE_RECONNECTED, DEVICE_REMOVED ->
          new String[] {"at", "type", "device"};
      case THREAT_DETECTED, THREAT_ENCOUNTERED ->
          new String[] {"at", "type", "device", "threat", "classification"};
      case THREAT_RESOLVED -> new String[] {"at", "type", "device", "threat"};
      case ISSUE_IGNORED, ISSUE_RESTORED -> new String[] {"at", "type", "device", "threat", "by"};
      case POLICY_CHANGED -> new String[] {"at", "type", "policy", "mode"};
      case CLOCK -> new String[] {"at", "type"};
    };
  }

  private static Optional<EngineEvent> event(Type type, Instant at, Fields fields) {
    return switch (type) {
      case CLOCK -> Optional.of(new EngineEvent.Clock(at));
      case POLICY_CHANGED -> policyChanged(at, fields);
      default -> {
        Optional<String> device = fields.required("device", fields::id);
        Optional<Reported> event = deviceEvent(type, fields);
        yield device.flatMap(id -> event.map(e -> new EngineEvent.OfDevice(at, id, e)));
      }
    };
  }

  private static Optional<EngineEvent> policyChanged(Instant at, Fields fields) {
    PolicyChangeMode mode =
        fields
            .optional("mode", fields.oneOf(PolicyChangeMode.class))
            .orElse(PolicyChangeMode.CONTINUE);
    return fields
        .required("policy", fields.text(EventDocuments::file))
        .map(file -> new EngineEvent.PolicyChanged(at, file, mode));
  }

  private static String file(String name) {
    if (name.isBlank()) {
      throw Checks.invalid("", "is blank, expected a file");
    }
    return name;
  }

  private static Optional<Reported> deviceEvent(Type type, Fields fields) {
    return switch (type) {
      case DEVICE_ENROLLED -> enrolled(fields);
      case DEVICE_MOVED -> fields.required("group", fields::id).map(DeviceMoved::new);
      case DEVICE_DISCONNECTED -> Optional.of(new DeviceDisconnected());
      case DEVICE_RECONNECTED -> Optional.of(new DeviceReconnected());
      case DEVICE_REMOVED -> Optional.of(new DeviceRemoved());
      default -> threatEvent(type, fields);
    };
  }

  private static Optional<Reported> enrolled(Fields fields) {
    Optional<String> group = fields.required("group", fields::id);
    Optional<Platform> platform = fields.required("platform", fields.oneOf(Platform.class));
    List<String> apps =
        fields.optionalList("installedApps", fields.textUpTo(Limits.MAX_NAME_LENGTH));
    return group.flatMap(
        id ->
            platform.flatMap(
                os ->
                    fields.valid(
                        "installedApps",
                        fields.place(),
                        () -> new DeviceEnrolled(id, os, new LinkedHashSet<>(apps)))));
  }

  private static Optional<Reported> threatEvent(Type type, Fields fields) {
    Optional<String> threat = fields.required("threat", fields::id);
    return switch (type) {
      case THREAT_DETECTED ->
          classified(threat, fields).map(c -> new ThreatDetected(threat.orElseThrow(), c));
      case THREAT_ENCOUNTERED ->
          classified(threat, fields).map(c -> new ThreatEncountered(threat.orElseThrow(), c));
      case THREAT_RESOLVED -> threat.map(ThreatResolved::new);
      case ISSUE_IGNORED -> {
        Optional<String> by = by(fields);
        yield threat.map(id -> new IssueIgnored(id, by));
      }
      case ISSUE_RESTORED -> {
        Optional<String> by = by(fields);
        yield threat.map(id -> new IssueRestored(id, by));
      }
      default -> throw new AssertionError(type);
    };
  }

  private static Optional<String> classified(Optional<String> threat, Fields fields) {
    Optional<String> classification = fields.required("classification", fields::id);
    return threat.isEmpty() ? Optional.empty() : classification;
  }

  private static Optional<String> by(Fields fields) {
    return fields.optional("by", fields.textUpTo(Limits.MAX_NAME_LENGTH));
  }

  /**
   * {@return an event as one line of JSON, without a line's end}
   *
   * @param event the event to write
   */
  public static String write(EngineEvent event) {
    requireNonNull(event, "event");
    StringWriter line = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(line)) {
      out.writeStartObject();
      out.writeStringField("at", event.at().toString());
      if (event instanceof EngineEvent.OfDevice ofDevice) {
        out.writeStringField("type", type(ofDevice.event()).name());
        out.writeStringField("device", ofDevice.device());
        fields(out, ofDevice.event());
      } else if (event instanceof EngineEvent.PolicyChanged changed) {
        out.writeStringField("type", Type.POLICY_CHANGED.name());
        out.writeStringField("policy", changed.policy());
        out.writeStringField("mode", changed.mode().name());
      } else {
        out.writeStringField("type", Type.CLOCK.name());
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory has no I/O to fail
    }
    return line.toString();
  }

  private static Type type(Reported event) {
    if (event instanceof DeviceEnrolled) {
      return Type.DEVICE_ENROLLED;
    } else if (event instanceof DeviceMoved) {
      return Type.DEVICE_MOVED;
    } else if (event instanceof DeviceDisconnected) {
      return Type.DEVICE_DISCONNECTED;
    } else if (event instanceof DeviceReconnected) {
      return Type.DEVICE_RECONNECTED;
    } else if (event instanceof DeviceRemoved) {
      return Type.DEVICE_REMOVED;
    } else if (event instanceof ThreatDetected) {
      return Type.THREAT_DETECTED;
    } else if (event instanceof ThreatEncountered) {
      return Type.THREAT_ENCOUNTERED;
    } else if (event instanceof ThreatResolved) {
      return Type.THREAT_RESOLVED;
    } else if (event instanceof IssueIgnored) {
      return Type.ISSUE_IGNORED;
    } else {
      return Type.ISSUE_RESTORED;
    }
  }

  private static void fields(JsonGenerator out, Reported event) throws IOException {
    if (event instanceof ThreatEvent threatEvent) {
      out.writeStringField("threat", threatEvent.threat());
    }
    if (event instanceof DeviceEnrolled enrolled) {
      out.writeStringField("group", enrolled.group());
      out.writeStringField("platform", enrolled.platform().name());
      if (!enrolled.installedApps().isEmpty()) {
        out.writeArrayFieldStart("installedApps");
        for (String app : enrolled.installedApps()) {
          out.writeString(app);
        }
        out.writeEndArray();
      }
    } else if (event instanceof DeviceMoved moved) {
      out.writeStringField("group", moved.group());
    } else if (event instanceof ThreatDetected detected) {
      out.writeStringField("classification", detected.classification());
    } else if (event instanceof ThreatEncountered encountered) {
      out.writeStringField("classification", encountered.classification());
    } else if (event instanceof IssueIgnored ignored) {
      by(out, ignored.by());
    } else if (event instanceof IssueRestored restored) {
      by(out, restored.by());
    }
  }

  private static void by(JsonGenerator out, Optional<String> by) throws IOException {
    if (by.isPresent()) {
      out.writeStringField("by", by.get());
    }
  }
}
