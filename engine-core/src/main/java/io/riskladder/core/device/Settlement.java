package io.riskladder.core.device;

import com.google.common.collect.ImmutableList;
import io.riskladder.core.mdm.LabelState.Family;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.RiskLevel;
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

  /** Is told what changes. */
  interface Changes {
    void block(Block block);

    /** A label or compliance action comes or goes. */
    void named(Effect.Type type, String name);
  }

  /** Tells what leads from one state to the other, in the order of section 7. */
  static void changes(DesiredState before, DesiredState after, Changes changes) {
    if (!after.block().equals(before.block())) {
      changes.block(after.block());
    }
    if (!after.labels().equals(before.labels())) {
      labels(before.labels(), after.labels(), changes);
    }
    if (!after.complianceActions().equals(before.complianceActions())) {
      actions(before.complianceActions(), after.complianceActions(), changes);
    }
  }

  private static void labels(
      Map<Family, String> before, Map<Family, String> after, Changes changes) {
    others(after, before, Effect.Type.ADD_LABEL, changes);
    others(before, after, Effect.Type.REMOVE_LABEL, changes);
  }

  private static void others(
      Map<Family, String> labels, Map<Family, String> without, Effect.Type type, Changes changes) {
    for (Family family : FAMILIES) {
      String label = labels.get(family);
      if (label != null && !has(without, label)) {
        changes.named(type, label);
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

  private static void actions(SortedSet<String> before, SortedSet<String> after, Changes changes) {
    others(after, before, Effect.Type.COMPLIANCE_ACTION_STARTED, changes);
    others(before, after, Effect.Type.COMPLIANCE_ACTION_CEASED, changes);
  }

  private static void others(
      SortedSet<String> actions, SortedSet<String> without, Effect.Type type, Changes changes) {
    for (String action : actions) {
      if (!without.contains(action)) {
        changes.named(type, action);
      }
    }
  }
}
