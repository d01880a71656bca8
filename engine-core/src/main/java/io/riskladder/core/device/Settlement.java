package io.riskladder.core.device;

import com.google.common.collect.ImmutableList;
import io.riskladder.core.mdm.LabelState.Family;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.RiskLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** What changes when a device's threats come to something else (rules, sections 7 and 9). */
final class Settlement {
  private static final ImmutableList<Family> FAMILIES = ImmutableList.copyOf(Family.values());

  private Settlement() {}

  /**
   * {@return what is wanted of a device}
   *
   * @param risk the highest level among its counting threats, NONE if that is below LOW
   * @param strength the strongest block that its group's protection allows
   */
  static DesiredState desired(
      RiskLevel risk,
      BlockStrength strength,
      OnDeviceThreatProtection protection,
      CompiledPolicies policies,
      boolean connected,
      Platform platform,
      Set<String> installedApps) {
    return new DesiredState(
        risk,
        block(strength, protection),
        policies.labelsOf(risk, connected),
        policies.actionsInForce(risk, connected, platform, installedApps));
  }

  private static Block block(BlockStrength strength, OnDeviceThreatProtection protection) {
    return switch (strength) {
      case NONE -> Block.NONE;
      case DOMAINS -> new Block.Domains(protection.blockedDomains());
      case INTERNET -> Block.INTERNET;
    };
  }

  /** {@return what leads from one state to the other, in the order of section 7} */
  static List<Change> changes(DesiredState before, DesiredState after) {
    if (after.equals(before)) {
      return List.of();
    }
    List<Change> changes = new ArrayList<>();
    if (!after.block().equals(before.block())) {
      changes.add(Change.block(after.block()));
    }
    if (!after.labels().equals(before.labels())) {
      labels(before.labels(), after.labels(), changes);
    }
    if (!after.complianceActions().equals(before.complianceActions())) {
      actions(before.complianceActions(), after.complianceActions(), changes);
    }
    return changes;
  }

  private static void labels(
      Map<Family, String> before, Map<Family, String> after, List<Change> changes) {
    others(after, before, Effect.Type.ADD_LABEL, changes);
    others(before, after, Effect.Type.REMOVE_LABEL, changes);
  }

  private static void others(
      Map<Family, String> labels,
      Map<Family, String> without,
      Effect.Type type,
      List<Change> changes) {
    for (Family family : FAMILIES) {
      String label = labels.get(family);
      if (label != null && !has(without, label)) {
        changes.add(Change.named(type, label));
      }
    }
  }

  private static boolean has(Map<Family, String> labels, String label) {
    for (Family family : FAMILIES) {
      if (label.equals(labels.get(family))) {
        return true;
      }
    }
    return false;
  }

  private static void actions(
      SortedSet<String> before, SortedSet<String> after, List<Change> changes) {
    others(after, before, Effect.Type.COMPLIANCE_ACTION_STARTED, changes);
    others(before, after, Effect.Type.COMPLIANCE_ACTION_CEASED, changes);
  }

  private static void others(
      SortedSet<String> actions,
      SortedSet<String> without,
      Effect.Type type,
      List<Change> changes) {
    for (String action : actions) {
      if (!without.contains(action)) {
        changes.add(Change.named(type, action));
      }
    }
  }
}
