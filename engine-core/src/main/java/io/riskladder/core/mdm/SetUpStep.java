package io.riskladder.core.mdm;

import java.util.Optional;

/** One thing that an administrator does in the MDM's console, or finds done already. */
public sealed interface SetUpStep {

  /**
   * A label that has to be there, for devices to get it or for a policy to be applied to it. To be
   * one that devices are put into one by one, not one that finds them by a filter.
   *
   * @param name the label's name
   * @param state what the label says of a device; empty if no state carries it, so that the engine
   *     puts it on no device
   */
  record CreateLabel(String name, Optional<LabelState> state) implements SetUpStep {}

  /**
   * A rule about an app.
   *
   * @param rule the rule
   */
  record AddAppControlRule(AppControlRule rule) implements SetUpStep {}

  /**
   * An action against devices that violate a policy.
   *
   * @param action the action
   */
  record AddComplianceAction(ComplianceAction action) implements SetUpStep {}

  /**
   * A policy, inactive ones too. Its labels and its priority are steps of their own.
   *
   * @param policy the policy
   */
  record AddSecurityPolicy(SecurityPolicy policy) implements SetUpStep {}

  /**
   * A policy is applied to a label.
   *
   * @param policy the policy's name
   * @param label the label's name
   * @param state what the label says of a device; empty if no state carries it, so that no device
   *     gets the policy by it from the engine
   */
  record ApplyToLabel(String policy, String label, Optional<LabelState> state)
      implements SetUpStep {}

  /**
   * A policy gets its place among the others: consoles order policies by saying which of two is the
   * lower, not by numbers.
   *
   * @param policy the policy's name
   * @param lowerThan the name of the policy with the next higher priority
   */
  record SetPriority(String policy, String lowerThan) implements SetUpStep {}
}
