package io.riskladder.core.device;

import io.riskladder.core.internal.Checks;

/**
 * The policy that a threat keeps through policy changes (rules, section 6, modes).
 *
 * @param version the version of the policies
 * @param group the id of the group that the device was in when the threat was pinned; the threat
 *     keeps that group's policy, name and notice too
 */
public record PolicyPin(int version, String group) {
  /**
   * Takes what it is given.
   *
   * @param version the version of the policies
   * @param group the id of the group that the device was in when the threat was pinned
   * @throws IllegalArgumentException if the version is negative or the group no id
   */
  public PolicyPin {
    if (version < 0) {
      throw Checks.invalid("version", version + " is negative");
    }
    Checks.id("group", group);
  }
}
