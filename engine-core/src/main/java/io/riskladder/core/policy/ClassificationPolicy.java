package io.riskladder.core.policy;

import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What one group does about one kind of threat: the base rung and the escalations above it. Whether
 * the rungs make a valid ladder is checked where the set is compiled, for it depends on the
 * classification and the group.
 */
@Value.Immutable
@EngineValue
public abstract sealed class ClassificationPolicy permits ImmutableClassificationPolicy {
  ClassificationPolicy() {}

  /** {@return the risk level of the base} */
  public abstract RiskLevel riskLevel();

  /** {@return what the device does on the base} */
  public abstract Response response();

  /** {@return the base's own message; inherited where absent (rules, section 5)} */
  public abstract Optional<CustomMessage> message();

  /** {@return the rungs above the base, lowest first} */
  public abstract List<Escalation> escalations();

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles a policy; not safe for use by several threads. */
  public static final class Builder extends ImmutableClassificationPolicy.Builder {
    Builder() {}
  }
}
