package io.riskladder.benchmarks.contestants;

import io.riskladder.benchmarks.workload.EffectSink;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectView;

/**
 * Has a value made of each effect, as a host does that keeps them, and has the id and the message's
 * texts put together for one in a hundred.
 */
final class EffectKeeper extends EffectReader {
  private static final int ONE_IN = 100;

  /** Enough that an effect is seen to outlive the call. */
  private static final int KEPT = 64;

  private final boolean everyId;
  private final Effect[] kept = new Effect[KEPT];
  private long number;
  private long characters;

  EffectKeeper(EffectSink sink, boolean everyId) {
    super(sink);
    this.everyId = everyId;
  }

  @Override
  public void accept(EffectView view) {
    Effect effect = view.toEffect();
    kept[(int) (++number % KEPT)] = effect;
    boolean oneOfMany = number % ONE_IN == 0;
    if (oneOfMany || everyId) {
      characters += effect.id().length();
    }
    if (oneOfMany && effect instanceof Effect.NotifyDevice notify) {
      characters += notify.message().description().length() + notify.message().howToFix().length();
    }
    super.accept(view);
  }

  /** {@return how long all that was put together is; so that it is not left out} */
  long characters() {
    return characters;
  }
}
