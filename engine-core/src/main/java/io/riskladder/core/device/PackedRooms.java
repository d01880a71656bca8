package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.RiskLevel;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The policies of one version, looked up by the numbers of groups and classifications. */
final class PackedRooms {

  private static final int LEVELS = RiskLevel.values().length;
  private static final int BLOCKS = BlockStrength.values().length;
  private static final int PLATFORMS = Platform.values().length;

  /** The policies of a group. */
  final class Room {
    private final GroupPolicies group;
    private @Nullable Ladder[] ladders = new Ladder[0];
    private final @Nullable DesiredState[] desired =
        new DesiredState[LEVELS * BLOCKS * PLATFORMS * 2];

    private Room(GroupPolicies group) {
      this.group = group;
    }

    GroupPolicies group() {
      return group;
    }

    /** {@return what is wanted of a device without apps} */
    @SuppressWarnings("EnumOrdinal") // of a table in memory, which nothing outlives
    DesiredState desired(
        RiskLevel risk, BlockStrength block, boolean connected, Platform platform) {
      int number =
          ((risk.ordinal() * BLOCKS + block.ordinal()) * PLATFORMS + platform.ordinal()) * 2
              + (connected ? 1 : 0);
      DesiredState known = desired[number];
      if (known == null) {
        known =
            Settlement.desired(
                risk,
                block,
                group.onDeviceThreatProtection(),
                policies,
                connected,
                platform,
                Set.of());
        desired[number] = known;
      }
      return known;
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

  PackedRooms(CompiledPolicies policies, int version, Numbers groups, Numbers classifications) {
    this.policies = policies;
    this.version = version;
    this.groups = groups;
    this.classifications = classifications;
  }

  CompiledPolicies policies() {
    return policies;
  }

  boolean areOf(CompiledPolicies some) {
    return policies == some;
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
