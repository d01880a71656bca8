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
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What happens when: the table of section 6 of the rules. */
final class Decider {
  /** One to be used again, if it is at hand: a decision then allocates only what it returns. */
  private static final AtomicReference<@Nullable Decider> SPARE = new AtomicReference<>();

  /**
   * So many decisions are made on one object before another takes its place: a young object is
   * cheaper to write to than one that has outlived collections, under collectors that watch what
   * old objects refer to.
   */
  private static final int DECISIONS = 1 << 12;

  private DeviceInProgress device = new DeviceInProgress();
  private int decisionsLeft = DECISIONS;

  static DeviceState decide(
      DeviceState state,
      PolicyArchive archive,
      DeviceEvent event,
      Instant at,
      long number,
      EffectSink sink) {
    Decider spare = SPARE.getAndSet(null);
    Decider decider = spare != null ? spare : new Decider();
    decider.renew();
    DeviceState next =
        state instanceof EnrolledDevice enrolled
            ? decider.decideEnrolled(enrolled, archive, event, at, number, sink)
            : decider.decideUnknown(state, archive, event, at, number, sink);
    decider.device.end();
    SPARE.set(decider);
    return next;
  }

  private DeviceState decideUnknown(
      DeviceState state,
      PolicyArchive archive,
      DeviceEvent event,
      Instant at,
      long number,
      EffectSink sink) {
    Checks.instant("at", at);
    if (event instanceof DeviceEnrolled enrolled
        && archive.current().group(enrolled.group()).isPresent()) {
      device.enroll(state.id(), enrolled, archive, at, sink);
      device.effects().causedByEvent(at, number);
      device.settle();
      return device.state();
    }
    if (!(event instanceof TimePassed || event instanceof PolicyChanged)) {
      device.effects().begin(state.id(), sink);
      device.effects().causedByEvent(at, number);
      if (event instanceof DeviceEnrolled) {
        reject(RejectionReason.UNKNOWN_GROUP);
      } else {
        device.effects().reject(RejectionReason.UNKNOWN_DEVICE, threatOf(event));
      }
    }
    return state;
  }

  private static @Nullable String threatOf(DeviceEvent event) {
    return event instanceof ThreatEvent threatEvent ? threatEvent.threat() : null;
  }

  private DeviceState decideEnrolled(
      EnrolledDevice state,
      PolicyArchive archive,
      DeviceEvent event,
      Instant at,
      long number,
      EffectSink sink) {
    device.take(state, archive, sink);
    return decideOnTaken(event, at, number) ? device.state() : DeviceState.unknown(state.id());
  }

  /** {@return the device that this decides on, to be taken for the next decision} */
  DeviceInProgress device() {
    renew();
    return device;
  }

  private void renew() {
    if (--decisionsLeft == 0) {
      device = new DeviceInProgress();
      decisionsLeft = DECISIONS;
    }
  }

  /**
   * Decides on the device that was taken.
   *
   * @return whether it is still enrolled
   */
  boolean decideOnTaken(DeviceEvent event, Instant at, long number) {
    Checks.instant("at", at);
    Instant now = device.isNews(at) ? at : device.lastSeen();
    device.enterDue(now, event instanceof TimePassed);
    device.effects().causedByEvent(now, number);
    happen(event, now);
    device.see(now);
    return !(event instanceof DeviceRemoved);
  }

  private void happen(DeviceEvent event, Instant now) {
    if (event instanceof TimePassed) {
      return; // most often; what fell due was entered
    }
    if (event instanceof ThreatEvent threatEvent) {
      happenToThreat(threatEvent, now);
    } else if (event instanceof DeviceEnrolled) {
      reject(RejectionReason.DEVICE_EXISTS);
    } else if (event instanceof DeviceMoved moved) {
      move(moved, now);
    } else if (event instanceof DeviceDisconnected) {
      device.connect(false);
      device.settle();
    } else if (event instanceof DeviceReconnected) {
      device.connect(true);
      device.settle();
    } else if (event instanceof DeviceRemoved) {
      device.endAll(Resolution.DEVICE_REMOVED);
      device.settleForNothing();
    } else if (event instanceof PolicyChanged changed) {
      changePolicies(changed, now);
    }
  }

  private void happenToThreat(ThreatEvent event, Instant now) {
    if (event instanceof ThreatDetected detected) {
      detect(detected, now);
    } else if (event instanceof ThreatEncountered encountered) {
      encounter(encountered, now);
    } else if (event instanceof ThreatResolved resolved) {
      device.end(resolved.threat(), Resolution.RESOLVED);
      device.settle();
    } else if (event instanceof DeviceEvent.IssueIgnored ignored) {
      ignore(ignored);
    } else if (event instanceof DeviceEvent.IssueRestored restored) {
      restore(restored, now);
    }
  }

  private void reject(RejectionReason reason) {
    device.effects().reject(reason, null);
  }

  private void reject(RejectionReason reason, ThreatEvent event) {
    device.effects().reject(reason, event.threat());
  }

  private void detect(ThreatDetected event, Instant now) {
    Classification classification =
        device.policies().classification(event.classification()).orElse(null);
    OpenThreat known = device.threat(event.threat());
    if (classification == null) {
      reject(RejectionReason.UNKNOWN_CLASSIFICATION, event);
    } else if (classification.isWebContent()) {
      reject(RejectionReason.WEB_CONTENT, event);
    } else if (known == null
        && device.threatCount() >= device.policies().limits().threatsPerDevice()) {
      reject(RejectionReason.TOO_MANY_THREATS, event);
    } else if (known == null || !known.classification().equals(event.classification())) {
      device.end(event.threat(), Resolution.RESOLVED);
      device.begin(event.threat(), classification.id(), now);
      device.settle();
    }
  }

  private void encounter(ThreatEncountered event, Instant now) {
    Classification classification =
        device.policies().classification(event.classification()).orElse(null);
    if (classification == null) {
      reject(RejectionReason.UNKNOWN_CLASSIFICATION, event);
    } else if (!classification.isWebContent()) {
      reject(RejectionReason.NOT_WEB_CONTENT, event);
    } else {
      device.encounter(event.threat(), classification.id(), now);
    }
  }

  private void ignore(DeviceEvent.IssueIgnored event) {
    OpenThreat threat = device.threat(event.threat());
    if (threat == null || threat.issue() == IssueState.NONE) {
      reject(RejectionReason.NO_ISSUE, event);
    } else if (threat.issue() == IssueState.OPEN) { // asked for twice, done once
      device.ignore(threat, event.by());
      device.settle();
    }
  }

  private void restore(DeviceEvent.IssueRestored event, Instant now) {
    OpenThreat threat = device.threat(event.threat());
    if (threat == null || threat.counts()) {
      reject(RejectionReason.NOT_IGNORED, event);
    } else {
      device.restore(threat, event.by(), now);
      device.settle();
    }
  }

  private void move(DeviceMoved event, Instant now) {
    GroupPolicies group = device.policies().group(event.group()).orElse(null);
    if (group == null) {
      reject(RejectionReason.UNKNOWN_GROUP);
    } else {
      device.moveTo(group, now);
      device.settle();
    }
  }

  private void changePolicies(PolicyChanged event, Instant now) {
    CompiledPolicies policies = device.version(event.version());
    if (!device.fits(policies, event.mode())) {
      reject(RejectionReason.INVALID_POLICY);
    } else {
      device.changePolicies(event.version(), event.mode(), now);
      device.settle();
    }
  }
}
