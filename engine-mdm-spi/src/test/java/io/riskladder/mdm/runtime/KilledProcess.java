package io.riskladder.mdm.runtime;

import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.Effect;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.Outcome;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.store.JdbcDeviceStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteDataSource;

/** A process with an engine on an SQLite file, to be killed while it works. */
final class KilledProcess {
  static final int EVENTS = 3_000;
  static final int DEVICES = 40;
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  private KilledProcess() {}

  /** {@return policies under which nothing is due while the test runs} */
  static PolicySet policies() {
    return SimulationTest.policies(Duration.ofDays(3650), RiskLevel.MEDIUM);
  }

  static String device(int event) {
    return "d" + event % DEVICES;
  }

  /** {@return the event of a number: the same in every process} */
  static Submission event(int number) {
    int round = number / DEVICES;
    String threat = "t" + round / 4;
    DeviceEvent.Reported event =
        round == 0
            ? new DeviceEnrolled("root", Platform.ANDROID)
            : switch (round % 4) {
              case 0 -> new ThreatDetected(threat, "OUT_OF_DATE_OS");
              case 1 -> new ThreatDetected(threat + "-mitm", "ACTIVE_MITM");
              case 2 -> new IssueIgnored(threat + "-mitm", Optional.of("ada"));
              default -> new ThreatResolved(threat + "-mitm");
            };
    return new Submission("e" + number, device(number), event, START.plusSeconds(number));
  }

  static DeviceStore store(Path folder) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("store.db"));
    return JdbcDeviceStore.on(source);
  }

  /**
   * Hands in all events, says which are answered, and ends when all is delivered.
   *
   * @param args a folder
   * @throws Exception if anything fails
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Path delivered = folder.resolve("delivered");
    try (DeviceStore store = store(folder);
        PolicyEngine engine =
            PolicyEngine.builder(PolicySource.of(policies()))
                .store(store)
                .batch(20)
                .lease(Duration.ofSeconds(1))
                .callTimeout(Duration.ofMillis(500))
                .poll(Duration.ofMillis(20))
                .deviceNotifier(delivery -> write(delivered, delivery.effect()))
                .issueLog(delivery -> write(delivered, delivery.effect()))
                .build()) {
      engine.start();
      List<CompletableFuture<Void>> printed = new ArrayList<>();
      for (int i = 0; i < EVENTS; i++) {
        printed.add(
            engine
                .submit(event(i))
                .thenAccept(answer -> System.out.println(answer.id() + " " + answer.known())));
      }
      for (CompletableFuture<Void> one : printed) {
        one.join();
      }
      while (!engine.health().stored().waiting().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(20); // a process of its own, with the system's clock
      }
      System.out.println("done");
    }
  }

  private static synchronized Outcome write(Path file, Effect effect) throws Exception {
    Files.write(
        file,
        (effect.id() + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return Outcome.done();
  }
}
