package io.riskladder.core.device;

import io.riskladder.core.device.DeviceEvent.DeviceDisconnected;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.DeviceMoved;
import io.riskladder.core.device.DeviceEvent.DeviceReconnected;
import io.riskladder.core.device.DeviceEvent.DeviceRemoved;
import io.riskladder.core.device.DeviceEvent.PolicyChanged;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatEncountered;
import io.riskladder.core.device.DeviceEvent.ThreatEvent;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.DeviceEvent.TimePassed;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.core.threat.Classification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What happens when: the table of section 6 of the rules. */
final class Decider {
  private final DeviceInProgress device;
  private final PolicyArchive archive;

  private Decider(DeviceInProgress device, PolicyArchive archive) {
    this.device = device;
    this.archive = archive;
  }

  static Decision decide(
      DeviceState state, PolicyArchive archive, DeviceEvent event, Instant at, long number) {
    Checks.instant("at", at);
    return state instanceof EnrolledDevice enrolled
        ? decideEnrolled(enrolled, archive, event, at, number)
        : decideUnknown(state, archive, event, at, number);
  }

  private static Decision decideUnknown(
      DeviceState state, PolicyArchive archive, DeviceEvent event, Instant at, long number) {
    if (event instanceof TimePassed || event instanceof PolicyChanged) {
      return new Decision(state, List.of());
    }
    Effects effects = new Effects(state.id());
    effects.causedByEvent(at, number);
    if (!(event instanceof DeviceEnrolled enrolled)) {
      effects.reject(RejectionReason.UNKNOWN_DEVICE, threatOf(event));
      return new Decision(state, effects.list());
    }
    Optional<GroupPolicies> group = archive.current().group(enrolled.group());
    if (group.isEmpty()) {
      effects.reject(RejectionReason.UNKNOWN_GROUP, Optional.empty());
      return new Decision(state, effects.list());
    }
    EnrolledDevice fresh =
        EnrolledDevice.builder()
            .id(state.id())
            .group(group.get().id()) // the same object for all its devices
            .platform(enrolled.platform())
            .installedApps(enrolled.installedApps())
            .connected(true)
            .desired(DesiredState.nothing())
            .policyVersion(archive.currentVersion())
            .lastSeen(at)
            .build();
    DeviceInProgress device = new DeviceInProgress(fresh, archive, effects);
    device.settle(at);
    return new Decision(device.state(at), effects.list());
  }

  private static Decision decideEnrolled(
      EnrolledDevice state, PolicyArchive archive, DeviceEvent event, Instant at, long number) {
    Instant now = at.isAfter(state.lastSeen()) ? at : state.lastSeen();
    Effects effects = new Effects(state.id());
    DeviceInProgress device = new DeviceInProgress(state, archive, effects);
    device.enterDue(now, event instanceof TimePassed);
    effects.causedByEvent(now, number);
    new Decider(device, archive).happen(event, now);
    DeviceState next =
        event instanceof DeviceRemoved ? DeviceState.unknown(state.id()) : device.state(now);
    return new Decision(next, effects.list());
  }

  static Optional<String> threatOf(DeviceEvent event) {
    return event instanceof ThreatEvent threatEvent
        ? Optional.of(threatEvent.threat())
        : Optional.empty();
  }

  private void happen(DeviceEvent event, Instant now) {
    if (event instanceof DeviceEnrolled) {
      device.effects().reject(RejectionReason.DEVICE_EXISTS, Optional.empty());
    } else if (event instanceof DeviceMoved moved) {
      move(moved, now);
    } else if (event instanceof DeviceDisconnected) {
      device.connect(false);
      device.settle(now);
    } else if (event instanceof DeviceReconnected) {
      device.connect(true);
      device.settle(now);
    } else if (event instanceof DeviceRemoved) {
      device.endAll(Resolution.DEVICE_REMOVED);
      device.settleForNothing();
    } else if (event instanceof ThreatEvent threatEvent) {
      threatEvent(threatEvent, now);
    } else if (event instanceof PolicyChanged changed) {
      changePolicies(changed, now);
    }
  }

  private void threatEvent(ThreatEvent event, Instant now) {
    if (event instanceof ThreatDetected detected) {
      detect(detected, now);
    } else if (event instanceof ThreatEncountered encountered) {
      encounter(encountered, now);
    } else if (event instanceof ThreatResolved resolved) {
      device.end(resolved.threat(), Resolution.RESOLVED);
      device.settle(now);
    } else if (event instanceof DeviceEvent.IssueIgnored ignored) {
      ignore(ignored, now);
    } else if (event instanceof DeviceEvent.IssueRestored restored) {
      restore(restored, now);
    }
  }

  private void reject(RejectionReason reason, ThreatEvent event) {
    device.effects().reject(reason, Optional.of(event.threat()));
  }

  private void detect(ThreatDetected event, Instant now) {
    Optional<Classification> classification =
        device.policies().classification(event.classification());
    Optional<ThreatState> known = device.threat(event.threat());
    if (classification.isEmpty()) {
      reject(RejectionReason.UNKNOWN_CLASSIFICATION, event);
    } else if (classification.get().isWebContent()) {
      reject(RejectionReason.WEB_CONTENT, event);
    } else if (known.isEmpty()
        && device.threatCount() >= device.policies().limits().threatsPerDevice()) {
      reject(RejectionReason.TOO_MANY_THREATS, event);
    } else if (known.isEmpty() || !known.get().classification().equals(event.classification())) {
      device.end(event.threat(), Resolution.RESOLVED);
      device.begin(event.threat(), classification.get().id(), now);
      device.settle(now);
    }
  }

  private void encounter(ThreatEncountered event, Instant now) {
    Optional<Classification> classification =
        device.policies().classification(event.classification());
    if (classification.isEmpty()) {
      reject(RejectionReason.UNKNOWN_CLASSIFICATION, event);
    } else if (!classification.get().isWebContent()) {
      reject(RejectionReason.NOT_WEB_CONTENT, event);
    } else {
      device.encounter(event.threat(), event.classification(), now);
    }
  }

  private void ignore(DeviceEvent.IssueIgnored event, Instant now) {
    IssueState issue =
        device.threat(event.threat()).map(ThreatState::issue).orElse(IssueState.NONE);
    switch (issue) {
      case NONE -> reject(RejectionReason.NO_ISSUE, event);
      case OPEN -> {
        device.ignore(event.threat(), event.by());
        device.settle(now);
      }
      case IGNORED -> {
        // asked for twice, done once
      }
    }
  }

  private void restore(DeviceEvent.IssueRestored event, Instant now) {
    if (device.threat(event.threat()).filter(threat -> !threat.counts()).isEmpty()) {
      reject(RejectionReason.NOT_IGNORED, event);
    } else {
      device.restore(event.threat(), event.by(), now);
      device.settle(now);
    }
  }

  private void move(DeviceMoved event, Instant now) {
    Optional<GroupPolicies> group = device.policies().group(event.group());
    if (group.isEmpty()) {
      device.effects().reject(RejectionReason.UNKNOWN_GROUP, Optional.empty());
      return;
    }
    device.moveTo(group.get().id(), now);
    device.settle(now);
  }

  private void changePolicies(PolicyChanged event, Instant now) {
    CompiledPolicies policies = Standing.policies(archive, event.version());
    if (PolicyFit.misfit(device.stateSoFar(), policies, event.mode()).isPresent()) {
      device.effects().reject(RejectionReason.INVALID_POLICY, Optional.empty());
      return;
    }
    device.changePolicies(event.version(), event.mode(), now);
    device.settle(now);
  }
}
