package io.riskladder.core.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class CalendarTest {

  @Property(tries = 300)
  void hours_come_in_order_with_all_their_entries(@ForAll long seed) {
    Random random = new Random(seed);
    Calendar calendar = new Calendar();
    TreeMap<Integer, long[]> expected = new TreeMap<>();
    int hour = random.nextInt(500_000);
    for (int i = 0; i < 400; i++) {
      if (random.nextInt(4) == 0 && !expected.isEmpty()) {
        hour = expected.firstKey();
        assertEquals(hour, calendar.firstHour());
        Calendar.Entries taken = calendar.takeFirst();
        assertEquals(
            sorted(expected.pollFirstEntry().getValue()),
            sorted(Arrays.copyOf(taken.entries(), taken.count())));
      } else {
        int spread = List.of(3, 400, 1_500, 90_000).get(random.nextInt(4));
        int added = hour + 1 + random.nextInt(spread); // hours whose turn has come get no more
        long entry = i * 0x1_0000_0001L;
        calendar.add(added, entry);
        expected.merge(
            added,
            new long[] {entry},
            (a, b) -> LongStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray());
      }
      assertEquals(
          expected.isEmpty() ? Integer.MAX_VALUE : expected.firstKey(), calendar.firstHour());
    }
  }

  private static List<Long> sorted(long[] entries) {
    return Arrays.stream(entries).sorted().boxed().toList();
  }
}
