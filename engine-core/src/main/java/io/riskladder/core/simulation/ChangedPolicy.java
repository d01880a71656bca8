package io.riskladder.core.simulation;

import java.util.Optional;

/**
 * One row of a {@link PolicyChange}: what a group says of its own about a kind of threat, or what a
 * tenant's own classification says where no group does.
 *
 * @param group the id of the group; absent for the default of one of the tenant's classifications
 * @param classification the id of the classification
 * @param kind what was done
 */
public record ChangedPolicy(Optional<String> group, String classification, Kind kind) {

  /** What can be done to a policy. */
  public enum Kind {
    /** The group inherited before. */
    ADDED,
    /** It says something else now. */
    CHANGED,
    /** The group inherits now. */
    REMOVED
  }
}
