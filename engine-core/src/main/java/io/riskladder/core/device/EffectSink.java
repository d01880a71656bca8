package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;

/**
 * Gets effects in order, one after the other, in the thread that brings them about.
 *
 * <p>What it throws is thrown on to whoever brought them about.
 */
@FunctionalInterface
public interface EffectSink {

  /**
   * Takes an effect.
   *
   * @param effect the effect, to be read before this returns and not to be kept: see {@link
   *     EffectView#toEffect()}
   */
  void accept(EffectView effect);

  /**
   * {@return a sink that hands effects on as values, which may be kept}
   *
   * @param effects gets the effects
   */
  static EffectSink of(Consumer<? super Effect> effects) {
    requireNonNull(effects, "effects");
    return view -> effects.accept(view.toEffect());
  }
}
