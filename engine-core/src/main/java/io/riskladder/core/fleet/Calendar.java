package io.riskladder.core.fleet;

import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Slots by hours. Hours that are near each other are found by their number at once, the few that
 * lie far from them in a tree.
 */
final class Calendar {
  /** How many hours are near: six weeks and a little more. */
  private static final int NEAR = 1 << 10;

  private static final int NONE = Integer.MAX_VALUE;

  /** Some slots, in no order. */
  static final class Slots {
    private int[] slots = new int[4];
    private int count;

    void add(int slot) {
      if (count == slots.length) {
        slots = Arrays.copyOf(slots, count + (count >> 1));
      }
      slots[count++] = slot;
    }

    int[] slots() {
      return slots;
    }

    int count() {
      return count;
    }

    private void addAll(Slots others) {
      for (int i = 0; i < others.count; i++) {
        add(others.slots[i]);
      }
    }
  }

  private final @Nullable Slots[] near = new Slots[NEAR];
  private int nearCount;

  /** The first hour that counts as near, and the first that may have slots. */
  private int first;

  private final TreeMap<Integer, Slots> far = new TreeMap<>();

  /** Puts a slot into an hour. */
  void add(int hour, int slot) {
    if (nearCount == 0) {
      first = Math.max(0, hour - NEAR / 2);
    }
    if (hour < first || hour >= first + NEAR) {
      far.computeIfAbsent(hour, h -> new Slots()).add(slot);
      return;
    }
    Slots known = near[hour % NEAR];
    if (known == null) {
      known = new Slots();
      near[hour % NEAR] = known;
      nearCount++;
    }
    known.add(slot);
  }

  /** {@return the first hour with slots, or a later one than there can be} */
  int firstHour() {
    int firstFar = far.isEmpty() ? NONE : far.firstKey();
    if (nearCount == 0) {
      return firstFar;
    }
    while (near[first % NEAR] == null) {
      first++;
    }
    return Math.min(first, firstFar);
  }

  /** {@return the slots of the first hour, which is taken out; there has to be one} */
  Slots takeFirst() {
    int hour = firstHour();
    Slots slots = new Slots();
    if (nearCount > 0 && hour == first) {
      Slots known = near[first % NEAR];
      if (known != null) {
        slots = known;
      }
      near[first % NEAR] = null;
      nearCount--;
    }
    Slots fromFar = far.remove(hour);
    if (fromFar != null) {
      slots.addAll(fromFar);
    }
    return slots;
  }
}
