package io.riskladder.mdm.testkit;

import io.riskladder.core.device.Block;
import io.riskladder.core.device.Effect;
import io.riskladder.mdm.spi.AdministratorMailer;
import io.riskladder.mdm.spi.BlockTarget;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.Delivery;
import io.riskladder.mdm.spi.DeviceNotifier;
import io.riskladder.mdm.spi.IssueLog;
import io.riskladder.mdm.spi.Outcome;
import io.riskladder.mdm.spi.ThreatProtectionControl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Everything else that a host implements: takes messages, mail, issues and blocks, honours
 * idempotency keys, remembers what came, and misbehaves when it is told to. Safe for use by several
 * threads.
 */
public final class FakeHost
    implements DeviceNotifier, AdministratorMailer, IssueLog, ThreatProtectionControl {
  private final Map<Channel, List<Effect>> received = new HashMap<>();
  private final Set<String> keys = new HashSet<>();
  private final Map<String, Block> blocks = new HashMap<>();
  private final Faults faults = new Faults();
  private int repeated;

  /** Makes a host that behaves. */
  public FakeHost() {}

  /**
   * Has calls go wrong from here on.
   *
   * @param next says what goes wrong with each call
   * @return this
   */
  public FakeHost misbehaving(Supplier<Fault> next) {
    faults.set(next);
    return this;
  }

  @Override
  public Outcome notifyDevice(Delivery<Effect.NotifyDevice> delivery) throws Exception {
    return faults.call(() -> take(Channel.NOTIFICATIONS, delivery));
  }

  @Override
  public Outcome send(Delivery<Effect.EmailAdministrators> delivery) throws Exception {
    return faults.call(() -> take(Channel.MAIL, delivery));
  }

  @Override
  public Outcome record(Delivery<Effect> delivery) throws Exception {
    return faults.call(() -> take(Channel.ISSUES, delivery));
  }

  @Override
  public Outcome apply(BlockTarget target) throws Exception {
    return faults.call(
        () -> {
          synchronized (this) {
            blocks.put(target.device(), target.block());
          }
        });
  }

  private synchronized void take(Channel channel, Delivery<?> delivery) {
    if (keys.add(delivery.key())) {
      received.computeIfAbsent(channel, c -> new ArrayList<>()).add(delivery.effect());
    } else {
      repeated++;
    }
  }

  /**
   * {@return what came, in order, each once}
   *
   * @param channel where it came
   */
  public synchronized List<Effect> received(Channel channel) {
    return List.copyOf(received.getOrDefault(channel, List.of()));
  }

  /** {@return how often something came again with a key that was seen before} */
  public synchronized int repeated() {
    return repeated;
  }

  /**
   * {@return what is blocked on a device}
   *
   * @param device the device's id
   */
  public synchronized Block block(String device) {
    return blocks.getOrDefault(device, Block.NONE);
  }
}
