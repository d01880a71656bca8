package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import com.google.common.base.MoreObjects;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When, on what and why an effect is: what all effects have (rules, section 8).
 *
 * <p>Written by hand, because the engine makes very many of these: an id that the engine gives is
 * put together when it is asked for. Immutable and safe to share between threads.
 */
public final class EffectHeader {
  private final Instant at;
  private final EffectIds ids;
  private final int number;
  private final @Nullable String device;
  private final @Nullable String threat;
  private final @Nullable String classification;
  private final Cause cause;
  private final @Nullable PolicyBasis basis;

  EffectHeader(
      Instant at,
      EffectIds ids,
      int number,
      @Nullable String device,
      @Nullable String threat,
      @Nullable String classification,
      Cause cause,
      @Nullable PolicyBasis basis) {
    this.at = at;
    this.ids = ids;
    this.number = number;
    this.device = device;
    this.threat = threat;
    this.classification = classification;
    this.cause = cause;
    this.basis = basis;
  }

  /** {@return when it happens: the event's instant, or the instant at which the rung was due} */
  public Instant at() {
    return at;
  }

  /**
   * {@return its id, unique in the tenant as long as event numbers are, and the same on every
   * replay: fit as an idempotency key; at most 50 ASCII letters, digits and hyphens}
   */
  public String id() {
    return ids.id(number);
  }

  /** {@return the device's id; absent where policies are rejected, which concerns no one device} */
  public Optional<String> device() {
    return Optional.ofNullable(device);
  }

  /** {@return the threat's id, where it concerns a threat} */
  public Optional<String> threat() {
    return Optional.ofNullable(threat);
  }

  /** {@return the threat's classification, where it concerns a threat and is no rejection} */
  public Optional<String> classification() {
    return Optional.ofNullable(classification);
  }

  /** {@return what brought it about} */
  public Cause cause() {
    return cause;
  }

  /** {@return the policy that it goes back to, where it concerns a threat and is no rejection} */
  public Optional<PolicyBasis> basis() {
    return Optional.ofNullable(basis);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EffectHeader header
        && at.equals(header.at)
        && Objects.equals(device, header.device)
        && Objects.equals(threat, header.threat)
        && Objects.equals(classification, header.classification)
        && cause.equals(header.cause)
        && Objects.equals(basis, header.basis)
        && id().equals(header.id());
  }

  @Override
  public int hashCode() {
    return Objects.hash(at, device, threat, classification, cause, basis, id());
  }

  @Override
  public String toString() {
    return MoreObjects.toStringHelper(this)
        .omitNullValues()
        .add("at", at)
        .add("id", id())
        .add("device", device)
        .add("threat", threat)
        .add("classification", classification)
        .add("cause", cause)
        .add("basis", basis)
        .toString();
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles a header; not safe for use by several threads. */
  public static final class Builder {
    private @Nullable Instant at;
    private @Nullable String id;
    private @Nullable String device;
    private @Nullable String threat;
    private @Nullable String classification;
    private @Nullable Cause cause;
    private @Nullable PolicyBasis basis;

    private Builder() {}

    /**
     * Sets the instant {@link EffectHeader#at()} which it happens.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder at(Instant value) {
      at = requireNonNull(value, "at");
      return this;
    }

    /**
     * Sets the {@link EffectHeader#id()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder id(String value) {
      id = requireNonNull(value, "id");
      return this;
    }

    /**
     * Sets the {@link EffectHeader#device()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder device(String value) {
      device = requireNonNull(value, "device");
      return this;
    }

    /**
     * Sets the {@link EffectHeader#threat()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder threat(String value) {
      threat = requireNonNull(value, "threat");
      return this;
    }

    /**
     * Sets the {@link EffectHeader#classification()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder classification(String value) {
      classification = requireNonNull(value, "classification");
      return this;
    }

    /**
     * Sets the {@link EffectHeader#cause()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder cause(Cause value) {
      cause = requireNonNull(value, "cause");
      return this;
    }

    /**
     * Sets the {@link EffectHeader#basis()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder basis(PolicyBasis value) {
      basis = requireNonNull(value, "basis");
      return this;
    }

    /**
     * {@return the header}
     *
     * @throws IllegalStateException if the instant, the id or the cause is not set
     */
    public EffectHeader build() {
      if (at == null || id == null || cause == null) {
        throw new IllegalStateException("an effect needs an instant, an id and a cause");
      }
      return new EffectHeader(
          at, EffectIds.given(id), EffectIds.ONLY, device, threat, classification, cause, basis);
    }
  }
}
