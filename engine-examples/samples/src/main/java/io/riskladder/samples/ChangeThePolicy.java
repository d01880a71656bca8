package io.riskladder.samples;

import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.runtime.PolicyAnswer;
import io.riskladder.mdm.runtime.PolicyEngine;
import io.riskladder.mdm.runtime.Submission;
import io.riskladder.mdm.spi.EngineListener;
import io.riskladder.mdm.spi.PolicySource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** What happens to ladders that run when I change the policy? */
public final class ChangeThePolicy {
  private ChangeThePolicy() {}

  /**
   * Shortens the patience of a policy while a ladder runs on it.
   *
   * @param args none
   * @throws InterruptedException if interrupted while the change reaches the device
   */
  public static void main(String[] args) throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    EngineListener listener =
        new EngineListener() {
          @Override
          public void decided(
              String tenant, String device, Optional<String> event, List<Effect> effects) {
            if (event.isEmpty()) {
              reached.countDown();
            }
          }
        };
    PolicySet patient = Policies.patient(Duration.ofDays(7));
    try (PolicyEngine engine =
        PolicyEngine.builder(PolicySource.of(patient)).listener(listener).build()) {
      engine.start();
      engine
          .submit(new Submission("1", "dan", new DeviceEnrolled("everyone", Platform.IOS)))
          .join();
      engine.submit(new Submission("2", "dan", new ThreatDetected("os", "OUT_OF_DATE_OS"))).join();
      System.out.println("the next step comes after " + untilNext(engine));
      PolicyAnswer answer =
          engine.changePolicies(Policies.patient(Duration.ofDays(2)), PolicyChangeMode.CONTINUE);
      reached.await();
      System.out.println("version " + answer.version() + ": after " + untilNext(engine));
    }
  }

  private static Duration untilNext(PolicyEngine engine) {
    return engine.device("dan").orElseThrow().openThreats().stream()
        .map(threat -> Duration.between(threat.entered(), threat.nextDue().orElseThrow()))
        .findFirst()
        .orElseThrow();
  }
}
