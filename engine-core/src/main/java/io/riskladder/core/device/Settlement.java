package io.riskladder.core.device;

import com.google.common.collect.Sets;
import io.riskladder.core.device.Effect.AddLabel;
import io.riskladder.core.device.Effect.BlockDomains;
import io.riskladder.core.device.Effect.BlockInternet;
import io.riskladder.core.device.Effect.ComplianceActionCeased;
import io.riskladder.core.device.Effect.ComplianceActionStarted;
import io.riskladder.core.device.Effect.RemoveLabel;
import io.riskladder.core.device.Effect.Unblock;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.RiskLevel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a device's threats come to, and what changes when they do (rules, sections 7 and 9). */
final class Settlement {
  private Settlement() {}

  static DesiredState desired(
      List<Standing> counting,
      CompiledPolicies policies,
      OnDeviceThreatProtection protection,
      boolean connected,
      EnrolledDevice device) {
    RiskLevel risk = risk(counting);
    Map<LabelState.Family, String> labels = policies.labels().labelsOf(risk, connected);
    return DesiredState.builder()
        .risk(risk)
        .block(block(counting, protection))
        .labels(labels)
        .complianceActions(
            policies
                .compliance()
                .actionsInForce(labels.values(), device.platform(), device.installedApps()))
        .build();
  }

  private static RiskLevel risk(List<Standing> counting) {
    RiskLevel highest = RiskLevel.NONE;
    for (Standing threat : counting) {
      if (threat.riskLevel().isAbove(highest)) {
        highest = threat.riskLevel();
      }
    }
    return highest.isReported() ? highest : RiskLevel.NONE;
  }

  private static Block block(List<Standing> counting, OnDeviceThreatProtection protection) {
    BlockStrength strongest = BlockStrength.NONE;
    for (Standing threat : counting) {
      BlockStrength block = threat.response().block();
      if (block.compareTo(strongest) > 0 && protection.allows(block)) {
        strongest = block;
      }
    }
    return switch (strongest) {
      case NONE -> new Block.None();
      case DOMAINS -> new Block.Domains(protection.blockedDomains());
      case INTERNET -> new Block.Internet();
    };
  }

  /** {@return what leads from one state to the other, in the order of section 7} */
  static List<Function<EffectHeader, Effect>> changes(DesiredState before, DesiredState after) {
    List<Function<EffectHeader, Effect>> changes = new ArrayList<>();
    block(before.block(), after.block()).ifPresent(changes::add);
    Collection<String> oldLabels = before.labels().values();
    Collection<String> newLabels = after.labels().values();
    for (String label : newLabels) {
      if (!oldLabels.contains(label)) {
        changes.add(header -> new AddLabel(header, label));
      }
    }
    for (String label : oldLabels) {
      if (!newLabels.contains(label)) {
        changes.add(header -> new RemoveLabel(header, label));
      }
    }
    for (String action : Sets.difference(after.complianceActions(), before.complianceActions())) {
      changes.add(header -> new ComplianceActionStarted(header, action));
    }
    for (String action : Sets.difference(before.complianceActions(), after.complianceActions())) {
      changes.add(header -> new ComplianceActionCeased(header, action));
    }
    return changes;
  }

  private static Optional<Function<EffectHeader, Effect>> block(Block before, Block after) {
    if (after.equals(before)) {
      return Optional.empty();
    }
    if (after instanceof Block.Domains blocked) {
      return Optional.of(header -> new BlockDomains(header, blocked.domains()));
    }
    return Optional.of(after instanceof Block.Internet ? BlockInternet::new : Unblock::new);
  }
}
