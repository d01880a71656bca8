package io.riskladder.core.device;

import io.riskladder.core.internal.EngineValue;
import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/** When, on what and why an effect is: what all effects have (rules, section 8). */
@Value.Immutable
@EngineValue
public abstract sealed class EffectHeader permits ImmutableEffectHeader {
  EffectHeader() {}

  /** {@return when it happens: the event's instant, or the instant at which the rung was due} */
  public abstract Instant at();

  /**
   * {@return its id, unique in the tenant as long as event numbers are, and the same on every
   * replay: fit as an idempotency key; at most 50 ASCII letters, digits and hyphens}
   */
  public abstract String id();

  /** {@return the device's id; absent where policies are rejected, which concerns no one device} */
  public abstract Optional<String> device();

  /** {@return the threat's id, where it concerns a threat} */
  public abstract Optional<String> threat();

  /** {@return the threat's classification, where it concerns a threat and is no rejection} */
  public abstract Optional<String> classification();

  /** {@return what brought it about} */
  public abstract Cause cause();

  /** {@return the policy that it goes back to, where it concerns a threat and is no rejection} */
  public abstract Optional<PolicyBasis> basis();

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles a header; not safe for use by several threads. */
  public static final class Builder extends ImmutableEffectHeader.Builder {
    Builder() {}
  }
}
