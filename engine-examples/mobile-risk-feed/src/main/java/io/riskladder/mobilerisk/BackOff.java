package io.riskladder.mobilerisk;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: twice as long each time, and not all at once. */
final class BackOff {
  private static final int MOST_DOUBLINGS = 30;

  private final Duration first;
  private final Duration most;
  private final RandomGenerator random;
  private int failures;

  BackOff(Duration first, Duration most, RandomGenerator random) {
    this.first = first;
    this.most = most;
    this.random = random;
  }

  /** The service is well: the next failure is the first. */
  void reset() {
    failures = 0;
  }

  /** {@return the wait after a failure: between half of what it could be and all of it} */
  Duration next() {
    long ceiling = first.toMillis() << Math.min(failures, MOST_DOUBLINGS);
    boolean over = failures > MOST_DOUBLINGS || ceiling > most.toMillis() || ceiling <= 0;
    long millis = over ? most.toMillis() : ceiling;
    failures++;
    return Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1));
  }
}
