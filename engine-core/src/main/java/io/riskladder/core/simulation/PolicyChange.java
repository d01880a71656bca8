package io.riskladder.core.simulation;

import static io.riskladder.core.internal.Checks.invalid;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.InvalidPolicyException;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.simulation.ChangedPolicy.Kind;
import io.riskladder.core.threat.Classification;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the policies in force and others that are proposed, row by row. A row can be
 * taken out, so that the rest can be assessed, and saved, without it.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class PolicyChange {

  /** What else can differ than what groups say about kinds of threats. */
  public enum Other {
    /** The time zone of the dates in messages. */
    TIME_ZONE,
    /** The tenant's own classifications: which there are, and what they say. */
    CLASSIFICATIONS,
    /** Which groups there are, how they are called, and what is below what. */
    GROUPS,
    /** On-device threat protection of some group. */
    ON_DEVICE_THREAT_PROTECTION,
    /** The default notice of some group. */
    DEFAULT_NOTICES,
    /** Who gets mail, and for what. */
    ADMINISTRATORS,
    /** The names of the labels. */
    LABELS,
    /** What is set up in the MDM. */
    RISK_RESPONSE
  }

  private final CompiledPolicies present;
  private final CompiledPolicies proposed;
  private final ImmutableList<ChangedPolicy> rows;

  private PolicyChange(CompiledPolicies present, CompiledPolicies proposed) {
    this.present = present;
    this.proposed = proposed;
    this.rows = ImmutableList.copyOf(rows(present.source(), proposed.source()));
  }

  /**
   * {@return the change from one to the other}
   *
   * @param present the policies in force
   * @param proposed those that may replace them
   */
  public static PolicyChange between(CompiledPolicies present, CompiledPolicies proposed) {
    return new PolicyChange(
        requireNonNull(present, "present"), requireNonNull(proposed, "proposed"));
  }

  /** {@return the policies in force} */
  public CompiledPolicies present() {
    return present;
  }

  /** {@return those that may replace them} */
  public CompiledPolicies proposed() {
    return proposed;
  }

  /**
   * {@return what differs, in the order of the proposed document: own classifications, then groups,
   * in each of them its policies and after these the removed ones; groups that are there no more
   * have no rows; unmodifiable}
   */
  public List<ChangedPolicy> rows() {
    return rows;
  }

  /** {@return what else differs; unmodifiable} */
  public Set<Other> others() {
    PolicySet old = present.source();
    PolicySet next = proposed.source();
    Set<Other> others = EnumSet.noneOf(Other.class);
    differ(others, Other.TIME_ZONE, old, next, PolicySet::timeZone);
    differ(others, Other.CLASSIFICATIONS, old, next, set -> byId(set.classifications()));
    differ(others, Other.GROUPS, old, next, PolicyChange::tree);
    differ(
        others,
        Other.ON_DEVICE_THREAT_PROTECTION,
        old,
        next,
        ofGroups(DeviceGroup::onDeviceThreatProtection));
    differ(others, Other.DEFAULT_NOTICES, old, next, ofGroups(DeviceGroup::defaultNotice));
    differ(
        others, Other.ADMINISTRATORS, old, next, set -> ImmutableSet.copyOf(set.administrators()));
    differ(others, Other.LABELS, old, next, PolicySet::labels);
    differ(others, Other.RISK_RESPONSE, old, next, PolicySet::riskResponse);
    return Sets.immutableEnumSet(others);
  }

  private static void differ(
      Set<Other> others, Other what, PolicySet old, PolicySet next, Function<PolicySet, ?> part) {
    if (!Objects.equals(part.apply(old), part.apply(next))) {
      others.add(what);
    }
  }

  private static Map<String, Classification> byId(List<Classification> classifications) {
    return Maps.uniqueIndex(classifications, Classification::id);
  }

  private static Object tree(PolicySet set) {
    return set.groups().stream()
        .map(group -> List.of(group.id(), group.name(), group.parent()))
        .collect(ImmutableSet.toImmutableSet());
  }

  private static Function<PolicySet, ?> ofGroups(Function<DeviceGroup, Optional<?>> part) {
    return set -> {
      Map<String, Object> byGroup = new LinkedHashMap<>();
      set.groups()
          .forEach(group -> part.apply(group).ifPresent(value -> byGroup.put(group.id(), value)));
      return byGroup;
    };
  }

  private static List<ChangedPolicy> rows(PolicySet old, PolicySet next) {
    List<ChangedPolicy> rows = new ArrayList<>();
    Map<String, Classification> oldClassifications = byId(old.classifications());
    for (Classification classification : next.classifications()) {
      Classification before = oldClassifications.get(classification.id());
      if (before != null && !before.equals(classification)) {
        rows.add(new ChangedPolicy(Optional.empty(), classification.id(), Kind.CHANGED));
      }
    }
    Map<String, DeviceGroup> oldGroups = Maps.uniqueIndex(old.groups(), DeviceGroup::id);
    for (DeviceGroup group : next.groups()) {
      Map<String, ClassificationPolicy> before =
          Optional.ofNullable(oldGroups.get(group.id()))
              .map(DeviceGroup::policies)
              .orElse(Map.of());
      for (String id : Sets.union(group.policies().keySet(), before.keySet())) {
        kind(before.get(id), group.policies().get(id))
            .ifPresent(kind -> rows.add(new ChangedPolicy(Optional.of(group.id()), id, kind)));
      }
    }
    return rows;
  }

  private static Optional<Kind> kind(
      @Nullable ClassificationPolicy before, @Nullable ClassificationPolicy after) {
    if (Objects.equals(before, after)) {
      return Optional.empty();
    }
    return Optional.of(before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED);
  }

  /**
   * {@return this change without some of its rows: there, the policies in force stay}
   *
   * @param kept rows of this change
   * @throws IllegalArgumentException if one is no row of this change
   * @throws InvalidPolicyException if what stays does not go with the rest of the change
   */
  public PolicyChange without(Collection<ChangedPolicy> kept) {
    requireNonNull(kept, "kept");
    for (ChangedPolicy row : kept) {
      if (!rows.contains(row)) {
        throw invalid("kept", row + " is no row of this change");
      }
    }
    PolicySet next = proposed.source();
    Map<String, Classification> oldClassifications = byId(present.source().classifications());
    PolicySet without =
        PolicySet.builder()
            .from(next)
            .classifications(
                next.classifications().stream()
                    .map(
                        own ->
                            keeps(kept, Optional.empty(), own.id())
                                ? requireNonNull(oldClassifications.get(own.id()))
                                : own)
                    .toList())
            .groups(next.groups().stream().map(group -> keeping(group, kept)).toList())
            .build();
    return between(present, without.compile(proposed.limits()));
  }

  private static boolean keeps(
      Collection<ChangedPolicy> kept, Optional<String> group, String classification) {
    return kept.stream()
        .anyMatch(row -> row.group().equals(group) && row.classification().equals(classification));
  }

  private DeviceGroup keeping(DeviceGroup group, Collection<ChangedPolicy> kept) {
    Map<String, ClassificationPolicy> policies = new LinkedHashMap<>(group.policies());
    for (ChangedPolicy row : kept) {
      if (row.group().filter(group.id()::equals).isPresent()) {
        Optional<ClassificationPolicy> before = oldPolicy(group.id(), row.classification());
        if (before.isPresent()) {
          policies.put(row.classification(), before.get());
        } else {
          policies.remove(row.classification());
        }
      }
    }
    return DeviceGroup.builder().from(group).policies(policies).build();
  }

  private Optional<ClassificationPolicy> oldPolicy(String group, String classification) {
    return present.source().groups().stream()
        .filter(old -> old.id().equals(group))
        .flatMap(old -> Optional.ofNullable(old.policies().get(classification)).stream())
        .findFirst();
  }

  @Override
  public String toString() {
    return "PolicyChange{rows=" + rows + ", others=" + others() + "}";
  }
}
