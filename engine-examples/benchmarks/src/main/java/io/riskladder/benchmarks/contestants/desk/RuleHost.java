package io.riskladder.benchmarks.contestants.desk;

/**
 * What rules may call. Its clock is ahead of the events by a millisecond when time passes, so that
 * what happens at an instant comes before what is due then.
 */
public final class RuleHost {
  private final Desk desk;
  private long second;
  private long clockMillis;

  /**
   * Makes one at 1970.
   *
   * @param desk keeps the devices
   */
  public RuleHost(Desk desk) {
    this.desk = desk;
  }

  /**
   * Sets the time.
   *
   * @param newSecond when events happen, in seconds since 1970
   * @param newClockMillis what the rules' clock shows, in milliseconds since 1970
   */
  public void timeIs(long newSecond, long newClockMillis) {
    second = newSecond;
    clockMillis = newClockMillis;
  }

  /**
   * {@return the countdown to the next rung, now that a new threat enters its ladder}
   *
   * @param threat the threat
   */
  public Countdown enter(OpenThreat threat) {
    desk.enter(threat, 0, second);
    return wind(threat);
  }

  /**
   * {@return the countdown to the rung after that which a threat enters}
   *
   * @param threat the threat
   */
  public Countdown climb(OpenThreat threat) {
    desk.enter(threat, threat.rung() + 1, threat.due());
    return wind(threat);
  }

  private Countdown wind(OpenThreat threat) {
    Countdown countdown =
        new Countdown(threat, threat.isWaiting() ? threat.due() * 1_000 + 1 - clockMillis : 0);
    threat.countDown(countdown);
    return countdown;
  }

  /**
   * A threat ends, and another takes its place at once.
   *
   * @param threat the threat
   */
  public void replace(OpenThreat threat) {
    desk.replace(threat, second);
  }

  /**
   * A threat ends.
   *
   * @param threat the threat
   */
  public void end(OpenThreat threat) {
    desk.end(threat, second);
  }
}
