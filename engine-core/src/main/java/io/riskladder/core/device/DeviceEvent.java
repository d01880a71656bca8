package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSet;
import io.riskladder.core.Limits;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.mdm.Platform;
import java.util.Optional;
import java.util.Set;

/** Something that happens to a device (rules, section 6). */
public sealed interface DeviceEvent {

  /** What a host reports of one device. */
  sealed interface Reported extends DeviceEvent {}

  /** What a host reports of one threat. */
  sealed interface ThreatEvent extends Reported {
    /** {@return the threat's id, unique on its device} */
    String threat();
  }

  /**
   * The device came under protection.
   *
   * @param group the id of its group
   * @param platform what it runs
   * @param installedApps the apps that it reports, by exact name, in the order given; unmodifiable
   */
  record DeviceEnrolled(String group, Platform platform, Set<String> installedApps)
      implements Reported {
    /**
     * Copies what it is given.
     *
     * @param group the id of its group
     * @param platform what it runs
     * @param installedApps the apps that it reports, by exact name, in the order given
     * @throws IllegalArgumentException if the group is no id, or there are more apps than {@link
     *     Limits#MAX_INSTALLED_APPS} or an app's name is too long
     */
    public DeviceEnrolled {
      Checks.id("group", group);
      requireNonNull(platform, "platform");
      installedApps = ImmutableSet.copyOf(installedApps);
      Checks.atMost("installedApps", Limits.MAX_INSTALLED_APPS, installedApps.size(), "apps");
      installedApps.forEach(app -> Checks.text("installedApps", app, Limits.MAX_NAME_LENGTH));
    }

    /**
     * A device that reports no apps.
     *
     * @param group the id of its group
     * @param platform what it runs
     */
    public DeviceEnrolled(String group, Platform platform) {
      this(group, platform, Set.of());
    }
  }

  /**
   * The device was put into a group: every threat is re-rated, pins are lifted.
   *
   * @param group the id of the group
   */
  record DeviceMoved(String group) implements Reported {
    /**
     * Takes what it is given.
     *
     * @param group the id of the group
     * @throws IllegalArgumentException if the group is no id
     */
    public DeviceMoved {
      Checks.id("group", group);
    }
  }

  /** The device fell silent. Its risk stays. */
  record DeviceDisconnected() implements Reported {}

  /** The device is in touch again. */
  record DeviceReconnected() implements Reported {}

  /**
   * The device left protection: all its threats end. Law: by then every issue opened for it is
   * closed, once, and every label, block and compliance action is taken back.
   */
  record DeviceRemoved() implements Reported {}

  /**
   * A threat was found. Law: found again, with the same classification, nothing happens.
   *
   * @param threat the threat's id
   * @param classification the id of its classification
   */
  record ThreatDetected(String threat, String classification) implements ThreatEvent {
    /**
     * Takes what it is given.
     *
     * @param threat the threat's id
     * @param classification the id of its classification
     * @throws IllegalArgumentException if one of the two is no id
     */
    public ThreatDetected {
      Checks.id("threat", threat);
      Checks.id("classification", classification);
    }
  }

  /**
   * Web content was met and handled; nothing is kept of it.
   *
   * @param threat the threat's id
   * @param classification the id of its classification
   */
  record ThreatEncountered(String threat, String classification) implements ThreatEvent {
    /**
     * Takes what it is given.
     *
     * @param threat the threat's id
     * @param classification the id of its classification
     * @throws IllegalArgumentException if one of the two is no id
     */
    public ThreatEncountered {
      Checks.id("threat", threat);
      Checks.id("classification", classification);
    }
  }

  /**
   * A threat is no more.
   *
   * @param threat the threat's id
   */
  record ThreatResolved(String threat) implements ThreatEvent {
    /**
     * Takes what it is given.
     *
     * @param threat the threat's id
     * @throws IllegalArgumentException if the threat is no id
     */
    public ThreatResolved {
      Checks.id("threat", threat);
    }
  }

  /**
   * An administrator ignores a threat's issue. Law: the threat then leaves the device as though it
   * were not there.
   *
   * @param threat the threat's id
   * @param by who, if that is known
   */
  record IssueIgnored(String threat, Optional<String> by) implements ThreatEvent {
    /**
     * Takes what it is given.
     *
     * @param threat the threat's id
     * @param by who, if that is known
     * @throws IllegalArgumentException if the threat is no id or the name is too long
     */
    public IssueIgnored {
      Checks.id("threat", threat);
      requireNonNull(by, "by").ifPresent(name -> Checks.text("by", name, Limits.MAX_NAME_LENGTH));
    }
  }

  /**
   * An administrator takes the ignoring back: the threat counts again, its rung entered now.
   *
   * @param threat the threat's id
   * @param by who, if that is known
   */
  record IssueRestored(String threat, Optional<String> by) implements ThreatEvent {
    /**
     * Takes what it is given.
     *
     * @param threat the threat's id
     * @param by who, if that is known
     * @throws IllegalArgumentException if the threat is no id or the name is too long
     */
    public IssueRestored {
      Checks.id("threat", threat);
      requireNonNull(by, "by").ifPresent(name -> Checks.text("by", name, Limits.MAX_NAME_LENGTH));
    }
  }

  /**
   * Other policies are in force. Law: a change to equal policies, in mode CONTINUE, has no effect.
   *
   * @param version the version that the device is to be under; the archive at hand has to hold it
   * @param mode what becomes of the device's threats
   */
  record PolicyChanged(int version, PolicyChangeMode mode) implements DeviceEvent {
    /**
     * Takes what it is given.
     *
     * @param version the version that the device is to be under
     * @param mode what becomes of the device's threats
     */
    public PolicyChanged {
      requireNonNull(mode, "mode");
    }
  }

  /** Nothing but time: what is due at or before the instant is entered. */
  record TimePassed() implements DeviceEvent {}
}
