package io.riskladder.mdm.runtime;

import io.riskladder.core.device.Effect;
import io.riskladder.mdm.spi.Lane;
import io.riskladder.mdm.spi.LaneResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was claimed of one device, while it is delivered: what became of each effect so far. A call
 * that takes too long is given up from another thread; what it says afterwards does not count.
 */
final class Errand {

  private final Lane lane;
  private final Instant until;
  private final List<Long> gone = new ArrayList<>();
  private final Map<Long, String> dead = new HashMap<>();
  private int failures;
  private @Nullable Instant notBefore;

  /**
   * An errand that has not begun.
   *
   * @param until when its claim ends
   */
  Errand(Lane lane, Instant until) {
    this.lane = lane;
    this.until = until;
    this.failures = lane.failures();
  }

  Lane lane() {
    return lane;
  }

  Instant until() {
    return until;
  }

  synchronized boolean isOver() {
    return notBefore != null;
  }

  /** {@return how often in a row it was tried in vain} */
  synchronized int failures() {
    return failures;
  }

  /** {@return the effect that is to be delivered next, if one waits} */
  synchronized Optional<Effect> next() {
    return lane.waiting().stream()
        .filter(one -> !gone.contains(one.number()) && !dead.containsKey(one.number()))
        .map(Lane.Waiting::effect)
        .findFirst();
  }

  /** An effect need not be delivered any more. {@return whether that still counts} */
  synchronized boolean gone(long number, boolean delivered) {
    if (isOver()) {
      return false;
    }
    gone.add(number);
    failures = delivered ? 0 : failures;
    return true;
  }

  /** An effect is given up. {@return whether that still counts} */
  synchronized boolean dead(long number, String reason) {
    if (isOver()) {
      return false;
    }
    dead.put(number, reason);
    failures = 0;
    return true;
  }

  /** The level was delivered, or given up, with nothing waiting. */
  synchronized void levelled() {
    failures = 0;
  }

  /** It ends here, and what is left waits. {@return whether it had not ended before} */
  synchronized boolean end(Instant goesOn, boolean failed) {
    if (isOver()) {
      return false;
    }
    failures = failed ? failures + 1 : failures;
    notBefore = goesOn;
    return true;
  }

  /** {@return what became of it; it has to be over} */
  synchronized LaneResult result() {
    Instant goesOn = notBefore;
    if (goesOn == null) {
      throw new IllegalStateException("not over");
    }
    return new LaneResult(lane, gone, dead, failures, goesOn);
  }
}
