package io.riskladder.core.mdm;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Streams;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import io.riskladder.core.mdm.SetUpStep.AddAppControlRule;
import io.riskladder.core.mdm.SetUpStep.AddComplianceAction;
import io.riskladder.core.mdm.SetUpStep.AddSecurityPolicy;
import io.riskladder.core.mdm.SetUpStep.ApplyToLabel;
import io.riskladder.core.mdm.SetUpStep.CreateLabel;
import io.riskladder.core.mdm.SetUpStep.SetPriority;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an administrator sets up in the MDM so that it acts as a risk response says, step by step,
 * and the states to try afterwards.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class SetUpPlan {
  private final ImmutableList<SetUpStep> steps;
  private final ImmutableList<TryOut> tryOuts;

  private SetUpPlan(ImmutableList<SetUpStep> steps, ImmutableList<TryOut> tryOuts) {
    this.steps = steps;
    this.tryOuts = tryOuts;
  }

  /**
   * {@return the set-up that a risk response comes to}
   *
   * @param response what is to be set up, in which names are unique and refer to something, as they
   *     do in a policy set that compiles
   * @param labels the names of the labels
   * @throws IllegalArgumentException if two rules or two actions share a name, or a policy names a
   *     rule or an action that is not there
   */
  public static SetUpPlan of(RiskResponse response, LabelScheme labels) {
    requireNonNull(response, "response");
    requireNonNull(labels, "labels");
    RiskResponsePlan plan = response.planFor(labels);
    ImmutableMap<String, AppControlRule> rules =
        plan.appControlRules().stream().collect(toImmutableMap(AppControlRule::name, rule -> rule));
    ImmutableMap<String, ComplianceAction> actions =
        plan.complianceActions().stream()
            .collect(toImmutableMap(ComplianceAction::name, action -> action));
    for (SecurityPolicy policy : plan.securityPolicies()) {
      enabledRules(policy).forEach(name -> known("enabledRules", name, rules));
      Streams.concat(
              policy.accessControl().map(AccessControl::complianceAction).stream(),
              policy.disallowedDevices().map(DisallowedDevices::complianceAction).stream())
          .forEach(name -> known("complianceAction", name, actions));
    }
    return new SetUpPlan(
        steps(plan, labels), new TryOuts(ComplianceRules.of(plan), labels, rules, actions).all());
  }

  /** {@return the names of the rules that a policy has enabled} */
  static List<String> enabledRules(SecurityPolicy policy) {
    return policy.accessControl().map(AccessControl::enabledRules).orElse(List.of());
  }

  private static void known(String path, String name, Map<String, ?> byName) {
    if (!byName.containsKey(name)) {
      throw Checks.invalid(path, Checks.excerpt(name) + " is not in the plan");
    }
  }

  private static ImmutableList<SetUpStep> steps(RiskResponsePlan plan, LabelScheme scheme) {
    ImmutableList<SecurityPolicy> policies =
        plan.securityPolicies().stream()
            .sorted(comparingInt(SecurityPolicy::priority))
            .collect(toImmutableList());
    ImmutableMap<String, LabelState> stateOf =
        scheme.names().entrySet().stream()
            .collect(toImmutableMap(Map.Entry::getValue, Map.Entry::getKey));
    Set<String> labels = new LinkedHashSet<>(stateOf.keySet());
    policies.forEach(policy -> labels.addAll(policy.labels()));

    ImmutableList.Builder<SetUpStep> steps = ImmutableList.builder();
    labels.forEach(
        label -> steps.add(new CreateLabel(label, Optional.ofNullable(stateOf.get(label)))));
    plan.appControlRules().forEach(rule -> steps.add(new AddAppControlRule(rule)));
    plan.complianceActions().forEach(action -> steps.add(new AddComplianceAction(action)));
    policies.forEach(policy -> steps.add(new AddSecurityPolicy(policy)));
    for (SecurityPolicy policy : policies) {
      for (String label : policy.labels()) {
        steps.add(new ApplyToLabel(policy.name(), label, Optional.ofNullable(stateOf.get(label))));
      }
    }
    for (int i = 1; i < policies.size(); i++) {
      steps.add(new SetPriority(policies.get(i).name(), policies.get(i - 1).name()));
    }
    return steps.build();
  }

  /**
   * {@return the steps, each after those that it needs; unmodifiable} By kind: labels, app control
   * rules, compliance actions, security policies, their labels, their priorities. Labels are in the
   * order of their states, those that no state carries last; rules and actions in the order of the
   * plan; policies and all about them by priority, highest first.
   */
  public List<SetUpStep> steps() {
    return steps;
  }

  /**
   * {@return the states to try; unmodifiable} Connected devices come first, then disconnected ones;
   * each from no risk to HIGH, on each platform in turn. Of states with the same labels the first
   * stands for all, for the MDM cannot tell them apart; so being disconnected is tried only where
   * it has a label. Where apps decide, a device that complies is tried, then one that does not.
   *
   * <p>Law: a device of the engine that is brought into the state gets these labels, and these
   * actions are foreseen for it.
   */
  public List<TryOut> tryOuts() {
    return tryOuts;
  }

  /** {@return the steps of this kind, in order} */
  <T extends SetUpStep> List<T> steps(Class<T> kind) {
    return steps.stream().flatMap(step -> only(step, kind)).toList();
  }

  private static <T> Stream<T> only(SetUpStep step, Class<T> kind) {
    return kind.isInstance(step) ? Stream.of(kind.cast(step)) : Stream.empty();
  }

  /**
   * {@return the plan in Markdown, for an administrator of Ivanti EPMM: numbered boxes to tick, by
   * that console's paths and fields, every value to enter as code; ends with a line feed} What
   * names contain changes nothing about its structure.
   */
  public String toEpmmMarkdown() {
    return EpmmMarkdown.of(this, "");
  }

  /**
   * {@return the plan in Markdown, as {@link #toEpmmMarkdown()}, with a name in its heading}
   *
   * @param name whom the plan is for, such as the policy set's name
   * @throws IllegalArgumentException if the name is blank, longer than {@link
   *     io.riskladder.core.Limits#MAX_NAME_LENGTH}, or has a control character
   */
  public String toEpmmMarkdown(String name) {
    requireNonNull(name, "name");
    return EpmmMarkdown.of(this, " for " + EpmmMarkdown.code(Checks.name("name", name)));
  }
}
