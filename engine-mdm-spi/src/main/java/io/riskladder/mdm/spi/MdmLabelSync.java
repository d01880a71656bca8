package io.riskladder.mdm.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings the labels of devices in an MDM to what they are to be. Fits MDMs with sets of labels,
 * tags or groups, and those with attributes of one value.
 */
public interface MdmLabelSync {
  /**
   * Brings devices to their labels: puts on what is missing and takes off what is the engine's and
   * not wanted; best in this order, so that a device is not without any in between. An attribute of
   * a family of which no label is wanted is to be emptied.
   *
   * <p>Called on the engine's connector threads, several at a time for different devices, never two
   * for the same device; it may block, up to the engine's call timeout, after which its thread is
   * interrupted and the call counts as a retry for all its devices. If it goes on all the same, the
   * next may begin meanwhile, so when it ends its devices are handed over once more: what it
   * brought may be old. An MDM that wants a call for each device needs an engine that hands over
   * few at once. Labels are levels: what is handed over is what the device is to have now, whatever
   * came in between; it may be handed over again, also when nothing changed and when an earlier
   * answer was lost. So to put on what is there already, or take off what is not there, has to
   * count as done, where the MDM calls that an error. Nothing says what a device has now: where
   * each label that is taken off costs a call, read it first.
   *
   * <p>An answer of the MDM that says 200 and means no is to be looked into: what is not known to
   * be done is {@link Outcome#retryLater}. A device without an answer, a null answer, and what is
   * thrown count as that, too. Where the MDM says only how many were done, and some were not, bring
   * them one by one, or one device that it does not know holds up the others of its call for ever.
   * A label that the MDM does not have is {@code retryLater}: somebody may set it up; a device that
   * it does not know is {@link Outcome#refused}, and left alone until other labels are wanted of it
   * or drift is found. Where the MDM has too much to do, each device that it turned away is {@link
   * Outcome#busy}, with the instant that it asks for.
   *
   * @param targets one or more devices of one tenant, each once, at most as many as the engine was
   *     built with
   * @return what came of each, by the device's id
   * @throws Exception if it cannot be told what came of any
   */
  Map<String, Outcome> bring(List<LabelTarget> targets) throws Exception;

  /**
   * Reads which labels devices have, for finding drift.
   *
   * <p>Called on the engine's connector threads, one call at a time, only where reconciling was
   * asked for; it may block as above, and may be repeated. Devices may come in any order, more than
   * once, and in pages of any size, but each time with all the labels that it has: what is not
   * there is taken for missing. Devices without labels are to be given too, with none; what is not
   * given is not looked at. So where an MDM lists the devices of a label, list its devices and then
   * the labels of each. Devices that the engine does not know are passed over. Nothing says of
   * which tenant: engines of several tenants that reconcile need one of these each. What it throws
   * ends the pass, which is begun anew later.
   *
   * @param page what the page before gave as {@link LabelPage#next()}; absent for the first
   * @return some devices with the labels that they have
   * @throws Exception if they cannot be read
   */
  LabelPage read(Optional<String> page) throws Exception;
}
