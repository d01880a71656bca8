package io.riskladder.core.mdm;

/**
 * What is set up in the MDM: the standard plan, made from the labels, or a plan of the tenant's own
 * (rules, section 9).
 */
public sealed interface RiskResponse permits RiskResponse.Standard, RiskResponsePlan {

  /** The standard plan, whatever the labels are called. */
  record Standard() implements RiskResponse {
    @Override
    public RiskResponsePlan planFor(LabelScheme labels) {
      return StandardPlan.of(labels);
    }
  }

  /** {@return the choice of the standard plan} */
  static RiskResponse standard() {
    return new Standard();
  }

  /**
   * {@return the plan that this comes to}
   *
   * @param labels the names of the labels
   */
  RiskResponsePlan planFor(LabelScheme labels);
}
