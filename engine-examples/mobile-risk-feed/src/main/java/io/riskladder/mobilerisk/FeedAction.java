package io.riskladder.mobilerisk;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.policy.PolicySet;

/** Something that an engine is to do because of an event. */
public sealed interface FeedAction {

  /**
   * Something happened to a device.
   *
   * @param device the device's id: what the service calls its guid
   * @param event what
   */
  record OnDevice(String device, DeviceEvent.Reported event) implements FeedAction {
    /**
     * Takes what it is given.
     *
     * @param device the device's id
     * @param event what
     */
    public OnDevice {
      requireNonNull(device, "device");
      requireNonNull(event, "event");
    }
  }

  /**
   * Other policies are to be in force, in mode CONTINUE.
   *
   * @param policies the whole of them; they compile within the limits of those in force
   * @param change what is different, in a few words
   */
  record OnPolicies(PolicySet policies, String change) implements FeedAction {
    /**
     * Takes what it is given.
     *
     * @param policies the whole of them
     * @param change what is different
     */
    public OnPolicies {
      requireNonNull(policies, "policies");
      requireNonNull(change, "change");
    }
  }
}
