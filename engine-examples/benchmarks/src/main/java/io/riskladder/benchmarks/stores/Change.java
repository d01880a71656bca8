package io.riskladder.benchmarks.stores;

import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.mdm.document.EffectDocuments;
import io.riskladder.mdm.document.StateDocuments;
import io.riskladder.mdm.spi.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a decision made of a device, as values, and as the texts that go into the tables: making
 * either is no part of what is measured of who needs only the other.
 *
 * @param state the new state
 * @param document the state's document
 * @param due when the next rung is due, as it is kept; null if none is
 * @param event the event's id
 * @param postings what is to be delivered, in order
 */
public record Change(
    EnrolledDevice state,
    String document,
    @Nullable String due,
    String event,
    List<Posting> postings) {
  /** When everything happens. */
  public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  /** When claims end. */
  public static final Instant UNTIL = NOW.plusSeconds(60);

  /** The tenant. */
  public static final String TENANT = "contoso";

  /**
   * What is to be delivered.
   *
   * @param effect as a value
   * @param document as its document
   * @param channel where it goes, by name
   * @param at when it happened, as it is kept
   */
  public record Posting(Effect effect, String document, String channel, String at) {}

  /**
   * {@return what is to be kept of a decision}
   *
   * @param state the new state
   * @param event the event's id
   * @param effects the effects; those that are delivered nowhere are left out
   */
  public static Change of(DeviceState state, String event, List<Effect> effects) {
    EnrolledDevice enrolled = (EnrolledDevice) state;
    return new Change(
        enrolled,
        StateDocuments.write(enrolled),
        enrolled.nextDue().map(Change::kept).orElse(null),
        event,
        effects.stream().flatMap(effect -> posting(effect).stream()).toList());
  }

  private static Optional<Posting> posting(Effect effect) {
    return Channel.of(effect.type())
        .map(
            channel ->
                new Posting(
                    effect, EffectDocuments.write(effect), channel.name(), kept(effect.at())));
  }

  /**
   * {@return an instant as it is kept}
   *
   * @param instant the instant
   */
  static String kept(Instant instant) {
    return String.format(Locale.ROOT, "%012d.%09d", instant.getEpochSecond(), instant.getNano());
  }

  /** {@return the device's id} */
  public String device() {
    return state.id();
  }
}
