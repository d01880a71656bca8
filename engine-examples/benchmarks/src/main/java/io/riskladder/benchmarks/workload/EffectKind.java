package io.riskladder.benchmarks.workload;

/** The kinds of effects as numbers, so that handing one over allocates nothing. */
public final class EffectKind {
  /** The device's user is told; the level and the response of the rung. */
  public static final int NOTIFY_DEVICE = 0;

  /** Administrators get an issue; the level. */
  public static final int ISSUE_OPENED = 1;

  /** The issue is brought up to date; the level. */
  public static final int ISSUE_UPDATED = 2;

  /** The issue is closed; the resolution. */
  public static final int ISSUE_RESOLVED = 3;

  /** Administrators get mail; the level and the one address. */
  public static final int EMAIL_ADMINISTRATORS = 4;

  /** Domains are blocked; the one domain. */
  public static final int BLOCK_DOMAINS = 5;

  /** All traffic is blocked. */
  public static final int BLOCK_INTERNET = 6;

  /** Nothing is blocked any more. */
  public static final int UNBLOCK = 7;

  /** The device gets a label; its name. */
  public static final int ADD_LABEL = 8;

  /** The device loses a label; its name. */
  public static final int REMOVE_LABEL = 9;

  /** An action starts; its name. */
  public static final int COMPLIANCE_ACTION_STARTED = 10;

  /** An action ceases; its name. */
  public static final int COMPLIANCE_ACTION_CEASED = 11;

  /** Anything that the workload has no place for, a rejection for one. */
  public static final int OTHER = 12;

  /** How many kinds there are. */
  public static final int COUNT = 13;

  private static final String[] NAMES = {
    "NOTIFY_DEVICE",
    "ISSUE_OPENED",
    "ISSUE_UPDATED",
    "ISSUE_RESOLVED",
    "EMAIL_ADMINISTRATORS",
    "BLOCK_DOMAINS",
    "BLOCK_INTERNET",
    "UNBLOCK",
    "ADD_LABEL",
    "REMOVE_LABEL",
    "COMPLIANCE_ACTION_STARTED",
    "COMPLIANCE_ACTION_CEASED",
    "OTHER"
  };

  private EffectKind() {}

  /**
   * {@return the name of a kind}
   *
   * @param kind its number
   */
  public static String name(int kind) {
    return NAMES[kind];
  }
}
