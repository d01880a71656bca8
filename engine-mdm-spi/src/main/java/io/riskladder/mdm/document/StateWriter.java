package io.riskladder.mdm.document;

import com.fasterxml.jackson.core.JsonGenerator;
import io.riskladder.core.device.Block;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyPin;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.risk.BlockStrength;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Writes a device's state, leaving out what is not there. */
final class StateWriter {
  private final JsonGenerator out;

  StateWriter(JsonGenerator out) {
    this.out = out;
  }

  void write(EnrolledDevice device) throws IOException {
    out.writeStartObject();
    out.writeNumberField("format", StateDocuments.FORMAT);
    out.writeStringField("device", device.id());
    out.writeStringField("group", device.group());
    out.writeStringField("platform", device.platform().name());
    texts("installedApps", new TreeSet<>(device.installedApps()));
    out.writeBooleanField("connected", device.connected());
    threats(device.openThreats());
    desired(device.desired());
    out.writeNumberField("policyVersion", device.policyVersion());
    out.writeStringField("lastSeen", device.lastSeen().toString());
    out.writeEndObject();
  }

  private void threats(Collection<ThreatState> threats) throws IOException {
    if (!threats.isEmpty()) {
      out.writeArrayFieldStart("threats");
      for (ThreatState threat : threats) {
        threat(threat);
      }
      out.writeEndArray();
    }
  }

  private void threat(ThreatState threat) throws IOException {
    out.writeStartObject();
    out.writeStringField("threat", threat.id());
    out.writeStringField("classification", threat.classification());
    out.writeNumberField("rung", threat.rung());
    out.writeStringField("entered", threat.entered().toString());
    if (threat.nextDue().isPresent()) {
      out.writeStringField("nextDue", threat.nextDue().get().toString());
    }
    out.writeStringField("issue", threat.issue().name());
    if (threat.pin().isPresent()) {
      pin(threat.pin().get());
    }
    out.writeEndObject();
  }

  private void pin(PolicyPin pin) throws IOException {
    out.writeObjectFieldStart("pin");
    out.writeStringField("policyGroup", pin.group());
    out.writeNumberField("policyVersion", pin.version());
    out.writeEndObject();
  }

  private void desired(DesiredState desired) throws IOException {
    out.writeObjectFieldStart("desired");
    out.writeStringField("riskLevel", desired.risk().name());
    block(desired.block());
    labels(desired.labels());
    texts("complianceActions", desired.complianceActions());
    out.writeEndObject();
  }

  private void block(Block block) throws IOException {
    if (block instanceof Block.Domains some) {
      out.writeStringField("block", BlockStrength.DOMAINS.name());
      array("domains", some.domains());
    } else {
      boolean internet = block instanceof Block.Internet;
      out.writeStringField(
          "block", (internet ? BlockStrength.INTERNET : BlockStrength.NONE).name());
    }
  }

  private void labels(Map<LabelState.Family, String> labels) throws IOException {
    if (!labels.isEmpty()) {
      out.writeObjectFieldStart("labels");
      for (LabelState.Family family : LabelState.Family.values()) {
        Optional<String> label = Optional.ofNullable(labels.get(family));
        if (label.isPresent()) {
          out.writeStringField(family.name(), label.get());
        }
      }
      out.writeEndObject();
    }
  }

  private void texts(String name, Collection<String> values) throws IOException {
    if (!values.isEmpty()) {
      array(name, values);
    }
  }

  private void array(String name, Collection<String> values) throws IOException {
    out.writeArrayFieldStart(name);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }
}
