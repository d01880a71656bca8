package io.riskladder.mdm.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import io.riskladder.core.device.Effect;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.EngineListener;
import io.riskladder.mdm.spi.LabelTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link EngineListener} has to keep to. Extend it, and say how one is made. */
public abstract class EngineListenerContract {
  private static final String TENANT = "contoso";

  /** Not to be called but by those who extend it. */
  protected EngineListenerContract() {}

  /**
   * {@return one that listens}
   *
   * @throws Exception if there is none, which fails the test
   */
  protected abstract EngineListener newListener() throws Exception;

  @Test
  final void it_hears_everything_and_throws_nothing() throws Exception {
    EngineListener hears = newListener();
    assertDoesNotThrow(() -> hears.decided(TENANT, "d", Optional.of("e"), List.of()));
    assertDoesNotThrow(
        () -> hears.rungEntered(TENANT, "d", StoreSamples.NOON, Duration.ofSeconds(3)));
    for (Channel channel : Channel.values()) {
      Effect effect = StoreSamples.effect(channel, "d", "one");
      assertDoesNotThrow(() -> hears.decided(TENANT, "d", Optional.empty(), List.of(effect)));
      assertDoesNotThrow(() -> hears.delivered(TENANT, channel, effect, Duration.ZERO));
      assertDoesNotThrow(() -> hears.retried(TENANT, channel, effect, "busy", StoreSamples.NOON));
      assertDoesNotThrow(() -> hears.gaveUp(TENANT, channel, effect, "no such device"));
    }
    Effect message = StoreSamples.effect(Channel.NOTIFICATIONS, "d", "two");
    assertDoesNotThrow(() -> hears.superseded(TENANT, (Effect.NotifyDevice) message));
    assertDoesNotThrow(
        () -> hears.drifted(TENANT, new LabelTarget(TENANT, "d", Map.of(), Set.of(), "k")));
    assertDoesNotThrow(() -> hears.policiesChanged(TENANT, StoreSamples.policies(1, "new")));
  }
}
