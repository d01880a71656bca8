package io.riskladder.core.simulation;

import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.risk.RiskLevel;
import java.time.Instant;
import java.util.Map;
import org.immutables.value.Value;

/** A fleet at the end of a day of a {@link Forecast}, and what was sent in the course of it. */
@Value.Immutable
@EngineValue
public abstract sealed class ForecastDay permits ImmutableForecastDay {
  ForecastDay() {}

  /** {@return its number; 0 is the instant of the change itself} */
  public abstract int number();

  /** {@return its end: so many times 24 hours after the change; what is due then is entered} */
  public abstract Instant at();

  /**
   * {@return how many devices are at each level, from NONE to HIGH: the highest of a device's
   * counting threats, so that ADVISORY shows here}
   */
  public abstract Map<RiskLevel, Integer> devices();

  /** {@return how many devices have their domains blocked} */
  public abstract int domainsBlocked();

  /** {@return how many devices have the internet blocked} */
  public abstract int internetBlocked();

  /** {@return how many notifications users get since the day before} */
  public abstract int notifications();

  /** {@return how many mails there are since the day before, each to all who want it} */
  public abstract int mails();

  static Builder builder() {
    return new Builder();
  }

  static final class Builder extends ImmutableForecastDay.Builder {
    Builder() {}
  }
}
