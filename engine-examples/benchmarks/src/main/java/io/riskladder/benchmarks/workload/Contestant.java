package io.riskladder.benchmarks.workload;

import java.time.Instant;

/**
 * Something that follows the rules, on a tenant's devices, and hands its effects to the sink that
 * it was made with. It knows what it is told and no more. Not safe for use by several threads.
 */
public interface Contestant extends AutoCloseable {
  /**
   * A device came under protection.
   *
   * @param device its id
   * @param group the id of its group
   * @param ios whether it runs iOS; Android otherwise
   * @param at when
   */
  void enrolled(String device, String group, boolean ios, Instant at);

  /**
   * A threat was found.
   *
   * @param device the device's id
   * @param threat the threat's id
   * @param classification its classification's id
   * @param at when
   */
  void detected(String device, String threat, String classification, Instant at);

  /**
   * A threat is no more.
   *
   * @param device the device's id
   * @param threat the threat's id
   * @param at when
   */
  void resolved(String device, String threat, Instant at);

  /**
   * Enters what is due at or before an instant.
   *
   * @param at the instant
   */
  void advanceTo(Instant at);

  /**
   * Takes the events of an hour. To be overridden by those that are quicker with many at a time, or
   * want them in a form of their own.
   *
   * @param hour the events
   */
  default void take(Hour hour) {
    Instant at = hour.at();
    int size = hour.size();
    for (int i = 0; i < size; i++) {
      if (hour.isDetection(i)) {
        detected(hour.device(i), hour.threat(i), hour.classification(i), at);
      } else {
        resolved(hour.device(i), hour.threat(i), at);
      }
    }
  }

  /**
   * Puts the input into the form that a host would have it in, before the clock starts.
   *
   * @param workload what will come
   */
  default void prepare(Workload workload) {}

  @Override
  default void close() {}
}
