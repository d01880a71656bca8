package io.riskladder.core.risk;

/**
 * How bad a threat is, from nothing to worst; the order of the constants is the order of the levels
 * (rules, section 1).
 */
public enum RiskLevel {
  /** No risk: the threat is kept on record, nobody is told. */
  NONE("None"),
  /**
   * The device's user is told and nobody else. Law: it leaves no trace beyond the notification: no
   * issue, no mail, no label.
   */
  ADVISORY("Advisory"),
  /** Low risk: from here on administrators and the MDM hear of it. */
  LOW("Low"),
  /** Medium risk, which some MDMs call "Moderate". */
  MEDIUM("Medium"),
  /** High risk. */
  HIGH("High");

  private final String displayName;

  RiskLevel(String displayName) {
    this.displayName = displayName;
  }

  /** {@return the level's name for people, as {@code {riskLevel}} in a message gives it} */
  public String displayName() {
    return displayName;
  }

  /**
   * {@return whether this level is above another}
   *
   * @param other the level to compare with
   */
  public boolean isAbove(RiskLevel other) {
    return compareTo(other) > 0;
  }

  /** {@return whether administrators and the MDM hear of this level: LOW and above} */
  public boolean isReported() {
    return compareTo(LOW) >= 0;
  }
}
