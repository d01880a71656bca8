package io.riskladder.mobilerisk;

/**
 * Something about an event that was mapped, and that somebody should know.
 *
 * @param kind what it is about
 * @param message in words: one line, lower case, no full stop
 */
public record Note(Kind kind, String message) {
  /** What notes are about. */
  public enum Kind {
    /** The device's platform is not known, and was assumed. */
    PLATFORM_ASSUMED,
    /** The device was enrolled with another platform, which it keeps. */
    PLATFORM_DIFFERS,
    /** The policies do not have the device's group; it is in the root group. */
    GROUP_NOT_IN_POLICIES,
    /** The device is in several groups that the policies have; it is in the first. */
    SEVERAL_GROUPS,
    /** The threat has several classifications; the worst that is known counts. */
    SEVERAL_CLASSIFICATIONS,
    /** The threat's severity cannot be read; the policies give it its level. */
    UNKNOWN_SEVERITY,
    /** An issue below LOW cannot be ignored in the engine; the threat was taken off instead. */
    IGNORED_WITHOUT_ISSUE,
    /** Before an edit the service had another value than the policies. */
    POLICY_DIFFERED,
    /** A group cannot have the response that the service has; it has another. */
    RESPONSE_REPLACED,
    /** Escalations that are no longer above the base are gone. */
    ESCALATIONS_DROPPED
  }
}
