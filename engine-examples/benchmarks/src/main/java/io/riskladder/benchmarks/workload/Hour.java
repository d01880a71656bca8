package io.riskladder.benchmarks.workload;

import java.time.Instant;

/** The events of one hour, in order. Every id in it is a string of its own. */
public final class Hour {
  private static final byte RESOLVED = -1;

  private final Instant at;
  private final String[] devices;
  private final String[] threats;
  private final byte[] classifications;
  private final String[] names;

  Hour(Instant at, int size, String[] names) {
    this.at = at;
    this.names = names;
    devices = new String[size];
    threats = new String[size];
    classifications = new byte[size];
  }

  void detected(int i, String device, String threat, int classification) {
    devices[i] = device;
    threats[i] = threat;
    classifications[i] = (byte) classification;
  }

  void resolved(int i, String device, String threat) {
    detected(i, device, threat, RESOLVED);
  }

  /** {@return when all of them happen} */
  public Instant at() {
    return at;
  }

  /** {@return how many there are} */
  public int size() {
    return devices.length;
  }

  /**
   * {@return the device's id}
   *
   * @param i the number of the event
   */
  public String device(int i) {
    return devices[i];
  }

  /**
   * {@return the threat's id}
   *
   * @param i the number of the event
   */
  public String threat(int i) {
    return threats[i];
  }

  /**
   * {@return whether the threat is found, not resolved}
   *
   * @param i the number of the event
   */
  public boolean isDetection(int i) {
    return classifications[i] != RESOLVED;
  }

  /**
   * {@return the classification's id; only of a detection}
   *
   * @param i the number of the event
   */
  public String classification(int i) {
    return names[classifications[i]];
  }
}
