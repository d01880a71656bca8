package io.riskladder.core.simulation;

import static io.riskladder.core.internal.Checks.invalid;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.riskladder.core.Limits;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import java.time.Duration;
import java.util.List;

/**
 * A fleet day by day, under the policies in force and under others that may replace them, if no
 * event comes.
 *
 * <p>Law: if none comes, that is what the engine does. A day is 24 hours; the first is the instant
 * of the change, the latest that the fleet has seen.
 *
 * @param present the days under the policies in force; unmodifiable
 * @param proposed the days under the others; the same as under those in force if the others do not
 *     fit the fleet, see {@link Fleet#misfit}; unmodifiable
 */
public record Forecast(List<ForecastDay> present, List<ForecastDay> proposed) {
  /** The furthest that a forecast looks ahead. */
  public static final Duration MAX_HORIZON = Limits.MAX_WAIT;

  /**
   * Copies what it is given.
   *
   * @param present the days under the policies in force
   * @param proposed the days under the others
   */
  public Forecast {
    present = ImmutableList.copyOf(present);
    proposed = ImmutableList.copyOf(proposed);
  }

  /**
   * {@return the forecast of a change}
   *
   * @param fleet the devices as they stand, which nothing may change meanwhile; it stays as it is
   * @param proposed the policies that may replace those in force
   * @param mode what is to become of the threats that are open
   * @param horizon how far to look ahead: whole days of 24 hours, at most {@link #MAX_HORIZON}, and
   *     not beyond the year 9999
   * @throws IllegalArgumentException if the horizon is none
   */
  public static Forecast of(
      Fleet fleet, CompiledPolicies proposed, PolicyChangeMode mode, Duration horizon) {
    requireNonNull(fleet, "fleet");
    requireNonNull(proposed, "proposed");
    requireNonNull(mode, "mode");
    requireNonNull(horizon, "horizon");
    if (horizon.isNegative()
        || horizon.compareTo(MAX_HORIZON) > 0
        || !Duration.ofDays(horizon.toDays()).equals(horizon)) {
      throw invalid("horizon", horizon + " is not a number of days from 0 to 3650");
    }
    if (horizon.compareTo(Duration.between(fleet.latestSeen(), Limits.LATEST)) > 0) {
      throw invalid(
          "horizon", horizon.toDays() + " days end after the year 9999, the last there is");
    }
    return Forecaster.forecast(fleet, proposed, mode, (int) horizon.toDays());
  }
}
