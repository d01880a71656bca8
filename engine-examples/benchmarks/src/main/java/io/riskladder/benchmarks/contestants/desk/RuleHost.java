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
   * A new threat enters its ladder.
   *
   * @param threat the threat
   */
  public void enter(WaitingThreat threat) {
    desk.enter(threat, 0, second);
    wind(threat);
  }

  /**
   * A threat enters the next rung.
   *
   * @param threat the threat
   */
  public void climb(WaitingThreat threat) {
    desk.enter(threat, threat.rung() + 1, threat.due());
    wind(threat);
  }

  private void wind(WaitingThreat threat) {
    if (threat.isWaiting()) {
      threat.waitFor(threat.due() * 1_000 + 1 - clockMillis);
    }
  }

  /**
   * A threat ends, and another takes its place at once.
   *
   * @param threat the threat
   */
  public void replace(WaitingThreat threat) {
    desk.replace(threat, second);
  }

  /**
   * A threat ends.
   *
   * @param threat the threat
   */
  public void end(WaitingThreat threat) {
    desk.end(threat, second);
  }
}
