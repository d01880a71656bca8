package io.riskladder.core.device;

import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.RiskLevel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a device is to be brought to. Those of tables know what leads from one to the other. */
final class Target {
  private static final int NONE = -1;
  private static final Target[] NO_OTHERS = new Target[0];

  static final Target NOTHING = of(DesiredState.nothing());

  private final DesiredState state;

  /** Its number in its table, or NONE. */
  private final int number;

  // what leads from here to others, by their numbers; worked out when it is first asked for, and
  // again when it is asked for another of the same number, which is of another table
  private @Nullable Target[] others = NO_OTHERS;
  private List<List<Change>> changes = List.of();

  private Target(DesiredState state, int number) {
    this.state = state;
    this.number = number;
  }

  static Target of(DesiredState state) {
    return new Target(state, NONE);
  }

  DesiredState state() {
    return state;
  }

  /** Hands over what leads from here to another target, in the order of section 7. */
  void leadTo(Target next, Effects effects) {
    if (next == this) {
      return;
    }
    if (number == NONE || next.number == NONE) {
      Settlement.changes(state, next.state, effects);
      return;
    }
    List<Change> known = changesTo(next);
    for (int i = 0; i < known.size(); i++) {
      effects.change(known.get(i));
    }
  }

  private List<Change> changesTo(Target next) {
    if (others.length == 0) {
      others = new Target[Table.SIZE];
      changes = new ArrayList<>(Collections.nCopies(Table.SIZE, List.of()));
    }
    if (others[next.number] != next) {
      changes.set(next.number, Change.between(state, next.state));
      others[next.number] = next;
    }
    return changes.get(next.number);
  }

  /**
   * All targets of devices without apps, under one protection and the policies of one version; each
   * is made when it is first asked for.
   */
  static final class Table {
    private static final int BLOCKS = BlockStrength.values().length;
    private static final int PLATFORMS = Platform.values().length;
    private static final int SIZE = RiskLevel.values().length * BLOCKS * PLATFORMS * 2;

    private final CompiledPolicies policies;
    private final OnDeviceThreatProtection protection;
    private final @Nullable Target[] targets = new Target[SIZE];

    Table(CompiledPolicies policies, OnDeviceThreatProtection protection) {
      this.policies = policies;
      this.protection = protection;
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
        known = new Target(state, number);
        targets[number] = known;
      }
      return known;
    }
  }
}
