package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The effects of one decision, in order, each with its id and its cause. */
final class Effects {
  private final String device;
  private final List<Effect> list = new ArrayList<>();
  private @Nullable Instant at;
  private @Nullable Cause cause;
  private @Nullable EffectIds ids;

  Effects(String device) {
    this.device = device;
  }

  List<Effect> list() {
    return list;
  }

  /** What is added from here on comes of this event. */
  void causedByEvent(Instant now, long number) {
    at = now;
    cause = new Cause.Event(number);
    ids = EffectIds.ofEvent(number, device);
  }

  /** What is added from here on comes of a rung of this threat that fell due. */
  void causedByDue(Instant due, String threat) {
    at = due;
    cause = new Cause.Due();
    ids = EffectIds.ofDue(due, device, threat);
  }

  void onDevice(Function<EffectHeader, Effect> effect) {
    list.add(effect.apply(header().build()));
  }

  void onThreat(String threat, Standing standing, Function<EffectHeader, Effect> effect) {
    list.add(
        effect.apply(
            header()
                .threat(threat)
                .classification(standing.ladder().classification().id())
                .basis(standing.basis())
                .build()));
  }

  void reject(RejectionReason reason, Optional<String> threat) {
    list.add(new Effect.Rejected(header().threat(threat).build(), reason));
  }

  private EffectHeader.Builder header() {
    return EffectHeader.builder()
        .at(requireNonNull(at))
        .id(requireNonNull(ids).next())
        .device(device)
        .cause(requireNonNull(cause));
  }
}
