package io.riskladder.core.fleet;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Puts devices into the order in which the rules want them: by an instant, and then by id. Most
 * fall due in the same instant as many others, so that ids decide. To compare two ids is to wait
 * for memory; so the next few characters of all are read once, into numbers that are sorted as
 * such, and ids are compared one by one only where those are equal.
 */
final class ByInstantAndId {
  private static final int FEW = 8;

  private final IntFunction<String> ids;

  /**
   * An order.
   *
   * @param ids gives the id of a device by its slot
   */
  ByInstantAndId(IntFunction<String> ids) {
    this.ids = ids;
  }

  /**
   * Sorts slots by instants and then by id.
   *
   * @param slots the slots
   * @param instants a number for each slot, in the order of the instants, not negative; sorted
   *     along
   * @param count how many there are
   */
  void sort(int[] slots, long[] instants, int count) {
    sortAlong(slots, instants, 0, count);
    int from = 0;
    while (from < count) {
      int to = from + 1;
      while (to < count && instants[to] == instants[from]) {
        to++;
      }
      sortById(slots, from, to, 0);
      from = to;
    }
  }

  /** Sorts both by the numbers. */
  private static void sortAlong(int[] slots, long[] numbers, int from, int to) {
    int count = to - from;
    if (isSorted(numbers, from, to)) {
      return;
    }
    long[] sorted = Arrays.copyOfRange(numbers, from, to);
    Arrays.sort(sorted);
    int different = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || sorted[i] != sorted[different - 1]) {
        sorted[different++] = sorted[i];
      }
    }
    int[] next = new int[different + 1];
    int[] rank = new int[count];
    for (int i = 0; i < count; i++) {
      rank[i] = Arrays.binarySearch(sorted, 0, different, numbers[from + i]);
      next[rank[i] + 1]++;
    }
    for (int i = 1; i <= different; i++) {
      next[i] += next[i - 1];
    }
    int[] slotsBefore = Arrays.copyOfRange(slots, from, to);
    for (int i = 0; i < count; i++) {
      int place = from + next[rank[i]]++;
      slots[place] = slotsBefore[i];
      numbers[place] = sorted[rank[i]];
    }
  }

  private static boolean isSorted(long[] numbers, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (numbers[i - 1] > numbers[i]) {
        return false;
      }
    }
    return true;
  }

  /** Sorts slots whose ids have this many characters in common, and perhaps more. */
  private void sortById(int[] slots, int from, int to, int common) {
    if (to - from <= FEW) {
      insert(slots, from, to);
      return;
    }
    int skip = common(slots, from, to, common);
    int indexBits = Integer.SIZE - Integer.numberOfLeadingZeros(to - from - 1);
    int charBits = charBits(slots, from, to, skip);
    int chars = Math.min(FEW, (Long.SIZE - 1 - indexBits) / charBits);
    long[] keys = new long[to - from];
    for (int i = from; i < to; i++) {
      keys[i - from] = key(ids.apply(slots[i]), skip, chars, charBits) << indexBits | (i - from);
    }
    Arrays.sort(keys);
    int[] before = Arrays.copyOfRange(slots, from, to);
    int indexMask = (1 << indexBits) - 1;
    for (int i = from; i < to; i++) {
      slots[i] = before[(int) keys[i - from] & indexMask];
    }
    int start = from;
    while (start < to) {
      int end = start + 1;
      while (end < to && keys[end - from] >>> indexBits == keys[start - from] >>> indexBits) {
        end++;
      }
      if (end - start > 1) {
        sortById(slots, start, end, skip + chars);
      }
      start = end;
    }
  }

  private void insert(int[] slots, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int slot = slots[i];
      String id = ids.apply(slot);
      int place = i;
      while (place > from && ids.apply(slots[place - 1]).compareTo(id) > 0) {
        slots[place] = slots[place - 1];
        place--;
      }
      slots[place] = slot;
    }
  }

  /** {@return how many characters all have in common, no fewer than are known to} */
  private int common(int[] slots, int from, int to, int known) {
    String first = ids.apply(slots[from]);
    int common = first.length();
    for (int i = from + 1; i < to && common > known; i++) {
      String id = ids.apply(slots[i]);
      int most = Math.min(common, id.length());
      int same = known;
      while (same < most && id.charAt(same) == first.charAt(same)) {
        same++;
      }
      common = same;
    }
    return Math.max(common, known);
  }

  /** {@return bits enough for the next characters of all, and for the end of an id} */
  private int charBits(int[] slots, int from, int to, int skip) {
    int all = 1;
    for (int i = from; i < to; i++) {
      String id = ids.apply(slots[i]);
      int end = Math.min(id.length(), skip + FEW);
      for (int c = skip; c < end; c++) {
        all |= id.charAt(c) + 1;
      }
    }
    return Integer.SIZE - Integer.numberOfLeadingZeros(all);
  }

  /** {@return the next characters as a number, in their order; an id that ends comes first} */
  private static long key(String id, int skip, int chars, int charBits) {
    long key = 0;
    for (int c = skip; c < skip + chars; c++) {
      key = key << charBits | (c < id.length() ? id.charAt(c) + 1 : 0);
    }
    return key;
  }
}
