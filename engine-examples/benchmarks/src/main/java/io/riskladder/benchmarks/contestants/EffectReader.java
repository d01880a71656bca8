package io.riskladder.benchmarks.contestants;

import io.riskladder.benchmarks.workload.EffectKind;
import io.riskladder.benchmarks.workload.EffectSink;
import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.core.device.Effect;
import io.riskladder.core.risk.RiskLevel;
import java.util.function.Consumer;

/** Reads the engine's effects into a sink that knows nothing of them. */
final class EffectReader implements Consumer<Effect> {
  private final EffectSink sink;

  EffectReader(EffectSink sink) {
    this.sink = sink;
  }

  @Override
  public void accept(Effect effect) {
    if (effect instanceof Effect.NotifyDevice it) {
      read(it, EffectKind.NOTIFY_DEVICE, it.riskLevel(), it.response().name());
    } else if (effect instanceof Effect.IssueOpened it) {
      read(it, EffectKind.ISSUE_OPENED, it.riskLevel(), "");
    } else if (effect instanceof Effect.IssueUpdated it) {
      read(it, EffectKind.ISSUE_UPDATED, it.riskLevel(), "");
    } else if (effect instanceof Effect.IssueResolved it) {
      read(it, EffectKind.ISSUE_RESOLVED, RiskLevel.NONE, it.resolution().name());
    } else if (effect instanceof Effect.EmailAdministrators it) {
      read(it, EffectKind.EMAIL_ADMINISTRATORS, it.riskLevel(), it.recipients().get(0));
    } else if (effect instanceof Effect.BlockDomains it) {
      read(it, EffectKind.BLOCK_DOMAINS, RiskLevel.NONE, it.domains().get(0));
    } else if (effect instanceof Effect.BlockInternet) {
      read(effect, EffectKind.BLOCK_INTERNET, RiskLevel.NONE, "");
    } else if (effect instanceof Effect.Unblock) {
      read(effect, EffectKind.UNBLOCK, RiskLevel.NONE, "");
    } else if (effect instanceof Effect.AddLabel it) {
      read(it, EffectKind.ADD_LABEL, RiskLevel.NONE, it.label());
    } else if (effect instanceof Effect.RemoveLabel it) {
      read(it, EffectKind.REMOVE_LABEL, RiskLevel.NONE, it.label());
    } else if (effect instanceof Effect.ComplianceActionStarted it) {
      read(it, EffectKind.COMPLIANCE_ACTION_STARTED, RiskLevel.NONE, it.action());
    } else if (effect instanceof Effect.ComplianceActionCeased it) {
      read(it, EffectKind.COMPLIANCE_ACTION_CEASED, RiskLevel.NONE, it.action());
    } else {
      read(effect, EffectKind.OTHER, RiskLevel.NONE, "");
    }
  }

  private void read(Effect effect, int kind, RiskLevel level, String name) {
    sink.effect(
        kind,
        effect.header().device().orElse(""),
        effect.header().threat().orElse(""),
        Rules.number(level),
        name,
        effect.at().getEpochSecond());
  }
}
