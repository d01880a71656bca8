package io.riskladder.core.mdm;

import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.EngineValue;
import org.immutables.value.Value;

/** What an MDM does to a device that violates a policy (rules, section 9). */
@Value.Immutable
@EngineValue
public abstract sealed class ComplianceAction permits ImmutableComplianceAction {
  ComplianceAction() {}

  /** {@return its name, unique in the plan} */
  public abstract String name();

  /** {@return whether an alert is sent; false unless set} */
  @Value.Default
  public boolean sendAlert() {
    return false;
  }

  /** {@return whether access to the company's services is blocked; false unless set} */
  @Value.Default
  public boolean blockAccess() {
    return false;
  }

  /** {@return whether the device is quarantined; false unless set} */
  @Value.Default
  public boolean quarantine() {
    return false;
  }

  @Value.Check
  void check() {
    Checks.name("name", name());
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles an action; not safe for use by several threads. */
  public static final class Builder extends ImmutableComplianceAction.Builder {
    Builder() {}
  }
}
