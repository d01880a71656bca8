package io.riskladder.core.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class CalendarTest {

  @Property(tries = 300)
  void hours_come_in_order_with_all_their_slots(@ForAll long seed) {
    Random random = new Random(seed);
    Calendar calendar = new Calendar();
    TreeMap<Integer, int[]> expected = new TreeMap<>();
    int hour = random.nextInt(500_000);
    for (int i = 0; i < 400; i++) {
      if (random.nextInt(4) == 0 && !expected.isEmpty()) {
        hour = expected.firstKey();
        assertEquals(hour, calendar.firstHour());
        Calendar.Slots taken = calendar.takeFirst();
        assertEquals(
            sorted(expected.pollFirstEntry().getValue()),
            sorted(Arrays.copyOf(taken.slots(), taken.count())));
      } else {
        int spread = List.of(3, 400, 1_500, 90_000).get(random.nextInt(4));
        int added = hour + 1 + random.nextInt(spread); // hours whose turn has come get no more
        calendar.add(added, i);
        int slot = i;
        expected.merge(
            added,
            new int[] {slot},
            (a, b) -> IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray());
      }
      assertEquals(
          expected.isEmpty() ? Integer.MAX_VALUE : expected.firstKey(), calendar.firstHour());
    }
  }

  private static List<Integer> sorted(int[] slots) {
    return Arrays.stream(slots).sorted().boxed().toList();
  }
}
