package io.riskladder.core.policy;

import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** A stage of a {@link Ladder}, with nothing left to inherit (rules, sections 1 and 5). */
@Value.Immutable
@EngineValue
public abstract sealed class Rung permits ImmutableRung {
  Rung() {}

  /** {@return its place: 0 is the base} */
  public abstract int number();

  /** {@return the time on the rung below before this one is entered; zero for the base} */
  public abstract Duration after();

  /** {@return the risk level of a threat on it} */
  public abstract RiskLevel riskLevel();

  /** {@return what the device does while a threat is on it} */
  public abstract Response response();

  /** {@return the message of the rung, however inherited} */
  public abstract CustomMessage message();

  /** {@return where that message was written; absent for a built-in one} */
  public abstract Optional<MessageSource> messageSource();

  /** {@return whether both are entered after the same wait, with the same level and response} */
  final boolean isStepLike(Rung other) {
    return after().equals(other.after())
        && riskLevel() == other.riskLevel()
        && response() == other.response();
  }

  static Builder builder() {
    return new Builder();
  }

  static final class Builder extends ImmutableRung.Builder {
    Builder() {}
  }
}
