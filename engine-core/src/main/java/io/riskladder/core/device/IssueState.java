package io.riskladder.core.device;

/** How the administrators' record of a threat stands (rules, section 6). */
public enum IssueState {
  /** There is none: the threat is below LOW. The threat counts. */
  NONE,
  /** It is open. The threat counts. */
  OPEN,
  /** An administrator ignores it: the threat does not count, and its ladder stands still. */
  IGNORED
}
