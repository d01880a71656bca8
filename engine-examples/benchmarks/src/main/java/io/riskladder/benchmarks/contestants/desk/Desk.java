package io.riskladder.benchmarks.contestants.desk;

import io.riskladder.benchmarks.workload.EffectKind;
import io.riskladder.benchmarks.workload.EffectSink;
import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.benchmarks.workload.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps devices and their labels, and tells what has changed. */
public final class Desk {
  private record Pair(String group, String classification) {}

  private final Rules rules;
  private final EffectSink sink;
  private final Map<Pair, List<Step>> ladders = new HashMap<>();
  private final Map<String, DeskDevice> devices = new HashMap<>();

  /**
   * Makes one without devices.
   *
   * @param rules the policies
   * @param sink gets the effects
   */
  public Desk(Rules rules, EffectSink sink) {
    this.rules = rules;
    this.sink = sink;
    for (int i = 0; i < rules.groups().size(); i++) {
      for (int j = 0; j < rules.classifications().size(); j++) {
        Pair pair = new Pair(rules.groups().get(i), rules.classifications().get(j));
        ladders.put(pair, rules.ladder(i, j));
      }
    }
  }

  /**
   * Enrols a device.
   *
   * @param id its id
   * @param group the id of its group
   */
  public void enrol(String id, String group) {
    devices.putIfAbsent(id, new DeskDevice(id, group));
  }

  /**
   * {@return the device of that id, null if there is none}
   *
   * @param id the id
   */
  public @Nullable DeskDevice device(String id) {
    return devices.get(id);
  }

  /**
   * {@return the ladder of a group for a classification}
   *
   * @param group the group's id
   * @param classification the classification's id
   */
  public List<Step> ladder(String group, String classification) {
    List<Step> ladder = ladders.get(new Pair(group, classification));
    if (ladder == null) {
      throw new IllegalArgumentException(group + " has no ladder for " + classification);
    }
    return ladder;
  }

  /**
   * {@return the open threat of that id on a device, null if there is none}
   *
   * @param device the device
   * @param id the id
   */
  public static @Nullable DeskThreat threat(DeskDevice device, String id) {
    for (DeskThreat threat : device.threats()) {
      if (threat.getId().equals(id)) {
        return threat;
      }
    }
    return null;
  }

  /**
   * A threat enters a rung.
   *
   * @param threat the threat
   * @param rung the rung's number; 0 for a threat that is new
   * @param now when, in seconds since 1970
   */
  public void enter(DeskThreat threat, int rung, long now) {
    if (rung == 0) {
      threat.device().threats().add(threat);
    }
    threat.enter(rung, now);
    announce(threat, now);
    settle(threat.device(), now);
  }

  private void announce(DeskThreat threat, long now) {
    Step step = threat.step();
    if (step.alerts() && step.level() > 0) {
      give(EffectKind.NOTIFY_DEVICE, threat, step.level(), step.response(), now);
    }
    if (step.level() >= Rules.LOW) {
      int kind = threat.issue() ? EffectKind.ISSUE_UPDATED : EffectKind.ISSUE_OPENED;
      threat.openIssue();
      give(kind, threat, step.level(), "", now);
      give(EffectKind.EMAIL_ADMINISTRATORS, threat, step.level(), rules.administrator(), now);
    }
  }

  /**
   * A threat ends, and another takes its place at once.
   *
   * @param threat the threat
   * @param now when, in seconds since 1970
   */
  public void replace(DeskThreat threat, long now) {
    threat.device().threats().remove(threat);
    if (threat.issue()) {
      give(EffectKind.ISSUE_RESOLVED, threat, 0, "RESOLVED", now);
    }
  }

  /**
   * A threat ends.
   *
   * @param threat the threat
   * @param now when, in seconds since 1970
   */
  public void end(DeskThreat threat, long now) {
    replace(threat, now);
    settle(threat.device(), now);
  }

  private void settle(DeskDevice device, long now) {
    int risk = 0;
    boolean blocked = false;
    for (DeskThreat threat : device.threats()) {
      risk = Math.max(risk, threat.step().level());
      blocked |= threat.step().blocksDomains();
    }
    risk = risk < Rules.LOW ? 0 : risk;
    int oldRisk = device.risk();
    boolean wasBlocked = device.blocked();
    device.become(risk, blocked);
    if (blocked && !wasBlocked) {
      sink.effect(EffectKind.BLOCK_DOMAINS, device.id(), "", 0, rules.domain(), now);
    } else if (wasBlocked && !blocked) {
      sink.effect(EffectKind.UNBLOCK, device.id(), "", 0, "", now);
    }
    if (risk != oldRisk) {
      relabel(device.id(), oldRisk, risk, now);
    }
  }

  private void relabel(String device, int before, int after, long now) {
    if (after > 0) {
      sink.effect(EffectKind.ADD_LABEL, device, "", 0, rules.label(after), now);
    }
    if (before > 0) {
      sink.effect(EffectKind.REMOVE_LABEL, device, "", 0, rules.label(before), now);
    }
    if (after > 0) {
      sink.effect(EffectKind.COMPLIANCE_ACTION_STARTED, device, "", 0, rules.action(after), now);
    }
    if (before > 0) {
      sink.effect(EffectKind.COMPLIANCE_ACTION_CEASED, device, "", 0, rules.action(before), now);
    }
  }

  private void give(int kind, DeskThreat threat, int level, String name, long now) {
    sink.effect(kind, threat.getDeviceId(), threat.getId(), level, name, now);
  }
}
