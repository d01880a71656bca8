package io.riskladder.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.runtime.Answer;
import io.riskladder.mdm.runtime.PolicyEngine;
import io.riskladder.mdm.runtime.Submission;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.testkit.FakeMdm;
import io.riskladder.mdm.testkit.TurnedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How do I test my policy? On a clock that the test turns. */
final class NinetyDaysTest {
  private static final Path ROOT = Path.of("../..");

  @Test
  void whoever_never_updates_has_the_highest_label_after_ninety_days() {
    PolicySet policies = Policies.patient(Duration.ofDays(30));
    TurnedClock clock = TurnedClock.at(Instant.parse("2026-03-02T09:00:00Z"));
    FakeMdm mdm = new FakeMdm();
    PolicyEngine engine =
        PolicyEngine.builder(PolicySource.of(policies))
            .clock(clock)
            .threads(clock.threads())
            .labelSync(mdm)
            .build();
    engine.start();
    CompletableFuture<Answer> enrolled =
        engine.submit(new Submission("1", "ana", new DeviceEnrolled("everyone", Platform.IOS)));
    CompletableFuture<Answer> found =
        engine.submit(new Submission("2", "ana", new ThreatDetected("os-1", "OUT_OF_DATE_OS")));
    clock.turn(Duration.ofDays(90));
    assertTrue(enrolled.isDone() && found.isDone());
    assertEquals(Set.of("MES - High Risk"), mdm.labels("ana"));
    engine.close();
  }

  /** What the documentation shows is what is compiled here. */
  @Test
  void the_documentation_shows_code_that_compiles() throws IOException {
    Set<String> compiled = Set.copyOf(lines(Path.of("src")));
    List<String> shown = new ArrayList<>();
    boolean inJava = false;
    for (String line : Files.readAllLines(ROOT.resolve("engine-mdm-spi/docs/engine.md"))) {
      if (line.startsWith("```")) {
        inJava = line.equals("```java");
      } else if (inJava) {
        shown.add(line.strip());
      }
    }
    assertTrue(shown.size() > 20, shown.toString());
    shown.removeIf(compiled::contains);
    assertEquals(List.of(), shown);
  }

  private static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        Files.readAllLines(file).forEach(line -> lines.add(line.strip()));
      }
    }
    return lines.stream().distinct().toList();
  }
}
