package io.riskladder.mdm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Property
  void waits_double_up_to_the_longest_and_half_of_each_is_left_to_chance(
      @ForAll @LongRange(min = 1, max = 100_000) long firstMillis,
      @ForAll @IntRange(min = 1, max = 1_000_000) int times,
      @ForAll @IntRange(min = 1, max = 200) int failures,
      @ForAll long seed) {
    Duration first = Duration.ofMillis(firstMillis);
    Duration asked = first.multipliedBy(times);
    Duration day = Duration.ofDays(1);
    Duration longest = asked.compareTo(day) > 0 ? day : asked;
    Duration whole = first;
    for (int i = 1; i < failures && whole.compareTo(longest) < 0; i++) {
      whole = whole.multipliedBy(2);
    }
    whole = whole.compareTo(longest) > 0 ? longest : whole;
    Duration wait = new RetryPolicy(first, longest).delay(failures, new SplittableRandom(seed));
    assertTrue(wait.compareTo(whole) <= 0, wait + " of " + whole);
    assertTrue(wait.compareTo(whole.dividedBy(2)) >= 0, wait + " of " + whole);
  }

  @Test
  void what_failed_together_does_not_come_back_together() {
    SplittableRandom chance = new SplittableRandom(1);
    Set<Duration> waits = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      waits.add(RetryPolicy.defaults().delay(5, chance));
    }
    assertEquals(100, waits.size());
  }

  @Test
  void the_shortest_time_there_is_works_too() {
    Duration nano = Duration.ofNanos(1);
    assertEquals(Duration.ZERO, new RetryPolicy(nano, nano).delay(1, new SplittableRandom(1)));
  }

  @Test
  void waits_are_positive_in_order_and_at_most_a_day() {
    assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(Duration.ZERO, SECOND));
    assertThrows(IllegalArgumentException.class, () -> new RetryPolicy(SECOND.negated(), SECOND));
    assertThrows(
        IllegalArgumentException.class, () -> new RetryPolicy(SECOND, SECOND.minusNanos(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RetryPolicy(SECOND, Duration.ofDays(1).plusNanos(1)));
  }
}
