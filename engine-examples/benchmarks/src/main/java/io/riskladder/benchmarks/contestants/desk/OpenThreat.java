package io.riskladder.benchmarks.contestants.desk;

import io.riskladder.benchmarks.workload.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A fact for rules: an open threat. */
public final class OpenThreat extends DeskThreat {
  private @Nullable Countdown countdown;

  /**
   * Takes a threat that is on no rung yet.
   *
   * @param device its device
   * @param id its id
   * @param classification its classification's id
   * @param ladder its ladder
   */
  public OpenThreat(DeskDevice device, String id, String classification, List<Step> ladder) {
    super(device, id, classification, ladder);
  }

  /** {@return the countdown to its next rung, null while it is on none} */
  public @Nullable Countdown getCountdown() {
    return countdown;
  }

  void countDown(Countdown newCountdown) {
    countdown = newCountdown;
  }
}
