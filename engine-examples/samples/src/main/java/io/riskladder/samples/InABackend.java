package io.riskladder.samples;

import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.runtime.Answer;
import io.riskladder.mdm.runtime.PolicyEngine;
import io.riskladder.mdm.runtime.Submission;
import io.riskladder.mdm.spi.AdministratorMailer;
import io.riskladder.mdm.spi.DeviceNotifier;
import io.riskladder.mdm.spi.MdmLabelSync;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.store.JdbcDeviceStore;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/** How is an engine wired in a backend with a database? Shown in the documentation as it is. */
final class InABackend {
  private final PolicyEngine engine;

  InABackend(
      PolicySet policies,
      DataSource database,
      MdmLabelSync mdm,
      DeviceNotifier push,
      AdministratorMailer mail) {
    PolicyEngine engine =
        PolicyEngine.builder(PolicySource.of(policies))
            .tenant("harbour-clinics")
            .store(JdbcDeviceStore.on(database))
            .labelSync(mdm)
            .deviceNotifier(push)
            .administratorMailer(mail)
            .build();
    engine.start();
    this.engine = engine;
  }

  CompletableFuture<Answer> systemIsOutOfDate(String event, String device) {
    ThreatDetected found = new ThreatDetected("os-1", "OUT_OF_DATE_OS");
    CompletableFuture<Answer> answer = engine.submit(new Submission(event, device, found));
    return answer;
  }
}
