package io.riskladder.core.device;

import io.riskladder.core.risk.RiskLevel;
import java.time.Instant;
import java.util.Optional;

/**
 * A view of an effect that is a value already.
 *
 * @param toEffect the effect
 */
record GivenEffect(Effect toEffect) implements EffectView {
  @Override
  public Effect.Type type() {
    return toEffect.type();
  }

  @Override
  public Instant at() {
    return toEffect.at();
  }

  @Override
  public Optional<String> device() {
    return toEffect.header().device();
  }

  @Override
  public Optional<String> threat() {
    return toEffect.header().threat();
  }

  @Override
  public Optional<RiskLevel> riskLevel() {
    if (toEffect instanceof Effect.NotifyDevice notify) {
      return Optional.of(notify.riskLevel());
    } else if (toEffect instanceof Effect.IssueOpened opened) {
      return Optional.of(opened.riskLevel());
    } else if (toEffect instanceof Effect.IssueUpdated updated) {
      return Optional.of(updated.riskLevel());
    } else if (toEffect instanceof Effect.EmailAdministrators mail) {
      return Optional.of(mail.riskLevel());
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> name() {
    if (toEffect instanceof Effect.AddLabel added) {
      return Optional.of(added.label());
    } else if (toEffect instanceof Effect.RemoveLabel removed) {
      return Optional.of(removed.label());
    } else if (toEffect instanceof Effect.ComplianceActionStarted started) {
      return Optional.of(started.action());
    } else if (toEffect instanceof Effect.ComplianceActionCeased ceased) {
      return Optional.of(ceased.action());
    }
    return Optional.empty();
  }
}
