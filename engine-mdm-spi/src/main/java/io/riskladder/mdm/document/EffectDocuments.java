package io.riskladder.mdm.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.riskladder.core.Limits;
import io.riskladder.core.device.Cause;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.Effect.AddLabel;
import io.riskladder.core.device.Effect.BlockDomains;
import io.riskladder.core.device.Effect.BlockInternet;
import io.riskladder.core.device.Effect.ComplianceActionCeased;
import io.riskladder.core.device.Effect.ComplianceActionStarted;
import io.riskladder.core.device.Effect.EmailAdministrators;
import io.riskladder.core.device.Effect.IssueIgnored;
import io.riskladder.core.device.Effect.IssueOpened;
import io.riskladder.core.device.Effect.IssueResolved;
import io.riskladder.core.device.Effect.IssueRestored;
import io.riskladder.core.device.Effect.IssueUpdated;
import io.riskladder.core.device.Effect.NotifyDevice;
import io.riskladder.core.device.Effect.Rejected;
import io.riskladder.core.device.Effect.RemoveLabel;
import io.riskladder.core.device.Effect.Unblock;
import io.riskladder.core.device.EffectHeader;
import io.riskladder.core.device.Message;
import io.riskladder.core.device.PolicyBasis;
import io.riskladder.core.device.RejectionReason;
import io.riskladder.core.device.Resolution;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads and writes single effects as JSON objects (documents, effects). Law: what is written of an
 * effect that a decision gave reads back equal. All methods are safe for use by several threads.
 * For streams of effects see {@link EffectWriter}, which writes the same.
 */
public final class EffectDocuments {
  /** Largest effect, in bytes of UTF-8: 16 MiB. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private EffectDocuments() {}

  /**
   * {@return the effect that a text is; fields that are not known are left out of account, for a
   * later version may have written them}
   *
   * @param json one JSON object
   * @throws InvalidDocumentException if it is no effect; holds all that is wrong with it
   */
  public static Effect read(String json) {
    Utf8.checkSize(requireNonNull(json, "json"), MAX_BYTES);
    return parse(json);
  }

  /**
   * {@return the effect that a text is, as {@link #read(String)} does}
   *
   * @param json one JSON object, in UTF-8
   * @throws InvalidDocumentException if it is no effect; holds all that is wrong with it
   */
  public static Effect read(byte[] json) {
    Utf8.checkSize(requireNonNull(json, "json"), MAX_BYTES);
    return parse(Utf8.decode(json));
  }

  private static Effect parse(String json) {
    Problems problems = new Problems();
    Fields fields = Fields.ofAny("", Nodes.parse(json, DocumentFormat.JSON, problems), problems);
    Optional<Effect.Type> type = fields.required("type", fields.oneOf(Effect.Type.class));
    Optional<Supplier<Effect>> effect = type.map(known -> effect(known, fields, problems));
    problems.throwIfAny();
    return effect.orElseThrow().get();
  }

  /** {@return what makes the effect, if there are no problems} */
  private static Supplier<Effect> effect(Effect.Type type, Fields fields, Problems problems) {
    Supplier<EffectHeader> header = header(type, fields, problems);
    return switch (type) {
      case NOTIFY_DEVICE -> notifyDevice(header, fields, problems);
      case ISSUE_OPENED -> {
        Supplier<RiskLevel> level = riskLevel(fields);
        yield () -> new IssueOpened(header.get(), level.get());
      }
      case ISSUE_UPDATED -> {
        Supplier<RiskLevel> level = riskLevel(fields);
        yield () -> new IssueUpdated(header.get(), level.get());
      }
      case ISSUE_RESOLVED -> {
        Supplier<Resolution> resolution =
            fields.required("resolution", fields.oneOf(Resolution.class))::orElseThrow;
        yield () -> new IssueResolved(header.get(), resolution.get());
      }
      case ISSUE_IGNORED -> {
        Optional<String> by = fields.optional("by", fields.textUpTo(Limits.MAX_NAME_LENGTH));
        yield () -> new IssueIgnored(header.get(), by);
      }
      case ISSUE_RESTORED -> {
        Optional<String> by = fields.optional("by", fields.textUpTo(Limits.MAX_NAME_LENGTH));
        yield () -> new IssueRestored(header.get(), by);
      }
      case EMAIL_ADMINISTRATORS -> {
        Supplier<RiskLevel> level = riskLevel(fields);
        List<String> recipients = fields.requiredList("recipients", fields::name);
        yield () -> new EmailAdministrators(header.get(), level.get(), recipients);
      }
      case BLOCK_DOMAINS -> {
        List<String> domains = fields.requiredList("domains", fields::name);
        yield () -> new BlockDomains(header.get(), domains);
      }
      case BLOCK_INTERNET -> () -> new BlockInternet(header.get());
      case UNBLOCK -> () -> new Unblock(header.get());
      case ADD_LABEL -> {
        Supplier<String> label = fields.required("label", fields::name)::orElseThrow;
        yield () -> new AddLabel(header.get(), label.get());
      }
      case REMOVE_LABEL -> {
        Supplier<String> label = fields.required("label", fields::name)::orElseThrow;
        yield () -> new RemoveLabel(header.get(), label.get());
      }
      case COMPLIANCE_ACTION_STARTED -> {
        Supplier<String> action = fields.required("action", fields::name)::orElseThrow;
        yield () -> new ComplianceActionStarted(header.get(), action.get());
      }
      case COMPLIANCE_ACTION_CEASED -> {
        Supplier<String> action = fields.required("action", fields::name)::orElseThrow;
        yield () -> new ComplianceActionCeased(header.get(), action.get());
      }
      case REJECTED -> {
        Supplier<RejectionReason> reason =
            fields.required("reason", fields.oneOf(RejectionReason.class))::orElseThrow;
        yield () -> new Rejected(header.get(), reason.get());
      }
    };
  }

  private static Supplier<Effect> notifyDevice(
      Supplier<EffectHeader> header, Fields fields, Problems problems) {
    Supplier<RiskLevel> level = riskLevel(fields);
    Supplier<Response> response =
        fields.required("response", fields.oneOf(Response.class))::orElseThrow;
    Supplier<Message> message =
        fields.required("message", (at, node) -> message(at, node, problems))::orElseThrow;
    return () -> new NotifyDevice(header.get(), level.get(), response.get(), message.get());
  }

  private static Supplier<RiskLevel> riskLevel(Fields fields) {
    return fields.required("riskLevel", fields.oneOf(RiskLevel.class))::orElseThrow;
  }

  /** Texts that are rendered may be longer than the templates that they were made of. */
  private static Optional<Message> message(String path, Node node, Problems problems) {
    Fields fields = Fields.ofAny(path, node, problems);
    Fields.Reader<String> text = fields.textUpTo(MAX_BYTES);
    Optional<String> description = fields.required("description", text);
    Optional<String> howToFix = fields.required("howToFix", text);
    Optional<String> notice = fields.optional("notice", text);
    return description.flatMap(what -> howToFix.map(how -> new Message(what, how, notice)));
  }

  private static Supplier<EffectHeader> header(Effect.Type type, Fields fields, Problems problems) {
    boolean ofThreat = concernsThreat(type);
    Supplier<Instant> at = fields.required("at", fields::instant)::orElseThrow;
    Supplier<String> id = fields.required("id", fields::id)::orElseThrow;
    Optional<String> device = id("device", type != Effect.Type.REJECTED, fields);
    Optional<String> threat = id("threat", ofThreat, fields);
    Optional<String> classification = id("classification", ofThreat, fields);
    Supplier<Cause> cause =
        fields.required("cause", (path, node) -> cause(path, node, problems))::orElseThrow;
    Optional<PolicyBasis> basis = basis(ofThreat, fields);
    return () -> {
      EffectHeader.Builder header =
          EffectHeader.builder().at(at.get()).id(id.get()).cause(cause.get());
      device.ifPresent(header::device);
      threat.ifPresent(header::threat);
      classification.ifPresent(header::classification);
      basis.ifPresent(header::basis);
      return header.build();
    };
  }

  private static boolean concernsThreat(Effect.Type type) {
    return switch (type) {
      case NOTIFY_DEVICE,
          ISSUE_OPENED,
          ISSUE_UPDATED,
          ISSUE_RESOLVED,
          ISSUE_IGNORED,
          ISSUE_RESTORED,
          EMAIL_ADMINISTRATORS ->
          true;
      case BLOCK_DOMAINS,
          BLOCK_INTERNET,
          UNBLOCK,
          ADD_LABEL,
          REMOVE_LABEL,
          COMPLIANCE_ACTION_STARTED,
          COMPLIANCE_ACTION_CEASED,
          REJECTED ->
          false;
    };
  }

  private static Optional<String> id(String name, boolean required, Fields fields) {
    return required ? fields.required(name, fields::id) : fields.optional(name, fields::id);
  }

  private static Optional<Cause> cause(String path, Node node, Problems problems) {
    Fields fields = Fields.ofAny(path, node, problems);
    if (fields.has("event") && !fields.has("due")) {
      return fields.required("event", fields::longInteger).map(Cause.Event::new);
    }
    Optional<Boolean> due = fields.required("due", fields::bool);
    if (fields.has("event") || due.equals(Optional.of(false))) {
      problems.broken(path, node.place(), "is neither an event's number nor due: true");
      return Optional.empty();
    }
    return due.map(yes -> Cause.DUE);
  }

  private static Optional<PolicyBasis> basis(boolean ofThreat, Fields fields) {
    if (!ofThreat
        && !fields.has("rung")
        && !fields.has("policyGroup")
        && !fields.has("policyVersion")) {
      return Optional.empty();
    }
    Optional<Integer> rung = fields.required("rung", fields::count);
    Optional<String> group = fields.optional("policyGroup", fields::id);
    Optional<Integer> version = fields.required("policyVersion", fields::count);
    return rung.flatMap(number -> version.map(v -> new PolicyBasis(number, group, v)));
  }

  /**
   * {@return an effect as one line of JSON, without a line's end; the same effect gives the same
   * text}
   *
   * @param effect the effect to write
   */
  public static String write(Effect effect) {
    requireNonNull(effect, "effect");
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(line, JsonEncoding.UTF8)) {
      write(effect, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory has no I/O to fail
    }
    return line.toString(UTF_8);
  }

  static void write(Effect effect, JsonGenerator out) throws IOException {
    EffectHeader header = effect.header();
    out.writeStartObject();
    out.writeStringField("at", header.at().toString());
    out.writeStringField("id", header.id());
    out.writeStringField("type", effect.type().name());
    text("device", header.device(), out);
    text("threat", header.threat(), out);
    text("classification", header.classification(), out);
    details(effect, out);
    cause(header.cause(), out);
    if (header.basis().isPresent()) {
      basis(header.basis().get(), out);
    }
    out.writeEndObject();
  }

  private static void details(Effect effect, JsonGenerator out) throws IOException {
    if (effect instanceof NotifyDevice notify) {
      out.writeStringField("riskLevel", notify.riskLevel().name());
      out.writeStringField("response", notify.response().name());
      message(notify.message(), out);
    } else if (effect instanceof IssueOpened opened) {
      out.writeStringField("riskLevel", opened.riskLevel().name());
    } else if (effect instanceof IssueUpdated updated) {
      out.writeStringField("riskLevel", updated.riskLevel().name());
    } else if (effect instanceof IssueResolved resolved) {
      out.writeStringField("resolution", resolved.resolution().name());
    } else if (effect instanceof IssueIgnored ignored) {
      text("by", ignored.by(), out);
    } else if (effect instanceof IssueRestored restored) {
      text("by", restored.by(), out);
    } else if (effect instanceof EmailAdministrators email) {
      out.writeStringField("riskLevel", email.riskLevel().name());
      texts("recipients", email.recipients(), out);
    } else if (effect instanceof BlockDomains block) {
      texts("domains", block.domains(), out);
    } else if (effect instanceof AddLabel added) {
      out.writeStringField("label", added.label());
    } else if (effect instanceof RemoveLabel removed) {
      out.writeStringField("label", removed.label());
    } else if (effect instanceof ComplianceActionStarted started) {
      out.writeStringField("action", started.action());
    } else if (effect instanceof ComplianceActionCeased ceased) {
      out.writeStringField("action", ceased.action());
    } else if (effect instanceof Rejected rejected) {
      out.writeStringField("reason", rejected.reason().name());
    }
  }

  private static void message(Message message, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("message");
    out.writeStringField("description", message.description());
    out.writeStringField("howToFix", message.howToFix());
    text("notice", message.notice(), out);
    out.writeEndObject();
  }

  private static void cause(Cause cause, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("cause");
    if (cause instanceof Cause.Event event) {
      out.writeNumberField("event", event.number());
    } else {
      out.writeBooleanField("due", true);
    }
    out.writeEndObject();
  }

  private static void basis(PolicyBasis basis, JsonGenerator out) throws IOException {
    out.writeNumberField("rung", basis.rung());
    text("policyGroup", basis.policyGroup(), out);
    out.writeNumberField("policyVersion", basis.policyVersion());
  }

  private static void text(String name, Optional<String> value, JsonGenerator out)
      throws IOException {
    if (value.isPresent()) {
      out.writeStringField(name, value.get());
    }
  }

  private static void texts(String name, List<String> values, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }
}
