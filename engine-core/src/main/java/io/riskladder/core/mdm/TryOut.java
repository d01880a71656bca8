package io.riskladder.core.mdm;

import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.risk.RiskLevel;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.immutables.value.Value;

/**
 * A state to bring a device into, and what has to come of it in the MDM (rules, sections 7 and 9).
 */
@Value.Immutable
@EngineValue
public abstract sealed class TryOut permits ImmutableTryOut {
  TryOut() {}

  /** {@return the highest level among the device's threats: NONE, LOW, MEDIUM or HIGH} */
  public abstract RiskLevel risk();

  /** {@return whether the device is in touch} */
  public abstract boolean connected();

  /** {@return what the device runs} */
  public abstract Platform platform();

  /**
   * {@return the apps that the device has to have, by exact name, sorted; empty, like {@link
   * #absentApps()}, if what comes of it does not depend on apps}
   */
  @Value.NaturalOrder
  public abstract SortedSet<String> installedApps();

  /** {@return the apps that the device must not have, by exact name, sorted} */
  @Value.NaturalOrder
  public abstract SortedSet<String> absentApps();

  /** {@return the labels that the device has to get, in the order of their families} */
  public abstract List<String> labels();

  /**
   * {@return the active policies applied to one of these labels, highest priority first; the first
   * is in force, and no other}
   */
  public abstract List<SecurityPolicy> policies();

  /** {@return the policy that has to be in force, if there is one} */
  public final Optional<SecurityPolicy> policyInForce() {
    return policies().stream().findFirst();
  }

  /** {@return the actions that have to be in force, sorted by name} */
  public abstract List<ComplianceAction> actions();

  static Builder builder() {
    return new Builder();
  }

  /** Assembles a try-out; not safe for use by several threads. */
  static final class Builder extends ImmutableTryOut.Builder {
    Builder() {}
  }
}
