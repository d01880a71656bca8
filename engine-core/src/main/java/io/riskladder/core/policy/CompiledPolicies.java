package io.riskladder.core.policy;

import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import io.riskladder.core.Limits;
import io.riskladder.core.mdm.ComplianceRules;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Classification;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * A policy set made ready for use: checked, inheritance resolved, ladders flattened, templates
 * parsed. Made by {@link PolicySet#compile()}.
 *
 * <p>Immutable and safe to share between threads; look-ups take constant time.
 */
public final class CompiledPolicies {
  private final PolicySet source;
  private final Limits limits;
  private final ImmutableMap<String, Classification> classifications;
  private final ImmutableMap<String, Ladder> defaults;
  private final ImmutableMap<String, GroupPolicies> groups;
  private final ImmutableMap<RiskLevel, List<String>> recipients;
  private final ComplianceRules compliance;
  private final InMdm whenConnected;
  private final InMdm whenDisconnected;

  CompiledPolicies(
      PolicySet source,
      Limits limits,
      ImmutableMap<String, Classification> classifications,
      ImmutableMap<String, Ladder> defaults,
      ImmutableMap<String, GroupPolicies> groups) {
    this.source = source;
    this.limits = limits;
    this.classifications = classifications;
    this.defaults = defaults;
    this.groups = groups;
    this.recipients = recipientsByLevel(source);
    this.compliance =
        source
            .riskResponse()
            .map(response -> ComplianceRules.of(response.planFor(source.labels())))
            .orElse(ComplianceRules.none());
    this.whenConnected = InMdm.of(true, source.labels(), compliance);
    this.whenDisconnected = InMdm.of(false, source.labels(), compliance);
  }

  /** What the MDM makes of a device by its risk, and by its platform if it has no apps. */
  private record InMdm(
      Map<RiskLevel, Map<LabelState.Family, String>> labels,
      Map<RiskLevel, Map<Platform, SortedSet<String>>> actions) {

    static InMdm of(boolean connected, LabelScheme scheme, ComplianceRules rules) {
      Map<RiskLevel, Map<LabelState.Family, String>> labels = new EnumMap<>(RiskLevel.class);
      Map<RiskLevel, Map<Platform, SortedSet<String>>> actions = new EnumMap<>(RiskLevel.class);
      for (RiskLevel risk : RiskLevel.values()) {
        Map<LabelState.Family, String> ofRisk = scheme.labelsOf(risk, connected);
        labels.put(risk, ofRisk);
        Map<Platform, SortedSet<String>> byPlatform = new EnumMap<>(Platform.class);
        for (Platform platform : Platform.values()) {
          byPlatform.put(
              platform, rules.actionsInForce(ofRisk.values(), platform, ImmutableSet.of()));
        }
        actions.put(risk, byPlatform);
      }
      return new InMdm(labels, actions);
    }
  }

  private InMdm inMdm(boolean connected) {
    return connected ? whenConnected : whenDisconnected;
  }

  private static ImmutableMap<RiskLevel, List<String>> recipientsByLevel(PolicySet set) {
    Map<RiskLevel, List<String>> byLevel = new EnumMap<>(RiskLevel.class);
    for (RiskLevel level : RiskLevel.values()) {
      byLevel.put(
          level,
          set.administrators().stream()
              .filter(administrator -> administrator.notifyLevels().contains(level))
              .map(Administrator::email)
              .collect(ImmutableSortedSet.toImmutableSortedSet(naturalOrder()))
              .asList());
    }
    return Maps.immutableEnumMap(byLevel);
  }

  /** {@return the set that these were compiled from} */
  public PolicySet source() {
    return source;
  }

  /** {@return the bounds that were kept, and that devices under these policies keep} */
  public Limits limits() {
    return limits;
  }

  /** {@return the time zone of the dates in messages} */
  public ZoneId timeZone() {
    return source.timeZone();
  }

  /** {@return the names of the labels} */
  public LabelScheme labels() {
    return source.labels();
  }

  /**
   * {@return the labels of a device: at most one of each family, in the order of the families;
   * unmodifiable, and the same object each time}
   *
   * @param risk the device's risk
   * @param connected whether it is in touch
   */
  public Map<LabelState.Family, String> labelsOf(RiskLevel risk, boolean connected) {
    return requireNonNull(inMdm(connected).labels().get(requireNonNull(risk, "risk")));
  }

  /**
   * {@return the names of the compliance actions in force for a device, sorted; unmodifiable, and
   * the same object each time for devices without apps}
   *
   * @param risk the device's risk
   * @param connected whether it is in touch
   * @param platform what it runs
   * @param installedApps the apps that it reports
   */
  public SortedSet<String> actionsInForce(
      RiskLevel risk, boolean connected, Platform platform, Set<String> installedApps) {
    return installedApps.isEmpty()
        ? requireNonNull(
            requireNonNull(inMdm(connected).actions().get(requireNonNull(risk, "risk")))
                .get(requireNonNull(platform, "platform")))
        : compliance.actionsInForce(labelsOf(risk, connected).values(), platform, installedApps);
  }

  /** {@return what leads from a label to a compliance action} */
  public ComplianceRules compliance() {
    return compliance;
  }

  /**
   * {@return a classification, built in or the tenant's own, if it is known}
   *
   * @param id its id
   */
  public Optional<Classification> classification(String id) {
    return Optional.ofNullable(classifications.get(requireNonNull(id, "id")));
  }

  /** {@return the classifications by id: the built-in ones, then the tenant's own; unmodifiable} */
  public Map<String, Classification> classifications() {
    return classifications;
  }

  /**
   * {@return the ladder of one rung that holds where no group has a policy, if the classification
   * is known}
   *
   * @param classification the id of a classification
   */
  public Optional<Ladder> defaultLadder(String classification) {
    return Optional.ofNullable(defaults.get(requireNonNull(classification, "classification")));
  }

  /**
   * {@return what holds for a group's devices, if there is such a group}
   *
   * @param id the group's id
   */
  public Optional<GroupPolicies> group(String id) {
    return Optional.ofNullable(groups.get(requireNonNull(id, "id")));
  }

  /**
   * {@return the addresses of the administrators who want mail for a level, sorted; unmodifiable}
   *
   * @param level a risk level
   */
  public List<String> recipients(RiskLevel level) {
    return recipients.getOrDefault(requireNonNull(level, "level"), ImmutableList.of());
  }
}
