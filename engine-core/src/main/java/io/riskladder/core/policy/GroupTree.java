package io.riskladder.core.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds a group's way to the root, in trees that may not be trees (rules, section 2). */
final class GroupTree {
  private final Map<String, DeviceGroup> byId = new HashMap<>();

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
   * {@return the path from the group up to the root, both included; empty if it leads into a cycle
   * or to a group that does not exist}
   */
  List<DeviceGroup> pathToRoot(DeviceGroup group) {
    List<DeviceGroup> path = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    DeviceGroup current = group;
    while (seen.add(current.id())) {
      path.add(current);
      if (current.parent().isEmpty()) {
        return path;
      }
      Optional<DeviceGroup> next = parent(current);
      if (next.isEmpty()) {
        return List.of();
      }
      current = next.get();
    }
    return List.of();
  }
}
