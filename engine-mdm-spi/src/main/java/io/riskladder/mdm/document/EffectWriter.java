package io.riskladder.mdm.document;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.riskladder.core.device.Cause;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.Effect.AddLabel;
import io.riskladder.core.device.Effect.BlockDomains;
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
import io.riskladder.core.device.EffectHeader;
import io.riskladder.core.device.Message;
import io.riskladder.core.device.PolicyBasis;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Writes effects to a stream as JSON, one object a line, in UTF-8 (documents, effects). The same
 * effects give the same bytes. Not safe for use by several threads.
 */
public final class EffectWriter implements Closeable, Flushable {
  private final JsonGenerator out;

  /**
   * A writer to a stream.
   *
   * @param stream where to write; closed with the writer
   * @throws IOException if the stream cannot be written
   */
  public EffectWriter(OutputStream stream) throws IOException {
    JsonFactory json = new JsonFactory().setRootValueSeparator("");
    this.out = json.createGenerator(requireNonNull(stream, "stream"), JsonEncoding.UTF8);
    out.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  /**
   * Writes one effect and the line's end; it may stay in a buffer.
   *
   * @param effect the effect to write
   * @throws IOException if the stream cannot be written
   */
  public void write(Effect effect) throws IOException {
    EffectHeader header = effect.header();
    out.writeStartObject();
    out.writeStringField("at", header.at().toString());
    out.writeStringField("id", header.id());
    out.writeStringField("type", effect.type().name());
    text("device", header.device());
    text("threat", header.threat());
    text("classification", header.classification());
    details(effect);
    cause(header.cause());
    if (header.basis().isPresent()) {
      basis(header.basis().get());
    }
    out.writeEndObject();
    out.writeRaw('\n');
  }

  private void details(Effect effect) throws IOException {
    if (effect instanceof NotifyDevice notify) {
      out.writeStringField("riskLevel", notify.riskLevel().name());
      out.writeStringField("response", notify.response().name());
      message(notify.message());
    } else if (effect instanceof IssueOpened opened) {
      out.writeStringField("riskLevel", opened.riskLevel().name());
    } else if (effect instanceof IssueUpdated updated) {
      out.writeStringField("riskLevel", updated.riskLevel().name());
    } else if (effect instanceof IssueResolved resolved) {
      out.writeStringField("resolution", resolved.resolution().name());
    } else if (effect instanceof IssueIgnored ignored) {
      text("by", ignored.by());
    } else if (effect instanceof IssueRestored restored) {
      text("by", restored.by());
    } else if (effect instanceof EmailAdministrators email) {
      out.writeStringField("riskLevel", email.riskLevel().name());
      texts("recipients", email.recipients());
    } else if (effect instanceof BlockDomains block) {
      texts("domains", block.domains());
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

  private void message(Message message) throws IOException {
    out.writeObjectFieldStart("message");
    out.writeStringField("description", message.description());
    out.writeStringField("howToFix", message.howToFix());
    text("notice", message.notice());
    out.writeEndObject();
  }

  private void cause(Cause cause) throws IOException {
    out.writeObjectFieldStart("cause");
    if (cause instanceof Cause.Event event) {
      out.writeNumberField("event", event.number());
    } else {
      out.writeBooleanField("due", true);
    }
    out.writeEndObject();
  }

  private void basis(PolicyBasis basis) throws IOException {
    out.writeNumberField("rung", basis.rung());
    text("policyGroup", basis.policyGroup());
    out.writeNumberField("policyVersion", basis.policyVersion());
  }

  private void text(String name, Optional<String> value) throws IOException {
    if (value.isPresent()) {
      out.writeStringField(name, value.get());
    }
  }

  private void texts(String name, List<String> values) throws IOException {
    out.writeArrayFieldStart(name);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
