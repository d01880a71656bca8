package io.riskladder.core.simulation;

/**
 * A group on the way from a threat's group to the root, and what its policy for the kind of threat
 * has to do with the threat (rules, section 2).
 *
 * @param group the id of the group
 * @param name the name of the group
 * @param verdict what its policy has to do with it
 */
public record ConsideredGroup(String group, String name, Verdict verdict) {

  /** What a group's policy can have to do with a threat. */
  public enum Verdict {
    /** It has none, so one further up may decide. */
    HAS_NONE,
    /** It is the nearest, and decides whole. */
    DECIDES,
    /** It has one, and a nearer group's decides. */
    OVERRIDDEN
  }
}
