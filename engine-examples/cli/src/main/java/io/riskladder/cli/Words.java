package io.riskladder.cli;

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
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.Effect.AddLabel;
import io.riskladder.core.device.Effect.BlockDomains;
import io.riskladder.core.device.Effect.BlockInternet;
import io.riskladder.core.device.Effect.ComplianceActionCeased;
import io.riskladder.core.device.Effect.ComplianceActionStarted;
import io.riskladder.core.device.Effect.EmailAdministrators;
import io.riskladder.core.device.Effect.IssueOpened;
import io.riskladder.core.device.Effect.IssueResolved;
import io.riskladder.core.device.Effect.IssueUpdated;
import io.riskladder.core.device.Effect.NotifyDevice;
import io.riskladder.core.device.Effect.Rejected;
import io.riskladder.core.device.Effect.RemoveLabel;
import io.riskladder.core.device.Effect.Unblock;
import io.riskladder.core.device.Message;
import io.riskladder.core.device.RejectionReason;
import io.riskladder.core.device.Resolution;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Classification;
import io.riskladder.mdm.document.EngineEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Events and effects in words that an administrator understands without the manual. */
final class Words {
  private static final String DAY_PATTERN = "EEEE, d MMMM uuuu";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern(DAY_PATTERN, Locale.ENGLISH);
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern(DAY_PATTERN + ", HH:mm", Locale.ENGLISH);

  private CompiledPolicies policies;

  Words(CompiledPolicies policies) {
    this.policies = policies;
  }

  /** Takes names from other policies from now on. */
  void policies(CompiledPolicies inForce) {
    policies = inForce;
  }

  /** {@return the event in a sentence; a look at the clock is worth none} */
  Optional<String> headline(EngineEvent event) {
    if (event instanceof EngineEvent.OfDevice ofDevice) {
      String sentence = Text.oneLine(reported(ofDevice.event()));
      return Optional.of(capital(sentence));
    } else if (event instanceof EngineEvent.PolicyChanged changed) {
      return Optional.of(
          Text.oneLine(
              "The policy is changed to "
                  + changed.policy()
                  + switch (changed.mode()) {
                    case CONTINUE -> ": open threats continue at their risk level";
                    case PIN -> ": open threats keep the policy they have";
                    case RESTART -> ": open threats start anew";
                  }));
    }
    return Optional.empty();
  }

  private String reported(Reported event) {
    if (event instanceof DeviceEnrolled enrolled) {
      return "Enrolled in "
          + group(enrolled.group())
          + " ("
          + enrolled.platform().displayName()
          + ")";
    } else if (event instanceof DeviceMoved moved) {
      return "Moved to " + group(moved.group());
    } else if (event instanceof DeviceDisconnected) {
      return "Disconnected: the device is silent, its risk stays";
    } else if (event instanceof DeviceReconnected) {
      return "Reconnected";
    } else if (event instanceof DeviceRemoved) {
      return "Removed from protection";
    } else if (event instanceof ThreatDetected detected) {
      return threat(detected.classification(), detected.threat()) + " is found";
    } else if (event instanceof ThreatEncountered met) {
      return threat(met.classification(), met.threat()) + " is met and handled on the spot";
    } else if (event instanceof ThreatResolved resolved) {
      return threatAlone(resolved.threat()) + " is gone";
    } else if (event instanceof IssueIgnored ignored) {
      return "An administrator ignores the issue of "
          + threatAlone(ignored.threat())
          + by(ignored.by());
    } else if (event instanceof IssueRestored restored) {
      return "An administrator restores the issue of "
          + threatAlone(restored.threat())
          + by(restored.by());
    }
    throw new AssertionError(event);
  }

  private static String by(Optional<String> who) {
    return who.map(name -> ", by " + name).orElse("");
  }

  /** Where only the id of a threat is known, until an effect tells more. */
  private static String threatAlone(String id) {
    return "threat (" + id + ")";
  }

  /** {@return the headline with the name of the effect's threat, where it lacks it} */
  String withThreat(String headline, Effect effect) {
    String id = effect.header().threat().orElse("");
    if (effect.header().classification().isEmpty()) {
      return headline;
    }
    String alone = Text.oneLine(threatAlone(id));
    String name = threat(effect);
    return headline.startsWith(capital(alone))
        ? name + headline.substring(alone.length())
        : headline.replace(alone, name);
  }

  private static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  /** {@return the effect's threat, by its kind and its id} */
  String threat(Effect effect) {
    String id = effect.header().threat().orElse("");
    return Text.oneLine(
        effect.header().classification().map(c -> threat(c, id)).orElse(threatAlone(id)));
  }

  private String group(String id) {
    return policies.group(id).map(group -> group.name()).orElse(id);
  }

  private String threat(String classification, String id) {
    return classificationName(classification) + " (" + id + ")";
  }

  private String classificationName(String id) {
    return policies.classification(id).map(Classification::displayName).orElse(id);
  }

  /** {@return a sentence for a rung that fell due} */
  String due(Effect effect) {
    String step =
        effect
            .header()
            .basis()
            .map(basis -> ": step " + (basis.rung() + 1) + " of its ladder begins")
            .orElse("");
    return threat(effect) + " is not fixed in time" + step;
  }

  /** {@return the effect in one or more lines} */
  List<String> effect(Effect effect) {
    if (effect instanceof NotifyDevice notify) {
      return notification(notify);
    }
    return List.of(Text.oneLine(line(effect)));
  }

  private static List<String> notification(NotifyDevice effect) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "- the user is told, at risk level " + level(effect.riskLevel()) + page(effect) + ":");
    Message message = effect.message();
    quote(lines, message.description());
    quote(lines, message.howToFix());
    message.notice().ifPresent(notice -> quote(lines, notice));
    return lines;
  }

  private static String page(NotifyDevice effect) {
    return switch (effect.response()) {
      case WARN_AND_ALERT_DEVICE -> ", and may open the page after a warning";
      case BLOCK_AND_ALERT_DEVICE -> ", and the page is blocked";
      case DONT_ALERT, ALERT_DEVICE, BLOCK_DOMAINS_AND_ALERT, BLOCK_INTERNET_AND_ALERT -> "";
    };
  }

  private static void quote(List<String> lines, String text) {
    Text.lines(text).forEach(line -> lines.add("    | " + line));
  }

  private static String line(Effect effect) {
    if (effect instanceof IssueOpened opened) {
      return "- administrators get an issue, at risk level " + level(opened.riskLevel());
    } else if (effect instanceof IssueUpdated updated) {
      return "- the administrators' issue is now at risk level " + level(updated.riskLevel());
    } else if (effect instanceof IssueResolved resolved) {
      return "- the administrators' issue is closed" + why(resolved.resolution());
    } else if (effect instanceof Effect.IssueIgnored) {
      return "- the issue is ignored: the threat does not count, its ladder is paused";
    } else if (effect instanceof Effect.IssueRestored) {
      return "- the issue is open again: the threat counts, its wait begins anew";
    } else if (effect instanceof EmailAdministrators email) {
      return "- mail goes to " + String.join(", ", email.recipients());
    } else {
      return deviceLine(effect);
    }
  }

  private static String deviceLine(Effect effect) {
    if (effect instanceof BlockDomains block) {
      return "- blocked on the device: " + String.join(", ", block.domains()) + ", with subdomains";
    } else if (effect instanceof BlockInternet) {
      return "- blocked on the device: all internet traffic";
    } else if (effect instanceof Unblock) {
      return "- nothing is blocked on the device any more";
    } else if (effect instanceof AddLabel added) {
      return "- the MDM puts the label \"" + added.label() + "\" on the device";
    } else if (effect instanceof RemoveLabel removed) {
      return "- the MDM takes the label \"" + removed.label() + "\" off the device";
    } else if (effect instanceof ComplianceActionStarted started) {
      return "- the MDM starts the compliance action \"" + started.action() + "\"";
    } else if (effect instanceof ComplianceActionCeased ceased) {
      return "- the MDM ceases the compliance action \"" + ceased.action() + "\"";
    } else if (effect instanceof Rejected rejected) {
      return "- rejected (" + rejected.reason() + "): " + why(rejected.reason());
    }
    throw new AssertionError(effect);
  }

  private static String level(RiskLevel level) {
    return level.displayName();
  }

  private static String why(Resolution resolution) {
    return switch (resolution) {
      case RESOLVED -> "";
      case DOWNGRADED -> ": the risk is downgraded below Low";
      case DEVICE_REMOVED -> ": the device was removed";
    };
  }

  private static String why(RejectionReason reason) {
    return switch (reason) {
      case DEVICE_EXISTS -> "the device is enrolled already";
      case UNKNOWN_DEVICE -> "the device is not enrolled";
      case UNKNOWN_GROUP -> "the policy has no such group";
      case UNKNOWN_CLASSIFICATION -> "neither the catalogue nor the policy has this classification";
      case WEB_CONTENT -> "web content is encountered, not detected";
      case NOT_WEB_CONTENT -> "only web content is encountered";
      case TOO_MANY_THREATS -> "the device has too many open threats";
      case NO_ISSUE -> "the threat has no open issue";
      case NOT_IGNORED -> "the threat is not ignored";
      case INVALID_POLICY ->
          "the new policy has an error or does not fit the devices; the old one stays";
    };
  }

  /** {@return a day, like "Monday, 2 March 2026"} */
  static String day(LocalDate day) {
    return DAY.format(day);
  }

  /** {@return a day and the minute, like "Monday, 2 March 2026, 10:00"} */
  static String dayAndTime(Instant at, ZoneId zone) {
    return DAY_AND_TIME.format(at.atZone(zone));
  }

  /** {@return a length of time in days of 24 hours and what remains, like "1 day and 12 hours"} */
  static String period(Duration time) {
    List<String> parts = new ArrayList<>();
    count(parts, time.toDays(), "day");
    count(parts, time.toHoursPart(), "hour");
    count(parts, time.toMinutesPart(), "minute");
    count(parts, time.toSecondsPart(), "second");
    if (parts.isEmpty()) {
      return "less than a second";
    }
    String last = parts.remove(parts.size() - 1);
    return parts.isEmpty() ? last : String.join(", ", parts) + " and " + last;
  }

  private static void count(List<String> parts, long number, String unit) {
    if (number != 0) {
      parts.add(number + " " + unit + (number == 1 ? "" : "s"));
    }
  }

  /** {@return what a device does in response to a threat} */
  static String response(Response response) {
    return switch (response) {
      case DONT_ALERT -> "the user is not alerted";
      case ALERT_DEVICE -> "the user is alerted";
      case BLOCK_DOMAINS_AND_ALERT -> "the user is alerted, company sites are blocked";
      case BLOCK_INTERNET_AND_ALERT -> "the user is alerted, the internet is blocked";
      case WARN_AND_ALERT_DEVICE -> "the user is warned and may go on";
      case BLOCK_AND_ALERT_DEVICE -> "the user is alerted, the page is blocked";
    };
  }

  /** {@return what an action does} */
  static String does(ComplianceAction action) {
    List<String> does = new ArrayList<>();
    if (action.sendAlert()) {
      does.add("sends an alert");
    }
    if (action.blockAccess()) {
      does.add("blocks access");
    }
    if (action.quarantine()) {
      does.add("quarantines");
    }
    return does.isEmpty() ? "it does nothing" : "it " + String.join(", ", does);
  }
}
