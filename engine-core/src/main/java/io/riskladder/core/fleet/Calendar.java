package io.riskladder.core.fleet;

import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Entries, which are numbers, by hours. Hours that are near each other are found by their number at
 * once, the few that lie far from them in a tree.
 */
final class Calendar {
  /** How many hours are near: six weeks and a little more. */
  private static final int NEAR = 1 << 10;

  private static final int NONE = Integer.MAX_VALUE;

  /** Some entries, in no order. */
  static final class Entries {
    private long[] entries = new long[4];
    private int count;

    void add(long entry) {
      if (count == entries.length) {
        entries = Arrays.copyOf(entries, count + (count >> 1));
      }
      entries[count++] = entry;
    }

    long[] entries() {
      return entries;
    }

    int count() {
      return count;
    }

    private void addAll(Entries others) {
      for (int i = 0; i < others.count; i++) {
        add(others.entries[i]);
      }
    }
  }

  private final @Nullable Entries[] near = new Entries[NEAR];
  private int nearCount;

  /** The first hour that counts as near, and the first that may have entries. */
  private int first;

  private final TreeMap<Integer, Entries> far = new TreeMap<>();

  /** Puts an entry into an hour. */
  void add(int hour, long entry) {
    if (nearCount == 0) {
      first = Math.max(0, hour - NEAR / 2);
    }
    if (hour < first || hour >= first + NEAR) {
      far.computeIfAbsent(hour, h -> new Entries()).add(entry);
      return;
    }
    Entries known = near[hour % NEAR];
    if (known == null) {
      known = new Entries();
      near[hour % NEAR] = known;
      nearCount++;
    }
    known.add(entry);
  }

  /** {@return the first hour with entries, or a later one than there can be} */
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

  /** {@return the entries of the first hour, which is taken out; there has to be one} */
  Entries takeFirst() {
    int hour = firstHour();
    Entries entries = new Entries();
    if (nearCount > 0 && hour == first) {
      Entries known = near[first % NEAR];
      if (known != null) {
        entries = known;
      }
      near[first % NEAR] = null;
      nearCount--;
    }
    Entries fromFar = far.remove(hour);
    if (fromFar != null) {
      entries.addAll(fromFar);
    }
    return entries;
  }
}
