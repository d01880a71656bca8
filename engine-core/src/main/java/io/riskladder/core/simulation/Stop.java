package io.riskladder.core.simulation;

/** What would stop a threat where it is, and undo what it does at once. */
public enum Stop {
  /** Its user fixes what was found, so that the threat is resolved. */
  FIX_THE_THREAT,
  /** An administrator ignores its issue, which is open. */
  IGNORE_THE_ISSUE
}
