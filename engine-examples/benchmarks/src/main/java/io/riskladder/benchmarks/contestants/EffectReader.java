package io.riskladder.benchmarks.contestants;

import io.riskladder.benchmarks.workload.EffectKind;
import io.riskladder.benchmarks.workload.EffectSink;
import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectView;
import io.riskladder.core.risk.RiskLevel;

/** Reads the engine's effects, as they are handed over, into a sink that knows nothing of them. */
class EffectReader implements io.riskladder.core.device.EffectSink {
  private final EffectSink sink;

  EffectReader(EffectSink sink) {
    this.sink = sink;
  }

  @Override
  public void accept(EffectView effect) {
    sink.effect(
        kind(effect.type()),
        effect.device().orElse(""),
        effect.threat().orElse(""),
        Rules.number(effect.riskLevel().orElse(RiskLevel.NONE)),
        effect.name().orElse(""),
        effect.at().getEpochSecond());
  }

  private static int kind(Effect.Type type) {
    return switch (type) {
      case NOTIFY_DEVICE -> EffectKind.NOTIFY_DEVICE;
      case ISSUE_OPENED -> EffectKind.ISSUE_OPENED;
      case ISSUE_UPDATED -> EffectKind.ISSUE_UPDATED;
      case ISSUE_RESOLVED -> EffectKind.ISSUE_RESOLVED;
      case EMAIL_ADMINISTRATORS -> EffectKind.EMAIL_ADMINISTRATORS;
      case BLOCK_DOMAINS -> EffectKind.BLOCK_DOMAINS;
      case BLOCK_INTERNET -> EffectKind.BLOCK_INTERNET;
      case UNBLOCK -> EffectKind.UNBLOCK;
      case ADD_LABEL -> EffectKind.ADD_LABEL;
      case REMOVE_LABEL -> EffectKind.REMOVE_LABEL;
      case COMPLIANCE_ACTION_STARTED -> EffectKind.COMPLIANCE_ACTION_STARTED;
      case COMPLIANCE_ACTION_CEASED -> EffectKind.COMPLIANCE_ACTION_CEASED;
      case ISSUE_IGNORED, ISSUE_RESTORED, REJECTED -> EffectKind.OTHER;
    };
  }
}
