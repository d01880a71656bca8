package io.riskladder.core.fleet;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.PackedDevices;
import java.util.Arrays;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Which device is to enter a rung next. A calendar: devices wait in the hour in which their next
 * rung is due, in no order, and an hour is put in order when its turn comes. It is lazy: a device
 * waits in one hour at most, and stays there when its rung is due later than it was; it is found
 * out when that hour's turn comes. What is due in an hour whose turn has come already goes to a
 * small queue of latecomers.
 */
final class DueQueue {
  private static final int HOUR_SECONDS = 3600;
  private static final int NOT_WAITING = Integer.MAX_VALUE;

  /** Some slots, in no order. */
  private static final class Slots {
    private int[] slots = new int[4];
    private int count;

    void add(int slot) {
      if (count == slots.length) {
        slots = Arrays.copyOf(slots, count + (count >> 1));
      }
      slots[count++] = slot;
    }
  }

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
  private final TreeMap<Integer, Slots> calendar = new TreeMap<>();
  private final PriorityQueue<Late> latecomers = new PriorityQueue<>();

  /** The hour in which each slot waits. */
  private int[] waiting = new int[0];

  // the hour whose turn it is, in order, from the next one on
  private int open = -1;
  private int[] slots = new int[0];
  private long[] instants = new long[0];
  private int next;
  private int count;

  DueQueue(PackedDevices devices) {
    this.devices = devices;
    this.order = new ByInstantAndId(slot -> devices.id(slot).orElseThrow());
  }

  /** Takes note of when a device is to enter its next rung, if that has changed. */
  void expect(int slot) {
    long second = devices.nextDueSecond(slot);
    if (second == Long.MAX_VALUE) {
      return;
    }
    int hour = (int) (second / HOUR_SECONDS);
    if (slot >= waiting.length) {
      int known = waiting.length;
      waiting = Arrays.copyOf(waiting, Math.max(slot + 16, known + (known >> 2)));
      Arrays.fill(waiting, known, waiting.length, NOT_WAITING);
    }
    if (hour <= open) {
      latecomers.add(
          new Late(second, devices.nextDueNano(slot), devices.id(slot).orElseThrow(), slot));
    } else if (hour < waiting[slot]) {
      waiting[slot] = hour;
      calendar.computeIfAbsent(hour, h -> new Slots()).add(slot);
    }
  }

  /** {@return the slot of the device that is to enter a rung next, or -1 if none is} */
  int first() {
    while (true) {
      dropWhatIsDueNoMore();
      if (isLateFirst()) {
        return latecomers.element().slot;
      }
      if (next < count) {
        return slots[next];
      }
      if (!latecomers.isEmpty()) {
        return latecomers.element().slot;
      }
      if (calendar.isEmpty()) {
        return -1;
      }
      openNextHour();
    }
  }

  /** {@return whether the first of the latecomers is before the first of the open hour} */
  private boolean isLateFirst() {
    if (latecomers.isEmpty() || next == count) {
      return false;
    }
    Late late = latecomers.element();
    int byInstant = Long.compare(instant(late.second, late.nano), instants[next]);
    return byInstant < 0
        || (byInstant == 0 && late.id.compareTo(devices.id(slots[next]).orElseThrow()) < 0);
  }

  /** An instant of the open hour, or one before it, as a number in their order. */
  private long instant(long second, int nano) {
    long inHour = second - (long) open * HOUR_SECONDS;
    return inHour < 0 ? -1 : inHour * 1_000_000_000L + nano;
  }

  private void dropWhatIsDueNoMore() {
    while (next < count && !isDue(slots[next], instants[next])) {
      next++;
    }
    while (!latecomers.isEmpty() && !isDue(latecomers.element())) {
      latecomers.remove();
    }
  }

  private boolean isDue(int slot, long instant) {
    long second = devices.nextDueSecond(slot);
    return second != Long.MAX_VALUE && instant(second, devices.nextDueNano(slot)) == instant;
  }

  private boolean isDue(Late late) {
    return devices.id(late.slot).filter(late.id::equals).isPresent()
        && devices.nextDueSecond(late.slot) == late.second
        && devices.nextDueNano(late.slot) == late.nano;
  }

  private void openNextHour() {
    Map.Entry<Integer, Slots> first = requireNonNull(calendar.pollFirstEntry());
    open = first.getKey();
    Slots all = first.getValue();
    next = 0;
    count = 0;
    slots = all.slots;
    instants = new long[all.count];
    for (int i = 0; i < all.count; i++) {
      int slot = all.slots[i];
      if (waiting[slot] == open) { // otherwise it waits in another hour
        waiting[slot] = NOT_WAITING;
        long second = devices.nextDueSecond(slot);
        if (second / HOUR_SECONDS == open) {
          slots[count] = slot;
          instants[count++] = instant(second, devices.nextDueNano(slot));
        } else {
          expect(slot);
        }
      }
    }
    order.sort(slots, instants, count);
  }
}
