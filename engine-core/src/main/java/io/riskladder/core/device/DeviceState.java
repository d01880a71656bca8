package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.riskladder.core.policy.PolicyArchive;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything that the engine knows of one device. A device is the unit of consistency: what happens
 * to it is decided from its own state and the policies alone.
 *
 * <p>Immutable and safe to share between threads.
 */
public sealed interface DeviceState permits UnknownDevice, EnrolledDevice {

  /** {@return the device's id} */
  String id();

  /** {@return when the next rung of one of its threats is to be entered, if there is one} */
  Optional<Instant> nextDue();

  /**
   * {@return the state of a device that was never enrolled, or was removed}
   *
   * @param id the device's id, 1 to 200 characters
   * @throws IllegalArgumentException if it is no id
   */
  static DeviceState unknown(String id) {
    return new UnknownDevice(id);
  }

  /**
   * Decides what follows from an event (rules, sections 6 and 7): first the rungs that were due on
   * this device before it are entered, each at its own instant, then the event happens. A pure
   * function of this state and the arguments, and total: every event has an answer, a rejection
   * included.
   *
   * <p>An instant before the latest that this device has seen counts as that latest one. Unless the
   * event is {@link DeviceEvent.PolicyChanged}, an enrolled device is judged by the version of the
   * policies that it is under, and an unknown one by the version in force.
   *
   * <p>Laws: to let time pass in steps comes to the same as at once; a threat resolved in the very
   * instant of its deadline does not escalate; the same arguments give the same decision; between
   * any two effects a device is at least as protected as before all of them or as after.
   *
   * @param policies the policies in force, and the older ones that this device is under or its
   *     threats are pinned to
   * @param event what happened
   * @param at when it happened, from 1970 to 9999
   * @param number the event's number, any but unique in the tenant: effects' ids are made of it;
   *     not used for {@link DeviceEvent.TimePassed}, where the due instants tell effects apart
   * @return the decision, with its effects as values
   * @throws IllegalArgumentException if the instant is out of range, or this state does not go with
   *     the policies: a version, group or classification that it is under is not there
   */
  default Decision decide(PolicyArchive policies, DeviceEvent event, Instant at, long number) {
    ImmutableList.Builder<Effect> effects = ImmutableList.builder();
    DeviceState next = decide(policies, event, at, number, EffectSink.of(effects::add));
    return new Decision(next, effects.build());
  }

  /**
   * Decides as {@link #decide(PolicyArchive, DeviceEvent, Instant, long)} does, and hands the
   * effects over one by one: less is made for those who keep few of them.
   *
   * @param policies the policies, as there
   * @param event what happened
   * @param at when it happened, from 1970 to 9999
   * @param number the event's number, as there
   * @param sink gets the effects, in order; if it throws, there is no decision
   * @return the device's state from now on
   * @throws IllegalArgumentException as there
   */
  default DeviceState decide(
      PolicyArchive policies, DeviceEvent event, Instant at, long number, EffectSink sink) {
    requireNonNull(policies, "policies");
    requireNonNull(event, "event");
    requireNonNull(at, "at");
    requireNonNull(sink, "sink");
    return Decider.decide(this, policies, event, at, number, sink);
  }
}
