package io.riskladder.mdm.spi;

import io.riskladder.core.device.Effect;

/** Sends mail to administrators. */
public interface AdministratorMailer {
  /**
   * Sends a mail to the addresses of {@link Effect.EmailAdministrators#recipients()}, one or more.
   *
   * <p>Threads, order, repetition, timeouts and what is thrown are as for {@link
   * DeviceNotifier#notifyDevice}; no mail is left out because a later one overtook it.
   *
   * @param delivery what the mail is about, never null
   * @return what came of it
   * @throws Exception if it cannot be told what came of it
   */
  Outcome send(Delivery<Effect.EmailAdministrators> delivery) throws Exception;
}
