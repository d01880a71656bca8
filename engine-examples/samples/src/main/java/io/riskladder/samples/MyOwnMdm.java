package io.riskladder.samples;

import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.mdm.Platform;
import io.riskladder.mdm.runtime.PolicyEngine;
import io.riskladder.mdm.runtime.Submission;
import io.riskladder.mdm.spi.LabelPage;
import io.riskladder.mdm.spi.LabelTarget;
import io.riskladder.mdm.spi.MdmLabelSync;
import io.riskladder.mdm.spi.Outcome;
import io.riskladder.mdm.spi.PolicySource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** How do I plug in my own MDM? */
public final class MyOwnMdm implements MdmLabelSync {
  private final Map<String, Set<String>> tags = new ConcurrentHashMap<>();
  private final Semaphore calls = new Semaphore(0);

  private MyOwnMdm() {}

  /** One call for many devices: here the MDM's own API would be called, and its answer read. */
  @Override
  public Map<String, Outcome> bring(List<LabelTarget> targets) {
    Map<String, Outcome> outcomes = new HashMap<>();
    for (LabelTarget target : targets) {
      tags.put(target.device(), target.wanted());
      System.out.println(target.device() + " now has " + target.wanted());
      outcomes.put(target.device(), Outcome.done());
    }
    calls.release(targets.size());
    return outcomes;
  }

  @Override
  public LabelPage read(Optional<String> page) {
    return new LabelPage(tags, Optional.empty());
  }

  /**
   * Has an attack found on a phone, and ended.
   *
   * @param args none
   * @throws InterruptedException if interrupted while labels are on their way
   */
  public static void main(String[] args) throws InterruptedException {
    MyOwnMdm mdm = new MyOwnMdm();
    try (PolicyEngine engine =
        PolicyEngine.builder(PolicySource.of(Policies.patient(Duration.ofDays(7))))
            .labelSync(mdm)
            .build()) {
      engine.start();
      engine
          .submit(new Submission("1", "bo", new DeviceEnrolled("everyone", Platform.ANDROID)))
          .join();
      engine.submit(new Submission("2", "bo", new ThreatDetected("wifi", "ACTIVE_MITM"))).join();
      mdm.calls.acquire();
      engine.submit(new Submission("3", "bo", new ThreatResolved("wifi"))).join();
      mdm.calls.acquire();
    }
  }
}
