package io.riskladder.benchmarks.contestants;

import io.riskladder.benchmarks.workload.Hour;
import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.benchmarks.workload.Workload;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import java.util.HashMap;
import java.util.Map;

/**
 * The engine as a host feeds it whose parser makes the engine's event objects: they are there
 * before the clock starts, like the strings that they hold.
 */
final class OursPrepared extends Ours {
  private final Map<Hour, DeviceEvent.Reported[]> prepared = new HashMap<>();

  OursPrepared(Rules rules, EffectReader reader) {
    super(rules, reader);
  }

  @Override
  public void prepare(Workload workload) {
    for (int i = 0; i <= Workload.LAST_HOUR; i++) {
      Hour hour = workload.hour(i);
      DeviceEvent.Reported[] events = new DeviceEvent.Reported[hour.size()];
      for (int j = 0; j < events.length; j++) {
        events[j] =
            hour.isDetection(j)
                ? new ThreatDetected(hour.threat(j), hour.classification(j))
                : new ThreatResolved(hour.threat(j));
      }
      prepared.put(hour, events);
    }
  }

  @Override
  public void take(Hour hour) {
    DeviceEvent.Reported[] events = prepared.get(hour);
    if (events == null) {
      super.take(hour);
      return;
    }
    for (int i = 0; i < events.length; i++) {
      fleet().apply(hour.device(i), events[i], hour.at(), nextNumber(), reader());
    }
  }
}
