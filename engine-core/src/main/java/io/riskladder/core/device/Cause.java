package io.riskladder.core.device;

/** What brought an effect about (rules, section 8). */
public sealed interface Cause {
  /** A rung fell due. */
  Cause DUE = new Due();

  /**
   * An event.
   *
   * @param number the number that the host gave it
   */
  record Event(long number) implements Cause {}

  /** A rung that fell due. */
  record Due() implements Cause {}
}
