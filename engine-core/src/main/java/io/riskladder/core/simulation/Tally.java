package io.riskladder.core.simulation;

import com.google.common.collect.Sets;
import io.riskladder.core.device.Block;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.Effect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a change does, device by device. */
final class Tally {
  private final List<String> raised = new ArrayList<>();
  private final List<String> lowered = new ArrayList<>();
  private final List<String> newlyBlocked = new ArrayList<>();
  private final List<String> freed = new ArrayList<>();
  private final List<String> otherwiseBlocked = new ArrayList<>();
  private final List<String> relabelled = new ArrayList<>();
  private final TreeMap<String, List<String>> started = new TreeMap<>();
  private final TreeMap<String, List<String>> ceased = new TreeMap<>();
  private final EnumMap<Effect.Type, Integer> effects = new EnumMap<>(Effect.Type.class);

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
    }
    if (!after.complianceActions().equals(before.complianceActions())) {
      note(started, Sets.difference(after.complianceActions(), before.complianceActions()), device);
      note(ceased, Sets.difference(before.complianceActions(), after.complianceActions()), device);
    }
  }

  private static void note(
      Map<String, List<String>> byAction, Iterable<String> actions, String device) {
    actions.forEach(action -> byAction.computeIfAbsent(action, a -> new ArrayList<>()).add(device));
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
    started.forEach((action, ids) -> consequences.putActionsStarted(action, DeviceSet.of(ids)));
    ceased.forEach((action, ids) -> consequences.putActionsCeased(action, DeviceSet.of(ids)));
    return consequences.build();
  }
}
