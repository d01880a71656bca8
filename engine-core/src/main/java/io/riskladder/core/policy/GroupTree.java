package io.riskladder.core.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds a group's way to the root, in trees that may not be trees (rules, section 2). */
final class GroupTree {
  /** The depth of groups from which no way leads to a root. */
  static final int NOWHERE = 0;

  private final Map<String, DeviceGroup> byId = new HashMap<>();
  private final Map<String, Integer> depths = new HashMap<>();

  /** Where an id is given twice, its first group has it. */
  GroupTree(List<DeviceGroup> groups) {
    groups.forEach(group -> byId.putIfAbsent(group.id(), group));
  }

  Set<String> ids() {
    return byId.keySet();
  }

  Optional<DeviceGroup> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<DeviceGroup> parent(DeviceGroup group) {
    return group.parent().flatMap(this::find);
  }

  /**
   * {@return how many groups are on the way to the root, both ends counted; {@link #NOWHERE} if the
   * way leads into a cycle or to a group that does not exist}
   */
  int depth(DeviceGroup group) {
    List<DeviceGroup> way = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    Optional<DeviceGroup> current = Optional.of(group);
    while (current.isPresent()
        && !depths.containsKey(current.get().id())
        && seen.add(current.get().id())) {
      way.add(current.get());
      current = parent(current.get());
    }
    int depth = current.map(known -> depths.getOrDefault(known.id(), NOWHERE)).orElse(NOWHERE);
    boolean rooted = depth != NOWHERE || endsAtRoot(way);
    for (int i = way.size() - 1; i >= 0; i--) {
      depth = rooted ? depth + 1 : NOWHERE;
      depths.put(way.get(i).id(), depth);
    }
    return depths.getOrDefault(group.id(), NOWHERE);
  }

  private static boolean endsAtRoot(List<DeviceGroup> way) {
    return !way.isEmpty() && way.get(way.size() - 1).parent().isEmpty();
  }

  /** {@return the path from the group up to the root, both included; empty if there is none} */
  List<DeviceGroup> pathToRoot(DeviceGroup group) {
    List<DeviceGroup> path = new ArrayList<>();
    if (depth(group) != NOWHERE) {
      Optional<DeviceGroup> current = Optional.of(group);
      while (current.isPresent()) {
        path.add(current.get());
        current = parent(current.get());
      }
    }
    return path;
  }

  /** {@return the cycle that the group is part of, from it on, or nothing} */
  List<String> cycleFrom(DeviceGroup group) {
    Set<String> cycle = new LinkedHashSet<>();
    Optional<DeviceGroup> current = Optional.of(group);
    while (current.isPresent() && cycle.add(current.get().id())) {
      current = parent(current.get());
    }
    boolean closed = current.map(DeviceGroup::id).filter(group.id()::equals).isPresent();
    return closed ? List.copyOf(cycle) : List.of();
  }
}
