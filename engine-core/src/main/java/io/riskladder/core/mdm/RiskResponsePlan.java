package io.riskladder.core.mdm;

import io.riskladder.core.internal.EngineValue;
import java.util.List;
import org.immutables.value.Value;

/**
 * The objects that an administrator has set up in the MDM (rules, section 9). Each is valid by
 * itself; that names are unique and refer to something is checked where the plan is compiled with
 * its policy set.
 */
@Value.Immutable
@EngineValue
public abstract sealed class RiskResponsePlan implements RiskResponse
    permits ImmutableRiskResponsePlan {
  RiskResponsePlan() {}

  /** {@return the rules, in the order given} */
  public abstract List<AppControlRule> appControlRules();

  /** {@return the actions, in the order given} */
  public abstract List<ComplianceAction> complianceActions();

  /** {@return the policies, in the order given} */
  public abstract List<SecurityPolicy> securityPolicies();

  @Override
  public final RiskResponsePlan planFor(LabelScheme labels) {
    return this;
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles a plan; not safe for use by several threads. */
  public static final class Builder extends ImmutableRiskResponsePlan.Builder {
    Builder() {}
  }
}
