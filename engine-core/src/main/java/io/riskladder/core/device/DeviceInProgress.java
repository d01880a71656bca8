package io.riskladder.core.device;

import io.riskladder.core.device.Effect.EmailAdministrators;
import io.riskladder.core.device.Effect.IssueIgnored;
import io.riskladder.core.device.Effect.IssueOpened;
import io.riskladder.core.device.Effect.IssueResolved;
import io.riskladder.core.device.Effect.IssueRestored;
import io.riskladder.core.device.Effect.IssueUpdated;
import io.riskladder.core.device.Effect.NotifyDevice;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.core.risk.RiskLevel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A device while one decision is made: what threats do (rules, section 6), step by step, with their
 * effects. Lives as long as the decision and belongs to it alone.
 */
final class DeviceInProgress {
  private final EnrolledDevice before;
  private final PolicyArchive archive;
  private final Effects effects;
  private final TreeMap<String, ThreatState> threats;
  private PolicyPin present;
  private boolean connected;
  private DesiredState desired;

  DeviceInProgress(EnrolledDevice before, PolicyArchive archive, Effects effects) {
    this.before = before;
    this.archive = archive;
    this.effects = effects;
    this.threats = new TreeMap<>(before.threats());
    this.present = new PolicyPin(before.policyVersion(), before.group());
    this.connected = before.connected();
    this.desired = before.desired();
  }

  Effects effects() {
    return effects;
  }

  /** {@return the policies that the device is under} */
  CompiledPolicies policies() {
    return Standing.policies(archive, present.version());
  }

  Optional<ThreatState> threat(String id) {
    return Optional.ofNullable(threats.get(id));
  }

  private ThreatState known(String id) {
    return threat(id).orElseThrow();
  }

  int threatCount() {
    return threats.size();
  }

  EnrolledDevice stateSoFar() {
    return state(before.lastSeen());
  }

  EnrolledDevice state(Instant lastSeen) {
    return EnrolledDevice.builder()
        .from(before)
        .group(present.group())
        .policyVersion(present.version())
        .connected(connected)
        .threats(threats)
        .desired(desired)
        .lastSeen(lastSeen)
        .build();
  }

  void connect(boolean inTouch) {
    connected = inTouch;
  }

  /** Enters what is due before the instant, or also at it, by due instant and then threat id. */
  void enterDue(Instant limit, boolean alsoAtLimit) {
    Optional<ThreatState> next = earliestDue();
    while (next.isPresent()) {
      Instant due = next.get().nextDue().orElseThrow();
      if (alsoAtLimit ? due.isAfter(limit) : !due.isBefore(limit)) {
        return;
      }
      effects.causedByDue(due, next.get().id());
      ThreatState entered = onRung(next.get(), next.get().rung() + 1, due);
      threats.put(entered.id(), announce(entered, due, true));
      settle(due);
      next = earliestDue();
    }
  }

  private Optional<ThreatState> earliestDue() {
    ThreatState earliest = null;
    for (ThreatState threat : threats.values()) {
      if (threat.nextDue().isPresent()
          && (earliest == null
              || threat.nextDue().get().isBefore(earliest.nextDue().orElseThrow()))) {
        earliest = threat;
      }
    }
    return Optional.ofNullable(earliest);
  }

  void begin(String id, String classification, Instant now) {
    ThreatState fresh =
        ThreatState.builder()
            .id(id)
            .classification(classification)
            .rung(0)
            .entered(now)
            .issue(IssueState.NONE)
            .build();
    threats.put(id, announce(onRung(fresh, 0, now), now, true));
  }

  /** Ends a threat, if there is one of that id. */
  void end(String id, Resolution resolution) {
    ThreatState threat = threats.get(id);
    if (threat == null) {
      return;
    }
    if (threat.issue() != IssueState.NONE) {
      effects.onThreat(id, standing(threat), header -> new IssueResolved(header, resolution));
    }
    threats.remove(id);
  }

  void endAll(Resolution resolution) {
    List.copyOf(threats.keySet()).forEach(id -> end(id, resolution));
  }

  /** Web content: over when reported, so nothing is kept of it. */
  void encounter(String id, String classification, Instant now) {
    ThreatState passing =
        ThreatState.builder()
            .id(id)
            .classification(classification)
            .rung(0)
            .entered(now)
            .issue(IssueState.NONE)
            .build();
    Standing standing = standing(passing);
    RiskLevel level = standing.riskLevel();
    notifyDevice(passing, standing, now);
    if (level.isReported()) {
      effects.onThreat(id, standing, header -> new IssueOpened(header, level));
      effects.onThreat(id, standing, header -> new IssueResolved(header, Resolution.RESOLVED));
      emailAdministrators(passing, standing);
    }
  }

  void ignore(String id, Optional<String> by) {
    ThreatState threat = known(id);
    effects.onThreat(id, standing(threat), header -> new IssueIgnored(header, by));
    threats.put(
        id,
        ThreatState.builder()
            .from(threat)
            .issue(IssueState.IGNORED)
            .nextDue(Optional.empty())
            .build());
  }

  void restore(String id, Optional<String> by, Instant now) {
    ThreatState open = ThreatState.builder().from(known(id)).issue(IssueState.OPEN).build();
    ThreatState restored = onRung(open, open.rung(), now);
    Standing standing = standing(restored);
    effects.onThreat(id, standing, header -> new IssueRestored(header, by));
    notifyDevice(restored, standing, now);
    threats.put(
        id, standing.riskLevel().isReported() ? restored : withoutIssue(restored, standing));
  }

  /** Re-rates every threat for another group; pins are lifted where the threat can be re-rated. */
  void moveTo(String group, Instant now) {
    Map<String, Standing> old = standings(threat -> true);
    present = new PolicyPin(present.version(), group);
    old.forEach(
        (id, standing) -> {
          if (policies().classification(known(id).classification()).isPresent()) {
            rerate(known(id), standing, now);
          }
        });
  }

  void changePolicies(int version, PolicyChangeMode mode, Instant now) {
    PolicyPin kept = present;
    Map<String, Standing> old = standings(threat -> threat.pin().isEmpty());
    present = new PolicyPin(version, present.group());
    old.forEach(
        (id, standing) -> {
          switch (mode) {
            case CONTINUE -> rerate(known(id), standing, now);
            case RESTART -> restart(known(id), now);
            case PIN -> threats.put(id, ThreatState.builder().from(known(id)).pin(kept).build());
          }
        });
  }

  /** {@return where these threats stand, in order of id} */
  private Map<String, Standing> standings(Predicate<ThreatState> which) {
    Map<String, Standing> standings = new TreeMap<>();
    threats.values().stream()
        .filter(which)
        .forEach(threat -> standings.put(threat.id(), standing(threat)));
    return standings;
  }

  private void restart(ThreatState threat, Instant now) {
    ThreatState onBase = onRung(threat, 0, now);
    threats.put(threat.id(), onBase.counts() ? announce(onBase, now, true) : onBase);
  }

  /** Places a threat on its new ladder by the level that it had (rules, section 6, re-rating). */
  private void rerate(ThreatState threat, Standing old, Instant now) {
    ThreatState free = ThreatState.builder().from(threat).pin(Optional.empty()).build();
    Ladder ladder = ladder(free);
    int place = ladder.placeFor(old.riskLevel());
    RiskLevel level = ladder.rung(place).riskLevel();
    boolean sameLevel = level == old.riskLevel();
    ThreatState placed =
        sameLevel ? waiting(free, place, threat.entered(), now) : onRung(free, place, now);
    boolean changed = !sameLevel || ladder.rung(place).response() != old.response();
    threats.put(
        placed.id(),
        changed && placed.counts()
            ? announce(placed, now, !old.riskLevel().isAbove(level))
            : placed);
  }

  /** {@return the threat on a rung of its ladder, entered now} */
  private ThreatState onRung(ThreatState threat, int rung, Instant now) {
    return waiting(threat, rung, now, now);
  }

  /** {@return the threat on a rung entered at some time, its next rung due no sooner than now} */
  private ThreatState waiting(ThreatState threat, int rung, Instant entered, Instant now) {
    Optional<Instant> nextDue =
        threat.counts()
            ? ladder(threat).above(rung).map(next -> later(now, entered.plus(next.after())))
            : Optional.empty();
    return ThreatState.builder().from(threat).rung(rung).entered(entered).nextDue(nextDue).build();
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private ThreatState announce(ThreatState threat, Instant now, boolean withMail) {
    Standing standing = standing(threat);
    RiskLevel level = standing.riskLevel();
    notifyDevice(threat, standing, now);
    if (!level.isReported()) {
      return threat.issue() == IssueState.OPEN ? withoutIssue(threat, standing) : threat;
    }
    effects.onThreat(
        threat.id(),
        standing,
        header ->
            threat.issue() == IssueState.OPEN
                ? new IssueUpdated(header, level)
                : new IssueOpened(header, level));
    if (withMail) {
      emailAdministrators(threat, standing);
    }
    return ThreatState.builder().from(threat).issue(IssueState.OPEN).build();
  }

  private void notifyDevice(ThreatState threat, Standing standing, Instant now) {
    RiskLevel level = standing.riskLevel();
    if (standing.response().alerts() && level != RiskLevel.NONE) {
      Message message = Messages.render(standing, before.id(), now, threat.nextDue());
      effects.onThreat(
          threat.id(),
          standing,
          header -> new NotifyDevice(header, level, standing.response(), message));
    }
  }

  private ThreatState withoutIssue(ThreatState threat, Standing standing) {
    effects.onThreat(
        threat.id(), standing, header -> new IssueResolved(header, Resolution.DOWNGRADED));
    return ThreatState.builder().from(threat).issue(IssueState.NONE).build();
  }

  private void emailAdministrators(ThreatState threat, Standing standing) {
    List<String> recipients = policies().recipients(standing.riskLevel());
    if (!recipients.isEmpty()) {
      effects.onThreat(
          threat.id(),
          standing,
          header -> new EmailAdministrators(header, standing.riskLevel(), recipients));
    }
  }

  private Ladder ladder(ThreatState threat) {
    return Standing.ladder(threat, archive, present);
  }

  private Standing standing(ThreatState threat) {
    return Standing.of(threat, archive, present);
  }

  /** Brings the device to what its threats come to now. */
  void settle(Instant now) {
    List<Standing> counting = new ArrayList<>();
    for (ThreatState threat : threats.values()) {
      if (threat.counts()) {
        counting.add(standing(threat));
      }
    }
    settleFor(
        Settlement.desired(
            counting,
            policies(),
            Standing.group(policies(), present.group()).onDeviceThreatProtection(),
            connected,
            before));
  }

  /** Takes everything back. */
  void settleForNothing() {
    settleFor(DesiredState.nothing());
  }

  private void settleFor(DesiredState next) {
    Settlement.changes(desired, next).forEach(effects::onDevice);
    desired = next;
  }
}
