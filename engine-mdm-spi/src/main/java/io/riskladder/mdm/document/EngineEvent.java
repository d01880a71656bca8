package io.riskladder.mdm.document;

import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.internal.Checks;
import java.time.Instant;

/** An event as a line of a file has it (documents, events). */
public sealed interface EngineEvent {

  /** {@return when it happened} */
  Instant at();

  /**
   * Something happened to a device.
   *
   * @param at when
   * @param device the device's id
   * @param event what
   */
  record OfDevice(Instant at, String device, DeviceEvent.Reported event) implements EngineEvent {
    /**
     * Takes what it is given.
     *
     * @param at when
     * @param device the device's id
     * @param event what
     * @throws IllegalArgumentException if the instant is out of range or the device no id
     */
    public OfDevice {
      Checks.instant("at", at);
      Checks.id("device", device);
    }
  }

  /**
   * Other policies are to be in force.
   *
   * @param at when
   * @param policy the file of the policy document, as the event gives it; not blank
   * @param mode what becomes of the threats that are open
   */
  record PolicyChanged(Instant at, String policy, PolicyChangeMode mode) implements EngineEvent {
    /**
     * Takes what it is given.
     *
     * @param at when
     * @param policy the file of the policy document, as the event gives it
     * @param mode what becomes of the threats that are open
     * @throws IllegalArgumentException if the instant is out of range or the file's name blank
     */
    public PolicyChanged {
      Checks.instant("at", at);
      if (policy.isBlank()) {
        throw Checks.invalid("policy", "is blank, expected a file");
      }
    }
  }

  /**
   * A look at the clock, and nothing more.
   *
   * @param at when
   */
  record Clock(Instant at) implements EngineEvent {
    /**
     * Takes what it is given.
     *
     * @param at when
     * @throws IllegalArgumentException if the instant is out of range
     */
    public Clock {
      Checks.instant("at", at);
    }
  }
}
