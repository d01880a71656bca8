package io.riskladder.core.device;

import java.time.Instant;

/**
 * Instants in 68 bits: a word, and four bits to be kept elsewhere. Words are in the order of the
 * instants, as long as they differ. Instants go from 1970 to the year 10 680, which leaves room for
 * the longest wait after the latest event.
 */
final class PackedInstant {
  /** How many bits are kept elsewhere. */
  static final int REST_BITS = 4;

  private static final int NANO_BITS = 30;
  private static final int REST_MASK = (1 << REST_BITS) - 1;

  private PackedInstant() {}

  static long word(Instant instant) {
    return instant.getEpochSecond() << (NANO_BITS - REST_BITS) | instant.getNano() >>> REST_BITS;
  }

  @SuppressWarnings("JavaInstantGetSecondsGetNano") // seconds are in the word
  static int rest(Instant instant) {
    return instant.getNano() & REST_MASK;
  }

  @SuppressWarnings("JavaInstantGetSecondsGetNano") // as above
  static int nano(Instant instant) {
    return instant.getNano();
  }

  static long second(long word) {
    return word >>> (NANO_BITS - REST_BITS);
  }

  static int nano(long word, int rest) {
    int high = (int) word & ((1 << (NANO_BITS - REST_BITS)) - 1);
    return high << REST_BITS | (rest & REST_MASK);
  }

  static Instant instant(long word, int rest) {
    return Instant.ofEpochSecond(second(word), nano(word, rest));
  }

  /** Compares an instant with one in bits. */
  static int compare(Instant instant, long word, int rest) {
    int byWord = Long.compare(word(instant), word);
    return byWord != 0 ? byWord : Integer.compare(rest(instant), rest & REST_MASK);
  }
}
