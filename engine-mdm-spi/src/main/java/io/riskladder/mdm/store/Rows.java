package io.riskladder.mdm.store;

import java.time.Instant;
import java.util.Optional;

/** What goes into tables and comes out of them. */
final class Rows {
  private Rows() {}

  /** A version of the policies; the set as its document. */
  record Policies(int version, String mode, Instant at, String document) {}

  /** An enrolled device; the state as its document. */
  record Device(
      String device, long revision, int policies, Optional<Instant> due, String document) {}

  /** An effect that is to be delivered; as its document. */
  record Posting(LaneKey lane, Instant at, String document) {}

  /** A lane that was claimed. */
  record Claimed(String device, String claim, int failures) {}

  /** An effect that waits in a lane; as its document. */
  record Waiting(String device, long number, String document, Instant posted) {}

  /** An effect that need not wait any more. */
  record Gone(LaneKey lane, long number) {}

  /** An effect that was given up. */
  record Dead(LaneKey lane, long number, String reason) {}

  /** How a lane goes on; {@code again} adds to what the lane says of itself. */
  record Settled(LaneKey lane, int failures, Instant notBefore, boolean again) {}

  /** A dead letter; the effect as its document. */
  record Letter(
      long number, LaneKey lane, Instant at, String document, String reason, Instant deadAt) {}
}
