package io.riskladder.mdm.testkit;

import io.riskladder.core.device.Effect;
import io.riskladder.mdm.spi.AdministratorMailer;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.Delivery;
import io.riskladder.mdm.spi.Outcome;
import org.junit.jupiter.api.BeforeEach;

/** What every {@link AdministratorMailer} has to keep to. Extend it, and say how one is made. */
public abstract class AdministratorMailerContract
    extends DeliveryContract<Effect.EmailAdministrators> {
  private AdministratorMailer tested = delivery -> Outcome.refused("not made yet");

  /** Not to be called but by those who extend it. */
  protected AdministratorMailerContract() {
    super(Channel.MAIL, Effect.EmailAdministrators.class);
  }

  /**
   * {@return one that works, to be used by several threads}
   *
   * @throws Exception if there is none, which fails the test
   */
  protected abstract AdministratorMailer newMailer() throws Exception;

  @BeforeEach
  final void make() throws Exception {
    tested = newMailer();
  }

  @Override
  final Outcome deliver(Delivery<Effect.EmailAdministrators> delivery) throws Exception {
    return tested.send(delivery);
  }
}
