package io.riskladder.core.mdm;

import io.riskladder.core.risk.RiskLevel;
import java.util.Optional;

/**
 * What a label can say of a device (rules, section 7). A device has at most one label of each
 * {@link Family}.
 */
public enum LabelState {
  /** The device has a threat at LOW and none above. */
  LOW(Family.RISK),
  /** The device has a threat at MEDIUM and none above. */
  MEDIUM(Family.RISK),
  /** The device has a threat at HIGH. */
  HIGH(Family.RISK),
  /** The device is disconnected. */
  DISCONNECTED(Family.CONNECTIVITY),
  /** The device has no risk at LOW or above. */
  SECURED(Family.SECURITY),
  /** The device has a risk at LOW or above. */
  THREATS_PRESENT(Family.SECURITY);

  /** States of which a device is in one at most; in the order in which labels are handled. */
  public enum Family {
    /** Whether the device is in touch. */
    CONNECTIVITY,
    /** Whether there is any risk. */
    SECURITY,
    /** How high the risk is. */
    RISK
  }

  private final Family family;

  LabelState(Family family) {
    this.family = family;
  }

  /** {@return the family that the state belongs to} */
  public Family family() {
    return family;
  }

  /**
   * {@return the state of the risk family for a level, if it has one: LOW, MEDIUM and HIGH do}
   *
   * @param level the device's risk level
   */
  public static Optional<LabelState> ofRisk(RiskLevel level) {
    return switch (level) {
      case NONE, ADVISORY -> Optional.empty();
      case LOW -> Optional.of(LOW);
      case MEDIUM -> Optional.of(MEDIUM);
      case HIGH -> Optional.of(HIGH);
    };
  }
}
