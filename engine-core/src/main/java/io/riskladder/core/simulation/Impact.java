package io.riskladder.core.simulation;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.policy.CompiledPolicies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What it would do to a fleet, as it stands, to put other policies in force.
 *
 * <p>Law: these are the effects that {@link Fleet#changePolicies} has in the latest instant that
 * the fleet has seen, counted. The fleet stays as it is.
 */
@Value.Immutable
@EngineValue
public abstract sealed class Impact permits ImmutableImpact {
  Impact() {}

  /** {@return what differs} */
  public abstract PolicyChange change();

  /** {@return what would become of the threats that are open} */
  public abstract PolicyChangeMode mode();

  /** {@return the instant that is assessed: the latest that the fleet has seen} */
  public abstract Instant at();

  /** {@return how many devices the fleet has} */
  public abstract int fleetSize();

  /**
   * {@return why the policies would be rejected, in one line, if they would: they do not fit a
   * device; nothing would change then}
   */
  public abstract Optional<String> misfit();

  /** {@return what each row of the change concerns and does, in the order of the rows} */
  public abstract List<RowImpact> rows();

  /** {@return what the change does to the fleet, each device counted once} */
  public abstract Consequences total();

  /**
   * {@return the devices on which the change makes a next rung due at once, as a ladder with
   * shorter waits does: they climb right after it, which {@link #total} does not count and day 0 of
   * a {@link Forecast} does}
   */
  public abstract DeviceSet dueAtOnce();

  /**
   * {@return the impact of a change}. To leave some of its rows out, assess {@code
   * change().without(rows).proposed()}.
   *
   * @param fleet the devices as they stand, which nothing may change meanwhile
   * @param proposed the policies that may replace those in force
   * @param mode what is to become of the threats that are open
   */
  public static Impact of(Fleet fleet, CompiledPolicies proposed, PolicyChangeMode mode) {
    return ImpactAssessment.assess(
        requireNonNull(fleet, "fleet"),
        requireNonNull(proposed, "proposed"),
        requireNonNull(mode, "mode"));
  }

  static Builder builder() {
    return new Builder();
  }

  static final class Builder extends ImmutableImpact.Builder {
    Builder() {}
  }
}
