package io.riskladder.core.threat;

/** What a threat is found in. */
public enum ThreatType {
  /** An installed app. */
  APPLICATION,
  /** A file. */
  FILE,
  /** The operating system. */
  OS,
  /** The network that the device is on. */
  NETWORK,
  /** A setting of the device. */
  CONFIGURATION,
  /** A page or link: over when reported, so it never counts and has no ladder. */
  WEB_CONTENT
}
