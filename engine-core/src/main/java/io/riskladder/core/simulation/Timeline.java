package io.riskladder.core.simulation;

import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.threat.Classification;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * What one ladder does to one device over time, if its user never does anything about the threat:
 * what the engine itself decides for a device that has no other threat and reports no apps, on each
 * platform.
 *
 * <p>Law: a fleet of that one device gives these effects at these instants.
 */
@Value.Immutable
@EngineValue
public abstract sealed class Timeline permits ImmutableTimeline {
  /** The id of the device that a timeline is played on, for messages that name the device. */
  public static final String DEVICE = "a-device";

  Timeline() {}

  /** {@return the id of the device's group} */
  public abstract String group();

  /** {@return the name of the device's group} */
  public abstract String groupName();

  /** {@return the kind of threat} */
  public abstract Classification classification();

  /** {@return the id of the group whose policy it is; absent for the classification's default} */
  public abstract Optional<String> policyGroup();

  /** {@return the name of that group} */
  public abstract Optional<String> policyGroupName();

  /** {@return the tenant's time zone, which the dates in messages are in} */
  public abstract ZoneId timeZone();

  /** {@return the rungs in the order in which they are entered; one or more} */
  public abstract List<Stage> stages();

  /**
   * {@return what the user is stopped from and since when, in order of time; what holds before the
   * threat is there begins with none of its rungs}
   */
  public abstract List<Restriction> restrictions();

  /** {@return when the threat is detected} */
  public final Instant from() {
    return stages().get(0).at();
  }

  /**
   * {@return the timeline of a threat}
   *
   * @param policies the policies
   * @param group the id of the device's group
   * @param classification the id of the threat's classification; web content is over when reported,
   *     so its timeline is a moment
   * @param from when the threat is detected, from 1970 on, such that the last rung is entered
   *     before the year 10000
   * @throws IllegalArgumentException if there is no such group or classification, or the time is
   *     out of range
   */
  public static Timeline of(
      CompiledPolicies policies, String group, String classification, Instant from) {
    return TimelinePlayer.play(policies, group, classification, from);
  }

  static Builder builder() {
    return new Builder();
  }

  static final class Builder extends ImmutableTimeline.Builder {
    Builder() {}
  }
}
