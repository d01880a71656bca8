package io.riskladder.core.mdm;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Ordering;
import io.riskladder.core.mdm.SecurityPolicy.Status;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * A plan made ready to answer which compliance actions are in force for a device (rules, section
 * 9). Immutable and safe to share between threads.
 */
public final class ComplianceRules {
  private static final ComplianceRules NONE = of(RiskResponsePlan.builder().build());

  private final ImmutableList<SecurityPolicy> activeByPriority;
  private final ImmutableMap<String, AppControlRule> ruleByName;
  private final ImmutableMap<String, ComplianceAction> actionByName;

  private ComplianceRules(RiskResponsePlan plan) {
    this.activeByPriority =
        plan.securityPolicies().stream()
            .filter(policy -> policy.status() == Status.ACTIVE)
            .sorted(Comparator.comparingInt(SecurityPolicy::priority))
            .collect(ImmutableList.toImmutableList());
    this.ruleByName = Maps.uniqueIndex(plan.appControlRules(), AppControlRule::name);
    this.actionByName = Maps.uniqueIndex(plan.complianceActions(), ComplianceAction::name);
  }

  /** {@return the rules of an MDM in which nothing is set up} */
  public static ComplianceRules none() {
    return NONE;
  }

  /**
   * {@return the rules of a plan}
   *
   * @param plan the plan, in which names are unique and refer to something
   * @throws IllegalArgumentException if two rules share a name, or two actions
   */
  public static ComplianceRules of(RiskResponsePlan plan) {
    return new ComplianceRules(plan);
  }

  /**
   * {@return what an action does, if there is one of that name}
   *
   * @param name the name of a compliance action
   */
  public Optional<ComplianceAction> action(String name) {
    return Optional.ofNullable(actionByName.get(requireNonNull(name, "name")));
  }

  /**
   * {@return the rules that a policy enables and a device violates, in the policy's order;
   * unmodifiable}
   *
   * @param policy a policy of the plan
   * @param platform the device's platform
   * @param installedApps the apps that the device reports
   */
  public List<AppControlRule> violatedRules(
      SecurityPolicy policy, Platform platform, Set<String> installedApps) {
    return policy.accessControl().stream()
        .flatMap(control -> control.enabledRules().stream())
        .map(ruleByName::get)
        .filter(rule -> rule != null && rule.isViolatedBy(platform, installedApps))
        .toList();
  }

  /**
   * {@return the one policy that a device is subject to: the active one with the highest priority
   * among those applied to a label that it has}
   *
   * @param labels the device's labels
   */
  public Optional<SecurityPolicy> policyFor(Collection<String> labels) {
    requireNonNull(labels, "labels");
    for (SecurityPolicy policy : activeByPriority) {
      if (isApplied(policy, labels)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }

  /**
   * {@return all active policies that are applied to one of the labels, highest priority first: a
   * device is subject to the first alone; unmodifiable}
   *
   * @param labels the device's labels
   */
  public List<SecurityPolicy> policiesFor(Collection<String> labels) {
    requireNonNull(labels, "labels");
    return activeByPriority.stream()
        .filter(policy -> isApplied(policy, labels))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean isApplied(SecurityPolicy policy, Collection<String> labels) {
    return !Collections.disjoint(policy.labels(), labels);
  }

  /**
   * {@return the names of the actions in force for a device, sorted; unmodifiable}
   *
   * @param labels the device's labels
   * @param platform the device's platform
   * @param installedApps the apps that the device reports
   */
  public SortedSet<String> actionsInForce(
      Collection<String> labels, Platform platform, Set<String> installedApps) {
    return policyFor(labels)
        .map(policy -> actionsOf(policy, platform, installedApps))
        .orElseGet(ImmutableSortedSet::of);
  }

  private ImmutableSortedSet<String> actionsOf(
      SecurityPolicy policy, Platform platform, Set<String> installedApps) {
    ImmutableSortedSet.Builder<String> actions =
        new ImmutableSortedSet.Builder<>(Ordering.natural());
    policy
        .accessControl()
        .filter(control -> violates(control.enabledRules(), platform, installedApps))
        .ifPresent(control -> actions.add(control.complianceAction()));
    policy
        .disallowedDevices()
        .filter(disallowed -> disallowed.allIosDevices() && platform == Platform.IOS)
        .ifPresent(disallowed -> actions.add(disallowed.complianceAction()));
    return actions.build();
  }

  private boolean violates(List<String> rules, Platform platform, Set<String> installedApps) {
    for (String name : rules) {
      AppControlRule rule = ruleByName.get(name);
      if (rule != null && rule.isViolatedBy(platform, installedApps)) {
        return true;
      }
    }
    return false;
  }
}
