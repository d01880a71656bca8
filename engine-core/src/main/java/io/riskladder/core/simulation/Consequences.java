package io.riskladder.core.simulation;

import io.riskladder.core.device.Effect;
import io.riskladder.core.internal.EngineValue;
import java.util.Map;
import org.immutables.value.Value;

/**
 * What a change of policies does to devices in the instant in which it is made (rules, sections 6,
 * 7 and 9).
 */
@Value.Immutable
@EngineValue
public abstract sealed class Consequences permits ImmutableConsequences {
  Consequences() {}

  /** {@return the devices whose risk rises} */
  public abstract DeviceSet raised();

  /** {@return the devices whose risk falls} */
  public abstract DeviceSet lowered();

  /** {@return the devices on which something is blocked now and nothing was before} */
  public abstract DeviceSet newlyBlocked();

  /** {@return the devices on which nothing is blocked any more} */
  public abstract DeviceSet freed();

  /** {@return the devices that were blocked and still are, from something else} */
  public abstract DeviceSet otherwiseBlocked();

  /** {@return the devices that get or lose a label} */
  public abstract DeviceSet relabelled();

  /** {@return the devices that get a label, by its name, in order of name} */
  public abstract Map<String, DeviceSet> labelsAdded();

  /** {@return the devices that lose a label, by its name, in order of name} */
  public abstract Map<String, DeviceSet> labelsRemoved();

  /** {@return the devices on which a compliance action starts, by its name, in order of name} */
  public abstract Map<String, DeviceSet> actionsStarted();

  /** {@return the devices on which a compliance action ceases, by its name, in order of name} */
  public abstract Map<String, DeviceSet> actionsCeased();

  /**
   * {@return the devices on which a compliance action stays in force and does something else from
   * now on, by its name, in order of name: no effect tells of it}
   */
  public abstract Map<String, DeviceSet> actionsAltered();

  /** {@return how many effects of each type there are; types without any are left out} */
  public abstract Map<Effect.Type, Integer> effects();

  /** {@return whether nothing happens to any device} */
  public final boolean isNothing() {
    return effects().isEmpty() && actionsAltered().isEmpty();
  }

  /**
   * {@return how many effects of a type there are}
   *
   * @param type a type of effect
   */
  public final int count(Effect.Type type) {
    return effects().getOrDefault(type, 0);
  }

  static Builder builder() {
    return new Builder();
  }

  static final class Builder extends ImmutableConsequences.Builder {
    Builder() {}
  }
}
