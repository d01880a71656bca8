package io.riskladder.core.device;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Room for the threats of many devices: three words and an id each. A device has a run of places
 * that lie side by side; runs come in sizes, and one that is given back is used again for another
 * device. Pages never move, so growing copies nothing.
 */
final class ThreatPool {
  /** Most threats of one device that there is room for. */
  static final int MAX_RUN = 1 << 12;

  /** The place of no run. */
  static final int NOWHERE = -1;

  private static final int PAGE_BITS = 12;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int MASK = PAGE - 1;
  private static final int WORDS = 3;

  /** The sizes of runs: 1, 2, 3, 4, 6, 8, 12, 16, ... up to a whole page. */
  private static final int SIZES = 2 * PAGE_BITS;

  private long[][] words = new long[1][];
  private @Nullable String[][] ids = new String[1][];
  private int pages;
  private int end;

  /** The first run of each size that was given back; its first word says where the next one is. */
  private final int[] free = new int[SIZES];

  ThreatPool() {
    Arrays.fill(free, NOWHERE);
  }

  /** {@return the number of the smallest size that is enough} */
  private static int sizeFor(int count) {
    int number = 0;
    while (size(number) < count) {
      number++;
    }
    return number;
  }

  private static int size(int number) {
    return number == 0 ? 1 : number % 2 == 1 ? 2 << (number / 2) : 3 << (number / 2 - 1);
  }

  /** {@return whether a run for so many has just as much room as one for so many others} */
  static boolean haveOneSize(int count, int other) {
    return sizeFor(count) == sizeFor(other);
  }

  /** {@return the first place of a run for so many threats, one or more} */
  int take(int count) {
    int number = sizeFor(count);
    int run = free[number];
    if (run != NOWHERE) {
      free[number] = (int) word(run, 0);
      return run;
    }
    int size = size(number);
    if (pages == 0 || (end & MASK) + size > PAGE || (end & MASK) == 0) {
      giveRest();
      addPage();
    }
    int fresh = end;
    end += size;
    return fresh;
  }

  /** Makes runs of what is left of the last page. */
  private void giveRest() {
    while ((end & MASK) != 0) {
      int left = PAGE - (end & MASK);
      int number = sizeFor(left + 1) - 1;
      give(end, size(number));
      end += size(number);
    }
  }

  private void addPage() {
    if (pages == words.length) {
      words = Arrays.copyOf(words, 2 * pages);
      ids = Arrays.copyOf(ids, 2 * pages);
    }
    words[pages] = new long[PAGE * WORDS];
    ids[pages] = new String[PAGE];
    end = pages << PAGE_BITS;
    pages++;
  }

  /** Forgets the ids of some places of one run. */
  void clear(int from, int to) {
    for (int place = from; place < to; place++) {
      ids[place >>> PAGE_BITS][place & MASK] = null;
    }
  }

  /** Takes a run for so many threats back. */
  void give(int run, int count) {
    clear(run, run + count);
    int number = sizeFor(count);
    setWord(run, 0, free[number]);
    free[number] = run;
  }

  /** {@return one of the three words of a place} */
  long word(int place, int number) {
    return words[place >>> PAGE_BITS][(place & MASK) * WORDS + number];
  }

  void setWord(int place, int number, long word) {
    words[place >>> PAGE_BITS][(place & MASK) * WORDS + number] = word;
  }

  @Nullable String idIfAny(int place) {
    return ids[place >>> PAGE_BITS][place & MASK];
  }

  String id(int place) {
    String id = idIfAny(place);
    if (id == null) {
      throw new IllegalStateException("no threat at " + place);
    }
    return id;
  }

  @SuppressWarnings("ReferenceEquality") // to store what is there already costs more than to look
  void setId(int place, String id) {
    @Nullable String[] page = ids[place >>> PAGE_BITS];
    if (page[place & MASK] != id) {
      page[place & MASK] = id;
    }
  }
}
