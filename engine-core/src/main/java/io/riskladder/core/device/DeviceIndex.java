package io.riskladder.core.device;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ids of many devices, and the slot of each: numbers from 0 up, given again when a device has
 * left. An open hash table; next to a slot an entry has some bits of the id's hash, so that ids are
 * seldom compared in vain. Ids of which very many have the same hash make it slow, but not wrong.
 */
final class DeviceIndex {
  private static final int PAGE_BITS = 12;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int EMPTY = 0;

  private @Nullable String[][] ids = new String[1][];

  /** The slots in use, and those that were: all slots below this. */
  private int slots;

  private int size;

  /** In each entry the slot in as many bits as the table's length has, hash bits above. */
  private int[] table = new int[16];

  private int slotBits = 4;
  private int[] left = new int[8];
  private int leftCount;

  int size() {
    return size;
  }

  /** {@return a number above all slots} */
  int slots() {
    return slots;
  }

  /** {@return the id in a slot, or null if no device has it} */
  @Nullable String id(int slot) {
    return ids[slot >>> PAGE_BITS][slot & (PAGE - 1)];
  }

  /** {@return the slot of an id, or -1} */
  int find(String id) {
    int hash = spread(id);
    int mask = table.length - 1;
    int mark = mark(hash);
    for (int i = hash & mask; ; i = (i + 1) & mask) {
      int entry = table[i];
      if (entry == EMPTY) {
        return -1;
      }
      if (entry >>> slotBits == mark && id.equals(id(entry & mask))) {
        return entry & mask;
      }
    }
  }

  /** {@return the slot of an id, if it is there, or of one much like it, or -1} */
  int guess(String id) {
    int hash = spread(id);
    int mask = table.length - 1;
    int mark = mark(hash);
    int i = hash & mask;
    while (table[i] != EMPTY && table[i] >>> slotBits != mark) {
      i = (i + 1) & mask;
    }
    return table[i] == EMPTY ? -1 : table[i] & mask;
  }

  /** {@return the slot of an id that was not there before} */
  int add(String id) {
    if (4L * (slots + 1) > 3L * table.length) {
      grow();
    }
    int slot = leftCount > 0 ? left[--leftCount] : slots++;
    if (slot >>> PAGE_BITS == ids.length) {
      ids = Arrays.copyOf(ids, 2 * ids.length);
    }
    if (ids[slot >>> PAGE_BITS] == null) {
      ids[slot >>> PAGE_BITS] = new String[PAGE];
    }
    ids[slot >>> PAGE_BITS][slot & (PAGE - 1)] = id;
    enter(spread(id), slot);
    size++;
    return slot;
  }

  /** Takes the id in a slot out. */
  void remove(int slot, String id) {
    int mask = table.length - 1;
    int hole = spread(id) & mask;
    while (table[hole] == EMPTY || (table[hole] & mask) != slot) {
      hole = (hole + 1) & mask;
    }
    closeUp(hole, mask);
    ids[slot >>> PAGE_BITS][slot & (PAGE - 1)] = null;
    if (leftCount == left.length) {
      left = Arrays.copyOf(left, 2 * leftCount);
    }
    left[leftCount++] = slot;
    size--;
  }

  /** Moves entries back over a hole, so that each is still found from the place of its hash on. */
  private void closeUp(int firstHole, int mask) {
    int hole = firstHole;
    for (int i = (hole + 1) & mask; table[i] != EMPTY; i = (i + 1) & mask) {
      String id = id(table[i] & mask);
      int home = id == null ? i : spread(id) & mask;
      if (((i - home) & mask) >= ((i - hole) & mask)) {
        table[hole] = table[i];
        hole = i;
      }
    }
    table[hole] = EMPTY;
  }

  private void grow() {
    table = new int[2 * table.length];
    slotBits++;
    for (int slot = 0; slot < slots; slot++) {
      String id = id(slot);
      if (id != null) {
        enter(spread(id), slot);
      }
    }
  }

  private void enter(int hash, int slot) {
    int mask = table.length - 1;
    int i = hash & mask;
    while (table[i] != EMPTY) {
      i = (i + 1) & mask;
    }
    table[i] = mark(hash) << slotBits | slot;
  }

  /** {@return the highest bits of a hash, of which one is set, so that an entry is never empty} */
  private int mark(int hash) {
    return (hash | Integer.MIN_VALUE) >>> slotBits;
  }

  private static int spread(String id) {
    int hash = id.hashCode() * 0x9E3779B9;
    return hash ^ hash >>> 16;
  }
}
