package io.riskladder.mdm.document;

import com.fasterxml.jackson.core.JsonGenerator;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.threat.Classification;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Writes a policy set, leaving out what is as it would be anyway. */
final class PolicyWriter {
  private static final ZoneId UTC = ZoneId.of("UTC");

  /** Writes one value. */
  private interface Writer<T> {
    void write(T value) throws IOException;
  }

  private final JsonGenerator out;

  PolicyWriter(JsonGenerator out) {
    this.out = out;
  }

  void write(PolicySet set) throws IOException {
    out.writeStartObject();
    out.writeNumberField("version", 1);
    text("name", set.name());
    if (!set.timeZone().equals(UTC)) {
      out.writeStringField("timeZone", set.timeZone().getId());
    }
    objects("classifications", set.classifications(), this::classification);
    out.writeArrayFieldStart("groups");
    for (DeviceGroup group : set.groups()) {
      object(group, this::group);
    }
    out.writeEndArray();
    objects("administrators", set.administrators(), this::administrator);
    labels(set.labels().changesToDefaults());
    if (set.riskResponse().isPresent()) {
      riskResponse(set.riskResponse().get());
    }
    out.writeEndObject();
  }

  private <T> void object(T value, Writer<T> fields) throws IOException {
    out.writeStartObject();
    fields.write(value);
    out.writeEndObject();
  }

  private <T> void object(String name, Optional<T> value, Writer<T> fields) throws IOException {
    if (value.isPresent()) {
      out.writeFieldName(name);
      object(value.get(), fields);
    }
  }

  private <T> void objects(String name, Collection<T> values, Writer<T> fields) throws IOException {
    if (!values.isEmpty()) {
      out.writeArrayFieldStart(name);
      for (T value : values) {
        object(value, fields);
      }
      out.writeEndArray();
    }
  }

  private void texts(String name, Collection<?> values) throws IOException {
    out.writeArrayFieldStart(name);
    for (Object value : values) {
      out.writeString(value.toString());
    }
    out.writeEndArray();
  }

  private void text(String name, Optional<?> value) throws IOException {
    if (value.isPresent()) {
      out.writeStringField(name, value.get().toString());
    }
  }

  private void flag(String name, boolean value) throws IOException {
    if (value) {
      out.writeBooleanField(name, true);
    }
  }

  private void classification(Classification own) throws IOException {
    out.writeStringField("id", own.id());
    out.writeStringField("displayName", own.displayName());
    out.writeStringField("threatType", own.threatType().name());
    out.writeStringField("riskLevel", own.riskLevel().name());
    out.writeStringField("response", own.response().name());
    flag("urgent", own.urgent());
    flag("fixNeedsInternet", own.fixNeedsInternet());
  }

  private void group(DeviceGroup group) throws IOException {
    out.writeStringField("id", group.id());
    text("name", Optional.of(group.name()).filter(name -> !name.equals(group.id())));
    text("parent", group.parent());
    object("onDeviceThreatProtection", group.onDeviceThreatProtection(), this::protection);
    text("defaultNotice", group.defaultNotice());
    if (!group.policies().isEmpty()) {
      out.writeObjectFieldStart("policies");
      for (Map.Entry<String, ClassificationPolicy> policy : group.policies().entrySet()) {
        out.writeFieldName(policy.getKey());
        object(policy.getValue(), this::policy);
      }
      out.writeEndObject();
    }
  }

  private void protection(OnDeviceThreatProtection protection) throws IOException {
    out.writeBooleanField("enabled", protection.enabled());
    if (!protection.blockedDomains().isEmpty()) {
      texts("blockedDomains", protection.blockedDomains());
    }
  }

  private void policy(ClassificationPolicy policy) throws IOException {
    out.writeStringField("riskLevel", policy.riskLevel().name());
    out.writeStringField("response", policy.response().name());
    object("message", policy.message(), this::message);
    objects("escalations", policy.escalations(), this::escalation);
  }

  private void escalation(Escalation escalation) throws IOException {
    out.writeStringField("after", period(escalation.after()));
    out.writeStringField("riskLevel", escalation.riskLevel().name());
    out.writeStringField("response", escalation.response().name());
    object("message", escalation.message(), this::message);
  }

  /** {@return the period with its days, which its own text form gives as hours} */
  private static String period(Duration wait) {
    long days = wait.toDays();
    Duration rest = wait.minusDays(days);
    if (days == 0) {
      return wait.toString();
    }
    return "P" + days + "D" + (rest.isZero() ? "" : rest.toString().substring(1));
  }

  private void message(CustomMessage message) throws IOException {
    out.writeStringField("description", message.description().source());
    out.writeStringField("howToFix", message.howToFix().source());
  }

  private void administrator(Administrator administrator) throws IOException {
    out.writeStringField("email", administrator.email());
    texts("notify", administrator.notifyLevels());
  }

  private void labels(Map<LabelState, Optional<String>> changes) throws IOException {
    if (changes.isEmpty()) {
      return;
    }
    out.writeObjectFieldStart("labels");
    for (Map.Entry<LabelState, Optional<String>> change : changes.entrySet()) {
      out.writeFieldName(change.getKey().name());
      if (change.getValue().isPresent()) {
        out.writeString(change.getValue().get());
      } else {
        out.writeNull();
      }
    }
    out.writeEndObject();
  }

  private void riskResponse(RiskResponse response) throws IOException {
    if (response instanceof RiskResponsePlan plan) {
      out.writeFieldName("riskResponse");
      object(plan, this::plan);
    } else {
      out.writeStringField("riskResponse", "standard");
    }
  }

  private void plan(RiskResponsePlan plan) throws IOException {
    objects("appControlRules", plan.appControlRules(), this::rule);
    objects("complianceActions", plan.complianceActions(), this::action);
    objects("securityPolicies", plan.securityPolicies(), this::securityPolicy);
  }

  private void rule(AppControlRule rule) throws IOException {
    out.writeStringField("name", rule.name());
    out.writeStringField("type", rule.type().name());
    out.writeStringField("app", rule.app());
    out.writeStringField("platform", rule.platform().name());
  }

  private void action(ComplianceAction action) throws IOException {
    out.writeStringField("name", action.name());
    flag("sendAlert", action.sendAlert());
    flag("blockAccess", action.blockAccess());
    flag("quarantine", action.quarantine());
  }

  private void securityPolicy(SecurityPolicy policy) throws IOException {
    out.writeStringField("name", policy.name());
    out.writeStringField("status", policy.status().name());
    out.writeNumberField("priority", policy.priority());
    texts("labels", policy.labels());
    object("accessControl", policy.accessControl(), this::accessControl);
    object("disallowedDevices", policy.disallowedDevices(), this::disallowedDevices);
  }

  private void accessControl(SecurityPolicy.AccessControl control) throws IOException {
    out.writeStringField("complianceAction", control.complianceAction());
    if (!control.enabledRules().isEmpty()) {
      texts("enabledRules", control.enabledRules());
    }
  }

  private void disallowedDevices(SecurityPolicy.DisallowedDevices disallowed) throws IOException {
    out.writeStringField("complianceAction", disallowed.complianceAction());
    out.writeBooleanField("allIosDevices", disallowed.allIosDevices());
  }
}
