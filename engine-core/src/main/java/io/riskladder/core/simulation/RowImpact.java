package io.riskladder.core.simulation;

import io.riskladder.core.internal.EngineValue;
import java.util.List;
import org.immutables.value.Value;

/**
 * What one row of a change concerns, and what becomes of it. A device with threats under several
 * rows is in each of them.
 */
@Value.Immutable
@EngineValue
public abstract sealed class RowImpact permits ImmutableRowImpact {
  RowImpact() {}

  /** {@return the row} */
  public abstract ChangedPolicy row();

  /**
   * {@return the ids of the groups for whose devices something else holds because of it: levels,
   * responses, waits or messages; in the order of the document}
   */
  public abstract List<String> groups();

  /** {@return the devices in these groups} */
  public abstract DeviceSet devices();

  /** {@return those of them that have a threat of the kind open, not pinned to an older policy} */
  public abstract DeviceSet threatened();

  /** {@return how many such threats are open on them, ignored ones too} */
  public abstract int threats();

  /**
   * {@return what becomes of the devices that have such a threat, also what other rows do to them:
   * to know what one row does, assess the change without it}
   */
  public abstract Consequences consequences();

  static Builder builder() {
    return new Builder();
  }

  static final class Builder extends ImmutableRowImpact.Builder {
    Builder() {}
  }
}
