package io.riskladder.core.device;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ids that are the same on every replay (rules, section 8). What one event does to one device, and
 * one rung falling due, has a stem of its own, and its effects are numbered in order. A rung of a
 * threat of a device falls due at most once in an instant, and event numbers are unique, so stems
 * are too. A stem is made when it is first asked for; safe to share between threads.
 */
final class EffectIds {
  /** The number of an effect whose stem is its whole id. */
  static final int ONLY = -1;

  private static final int STEM_BYTES = 16;

  private final Supplier<String> source;

  /** Made at most once a thread, always the same: no lock is needed. */
  private @Nullable String stem;

  private EffectIds(Supplier<String> source) {
    this.source = source;
  }

  /** For one effect that has its id already, of number {@link #ONLY}. */
  static EffectIds given(String id) {
    return new EffectIds(() -> id);
  }

  static EffectIds ofEvent(long number, String device) {
    return new EffectIds(
        () -> hashed(putText(Hashing.sha256().newHasher().putChar('e').putLong(number), device)));
  }

  static EffectIds ofDue(Instant due, String device, String threat) {
    return new EffectIds(
        () -> {
          Hasher hasher =
              Hashing.sha256()
                  .newHasher()
                  .putChar('d')
                  .putLong(due.getEpochSecond())
                  .putInt(due.getNano());
          return hashed(putText(putText(hasher, device), threat));
        });
  }

  String id(int number) {
    String known = stem;
    if (known == null) {
      known = source.get();
      stem = known;
    }
    return number == ONLY ? known : known + '-' + number;
  }

  /** With its length before it, so that two texts never run together. */
  private static Hasher putText(Hasher hasher, String text) {
    return hasher.putInt(text.length()).putUnencodedChars(text);
  }

  private static String hashed(Hasher hasher) {
    byte[] hash = hasher.hash().asBytes();
    return HashCode.fromBytes(Arrays.copyOf(hash, STEM_BYTES)).toString();
  }
}
