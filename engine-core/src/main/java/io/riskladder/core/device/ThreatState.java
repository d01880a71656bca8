package io.riskladder.core.device;

import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.EngineValue;
import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/** A threat that is open on a device, and where it stands on its ladder (rules, section 6). */
@Value.Immutable
@EngineValue
public abstract sealed class ThreatState permits ImmutableThreatState {
  ThreatState() {}

  /** {@return the threat's id, unique on its device} */
  public abstract String id();

  /** {@return the id of its classification} */
  public abstract String classification();

  /** {@return the rung that it is on; 0 is the base} */
  public abstract int rung();

  /** {@return when it entered the rung} */
  public abstract Instant entered();

  /**
   * {@return when the next rung is entered if nothing intervenes; absent on the last, or if
   * ignored}
   */
  public abstract Optional<Instant> nextDue();

  /** {@return how its issue stands} */
  public abstract IssueState issue();

  /** {@return the policy that it keeps, if it is pinned} */
  public abstract Optional<PolicyPin> pin();

  /** {@return whether it counts for its device's risk and blocks; ignored ones do not} */
  public final boolean counts() {
    return issue() != IssueState.IGNORED;
  }

  @Value.Check
  void check() {
    Checks.id("id", id());
    Checks.id("classification", classification());
    if (rung() < 0) {
      throw Checks.invalid("rung", rung() + " is negative");
    }
    if (!counts() && nextDue().isPresent()) {
      throw Checks.invalid(
          "nextDue", "is present, but the ladder of an ignored threat stands still");
    }
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles a threat's state; not safe for use by several threads. */
  public static final class Builder extends ImmutableThreatState.Builder {
    Builder() {}
  }
}
