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
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.store.InMemoryDeviceStore;
import io.riskladder.mdm.store.JdbcDeviceStore;
import io.riskladder.mdm.store.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** What the engine promises, on histories full of faults. */
final class SimulationTest {
  private static final int SEEDS = Integer.getInteger("riskladder.seeds", 1_000);
  private static final int SEEDS_ON_DATABASES = Math.max(1, SEEDS / 50);
  private static final int STEPS = 200;
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

  private static final List<PolicySet> SETS =
      List.of(
          policies(Duration.ofDays(7), RiskLevel.ADVISORY),
          policies(Duration.ofDays(2), RiskLevel.LOW),
          policies(Duration.ofDays(7), RiskLevel.MEDIUM));

  @Test
  void nothing_is_lost_and_nothing_is_made_up_whatever_happens() {
    Map<String, Integer> happened = new HashMap<>();
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      Simulation simulation = new Simulation(seed, SETS, new InMemoryDeviceStore());
      simulation.run(STEPS);
      simulation.happened.forEach((what, times) -> happened.merge(what, times, Integer::sum));
    }
    for (String what :
        List.of("killed", "suspended", "policies changed", "handed in again", "ANSWER_LOST")) {
      assertTrue(happened.getOrDefault(what, 0) >= SEEDS / 10, what + " in " + happened);
    }
  }

  @Test
  void nothing_is_lost_and_nothing_is_made_up_on_sqlite(@TempDir Path folder) {
    for (long seed = FIRST; seed < FIRST + SEEDS_ON_DATABASES; seed++) {
      SQLiteDataSource source = new SQLiteDataSource();
      source.setUrl("jdbc:sqlite:" + folder.resolve(seed + ".db"));
      try (DeviceStore store = JdbcDeviceStore.on(source)) {
        new Simulation(seed, SETS, store).run(STEPS);
      }
    }
  }

  @Test
  void nothing_is_lost_and_nothing_is_made_up_on_postgresql() {
    for (long seed = FIRST; seed < FIRST + SEEDS_ON_DATABASES; seed++) {
      String tenant = "simulation-" + seed;
      DeviceStore store = JdbcDeviceStore.on(PostgresServer.shared());
      new Simulation(seed, SETS, store, tenant).run(STEPS);
    }
  }
}
