package io.riskladder.core.device;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.time.Instant;
import java.util.Arrays;

/**
 * Ids that are the same on every replay (rules, section 8). What one event does to one device, and
 * one rung falling due, has a stem of its own, and its effects are numbered in order. A rung of a
 * threat of a device falls due at most once in an instant, and event numbers are unique, so stems
 * are too.
 */
final class EffectIds {
  private static final int STEM_BYTES = 16;

  private final String stem;
  private int next;

  private EffectIds(Hasher hasher) {
    byte[] hash = hasher.hash().asBytes();
    this.stem = HashCode.fromBytes(Arrays.copyOf(hash, STEM_BYTES)).toString();
  }

  static EffectIds ofEvent(long number, String device) {
    return new EffectIds(
        putText(Hashing.sha256().newHasher().putChar('e').putLong(number), device));
  }

  static EffectIds ofDue(Instant due, String device, String threat) {
    Hasher hasher =
        Hashing.sha256()
            .newHasher()
            .putChar('d')
            .putLong(due.getEpochSecond())
            .putInt(due.getNano());
    return new EffectIds(putText(putText(hasher, device), threat));
  }

  String next() {
    return stem + '-' + next++;
  }

  /** With its length before it, so that two texts never run together. */
  private static Hasher putText(Hasher hasher, String text) {
    return hasher.putInt(text.length()).putUnencodedChars(text);
  }
}
