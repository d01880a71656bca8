package io.riskladder.core.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class ByInstantAndIdTest {
  private static final long NANOS_OF_HOUR = 3_600_000_000_000L;

  @Property(tries = 300)
  void the_order_is_that_of_instants_and_then_of_ids(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int count) {
    Random random = new Random(seed);
    List<String> ids = ids(random, count);
    long[] byslot = new long[count];
    int instantsApart = 1 + random.nextInt(count);
    for (int slot = 0; slot < count; slot++) {
      byslot[slot] = NANOS_OF_HOUR - 1 - random.nextInt(instantsApart);
    }
    Integer[] expected = new Integer[count];
    Arrays.setAll(expected, slot -> slot);
    Arrays.sort(
        expected, Comparator.<Integer>comparingLong(slot -> byslot[slot]).thenComparing(ids::get));

    ByInstantAndId order = new ByInstantAndId(ids::get);
    long[] entries = new long[count];
    Arrays.setAll(entries, order::entry);
    long[] instants = byslot.clone();
    order.sort(entries, instants, count);

    int[] slots = Arrays.stream(entries).mapToInt(ByInstantAndId::slot).toArray();
    assertArrayEquals(Arrays.stream(expected).mapToInt(slot -> slot).toArray(), slots);
    assertArrayEquals(Arrays.stream(slots).mapToLong(slot -> byslot[slot]).toArray(), instants);
  }

  /** Ids that begin alike, end in each other, have wide characters, or none that can be seen. */
  private static List<String> ids(Random random, int count) {
    Set<String> ids = new LinkedHashSet<>();
    String alphabet =
        List.of("ab", "0123456789abcdef-", "\0\u0001a", "aü\uffff", "x", "-./:@YZ[_`az{~\u007f")
            .get(random.nextInt(6));
    String prefix = "p".repeat(random.nextInt(3) * 7);
    while (ids.size() < count) {
      StringBuilder id = new StringBuilder(prefix);
      for (int i = random.nextInt(alphabet.length() == 1 ? count + 1 : 24); i >= 0; i--) {
        id.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      ids.add(id.toString());
    }
    return new ArrayList<>(ids);
  }
}
