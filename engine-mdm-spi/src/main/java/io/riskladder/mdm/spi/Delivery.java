package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.Effect;

/**
 * An effect on its way to where it is to have one.
 *
 * @param tenant the tenant's id
 * @param effect the effect
 * @param attempt 1 for the first try, and so on; counts since the last one that was done, as far as
 *     is known: a try whose answer was lost may be missing
 * @param <E> the kind of effect
 */
public record Delivery<E extends Effect>(String tenant, E effect, int attempt) {
  /**
   * Takes what it is given.
   *
   * @param tenant the tenant's id
   * @param effect the effect
   * @param attempt the number of the try
   */
  public Delivery {
    requireNonNull(tenant, "tenant");
    requireNonNull(effect, "effect");
  }

  /**
   * {@return the idempotency key: the same at every try of this effect, and no other effect of the
   * tenant has it; see {@link Effect#id()}}
   */
  public String key() {
    return effect.id();
  }

  /** {@return the device's id} */
  public String device() {
    return effect.header().device().orElseThrow();
  }
}
