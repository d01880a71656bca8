package io.riskladder.mobilerisk;

import java.time.Duration;

/** Lets time pass in the thread that runs a stream; a host has another one in its tests. */
@FunctionalInterface
public interface Sleeper {

  /**
   * Returns after a while.
   *
   * @param duration how long; not negative
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void sleep(Duration duration) throws InterruptedException;
}
