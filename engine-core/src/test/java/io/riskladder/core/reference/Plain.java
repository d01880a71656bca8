package io.riskladder.core.reference;

import io.riskladder.core.device.Cause;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.DeviceMoved;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.IssueRestored;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatEncountered;
import io.riskladder.core.device.DeviceEvent.ThreatEvent;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.Effect.AddLabel;
import io.riskladder.core.device.Effect.BlockDomains;
import io.riskladder.core.device.Effect.ComplianceActionCeased;
import io.riskladder.core.device.Effect.ComplianceActionStarted;
import io.riskladder.core.device.Effect.EmailAdministrators;
import io.riskladder.core.device.Effect.IssueOpened;
import io.riskladder.core.device.Effect.IssueResolved;
import io.riskladder.core.device.Effect.IssueUpdated;
import io.riskladder.core.device.Effect.NotifyDevice;
import io.riskladder.core.device.Effect.Rejected;
import io.riskladder.core.device.Effect.RemoveLabel;
import io.riskladder.core.device.EffectHeader;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.threat.Classification;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Policies, events and effects as the plain maps and lists that {@link ReferenceModel} speaks. */
final class Plain {
  private Plain() {}

  private static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      Object plain = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      if (plain != null) {
        map.put((String) namesAndValues[i], plain instanceof Enum<?> word ? word.name() : plain);
      }
    }
    return map;
  }

  private static <T> List<Object> list(Collection<T> values, Function<T, Object> plain) {
    List<Object> list = new ArrayList<>();
    values.forEach(value -> list.add(plain.apply(value)));
    return list;
  }

  static List<Map<String, Object>> catalogue(Collection<Classification> classifications) {
    return classifications.stream().map(Plain::classification).toList();
  }

  static Map<String, Object> policy(PolicySet set) {
    return map(
        "version", 1,
        "timeZone", set.timeZone().getId(),
        "classifications", list(set.classifications(), Plain::classification),
        "groups", list(set.groups(), Plain::group),
        "administrators",
            list(
                set.administrators(),
                a -> map("email", a.email(), "notify", list(a.notifyLevels(), Enum::name))),
        "labels", labels(set),
        "riskResponse",
            set.riskResponse()
                .map(r -> r instanceof RiskResponsePlan plan ? plan(plan) : "standard"));
  }

  private static Map<String, Object> classification(Classification own) {
    return map(
        "id", own.id(),
        "displayName", own.displayName(),
        "threatType", own.threatType(),
        "riskLevel", own.riskLevel(),
        "response", own.response());
  }

  private static Map<String, Object> group(DeviceGroup group) {
    Map<String, Object> policies = new LinkedHashMap<>();
    group.policies().forEach((id, policy) -> policies.put(id, classificationPolicy(policy)));
    return map(
        "id", group.id(),
        "name", group.name(),
        "parent", group.parent(),
        "onDeviceThreatProtection",
            group
                .onDeviceThreatProtection()
                .map(p -> map("enabled", p.enabled(), "blockedDomains", p.blockedDomains())),
        "defaultNotice", group.defaultNotice().map(Object::toString),
        "policies", policies);
  }

  private static Map<String, Object> classificationPolicy(ClassificationPolicy policy) {
    return map(
        "riskLevel", policy.riskLevel(),
        "response", policy.response(),
        "message", policy.message().map(Plain::message),
        "escalations", list(policy.escalations(), Plain::escalation));
  }

  private static Map<String, Object> escalation(Escalation escalation) {
    return map(
        "after", escalation.after().toString(),
        "riskLevel", escalation.riskLevel(),
        "response", escalation.response(),
        "message", escalation.message().map(Plain::message));
  }

  private static Map<String, Object> message(CustomMessage message) {
    return map(
        "description", message.description().source(), "howToFix", message.howToFix().source());
  }

  private static Map<String, Object> labels(PolicySet set) {
    Map<String, Object> labels = new LinkedHashMap<>();
    for (LabelState state : LabelState.values()) {
      labels.put(state.name(), set.labels().name(state).orElse(null));
    }
    return labels;
  }

  private static Map<String, Object> plan(RiskResponsePlan plan) {
    return map(
        "appControlRules",
            list(
                plan.appControlRules(),
                r ->
                    map(
                        "name", r.name(),
                        "type", r.type(),
                        "app", r.app(),
                        "platform", r.platform())),
        "complianceActions", list(plan.complianceActions(), a -> map("name", a.name())),
        "securityPolicies", list(plan.securityPolicies(), Plain::securityPolicy));
  }

  private static Map<String, Object> securityPolicy(SecurityPolicy policy) {
    return map(
        "name", policy.name(),
        "status", policy.status(),
        "priority", policy.priority(),
        "labels", List.copyOf(policy.labels()),
        "accessControl",
            policy
                .accessControl()
                .map(
                    c ->
                        map(
                            "complianceAction", c.complianceAction(),
                            "enabledRules", c.enabledRules())),
        "disallowedDevices",
            policy
                .disallowedDevices()
                .map(
                    d ->
                        map(
                            "complianceAction", d.complianceAction(),
                            "allIosDevices", d.allIosDevices())));
  }

  static Map<String, Object> event(History.Step step, String at) {
    if (step instanceof History.OfDevice ofDevice) {
      Map<String, Object> plain =
          map("at", at, "type", type(ofDevice.event()), "device", ofDevice.device());
      if (ofDevice.event() instanceof ThreatEvent event) {
        plain.put("threat", event.threat());
      }
      plain.putAll(further(ofDevice.event()));
      return plain;
    } else if (step instanceof History.ChangePolicy change) {
      return map("at", at, "type", "POLICY_CHANGED", "mode", change.mode());
    }
    return map("at", at, "type", "CLOCK");
  }

  private static Map<String, Object> further(DeviceEvent event) {
    if (event instanceof DeviceEnrolled enrolled) {
      return map(
          "group", enrolled.group(),
          "platform", enrolled.platform(),
          "installedApps", List.copyOf(enrolled.installedApps()));
    } else if (event instanceof DeviceMoved moved) {
      return map("group", moved.group());
    } else if (event instanceof ThreatDetected detected) {
      return map("classification", detected.classification());
    } else if (event instanceof ThreatEncountered encountered) {
      return map("classification", encountered.classification());
    } else if (event instanceof IssueIgnored ignored) {
      return map("by", ignored.by());
    } else if (event instanceof IssueRestored restored) {
      return map("by", restored.by());
    }
    return map();
  }

  private static String type(DeviceEvent event) {
    return event
        .getClass()
        .getSimpleName()
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toUpperCase(Locale.ROOT);
  }

  /** {@return the effect, with all its fields but the id} */
  static Map<String, Object> effect(Effect effect) {
    EffectHeader header = effect.header();
    Map<String, Object> plain =
        map(
            "at", header.at().toString(),
            "type", effect.type(),
            "device", header.device(),
            "threat", header.threat(),
            "classification", header.classification());
    plain.putAll(details(effect));
    plain.put(
        "cause",
        header.cause() instanceof Cause.Event event
            ? map("event", (int) event.number())
            : map("due", true));
    header
        .basis()
        .ifPresent(
            basis ->
                plain.putAll(
                    map(
                        "rung", basis.rung(),
                        "policyGroup", basis.policyGroup(),
                        "policyVersion", basis.policyVersion())));
    return plain;
  }

  private static Map<String, Object> details(Effect effect) {
    if (effect instanceof NotifyDevice notify) {
      return map(
          "riskLevel", notify.riskLevel(),
          "response", notify.response(),
          "message",
              map(
                  "description", notify.message().description(),
                  "howToFix", notify.message().howToFix(),
                  "notice", notify.message().notice()));
    } else if (effect instanceof IssueOpened opened) {
      return map("riskLevel", opened.riskLevel());
    } else if (effect instanceof IssueUpdated updated) {
      return map("riskLevel", updated.riskLevel());
    } else if (effect instanceof IssueResolved resolved) {
      return map("resolution", resolved.resolution());
    } else if (effect instanceof Effect.IssueIgnored ignored) {
      return map("by", ignored.by());
    } else if (effect instanceof Effect.IssueRestored restored) {
      return map("by", restored.by());
    } else if (effect instanceof EmailAdministrators email) {
      return map("riskLevel", email.riskLevel(), "recipients", email.recipients());
    } else if (effect instanceof BlockDomains block) {
      return map("domains", block.domains());
    } else if (effect instanceof AddLabel added) {
      return map("label", added.label());
    } else if (effect instanceof RemoveLabel removed) {
      return map("label", removed.label());
    } else if (effect instanceof ComplianceActionStarted started) {
      return map("action", started.action());
    } else if (effect instanceof ComplianceActionCeased ceased) {
      return map("action", ceased.action());
    } else if (effect instanceof Rejected rejected) {
      return map("reason", rejected.reason());
    }
    return map();
  }
}
