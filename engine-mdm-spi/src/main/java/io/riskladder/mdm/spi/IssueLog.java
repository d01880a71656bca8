package io.riskladder.mdm.spi;

import io.riskladder.core.device.Effect;

/** Keeps the administrators' issues, in a console or a ticket system. */
public interface IssueLog {
  /**
   * Takes note of what happens to an issue: one of {@link Effect.IssueOpened}, {@link
   * Effect.IssueUpdated}, {@link Effect.IssueResolved}, {@link Effect.IssueIgnored} and {@link
   * Effect.IssueRestored}. An issue is known by the device's id and the threat's.
   *
   * <p>Threads, order, repetition, timeouts and what is thrown are as for {@link
   * DeviceNotifier#notifyDevice}; nothing is left out, however late.
   *
   * @param delivery what happened, never null
   * @return what came of it
   * @throws Exception if it cannot be told what came of it
   */
  Outcome record(Delivery<Effect> delivery) throws Exception;
}
