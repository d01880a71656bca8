package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicyArchive;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The policies of one version, looked up by the numbers of groups and classifications. */
final class PackedRooms {
  /** Has the policies of each version at hand. */
  interface Finder {
    /** {@return those of a version of the policies, which must be there} */
    PackedRooms rooms(PolicyArchive archive, int version);
  }

  /** The policies of a group. */
  final class Room {
    private final GroupPolicies group;
    private @Nullable Ladder[] ladders = new Ladder[0];
    private final Target.Table targets;

    private Room(GroupPolicies group) {
      this.group = group;
      this.targets =
          targetsUnder.computeIfAbsent(
              group.onDeviceThreatProtection(), its -> new Target.Table(policies, its));
    }

    GroupPolicies group() {
      return group;
    }

    /** {@return the targets of its devices, as far as they have no apps} */
    Target.Table targets() {
      return targets;
    }

    /** {@return the numbers of classifications} */
    Numbers classifications() {
      return classifications;
    }

    /** {@return the ladder of a classification, which has to be known} */
    Ladder ladder(int classification) {
      if (classification >= ladders.length) {
        ladders = Arrays.copyOf(ladders, classifications.size());
      }
      Ladder known = ladders[classification];
      if (known == null) {
        known =
            PolicyLookup.ladder(
                group, classifications.name(classification), "a packed one", version);
        ladders[classification] = known;
      }
      return known;
    }
  }

  private final CompiledPolicies policies;
  private final int version;
  private final Numbers groups;
  private final Numbers classifications;
  private @Nullable Room[] rooms = new Room[0];
  private final Map<OnDeviceThreatProtection, Target.Table> targetsUnder = new HashMap<>();

  PackedRooms(CompiledPolicies policies, int version, Numbers groups, Numbers classifications) {
    this.policies = policies;
    this.version = version;
    this.groups = groups;
    this.classifications = classifications;
  }

  CompiledPolicies policies() {
    return policies;
  }

  Numbers groups() {
    return groups;
  }

  int version() {
    return version;
  }

  Room room(int group) {
    if (group >= rooms.length) {
      rooms = Arrays.copyOf(rooms, groups.size());
    }
    Room known = rooms[group];
    if (known == null) {
      known = new Room(PolicyLookup.group(policies, groups.name(group)));
      rooms[group] = known;
    }
    return requireNonNull(known);
  }
}
