package io.riskladder.core.fleet;

import io.riskladder.core.device.PackedDevices;
import java.time.Instant;
import java.util.BitSet;
import java.util.PriorityQueue;

/**
 * Which device is to enter a rung next. A calendar: devices wait in the hour in which their next
 * rung is due, in no order, and an hour is put in order when its turn comes, without a look at the
 * devices. It is lazy: a device waits in one hour at most, and stays there when its rung is due
 * later than it was; it is found out when its own turn comes. What is due in an hour whose turn has
 * come already goes to a small queue of latecomers.
 */
final class DueQueue {
  private static final int HOUR_SECONDS = 3600;
  private static final long NANOS = 1_000_000_000;

  /** In place of an entry. */
  static final long UNKNOWN = -1;

  /** So many devices are read ahead at a time. */
  private static final int AHEAD = 32;

  /** A device of which a rung is due in an hour whose turn has come already. */
  private record Late(long second, int nano, String id, int slot) implements Comparable<Late> {
    @Override
    public int compareTo(Late other) {
      int bySecond = Long.compare(second, other.second);
      int byInstant = bySecond != 0 ? bySecond : Integer.compare(nano, other.nano);
      return byInstant != 0 ? byInstant : id.compareTo(other.id);
    }
  }

  private final PackedDevices devices;
  private final ByInstantAndId order;
  private final Calendar calendar = new Calendar();
  private final PriorityQueue<Late> latecomers = new PriorityQueue<>();

  /** The slots that came to the latecomers since the open hour was put in order. */
  private final BitSet cameLate = new BitSet();

  /** The slots whose rung is due at another instant of the hour that they wait in than it was. */
  private final BitSet moved = new BitSet();

  // the hour whose turn it is, in order, from the next one on
  private int open = -1;
  private final Calendar.Hour opened = new Calendar.Hour();
  private long[] entries = new long[0];
  private long[] instants = new long[0];
  private int next;
  private int count;
  private int readAhead;
  private final int[] slotsAhead = new int[AHEAD];

  /** So that what is read is not left out. */
  @SuppressWarnings("UnusedVariable")
  private long sumOfRead;

  /** Nothing is due before this second. */
  private long quietUntil;

  // what is due first
  private boolean isFirstLate;
  private long dueSecond;
  private int dueNano;
  private Instant due = Instant.EPOCH;

  DueQueue(PackedDevices devices) {
    this.devices = devices;
    this.order = new ByInstantAndId(slot -> devices.isTaken(slot) ? devices.id(slot) : "");
  }

  /**
   * Takes note of when a device is to enter its next rung, each time that this has changed.
   *
   * @param second the second, or {@link Long#MAX_VALUE} if there is no next rung
   * @param nano the nanoseconds into it
   */
  void expect(int slot, long second, int nano) {
    expect(slot, UNKNOWN, second, nano);
  }

  /**
   * Takes note of when a device is to enter its next rung, as above.
   *
   * @param entry the device's entry by {@link ByInstantAndId}, if that is at hand; else UNKNOWN
   */
  void expect(int slot, long entry, long second, int nano) {
    if (second == Long.MAX_VALUE) {
      return;
    }
    quietUntil = Math.min(quietUntil, second);
    int hour = (int) (second / HOUR_SECONDS);
    if (hour <= open) {
      cameLate.set(slot);
      latecomers.add(new Late(second, nano, devices.id(slot), slot));
      return;
    }
    int waiting = devices.waiting(slot);
    if (hour < waiting) {
      devices.setWaiting(slot, hour);
      moved.clear(slot);
      long instant = (second - (long) hour * HOUR_SECONDS) * NANOS + nano;
      calendar.add(hour, entry == UNKNOWN ? entry(slot) : entry, instant);
    } else if (hour == waiting) {
      moved.set(slot);
    }
  }

  /** {@return the entry of a device; that of the one at hand is there already} */
  private long entry(int slot) {
    boolean isAtHand = next < count && slot(next) == slot && !devices.isGivenAgain(slot);
    return isAtHand ? entries[next] : order.entry(slot);
  }

  /**
   * {@return the slot of the device that is to enter a rung next, if that is so in this second or
   * before, or perhaps some time later; -1 if none is}
   */
  int firstUpTo(long second) {
    if (second < quietUntil) {
      return -1;
    }
    while (true) {
      dropWhatIsDueNoMore();
      if (next < count && !isLateFirst()) {
        isFirstLate = false;
        dueSecond = (long) open * HOUR_SECONDS + instants[next] / NANOS;
        dueNano = (int) (instants[next] % NANOS);
        quietUntil = dueSecond;
        return slot(next);
      }
      if (!latecomers.isEmpty()) {
        Late late = latecomers.element();
        isFirstLate = true;
        dueSecond = late.second;
        dueNano = late.nano;
        quietUntil = dueSecond;
        return late.slot;
      }
      int hour = calendar.firstHour();
      quietUntil = (long) hour * HOUR_SECONDS;
      if (quietUntil > second || hour == Integer.MAX_VALUE) {
        return -1;
      }
      openNextHour();
    }
  }

  /** Drops what was found first: the rung was entered. */
  void dropFirst() {
    if (isFirstLate) {
      latecomers.remove();
    } else {
      next++;
    }
  }

  /** {@return when what was found first is due} */
  Instant due() {
    if (due.getEpochSecond() != dueSecond || due.getNano() != dueNano) {
      due = Instant.ofEpochSecond(dueSecond, dueNano); // most often many are due at once
    }
    return due;
  }

  /** {@return whether the first of the latecomers is before the first of the open hour} */
  private boolean isLateFirst() {
    if (latecomers.isEmpty()) {
      return false;
    }
    Late late = latecomers.element();
    int byInstant = Long.compare(instant(late.second, late.nano), instants[next]);
    return byInstant < 0 || (byInstant == 0 && late.id.compareTo(devices.id(slot(next))) < 0);
  }

  /** An instant of the open hour, or one before it, as a number in their order. */
  private long instant(long second, int nano) {
    long inHour = second - (long) open * HOUR_SECONDS;
    return inHour < 0 ? -1 : inHour * NANOS + nano;
  }

  private int slot(int place) {
    return ByInstantAndId.slot(entries[place]);
  }

  private void dropWhatIsDueNoMore() {
    while (next < count && !isNextDue()) {
      next++;
    }
    while (!latecomers.isEmpty() && !isDue(latecomers.element())) {
      latecomers.remove();
    }
  }

  /**
   * {@return whether the next one of the open hour is due as it was foreseen} What has come to the
   * latecomers does not count: they know it by its id, while the open hour may have put it in order
   * by the id of a device that had the slot before.
   */
  private boolean isNextDue() {
    if (next == readAhead) {
      readAhead();
    }
    int slot = slot(next);
    boolean isDue = isDue(slot, instants[next]);
    if (devices.waiting(slot) == open) {
      takeTurn(slot);
    }
    return isDue && !cameLate.get(slot);
  }

  private boolean isDue(int slot, long instant) {
    return devices.findDue(slot) && instant(devices.dueSecond(), devices.dueNano()) == instant;
  }

  private boolean isDue(Late late) {
    return devices.isTaken(late.slot)
        && devices.id(late.slot).equals(late.id)
        && devices.findDue(late.slot)
        && devices.dueSecond() == late.second
        && devices.dueNano() == late.nano;
  }

  private void openNextHour() {
    open = calendar.firstHour();
    calendar.takeFirst(opened);
    next = 0;
    readAhead = 0;
    cameLate.clear();
    entries = opened.entries();
    instants = opened.instants();
    count = 0;
    for (int i = 0; i < opened.count(); i++) {
      int slot = slot(i);
      long instant = moved.get(slot) ? whereMoved(slot) : instants[i];
      if (instant >= 0) {
        instants[count] = instant;
        entries[count++] = devices.isGivenAgain(slot) ? order.entry(slot) : entries[i];
      }
    }
    order.sort(entries, instants, count);
  }

  /** {@return the instant of the open hour to which a rung has moved, or -1 if it is not in it} */
  private long whereMoved(int slot) {
    if (devices.waiting(slot) != open) {
      return -1; // it waits in another hour, to which this applies
    }
    moved.clear(slot);
    devices.findDue(slot);
    takeTurn(slot);
    return devices.dueSecond() / HOUR_SECONDS == open
        ? instant(devices.dueSecond(), devices.dueNano())
        : -1;
  }

  /** Reads the next few devices ahead, in rounds, so that memory works on many at a time. */
  private void readAhead() {
    readAhead = Math.min(count, next + AHEAD);
    for (int i = next; i < readAhead; i++) {
      slotsAhead[i - next] = slot(i);
    }
    sumOfRead += devices.readAhead(slotsAhead, 0, readAhead - next);
  }

  /**
   * Has a device of which it was just found out when its rung is due wait for that hour, if it is
   * not the open one.
   */
  private void takeTurn(int slot) {
    devices.setWaiting(slot, PackedDevices.NOT_WAITING);
    if (devices.dueSecond() / HOUR_SECONDS > open) {
      expect(slot, devices.dueSecond(), devices.dueNano());
    }
  }
}
