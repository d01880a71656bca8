package io.riskladder.core.device;

import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.RiskLevel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a device is to be brought to. Those of one table know what leads from one to the other. */
final class Target {
  static final Target NOTHING = of(DesiredState.nothing());

  private final DesiredState state;
  private final @Nullable Table table;
  private final int number;

  private Target(DesiredState state, @Nullable Table table, int number) {
    this.state = state;
    this.table = table;
    this.number = number;
  }

  static Target of(DesiredState state) {
    return new Target(state, null, -1);
  }

  DesiredState state() {
    return state;
  }

  /** {@return what leads from here to another target, in the order of section 7} */
  List<Change> changesTo(Target next) {
    if (next == this) {
      return List.of();
    }
    Table known = table;
    return known != null && known == next.table
        ? known.changes(this, next)
        : Settlement.changes(state, next.state);
  }

  /**
   * All targets of devices without apps, under one protection and the policies of one version; each
   * is made, and what leads to it worked out, when it is first asked for.
   */
  static final class Table {
    private static final int BLOCKS = BlockStrength.values().length;
    private static final int PLATFORMS = Platform.values().length;
    private static final int SIZE = RiskLevel.values().length * BLOCKS * PLATFORMS * 2;

    private final CompiledPolicies policies;
    private final OnDeviceThreatProtection protection;
    private final @Nullable Target[] targets = new Target[SIZE];
    private final @Nullable List<Change>[][] changes = newLists(SIZE, 0);

    Table(CompiledPolicies policies, OnDeviceThreatProtection protection) {
      this.policies = policies;
      this.protection = protection;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic types
    private static @Nullable List<Change>[][] newLists(int rows, int columns) {
      return (List<Change>[][]) new List[rows][columns];
    }

    /** {@return the target for a device's risk, and for the strongest block that is allowed} */
    @SuppressWarnings("EnumOrdinal") // of a table in memory, which nothing outlives
    Target target(RiskLevel risk, BlockStrength block, boolean connected, Platform platform) {
      int number =
          ((risk.ordinal() * BLOCKS + block.ordinal()) * PLATFORMS + platform.ordinal()) * 2
              + (connected ? 1 : 0);
      Target known = targets[number];
      if (known == null) {
        DesiredState state =
            Settlement.desired(risk, block, protection, policies, connected, platform, Set.of());
        known = new Target(state, this, number);
        targets[number] = known;
      }
      return known;
    }

    private List<Change> changes(Target from, Target to) {
      if (changes[from.number].length == 0) {
        changes[from.number] = newLists(1, SIZE)[0];
      }
      List<Change> known = changes[from.number][to.number];
      if (known == null) {
        known = Settlement.changes(from.state, to.state);
        changes[from.number][to.number] = known;
      }
      return known;
    }
  }
}
