package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import com.google.common.base.MoreObjects;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.riskladder.core.internal.Checks;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A threat that is open on a device, and where it stands on its ladder (rules, section 6).
 *
 * <p>Written by hand, because the engine makes very many of these out of parts that were checked
 * before. Immutable and safe to share between threads.
 */
public final class ThreatState {
  private final String id;
  private final String classification;
  private final int rung;
  private final Instant entered;
  private final @Nullable Instant nextDue;
  private final IssueState issue;
  private final @Nullable PolicyPin pin;

  /** Takes parts that are known to be right. */
  ThreatState(
      String id,
      String classification,
      int rung,
      Instant entered,
      @Nullable Instant nextDue,
      IssueState issue,
      @Nullable PolicyPin pin) {
    this.id = id;
    this.classification = classification;
    this.rung = rung;
    this.entered = entered;
    this.nextDue = nextDue;
    this.issue = issue;
    this.pin = pin;
  }

  /** {@return the threat's id, unique on its device} */
  public String id() {
    return id;
  }

  /** {@return the id of its classification} */
  public String classification() {
    return classification;
  }

  /** {@return the rung that it is on; 0 is the base} */
  public int rung() {
    return rung;
  }

  /** {@return when it entered the rung} */
  public Instant entered() {
    return entered;
  }

  /**
   * {@return when the next rung is entered if nothing intervenes; absent on the last, or if
   * ignored}
   */
  public Optional<Instant> nextDue() {
    return Optional.ofNullable(nextDue);
  }

  /** {@return how its issue stands} */
  public IssueState issue() {
    return issue;
  }

  /** {@return the policy that it keeps, if it is pinned} */
  public Optional<PolicyPin> pin() {
    return Optional.ofNullable(pin);
  }

  /** {@return whether it counts for its device's risk and blocks; ignored ones do not} */
  public boolean counts() {
    return issue != IssueState.IGNORED;
  }

  @Nullable Instant due() {
    return nextDue;
  }

  @Nullable PolicyPin pinOrNull() {
    return pin;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ThreatState threat
        && id.equals(threat.id)
        && classification.equals(threat.classification)
        && rung == threat.rung
        && entered.equals(threat.entered)
        && Objects.equals(nextDue, threat.nextDue)
        && issue == threat.issue
        && Objects.equals(pin, threat.pin);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, classification, rung, entered, nextDue, issue, pin);
  }

  @Override
  public String toString() {
    return MoreObjects.toStringHelper(this)
        .omitNullValues()
        .add("id", id)
        .add("classification", classification)
        .add("rung", rung)
        .add("entered", entered)
        .add("nextDue", nextDue)
        .add("issue", issue)
        .add("pin", pin)
        .toString();
  }

  /** {@return a new builder; its threat has no next rung, no issue and no pin unless set} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles a threat's state; not safe for use by several threads. */
  public static final class Builder {
    private @Nullable String id;
    private @Nullable String classification;
    private int rung;
    private @Nullable Instant entered;
    private @Nullable Instant nextDue;
    private IssueState issue = IssueState.NONE;
    private @Nullable PolicyPin pin;

    private Builder() {}

    /**
     * Takes all of another threat.
     *
     * @param threat the threat to start from
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder from(ThreatState threat) {
      id = threat.id;
      classification = threat.classification;
      rung = threat.rung;
      entered = threat.entered;
      nextDue = threat.nextDue;
      issue = threat.issue;
      pin = threat.pin;
      return this;
    }

    /**
     * Sets the {@link ThreatState#id()}.
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
     * Sets the {@link ThreatState#classification()}.
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
     * Sets the {@link ThreatState#rung()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder rung(int value) {
      rung = value;
      return this;
    }

    /**
     * Sets the {@link ThreatState#entered()} instant.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder entered(Instant value) {
      entered = requireNonNull(value, "entered");
      return this;
    }

    /**
     * Sets the {@link ThreatState#nextDue()} instant.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder nextDue(Instant value) {
      nextDue = requireNonNull(value, "nextDue");
      return this;
    }

    /**
     * Sets the {@link ThreatState#nextDue()} instant, or takes it away.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder nextDue(Optional<Instant> value) {
      nextDue = value.orElse(null);
      return this;
    }

    /**
     * Sets the {@link ThreatState#issue()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder issue(IssueState value) {
      issue = requireNonNull(value, "issue");
      return this;
    }

    /**
     * Sets the {@link ThreatState#pin()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder pin(PolicyPin value) {
      pin = requireNonNull(value, "pin");
      return this;
    }

    /**
     * Sets the {@link ThreatState#pin()}, or takes it away.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder pin(Optional<PolicyPin> value) {
      pin = value.orElse(null);
      return this;
    }

    /**
     * {@return the threat's state}
     *
     * @throws IllegalStateException if the id, the classification or the instant of entry is not
     *     set
     * @throws IllegalArgumentException if an id is no id, the rung is negative, or the threat is
     *     ignored and has a next rung all the same
     */
    public ThreatState build() {
      if (id == null || classification == null || entered == null) {
        throw new IllegalStateException("a threat needs an id, a classification and an entry");
      }
      Checks.id("id", id);
      Checks.id("classification", classification);
      if (rung < 0) {
        throw Checks.invalid("rung", rung + " is negative");
      }
      if (issue == IssueState.IGNORED && nextDue != null) {
        throw Checks.invalid(
            "nextDue", "is present, but the ladder of an ignored threat stands still");
      }
      return new ThreatState(id, classification, rung, entered, nextDue, issue, pin);
    }
  }
}
