package io.riskladder.mdm.runtime;

import io.riskladder.core.device.Effect;
import io.riskladder.mdm.spi.DeviceCommit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was decided on a device, before and after it is kept.
 *
 * @param commit what is to be kept
 * @param parts what was decided, in order
 * @param rungs when the rungs were due that were entered, in order
 */
record DecidedDevice(DeviceCommit commit, List<Part> parts, List<Instant> rungs) {

  /**
   * One decision.
   *
   * @param event what it was on; absent if time passed or policies changed
   * @param answer the answer to the event; absent as the event is
   * @param effects what came of it
   */
  record Part(Optional<Submission> event, Optional<Answer> answer, List<Effect> effects) {}
}
