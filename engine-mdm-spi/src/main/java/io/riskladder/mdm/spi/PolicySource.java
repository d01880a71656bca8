package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.policy.PolicySet;
import java.time.Duration;
import java.util.Optional;

/** Where a tenant's policies come from. */
public interface PolicySource {
  /**
   * Loads the policies as they are now.
   *
   * <p>Called when the engine starts, on the thread that starts it, and on a thread for calls each
   * time that the source tells of a change and as often as {@link #loadEvery} says; one call at a
   * time for each engine; it may block, up to the engine's call timeout, after which its thread is
   * interrupted. What it throws at the start is thrown on by {@code start}; later it is logged, the
   * old policies stay, and it is called again after a while, of up to 30 seconds.
   *
   * @return the policies, never null
   * @throws Exception if they cannot be loaded
   */
  PolicySet load() throws Exception;

  /**
   * Has the source tell when the policies may have changed. The engine then loads them; if they are
   * those that it loaded last, nothing happens, whatever was put in force past the source since.
   * Called once, when the engine starts. The default never tells.
   *
   * @param changed to be run on any thread, at any time, as often as is liked; it returns at once
   *     and throws nothing
   * @return to be closed when nobody wants to be told any more
   */
  default Subscription onChange(Runnable changed) {
    return () -> {};
  }

  /**
   * {@return how long the engine waits before it loads the policies once more without being told,
   * positive; absent, as it is unless overridden, if it need not} For sources that have to look
   * whether there is anything new: they need no thread of their own. Called once, when the engine
   * starts, on the thread that starts it; it must not block, and what it throws is thrown on.
   */
  default Optional<Duration> loadEvery() {
    return Optional.empty();
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
