package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.risk.RiskLevel;
import java.time.Instant;
import java.util.Optional;

/**
 * An effect as it is handed over, without a value made of it: for those who look at many effects
 * and keep few. It can be read until {@link EffectSink#accept} returns, in the same thread; after
 * that it is another effect, or none.
 */
public sealed interface EffectView permits Effects, GivenEffect {

  /** {@return its kind} */
  Effect.Type type();

  /** {@return when it happens} */
  Instant at();

  /** {@return the device's id; absent where policies are rejected, which concerns no one device} */
  Optional<String> device();

  /** {@return the threat's id, where it concerns a threat} */
  Optional<String> threat();

  /**
   * {@return the level that the user or the administrators are told: that of {@link
   * Effect.NotifyDevice}, {@link Effect.IssueOpened}, {@link Effect.IssueUpdated} and {@link
   * Effect.EmailAdministrators}}
   */
  Optional<RiskLevel> riskLevel();

  /**
   * {@return the name of the label or compliance action that comes or goes: that of {@link
   * Effect.AddLabel}, {@link Effect.RemoveLabel}, {@link Effect.ComplianceActionStarted} and {@link
   * Effect.ComplianceActionCeased}}
   */
  Optional<String> name();

  /** {@return the effect as a value, with all that it says; equal each time it is asked for} */
  Effect toEffect();

  /**
   * {@return a view of an effect, which may be kept}
   *
   * @param effect the effect
   */
  static EffectView of(Effect effect) {
    return new GivenEffect(requireNonNull(effect, "effect"));
  }
}
