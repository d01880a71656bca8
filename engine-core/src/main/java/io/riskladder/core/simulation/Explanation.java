package io.riskladder.core.simulation;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.PolicyArchive;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.immutables.value.Value;

/**
 * Why a device is as it is, what comes next, and what does not happen and why.
 *
 * <p>Law: what it says comes next is what the engine does if no event comes, and each thing that it
 * says does not happen would happen if its reason fell away.
 */
@Value.Immutable
@EngineValue
public abstract sealed class Explanation permits ImmutableExplanation {
  Explanation() {}

  /** {@return the instant that is explained} */
  public abstract Instant at();

  /** {@return the device as it is then} */
  public abstract EnrolledDevice device();

  /** {@return what holds for its group} */
  public abstract GroupPolicies group();

  /** {@return its open threats by id, in order of id, ignored ones too} */
  public abstract SortedMap<String, ThreatExplanation> threats();

  /** {@return the ids of the threats that its risk goes back to, in order; empty without a risk} */
  public abstract List<String> decisive();

  /** {@return the way from its labels to the compliance actions, if a security policy applies} */
  public abstract Optional<MdmChain> mdm();

  /** {@return what does not happen to the device as a whole, and why} */
  public abstract List<NotHappening> notHappening();

  /** {@return what comes, in order of time, until nothing more is due, if no event comes} */
  public abstract List<NextStep> next();

  /**
   * {@return the explanation of a device, without what its user was told}
   *
   * @param device the device's state
   * @param policies the policies that it is under, and those that its threats are pinned to
   * @param at the instant to explain: what is due until then is entered first; one before the
   *     latest that the device has seen counts as that one
   * @throws IllegalArgumentException if the instant is out of range, or the device does not go with
   *     the policies
   */
  public static Explanation of(EnrolledDevice device, PolicyArchive policies, Instant at) {
    return of(device, policies, at, List.of());
  }

  /**
   * {@return the explanation of a device}
   *
   * @param device the device's state
   * @param policies the policies that it is under, and those that its threats are pinned to
   * @param at the instant to explain: what is due until then is entered first; one before the
   *     latest that the device has seen counts as that one
   * @param past the effects that the device had so far, oldest first; those of others are passed
   *     over
   * @throws IllegalArgumentException if the instant is out of range, or the device does not go with
   *     the policies
   */
  public static Explanation of(
      EnrolledDevice device, PolicyArchive policies, Instant at, List<Effect> past) {
    return Explainer.explain(
        requireNonNull(device, "device"),
        requireNonNull(policies, "policies"),
        requireNonNull(at, "at"),
        requireNonNull(past, "past"));
  }

  static Builder builder() {
    return new Builder();
  }

  static final class Builder extends ImmutableExplanation.Builder {
    Builder() {}
  }
}
