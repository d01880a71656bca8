package io.riskladder.core.policy;

import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/** A rung above the base of a ladder, as a policy gives it (rules, section 4). */
@Value.Immutable
@EngineValue
public abstract sealed class Escalation permits ImmutableEscalation {
  Escalation() {}

  /**
   * {@return the time on the rung below before this one is entered; positive, in whole seconds, at
   * most 3650 days}
   */
  public abstract Duration after();

  /** {@return the risk level of the rung; above that of the rung below} */
  public abstract RiskLevel riskLevel();

  /** {@return what the device does on the rung} */
  public abstract Response response();

  /** {@return the rung's own message; inherited where absent (rules, section 5)} */
  public abstract Optional<CustomMessage> message();

  @Value.Check
  void check() {
    Checks.waitingPeriod("after", after());
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles an escalation; not safe for use by several threads. */
  public static final class Builder extends ImmutableEscalation.Builder {
    Builder() {}
  }
}
