package io.riskladder.mdm.runtime;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.RejectionReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of an event. When there is one, it is durable.
 *
 * @param id the event's id
 * @param device the device's id
 * @param at when it was answered, by the clock of the engine that did; when it was taken to have
 *     happened is in the effects
 * @param rejection why nothing came of it, if it was rejected
 * @param effects what came of it, in order, those of rungs that were due before it included; empty
 *     if the event was known already; unmodifiable
 * @param known whether the event had been taken before, and so was not applied again
 */
public record Answer(
    String id,
    String device,
    Instant at,
    Optional<RejectionReason> rejection,
    List<Effect> effects,
    boolean known) {
  /**
   * Copies what it is given.
   *
   * @param id the event's id
   * @param device the device's id
   * @param at when it was answered
   * @param rejection why nothing came of it
   * @param effects what came of it
   * @param known whether the event had been taken before
   */
  public Answer {
    requireNonNull(id, "id");
    requireNonNull(device, "device");
    requireNonNull(at, "at");
    requireNonNull(rejection, "rejection");
    effects = ImmutableList.copyOf(effects);
  }
}
