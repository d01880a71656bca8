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
   * not wanted.
   *
   * <p>Called on the engine's connector threads, several at a time for different devices, never two
   * for the same device; it may block, up to the engine's call timeout, after which its thread is
   * interrupted and the call counts as a retry. Labels are levels: what is handed over is what the
   * device is to have now, whatever came in between; it may be handed over again, also when nothing
   * changed and when an earlier answer was lost. So to put on what is there already, or take off
   * what is not there, has to count as done, where the MDM calls that an error. An answer of the
   * MDM that says 200 and means no is to be looked into: what is not known to be done is {@link
   * Outcome#retryLater}. A device without an answer, a null answer, and what is thrown count as
   * that, too; one that the MDM does not know is {@link Outcome#refused}.
   *
   * @param targets one or more devices, each once, at most as many as the engine was built with
   * @return what came of each, by the device's id
   * @throws Exception if it cannot be told what came of any
   */
  Map<String, Outcome> bring(List<LabelTarget> targets) throws Exception;

  /**
   * Reads which labels devices have, for finding drift.
   *
   * <p>Called on the engine's connector threads, one call at a time, only where reconciling was
   * asked for; it may block as above, and may be repeated. Devices may come in any order, more than
   * once, and in pages of any size; those that the engine does not know are passed over. What it
   * throws ends the pass, which is begun anew later.
   *
   * @param page what the page before gave as {@link LabelPage#next()}; absent for the first
   * @return some devices with the labels that they have
   * @throws Exception if they cannot be read
   */
  LabelPage read(Optional<String> page) throws Exception;
}
