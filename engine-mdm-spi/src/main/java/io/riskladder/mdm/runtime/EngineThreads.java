package io.riskladder.mdm.runtime;

import static java.util.Objects.requireNonNull;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.riskladder.core.internal.Checks;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that engines work on, one set for as many engines as there are tenants in the
 * process: a few workers, which decide, keep and claim, in turns of one small piece of work each,
 * so that no engine waits long for another; and for calls to hosts' connectors threads of their
 * own, as many as there are calls, so that a slow one holds up nobody. Its own threads are daemons.
 * Safe for use by several threads.
 */
public final class EngineThreads implements AutoCloseable {
  private static final int MOST_WORKERS = 1000;
  private static final long IDLE_SECONDS = 10;

  private final ScheduledExecutorService workers;
  private final Executor connectors;
  private final Runnable end;

  private EngineThreads(ScheduledExecutorService workers, Executor connectors, Runnable end) {
    this.workers = workers;
    this.connectors = connectors;
    this.end = end;
  }

  /**
   * {@return threads with so many workers}
   *
   * @param workers how many, from 1 to 1000; as many as the store has connections for them
   * @throws IllegalArgumentException if there are none or too many
   */
  public static EngineThreads of(int workers) {
    if (workers < 1 || workers > MOST_WORKERS) {
      throw Checks.invalid("workers", workers + " is not from 1 to " + MOST_WORKERS);
    }
    ScheduledThreadPoolExecutor scheduled =
        new ScheduledThreadPoolExecutor(workers, daemons("riskladder-%d"));
    scheduled.setRemoveOnCancelPolicy(true);
    ExecutorService calls =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE, // each engine bounds its own calls
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("riskladder-call-%d"));
    return new EngineThreads(
        scheduled,
        calls,
        () -> {
          scheduled.shutdownNow();
          calls.shutdownNow();
        });
  }

  private static ThreadFactory daemons(String names) {
    return new ThreadFactoryBuilder().setDaemon(true).setNameFormat(names).build();
  }

  /**
   * {@return threads of the host's, which it ends itself, after its engines}
   *
   * @param workers for deciding, keeping and claiming; what is asked of it is {@link
   *     ScheduledExecutorService#schedule(Runnable, long, TimeUnit)}
   * @param connectors for calls to connectors, which may take long; it should not make calls wait
   *     for each other: a delivery that has no thread when its claim ends is given back unmade
   */
  public static EngineThreads on(ScheduledExecutorService workers, Executor connectors) {
    return new EngineThreads(
        requireNonNull(workers, "workers"), requireNonNull(connectors, "connectors"), () -> {});
  }

  ScheduledExecutorService workers() {
    return workers;
  }

  Executor connectors() {
    return connectors;
  }

  /**
   * Ends the threads, unless they are the host's; to be called when the engines are closed. What
   * still runs is interrupted.
   */
  @Override
  public void close() {
    end.run();
  }
}
