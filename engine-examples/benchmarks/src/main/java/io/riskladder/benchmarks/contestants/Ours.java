package io.riskladder.benchmarks.contestants;

import io.riskladder.benchmarks.workload.Contestant;
import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.mdm.Platform;
import java.time.Instant;

/** The engine through its public API; its event objects are made while the clock runs. */
class Ours implements Contestant {
  private final Fleet fleet;
  private final EffectReader reader;
  private long number;

  Ours(Rules rules, EffectReader reader) {
    this.fleet = Fleet.under(rules.policySet().compile());
    this.reader = reader;
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
  public void advanceTo(Instant at) {
    fleet.advanceTo(at, reader);
  }
}
