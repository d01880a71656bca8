package io.riskladder.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.riskladder.core.device.Block;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.Message;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.simulation.Restriction;
import io.riskladder.core.simulation.Stage;
import io.riskladder.core.simulation.Timeline;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** A timeline as JSON. */
final class TimelineJson {
  private final JsonGenerator out;

  private TimelineJson(JsonGenerator out) {
    this.out = out;
  }

  static void write(JsonGenerator out, Timeline timeline) throws IOException {
    new TimelineJson(out).write(timeline);
  }

  private void write(Timeline timeline) throws IOException {
    out.writeStartObject();
    out.writeStringField("group", timeline.group());
    out.writeStringField("classification", timeline.classification().id());
    if (timeline.policyGroup().isPresent()) {
      out.writeStringField("policyGroup", timeline.policyGroup().get());
    }
    out.writeStringField("timeZone", timeline.timeZone().getId());
    out.writeStringField("from", timeline.from().toString());
    out.writeArrayFieldStart("stages");
    for (Stage stage : timeline.stages()) {
      stage(stage);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("restrictions");
    for (Restriction restriction : timeline.restrictions()) {
      out.writeStartObject();
      out.writeStringField("kind", restriction.kind().name());
      out.writeStringField("since", restriction.since().toString());
      if (restriction.until().isPresent()) {
        out.writeStringField("until", restriction.until().get().toString());
      }
      Results.strings(
          out, "platforms", restriction.platforms().stream().map(Platform::name).toList());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void stage(Stage stage) throws IOException {
    out.writeStartObject();
    out.writeNumberField("rung", stage.rung());
    out.writeStringField("at", stage.at().toString());
    if (stage.until().isPresent()) {
      out.writeStringField("until", stage.until().get().toString());
    }
    out.writeStringField("riskLevel", stage.riskLevel().name());
    out.writeStringField("response", stage.response().name());
    if (stage.message().isPresent()) {
      out.writeFieldName("message");
      message(out, stage.message().get());
    }
    out.writeStringField("block", block(stage.block()));
    out.writeBooleanField("blockFallsAway", stage.blockFallsAway());
    Results.strings(out, "labels", stage.labels());
    Results.strings(out, "recipients", stage.mailed());
    actions("actionsStarted", stage.actionsStarted());
    actions("actionsCeased", stage.actionsCeased());
    actions("complianceActions", stage.complianceActions());
    out.writeArrayFieldStart("effects");
    for (Effect effect : stage.effects()) {
      EffectJson.write(out, effect);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  static void message(JsonGenerator out, Message message) throws IOException {
    out.writeStartObject();
    out.writeStringField("description", message.description());
    out.writeStringField("howToFix", message.howToFix());
    if (message.notice().isPresent()) {
      out.writeStringField("notice", message.notice().get());
    }
    out.writeEndObject();
  }

  static String block(Block block) {
    if (block instanceof Block.Domains) {
      return "DOMAINS";
    }
    return block instanceof Block.Internet ? "INTERNET" : "NONE";
  }

  private void actions(String field, Map<Platform, SortedSet<String>> byPlatform)
      throws IOException {
    out.writeObjectFieldStart(field);
    for (Map.Entry<Platform, SortedSet<String>> entry : byPlatform.entrySet()) {
      Results.strings(out, entry.getKey().name(), List.copyOf(entry.getValue()));
    }
    out.writeEndObject();
  }
}
