package io.riskladder.mdm.spi;

import io.riskladder.core.device.Effect;
import java.util.Optional;

/**
 * Where an effect is delivered. Deliveries of one channel to one device are made in order, one
 * after the other; channels do not wait for each other.
 */
public enum Channel {
  /** The device's user is told: {@link DeviceNotifier}. */
  NOTIFICATIONS,
  /** Administrators get mail: {@link AdministratorMailer}. */
  MAIL,
  /** Administrators get issues: {@link IssueLog}. */
  ISSUES,
  /** The device's labels in the MDM: {@link MdmLabelSync}. */
  LABELS,
  /** What is blocked on the device: {@link ThreatProtectionControl}. */
  PROTECTION;

  /**
   * {@return whether what is delivered is a level: only the latest counts, and it is wanted however
   * old it is}
   */
  public boolean isLevel() {
    return this == LABELS || this == PROTECTION;
  }

  /**
   * {@return the channel of effects of a kind; absent for what is only told to an {@link
   * EngineListener}: actions that the MDM is expected to take, and rejections}
   *
   * @param type the kind
   */
  public static Optional<Channel> of(Effect.Type type) {
    return switch (type) {
      case NOTIFY_DEVICE -> Optional.of(NOTIFICATIONS);
      case EMAIL_ADMINISTRATORS -> Optional.of(MAIL);
      case ISSUE_OPENED, ISSUE_UPDATED, ISSUE_RESOLVED, ISSUE_IGNORED, ISSUE_RESTORED ->
          Optional.of(ISSUES);
      case ADD_LABEL, REMOVE_LABEL -> Optional.of(LABELS);
      case BLOCK_DOMAINS, BLOCK_INTERNET, UNBLOCK -> Optional.of(PROTECTION);
      case COMPLIANCE_ACTION_STARTED, COMPLIANCE_ACTION_CEASED, REJECTED -> Optional.empty();
    };
  }
}
