package io.riskladder.mdm.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the engine promises, on histories full of faults. */
final class SimulationTest {
  private static final int SEEDS = Integer.getInteger("riskladder.seeds", 1_000);
  private static final long FIRST = Long.getLong("riskladder.seed", 1);

  static PolicySet policies(Duration wait, RiskLevel first) {
    ClassificationPolicy.Builder slow =
        ClassificationPolicy.builder().riskLevel(first).response(Response.ALERT_DEVICE);
    RiskLevel last = first;
    for (RiskLevel level : List.of(RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH)) {
      if (level.isAbove(last)) {
        slow.addEscalation(
            Escalation.builder()
                .after(wait)
                .riskLevel(level)
                .response(
                    level == RiskLevel.HIGH
                        ? Response.BLOCK_DOMAINS_AND_ALERT
                        : Response.ALERT_DEVICE)
                .build());
        last = level;
      }
    }
    return PolicySet.builder()
        .addGroup(
            DeviceGroup.builder()
                .id("root")
                .putPolicy("OUT_OF_DATE_OS", slow.build())
                .onDeviceThreatProtection(
                    new OnDeviceThreatProtection(true, List.of("intranet.example")))
                .build())
        .addGroup(DeviceGroup.builder().id("wards").parent("root").build())
        .addAdministrator(
            new Administrator(
                "ada@example.com", Set.of(RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH)))
        .build();
  }

  @Test
  void nothing_is_lost_and_nothing_is_made_up_whatever_happens() {
    List<PolicySet> sets =
        List.of(
            policies(Duration.ofDays(7), RiskLevel.ADVISORY),
            policies(Duration.ofDays(2), RiskLevel.LOW),
            policies(Duration.ofDays(7), RiskLevel.MEDIUM));
    Map<String, Integer> happened = new HashMap<>();
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Simulation simulation = new Simulation(seed, sets);
      simulation.run(200);
      simulation.happened.forEach((what, times) -> happened.merge(what, times, Integer::sum));
    }
    for (String what :
        List.of("killed", "suspended", "policies changed", "handed in again", "ANSWER_LOST")) {
      assertTrue(happened.getOrDefault(what, 0) >= SEEDS / 10, what + " in " + happened);
    }
  }
}
