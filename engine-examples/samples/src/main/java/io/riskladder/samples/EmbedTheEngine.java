package io.riskladder.samples;

import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.mdm.Platform;
import io.riskladder.mdm.runtime.Answer;
import io.riskladder.mdm.runtime.PolicyEngine;
import io.riskladder.mdm.runtime.Submission;
import io.riskladder.mdm.spi.Outcome;
import io.riskladder.mdm.spi.PolicySource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** How do I embed the engine in my backend? */
public final class EmbedTheEngine {
  private EmbedTheEngine() {}

  /**
   * Has an old system found on a phone, and its user told.
   *
   * @param args none
   * @throws InterruptedException if interrupted while the message is on its way
   */
  public static void main(String[] args) throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    try (PolicyEngine engine =
        PolicyEngine.builder(PolicySource.of(Policies.patient(Duration.ofDays(7))))
            .deviceNotifier(
                delivery -> {
                  System.out.println(
                      "to " + delivery.device() + ": " + delivery.effect().message().description());
                  told.countDown();
                  return Outcome.done();
                })
            .build()) {
      engine.start();
      engine
          .submit(new Submission("1", "ana", new DeviceEnrolled("everyone", Platform.IOS)))
          .join();
      Answer answer =
          engine
              .submit(new Submission("2", "ana", new ThreatDetected("os", "OUT_OF_DATE_OS")))
              .join();
      told.await();
      System.out.println("the engine answered with " + answer.effects().size() + " effect");
    }
  }
}
