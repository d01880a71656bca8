package io.riskladder.mdm.runtime;

import io.riskladder.core.internal.Checks;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before something is tried again: at first a short time, which doubles up to a
 * longest one. Half of each wait is left to chance, so that what failed together does not come back
 * together.
 *
 * @param first the wait after the first failure, positive
 * @param longest the longest wait, not shorter than the first, at most a day
 */
public record RetryPolicy(Duration first, Duration longest) {
  private static final Duration LIMIT = Duration.ofDays(1);
  private static final int MOST_DOUBLINGS = 30;

  /**
   * Takes what it is given.
   *
   * @param first the wait after the first failure
   * @param longest the longest wait
   * @throws IllegalArgumentException if a wait is not positive, too long, or longer than the
   *     longest
   */
  public RetryPolicy {
    if (first.isZero() || first.isNegative()) {
      throw Checks.invalid("first", first + " is not positive");
    }
    if (longest.compareTo(first) < 0 || longest.compareTo(LIMIT) > 0) {
      throw Checks.invalid("longest", longest + " is not between " + first + " and " + LIMIT);
    }
  }

  /** {@return a second at first, ten minutes at last} */
  public static RetryPolicy defaults() {
    return new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(10));
  }

  /**
   * {@return how long to wait}
   *
   * @param failures how often in a row it failed, 1 or more
   * @param chance what is left to chance
   */
  Duration delay(int failures, RandomGenerator chance) {
    int doublings = Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS);
    Duration whole = longest;
    if (longest.dividedBy(first) >> doublings > 0) {
      whole = first.multipliedBy(1L << doublings);
    }
    long half = whole.toNanos() / 2;
    return Duration.ofNanos(half + (half == 0 ? 0 : chance.nextLong(half + 1)));
  }
}
