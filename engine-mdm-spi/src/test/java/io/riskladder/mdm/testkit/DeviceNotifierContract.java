package io.riskladder.mdm.testkit;

import io.riskladder.core.device.Effect;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.Delivery;
import io.riskladder.mdm.spi.DeviceNotifier;
import io.riskladder.mdm.spi.Outcome;
import org.junit.jupiter.api.BeforeEach;

/** What every {@link DeviceNotifier} has to keep to. Extend it, and say how one is made. */
public abstract class DeviceNotifierContract extends DeliveryContract<Effect.NotifyDevice> {
  private DeviceNotifier tested = delivery -> Outcome.refused("not made yet");

  /** Not to be called but by those who extend it. */
  protected DeviceNotifierContract() {
    super(Channel.NOTIFICATIONS, Effect.NotifyDevice.class);
  }

  /**
   * {@return one that works, to be used by several threads}
   *
   * @throws Exception if there is none, which fails the test
   */
  protected abstract DeviceNotifier newNotifier() throws Exception;

  @BeforeEach
  final void make() throws Exception {
    tested = newNotifier();
  }

  @Override
  final Outcome deliver(Delivery<Effect.NotifyDevice> delivery) throws Exception {
    return tested.notifyDevice(delivery);
  }
}
