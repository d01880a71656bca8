package io.riskladder.core;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.riskladder.core.device.Effect;
import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Classification;
import io.riskladder.core.threat.ThreatType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.function.Executable;

/** Short ways to the values that tests need, and a short way to write down effects. */
public final class Fixtures {
  /** The instant at which most stories begin. */
  public static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");

  /** The classification that most ladders are for. */
  public static final String OS = "OUT_OF_DATE_OS";

  /** The group that most devices are in: the root. */
  public static final String ROOT = "default";

  private Fixtures() {}

  /** {@return so many days of 24 hours after T0} */
  public static Instant day(int days) {
    return T0.plus(Duration.ofDays(days));
  }

  /** {@return a set of these groups and nothing else} */
  public static PolicySet.Builder setOf(DeviceGroup... groups) {
    return PolicySet.builder().addGroups(groups);
  }

  /** {@return a set of the root alone, with one policy} */
  public static PolicySet.Builder setWith(String classification, ClassificationPolicy policy) {
    return setOf(root().putPolicy(classification, policy).build());
  }

  /** {@return the root group} */
  public static DeviceGroup.Builder root() {
    return DeviceGroup.builder().id(ROOT);
  }

  /** {@return a group below another} */
  public static DeviceGroup.Builder group(String id, String parent) {
    return DeviceGroup.builder().id(id).parent(parent);
  }

  /** {@return a policy without messages} */
  public static ClassificationPolicy policy(
      RiskLevel level, Response response, Escalation... escalations) {
    return ClassificationPolicy.builder()
        .riskLevel(level)
        .response(response)
        .addEscalations(escalations)
        .build();
  }

  /** {@return the same policy with a message on its base} */
  public static ClassificationPolicy saying(String text, ClassificationPolicy policy) {
    return ClassificationPolicy.builder().from(policy).message(message(text)).build();
  }

  /** {@return an escalation without a message} */
  public static Escalation after(int days, RiskLevel level, Response response) {
    return Escalation.builder()
        .after(Duration.ofDays(days))
        .riskLevel(level)
        .response(response)
        .build();
  }

  /** {@return the same escalation with a message} */
  public static Escalation saying(String text, Escalation escalation) {
    return Escalation.builder().from(escalation).message(message(text)).build();
  }

  /** {@return an escalation that alerts and does nothing else} */
  public static Escalation alertAfter(int days, RiskLevel level) {
    return after(days, level, Response.ALERT_DEVICE);
  }

  /** {@return a message whose second section is the first with a mark} */
  public static CustomMessage message(String text) {
    return CustomMessage.of(text, "fix: " + text);
  }

  /** {@return on-device threat protection that is on, with these domains} */
  public static OnDeviceThreatProtection blocking(String... domains) {
    return new OnDeviceThreatProtection(true, List.of(domains));
  }

  /** {@return a classification of a tenant's own, about a device's configuration} */
  public static Classification own(String id, RiskLevel level, Response response) {
    return classified(id, ThreatType.CONFIGURATION, level, response);
  }

  /** {@return a classification of a tenant's own} */
  public static Classification classified(
      String id, ThreatType type, RiskLevel level, Response response) {
    return Classification.builder()
        .id(id)
        .displayName("The " + id)
        .threatType(type)
        .riskLevel(level)
        .response(response)
        .build();
  }

  /** {@return an administrator who wants mail for these levels} */
  public static Administrator admin(String email, RiskLevel... levels) {
    return new Administrator(email, Set.of(levels));
  }

  /** {@return ADVISORY, then weekly LOW, MEDIUM and HIGH, where the domains are blocked} */
  public static ClassificationPolicy weekly() {
    return policy(
        RiskLevel.ADVISORY,
        Response.ALERT_DEVICE,
        alertAfter(7, RiskLevel.LOW),
        alertAfter(7, RiskLevel.MEDIUM),
        after(7, RiskLevel.HIGH, Response.BLOCK_DOMAINS_AND_ALERT));
  }

  /** {@return a text of so many characters} */
  public static String characters(int length) {
    return "x".repeat(length);
  }

  /** {@return the message with which an argument is refused} */
  public static String refusal(Executable construction) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, construction).getMessage());
  }

  /** {@return effects in short: type, threat and what the type adds, messages left out} */
  public static List<String> shortly(List<Effect> effects) {
    return effects.stream().map(Fixtures::shortly).toList();
  }

  private static String shortly(Effect effect) {
    String threat = effect.header().threat().map(id -> " " + id).orElse("");
    return effect.type() + threat + details(effect);
  }

  private static String details(Effect effect) {
    if (effect instanceof Effect.NotifyDevice e) {
      return " " + e.riskLevel() + " " + e.response();
    } else if (effect instanceof Effect.IssueOpened e) {
      return " " + e.riskLevel();
    } else if (effect instanceof Effect.IssueUpdated e) {
      return " " + e.riskLevel();
    } else if (effect instanceof Effect.IssueResolved e) {
      return " " + e.resolution();
    } else if (effect instanceof Effect.IssueIgnored e) {
      return e.by().map(by -> " by " + by).orElse("");
    } else if (effect instanceof Effect.IssueRestored e) {
      return e.by().map(by -> " by " + by).orElse("");
    } else if (effect instanceof Effect.EmailAdministrators e) {
      return " " + e.riskLevel() + " " + e.recipients();
    } else if (effect instanceof Effect.BlockDomains e) {
      return " " + e.domains();
    } else if (effect instanceof Effect.AddLabel e) {
      return " " + e.label();
    } else if (effect instanceof Effect.RemoveLabel e) {
      return " " + e.label();
    } else if (effect instanceof Effect.ComplianceActionStarted e) {
      return " " + e.action();
    } else if (effect instanceof Effect.ComplianceActionCeased e) {
      return " " + e.action();
    } else if (effect instanceof Effect.Rejected e) {
      return " " + e.reason();
    }
    return "";
  }
}
