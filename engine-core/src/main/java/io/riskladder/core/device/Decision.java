package io.riskladder.core.device;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What follows from something that happened to a device.
 *
 * @param state the device's state from now on
 * @param effects what is to be done or known, in this order; each says why; unmodifiable
 */
public record Decision(DeviceState state, List<Effect> effects) {
  /**
   * Copies what it is given.
   *
   * @param state the device's state from now on
   * @param effects what is to be done or known, in this order
   */
  public Decision {
    effects = ImmutableList.copyOf(effects);
  }

  /**
   * {@return when the next rung of the device is to be entered, if there is one: let it decide
   * again then, with {@link DeviceEvent.TimePassed}}
   */
  public Optional<Instant> nextDue() {
    return state.nextDue();
  }

  /** {@return why the event was rejected, if it was} */
  public Optional<RejectionReason> rejection() {
    return effects.stream()
        .filter(Effect.Rejected.class::isInstance)
        .map(effect -> ((Effect.Rejected) effect).reason())
        .findFirst();
  }
}
