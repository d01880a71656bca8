package io.riskladder.core.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class DigitSortTest {

  @Property(tries = 300)
  void numbers_are_in_order_by_what_counts_of_them_and_none_is_lost(
      @ForAll long seed,
      @ForAll @IntRange(max = 4_000) int count,
      @ForAll @IntRange(min = 1, max = 63) int bits,
      @ForAll @IntRange(max = 40) int lowestBits) {
    Random random = new Random(seed);
    long[] numbers = new long[count];
    long sameInAll = random.nextLong() >>> 1 & -1L << (bits / 2);
    Arrays.setAll(numbers, i -> sameInAll ^ random.nextLong() >>> (Long.SIZE - bits));
    int from = random.nextInt(count + 1);
    int to = from + random.nextInt(count + 1 - from);
    long[] sorted = numbers.clone();

    DigitSort.sort(sorted, from, to, lowestBits);

    long[] whatCounts = counting(numbers, lowestBits);
    Arrays.sort(whatCounts, from, to);
    assertArrayEquals(whatCounts, counting(sorted, lowestBits));
    Arrays.sort(numbers);
    Arrays.sort(sorted);
    assertArrayEquals(numbers, sorted);
  }

  private static long[] counting(long[] numbers, int lowestBits) {
    return Arrays.stream(numbers).map(number -> number >>> lowestBits).toArray();
  }
}
