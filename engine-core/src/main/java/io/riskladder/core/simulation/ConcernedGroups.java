package io.riskladder.core.simulation;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.Ladder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which groups a row of a change makes a difference to. */
final class ConcernedGroups {
  private final PolicyChange change;
  private final ListMultimap<String, ChangedPolicy> byClassification = ArrayListMultimap.create();
  private final Map<String, DeviceGroup> groups = new LinkedHashMap<>();

  private ConcernedGroups(PolicyChange change) {
    this.change = change;
    change.rows().forEach(row -> byClassification.put(row.classification(), row));
    change.proposed().source().groups().forEach(group -> groups.put(group.id(), group));
  }

  /** {@return the groups that each row concerns, in the order of the rows and of the document} */
  static Map<ChangedPolicy, List<String>> of(PolicyChange change) {
    ConcernedGroups concerned = new ConcernedGroups(change);
    Map<ChangedPolicy, List<String>> byRow = new LinkedHashMap<>();
    change.rows().forEach(row -> byRow.put(row, new ArrayList<>()));
    for (String classification : concerned.byClassification.keySet()) {
      for (String group : concerned.groups.keySet()) {
        concerned
            .rowsFor(group, classification)
            .forEach(row -> byRow.getOrDefault(row, new ArrayList<>()).add(group));
      }
    }
    return byRow;
  }

  /**
   * The rows that make the difference for a group: those of the policies that it had and has; if it
   * keeps its policy, and only messages that it inherits differ, those on its way to the root.
   */
  private List<ChangedPolicy> rowsFor(String group, String classification) {
    Optional<Ladder> old = ladder(change.present(), group, classification);
    Optional<Ladder> next = ladder(change.proposed(), group, classification);
    if (old.isEmpty() || next.isEmpty() || isLike(old.get(), next.get())) {
      return List.of();
    }
    List<ChangedPolicy> rows = byClassification.get(classification);
    List<ChangedPolicy> ofItsPolicies =
        rows.stream()
            .filter(
                row ->
                    row.group().equals(old.get().policyGroup())
                        || row.group().equals(next.get().policyGroup()))
            .toList();
    return ofItsPolicies.isEmpty()
        ? rows.stream()
            .filter(row -> row.group().filter(up -> isAbove(up, group)).isPresent())
            .toList()
        : ofItsPolicies;
  }

  private static boolean isLike(Ladder old, Ladder next) {
    return old.isLike(next)
        && old.classification().displayName().equals(next.classification().displayName());
  }

  private static Optional<Ladder> ladder(
      CompiledPolicies policies, String group, String classification) {
    return policies.group(group).flatMap((GroupPolicies of) -> of.ladder(classification));
  }

  private boolean isAbove(String up, String group) {
    Optional<DeviceGroup> current = Optional.ofNullable(groups.get(group));
    while (current.isPresent()) {
      if (current.get().id().equals(up)) {
        return true;
      }
      current = current.get().parent().map(groups::get);
    }
    return false;
  }
}
