package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.EnrolledDevice;

/**
 * A device as it is kept.
 *
 * @param state its state
 * @param revision which state that is: no other state of a device of this id, before or after, has
 *     the same; never 0
 * @param policies the latest version of the policies that was put to it; that of its state, unless
 *     they did not fit it
 */
public record StoredDevice(EnrolledDevice state, long revision, int policies) {
  /** The revision of a device that is not there. */
  public static final long NONE = 0;

  /**
   * Takes what it is given.
   *
   * @param state its state
   * @param revision which state that is
   * @param policies the latest version of the policies that was put to it
   */
  public StoredDevice {
    requireNonNull(state, "state");
  }
}
