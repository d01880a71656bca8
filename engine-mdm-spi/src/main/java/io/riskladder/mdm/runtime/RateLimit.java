package io.riskladder.mdm.runtime;

import io.riskladder.core.internal.Checks;
import java.time.Duration;

/**
 * How many calls there may be in any span of a time, as one engine counts them. What is above
 * waits, and nothing is lost.
 *
 * @param calls how many, 1 or more
 * @param per the time, positive, at most a day
 */
public record RateLimit(int calls, Duration per) {
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Takes what it is given.
   *
   * @param calls how many
   * @param per the time
   * @throws IllegalArgumentException if there are none, or the time is not positive or too long
   */
  public RateLimit {
    if (calls < 1) {
      throw Checks.invalid("calls", calls + " is not positive");
    }
    if (per.isZero() || per.isNegative() || per.compareTo(LONGEST) > 0) {
      throw Checks.invalid("per", per + " is not a time up to " + LONGEST);
    }
  }
}
