package io.riskladder.benchmarks.workload;

/**
 * Counts effects by kind and folds them into a sum that their order leaves alone. Strings go in by
 * {@link String#hashCode}, which a string that was looked up in a table has at hand. Of names,
 * those of labels and compliance actions go in.
 */
public final class Tally implements EffectSink {
  private final long[] counts = new long[EffectKind.COUNT];
  private long checksum;

  /** Makes one that has seen nothing. */
  public Tally() {}

  @Override
  public void effect(int kind, String device, String threat, int level, String name, long second) {
    counts[kind]++;
    long ids = ((long) device.hashCode() << 32) ^ (threat.hashCode() & 0xffff_ffffL);
    long named = kind >= EffectKind.ADD_LABEL ? name.hashCode() : 0;
    long rest = (named << 32) ^ ((second * 16 + kind) * 8 + level);
    long mixed = ids * 0x9e37_79b9_7f4a_7c15L + rest * 0xd1b5_4a32_d192_ed03L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xbf58_476d_1ce4_e5b9L;
    checksum += mixed ^ (mixed >>> 29);
  }

  /**
   * {@return how many effects of a kind there were}
   *
   * @param kind one of {@link EffectKind}
   */
  public long count(int kind) {
    return counts[kind];
  }

  /** {@return the numbers of effects, by kind} */
  public long[] counts() {
    return counts.clone();
  }

  /** {@return the sum over all effects} */
  public long checksum() {
    return checksum;
  }
}
