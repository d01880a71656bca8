package io.riskladder.benchmarks.contestants;

import io.riskladder.benchmarks.workload.Contestant;
import io.riskladder.benchmarks.workload.Hour;
import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.fleet.FleetEvent;
import io.riskladder.core.mdm.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The engine through its public API; its event objects are made while the clock runs, and handed in
 * by the hour or one by one.
 */
class Ours implements Contestant {
  private final Fleet fleet;
  private final EffectReader reader;
  private final boolean byTheHour;
  private long number;

  Ours(Rules rules, EffectReader reader, boolean byTheHour) {
    this.fleet = Fleet.under(rules.policySet().compile());
    this.reader = reader;
    this.byTheHour = byTheHour;
  }

  final Fleet fleet() {
    return fleet;
  }

  final EffectReader reader() {
    return reader;
  }

  final long nextNumber() {
    return ++number;
  }

  @Override
  public void enrolled(String device, String group, boolean ios, Instant at) {
    DeviceEnrolled event = new DeviceEnrolled(group, ios ? Platform.IOS : Platform.ANDROID);
    fleet.apply(device, event, at, nextNumber(), reader);
  }

  @Override
  public void detected(String device, String threat, String classification, Instant at) {
    fleet.apply(device, new ThreatDetected(threat, classification), at, nextNumber(), reader);
  }

  @Override
  public void resolved(String device, String threat, Instant at) {
    fleet.apply(device, new ThreatResolved(threat), at, nextNumber(), reader);
  }

  @Override
  public void take(Hour hour) {
    if (!byTheHour) {
      Contestant.super.take(hour);
      return;
    }
    List<FleetEvent> events = new ArrayList<>(hour.size());
    for (int i = 0; i < hour.size(); i++) {
      events.add(new FleetEvent(hour.device(i), event(hour, i), hour.at(), nextNumber()));
    }
    fleet.applyAll(events, reader);
  }

  static DeviceEvent.Reported event(Hour hour, int i) {
    return hour.isDetection(i)
        ? new ThreatDetected(hour.threat(i), hour.classification(i))
        : new ThreatResolved(hour.threat(i));
  }

  @Override
  public void advanceTo(Instant at) {
    fleet.advanceTo(at, reader);
  }
}
