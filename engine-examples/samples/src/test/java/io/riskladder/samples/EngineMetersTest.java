package io.riskladder.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.mdm.Platform;
import io.riskladder.mdm.runtime.Answer;
import io.riskladder.mdm.runtime.PolicyEngine;
import io.riskladder.mdm.runtime.Submission;
import io.riskladder.mdm.spi.EngineListener;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.testkit.EngineListenerContract;
import io.riskladder.mdm.testkit.FakeHost;
import io.riskladder.mdm.testkit.FakeMdm;
import io.riskladder.mdm.testkit.Fault;
import io.riskladder.mdm.testkit.TurnedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class EngineMetersTest {
  private final TurnedClock clock = TurnedClock.at(Instant.parse("2026-03-02T09:00:00Z"));
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.THROWS);

  private double gauge(String name, String... tags) {
    return registry.get("riskladder." + name).tags(tags).gauge().value();
  }

  private double deliveries(String channel, String outcome) {
    return registry
        .get("riskladder.deliveries")
        .tags("tenant", "clinic", "channel", channel, "outcome", outcome)
        .counter()
        .count();
  }

  @Test
  void what_an_engine_does_and_how_it_is_shows_in_the_hosts_metrics() {
    EngineMeters meters = new EngineMeters(registry, clock, "clinic");
    assertTrue(Double.isNaN(gauge("devices")), "nobody asked yet");
    PolicyEngine engine =
        PolicyEngine.builder(PolicySource.of(Policies.patient(Duration.ofDays(7))))
            .tenant("clinic")
            .clock(clock)
            .threads(clock.threads())
            .labelSync(new FakeMdm().misbehaving(fault::get))
            .deviceNotifier(new FakeHost())
            .listener(meters)
            .build();
    engine.start();
    CompletableFuture<Answer> enrolled =
        engine.submit(new Submission("1", "ana", new DeviceEnrolled("everyone", Platform.IOS)));
    CompletableFuture<Answer> found =
        engine.submit(new Submission("2", "ana", new ThreatDetected("os-1", "OUT_OF_DATE_OS")));
    meters.refresh(engine);
    assertEquals(2, gauge("events.waiting"));
    clock.turn(Duration.ofDays(7).plusHours(2));
    assertTrue(enrolled.isDone() && found.isDone());
    meters.refresh(engine);

    assertEquals(1, gauge("devices"));
    assertEquals(0, gauge("events.waiting"));
    assertEquals(0, gauge("rungs.overdue"), "the next one is to come");
    assertTrue(gauge("deliveries.waiting", "channel", "LABELS") > 0);
    assertEquals(2 * 3600, gauge("deliveries.oldest", "channel", "LABELS"));
    assertEquals(0, gauge("deliveries.waiting", "channel", "NOTIFICATIONS"));
    assertEquals(0, gauge("deliveries.oldest", "channel", "NOTIFICATIONS"));
    assertEquals(2, deliveries("NOTIFICATIONS", "delivered"));
    assertTrue(deliveries("LABELS", "retried") > 0);
    Timer late = registry.get("riskladder.rungs.late").timer();
    assertEquals(1, late.count());
    assertEquals(0, late.max(TimeUnit.SECONDS));

    fault.set(Fault.REFUSED);
    clock.turn(Duration.ofDays(1));
    fault.set(Fault.NONE);
    clock.jump(clock.instant().plus(Duration.ofDays(7)));
    meters.refresh(engine);
    assertTrue(deliveries("LABELS", "given up") > 0);
    assertEquals(deliveries("LABELS", "given up"), gauge("dead.letters"));
    assertTrue(deliveries("LABELS", "delivered") > 0);
    assertEquals(0, gauge("deliveries.waiting", "channel", "LABELS"));
    assertEquals(2, late.count());
    assertEquals(26.0, late.totalTime(TimeUnit.HOURS));
    assertEquals(
        3,
        registry
            .get("riskladder.deliveries.after")
            .tag("channel", "NOTIFICATIONS")
            .timer()
            .count());
    engine.close();
  }

  @Nested
  final class Contract extends EngineListenerContract {
    @Override
    protected EngineListener newListener() {
      return new EngineMeters(registry, clock, "clinic");
    }
  }
}
