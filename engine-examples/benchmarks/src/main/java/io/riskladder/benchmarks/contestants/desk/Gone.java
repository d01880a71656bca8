package io.riskladder.benchmarks.contestants.desk;

/** A fact for rules: a threat is no more. */
public final class Gone {
  private final String deviceId;
  private final String id;

  /**
   * Takes both ids.
   *
   * @param deviceId the device's id
   * @param id the threat's id
   */
  public Gone(String deviceId, String id) {
    this.deviceId = deviceId;
    this.id = id;
  }

  /** {@return the device's id} */
  public String getDeviceId() {
    return deviceId;
  }

  /** {@return the threat's id} */
  public String getId() {
    return id;
  }
}
