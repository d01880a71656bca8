package io.riskladder.core.fleet;

import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Entries, which are numbers, by hours, each with an instant within its hour. Hours that are near
 * each other are found by their number at once, the few that lie far from them in a tree.
 */
final class Calendar {
  /** How many hours are near: six weeks and a little more. */
  private static final int NEAR = 1 << 10;

  private static final int NONE = Integer.MAX_VALUE;

  /** The entries of an hour, in no order; to be filled again and again. */
  static final class Hour {
    /** Room for so many times as many as there are is kept. */
    private static final int SPARE = 4;

    private long[] entries = new long[0];
    private long[] instants = new long[0];
    private int count;

    private void clear(int newCount) {
      count = newCount;
      if (entries.length < count || entries.length / SPARE > count) {
        entries = new long[count];
        instants = new long[count];
      }
    }

    int count() {
      return count;
    }

    /** {@return the entries, and perhaps room for more} */
    long[] entries() {
      return entries;
    }

    /** {@return the instant of each, in nanoseconds of the hour} */
    long[] instants() {
      return instants;
    }
  }

  /** Some entries of an hour, and those that were added before them. */
  private static final class Block {
    private static final int SIZE = 1 << 8;
    private static final int NANOS = 1_000;

    private final @Nullable Block before;

    private long[] entries;
    private int count;

    // the instants: in microseconds, without a sign, which takes half as much as in nanoseconds,
    // until there is one for which that is not enough
    private int[] micros;
    private long @Nullable [] nanos;

    Block(@Nullable Block before) {
      this.before = before;
      int size = before == null ? 4 : SIZE;
      this.entries = new long[size];
      this.micros = new int[size];
    }

    boolean isFull() {
      return count == SIZE;
    }

    void add(long entry, long instant) {
      if (count == entries.length) {
        grow();
      }
      if (nanos == null && instant % NANOS != 0) {
        nanos = new long[entries.length];
        for (int i = 0; i < count; i++) {
          nanos[i] = Integer.toUnsignedLong(micros[i]) * NANOS;
        }
        micros = new int[0];
      }
      entries[count] = entry;
      if (nanos != null) {
        nanos[count] = instant;
      } else {
        micros[count] = (int) (instant / NANOS);
      }
      count++;
    }

    private void grow() {
      entries = Arrays.copyOf(entries, 2 * count);
      if (nanos != null) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      } else {
        micros = Arrays.copyOf(micros, 2 * count);
      }
    }

    /** Copies the instants into others, from a place on. */
    void copyInstants(long[] into, int place) {
      for (int i = 0; i < count; i++) {
        into[place + i] = nanos != null ? nanos[i] : Integer.toUnsignedLong(micros[i]) * NANOS;
      }
    }
  }

  private final @Nullable Block[] near = new Block[NEAR];
  private int nearCount;

  /** The first hour that counts as near, and the first that may have entries. */
  private int first;

  private final TreeMap<Integer, Block> far = new TreeMap<>();

  /**
   * Puts an entry into an hour.
   *
   * @param instant its instant, in nanoseconds of the hour
   */
  void add(int hour, long entry, long instant) {
    if (nearCount == 0) {
      first = Math.max(0, hour - NEAR / 2);
    }
    boolean isFar = hour < first || hour >= first + NEAR;
    Block block = isFar ? far.get(hour) : near[hour % NEAR];
    if (block == null || block.isFull()) {
      nearCount += block == null && !isFar ? 1 : 0;
      block = new Block(block);
      if (isFar) {
        far.put(hour, block);
      } else {
        near[hour % NEAR] = block;
      }
    }
    block.add(entry, instant);
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

  /** Takes the entries of the first hour out; there has to be one. */
  void takeFirst(Hour into) {
    int hour = firstHour();
    Block last = null;
    if (nearCount > 0 && hour == first) {
      last = near[first % NEAR];
      near[first % NEAR] = null;
      nearCount--;
    }
    Block lastOfFar = far.remove(hour);
    int fromNear = count(last);
    int count = fromNear + count(lastOfFar);
    into.clear(count);
    copy(last, into, fromNear);
    copy(lastOfFar, into, count);
  }

  private static int count(@Nullable Block last) {
    int count = 0;
    for (Block block = last; block != null; block = block.before) {
      count += block.count;
    }
    return count;
  }

  /** Copies a block and those before it, so that they end at a place. */
  private static void copy(@Nullable Block last, Hour into, int end) {
    int place = end;
    for (Block block = last; block != null; block = block.before) {
      place -= block.count;
      System.arraycopy(block.entries, 0, into.entries, place, block.count);
      block.copyInstants(into.instants, place);
    }
  }
}
