package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import java.util.List;
import java.util.Optional;

/**
 * What was decided on a device, to be kept whole or not at all.
 *
 * @param device the device's id
 * @param expected the revision that the decision was made on, {@link StoredDevice#NONE} if the
 *     device was not there
 * @param revision the revision of the new state, different from all others of the device
 * @param state the new state; absent if the device is not enrolled now
 * @param policies the latest version of the policies that was put to it
 * @param answers what the events came to that were decided on, in order; unmodifiable
 * @param postings the effects that are to be delivered, in order, each on the channel of its kind;
 *     unmodifiable
 */
public record DeviceCommit(
    String device,
    long expected,
    long revision,
    Optional<EnrolledDevice> state,
    int policies,
    List<StoredAnswer> answers,
    List<Effect> postings) {
  /**
   * Copies what it is given.
   *
   * @param device the device's id
   * @param expected the revision that the decision was made on
   * @param revision the revision of the new state
   * @param state the new state
   * @param policies the latest version of the policies that was put to it
   * @param answers what the events came to
   * @param postings the effects that are to be delivered
   */
  public DeviceCommit {
    requireNonNull(device, "device");
    requireNonNull(state, "state");
    answers = ImmutableList.copyOf(answers);
    postings = ImmutableList.copyOf(postings);
  }
}
