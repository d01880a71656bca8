package io.riskladder.core.device;

import io.riskladder.core.internal.Checks;
import java.time.Instant;
import java.util.Optional;

/**
 * A device that was never enrolled, or was removed.
 *
 * @param id the device's id
 */
public record UnknownDevice(String id) implements DeviceState {
  /**
   * Takes what it is given.
   *
   * @param id the device's id
   * @throws IllegalArgumentException if it is no id
   */
  public UnknownDevice {
    Checks.id("id", id);
  }

  @Override
  public Optional<Instant> nextDue() {
    return Optional.empty();
  }
}
