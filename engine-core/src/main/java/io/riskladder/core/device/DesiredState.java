package io.riskladder.core.device;

import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.risk.RiskLevel;
import java.util.Map;
import java.util.SortedSet;
import org.immutables.value.Value;

/** What a device's threats come to: its risk, and what is made of it (rules, sections 7 and 9). */
@Value.Immutable
@EngineValue
public abstract sealed class DesiredState permits ImmutableDesiredState {
  private static final DesiredState NOTHING =
      builder().risk(RiskLevel.NONE).block(new Block.None()).build();

  DesiredState() {}

  /** {@return the highest level among the counting threats if that is LOW or above, else NONE} */
  public abstract RiskLevel risk();

  /** {@return what is blocked on the device} */
  public abstract Block block();

  /** {@return the device's labels: at most one of each family, in the order of the families} */
  public abstract Map<LabelState.Family, String> labels();

  /** {@return the names of the compliance actions in force in the MDM, sorted} */
  @Value.NaturalOrder
  public abstract SortedSet<String> complianceActions();

  /** {@return the state of a device that nothing is wanted of: one not enrolled} */
  public static DesiredState nothing() {
    return NOTHING;
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles a desired state; not safe for use by several threads. */
  public static final class Builder extends ImmutableDesiredState.Builder {
    Builder() {}
  }
}
