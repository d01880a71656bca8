package io.riskladder.core.policy;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * What holds for the devices of one group, with nothing left to inherit (rules, section 2).
 *
 * <p>Immutable and safe to share between threads.
 */
public final class GroupPolicies {
  private final DeviceGroup group;
  private final OnDeviceThreatProtection protection;
  private final Optional<MessageTemplate> notice;
  private final ImmutableMap<String, Ladder> ladders;

  GroupPolicies(
      DeviceGroup group,
      OnDeviceThreatProtection protection,
      Optional<MessageTemplate> notice,
      ImmutableMap<String, Ladder> ladders) {
    this.group = group;
    this.protection = protection;
    this.notice = notice;
    this.ladders = ladders;
  }

  /** {@return the group's id} */
  public String id() {
    return group.id();
  }

  /** {@return the group's name for people} */
  public String name() {
    return group.name();
  }

  /** {@return the on-device threat protection of its devices} */
  public OnDeviceThreatProtection onDeviceThreatProtection() {
    return protection;
  }

  /** {@return the text added to all notifications of its devices, if there is one} */
  public Optional<MessageTemplate> notice() {
    return notice;
  }

  /**
   * {@return the ladder of its devices' threats of a classification, if the classification is
   * known}
   *
   * @param classification the id of a classification
   */
  public Optional<Ladder> ladder(String classification) {
    return Optional.ofNullable(ladders.get(classification));
  }

  ImmutableMap<String, Ladder> ladders() {
    return ladders;
  }

  @Override
  public String toString() {
    return "GroupPolicies{" + id() + "}";
  }
}
