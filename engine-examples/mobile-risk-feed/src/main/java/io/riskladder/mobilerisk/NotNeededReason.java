package io.riskladder.mobilerisk;

/** Why an event, well understood, is nothing to the engine. */
public enum NotNeededReason {
  /** An audit event of something that no policy of the engine speaks of. */
  OTHER_AUDIT,
  /** An audit event of a policy that changes neither its risk level nor its response. */
  POLICY_SETTINGS,
  /** A change of policies that are like that already. */
  POLICY_UNCHANGED,
  /** A device that is as the event says. */
  DEVICE_UNCHANGED,
  /** A device that is not enrolled, and is not to be. */
  DEVICE_NOT_ACTIVE,
  /** A threat that is as the event says; the service's new severity follows from the policies. */
  THREAT_UNCHANGED,
  /** A threat that is over or ignored, and that the engine does not have. */
  THREAT_NOT_OPEN,
  /** Web content that was reported when it was met. */
  WEB_CONTENT_UPDATED,
  /** A text message that is suspected of fraud: no threat on a device. */
  SMISHING_ALERT
}
