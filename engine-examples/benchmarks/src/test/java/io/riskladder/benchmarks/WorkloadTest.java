package io.riskladder.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.benchmarks.contestants.Contestants;
import io.riskladder.benchmarks.workload.Contestant;
import io.riskladder.benchmarks.workload.EffectKind;
import io.riskladder.benchmarks.workload.Hour;
import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.benchmarks.workload.Run;
import io.riskladder.benchmarks.workload.Tally;
import io.riskladder.benchmarks.workload.Workload;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkloadTest {
  private static final Set<Integer> NOT_IN_IT = Set.of(EffectKind.BLOCK_INTERNET, EffectKind.OTHER);

  private final Rules rules = new Rules();

  @ParameterizedTest
  @ValueSource(ints = {300, 2_000})
  void all_contestants_come_to_the_same(int devices) {
    Workload workload = Workload.of(rules, devices);
    Run.Result expected = run(workload, "plain");
    for (String name : Contestants.names()) {
      Run.Result result = run(workload, name);
      assertEquals(expected.counts(), result.counts(), name);
      assertEquals(expected.checksum(), result.checksum(), name);
      assertEquals(expected.events(), result.events(), name);
    }
  }

  @Test
  void every_kind_of_effect_that_the_month_can_have_comes_up() {
    Workload workload = Workload.of(rules, 3_000);
    Tally tally = new Tally();
    try (Contestant plain = Contestants.make("plain", rules, tally)) {
      for (int i = 0; i < workload.devices(); i++) {
        plain.enrolled(workload.device(i), workload.group(i), workload.isIos(i), Workload.START);
      }
      for (int i = 0; i <= Workload.LAST_HOUR; i++) {
        plain.take(workload.hour(i));
        plain.advanceTo(workload.hour(i).at());
      }
    }
    for (int kind = 0; kind < EffectKind.COUNT; kind++) {
      boolean comesUp = tally.count(kind) > 100;
      assertEquals(!NOT_IN_IT.contains(kind), comesUp, EffectKind.name(kind));
    }
    assertTrue(tally.count(EffectKind.BLOCK_DOMAINS) > tally.count(EffectKind.UNBLOCK));
  }

  @Test
  void the_month_is_as_it_is_said_to_be() {
    int devices = 10_000;
    Workload workload = Workload.of(rules, devices);
    assertEquals(1.5, (double) workload.detections() / devices, 0.05, "threats a device");
    assertEquals(0.3, (double) workload.resolutions() / workload.detections(), 0.02, "resolved");
    assertEquals(workload.detections() - workload.resolutions(), workload.openAfter(720));
    Set<String> open = new HashSet<>();
    for (int i = 0; i <= Workload.LAST_HOUR; i++) {
      Hour hour = workload.hour(i);
      for (int j = 0; j < hour.size(); j++) {
        assertEquals(36, hour.device(j).length());
        boolean changes =
            hour.isDetection(j) ? open.add(hour.threat(j)) : open.remove(hour.threat(j));
        assertTrue(changes, "found once, resolved only where found");
      }
      if (i == Workload.ALL_FOUND_HOUR || i == Workload.LAST_HOUR) {
        assertEquals(workload.openAfter(i), open.size());
      }
    }
  }

  @Test
  void the_same_number_of_devices_gives_the_same_month() {
    long first = run(Workload.of(rules, 200), "plain").checksum();
    assertEquals(first, run(Workload.of(rules, 200), "plain").checksum());
    assertNotEquals(first, run(Workload.of(rules, 201), "plain").checksum());
  }

  private Run.Result run(Workload workload, String name) {
    return Run.time(workload, sink -> Contestants.make(name, rules, sink));
  }
}
