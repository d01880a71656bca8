package io.riskladder.mdm.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Block;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mdm.spi.AdministratorMailer;
import io.riskladder.mdm.spi.DeviceNotifier;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.EngineListener;
import io.riskladder.mdm.spi.IssueLog;
import io.riskladder.mdm.spi.MdmLabelSync;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.spi.ThreatProtectionControl;
import io.riskladder.mdm.testkit.AdministratorMailerContract;
import io.riskladder.mdm.testkit.DeviceNotifierContract;
import io.riskladder.mdm.testkit.EngineListenerContract;
import io.riskladder.mdm.testkit.FakeHost;
import io.riskladder.mdm.testkit.FakeMdm;
import io.riskladder.mdm.testkit.IssueLogContract;
import io.riskladder.mdm.testkit.MdmLabelSyncContract;
import io.riskladder.mdm.testkit.PolicySourceContract;
import io.riskladder.mdm.testkit.ThreatProtectionControlContract;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What hosts have to keep to is kept by what comes with the engine. */
final class OwnContractsTest {

  @Test
  void every_role_has_a_contract() throws Exception {
    for (Class<?> role :
        List.of(
            AdministratorMailer.class,
            DeviceNotifier.class,
            DeviceStore.class,
            EngineListener.class,
            IssueLog.class,
            MdmLabelSync.class,
            PolicySource.class,
            ThreatProtectionControl.class)) {
      assertTrue(role.isInterface());
      Class.forName("io.riskladder.mdm.testkit." + role.getSimpleName() + "Contract");
    }
  }

  @Nested
  final class Labels extends MdmLabelSyncContract {
    @Override
    protected MdmLabelSync newSync(Set<String> devices) {
      FakeMdm mdm = new FakeMdm();
      devices.forEach(device -> mdm.edit(device, Set.of("lobby")));
      return mdm;
    }
  }

  @Nested
  final class Messages extends DeviceNotifierContract {
    @Override
    protected DeviceNotifier newNotifier() {
      return new FakeHost();
    }
  }

  @Nested
  final class Mail extends AdministratorMailerContract {
    @Override
    protected AdministratorMailer newMailer() {
      return new FakeHost();
    }
  }

  @Nested
  final class Issues extends IssueLogContract {
    @Override
    protected IssueLog newLog() {
      return new FakeHost();
    }
  }

  @Nested
  final class Protection extends ThreatProtectionControlContract {
    private FakeHost host = new FakeHost();

    @Override
    protected ThreatProtectionControl newControl() {
      host = new FakeHost();
      return host;
    }

    @Override
    protected Block blocked(String device) {
      return host.block(device);
    }
  }

  @Nested
  final class FixedPolicies extends PolicySourceContract {
    @Override
    protected PolicySource newSource() {
      return PolicySource.of(SimulationTest.policies(Duration.ofDays(1), RiskLevel.LOW));
    }
  }

  @Nested
  final class Silence extends EngineListenerContract {
    @Override
    protected EngineListener newListener() {
      return new EngineListener() {};
    }
  }
}
