package io.riskladder.mdm.store;

import java.time.Instant;

/**
 * How instants are kept: as texts of fixed width that sort in order of time. Seconds since 1970 in
 * twelve digits, a point, nine digits of nanoseconds.
 */
final class StoredInstant {
  private static final int SECONDS = 12;
  private static final int NANOS = 9;

  /** 2^38 seconds: in the year 10 680. */
  private static final long END = 1L << 38;

  private StoredInstant() {}

  static String encode(Instant instant) {
    long seconds = instant.getEpochSecond();
    if (seconds < 0 || seconds >= END) {
      throw new IllegalArgumentException(
          "instant: " + instant + " is out of range, expected 1970 to 10680");
    }
    char[] text = new char[SECONDS + 1 + NANOS];
    digits(text, SECONDS, seconds, SECONDS);
    text[SECONDS] = '.';
    digits(text, text.length, instant.getNano(), NANOS);
    return new String(text);
  }

  private static void digits(char[] text, int end, long value, int count) {
    long rest = value;
    for (int i = end - 1; i >= end - count; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  static Instant decode(String kept) {
    return Instant.ofEpochSecond(
        Long.parseLong(kept, 0, SECONDS, 10),
        Long.parseLong(kept, SECONDS + 1, SECONDS + 1 + NANOS, 10));
  }
}
