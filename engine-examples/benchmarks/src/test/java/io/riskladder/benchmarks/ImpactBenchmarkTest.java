package io.riskladder.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.simulation.Forecast;
import io.riskladder.core.simulation.Impact;
import org.junit.jupiter.api.Test;

final class ImpactBenchmarkTest {
  private final ImpactBenchmark benchmark = new ImpactBenchmark();

  @Test
  void what_is_measured_does_what_it_is_said_to() {
    benchmark.devices = 1_000;
    benchmark.makeFleet();
    assertTrue(benchmark.look() > 0);

    Impact impact = benchmark.impact();
    assertEquals(1, impact.rows().size(), "one kind of threats is changed");
    assertEquals(50, impact.rows().get(0).groups().size(), "all groups inherit it");
    assertTrue(impact.rows().get(0).threats() > 20, "about one threat in 30 is of that kind");

    Forecast forecast = benchmark.forecast();
    assertEquals(31, forecast.present().size());
    assertTrue(!forecast.present().equals(forecast.proposed()), "it makes a difference");
  }
}
