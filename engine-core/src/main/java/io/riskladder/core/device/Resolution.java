package io.riskladder.core.device;

/** Why an issue was closed. */
public enum Resolution {
  /** The threat is no more. */
  RESOLVED,
  /** The threat is below LOW now. */
  DOWNGRADED,
  /** The device is no longer under protection. */
  DEVICE_REMOVED
}
