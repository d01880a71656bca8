package io.riskladder.benchmarks.contestants;

import io.riskladder.benchmarks.workload.Contestant;
import io.riskladder.benchmarks.workload.EffectKind;
import io.riskladder.benchmarks.workload.EffectSink;
import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.benchmarks.workload.Step;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Plain Java as a good developer writes it in a day: maps, records, a priority queue, in which what
 * is cancelled stays until its time comes.
 */
final class Plain implements Contestant {
  private static final Comparator<Due> ORDER =
      Comparator.comparingLong(Due::at).thenComparing(Due::device).thenComparing(Due::threat);

  private record Pair(String group, String classification) {}

  /** A rung to be entered, unless its threat is elsewhere by then. */
  private record Due(long at, String device, String threat, int rung) {}

  private record Threat(
      String id, String classification, List<Step> ladder, int rung, long entered, boolean issue) {
    Step step() {
      return ladder.get(rung);
    }

    @Nullable Due next(String device) {
      return rung + 1 < ladder.size()
          ? new Due(entered + ladder.get(rung + 1).waitSeconds(), device, id, rung + 1)
          : null;
    }
  }

  private record Desired(int risk, boolean domainsBlocked) {
    static final Desired NOTHING = new Desired(0, false);
  }

  private static final class Device {
    final String id;
    final String group;
    final Map<String, Threat> threats = new HashMap<>();
    Desired desired = Desired.NOTHING;

    Device(String id, String group) {
      this.id = id;
      this.group = group;
    }
  }

  private final Rules rules;
  private final EffectSink sink;
  private final Map<Pair, List<Step>> ladders = new HashMap<>();
  private final Map<String, Device> devices = new HashMap<>();
  private final PriorityQueue<Due> queue = new PriorityQueue<>(ORDER);

  Plain(Rules rules, EffectSink sink) {
    this.rules = rules;
    this.sink = sink;
    for (int i = 0; i < rules.groups().size(); i++) {
      for (int j = 0; j < rules.classifications().size(); j++) {
        ladders.put(
            new Pair(rules.groups().get(i), rules.classifications().get(j)), rules.ladder(i, j));
      }
    }
  }

  @Override
  public void enrolled(String id, String group, boolean ios, Instant at) {
    long now = at.getEpochSecond();
    enterDue(now, false);
    devices.putIfAbsent(id, new Device(id, group));
  }

  @Override
  public void detected(String deviceId, String id, String classification, Instant at) {
    long now = at.getEpochSecond();
    enterDue(now, false);
    Device device = devices.get(deviceId);
    List<Step> ladder = device == null ? null : ladders.get(new Pair(device.group, classification));
    if (device == null || ladder == null) {
      return;
    }
    Threat known = device.threats.get(id);
    if (known != null && known.classification.equals(classification)) {
      return;
    }
    if (known != null) {
      end(device, known, now);
    }
    enter(device, new Threat(id, classification, ladder, 0, now, false), now);
  }

  @Override
  public void resolved(String deviceId, String id, Instant at) {
    long now = at.getEpochSecond();
    enterDue(now, false);
    Device device = devices.get(deviceId);
    Threat threat = device == null ? null : device.threats.get(id);
    if (device == null || threat == null) {
      return;
    }
    end(device, threat, now);
    settle(device, now);
  }

  @Override
  public void advanceTo(Instant at) {
    enterDue(at.getEpochSecond(), true);
  }

  private void enterDue(long limit, boolean alsoAtLimit) {
    Due due = queue.peek();
    while (due != null && (due.at < limit || (alsoAtLimit && due.at == limit))) {
      queue.remove();
      Device device = devices.get(due.device);
      Threat threat = device == null ? null : device.threats.get(due.threat);
      if (device != null && threat != null && due.equals(threat.next(due.device))) {
        enter(
            device,
            new Threat(
                threat.id, threat.classification, threat.ladder, due.rung, due.at, threat.issue),
            due.at);
      }
      due = queue.peek();
    }
  }

  private void enter(Device device, Threat threat, long now) {
    boolean issue = announce(device, threat, now);
    Threat entered =
        new Threat(
            threat.id, threat.classification, threat.ladder, threat.rung, threat.entered, issue);
    device.threats.put(entered.id, entered);
    Due next = entered.next(device.id);
    if (next != null) {
      queue.add(next);
    }
    settle(device, now);
  }

  /** {@return whether the threat's issue is open afterwards} */
  private boolean announce(Device device, Threat threat, long now) {
    Step step = threat.step();
    if (step.alerts() && step.level() > 0) {
      give(EffectKind.NOTIFY_DEVICE, device, threat.id, step.level(), step.response(), now);
    }
    if (step.level() < Rules.LOW) {
      return false;
    }
    int kind = threat.issue ? EffectKind.ISSUE_UPDATED : EffectKind.ISSUE_OPENED;
    give(kind, device, threat.id, step.level(), "", now);
    give(
        EffectKind.EMAIL_ADMINISTRATORS,
        device,
        threat.id,
        step.level(),
        rules.administrator(),
        now);
    return true;
  }

  private void end(Device device, Threat threat, long now) {
    device.threats.remove(threat.id);
    if (threat.issue) {
      give(EffectKind.ISSUE_RESOLVED, device, threat.id, 0, "RESOLVED", now);
    }
  }

  private void settle(Device device, long now) {
    Desired before = device.desired;
    Desired after = desired(device);
    if (after.equals(before)) {
      return;
    }
    device.desired = after;
    if (after.domainsBlocked && !before.domainsBlocked) {
      give(EffectKind.BLOCK_DOMAINS, device, "", 0, rules.domain(), now);
    } else if (before.domainsBlocked && !after.domainsBlocked) {
      give(EffectKind.UNBLOCK, device, "", 0, "", now);
    }
    difference(device, labels(after), labels(before), EffectKind.ADD_LABEL, now);
    difference(device, labels(before), labels(after), EffectKind.REMOVE_LABEL, now);
    difference(device, actions(after), actions(before), EffectKind.COMPLIANCE_ACTION_STARTED, now);
    difference(device, actions(before), actions(after), EffectKind.COMPLIANCE_ACTION_CEASED, now);
  }

  private static Desired desired(Device device) {
    int risk = 0;
    boolean blocked = false;
    for (Threat threat : device.threats.values()) {
      risk = Math.max(risk, threat.step().level());
      blocked |= threat.step().blocksDomains();
    }
    return new Desired(risk < Rules.LOW ? 0 : risk, blocked);
  }

  private Set<String> labels(Desired desired) {
    Set<String> labels = new TreeSet<>();
    if (desired.risk > 0) {
      labels.add(rules.label(desired.risk));
    }
    return labels;
  }

  private Set<String> actions(Desired desired) {
    Set<String> actions = new TreeSet<>();
    if (desired.risk > 0) {
      actions.add(rules.action(desired.risk));
    }
    return actions;
  }

  private void difference(
      Device device, Set<String> names, Set<String> others, int kind, long now) {
    for (String name : names) {
      if (!others.contains(name)) {
        give(kind, device, "", 0, name, now);
      }
    }
  }

  private void give(int kind, Device device, String threat, int level, String name, long now) {
    sink.effect(kind, device.id, threat, level, name, now);
  }
}
