package io.riskladder.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.riskladder.core.device.Effect;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.simulation.Consequences;
import io.riskladder.core.simulation.DeviceSet;
import io.riskladder.core.simulation.Forecast;
import io.riskladder.core.simulation.ForecastDay;
import io.riskladder.core.simulation.Impact;
import io.riskladder.core.simulation.PolicyChange;
import io.riskladder.core.simulation.RowImpact;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** An impact as JSON, with the devices behind every count. */
final class ImpactJson {
  private final JsonGenerator out;

  private ImpactJson(JsonGenerator out) {
    this.out = out;
  }

  static void write(JsonGenerator out, Impact impact, Forecast forecast, List<String> kept)
      throws IOException {
    new ImpactJson(out).write(impact, forecast, kept);
  }

  private void write(Impact impact, Forecast forecast, List<String> kept) throws IOException {
    out.writeStartObject();
    out.writeStringField("at", impact.at().toString());
    out.writeStringField("mode", impact.mode().name());
    out.writeNumberField("fleetSize", impact.fleetSize());
    if (impact.misfit().isPresent()) {
      out.writeStringField("misfit", impact.misfit().get());
    }
    out.writeArrayFieldStart("rows");
    for (RowImpact row : impact.rows()) {
      row(row);
    }
    out.writeEndArray();
    Results.strings(out, "kept", kept);
    Results.strings(
        out,
        "otherChanges",
        impact.change().others().stream().map(PolicyChange.Other::name).toList());
    out.writeFieldName("total");
    consequences(impact.total());
    devices("dueAtOnce", impact.dueAtOnce());
    out.writeObjectFieldStart("forecast");
    days("present", forecast.present());
    days("proposed", forecast.proposed());
    out.writeEndObject();
    out.writeEndObject();
  }

  private void row(RowImpact row) throws IOException {
    out.writeStartObject();
    if (row.row().group().isPresent()) {
      out.writeStringField("group", row.row().group().get());
    }
    out.writeStringField("classification", row.row().classification());
    out.writeStringField("kind", row.row().kind().name());
    Results.strings(out, "groups", row.groups());
    devices("devices", row.devices());
    devices("threatened", row.threatened());
    out.writeNumberField("threats", row.threats());
    out.writeFieldName("consequences");
    consequences(row.consequences());
    out.writeEndObject();
  }

  private void consequences(Consequences consequences) throws IOException {
    out.writeStartObject();
    devices("raised", consequences.raised());
    devices("lowered", consequences.lowered());
    devices("newlyBlocked", consequences.newlyBlocked());
    devices("freed", consequences.freed());
    devices("otherwiseBlocked", consequences.otherwiseBlocked());
    devices("relabelled", consequences.relabelled());
    byName("labelsAdded", consequences.labelsAdded());
    byName("labelsRemoved", consequences.labelsRemoved());
    byName("actionsStarted", consequences.actionsStarted());
    byName("actionsCeased", consequences.actionsCeased());
    byName("actionsAltered", consequences.actionsAltered());
    out.writeObjectFieldStart("effects");
    for (Map.Entry<Effect.Type, Integer> effect : consequences.effects().entrySet()) {
      out.writeNumberField(effect.getKey().name(), effect.getValue());
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void byName(String field, Map<String, DeviceSet> byName) throws IOException {
    out.writeObjectFieldStart(field);
    for (Map.Entry<String, DeviceSet> action : byName.entrySet()) {
      devices(action.getKey(), action.getValue());
    }
    out.writeEndObject();
  }

  private void devices(String field, DeviceSet devices) throws IOException {
    Results.strings(out, field, devices.ids());
  }

  private void days(String field, List<ForecastDay> days) throws IOException {
    out.writeArrayFieldStart(field);
    for (ForecastDay day : days) {
      out.writeStartObject();
      out.writeNumberField("day", day.number());
      out.writeStringField("at", day.at().toString());
      out.writeObjectFieldStart("devices");
      for (RiskLevel level : RiskLevel.values()) {
        out.writeNumberField(level.name(), day.devices().getOrDefault(level, 0));
      }
      out.writeEndObject();
      out.writeNumberField("domainsBlocked", day.domainsBlocked());
      out.writeNumberField("internetBlocked", day.internetBlocked());
      out.writeNumberField("notifications", day.notifications());
      out.writeNumberField("mails", day.mails());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
