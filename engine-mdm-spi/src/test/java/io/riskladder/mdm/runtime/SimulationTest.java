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
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/**
 * What the engine promises, on histories full of faults: of so many seeds ({@code
 * riskladder.seeds}) from one on ({@code riskladder.seed}), and then of further ones until so many
 * minutes ({@code riskladder.minutes}) are over, in each test.
 */
final class SimulationTest {
  private static final int SEEDS = Integer.getInteger("riskladder.seeds", 1_000);
  private static final int SEEDS_ON_DATABASES = Math.max(1, SEEDS / 50);
  private static final int STEPS = 200;
  private static final Duration LONGEST =
      Duration.ofMinutes(Integer.getInteger("riskladder.minutes", 0));

  /** A hunt begins somewhere else each time. */
  private static final long FIRST =
      Long.getLong(
          "riskladder.seed",
          LONGEST.isZero() ? 1 : ThreadLocalRandom.current().nextLong(1, 1L << 40));

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

  /** Runs the history of a seed. */
  private interface History {
    void run(long seed);
  }

  /** Runs histories until one fails, and says how to have that one again. */
  private static void hunt(TestInfo test, int seeds, History history) {
    long begun = System.nanoTime();
    long seed = FIRST;
    while (seed < FIRST + seeds || System.nanoTime() - begun < LONGEST.toNanos()) {
      try {
        history.run(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed %d fails; again: mvn verify -pl engine-core,engine-mdm-spi -Dtest='%s#%s' %s"
                .formatted(
                    seed,
                    SimulationTest.class.getSimpleName(),
                    test.getTestMethod().orElseThrow().getName(),
                    "-Dsurefire.failIfNoSpecifiedTests=false -Driskladder.seeds=1"
                        + " -Driskladder.seed="
                        + seed),
            e);
      }
      seed++;
    }
    if (!LONGEST.isZero()) {
      System.out.println(test.getDisplayName() + ": seeds " + FIRST + " to " + (seed - 1));
    }
  }

  @Test
  void nothing_is_lost_and_nothing_is_made_up_whatever_happens(TestInfo test) {
    Map<String, Integer> happened = new HashMap<>();
    hunt(
        test,
        SEEDS,
        seed -> {
          Simulation simulation = new Simulation(seed, SETS, new InMemoryDeviceStore());
          simulation.run(STEPS);
          simulation.happened.forEach((what, times) -> happened.merge(what, times, Integer::sum));
        });
    for (String what :
        List.of("killed", "suspended", "policies changed", "handed in again", "ANSWER_LOST")) {
      assertTrue(happened.getOrDefault(what, 0) >= SEEDS / 10, what + " in " + happened);
    }
  }

  @Test
  void nothing_is_lost_and_nothing_is_made_up_on_sqlite(TestInfo test, @TempDir Path folder) {
    hunt(
        test,
        SEEDS_ON_DATABASES,
        seed -> {
          SQLiteDataSource source = new SQLiteDataSource();
          source.setUrl("jdbc:sqlite:" + folder.resolve("store.db"));
          try (DeviceStore store = JdbcDeviceStore.on(source)) {
            new Simulation(seed, SETS, store, "simulation-" + seed).run(STEPS);
          }
        });
  }

  @Test
  void nothing_is_lost_and_nothing_is_made_up_on_postgresql(TestInfo test) {
    DeviceStore store = JdbcDeviceStore.on(PostgresServer.shared());
    hunt(
        test,
        SEEDS_ON_DATABASES,
        seed -> new Simulation(seed, SETS, store, "simulation-" + seed).run(STEPS));
  }
}
