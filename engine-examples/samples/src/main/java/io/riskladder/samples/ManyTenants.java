package io.riskladder.samples;

import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.mdm.Platform;
import io.riskladder.mdm.runtime.EngineThreads;
import io.riskladder.mdm.runtime.PolicyEngine;
import io.riskladder.mdm.runtime.Submission;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.store.InMemoryDeviceStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How do I run many tenants in one process? */
public final class ManyTenants {
  private ManyTenants() {}

  /**
   * Runs three tenants on two threads and one store.
   *
   * @param args none
   */
  public static void main(String[] args) {
    DeviceStore store = new InMemoryDeviceStore();
    List<PolicyEngine> engines = new ArrayList<>();
    try (EngineThreads threads = EngineThreads.of(2)) {
      for (String tenant : List.of("clinic", "school", "works")) {
        PolicyEngine engine =
            PolicyEngine.builder(PolicySource.of(Policies.patient(Duration.ofDays(7))))
                .tenant(tenant)
                .store(store)
                .threads(threads)
                .build();
        engine.start();
        engines.add(engine);
      }
      engines
          .get(0)
          .submit(new Submission("1", "ana", new DeviceEnrolled("everyone", Platform.IOS)))
          .join();
      for (PolicyEngine engine : engines) {
        System.out.println("devices: " + engine.health().stored().devices());
        engine.close();
      }
    }
  }
}
