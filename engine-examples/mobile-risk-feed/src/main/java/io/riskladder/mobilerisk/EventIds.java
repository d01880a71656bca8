package io.riskladder.mobilerisk;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The ids of the stream's events: UUIDs of version 7, which begin with the time. */
final class EventIds {
  private static final int VERSION = 7;
  private static final int TIME_SHIFT = 16;
  private static final int LENGTH = 36;

  private EventIds() {}

  /** {@return when an id was given, if it tells} */
  static Optional<Instant> instant(String id) {
    if (id.length() != LENGTH) {
      return Optional.empty(); // UUID.fromString takes shorter ones too
    }
    try {
      UUID uuid = UUID.fromString(id);
      return uuid.version() == VERSION
          ? Optional.of(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> TIME_SHIFT))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
