package io.riskladder.cli;

import io.riskladder.core.device.Effect;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.simulation.ChangedPolicy;
import io.riskladder.core.simulation.Consequences;
import io.riskladder.core.simulation.DeviceSet;
import io.riskladder.core.simulation.Forecast;
import io.riskladder.core.simulation.ForecastDay;
import io.riskladder.core.simulation.Impact;
import io.riskladder.core.simulation.PolicyChange;
import io.riskladder.core.simulation.RowImpact;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An impact as tables that fit a terminal of 80 columns. */
final class ImpactText {
  private static final int NAME_WIDTH = 40;

  private final Impact impact;
  private final Forecast forecast;
  private final List<String> kept;
  private final ZoneId zone;
  private final TextBuilder text = new TextBuilder();

  private ImpactText(Impact impact, Forecast forecast, List<String> kept) {
    this.impact = impact;
    this.forecast = forecast;
    this.kept = kept;
    this.zone = impact.change().present().timeZone();
  }

  /**
   * {@return the impact in words}
   *
   * @param kept the rows that were taken out of the change
   */
  static String of(Impact impact, Forecast forecast, List<String> kept) {
    return new ImpactText(impact, forecast, kept).render();
  }

  private String render() {
    text.line(
        0,
        "Impact on "
            + devices(impact.fleetSize())
            + " at "
            + impact.at()
            + ": "
            + switch (impact.mode()) {
              case CONTINUE -> "open threats continue at their level";
              case PIN -> "open threats keep the policy that they have";
              case RESTART -> "open threats start anew";
            });
    if (impact.fleetSize() == 0) {
      text.line(0, "No device is enrolled at that instant.");
    }
    if (impact.misfit().isPresent()) {
      text.blank().line(0, "It would be rejected: " + impact.misfit().get());
      return text.toString();
    }
    rows();
    atOnce();
    text.blank().line(0, "Dates below are in " + zone.getId() + ".");
    text.line(0, "Day by day, if nothing happens: under the policies in force");
    days(forecast.present());
    text.blank().line(0, "Day by day, if nothing happens: under the policies proposed");
    days(forecast.proposed());
    return text.toString();
  }

  private static String devices(int count) {
    return String.format(Locale.ROOT, "%,d device%s", count, count == 1 ? "" : "s");
  }

  private void rows() {
    text.blank();
    if (impact.rows().isEmpty()) {
      text.line(0, "No policy of a group is changed.");
    } else {
      text.line(0, columns("Changed policy", "groups", "devices", "open", "raised", "lowered"));
      impact.rows().forEach(this::row);
      if (impact.rows().size() > 1) {
        text.line(0, "A device with threats under several of these counts in each.");
      }
    }
    kept.forEach(row -> text.line(0, "Kept as it is in force: " + row));
    if (!impact.change().others().isEmpty()) {
      text.line(0, "Changed as well");
      impact.change().others().forEach(other -> text.line(2, words(other)));
    }
  }

  private static String words(PolicyChange.Other other) {
    return switch (other) {
      case TIME_ZONE -> "the time zone of dates in messages";
      case CLASSIFICATIONS -> "the tenant's own classifications";
      case GROUPS -> "the groups, their names or their tree";
      case ON_DEVICE_THREAT_PROTECTION -> "on-device threat protection";
      case DEFAULT_NOTICES -> "default notices";
      case ADMINISTRATORS -> "administrators and the mail that they want";
      case LABELS -> "the names of labels";
      case RISK_RESPONSE -> "the risk response in the MDM";
    };
  }

  private void row(RowImpact row) {
    Consequences consequences = row.consequences();
    String name = name(row.row());
    Object[] counts = {
      row.groups().size(),
      row.devices().size(),
      row.threats(),
      consequences.raised().size(),
      consequences.lowered().size()
    };
    if (name.length() > NAME_WIDTH) {
      text.line(0, name);
      name = "";
    }
    text.line(0, columns(name, counts));
  }

  private static String name(ChangedPolicy row) {
    String mark =
        switch (row.kind()) {
          case ADDED -> "+ ";
          case CHANGED -> "~ ";
          case REMOVED -> "- ";
        };
    return mark + ImpactCommand.name(row);
  }

  static String columns(String name, Object... columns) {
    StringBuilder line =
        new StringBuilder(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", name));
    for (Object column : columns) {
      line.append(
          column instanceof Integer number
              ? String.format(Locale.ROOT, "%8d", number)
              : String.format(Locale.ROOT, "%8s", column));
    }
    return line.toString();
  }

  private void atOnce() {
    Consequences total = impact.total();
    text.blank().line(0, "At once");
    if (total.isNothing() && impact.dueAtOnce().isEmpty()) {
      text.line(2, "nothing happens");
    }
    count(total.raised(), "device rises in risk", "devices rise in risk");
    count(total.lowered(), "device falls in risk", "devices fall in risk");
    count(total.newlyBlocked(), "device is newly blocked", "devices are newly blocked");
    count(total.freed(), "device is freed of a block", "devices are freed of a block");
    count(
        total.otherwiseBlocked(),
        "device is blocked from something else",
        "devices are blocked from something else");
    each(total.labelsAdded(), "gets the label", "get the label");
    each(total.labelsRemoved(), "loses the label", "lose the label");
    each(total.actionsStarted(), "on which the MDM starts", "on which the MDM starts");
    each(total.actionsCeased(), "on which the MDM ceases", "on which the MDM ceases");
    each(
        total.actionsAltered(),
        "on which the MDM does something else by",
        "on which the MDM does something else by");
    count(
        total.count(Effect.Type.NOTIFY_DEVICE), "notification to a user", "notifications to users");
    count(
        total.count(Effect.Type.EMAIL_ADMINISTRATORS),
        "mail to administrators",
        "mails to administrators");
    count(total.count(Effect.Type.ISSUE_OPENED), "issue opened", "issues opened");
    count(total.count(Effect.Type.ISSUE_UPDATED), "issue updated", "issues updated");
    count(total.count(Effect.Type.ISSUE_RESOLVED), "issue resolved", "issues resolved");
    dueAtOnce();
  }

  /** Steps that are overdue are entered in the same instant, but by the ladder, not the change. */
  private void dueAtOnce() {
    count(
        impact.dueAtOnce(),
        "device climbs a step right after, as it is overdue then",
        "devices climb a step right after, as it is overdue then");
  }

  private void count(DeviceSet devices, String one, String several) {
    count(devices.size(), one, several);
  }

  private void count(int number, String one, String several) {
    if (number > 0) {
      text.line(2, String.format(Locale.ROOT, "%,9d  %s", number, number == 1 ? one : several));
    }
  }

  private void each(Map<String, DeviceSet> byName, String one, String several) {
    byName.forEach(
        (name, devices) ->
            count(
                devices,
                "device " + one + " \"" + name + "\"",
                "devices " + several + " \"" + name + "\""));
  }

  /** Days on which nothing is other than the day before are left out. */
  private void days(List<ForecastDay> days) {
    text.line(
        0,
        String.format(
            Locale.ROOT,
            "%5s %-10s%8s%8s%8s%8s%8s%8s%8s%8s",
            "day",
            "until",
            "None",
            "Advis.",
            "Low",
            "Medium",
            "High",
            "blocked",
            "told",
            "mails"));
    boolean leftOut = false;
    for (int i = 0; i < days.size(); i++) {
      boolean last = i == days.size() - 1;
      if (i > 0 && !last && isQuiet(days.get(i - 1), days.get(i))) {
        leftOut = true;
      } else {
        if (leftOut) {
          text.line(0, "  ...");
          leftOut = false;
        }
        text.line(0, day(days.get(i)));
      }
    }
  }

  private static boolean isQuiet(ForecastDay before, ForecastDay day) {
    return day.notifications() == 0
        && day.mails() == 0
        && day.devices().equals(before.devices())
        && day.domainsBlocked() == before.domainsBlocked()
        && day.internetBlocked() == before.internetBlocked();
  }

  private String day(ForecastDay day) {
    List<Integer> counts = new ArrayList<>();
    for (RiskLevel level : RiskLevel.values()) {
      counts.add(day.devices().getOrDefault(level, 0));
    }
    counts.add(day.domainsBlocked() + day.internetBlocked());
    counts.add(day.notifications());
    counts.add(day.mails());
    return day(day.number(), LocalDate.ofInstant(day.at(), zone), counts);
  }

  static String day(int number, LocalDate until, List<Integer> counts) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%5d %-10s", number, until));
    counts.forEach(count -> line.append(String.format(Locale.ROOT, "%8d", count)));
    return line.toString();
  }
}
