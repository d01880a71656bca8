package io.riskladder.benchmarks.contestants.desk;

/** A fact for rules: the time that a threat has until its next rung. */
public final class Countdown {
  private final OpenThreat threat;
  private final long millis;

  Countdown(OpenThreat threat, long millis) {
    this.threat = threat;
    this.millis = millis;
  }

  /** {@return the threat} */
  public OpenThreat getThreat() {
    return threat;
  }

  /** {@return how long a timer has to run that starts when this is told; 0 on the last rung} */
  public long getMillis() {
    return millis;
  }

  /** {@return whether there is a next rung} */
  public boolean isRunning() {
    return millis > 0;
  }
}
