package io.riskladder.benchmarks.contestants.desk;

import io.riskladder.benchmarks.workload.Step;
import java.util.List;

/** A fact for rules: an open threat, with the time that a timer has to run. */
public final class WaitingThreat extends DeskThreat {
  private long waitMillis;

  /**
   * Takes a threat that is on no rung yet.
   *
   * @param device its device
   * @param id its id
   * @param classification its classification's id
   * @param ladder its ladder
   */
  public WaitingThreat(DeskDevice device, String id, String classification, List<Step> ladder) {
    super(device, id, classification, ladder);
  }

  /** {@return how long a timer that starts now has to run until the next rung} */
  public long getWaitMillis() {
    return waitMillis;
  }

  void waitFor(long millis) {
    waitMillis = millis;
  }
}
