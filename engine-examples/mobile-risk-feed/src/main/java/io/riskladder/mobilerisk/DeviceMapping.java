package io.riskladder.mobilerisk;

import static io.riskladder.mobilerisk.SetAsideReason.UNKNOWN_PLATFORM;

import io.riskladder.core.device.DeviceEvent.DeviceDisconnected;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.DeviceMoved;
import io.riskladder.core.device.DeviceEvent.DeviceReconnected;
import io.riskladder.core.device.DeviceEvent.DeviceRemoved;
import io.riskladder.core.device.DeviceEvent.Reported;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what is said of a device into what happened to it. */
final class DeviceMapping {
  private final CompiledPolicies policies;
  private final List<Note> notes;

  DeviceMapping(CompiledPolicies policies, List<Note> notes) {
    this.policies = policies;
    this.notes = notes;
  }

  /** {@return what brings the device to what is said of it; nothing if it is that already} */
  List<Reported> map(Reports.Device report, DeviceState state) throws CannotMapException {
    if (state instanceof EnrolledDevice device) {
      return known(report, device);
    }
    if (report.gone() || !report.active()) {
      return List.of();
    }
    List<Reported> events = new ArrayList<>();
    Platform platform =
        platform(report.platform())
            .orElseThrow(
                () ->
                    new CannotMapException(
                        UNKNOWN_PLATFORM,
                        "the device is not enrolled yet, and runs "
                            + report.platform().map(Excerpt::of).orElse("nobody says what")
                            + ", expected ANDROID or IOS"));
    events.add(new DeviceEnrolled(groupOf(report).orElseGet(this::root), platform));
    if (!report.connected()) {
      events.add(new DeviceDisconnected());
    }
    return events;
  }

  private List<Reported> known(Reports.Device report, EnrolledDevice device) {
    if (report.gone()) {
      return List.of(new DeviceRemoved());
    }
    Optional<Platform> platform = platform(report.platform());
    if (platform.isPresent() && platform.get() != device.platform()) {
      notes.add(
          new Note(
              Note.Kind.PLATFORM_DIFFERS,
              "the device runs " + platform.get() + ", and is enrolled as " + device.platform()));
    }
    List<Reported> events = new ArrayList<>();
    Optional<String> group = groupOf(report);
    if (group.isPresent() && !group.get().equals(device.group())) {
      events.add(new DeviceMoved(group.get()));
    }
    if (report.connected() != device.connected()) {
      events.add(report.connected() ? new DeviceReconnected() : new DeviceDisconnected());
    }
    return events;
  }

  static Optional<Platform> platform(Optional<String> name) {
    return name.flatMap(
        word ->
            switch (word) {
              case "ANDROID" -> Optional.of(Platform.ANDROID);
              case "IOS" -> Optional.of(Platform.IOS);
              default -> Optional.empty();
            });
  }

  String root() {
    return PolicyEdits.root(policies.source()).id();
  }

  /** {@return the group that the device is to be in, if anything is said of it} */
  private Optional<String> groupOf(Reports.Device report) {
    if (report.groups().isEmpty()) {
      return Optional.empty();
    }
    List<String> said = report.groups().get();
    List<String> known = said.stream().filter(id -> policies.group(id).isPresent()).toList();
    if (known.size() > 1) {
      notes.add(
          new Note(
              Note.Kind.SEVERAL_GROUPS,
              "the device is in "
                  + known.size()
                  + " groups, of which "
                  + Excerpt.of(known.get(0))
                  + " counts"));
    } else if (known.isEmpty() && !said.isEmpty()) {
      notes.add(
          new Note(
              Note.Kind.GROUP_NOT_IN_POLICIES,
              "the policies have no group "
                  + Excerpt.of(said.get(0))
                  + ", so the root group's hold for the device"));
    }
    return Optional.of(known.isEmpty() ? root() : known.get(0));
  }
}
