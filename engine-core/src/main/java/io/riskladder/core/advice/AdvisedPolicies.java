package io.riskladder.core.advice;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import io.riskladder.core.internal.Paths;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.threat.Classification;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A policy set as advice looks at it: what is written where, and for whom it holds. */
final class AdvisedPolicies {
  private static final List<String> SECTIONS =
      List.of("classifications", "groups", "administrators", "labels", "riskResponse");

  private final CompiledPolicies policies;
  private final Map<String, String> pathOfGroup = new HashMap<>();
  private final ListMultimap<String, DeviceGroup> children = ArrayListMultimap.create();
  private final List<AdvisedLadder> ladders = new ArrayList<>();

  AdvisedPolicies(CompiledPolicies policies) {
    this.policies = policies;
    List<DeviceGroup> groups = policies.source().groups();
    for (int i = 0; i < groups.size(); i++) {
      DeviceGroup group = groups.get(i);
      pathOfGroup.put(group.id(), Paths.index("groups", i));
      group.parent().ifPresent(parent -> children.put(parent, group));
    }
    defaults();
    groups.forEach(this::own);
  }

  /** The defaults that some group still inherits: all do that the root does not override. */
  private void defaults() {
    List<Classification> own = policies.source().classifications();
    Map<String, String> pathOfOwn = new HashMap<>();
    for (int i = 0; i < own.size(); i++) {
      pathOfOwn.put(own.get(i).id(), Paths.index("classifications", i));
    }
    DeviceGroup root = root();
    for (Classification classification : policies.classifications().values()) {
      String id = classification.id();
      if (!root.policies().containsKey(id)) {
        ladders.add(
            new AdvisedLadder(
                policies.defaultLadder(id).orElseThrow(),
                pathOfOwn.getOrDefault(id, ""),
                root,
                this));
      }
    }
  }

  private void own(DeviceGroup group) {
    String path = Paths.field(pathOf(group), "policies");
    for (String id : group.policies().keySet()) {
      ladders.add(
          new AdvisedLadder(of(group).ladder(id).orElseThrow(), Paths.key(path, id), group, this));
    }
  }

  DeviceGroup root() {
    return policies.source().groups().stream()
        .filter(group -> group.parent().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  CompiledPolicies policies() {
    return policies;
  }

  GroupPolicies of(DeviceGroup group) {
    return policies.group(group.id()).orElseThrow();
  }

  String pathOf(DeviceGroup group) {
    return pathOf(group.id());
  }

  String pathOf(String group) {
    return pathOfGroup.getOrDefault(group, "groups");
  }

  /** {@return the policies that hold somewhere, defaults first, then in the document's order} */
  List<AdvisedLadder> ladders() {
    return ladders;
  }

  List<DeviceGroup> childrenOf(DeviceGroup group) {
    return children.get(group.id());
  }

  /** {@return the group and those below it, down to where one has a policy of its own} */
  List<GroupPolicies> heirs(DeviceGroup from, String classification) {
    List<GroupPolicies> heirs = new ArrayList<>();
    Deque<DeviceGroup> toVisit = new ArrayDeque<>(List.of(from));
    while (!toVisit.isEmpty()) {
      DeviceGroup group = toVisit.remove();
      heirs.add(of(group));
      for (DeviceGroup child : childrenOf(group)) {
        if (!child.policies().containsKey(classification)) {
          toVisit.add(child);
        }
      }
    }
    return heirs;
  }

  /** {@return the findings by the section that they are in, else in the order found} */
  List<Finding> inDocumentOrder(List<Finding> findings) {
    return findings.stream()
        .sorted(
            Comparator.comparingInt((Finding finding) -> section(finding.path()))
                .thenComparingInt(finding -> index(finding.path())))
        .toList();
  }

  private static int section(String path) {
    for (int i = 0; i < SECTIONS.size(); i++) {
      if (path.startsWith(SECTIONS.get(i))) {
        return i;
      }
    }
    return SECTIONS.size();
  }

  /** The place in the list of groups or classifications; 0 elsewhere. */
  private static int index(String path) {
    int open = path.indexOf('[');
    int close = path.indexOf(']');
    boolean atTop = open > 0 && close > open && SECTIONS.contains(path.substring(0, open));
    return atTop ? Integer.parseInt(path.substring(open + 1, close)) : 0;
  }
}
