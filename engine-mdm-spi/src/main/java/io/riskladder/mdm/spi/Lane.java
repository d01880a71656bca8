package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.Effect;
import java.time.Instant;
import java.util.List;

/**
 * What waits to be delivered to one device on one channel, claimed by one engine for a while.
 *
 * @param channel the channel
 * @param device the device's id
 * @param claim which claim this is: no other has the same
 * @param failures how often in a row it was tried in vain
 * @param waiting what waits, in order; perhaps not all; on a channel of levels perhaps nothing, if
 *     only the level is to be delivered once more; unmodifiable
 * @param desired what is wanted of the device, on a channel of levels: that of its state when the
 *     lane was claimed, or nothing if it is not enrolled; on other channels always nothing
 */
public record Lane(
    Channel channel,
    String device,
    String claim,
    int failures,
    List<Waiting> waiting,
    DesiredState desired) {
  /**
   * Copies what it is given.
   *
   * @param channel the channel
   * @param device the device's id
   * @param claim which claim this is
   * @param failures how often in a row it was tried in vain
   * @param waiting what waits, in order
   * @param desired what is wanted of the device
   */
  public Lane {
    requireNonNull(channel, "channel");
    requireNonNull(device, "device");
    requireNonNull(claim, "claim");
    waiting = ImmutableList.copyOf(waiting);
    requireNonNull(desired, "desired");
  }

  /**
   * One effect that waits.
   *
   * @param number its number in the store: grows from one effect of a device to the next
   * @param effect the effect
   * @param posted since when it waits, by the clock of the engine that decided on it; after an
   *     outage that is long after it happened. Of what was a dead letter, since when it waits again
   */
  public record Waiting(long number, Effect effect, Instant posted) {
    /**
     * Takes what it is given.
     *
     * @param number its number in the store
     * @param effect the effect
     * @param posted since when it waits
     */
    public Waiting {
      requireNonNull(effect, "effect");
      requireNonNull(posted, "posted");
    }
  }
}
