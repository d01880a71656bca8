package io.riskladder.mdm.runtime;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.Limits;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.internal.Checks;
import java.time.Instant;
import java.util.Optional;

/**
 * An event that a host hands in.
 *
 * @param id the event's id, unique in the tenant, 1 to 200 characters: an event that comes again
 *     with the same id is answered and not applied again
 * @param device the id of the device that it happened to, 1 to 200 characters
 * @param event what happened
 * @param at when it happened; absent for now. What is later than now counts as now, and what is
 *     earlier than the latest that the device has seen counts as happening then
 */
public record Submission(
    String id, String device, DeviceEvent.Reported event, Optional<Instant> at) {
  /**
   * Takes what it is given.
   *
   * @param id the event's id
   * @param device the id of the device
   * @param event what happened
   * @param at when it happened
   * @throws IllegalArgumentException if an id is none, or the instant before 1970 or after 9999
   */
  public Submission {
    Checks.id("id", requireNonNull(id, "id"));
    Checks.id("device", requireNonNull(device, "device"));
    requireNonNull(event, "event");
    at.ifPresent(instant -> Checks.instant("at", instant));
  }

  /**
   * An event that happens now.
   *
   * @param id the event's id
   * @param device the id of the device
   * @param event what happened
   * @throws IllegalArgumentException if an id is none
   */
  public Submission(String id, String device, DeviceEvent.Reported event) {
    this(id, device, event, Optional.empty());
  }

  /**
   * An event that happened at an instant.
   *
   * @param id the event's id
   * @param device the id of the device
   * @param event what happened
   * @param at when, from {@link Limits#EARLIEST} to {@link Limits#LATEST}
   * @throws IllegalArgumentException if an id is none, or the instant out of range
   */
  public Submission(String id, String device, DeviceEvent.Reported event, Instant at) {
    this(id, device, event, Optional.of(at));
  }
}
