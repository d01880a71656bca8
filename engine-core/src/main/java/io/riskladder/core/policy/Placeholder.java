package io.riskladder.core.policy;

/** What a message can leave open until it is sent (rules, section 5). */
public enum Placeholder {
  /** Days of 24 hours, rounded up, until the last rung is entered; 0 on the last rung. */
  DAYS_LEFT("daysLeft"),
  /**
   * The date on which the last rung is entered, {@code yyyy-MM-dd}; empty on the last rung. Law: if
   * nothing intervenes, that is when it is entered.
   */
  DEADLINE("deadline"),
  /** Days of 24 hours, rounded up, until the next rung is entered; 0 on the last rung. */
  DAYS_TO_NEXT_STEP("daysToNextStep"),
  /** The date on which the next rung is entered, {@code yyyy-MM-dd}; empty on the last rung. */
  NEXT_STEP("nextStep"),
  /** The device's id. */
  DEVICE("device"),
  /** The name of the device's group. */
  GROUP("group"),
  /** The classification's name for people. */
  CLASSIFICATION("classification"),
  /** The risk level's name for people. */
  RISK_LEVEL("riskLevel");

  private final String key;

  Placeholder(String key) {
    this.key = key;
  }

  /** {@return the word that stands between braces} */
  public String key() {
    return key;
  }
}
