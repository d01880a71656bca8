package io.riskladder.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyPin;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.simulation.ConsideredGroup;
import io.riskladder.core.simulation.Explanation;
import io.riskladder.core.simulation.MdmChain;
import io.riskladder.core.simulation.NextStep;
import io.riskladder.core.simulation.NotHappening;
import io.riskladder.core.simulation.Stop;
import io.riskladder.core.simulation.ThreatExplanation;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** An explanation as JSON. */
final class ExplanationJson {
  private final JsonGenerator out;

  private ExplanationJson(JsonGenerator out) {
    this.out = out;
  }

  static void write(JsonGenerator out, Excerpt excerpt) throws IOException {
    new ExplanationJson(out).write(excerpt);
  }

  private void write(Excerpt excerpt) throws IOException {
    Explanation explanation = excerpt.explanation();
    EnrolledDevice device = explanation.device();
    out.writeStartObject();
    out.writeStringField("at", explanation.at().toString());
    out.writeStringField("device", device.id());
    out.writeStringField("platform", device.platform().name());
    out.writeStringField("group", device.group());
    out.writeBooleanField("connected", device.connected());
    desired(device.desired());
    Results.strings(out, "decisive", explanation.decisive());
    if (explanation.mdm().isPresent()) {
      chain(explanation.mdm().get());
    }
    facts(explanation.notHappening());
    out.writeArrayFieldStart("threats");
    for (ThreatExplanation threat : excerpt.threats()) {
      threat(threat);
    }
    out.writeEndArray();
    next(excerpt.next());
    out.writeEndObject();
  }

  private void desired(DesiredState desired) throws IOException {
    out.writeStringField("riskLevel", desired.risk().name());
    out.writeStringField("block", TimelineJson.block(desired.block()));
    Results.strings(out, "labels", desired.labels().values());
    Results.strings(out, "complianceActions", desired.complianceActions());
  }

  private void chain(MdmChain chain) throws IOException {
    out.writeObjectFieldStart("mdm");
    Results.strings(out, "labels", chain.labels());
    out.writeStringField("securityPolicy", chain.policy().name());
    out.writeNumberField("priority", chain.policy().priority());
    Results.strings(
        out, "violatedRules", chain.violated().stream().map(AppControlRule::name).toList());
    out.writeBooleanField("disallowed", chain.disallowed());
    Results.strings(
        out, "complianceActions", chain.actions().stream().map(ComplianceAction::name).toList());
    out.writeEndObject();
  }

  private void threat(ThreatExplanation threat) throws IOException {
    ThreatState state = threat.threat();
    out.writeStartObject();
    out.writeStringField("threat", state.id());
    out.writeStringField("classification", state.classification());
    out.writeStringField("riskLevel", threat.rung().riskLevel().name());
    out.writeStringField("response", threat.rung().response().name());
    out.writeNumberField("rung", state.rung());
    out.writeNumberField("rungs", threat.ladder().rungs().size());
    out.writeStringField("since", threat.since().toString());
    out.writeStringField("issue", state.issue().name());
    out.writeNumberField("policyVersion", threat.policyVersion());
    if (threat.pin().isPresent()) {
      PolicyPin pin = threat.pin().get();
      out.writeStringField("pinnedToGroup", pin.group());
    }
    if (threat.ladder().policyGroup().isPresent()) {
      out.writeStringField("policyGroup", threat.ladder().policyGroup().get());
    }
    out.writeArrayFieldStart("considered");
    for (ConsideredGroup group : threat.considered()) {
      out.writeStartObject();
      out.writeStringField("group", group.group());
      out.writeStringField("verdict", group.verdict().name());
      out.writeEndObject();
    }
    out.writeEndArray();
    if (threat.told().isPresent()) {
      out.writeObjectFieldStart("told");
      out.writeStringField("at", threat.told().get().at().toString());
      out.writeFieldName("message");
      TimelineJson.message(out, threat.told().get().message());
      out.writeEndObject();
    }
    if (threat.next().isPresent()) {
      out.writeObjectFieldStart("next");
      out.writeStringField("at", state.nextDue().orElseThrow().toString());
      out.writeStringField("riskLevel", threat.next().get().riskLevel().name());
      out.writeStringField("response", threat.next().get().response().name());
      out.writeEndObject();
    }
    Results.strings(out, "stops", threat.stops().stream().map(Stop::name).toList());
    facts(threat.notHappening());
    out.writeEndObject();
  }

  private void facts(List<NotHappening> facts) throws IOException {
    out.writeArrayFieldStart("notHappening");
    for (NotHappening fact : facts) {
      out.writeStartObject();
      out.writeStringField("fact", kind(fact));
      out.writeStringField("sentence", fact.sentence());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** {@return the name of the fact's type as documents write names: NO_LABEL} */
  private static String kind(NotHappening fact) {
    return fact.getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .toUpperCase(Locale.ROOT);
  }

  private void next(List<NextStep> steps) throws IOException {
    out.writeArrayFieldStart("next");
    for (NextStep step : steps) {
      out.writeStartObject();
      out.writeStringField("at", step.at().toString());
      out.writeArrayFieldStart("effects");
      for (Effect effect : step.effects()) {
        EffectJson.write(out, effect);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
