package io.riskladder.core.simulation;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.Ladder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which devices a change can do anything to. Most changes concern few, and to look at a device is
 * much cheaper than to decide on it.
 */
final class ChangeTable {
  private final CompiledPolicies before;
  private final CompiledPolicies after;
  private final PolicyChangeMode mode;
  private final boolean mdmDiffers;
  private final Map<String, OfGroup> groups = new HashMap<>();

  ChangeTable(PolicyChange change, PolicyChangeMode mode) {
    this.before = change.present();
    this.after = change.proposed();
    this.mode = mode;
    this.mdmDiffers = !before.labels().equals(after.labels()) || !plan(before).equals(plan(after));
  }

  private static Optional<RiskResponsePlan> plan(CompiledPolicies policies) {
    return policies.source().riskResponse().map(response -> response.planFor(policies.labels()));
  }

  /** {@return the names of the compliance actions that do something else after the change} */
  Set<String> alteredActions() {
    return plan(before).stream()
        .flatMap(plan -> plan.complianceActions().stream())
        .filter(
            action ->
                after
                    .compliance()
                    .action(action.name())
                    .filter(next -> !next.equals(action))
                    .isPresent())
        .map(ComplianceAction::name)
        .collect(Collectors.toSet());
  }

  /** What the change is for the devices of one group. */
  static final class OfGroup {
    private final GroupPolicies old;
    private final @Nullable GroupPolicies next;
    private final boolean protectionDiffers;
    private final Map<String, OfLadder> ladders = new HashMap<>();

    private OfGroup(GroupPolicies old, @Nullable GroupPolicies next) {
      this.old = old;
      this.next = next;
      this.protectionDiffers =
          next == null || !old.onDeviceThreatProtection().equals(next.onDeviceThreatProtection());
    }

    OfLadder ladder(String classification) {
      OfLadder known = ladders.get(classification);
      if (known == null) {
        known =
            new OfLadder(
                old.ladder(classification).orElseThrow(),
                next == null ? null : next.ladder(classification).orElse(null));
        ladders.put(classification, known);
      }
      return known;
    }

    /** {@return what holds for the group now} */
    GroupPolicies old() {
      return old;
    }

    /** {@return what is to hold for it; there is something unless its devices are misfits} */
    GroupPolicies next() {
      return requireNonNull(next);
    }
  }

  /** What the change is for the threats of one kind on the devices of one group. */
  static final class OfLadder {
    private final Ladder old;
    private final boolean fits;
    private final boolean sameSteps;

    private OfLadder(Ladder old, @Nullable Ladder next) {
      this.old = old;
      this.fits = next != null && !next.classification().isWebContent();
      this.sameSteps = next != null && old.hasSameSteps(next);
    }

    Ladder old() {
      return old;
    }
  }

  /** What the change does to one device. */
  enum OnDevice {
    /** The device could not live under the proposed policies. */
    MISFIT,
    /** The course of its threats can be another. */
    NEW_COURSE,
    /** Its threats go on as before, but what is blocked over them can be something else. */
    NEW_PROTECTION,
    /** Only what the MDM makes of it can be another. */
    NEW_IN_MDM,
    /** Nothing. */
    NOTHING
  }

  OfGroup group(String id) {
    OfGroup known = groups.get(id);
    if (known == null) {
      known = new OfGroup(before.group(id).orElseThrow(), after.group(id).orElse(null));
      groups.put(id, known);
    }
    return known;
  }

  OnDevice on(EnrolledDevice device, OfGroup group) {
    if (group.next == null) {
      return OnDevice.MISFIT;
    }
    boolean newCourse = false;
    if (mode != PolicyChangeMode.PIN) { // a threat that is pinned now keeps the policy that it has
      for (ThreatState threat : device.openThreats()) {
        if (threat.pin().isEmpty()) {
          OfLadder ladder = group.ladder(threat.classification());
          if (!ladder.fits) {
            return OnDevice.MISFIT;
          }
          newCourse |= mode == PolicyChangeMode.RESTART || !ladder.sameSteps;
        }
      }
    }
    if (newCourse) {
      return OnDevice.NEW_COURSE;
    }
    return group.protectionDiffers
        ? OnDevice.NEW_PROTECTION
        : mdmDiffers ? OnDevice.NEW_IN_MDM : OnDevice.NOTHING;
  }
}
