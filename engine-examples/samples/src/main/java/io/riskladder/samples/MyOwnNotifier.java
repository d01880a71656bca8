package io.riskladder.samples;

import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.Effect;
import io.riskladder.core.mdm.Platform;
import io.riskladder.mdm.runtime.PolicyEngine;
import io.riskladder.mdm.runtime.RetryPolicy;
import io.riskladder.mdm.runtime.Submission;
import io.riskladder.mdm.spi.Delivery;
import io.riskladder.mdm.spi.DeviceNotifier;
import io.riskladder.mdm.spi.Outcome;
import io.riskladder.mdm.spi.PolicySource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** How do I send messages my own way, and what if that fails? */
public final class MyOwnNotifier implements DeviceNotifier {
  private final CountDownLatch sent = new CountDownLatch(1);

  private MyOwnNotifier() {}

  @Override
  public Outcome notifyDevice(Delivery<Effect.NotifyDevice> delivery) {
    if (delivery.attempt() == 1) {
      System.out.println("the push service is busy");
      return Outcome.retryLater("busy");
    }
    System.out.println(
        "pushed at try " + delivery.attempt() + ", " + delivery.effect().riskLevel());
    sent.countDown();
    return Outcome.done();
  }

  /**
   * Has a message sent at the second try.
   *
   * @param args none
   * @throws InterruptedException if interrupted while the message is on its way
   */
  public static void main(String[] args) throws InterruptedException {
    MyOwnNotifier notifier = new MyOwnNotifier();
    try (PolicyEngine engine =
        PolicyEngine.builder(PolicySource.of(Policies.patient(Duration.ofDays(7))))
            .deviceNotifier(notifier)
            .retries(new RetryPolicy(Duration.ofMillis(10), Duration.ofSeconds(1)))
            .poll(Duration.ofMillis(20))
            .build()) {
      engine.start();
      engine.submit(new Submission("1", "cy", new DeviceEnrolled("everyone", Platform.IOS))).join();
      engine.submit(new Submission("2", "cy", new ThreatDetected("os", "OUT_OF_DATE_OS"))).join();
      notifier.sent.await();
    }
  }
}
