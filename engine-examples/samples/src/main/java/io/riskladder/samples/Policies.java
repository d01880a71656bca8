package io.riskladder.samples;

import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;

/** The policies that the samples use: patience with an old system, in steps. */
final class Policies {
  private Policies() {}

  /** {@return policies that remind, and put a label on after some time, and a higher one later} */
  static PolicySet patient(Duration wait) {
    return PolicySet.builder()
        .addGroup(
            DeviceGroup.builder()
                .id("everyone")
                .putPolicy(
                    "OUT_OF_DATE_OS",
                    ClassificationPolicy.builder()
                        .riskLevel(RiskLevel.ADVISORY)
                        .response(Response.ALERT_DEVICE)
                        .addEscalation(step(wait, RiskLevel.LOW))
                        .addEscalation(step(wait, RiskLevel.HIGH))
                        .build())
                .build())
        .build();
  }

  private static Escalation step(Duration after, RiskLevel level) {
    return Escalation.builder()
        .after(after)
        .riskLevel(level)
        .response(Response.ALERT_DEVICE)
        .build();
  }
}
