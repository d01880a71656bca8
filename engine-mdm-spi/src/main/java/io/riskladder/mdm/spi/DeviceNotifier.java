package io.riskladder.mdm.spi;

import io.riskladder.core.device.Effect;

/** Tells the users of devices, by push or however else the host reaches them. */
public interface DeviceNotifier {
  /**
   * Shows a message on a device.
   *
   * <p>Called on the engine's connector threads, several at a time for different devices, never two
   * for the same device; it may block, up to the engine's call timeout, after which its thread is
   * interrupted and the call counts as a retry. For each device in the order in which the effects
   * came about; a message that was overtaken by a later one for the same threat before it left is
   * not sent at all. A call may be repeated with the same {@link Delivery#key()}, also when an
   * earlier one was carried out and its answer lost: use the key, or show a message twice at worst.
   * What it throws, and null, counts as {@link Outcome#retryLater}.
   *
   * @param delivery the message, never null
   * @return what came of it
   * @throws Exception if it cannot be told what came of it
   */
  Outcome notifyDevice(Delivery<Effect.NotifyDevice> delivery) throws Exception;
}
