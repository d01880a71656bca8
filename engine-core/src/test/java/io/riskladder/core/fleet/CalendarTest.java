package io.riskladder.core.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class CalendarTest {
  private static final long NANOS_OF_HOUR = 3_600_000_000_000L;

  private record Timed(long entry, long instant) {}

  @Property(tries = 300)
  void hours_come_in_order_with_all_their_entries(@ForAll long seed) {
    Random random = new Random(seed);
    Calendar calendar = new Calendar();
    Calendar.Hour taken = new Calendar.Hour();
    TreeMap<Integer, Multiset<Timed>> expected = new TreeMap<>();
    int hour = random.nextInt(500_000);
    int wholeMicros = random.nextInt(1_000);
    int steps = random.nextInt(20) == 0 ? 9_000 : 400; // more than go into one block
    for (int i = 0; i < steps; i++) {
      if (random.nextInt(steps == 400 ? 4 : 2_000) == 0 && !expected.isEmpty()) {
        hour = expected.firstKey();
        assertEquals(hour, calendar.firstHour());
        calendar.takeFirst(taken);
        assertEquals(expected.pollFirstEntry().getValue(), all(taken));
      } else {
        int spread = List.of(3, 400, 1_500, 90_000).get(random.nextInt(4));
        int added = hour + 1 + random.nextInt(steps == 400 ? spread : 3); // never one that is over
        long instant = (long) (random.nextDouble() * NANOS_OF_HOUR);
        if (random.nextInt(1_000) < wholeMicros) {
          instant -= instant % 1_000;
        }
        Timed timed = new Timed(i * 0x1_0000_0001L, instant);
        calendar.add(added, timed.entry(), instant);
        expected.computeIfAbsent(added, h -> HashMultiset.create()).add(timed);
      }
      assertEquals(
          expected.isEmpty() ? Integer.MAX_VALUE : expected.firstKey(), calendar.firstHour());
    }
  }

  private static Multiset<Timed> all(Calendar.Hour hour) {
    Multiset<Timed> all = HashMultiset.create();
    for (int i = 0; i < hour.count(); i++) {
      all.add(new Timed(hour.entries()[i], hour.instants()[i]));
    }
    return all;
  }
}
