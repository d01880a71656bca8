package io.riskladder.core.fleet;

import io.riskladder.core.device.PackedDevices;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntFunction;

/**
 * Puts devices into the order in which the rules want them: by an instant, and then by id. Most
 * fall due in the same instant as many others, so that ids decide. To compare two ids is to wait
 * for memory; so a device has an entry, a number with its slot in the lowest bits and the first
 * characters of its id above, in their order as far as there are bits for it. Entries are sorted as
 * numbers, and ids are looked at only where those characters are the same.
 */
final class ByInstantAndId {
  /** How many bits of an entry are the slot. */
  private static final int SLOT_BITS = Integer.numberOfTrailingZeros(PackedDevices.MAX_DEVICES);

  private static final long SLOT_MASK = PackedDevices.MAX_DEVICES - 1;

  /**
   * The numbers of characters, in their order: letters, digits and a few more have one of their
   * own; the others, whose complements these are, share one with those next to them.
   */
  private static final byte[] NUMBERS = numbers();

  /** Greater than every number; so many characters, and a slot, make a number that is positive. */
  private static final int RADIX = 71;

  private static final int CHARS = 6;

  private static final int FEW = 8;

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

  /** {@return the entry of the device in a slot} */
  long entry(int slot) {
    return entry(slot, 0);
  }

  /**
   * {@return an entry with the characters from a place on; what comes after one that shares its
   * number is left out, for it says nothing of the order}
   */
  private long entry(int slot, int from) {
    String id = ids.apply(slot);
    int to = Math.min(id.length(), from + CHARS);
    long characters = 0;
    int i = from;
    int number = 0;
    for (; i < to && number >= 0; i++) {
      char c = id.charAt(i);
      number = c < NUMBERS.length ? NUMBERS[c] : ~(RADIX - 1);
      characters = characters * RADIX + Math.max(number, ~number);
    }
    for (; i < from + CHARS; i++) {
      characters *= RADIX;
    }
    return characters << SLOT_BITS | slot;
  }

  /** {@return the slot of an entry} */
  static int slot(long entry) {
    return (int) (entry & SLOT_MASK);
  }

  private static byte[] numbers() {
    byte[] numbers = new byte[1 << 7];
    int last = 0;
    for (char c = 0; c < numbers.length; c++) {
      boolean own = Character.isLetterOrDigit(c) || "-:_".indexOf(c) >= 0;
      boolean next = own || (c > 0 && numbers[c - 1] > 0);
      last += next ? 1 : 0;
      numbers[c] = (byte) (own ? last : ~last);
    }
    return numbers;
  }

  /**
   * Sorts entries by instants and then by id.
   *
   * @param entries the entries
   * @param instants the nanoseconds of each one's instant within an hour; sorted along
   * @param count how many there are
   */
  void sort(long[] entries, long[] instants, int count) {
    sortAlong(entries, instants, count);
    int from = 0;
    while (from < count) {
      int to = from + 1;
      while (to < count && instants[to] == instants[from]) {
        to++;
      }
      if (to - from > 1) {
        sortById(entries, from, to, 0);
      }
      from = to;
    }
  }

  /** Sorts both by the numbers, which go up to those of the nanoseconds of an hour. */
  private static void sortAlong(long[] entries, long[] numbers, int count) {
    if (isSorted(numbers, count)) {
      return;
    }
    int placeBits = Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    long[] before = Arrays.copyOf(entries, count);
    if (placeBits > MAX_PLACE_BITS) {
      sortOneByOne(entries, numbers, before);
      return;
    }
    for (int i = 0; i < count; i++) {
      numbers[i] = numbers[i] << placeBits | i;
    }
    DigitSort.sort(numbers, 0, count, placeBits);
    for (int i = 0; i < count; i++) {
      entries[i] = before[(int) numbers[i] & ((1 << placeBits) - 1)];
      numbers[i] >>>= placeBits;
    }
  }

  /** So many that a number and a place do not go into one number. */
  private static void sortOneByOne(long[] entries, long[] numbers, long[] before) {
    long[] numbersBefore = Arrays.copyOf(numbers, before.length);
    Integer[] places = new Integer[before.length];
    Arrays.setAll(places, i -> i);
    Arrays.sort(places, Comparator.comparingLong(i -> numbersBefore[i]));
    for (int i = 0; i < before.length; i++) {
      entries[i] = before[places[i]];
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

  /**
   * Sorts entries that have the characters from a place on, of ids that are the same up to it. They
   * have them afterwards, too.
   */
  private void sortById(long[] entries, int from, int to, int place) {
    DigitSort.sort(entries, from, to, SLOT_BITS);
    int start = from;
    while (start < to) {
      int end = start + 1;
      while (end < to && entries[end] >>> SLOT_BITS == entries[start] >>> SLOT_BITS) {
        end++;
      }
      if (end - start > FEW && areSame(entries, start, end, place)) {
        long characters = entries[start] & ~SLOT_MASK;
        for (int i = start; i < end; i++) {
          entries[i] = entry(slot(entries[i]), place + CHARS);
        }
        sortById(entries, start, end, place + CHARS);
        for (int i = start; i < end; i++) {
          entries[i] = characters | slot(entries[i]);
        }
      } else if (end - start > 1) {
        sortOneByOne(entries, start, end);
      }
      start = end;
    }
  }

  /** {@return whether ids whose characters from a place on have the same numbers are the same} */
  private boolean areSame(long[] entries, int from, int to, int place) {
    String first = ids.apply(slot(entries[from]));
    for (int i = from + 1; i < to; i++) {
      if (!ids.apply(slot(entries[i])).regionMatches(place, first, place, CHARS)) {
        return false;
      }
    }
    return true;
  }

  /** Sorts by comparing ids with each other. */
  private void sortOneByOne(long[] entries, int from, int to) {
    if (to - from <= FEW) {
      insert(entries, from, to);
      return;
    }
    Long[] boxed = new Long[to - from];
    Arrays.setAll(boxed, i -> entries[from + i]);
    Arrays.sort(boxed, Comparator.comparing(entry -> ids.apply(slot(entry))));
    for (int i = from; i < to; i++) {
      entries[i] = boxed[i - from];
    }
  }

  private void insert(long[] entries, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long entry = entries[i];
      String id = ids.apply(slot(entry));
      int place = i;
      while (place > from && ids.apply(slot(entries[place - 1])).compareTo(id) > 0) {
        entries[place] = entries[place - 1];
        place--;
      }
      entries[place] = entry;
    }
  }
}
