package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.Effect;
import java.time.Instant;

/**
 * An effect that was given up.
 *
 * @param number its number in the store
 * @param channel where it should have gone
 * @param effect the effect
 * @param reason why it was given up
 * @param at when it was given up
 */
public record DeadLetter(long number, Channel channel, Effect effect, String reason, Instant at) {
  /**
   * Takes what it is given.
   *
   * @param number its number in the store
   * @param channel where it should have gone
   * @param effect the effect
   * @param reason why it was given up
   * @param at when it was given up
   */
  public DeadLetter {
    requireNonNull(channel, "channel");
    requireNonNull(effect, "effect");
    requireNonNull(reason, "reason");
    requireNonNull(at, "at");
  }
}
