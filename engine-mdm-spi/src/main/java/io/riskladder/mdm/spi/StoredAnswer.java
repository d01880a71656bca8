package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.RejectionReason;
import java.time.Instant;
import java.util.Optional;

/**
 * What an event came to, kept so that the event is known when it comes again.
 *
 * @param event the event's id, unique in the tenant
 * @param device the device's id
 * @param at when it was answered, by the clock of the engine that did
 * @param rejection why nothing came of it, if it was rejected
 */
public record StoredAnswer(
    String event, String device, Instant at, Optional<RejectionReason> rejection) {
  /**
   * Takes what it is given.
   *
   * @param event the event's id
   * @param device the device's id
   * @param at when it was answered
   * @param rejection why nothing came of it
   */
  public StoredAnswer {
    requireNonNull(event, "event");
    requireNonNull(device, "device");
    requireNonNull(at, "at");
    requireNonNull(rejection, "rejection");
  }
}
