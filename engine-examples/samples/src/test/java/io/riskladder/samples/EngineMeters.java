package io.riskladder.samples;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.riskladder.core.device.Effect;
import io.riskladder.mdm.runtime.EngineHealth;
import io.riskladder.mdm.runtime.EngineHealth.ChannelHealth;
import io.riskladder.mdm.runtime.PolicyEngine;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.EngineListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How do I see an engine in my metrics? What happens is counted and timed as it is heard; how the
 * engine is, its host asks now and then, and gauges show the last answer: not once for each gauge,
 * for every answer costs the store a query. No tag is of a device, a user or an address.
 */
final class EngineMeters implements EngineListener {
  private final MeterRegistry registry;
  private final InstantSource clock;
  private final Tags tenant;
  private volatile @Nullable EngineHealth health;

  EngineMeters(MeterRegistry registry, InstantSource clock, String tenantId) {
    this.registry = registry;
    this.clock = clock;
    this.tenant = Tags.of("tenant", tenantId);
    gauge("events.waiting", tenant, EngineHealth::waitingEvents);
    gauge("store.failures", tenant, EngineHealth::storeFailures);
    gauge("devices", tenant, of -> of.stored().devices());
    gauge("dead.letters", tenant, of -> of.stored().deadLetters());
    gauge("rungs.overdue", tenant, of -> since(of.stored().nextDue()));
    for (Channel channel : Channel.values()) {
      Tags tags = tags(channel);
      gauge("deliveries.waiting", tags, of -> of.stored().waiting().getOrDefault(channel, 0L));
      gauge(
          "deliveries.oldest",
          tags,
          of -> since(Optional.ofNullable(of.stored().oldest().get(channel))));
      connectorGauge("down", channel, of -> of.down() ? 1 : 0);
      connectorGauge("calls", channel, ChannelHealth::callsUnderWay);
      connectorGauge("stuck", channel, ChannelHealth::stuckCalls);
    }
  }

  /** Asks the engine how it is; to be called on a timer of the host's, twice a minute say. */
  void refresh(PolicyEngine engine) {
    health = engine.health();
  }

  private Tags tags(Channel channel) {
    return tenant.and("channel", channel.name());
  }

  private void gauge(String name, Tags tags, ToDoubleFunction<EngineHealth> of) {
    Gauge.builder(
            "riskladder." + name,
            () -> {
              EngineHealth last = health;
              return last == null ? Double.NaN : of.applyAsDouble(last);
            })
        .tags(tags)
        .register(registry);
  }

  private double since(Optional<Instant> then) {
    Duration since = then.map(at -> Duration.between(at, clock.instant())).orElse(Duration.ZERO);
    return Math.max(0, since.toMillis() / 1000.0);
  }

  /** Zero where there is no connector. */
  private void connectorGauge(String name, Channel channel, ToDoubleFunction<ChannelHealth> of) {
    gauge(
        "connector." + name,
        tags(channel),
        health -> {
          ChannelHealth connector = health.channels().get(channel);
          return connector == null ? 0 : of.applyAsDouble(connector);
        });
  }

  private void count(Channel channel, String outcome) {
    registry.counter("riskladder.deliveries", tags(channel).and("outcome", outcome)).increment();
  }

  @Override
  public void rungEntered(String id, String device, Instant due, Duration late) {
    registry.timer("riskladder.rungs.late", tenant).record(late);
  }

  @Override
  public void delivered(String id, Channel channel, Effect effect, Duration after) {
    count(channel, "delivered");
    registry.timer("riskladder.deliveries.after", tags(channel)).record(after);
  }

  @Override
  public void superseded(String id, Effect.NotifyDevice effect) {
    count(Channel.NOTIFICATIONS, "superseded");
  }

  @Override
  public void retried(String id, Channel channel, Effect effect, String reason, Instant notBefore) {
    count(channel, "retried");
  }

  @Override
  public void gaveUp(String id, Channel channel, Effect effect, String reason) {
    count(channel, "given up");
  }
}
