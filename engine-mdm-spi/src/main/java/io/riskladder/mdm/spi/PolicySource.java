package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.policy.PolicySet;

/** Where a tenant's policies come from. */
public interface PolicySource {
  /**
   * Loads the policies as they are now.
   *
   * <p>Called when the engine starts, on the thread that starts it, and on an engine thread each
   * time that the source tells of a change; one call at a time; it may block. What it throws at the
   * start is thrown on by {@code start}; later it is logged, and the old policies stay.
   *
   * @return the policies, never null
   * @throws Exception if they cannot be loaded
   */
  PolicySet load() throws Exception;

  /**
   * Has the source tell when the policies may have changed. The engine then loads them; if they are
   * the same, nothing happens. Called once, when the engine starts. The default never tells.
   *
   * @param changed to be run on any thread, at any time, as often as is liked; it returns at once
   *     and throws nothing
   * @return to be closed when nobody wants to be told any more
   */
  default Subscription onChange(Runnable changed) {
    return () -> {};
  }

  /** What ends the telling. */
  @FunctionalInterface
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * {@return a source of policies that never change}
   *
   * @param policies the policies
   */
  static PolicySource of(PolicySet policies) {
    requireNonNull(policies, "policies");
    return () -> policies;
  }
}
