package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Maps;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How much a store holds of a tenant.
 *
 * @param devices how many devices are enrolled
 * @param nextDue when the next rung is to be entered, if there is one; in the past if that is late
 * @param waiting how many effects wait to be delivered, by channel, in the order of the channels; 0
 *     is left out; unmodifiable
 * @param oldest when the oldest effect that waits happened, by channel; unmodifiable
 * @param deadLetters how many effects were given up
 */
public record StoreFigures(
    long devices,
    Optional<Instant> nextDue,
    Map<Channel, Long> waiting,
    Map<Channel, Instant> oldest,
    long deadLetters) {
  /**
   * Copies what it is given.
   *
   * @param devices how many devices are enrolled
   * @param nextDue when the next rung is to be entered
   * @param waiting how many effects wait to be delivered, by channel
   * @param oldest when the oldest effect that waits happened, by channel
   * @param deadLetters how many effects were given up
   */
  public StoreFigures {
    requireNonNull(nextDue, "nextDue");
    waiting = Maps.immutableEnumMap(waiting);
    oldest = Maps.immutableEnumMap(oldest);
  }
}
