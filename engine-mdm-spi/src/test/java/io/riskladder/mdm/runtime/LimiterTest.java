package io.riskladder.mdm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class LimiterTest {
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Instant second(long seconds) {
    return START.plusSeconds(seconds);
  }

  @Property
  void no_span_of_the_time_has_more_calls_than_the_limit_and_none_waits_in_vain(
      @ForAll @IntRange(min = 1, max = 5) int most,
      @ForAll @Size(max = 60) List<@IntRange(max = 30) Integer> pauses) {
    Limiter limiter = new Limiter(new RateLimit(most, MINUTE), null);
    List<Instant> granted = new ArrayList<>();
    Instant now = START;
    for (int pause : pauses) {
      now = now.plusSeconds(pause);
      Instant from = now.minus(MINUTE);
      long inSpan = granted.stream().filter(from::isBefore).count();
      Optional<Instant> free = limiter.take(List.of(), now);
      assertEquals(inSpan < most, free.isEmpty());
      if (free.isEmpty()) {
        granted.add(now);
      } else {
        assertEquals(granted.get(granted.size() - most).plus(MINUTE), free.get());
      }
    }
  }

  @Test
  void each_recipient_has_a_limit_of_its_own() {
    Limiter limiter = new Limiter(null, new RateLimit(1, MINUTE));
    assertEquals(Optional.empty(), limiter.take(List.of("ana"), START));
    assertEquals(Optional.empty(), limiter.take(List.of("bo"), second(10)));
    assertEquals(Optional.of(second(60)), limiter.take(List.of("ana"), second(20)));
  }

  @Test
  void one_recipient_who_has_had_enough_holds_back_the_call_and_nobody_is_counted() {
    Limiter limiter = new Limiter(new RateLimit(2, MINUTE), new RateLimit(1, MINUTE));
    assertEquals(Optional.empty(), limiter.take(List.of("ana"), START));
    assertEquals(Optional.of(second(60)), limiter.take(List.of("bo", "ana"), second(1)));
    assertEquals(Optional.empty(), limiter.take(List.of("bo"), second(2)));
    assertEquals(Optional.of(second(60)), limiter.take(List.of("cy"), second(3)));
  }

  @Test
  void the_latest_of_several_limits_counts() {
    Limiter limiter =
        new Limiter(new RateLimit(1, MINUTE), new RateLimit(1, MINUTE.multipliedBy(3)));
    assertEquals(Optional.empty(), limiter.take(List.of("ana"), START));
    assertEquals(Optional.of(second(180)), limiter.take(List.of("ana"), second(60)));
    assertEquals(Optional.empty(), limiter.take(List.of("bo"), second(60)));
  }

  @Test
  void without_limits_nothing_waits() {
    Limiter limiter = new Limiter(null, null);
    for (int i = 0; i < 1_000; i++) {
      assertEquals(Optional.empty(), limiter.take(List.of("ana"), START));
    }
  }

  @Test
  void a_limit_is_of_at_least_one_call_in_a_time_up_to_a_day() {
    assertThrows(IllegalArgumentException.class, () -> new RateLimit(0, MINUTE));
    assertThrows(IllegalArgumentException.class, () -> new RateLimit(1, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> new RateLimit(1, Duration.ofSeconds(-1)));
    assertThrows(
        IllegalArgumentException.class, () -> new RateLimit(1, Duration.ofSeconds(86_401)));
  }
}
