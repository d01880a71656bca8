package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import com.google.common.base.MoreObjects;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.PolicyArchive;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A device under protection.
 *
 * <p>Written by hand, because the engine makes very many of these out of parts that were checked
 * before. Immutable and safe to share between threads.
 */
public final class EnrolledDevice implements DeviceState {
  private final String id;
  private final String group;
  private final Platform platform;
  private final Set<String> installedApps;
  private final boolean connected;
  private final ThreatState[] threats;
  private final DesiredState desired;
  private final int policyVersion;
  private final Instant lastSeen;
  private final @Nullable Instant nextDue;

  /** Made when first asked for, always the same: no lock is needed. */
  private @Nullable ImmutableSortedMap<String, ThreatState> threatsById;

  /**
   * Takes parts that are known to be right.
   *
   * @param threats the threats in order of id, which nobody changes from here on
   */
  EnrolledDevice(
      String id,
      String group,
      Platform platform,
      Set<String> installedApps,
      boolean connected,
      ThreatState[] threats,
      DesiredState desired,
      int policyVersion,
      Instant lastSeen) {
    this.id = id;
    this.group = group;
    this.platform = platform;
    this.installedApps = installedApps;
    this.connected = connected;
    this.threats = threats;
    this.desired = desired;
    this.policyVersion = policyVersion;
    this.lastSeen = lastSeen;
    this.nextDue = earliest(threats);
  }

  private static @Nullable Instant earliest(ThreatState[] threats) {
    Instant earliest = null;
    for (ThreatState threat : threats) {
      Instant due = threat.due();
      if (due != null && (earliest == null || due.isBefore(earliest))) {
        earliest = due;
      }
    }
    return earliest;
  }

  @Override
  public String id() {
    return id;
  }

  /** {@return the id of its group} */
  public String group() {
    return group;
  }

  /** {@return what it runs} */
  public Platform platform() {
    return platform;
  }

  /** {@return the apps that it reports, by exact name; unmodifiable} */
  public Set<String> installedApps() {
    return installedApps;
  }

  /** {@return whether it is in touch} */
  public boolean connected() {
    return connected;
  }

  /** {@return its open threats by id, in order of id; ignored ones too; unmodifiable} */
  public SortedMap<String, ThreatState> threats() {
    ImmutableSortedMap<String, ThreatState> known = threatsById;
    if (known == null) {
      ImmutableSortedMap.Builder<String, ThreatState> byId = ImmutableSortedMap.naturalOrder();
      for (ThreatState threat : threats) {
        byId.put(threat.id(), threat);
      }
      known = byId.buildOrThrow();
      threatsById = known;
    }
    return known;
  }

  /** {@return its open threats in order of id, as {@link #threats()} has them; unmodifiable} */
  public List<ThreatState> openThreats() {
    return Collections.unmodifiableList(Arrays.asList(threats));
  }

  /** {@return what its threats come to} */
  public DesiredState desired() {
    return desired;
  }

  /** {@return the version of the policies that it is under} */
  public int policyVersion() {
    return policyVersion;
  }

  /** {@return the latest instant that it has seen} */
  public Instant lastSeen() {
    return lastSeen;
  }

  @Override
  public Optional<Instant> nextDue() {
    return Optional.ofNullable(nextDue);
  }

  /** {@return its threats in order of id, not to be changed} */
  ThreatState[] threatsInOrder() {
    return threats;
  }

  @Nullable Instant due() {
    return nextDue;
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
  public Ladder ladder(ThreatState threat, PolicyArchive policies) {
    requireNonNull(threat, "threat");
    requireNonNull(policies, "policies");
    PolicyPin pin = threat.pinOrNull();
    return pin == null
        ? PolicyLookup.ladder(threat, policies, policyVersion, group)
        : PolicyLookup.ladder(threat, policies, pin.version(), pin.group());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EnrolledDevice device
        && id.equals(device.id)
        && group.equals(device.group)
        && platform == device.platform
        && installedApps.equals(device.installedApps)
        && connected == device.connected
        && Arrays.equals(threats, device.threats)
        && desired.equals(device.desired)
        && policyVersion == device.policyVersion
        && lastSeen.equals(device.lastSeen);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        id,
        group,
        platform,
        installedApps,
        connected,
        Arrays.hashCode(threats),
        desired,
        policyVersion,
        lastSeen);
  }

  @Override
  public String toString() {
    return MoreObjects.toStringHelper(this)
        .add("id", id)
        .add("group", group)
        .add("platform", platform)
        .add("installedApps", installedApps)
        .add("connected", connected)
        .add("threats", Arrays.toString(threats))
        .add("desired", desired)
        .add("policyVersion", policyVersion)
        .add("lastSeen", lastSeen)
        .toString();
  }

  /** {@return a new builder; its device is connected and has no apps and threats unless set} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles an enrolled device's state; not safe for use by several threads. */
  public static final class Builder {
    private @Nullable String id;
    private @Nullable String group;
    private @Nullable Platform platform;
    private Set<String> installedApps = ImmutableSet.of();
    private boolean connected = true;
    private ImmutableSortedMap<String, ThreatState> threats = ImmutableSortedMap.of();
    private @Nullable DesiredState desired;
    private int policyVersion;
    private @Nullable Instant lastSeen;

    private Builder() {}

    /**
     * Takes all of another device.
     *
     * @param device the device to start from
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder from(EnrolledDevice device) {
      id = device.id;
      group = device.group;
      platform = device.platform;
      installedApps = device.installedApps;
      connected = device.connected;
      desired = device.desired;
      policyVersion = device.policyVersion;
      lastSeen = device.lastSeen;
      return threats(device.threats());
    }

    /**
     * Sets the {@link EnrolledDevice#id()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder id(String value) {
      id = requireNonNull(value, "id");
      return this;
    }

    /**
     * Sets the {@link EnrolledDevice#group()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder group(String value) {
      group = requireNonNull(value, "group");
      return this;
    }

    /**
     * Sets the {@link EnrolledDevice#platform()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder platform(Platform value) {
      platform = requireNonNull(value, "platform");
      return this;
    }

    /**
     * Sets the {@link EnrolledDevice#installedApps()}; copied.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder installedApps(Set<String> value) {
      installedApps = ImmutableSet.copyOf(value);
      return this;
    }

    /**
     * Sets whether it is {@link EnrolledDevice#connected()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder connected(boolean value) {
      connected = value;
      return this;
    }

    /**
     * Sets the {@link EnrolledDevice#threats()}, by their ids; copied.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder threats(Map<String, ThreatState> value) {
      threats = ImmutableSortedMap.copyOf(value);
      return this;
    }

    /**
     * Sets the {@link EnrolledDevice#desired()} state.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder desired(DesiredState value) {
      desired = requireNonNull(value, "desired");
      return this;
    }

    /**
     * Sets the {@link EnrolledDevice#policyVersion()}.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder policyVersion(int value) {
      policyVersion = value;
      return this;
    }

    /**
     * Sets the {@link EnrolledDevice#lastSeen()} instant.
     *
     * @param value what to set
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder lastSeen(Instant value) {
      lastSeen = requireNonNull(value, "lastSeen");
      return this;
    }

    /**
     * {@return the device's state}
     *
     * @throws IllegalStateException if the id, group, platform, desired state or latest instant is
     *     not set
     * @throws IllegalArgumentException if an id is no id, or a threat's key is not its id
     */
    public EnrolledDevice build() {
      if (id == null || group == null || platform == null || desired == null || lastSeen == null) {
        throw new IllegalStateException(
            "a device needs an id, a group, a platform, a desired state and a latest instant");
      }
      Checks.id("id", id);
      Checks.id("group", group);
      for (Map.Entry<String, ThreatState> threat : threats.entrySet()) {
        if (!threat.getKey().equals(threat.getValue().id())) {
          throw Checks.invalid("threats", "the key of a threat is not its id");
        }
      }
      return new EnrolledDevice(
          id,
          group,
          platform,
          installedApps,
          connected,
          threats.values().toArray(new ThreatState[0]),
          desired,
          policyVersion,
          lastSeen);
    }
  }
}
