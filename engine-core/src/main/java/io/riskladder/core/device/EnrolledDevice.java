package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.PolicyArchive;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.immutables.value.Value;

/** A device under protection. */
@Value.Immutable
@EngineValue
public abstract sealed class EnrolledDevice implements DeviceState permits ImmutableEnrolledDevice {
  EnrolledDevice() {}

  @Override
  public abstract String id();

  /** {@return the id of its group} */
  public abstract String group();

  /** {@return what it runs} */
  public abstract Platform platform();

  /** {@return the apps that it reports, by exact name} */
  public abstract Set<String> installedApps();

  /** {@return whether it is in touch} */
  public abstract boolean connected();

  /** {@return its open threats by id, in order of id; ignored ones too} */
  @Value.NaturalOrder
  public abstract SortedMap<String, ThreatState> threats();

  /** {@return what its threats come to} */
  public abstract DesiredState desired();

  /** {@return the version of the policies that it is under} */
  public abstract int policyVersion();

  /** {@return the latest instant that it has seen} */
  public abstract Instant lastSeen();

  @Override
  @Value.Derived
  public Optional<Instant> nextDue() {
    Instant earliest = null;
    for (ThreatState threat : threats().values()) {
      Instant due = threat.nextDue().orElse(null);
      if (due != null && (earliest == null || due.isBefore(earliest))) {
        earliest = due;
      }
    }
    return Optional.ofNullable(earliest);
  }

  /**
   * {@return the ladder that one of its threats is on: the present one of its group, or the one
   * that the threat is pinned to}
   *
   * @param threat a threat of this device
   * @param policies the policies that this device is under, and those that its threats are pinned
   *     to
   * @throws IllegalArgumentException if one of these is not there
   */
  public final Ladder ladder(ThreatState threat, PolicyArchive policies) {
    requireNonNull(threat, "threat");
    requireNonNull(policies, "policies");
    return Standing.ladder(threat, policies, new PolicyPin(policyVersion(), group()));
  }

  @Value.Check
  void check() {
    Checks.id("id", id());
    Checks.id("group", group());
    for (Map.Entry<String, ThreatState> threat : threats().entrySet()) {
      if (!threat.getKey().equals(threat.getValue().id())) {
        throw Checks.invalid("threats", "the key of a threat is not its id");
      }
    }
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles an enrolled device's state; not safe for use by several threads. */
  public static final class Builder extends ImmutableEnrolledDevice.Builder {
    Builder() {}
  }
}
