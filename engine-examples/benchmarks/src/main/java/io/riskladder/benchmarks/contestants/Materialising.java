package io.riskladder.benchmarks.contestants;

import io.riskladder.benchmarks.workload.EffectKind;
import io.riskladder.benchmarks.workload.EffectSink;
import io.riskladder.benchmarks.workload.Rules;
import java.time.Instant;

/**
 * Makes an object of each effect, with an id of its own, and the message's text for one
 * notification in a hundred, before it hands it on: what a host needs that keeps effects.
 */
final class Materialising implements EffectSink {
  private static final int ONE_IN = 100;
  private static final int DAYS_A_RUNG = 7;

  /** Enough that an effect is seen to outlive the call. */
  private static final int KEPT = 64;

  private record Made(
      String id,
      int kind,
      String device,
      String threat,
      int level,
      String name,
      Instant at,
      String text) {}

  private final EffectSink sink;
  private final Made[] kept = new Made[KEPT];
  private long number;
  private long notifications;

  Materialising(EffectSink sink) {
    this.sink = sink;
  }

  @Override
  public void effect(int kind, String device, String threat, int level, String name, long second) {
    String text = kind == EffectKind.NOTIFY_DEVICE ? text(level) : "";
    Instant at = Instant.ofEpochSecond(second);
    Made made = new Made("effect-" + ++number, kind, device, threat, level, name, at, text);
    kept[(int) (number % KEPT)] = made;
    sink.effect(
        made.kind, made.device, made.threat, made.level, made.name, made.at.getEpochSecond());
  }

  /** Every ladder of the month goes up to HIGH, a level a week. */
  private String text(int level) {
    if (++notifications % ONE_IN != 0) {
      return "";
    }
    String daysLeft = Integer.toString((Rules.HIGH - level) * DAYS_A_RUNG);
    return Rules.DESCRIPTION.replace("{daysLeft}", daysLeft) + "\n" + Rules.HOW_TO_FIX;
  }
}
