package io.riskladder.core.simulation;

import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectHeader;
import io.riskladder.core.device.Message;
import io.riskladder.core.device.ThreatState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a user was told last of a threat.
 *
 * @param at when
 * @param message the message as it was sent
 */
public record Told(Instant at, Message message) {

  /**
   * {@return what a device's user was told last of a threat since it is on its rung, if anything}
   */
  static Optional<Told> last(String device, ThreatState threat, List<Effect> effects) {
    Told last = null;
    for (Effect effect : effects) {
      if (effect instanceof Effect.NotifyDevice notification
          && !effect.at().isBefore(threat.entered())
          && isOf(effect.header(), device, threat)) {
        last = new Told(effect.at(), notification.message());
      }
    }
    return Optional.ofNullable(last);
  }

  /** Web content may have had the same id for a moment; it is of another kind. */
  private static boolean isOf(EffectHeader header, String device, ThreatState threat) {
    return header.device().filter(device::equals).isPresent()
        && header.threat().filter(threat.id()::equals).isPresent()
        && header.classification().filter(threat.classification()::equals).isPresent();
  }
}
