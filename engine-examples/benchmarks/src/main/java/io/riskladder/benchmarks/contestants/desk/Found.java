package io.riskladder.benchmarks.contestants.desk;

/** A fact for rules: a threat was found. */
public final class Found {
  private final OpenThreat threat;

  /**
   * Takes the threat.
   *
   * @param threat the threat, on no rung yet
   */
  public Found(OpenThreat threat) {
    this.threat = threat;
  }

  /** {@return the threat, on no rung yet} */
  public OpenThreat getThreat() {
    return threat;
  }

  /** {@return the device's id} */
  public String getDeviceId() {
    return threat.getDeviceId();
  }

  /** {@return the threat's id} */
  public String getId() {
    return threat.getId();
  }

  /** {@return the classification's id} */
  public String getClassification() {
    return threat.getClassification();
  }
}
