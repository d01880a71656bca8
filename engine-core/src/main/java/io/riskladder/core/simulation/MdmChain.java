package io.riskladder.core.simulation;

import com.google.common.collect.ImmutableList;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.SecurityPolicy;
import java.util.List;

/**
 * How a label comes to a compliance action (rules, section 9).
 *
 * @param labels the device's labels that the policy is applied to; unmodifiable
 * @param policy the security policy that the device is subject to
 * @param violated the enabled rules that the device violates; unmodifiable
 * @param disallowed whether the device is disallowed, as all iOS devices are
 * @param actions what is in force for it, in order of name; unmodifiable
 */
public record MdmChain(
    List<String> labels,
    SecurityPolicy policy,
    List<AppControlRule> violated,
    boolean disallowed,
    List<ComplianceAction> actions) {
  /**
   * Copies what it is given.
   *
   * @param labels the device's labels that the policy is applied to
   * @param policy the security policy that the device is subject to
   * @param violated the enabled rules that the device violates
   * @param disallowed whether the device is disallowed, as all iOS devices are
   * @param actions what is in force for it, in order of name
   */
  public MdmChain {
    labels = ImmutableList.copyOf(labels);
    violated = ImmutableList.copyOf(violated);
    actions = ImmutableList.copyOf(actions);
  }
}
