package io.riskladder.mdm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.StoredDevice;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes are killed for real, again and again, while they work on an SQLite file. */
final class KilledProcessTest {
  private static final int KILLS = 5;

  @TempDir private Path folder;

  /** What a process said before it ended. */
  private record Said(Set<String> applied, Set<String> known, boolean done) {}

  @Test
  @Timeout(240)
  void after_kills_nothing_that_was_answered_is_lost_and_nothing_was_done_twice() throws Exception {
    Random random = new Random(11);
    Set<String> applied = new HashSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      Said said = run(1 + random.nextInt(KilledProcess.EVENTS - 1));
      assertTrue(said.known.containsAll(intersection(applied, answered(said))), "lost");
      for (String event : said.applied) {
        assertTrue(applied.add(event), event + " was applied twice");
      }
    }
    Said last = run(Integer.MAX_VALUE);
    assertTrue(last.done, "the last process did not come to an end");
    assertEquals(KilledProcess.EVENTS, answered(last).size());
    assertTrue(last.known.containsAll(applied), "an event that was answered was lost");
    assertIsWhatTheCoreMakesOfIt();
  }

  private static Set<String> answered(Said said) {
    Set<String> answered = new HashSet<>(said.applied);
    answered.addAll(said.known);
    return answered;
  }

  private static Set<String> intersection(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    return both;
  }

  /** Runs a process, and kills it when it has answered so many events. */
  private Said run(int answers) throws Exception {
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                classPath(),
                KilledProcess.class.getName(),
                folder.toString())
            .redirectError(errors.toFile())
            .start();
    Set<String> applied = new HashSet<>();
    Set<String> known = new HashSet<>();
    boolean done = false;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.endsWith(" true")) {
          known.add(line.substring(0, line.indexOf(' ')));
        } else if (line.endsWith(" false")) {
          applied.add(line.substring(0, line.indexOf(' ')));
        }
        done |= line.equals("done");
        if (applied.size() + known.size() == answers) {
          process.toHandle().destroyForcibly(); // leaves what it said to be read
        }
      }
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
    if (answers == Integer.MAX_VALUE) {
      assertEquals(0, process.exitValue(), Files.readString(errors));
    }
    return new Said(applied, known, done);
  }

  /** What tests run with, on the class path or, in part, on the module path. */
  private static String classPath() {
    List<String> parts = new ArrayList<>();
    for (String property : List.of("java.class.path", "jdk.module.path")) {
      String path = System.getProperty(property, "");
      if (!path.isEmpty()) {
        parts.add(path);
      }
    }
    parts.add("target/classes");
    parts.add("target/test-classes");
    return String.join(File.pathSeparator, parts);
  }

  private void assertIsWhatTheCoreMakesOfIt() throws Exception {
    PolicyArchive archive = PolicyArchive.startingWith(KilledProcess.policies().compile());
    Map<String, DeviceState> states = new HashMap<>();
    Set<String> wanted = new HashSet<>();
    for (int i = 0; i < KilledProcess.EVENTS; i++) {
      Submission event = KilledProcess.event(i);
      Decision decision =
          states
              .computeIfAbsent(event.device(), DeviceState::unknown)
              .decide(
                  archive, event.event(), event.at().orElseThrow(), Decisions.number(event.id()));
      states.put(event.device(), decision.state());
      for (Effect effect : decision.effects()) {
        if (Channel.of(effect.type())
            .filter(channel -> channel == Channel.NOTIFICATIONS || channel == Channel.ISSUES)
            .isPresent()) {
          wanted.add(effect.id());
        }
      }
    }
    Collection<String> delivered = new HashSet<>(Files.readAllLines(folder.resolve("delivered")));
    assertEquals(wanted, new HashSet<>(delivered));
    try (DeviceStore store = KilledProcess.store(folder)) {
      Map<String, StoredDevice> stored = store.load("default", states.keySet());
      states.forEach(
          (id, state) ->
              assertEquals(state, stored.get(id) == null ? null : stored.get(id).state()));
    }
  }
}
