package io.riskladder.core.simulation;

import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.DeviceEvent.PolicyChanged;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicyArchive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Goes through a fleet once, and decides on the devices that a change can do anything to. */
final class ImpactAssessment {
  /** What is counted for one row. */
  private static final class Row {
    private final ChangedPolicy changed;
    private final List<String> groups;
    private final List<String> threatened = new ArrayList<>();
    private final Tally tally;
    private int threats;

    Row(ChangedPolicy changed, List<String> groups, Tally tally) {
      this.changed = changed;
      this.groups = groups;
      this.tally = tally;
    }
  }

  /** What is counted for one group. */
  private static final class Group {
    private final ChangeTable.OfGroup change;
    private final Map<String, List<Row>> rows = new HashMap<>();
    private final List<String> devices = new ArrayList<>();

    Group(ChangeTable.OfGroup change) {
      this.change = change;
    }
  }

  private final Fleet fleet;
  private final PolicyChangeMode mode;
  private final PolicyArchive archive;
  private final ChangeTable table;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Group> groups = new HashMap<>();
  private final Tally total;
  private final List<String> dueAtOnce = new ArrayList<>();

  private ImpactAssessment(Fleet fleet, PolicyChange change, PolicyChangeMode mode) {
    this.fleet = fleet;
    this.mode = mode;
    this.archive = fleet.policies().replacedBy(change.proposed());
    this.table = new ChangeTable(change, mode);
    Set<String> altered = table.alteredActions();
    this.total = new Tally(altered);
    ConcernedGroups.of(change)
        .forEach(
            (changed, concerned) -> {
              Row row = new Row(changed, concerned, new Tally(altered));
              rows.add(row);
              for (String id : concerned) {
                group(id)
                    .rows
                    .computeIfAbsent(changed.classification(), c -> new ArrayList<>())
                    .add(row);
              }
            });
  }

  private Group group(String id) {
    Group known = groups.get(id);
    if (known == null) {
      known = new Group(table.group(id));
      groups.put(id, known);
    }
    return known;
  }

  static Impact assess(Fleet fleet, CompiledPolicies proposed, PolicyChangeMode mode) {
    PolicyChange change = PolicyChange.between(fleet.policies().current(), proposed);
    Impact.Builder impact =
        Impact.builder().change(change).mode(mode).at(fleet.latestSeen()).fleetSize(fleet.size());
    ImpactAssessment assessment = new ImpactAssessment(fleet, change, mode);
    if (!assessment.goThrough()) {
      return impact
          .misfit(fleet.misfit(proposed, mode))
          .total(new Tally(Set.of()).consequences())
          .dueAtOnce(DeviceSet.of(List.of()))
          .build();
    }
    assessment.rows.forEach(row -> impact.addRow(assessment.impactOf(row)));
    return impact
        .total(assessment.total.consequences())
        .dueAtOnce(DeviceSet.of(assessment.dueAtOnce))
        .build();
  }

  private RowImpact impactOf(Row row) {
    return RowImpact.builder()
        .row(row.changed)
        .groups(row.groups)
        .devices(
            DeviceSet.ofAll(
                row.groups.stream().map(id -> DeviceSet.of(group(id).devices)).toList()))
        .threatened(DeviceSet.of(row.threatened))
        .threats(row.threats)
        .consequences(row.tally.consequences())
        .build();
  }

  /** {@return false if the policies do not fit some device} */
  private boolean goThrough() {
    Instant at = fleet.latestSeen();
    PolicyChanged event = new PolicyChanged(archive.currentVersion(), mode);
    for (EnrolledDevice device : fleet.devices()) {
      Group group = group(device.group());
      ChangeTable.OnDevice what = table.on(device, group.change);
      if (what == ChangeTable.OnDevice.MISFIT) {
        return false;
      }
      group.devices.add(device.id());
      Set<Row> concerned = group.rows.isEmpty() ? Set.of() : concerned(device, group);
      if (what != ChangeTable.OnDevice.NOTHING) {
        Decision decision = device.decide(archive, event, at, 0);
        tally(device, decision, concerned);
        if (isDue(decision.state(), at) && !isDue(device, at)) {
          dueAtOnce.add(device.id());
        }
      }
    }
    return true;
  }

  private static boolean isDue(DeviceState device, Instant at) {
    return device.nextDue().filter(due -> !due.isAfter(at)).isPresent();
  }

  private static Set<Row> concerned(EnrolledDevice device, Group group) {
    Set<Row> concerned = Set.of();
    for (ThreatState threat : device.openThreats()) {
      List<Row> rows = group.rows.get(threat.classification());
      if (rows != null && threat.pin().isEmpty()) {
        concerned = concerned.isEmpty() ? new LinkedHashSet<>() : concerned;
        for (Row row : rows) {
          row.threats++;
          if (concerned.add(row)) {
            row.threatened.add(device.id());
          }
        }
      }
    }
    return concerned;
  }

  private void tally(EnrolledDevice before, Decision decision, Set<Row> concerned) {
    DesiredState after = ((EnrolledDevice) decision.state()).desired();
    total.add(before.id(), before.desired(), after);
    decision.effects().forEach(total::add);
    for (Row row : concerned) {
      row.tally.add(before.id(), before.desired(), after);
      for (Effect effect : decision.effects()) {
        boolean ofOtherThreat =
            effect
                .header()
                .classification()
                .filter(classification -> !classification.equals(row.changed.classification()))
                .isPresent();
        if (!ofOtherThreat) {
          row.tally.add(effect);
        }
      }
    }
  }
}
