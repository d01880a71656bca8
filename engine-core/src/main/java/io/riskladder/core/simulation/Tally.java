package io.riskladder.core.simulation;

import com.google.common.collect.Sets;
import io.riskladder.core.device.Block;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.Effect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what a change does, device by device. */
final class Tally {
  private final List<String> raised = new ArrayList<>();
  private final List<String> lowered = new ArrayList<>();
  private final List<String> newlyBlocked = new ArrayList<>();
  private final List<String> freed = new ArrayList<>();
  private final List<String> otherwiseBlocked = new ArrayList<>();
  private final List<String> relabelled = new ArrayList<>();
  private final TreeMap<String, List<String>> labelled = new TreeMap<>();
  private final TreeMap<String, List<String>> unlabelled = new TreeMap<>();
  private final TreeMap<String, List<String>> altered = new TreeMap<>();
  private final TreeMap<String, List<String>> started = new TreeMap<>();
  private final TreeMap<String, List<String>> ceased = new TreeMap<>();
  private final EnumMap<Effect.Type, Integer> effects = new EnumMap<>(Effect.Type.class);

  private final Set<String> alteredActions;

  /**
   * A tally without devices.
   *
   * @param alteredActions the names of compliance actions that do something else after the change
   */
  Tally(Set<String> alteredActions) {
    this.alteredActions = alteredActions;
  }

  void add(String device, DesiredState before, DesiredState after) {
    if (after.risk().isAbove(before.risk())) {
      raised.add(device);
    } else if (before.risk().isAbove(after.risk())) {
      lowered.add(device);
    }
    if (!after.block().equals(before.block())) {
      boolean wasFree = before.block() instanceof Block.None;
      boolean isFree = after.block() instanceof Block.None;
      (wasFree ? newlyBlocked : isFree ? freed : otherwiseBlocked).add(device);
    }
    if (!after.labels().equals(before.labels())) {
      relabelled.add(device);
      Set<String> old = Set.copyOf(before.labels().values());
      Set<String> now = Set.copyOf(after.labels().values());
      note(labelled, Sets.difference(now, old), device);
      note(unlabelled, Sets.difference(old, now), device);
    }
    addAltered(device, before, after);
    if (!after.complianceActions().equals(before.complianceActions())) {
      note(started, Sets.difference(after.complianceActions(), before.complianceActions()), device);
      note(ceased, Sets.difference(before.complianceActions(), after.complianceActions()), device);
    }
  }

  /** An action that is in force before and after is in no effect, even if it does other things. */
  private void addAltered(String device, DesiredState before, DesiredState after) {
    if (!alteredActions.isEmpty()) {
      Set<String> kept = Sets.intersection(before.complianceActions(), after.complianceActions());
      note(altered, Sets.intersection(kept, alteredActions), device);
    }
  }

  private static void note(
      Map<String, List<String>> byName, Iterable<String> names, String device) {
    names.forEach(name -> byName.computeIfAbsent(name, n -> new ArrayList<>()).add(device));
  }

  void add(Effect effect) {
    effects.merge(effect.type(), 1, Integer::sum);
  }

  Consequences consequences() {
    Consequences.Builder consequences =
        Consequences.builder()
            .raised(DeviceSet.of(raised))
            .lowered(DeviceSet.of(lowered))
            .newlyBlocked(DeviceSet.of(newlyBlocked))
            .freed(DeviceSet.of(freed))
            .otherwiseBlocked(DeviceSet.of(otherwiseBlocked))
            .relabelled(DeviceSet.of(relabelled))
            .effects(effects);
    labelled.forEach((label, ids) -> consequences.putLabelsAdded(label, DeviceSet.of(ids)));
    unlabelled.forEach((label, ids) -> consequences.putLabelsRemoved(label, DeviceSet.of(ids)));
    altered.forEach((action, ids) -> consequences.putActionsAltered(action, DeviceSet.of(ids)));
    started.forEach((action, ids) -> consequences.putActionsStarted(action, DeviceSet.of(ids)));
    ceased.forEach((action, ids) -> consequences.putActionsCeased(action, DeviceSet.of(ids)));
    return consequences.build();
  }
}
