package io.riskladder.core.fleet;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.DeviceEvent;
import java.time.Instant;

/**
 * An event of a device of a fleet.
 *
 * @param device the device's id
 * @param event what happened to it
 * @param at when, from 1970 to 9999
 * @param number the event's number, unique in the tenant
 */
public record FleetEvent(String device, DeviceEvent.Reported event, Instant at, long number) {
  /**
   * Checks nothing but that all is there: what makes no sense is found out by {@link Fleet#apply}.
   *
   * @param device the device's id
   * @param event what happened to it
   * @param at when
   * @param number the event's number
   */
  public FleetEvent {
    requireNonNull(device, "device");
    requireNonNull(event, "event");
    requireNonNull(at, "at");
  }
}
