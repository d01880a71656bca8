package io.riskladder.mdm.testkit;

import io.riskladder.core.device.Effect;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.Delivery;
import io.riskladder.mdm.spi.IssueLog;
import io.riskladder.mdm.spi.Outcome;
import org.junit.jupiter.api.BeforeEach;

/** What every {@link IssueLog} has to keep to. Extend it, and say how one is made. */
public abstract class IssueLogContract extends DeliveryContract<Effect> {
  private IssueLog tested = delivery -> Outcome.refused("not made yet");

  /** Not to be called but by those who extend it. */
  protected IssueLogContract() {
    super(Channel.ISSUES, Effect.class);
  }

  /**
   * {@return one that works, to be used by several threads}
   *
   * @throws Exception if there is none, which fails the test
   */
  protected abstract IssueLog newLog() throws Exception;

  @BeforeEach
  final void make() throws Exception {
    tested = newLog();
  }

  @Override
  final Outcome deliver(Delivery<Effect> delivery) throws Exception {
    return tested.record(delivery);
  }
}
