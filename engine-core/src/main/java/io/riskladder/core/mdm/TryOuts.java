package io.riskladder.core.mdm;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import io.riskladder.core.risk.RiskLevel;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/** The states to try, with what the rules make of them. */
final class TryOuts {
  private static final ImmutableList<RiskLevel> RISKS =
      ImmutableList.of(RiskLevel.NONE, RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH);

  private final ComplianceRules compliance;
  private final LabelScheme labels;
  private final ImmutableMap<String, AppControlRule> rules;
  private final ImmutableMap<String, ComplianceAction> actions;

  TryOuts(
      ComplianceRules compliance,
      LabelScheme labels,
      ImmutableMap<String, AppControlRule> rules,
      ImmutableMap<String, ComplianceAction> actions) {
    this.compliance = compliance;
    this.labels = labels;
    this.rules = rules;
    this.actions = actions;
  }

  ImmutableList<TryOut> all() {
    ImmutableList.Builder<TryOut> all = ImmutableList.builder();
    Set<List<String>> tried = new HashSet<>();
    for (boolean connected : new boolean[] {true, false}) {
      for (RiskLevel risk : RISKS) {
        List<String> onDevice = List.copyOf(labels.labelsOf(risk, connected).values());
        if (tried.add(onDevice)) {
          for (Platform platform : Platform.values()) {
            addCases(all, risk, connected, platform, onDevice);
          }
        }
      }
    }
    return all.build();
  }

  /**
   * A device that complies with every rule that is enabled, and one that violates every one that it
   * can. If the two come to the same, all devices do, for each rule adds to what is in force and
   * none takes away.
   */
  private void addCases(
      ImmutableList.Builder<TryOut> all,
      RiskLevel risk,
      boolean connected,
      Platform platform,
      List<String> onDevice) {
    TryOut.Builder state =
        TryOut.builder()
            .risk(risk)
            .connected(connected)
            .platform(platform)
            .labels(onDevice)
            .policies(compliance.policiesFor(onDevice));
    SortedSet<String> required = apps(AppControlRule.Type.REQUIRED, platform, onDevice);
    SortedSet<String> disallowed = apps(AppControlRule.Type.DISALLOWED, platform, onDevice);
    ImmutableList<ComplianceAction> complying = actions(onDevice, platform, required);
    ImmutableList<ComplianceAction> violating = actions(onDevice, platform, disallowed);
    if (complying.equals(violating)) {
      all.add(state.actions(complying).build());
      return;
    }
    all.add(
        state.actions(complying).installedApps(required).absentApps(disallowed).build(),
        state.actions(violating).installedApps(disallowed).absentApps(required).build());
  }

  /** {@return the apps that the rules in force on a device are about} */
  private SortedSet<String> apps(
      AppControlRule.Type type, Platform platform, List<String> onDevice) {
    return compliance.policyFor(onDevice).map(SetUpPlan::enabledRules).orElse(List.of()).stream()
        .map(name -> requireNonNull(rules.get(name)))
        .filter(rule -> rule.type() == type && rule.platform().covers(platform))
        .map(AppControlRule::app)
        .filter(app -> !app.equals(AppControlRule.NO_SUCH_APP))
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
  }

  private ImmutableList<ComplianceAction> actions(
      List<String> onDevice, Platform platform, Set<String> apps) {
    return compliance.actionsInForce(onDevice, platform, apps).stream()
        .map(name -> requireNonNull(actions.get(name)))
        .collect(ImmutableList.toImmutableList());
  }
}
