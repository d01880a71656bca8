package io.riskladder.core.simulation;

import com.google.common.collect.Sets;
import io.riskladder.core.mdm.Platform;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Something that a device's user can do no more.
 *
 * @param kind what
 * @param since from when on
 * @param until when a milder rung ends it; absent if none does
 * @param platforms on which platforms, in their order; unmodifiable
 */
public record Restriction(
    Kind kind, Instant since, Optional<Instant> until, Set<Platform> platforms) {

  /** What a user can be stopped from. */
  public enum Kind {
    /**
     * The blocked domains and all their subdomains cannot be reached from the device; still so when
     * the whole internet is blocked after them.
     */
    COMPANY_SITES,
    /** Nothing can be reached from the device. */
    INTERNET,
    /** The MDM blocks access to the company's services. */
    COMPANY_ACCESS,
    /** The MDM quarantines the device. */
    QUARANTINE
  }

  /**
   * Copies what it is given.
   *
   * @param kind what
   * @param since from when on
   * @param until when a milder rung ends it; absent if none does
   * @param platforms on which platforms
   */
  public Restriction {
    platforms = Sets.immutableEnumSet(platforms);
  }
}
