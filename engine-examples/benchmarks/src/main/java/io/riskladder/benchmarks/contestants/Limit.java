package io.riskladder.benchmarks.contestants;

import io.riskladder.benchmarks.workload.Contestant;
import io.riskladder.benchmarks.workload.EffectKind;
import io.riskladder.benchmarks.workload.EffectSink;
import io.riskladder.benchmarks.workload.Hour;
import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.benchmarks.workload.Step;
import io.riskladder.benchmarks.workload.Workload;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the machine allows, more or less: numbers in arrays, an open table from ids to slots, an
 * hour calendar, from which nothing is taken before its time, and a look at the memory that a batch
 * will want before the first of it is taken.
 *
 * <p>It does what the workload asks for and no more: instants are whole hours, a device has few
 * threats, and within an instant due rungs are entered in the order in which they were foreseen.
 * Ids are kept, and compared to the last character.
 */
final class Limit implements Contestant {
  private static final long HOUR = 3_600;
  private static final long ORIGIN = Workload.START.getEpochSecond();

  /** How many events or due rungs are looked at before they are taken. */
  private static final int BATCH = 64;

  /** Hours that the calendar goes round in; a power of two above the longest wait. */
  private static final int HOURS_AHEAD = 256;

  /** No slot. */
  private static final int NONE = -1;

  // A device takes two numbers. First, by level from advisory up, eight bits each, how many threats
  // are at it; above these how many block; on top the group. Second, the slot of its first threat.
  private static final int COUNT_BITS = 8;
  private static final int BLOCKING = 4 * COUNT_BITS;
  private static final int GROUP = 5 * COUNT_BITS;
  private static final long COUNT_MASK = (1 << COUNT_BITS) - 1;

  // A threat takes two numbers. First, its device and the slot of the device's next one. Second,
  // the
  // hash of its id, and below it the pair of group and classification, the rung, and the hour at
  // which it is due, plus one.
  private static final int DUE_BITS = 16;
  private static final int RUNG = DUE_BITS;
  private static final int RUNG_BITS = 3;
  private static final int PAIR = RUNG + RUNG_BITS;
  private static final int PAIR_BITS = 11;
  private static final int PAIR_MASK = (1 << PAIR_BITS) - 1;
  private static final int DUE_MASK = (1 << DUE_BITS) - 1;
  private static final int STEP_MASK = (1 << (PAIR_BITS + RUNG_BITS)) - 1;

  private final EffectSink sink;
  private final String administrator;
  private final String domain;
  private final String[] labels = new String[Rules.HIGH + 1];
  private final String[] actions = new String[Rules.HIGH + 1];
  private final Map<String, Integer> groups = new HashMap<>();
  private final Map<String, Integer> classifications = new HashMap<>();

  /** By pair and rung: level, whether it alerts, whether it blocks, hours to the next or 0. */
  private final int[] rungs = new int[1 << (PAIR_BITS + RUNG_BITS)];

  private final String[] responses = new String[rungs.length];

  /** The hash of a device's id above its slot plus one; 0 where nobody is. */
  private long[] table = new long[1 << 10];

  private String[] deviceIds = new String[512];
  private long[] devices = new long[1024];
  private int deviceCount;

  private @Nullable String[] threatIds = new String[512];
  private long[] threats = new long[1024];
  private int threatCount;
  private int freeThreat = NONE;

  private final int[][] calendar = new int[HOURS_AHEAD][0];
  private final int[] dueCounts = new int[HOURS_AHEAD];
  private int entered = NONE;

  private final int[] homes = new int[BATCH];
  private final int[] slots = new int[BATCH];
  private long looked;

  Limit(Rules rules, EffectSink sink) {
    this.sink = sink;
    administrator = rules.administrator();
    domain = rules.domain();
    Arrays.fill(labels, "");
    Arrays.fill(actions, "");
    Arrays.fill(responses, "");
    for (int level = Rules.LOW; level <= Rules.HIGH; level++) {
      labels[level] = rules.label(level);
      actions[level] = rules.action(level);
    }
    int kinds = rules.classifications().size();
    for (int i = 0; i < rules.groups().size(); i++) {
      groups.put(rules.groups().get(i), i * kinds);
      for (int j = 0; j < kinds; j++) {
        lay(rules.ladder(i, j), i * kinds + j);
      }
    }
    for (int j = 0; j < kinds; j++) {
      classifications.put(rules.classifications().get(j), j);
    }
  }

  private void lay(List<Step> ladder, int pair) {
    for (int i = 0; i < ladder.size(); i++) {
      Step step = ladder.get(i);
      long wait = i + 1 < ladder.size() ? ladder.get(i + 1).waitSeconds() : 0;
      if (wait % HOUR != 0 || wait / HOUR >= HOURS_AHEAD) {
        throw new IllegalArgumentException("a wait of " + wait + " s does not fit the calendar");
      }
      int at = pair << RUNG_BITS | i;
      rungs[at] =
          step.level()
              | (step.alerts() ? 8 : 0)
              | (step.blocksDomains() ? 16 : 0)
              | (int) (wait / HOUR) << 5;
      responses[at] = step.response();
    }
  }

  @Override
  public void enrolled(String device, String group, boolean ios, Instant at) {
    Integer first = groups.get(group);
    if (first == null || find(device) != NONE) {
      return;
    }
    if (deviceCount == deviceIds.length) {
      deviceIds = Arrays.copyOf(deviceIds, 2 * deviceCount);
      devices = Arrays.copyOf(devices, 4 * deviceCount);
    }
    if (2 * deviceCount >= table.length) {
      widen();
    }
    int slot = deviceCount++;
    deviceIds[slot] = device;
    devices[2 * slot] = (long) first << GROUP;
    devices[2 * slot + 1] = NONE;
    put(device.hashCode(), slot);
  }

  private void widen() {
    long[] old = table;
    table = new long[2 * old.length];
    for (long entry : old) {
      if (entry != 0) {
        put((int) (entry >>> 32), (int) entry - 1);
      }
    }
  }

  private void put(int hash, int slot) {
    int at = home(hash);
    while (table[at] != 0) {
      at = (at + 1) & (table.length - 1);
    }
    table[at] = (long) hash << 32 | (slot + 1);
  }

  private int home(int hash) {
    return (hash * 0x9e37_79b9) >>> Integer.numberOfLeadingZeros(table.length - 1);
  }

  private int find(String device) {
    int hash = device.hashCode();
    int at = home(hash);
    long entry = table[at];
    while (entry != 0) {
      if ((int) (entry >>> 32) == hash && deviceIds[(int) entry - 1].equals(device)) {
        return (int) entry - 1;
      }
      at = (at + 1) & (table.length - 1);
      entry = table[at];
    }
    return NONE;
  }

  @Override
  public void take(Hour hour) {
    int size = hour.size();
    for (int start = 0; start < size; start += BATCH) {
      int end = Math.min(start + BATCH, size);
      lookAhead(hour, start, end);
      for (int i = start; i < end; i++) {
        if (hour.isDetection(i)) {
          detected(hour.device(i), hour.threat(i), hour.classification(i), hour.at());
        } else {
          resolved(hour.device(i), hour.threat(i), hour.at());
        }
      }
    }
  }

  /** Has the memory fetched that a batch will want, many lines at a time instead of one by one. */
  private void lookAhead(Hour hour, int start, int end) {
    int count = end - start;
    for (int i = 0; i < count; i++) {
      homes[i] = home(hour.device(start + i).hashCode());
    }
    for (int i = 0; i < count; i++) {
      slots[i] = Math.max((int) table[homes[i]] - 1, 0);
    }
    long seen = 0;
    for (int i = 0; i < count; i++) {
      seen += devices[2 * slots[i]] + lengthOf(deviceIds[slots[i]]);
    }
    looked += seen;
  }

  private static int lengthOf(@Nullable String id) {
    return id == null ? 0 : id.length();
  }

  @Override
  public void detected(String device, String threat, String classification, Instant at) {
    int now = hourOf(at);
    enterUpTo(now - 1);
    Integer kind = classifications.get(classification);
    int slot = find(device);
    if (slot == NONE || kind == null) {
      return;
    }
    int pair = (int) (devices[2 * slot] >>> GROUP) + kind;
    int known = find(slot, threat);
    if (known != NONE) {
      if (pairOf(known) == pair) {
        return;
      }
      long before = devices[2 * slot];
      end(slot, known, device, threat, now);
      add(slot, device, threat, pair, now, before);
      return;
    }
    add(slot, device, threat, pair, now, devices[2 * slot]);
  }

  private void add(int slot, String device, String threat, int pair, int now, long before) {
    int added = newThreat();
    threatIds[added] = threat;
    threats[2 * added] = (long) slot << 32 | (devices[2 * slot + 1] & 0xffff_ffffL);
    devices[2 * slot + 1] = added;
    threats[2 * added + 1] = (long) threat.hashCode() << 32 | (long) pair << PAIR;
    enter(slot, added, device, threat, pair << RUNG_BITS, false, now);
    settle(device, before, devices[2 * slot], now);
  }

  private int newThreat() {
    if (freeThreat != NONE) {
      int slot = freeThreat;
      freeThreat = (int) threats[2 * slot];
      return slot;
    }
    if (threatCount == threatIds.length) {
      threatIds = Arrays.copyOf(threatIds, 2 * threatCount);
      threats = Arrays.copyOf(threats, 4 * threatCount);
    }
    return threatCount++;
  }

  private int pairOf(int threat) {
    return (int) threats[2 * threat + 1] >>> PAIR & PAIR_MASK;
  }

  private int find(int device, String threat) {
    int hash = threat.hashCode();
    int slot = (int) devices[2 * device + 1];
    while (slot != NONE) {
      if ((int) (threats[2 * slot + 1] >>> 32) == hash && threat.equals(threatIds[slot])) {
        return slot;
      }
      slot = (int) threats[2 * slot];
    }
    return NONE;
  }

  @Override
  public void resolved(String device, String threat, Instant at) {
    int now = hourOf(at);
    enterUpTo(now - 1);
    int slot = find(device);
    int known = slot == NONE ? NONE : find(slot, threat);
    if (known == NONE) {
      return;
    }
    long before = devices[2 * slot];
    end(slot, known, device, threat, now);
    settle(device, before, devices[2 * slot], now);
  }

  private void end(int slot, int threat, String device, String id, int now) {
    int rung = rungs[(int) threats[2 * threat + 1] >>> RUNG & STEP_MASK];
    devices[2 * slot] -= weight(rung);
    unlink(slot, threat);
    threats[2 * threat] = freeThreat & 0xffff_ffffL;
    threats[2 * threat + 1] = 0;
    threatIds[threat] = null;
    freeThreat = threat;
    if ((rung & 7) >= Rules.LOW) {
      sink.effect(EffectKind.ISSUE_RESOLVED, device, id, 0, "RESOLVED", secondOf(now));
    }
  }

  private void unlink(int device, int threat) {
    int after = (int) threats[2 * threat];
    int slot = (int) devices[2 * device + 1];
    if (slot == threat) {
      devices[2 * device + 1] = after;
      return;
    }
    while ((int) threats[2 * slot] != threat) {
      slot = (int) threats[2 * slot];
    }
    threats[2 * slot] = (long) device << 32 | (after & 0xffff_ffffL);
  }

  @Override
  public void advanceTo(Instant at) {
    enterUpTo(hourOf(at));
  }

  private void enterUpTo(int last) {
    while (entered < last) {
      entered++;
      int bucket = entered & (HOURS_AHEAD - 1);
      int count = dueCounts[bucket];
      if (count > 0) {
        int[] due = calendar[bucket];
        calendar[bucket] = new int[0];
        dueCounts[bucket] = 0;
        enterAll(due, count, entered);
      }
    }
  }

  private void enterAll(int[] due, int size, int now) {
    for (int start = 0; start < size; start += BATCH) {
      int end = Math.min(start + BATCH, size);
      lookAhead(due, start, end);
      for (int i = start; i < end; i++) {
        enterIfDue(due[i], now);
      }
    }
  }

  private void lookAhead(int[] due, int start, int end) {
    long seen = 0;
    for (int i = start; i < end; i++) {
      int device = (int) (threats[2 * due[i]] >>> 32);
      slots[i - start] = device;
      seen += lengthOf(threatIds[due[i]]);
    }
    for (int i = start; i < end; i++) {
      int device = slots[i - start];
      seen += devices[2 * device] + lengthOf(deviceIds[device]);
    }
    looked += seen;
  }

  private void enterIfDue(int threat, int now) {
    int word = (int) threats[2 * threat + 1];
    String id = threatIds[threat];
    if ((word & DUE_MASK) != now + 1 || id == null) {
      return;
    }
    int slot = (int) (threats[2 * threat] >>> 32);
    int rung = word >>> RUNG & STEP_MASK;
    String device = deviceIds[slot];
    long before = devices[2 * slot];
    devices[2 * slot] = before - weight(rungs[rung]);
    boolean issue = (rungs[rung] & 7) >= Rules.LOW;
    enter(slot, threat, device, id, rung + 1, issue, now);
    settle(device, before, devices[2 * slot], now);
  }

  private void enter(
      int slot, int threat, String device, String id, int rungNumber, boolean issue, int now) {
    int rung = rungs[rungNumber];
    devices[2 * slot] += weight(rung);
    int wait = rung >>> 5;
    long kept = threats[2 * threat + 1] & ~0xffff_ffffL;
    int due = 0;
    if (wait > 0) {
      due = now + wait + 1;
      schedule(threat, now + wait);
    }
    threats[2 * threat + 1] = kept | (long) rungNumber << RUNG | due;
    announce(rung, responses[rungNumber], device, id, issue, secondOf(now));
  }

  private void schedule(int threat, int hour) {
    int bucket = hour & (HOURS_AHEAD - 1);
    int count = dueCounts[bucket];
    if (count == calendar[bucket].length) {
      calendar[bucket] = Arrays.copyOf(calendar[bucket], Math.max(16, 2 * count));
    }
    calendar[bucket][count] = threat;
    dueCounts[bucket] = count + 1;
  }

  private void announce(
      int rung, String response, String device, String id, boolean issue, long second) {
    int level = rung & 7;
    if ((rung & 8) != 0 && level > 0) {
      sink.effect(EffectKind.NOTIFY_DEVICE, device, id, level, response, second);
    }
    if (level >= Rules.LOW) {
      int kind = issue ? EffectKind.ISSUE_UPDATED : EffectKind.ISSUE_OPENED;
      sink.effect(kind, device, id, level, "", second);
      sink.effect(EffectKind.EMAIL_ADMINISTRATORS, device, id, level, administrator, second);
    }
  }

  /** {@return what a threat on a rung adds to its device's counters} */
  private static long weight(int rung) {
    int level = rung & 7;
    long counted = level == 0 ? 0 : 1L << ((level - 1) * COUNT_BITS);
    return counted + ((long) (rung >>> 4 & 1) << BLOCKING);
  }

  private void settle(String device, long before, long after, int now) {
    if (before == after) {
      return;
    }
    boolean blockedBefore = (before >>> BLOCKING & COUNT_MASK) != 0;
    boolean blocked = (after >>> BLOCKING & COUNT_MASK) != 0;
    int riskBefore = risk(before);
    int risk = risk(after);
    if (blocked != blockedBefore) {
      int kind = blocked ? EffectKind.BLOCK_DOMAINS : EffectKind.UNBLOCK;
      sink.effect(kind, device, "", 0, blocked ? domain : "", secondOf(now));
    }
    if (risk != riskBefore) {
      relabel(device, riskBefore, risk, secondOf(now));
    }
  }

  private void relabel(String device, int before, int after, long second) {
    if (after > 0) {
      sink.effect(EffectKind.ADD_LABEL, device, "", 0, labels[after], second);
    }
    if (before > 0) {
      sink.effect(EffectKind.REMOVE_LABEL, device, "", 0, labels[before], second);
    }
    if (after > 0) {
      sink.effect(EffectKind.COMPLIANCE_ACTION_STARTED, device, "", 0, actions[after], second);
    }
    if (before > 0) {
      sink.effect(EffectKind.COMPLIANCE_ACTION_CEASED, device, "", 0, actions[before], second);
    }
  }

  /** {@return the highest level that is counted, if LOW or above, else 0} */
  private static int risk(long counters) {
    int reported = (int) (counters & 0xffff_ff00L) >>> COUNT_BITS;
    int highest = Integer.SIZE - Integer.numberOfLeadingZeros(reported);
    return reported == 0 ? 0 : Rules.LOW + (highest - 1) / COUNT_BITS;
  }

  private static int hourOf(Instant at) {
    return (int) ((at.getEpochSecond() - ORIGIN) / HOUR);
  }

  private static long secondOf(int hour) {
    return ORIGIN + hour * HOUR;
  }

  @Override
  public void close() {
    if (looked == 1) { // never, but the compiler cannot know, so it keeps what fetches memory
      throw new IllegalStateException("looked at nothing");
    }
  }
}
