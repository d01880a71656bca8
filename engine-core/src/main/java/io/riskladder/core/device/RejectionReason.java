package io.riskladder.core.device;

/** Why an event was rejected; where several apply, the first in this order is given. */
public enum RejectionReason {
  /** The device to enrol is enrolled already. */
  DEVICE_EXISTS,
  /** The device is not enrolled. */
  UNKNOWN_DEVICE,
  /** The policies have no such group. */
  UNKNOWN_GROUP,
  /** Neither the catalogue nor the policies have such a classification. */
  UNKNOWN_CLASSIFICATION,
  /** Web content is encountered, not detected. */
  WEB_CONTENT,
  /** Anything but web content is detected, not encountered. */
  NOT_WEB_CONTENT,
  /** The device has as many open threats as {@link io.riskladder.core.Limits#threatsPerDevice}. */
  TOO_MANY_THREATS,
  /** The threat has no open issue that could be ignored. */
  NO_ISSUE,
  /** The threat is not ignored. */
  NOT_IGNORED,
  /** The policies have an error or do not fit the devices that there are; the old ones stay. */
  INVALID_POLICY
}
