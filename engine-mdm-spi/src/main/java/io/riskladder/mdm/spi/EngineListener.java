package io.riskladder.mdm.spi;

import io.riskladder.core.device.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Hears what the engine does: for audit and metrics. All methods do nothing unless overridden.
 *
 * <p>They are called on engine threads, several at a time, and hold up the work while they run:
 * they must not block. What is told was done and is durable; it is told at most once, and not at
 * all if the process ends between the two. What they throw is logged and changes nothing. Arguments
 * are never null.
 */
public interface EngineListener {
  /**
   * Something was decided on a device, and kept.
   *
   * @param tenant the tenant's id
   * @param device the device's id
   * @param event the id of the event that was decided on; absent if time passed or policies changed
   * @param effects what came of it, in order, those that are not delivered anywhere too; perhaps
   *     none
   */
  default void decided(
      String tenant, String device, Optional<String> event, List<Effect> effects) {}

  /**
   * A rung was entered.
   *
   * @param tenant the tenant's id
   * @param device the device's id
   * @param due when it was due
   * @param late how long after that it was kept; zero or more
   */
  default void rungEntered(String tenant, String device, Instant due, Duration late) {}

  /**
   * An effect was delivered.
   *
   * @param tenant the tenant's id
   * @param channel where to
   * @param effect the effect; on channels of levels all those that the level took in are told
   * @param after how long after it happened; zero or more
   */
  default void delivered(String tenant, Channel channel, Effect effect, Duration after) {}

  /**
   * A message was overtaken by a later one for the same threat before it left, and is not sent.
   *
   * @param tenant the tenant's id
   * @param effect the message
   */
  default void superseded(String tenant, Effect.NotifyDevice effect) {}

  /**
   * An effect could not be delivered and will be tried again.
   *
   * @param tenant the tenant's id
   * @param channel where to
   * @param effect the effect
   * @param reason why not, one line
   * @param notBefore when it is tried again at the soonest
   */
  default void retried(
      String tenant, Channel channel, Effect effect, String reason, Instant notBefore) {}

  /**
   * An effect was given up: it is among the dead letters.
   *
   * @param tenant the tenant's id
   * @param channel where it should have gone
   * @param effect the effect
   * @param reason why, one line
   */
  default void gaveUp(String tenant, Channel channel, Effect effect, String reason) {}

  /**
   * Labels in the MDM were found to differ from what they should be, and are brought in line.
   *
   * @param tenant the tenant's id
   * @param target what they should be
   */
  default void drifted(String tenant, LabelTarget target) {}

  /**
   * Other policies are in force.
   *
   * @param tenant the tenant's id
   * @param policies the new version
   */
  default void policiesChanged(String tenant, StoredPolicies policies) {}
}
