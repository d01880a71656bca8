package io.riskladder.core.fleet;

import io.riskladder.core.Limits;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntFunction;

/**
 * Puts devices into the order in which the rules want them: by an instant, and then by id. Most
 * fall due in the same instant as many others, so that ids decide. To compare two ids is to wait
 * for memory; so the next few characters of all are read once, into numbers that are sorted as
 * such, and ids are compared one by one only where those are equal.
 */
final class ByInstantAndId {
  private static final int FEW = 8;

  /** So many characters of so many bits make a number that is not negative. */
  private static final int CHARS = 9;

  private static final int CHAR_BITS = 7;

  /** Beside the 42 bits that the nanoseconds of an hour take. */
  private static final int MAX_PLACE_BITS = 21;

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
   * @param instants the nanoseconds of each slot's instant within an hour; sorted along
   * @param count how many there are
   */
  void sort(int[] slots, long[] instants, int count) {
    sortAlong(slots, instants, count);
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

  /** Sorts both by the numbers, which go up to those of the nanoseconds of an hour. */
  private static void sortAlong(int[] slots, long[] numbers, int count) {
    if (isSorted(numbers, count)) {
      return;
    }
    int placeBits = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    int[] before = Arrays.copyOf(slots, count);
    if (placeBits > MAX_PLACE_BITS) {
      sortOneByOne(slots, numbers, before);
      return;
    }
    for (int i = 0; i < count; i++) {
      numbers[i] = numbers[i] << placeBits | i;
    }
    Arrays.sort(numbers, 0, count);
    for (int i = 0; i < count; i++) {
      slots[i] = before[(int) numbers[i] & ((1 << placeBits) - 1)];
      numbers[i] >>>= placeBits;
    }
  }

  /** So many that a number and a place do not go into one number. */
  private static void sortOneByOne(int[] slots, long[] numbers, int[] before) {
    long[] numbersBefore = Arrays.copyOf(numbers, before.length);
    Integer[] places = new Integer[before.length];
    Arrays.setAll(places, i -> i);
    Arrays.sort(places, Comparator.comparingLong(i -> numbersBefore[i]));
    for (int i = 0; i < before.length; i++) {
      slots[i] = before[places[i]];
      numbers[i] = numbersBefore[places[i]];
    }
  }

  private static boolean isSorted(long[] numbers, int count) {
    for (int i = 1; i < count; i++) {
      if (numbers[i - 1] > numbers[i]) {
        return false;
      }
    }
    return true;
  }

  /** Sorts slots whose ids have this many characters in common, and perhaps more. */
  private void sortById(int[] slots, int from, int to, int common) {
    if (to - from <= FEW || common > Limits.MAX_ID_LENGTH) {
      sortOneByOne(slots, from, to);
      return;
    }
    long[] heads = new long[to - from];
    long differences = 0;
    for (int i = from; i < to; i++) {
      long head = head(ids.apply(slots[i]), common);
      if (head < 0) {
        sortOneByOne(slots, from, to);
        return;
      }
      heads[i - from] = head;
      differences |= head ^ heads[0];
    }
    if (differences == 0) {
      sortById(slots, from, to, common + CHARS);
    } else {
      sortByHead(slots, from, heads, differences, common);
    }
  }

  /** {@return the next characters as a number in their order, or a negative one if one is wide} */
  private static long head(String id, int common) {
    long head = 0;
    for (int c = common; c < common + CHARS; c++) {
      int next = c < id.length() ? id.charAt(c) : 0;
      if (next >= 1 << CHAR_BITS) {
        return -1;
      }
      head = head << CHAR_BITS | next;
    }
    return head;
  }

  /**
   * Sorts by the next characters, of which only those bits are looked at that are not the same in
   * all; the place that each came from goes into the lowest bits.
   */
  private void sortByHead(int[] slots, int from, long[] heads, long differences, int common) {
    int count = heads.length;
    int placeBits = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    int dropped = Math.max(0, placeBits - Long.numberOfLeadingZeros(differences) + 1);
    long mask = -1L >>> Long.numberOfLeadingZeros(differences);
    for (int i = 0; i < count; i++) {
      heads[i] = ((heads[i] & mask) >>> dropped) << placeBits | i;
    }
    Arrays.sort(heads);
    int[] before = Arrays.copyOfRange(slots, from, from + count);
    for (int i = 0; i < count; i++) {
      slots[from + i] = before[(int) heads[i] & ((1 << placeBits) - 1)];
    }
    int start = 0;
    while (start < count) {
      int end = start + 1;
      while (end < count && heads[end] >>> placeBits == heads[start] >>> placeBits) {
        end++;
      }
      if (end - start > FEW && dropped == 0) {
        sortById(slots, from + start, from + end, common + CHARS);
      } else if (end - start > 1) {
        sortOneByOne(slots, from + start, from + end);
      }
      start = end;
    }
  }

  /** Sorts by comparing ids with each other. */
  private void sortOneByOne(int[] slots, int from, int to) {
    if (to - from <= FEW) {
      insert(slots, from, to);
      return;
    }
    Integer[] boxed = new Integer[to - from];
    for (int i = from; i < to; i++) {
      boxed[i - from] = slots[i];
    }
    Arrays.sort(boxed, Comparator.comparing(ids::apply));
    for (int i = from; i < to; i++) {
      slots[i] = boxed[i - from];
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
}
