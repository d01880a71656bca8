package io.riskladder.benchmarks.workload;

/** Gets the effects, one at a time. */
public interface EffectSink {
  /**
   * Takes an effect.
   *
   * @param kind one of {@link EffectKind}
   * @param device the device's id
   * @param threat the threat's id, empty where it concerns none
   * @param level the level from 0 (none) to 4 (high), 0 where it has none
   * @param name the label, action, response, resolution, domain or address, empty where it has none
   * @param second when, in seconds since 1970
   */
  void effect(int kind, String device, String threat, int level, String name, long second);
}
