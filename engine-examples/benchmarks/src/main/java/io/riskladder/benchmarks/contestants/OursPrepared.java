package io.riskladder.benchmarks.contestants;

import io.riskladder.benchmarks.workload.Hour;
import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.benchmarks.workload.Workload;
import io.riskladder.core.fleet.FleetEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The engine as a host feeds it whose parser makes the engine's event objects: they are there
 * before the clock starts, like the strings that they hold.
 */
final class OursPrepared extends Ours {
  private final Map<Hour, List<FleetEvent>> prepared = new HashMap<>();

  OursPrepared(Rules rules, EffectReader reader) {
    super(rules, reader, true);
  }

  @Override
  public void prepare(Workload workload) {
    for (int i = 0; i <= Workload.LAST_HOUR; i++) {
      Hour hour = workload.hour(i);
      List<FleetEvent> events = new ArrayList<>(hour.size());
      for (int j = 0; j < hour.size(); j++) {
        events.add(new FleetEvent(hour.device(j), event(hour, j), hour.at(), nextNumber()));
      }
      prepared.put(hour, events);
    }
  }

  @Override
  public void take(Hour hour) {
    List<FleetEvent> events = prepared.get(hour);
    if (events == null) {
      super.take(hour);
    } else {
      fleet().applyAll(events, reader());
    }
  }
}
