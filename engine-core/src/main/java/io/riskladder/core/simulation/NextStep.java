package io.riskladder.core.simulation;

import com.google.common.collect.ImmutableList;
import io.riskladder.core.device.Effect;
import java.time.Instant;
import java.util.List;

/**
 * What comes next on a device if no event does.
 *
 * @param at when
 * @param effects what then follows, in order, by the engine itself; unmodifiable
 */
public record NextStep(Instant at, List<Effect> effects) {
  /**
   * Copies what it is given.
   *
   * @param at when
   * @param effects what then follows, in order
   */
  public NextStep {
    effects = ImmutableList.copyOf(effects);
  }
}
