package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.RiskLevel;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A device while one decision is made: what threats do (rules, section 6), step by step, with their
 * effects. It is used again and again, for one device after another, so that a decision allocates
 * little; a device is taken, things happen to it, and its state is asked for.
 */
final class DeviceInProgress {
  private final Effects effects = new Effects();

  private String id = "";
  private String groupId = "";

  /** The number of its group, or -1 if that is not known. */
  private int groupNumber = -1;

  private Platform platform = Platform.IOS;
  private Set<String> installedApps = Set.of();
  private boolean connected;
  private Target target = Target.NOTHING;

  /** The latest instant that it has seen, or null as long as only its words are known. */
  private @Nullable Instant lastSeen = Instant.EPOCH;

  private long lastSeenWord;
  private int lastSeenRest;

  private @Nullable PolicyArchive archive;
  private int version;
  private @Nullable CompiledPolicies policies;
  private @Nullable GroupPolicies group;

  // if the device is packed: the policies of its group, and those of all versions, by numbers
  private PackedRooms.@Nullable Room room;
  private PackedRooms.@Nullable Finder finder;

  /** The open ones in order of id, and then some to be used later. */
  private OpenThreat[] threats = {new OpenThreat(), new OpenThreat()};

  private int count;

  // which of them is due first: looked for when it is asked for, and again once that may have
  // changed
  private boolean isEarliestKnown;
  private @Nullable OpenThreat earliest;

  Effects effects() {
    return effects;
  }

  /** Takes a device as it is. */
  void take(EnrolledDevice device, PolicyArchive under, EffectSink sink) {
    effects.begin(device.id(), sink);
    archive = under;
    finder = null;
    copy(device);
    obey(device.policyVersion(), device.group());
    for (int i = 0; i < count; i++) {
      rate(threats[i]);
    }
  }

  /** Takes what a device is, without the policies that it is under. */
  void copy(EnrolledDevice device) {
    id = device.id();
    groupId = device.group();
    groupNumber = -1;
    version = device.policyVersion();
    platform = device.platform();
    installedApps = device.installedApps();
    connected = device.connected();
    target = Target.of(device.desired());
    lastSeen = device.lastSeen();
    ThreatState[] states = device.threatsInOrder();
    forgetThreats();
    makeRoom(states.length);
    for (ThreatState state : states) {
      threats[count++].take(state);
    }
  }

  /**
   * Takes a device that is packed, without its threats, which are then to be added in order of id.
   */
  void take(
      String itsId,
      PolicyArchive under,
      PackedRooms.Finder roomsOfVersions,
      PackedRooms ofVersion,
      int group,
      Platform itsPlatform,
      Set<String> apps,
      boolean inTouch,
      long seenWord,
      int seenRest,
      EffectSink sink) {
    effects.begin(itsId, sink);
    archive = under;
    finder = roomsOfVersions;
    id = itsId;
    enterRoom(ofVersion, group);
    platform = itsPlatform;
    installedApps = apps;
    connected = inTouch;
    lastSeen = null;
    lastSeenWord = seenWord;
    lastSeenRest = seenRest;
    forgetThreats();
  }

  private void forgetThreats() {
    count = 0;
    isEarliestKnown = false;
  }

  private void enterRoom(PackedRooms rooms, int number) {
    PackedRooms.Room its = rooms.room(number);
    version = rooms.version();
    policies = rooms.policies();
    room = its;
    group = its.group();
    groupId = its.group().id();
    groupNumber = number;
  }

  /** Adds a threat that is packed. */
  void add(ThreatPool pool, int place, Ladder ladder) {
    makeRoom(count + 1);
    OpenThreat threat = threats[count++];
    isEarliestKnown = false;
    threat.take(pool, place);
    threat.setCheckedLadder(ladder, groupPolicies(), version, policies());
  }

  /** The device is what its threats come to now; nothing changes by that. */
  void settleSilently() {
    target = targetNow();
  }

  /** Takes a device that comes under protection, in a group of the policies in force. */
  void enroll(
      String newId,
      DeviceEvent.DeviceEnrolled enrolled,
      PolicyArchive under,
      Instant now,
      EffectSink sink) {
    effects.begin(newId, sink);
    archive = under;
    finder = null;
    id = newId;
    platform = enrolled.platform();
    installedApps = enrolled.installedApps();
    connected = true;
    target = Target.NOTHING;
    lastSeen = now;
    forgetThreats();
    obey(under.currentVersion(), enrolled.group());
  }

  /** Lets go of what it was handed. */
  void end() {
    effects.end();
    archive = null;
    policies = null;
    group = null;
    room = null;
    finder = null;
  }

  private void obey(int newVersion, String newGroup) {
    if (finder != null) {
      PackedRooms rooms = finder.rooms(requireNonNull(archive), newVersion);
      enterRoom(rooms, newGroup.equals(groupId) ? groupNumber : rooms.groups().of(newGroup));
      return;
    }
    version = newVersion;
    policies = version(newVersion);
    group = PolicyLookup.group(policies, newGroup);
    room = null;
    groupNumber = -1;
    groupId = group.id(); // the same object for all devices of the group
  }

  private void makeRoom(int size) {
    int room = threats.length;
    if (room < size) {
      threats = Arrays.copyOf(threats, Math.max(size, 2 * room));
      for (int i = room; i < threats.length; i++) {
        threats[i] = new OpenThreat();
      }
    }
  }

  /** {@return the policies that the device is under} */
  CompiledPolicies policies() {
    return requireNonNull(policies);
  }

  /** {@return another version of the policies, which must be there} */
  CompiledPolicies version(int number) {
    return PolicyLookup.policies(requireNonNull(archive), number);
  }

  private GroupPolicies groupPolicies() {
    return requireNonNull(group);
  }

  Instant lastSeen() {
    Instant known = lastSeen;
    if (known == null) {
      known = PackedInstant.instant(lastSeenWord, lastSeenRest);
      lastSeen = known;
    }
    return known;
  }

  /** {@return whether an instant is after the latest one that it has seen} */
  boolean isNews(Instant at) {
    Instant known = lastSeen;
    return known != null
        ? at.isAfter(known)
        : PackedInstant.compare(at, lastSeenWord, lastSeenRest) > 0;
  }

  @Nullable OpenThreat threat(String threatId) {
    int place = place(threatId);
    return place < 0 ? null : threats[place];
  }

  int threatCount() {
    return count;
  }

  /** {@return the place of a threat; if there is none, -1 less the place that it would have} */
  private int place(String threatId) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = threats[middle].id().compareTo(threatId);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return -1 - low;
  }

  OpenThreat threat(int place) {
    return threats[place];
  }

  /**
   * {@return the number of its group}
   *
   * @param numbers the numbers of groups
   */
  int groupNumber(Numbers numbers) {
    if (groupNumber < 0) {
      groupNumber = numbers.of(groupId);
    }
    return groupNumber;
  }

  /** {@return the id of its group} */
  String group() {
    return groupId;
  }

  int version() {
    return version;
  }

  Platform platform() {
    return platform;
  }

  Set<String> installedApps() {
    return installedApps;
  }

  boolean connected() {
    return connected;
  }

  void see(Instant now) {
    lastSeen = now;
  }

  /** {@return the state that the device is in now} */
  EnrolledDevice state() {
    ThreatState[] states = new ThreatState[count];
    for (int i = 0; i < count; i++) {
      states[i] = threats[i].state();
    }
    return new EnrolledDevice(
        id,
        groupId,
        platform,
        installedApps,
        connected,
        states,
        target.state(),
        version,
        lastSeen());
  }

  void connect(boolean inTouch) {
    connected = inTouch;
  }

  /** Enters what is due before the instant, or also at it, by due instant and then threat id. */
  void enterDue(Instant limit, boolean alsoAtLimit) {
    OpenThreat next = earliestDue();
    while (next != null) {
      int toLimit = compare(next, limit.getEpochSecond(), limit.getNano());
      if (alsoAtLimit ? toLimit > 0 : toLimit >= 0) {
        return;
      }
      Instant due = toLimit == 0 ? limit : requireNonNull(next.due());
      effects.causedByDue(due, next.id());
      enter(next, next.rungNumber() + 1, due);
      announce(next, true);
      settle();
      next = earliestDue();
    }
  }

  /** {@return the threat whose next rung is due first, by instant and id} */
  @Nullable OpenThreat earliestDue() {
    if (!isEarliestKnown) {
      earliest = findEarliest();
      isEarliestKnown = true;
    }
    return earliest;
  }

  private @Nullable OpenThreat findEarliest() {
    OpenThreat found = null;
    long second = Long.MAX_VALUE;
    int nano = 0;
    for (int i = 0; i < count; i++) {
      OpenThreat threat = threats[i];
      if (compare(threat, second, nano) < 0) {
        found = threat;
        second = threat.dueSecond();
        nano = threat.dueNano();
      }
    }
    return found;
  }

  /** Compares the instant at which a threat's next rung is due; none is later than any. */
  private static int compare(OpenThreat threat, long second, int nano) {
    int bySecond = Long.compare(threat.dueSecond(), second);
    return bySecond != 0 || second == Long.MAX_VALUE
        ? bySecond
        : Integer.compare(threat.dueNano(), nano);
  }

  /** A threat of an id that is not there enters rung 0. */
  void begin(String threatId, String classification, Instant now) {
    makeRoom(count + 1);
    int place = -1 - place(threatId);
    OpenThreat fresh = threats[count];
    System.arraycopy(threats, place, threats, place + 1, count - place);
    threats[place] = fresh;
    count++;
    fresh.begin(threatId, classification, now);
    rate(fresh);
    enter(fresh, 0, now);
    announce(fresh, true);
  }

  /** Ends a threat, if there is one of that id. */
  void end(String threatId, Resolution resolution) {
    int place = place(threatId);
    if (place >= 0) {
      OpenThreat ended = threats[place];
      if (ended.issue() != IssueState.NONE) {
        effects.issueResolved(ended, resolution);
      }
      isEarliestKnown = false;
      count--;
      System.arraycopy(threats, place + 1, threats, place, count - place);
      threats[count] = ended;
    }
  }

  void endAll(Resolution resolution) {
    while (count > 0) {
      end(threats[0].id(), resolution);
    }
  }

  /** Web content: over when reported, so nothing is kept of it. */
  void encounter(String threatId, String classification, Instant now) {
    OpenThreat passing = new OpenThreat();
    passing.begin(threatId, classification, now);
    rate(passing);
    passing.stay(0, now, now);
    notifyDevice(passing);
    if (passing.riskLevel().isReported()) {
      effects.issueOpened(passing);
      effects.issueResolved(passing, Resolution.RESOLVED);
      emailAdministrators(passing);
    }
  }

  void ignore(OpenThreat threat, Optional<String> by) {
    effects.issueIgnored(threat, by);
    threat.setIssue(IssueState.IGNORED);
    threat.stop();
    isEarliestKnown = false;
  }

  void restore(OpenThreat threat, Optional<String> by, Instant now) {
    threat.setIssue(IssueState.OPEN);
    enter(threat, threat.rungNumber(), now);
    effects.issueRestored(threat, by);
    notifyDevice(threat);
    if (!threat.riskLevel().isReported()) {
      closeIssue(threat);
    }
  }

  /** Re-rates every threat for another group; pins are lifted where the threat can be re-rated. */
  void moveTo(GroupPolicies to, Instant now) {
    obey(version, to.id());
    for (int i = 0; i < count; i++) {
      OpenThreat threat = threats[i];
      if (policies().classification(threat.classification()).isPresent()) {
        threat.rememberRung();
        rerate(threat, now);
      }
    }
  }

  /** {@return whether the device can live under these policies} */
  boolean fits(CompiledPolicies next, PolicyChangeMode mode) {
    if (next.group(groupId).isEmpty()) {
      return false;
    }
    if (mode != PolicyChangeMode.PIN) {
      for (int i = 0; i < count; i++) {
        OpenThreat threat = threats[i];
        if (threat.pin() == null && !PolicyFit.canBeRated(next, threat.classification())) {
          return false;
        }
      }
    }
    return true;
  }

  void changePolicies(int newVersion, PolicyChangeMode mode, Instant now) {
    int oldVersion = version;
    obey(newVersion, groupId);
    PolicyPin kept = null;
    for (int i = 0; i < count; i++) {
      OpenThreat threat = threats[i];
      if (threat.pin() != null) {
        continue;
      }
      if (mode == PolicyChangeMode.PIN) {
        kept = kept != null ? kept : new PolicyPin(oldVersion, groupId);
        threat.pinTo(kept);
      } else {
        threat.rememberRung();
        if (mode == PolicyChangeMode.CONTINUE) {
          rerate(threat, now);
        } else {
          restart(threat, now);
        }
      }
    }
  }

  private void restart(OpenThreat threat, Instant now) {
    threat.setLadder(presentLadder(threat), groupPolicies(), version, policies());
    enter(threat, 0, now);
    if (threat.counts()) {
      announce(threat, true);
    }
  }

  /** Places a threat on its new ladder by the level that it had (rules, section 6, re-rating). */
  private void rerate(OpenThreat threat, Instant now) {
    threat.pinTo(null);
    Ladder ladder = presentLadder(threat);
    int place = ladder.placeFor(threat.oldLevel());
    RiskLevel level = ladder.riskLevel(place);
    boolean sameLevel = level == threat.oldLevel();
    threat.setLadder(ladder, groupPolicies(), version, policies());
    stay(threat, place, sameLevel ? threat.entered() : now, now);
    boolean changed = !sameLevel || threat.response() != threat.oldResponse();
    if (changed && threat.counts()) {
      announce(threat, !threat.oldLevel().isAbove(level));
    }
  }

  /** Looks up the policy that decides for a threat: its device's, or the one it is pinned to. */
  private void rate(OpenThreat threat) {
    PolicyPin pin = threat.pin();
    if (pin == null) {
      threat.setCheckedLadder(presentLadder(threat), groupPolicies(), version, policies());
    } else {
      CompiledPolicies old = version(pin.version());
      GroupPolicies oldGroup = PolicyLookup.group(old, pin.group());
      Ladder ladder =
          PolicyLookup.ladder(oldGroup, threat.classification(), threat.id(), pin.version());
      threat.setCheckedLadder(ladder, oldGroup, pin.version(), old);
    }
  }

  private Ladder presentLadder(OpenThreat threat) {
    PackedRooms.Room at = room;
    if (at != null) {
      return at.ladder(threat.number(at.classifications()));
    }
    return PolicyLookup.ladder(groupPolicies(), threat.classification(), threat.id(), version);
  }

  /** Puts a threat on a rung of its ladder, entered now. */
  private void enter(OpenThreat threat, int rung, Instant now) {
    stay(threat, rung, now, now);
  }

  /** Puts a threat on a rung that it entered at some time; the next is due no sooner than now. */
  private void stay(OpenThreat threat, int rung, Instant since, Instant now) {
    threat.stay(rung, since, now);
    isEarliestKnown = false;
  }

  private void announce(OpenThreat threat, boolean withMail) {
    notifyDevice(threat);
    if (!threat.riskLevel().isReported()) {
      if (threat.issue() == IssueState.OPEN) {
        closeIssue(threat);
      }
      return;
    }
    if (threat.issue() == IssueState.OPEN) {
      effects.issueUpdated(threat);
    } else {
      effects.issueOpened(threat);
    }
    if (withMail) {
      emailAdministrators(threat);
    }
    threat.setIssue(IssueState.OPEN);
  }

  private void notifyDevice(OpenThreat threat) {
    if (threat.response().alerts() && threat.riskLevel() != RiskLevel.NONE) {
      effects.notifyDevice(threat);
    }
  }

  private void closeIssue(OpenThreat threat) {
    effects.issueResolved(threat, Resolution.DOWNGRADED);
    threat.setIssue(IssueState.NONE);
  }

  private void emailAdministrators(OpenThreat threat) {
    List<String> recipients = policies().recipients(threat.riskLevel());
    if (!recipients.isEmpty()) {
      effects.emailAdministrators(threat, recipients);
    }
  }

  /** Brings the device to what its threats come to now. */
  void settle() {
    settleFor(targetNow());
  }

  private Target targetNow() {
    OnDeviceThreatProtection protection = groupPolicies().onDeviceThreatProtection();
    RiskLevel highest = RiskLevel.NONE;
    BlockStrength strongest = BlockStrength.NONE;
    for (int i = 0; i < count; i++) {
      OpenThreat threat = threats[i];
      if (threat.counts()) {
        if (threat.riskLevel().isAbove(highest)) {
          highest = threat.riskLevel();
        }
        BlockStrength block = threat.response().block();
        if (block.compareTo(strongest) > 0 && protection.allows(block)) {
          strongest = block;
        }
      }
    }
    RiskLevel risk = highest.isReported() ? highest : RiskLevel.NONE;
    PackedRooms.Room at = room;
    return at != null && installedApps.isEmpty()
        ? at.targets().target(risk, strongest, connected, platform)
        : Target.of(
            Settlement.desired(
                risk, strongest, protection, policies(), connected, platform, installedApps));
  }

  /** Takes everything back. */
  void settleForNothing() {
    settleFor(Target.NOTHING);
  }

  private void settleFor(Target next) {
    target.leadTo(next, effects);
    target = next;
  }
}
