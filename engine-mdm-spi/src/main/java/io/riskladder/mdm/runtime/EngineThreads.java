package io.riskladder.mdm.runtime;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.riskladder.core.internal.Checks;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that engines work on, one set for as many engines as there are tenants in the
 * process: a few workers, which decide, keep and claim, in turns of one small piece of work each,
 * so that no engine waits long for another; and for calls to hosts' connectors threads of their
 * own, as many as there are calls, so that a slow one holds up nobody. All are daemons. Safe for
 * use by several threads.
 */
public final class EngineThreads implements AutoCloseable {
  private static final int MOST_WORKERS = 1000;
  private static final long IDLE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor workers;
  private final ExecutorService connectors;

  private EngineThreads(int count) {
    workers =
        new ScheduledThreadPoolExecutor(
            count,
            new ThreadFactoryBuilder().setDaemon(true).setNameFormat("riskladder-%d").build());
    workers.setRemoveOnCancelPolicy(true);
    connectors =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE, // each engine bounds its own calls
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new ThreadFactoryBuilder().setDaemon(true).setNameFormat("riskladder-call-%d").build());
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
    return new EngineThreads(workers);
  }

  ScheduledExecutorService workers() {
    return workers;
  }

  ExecutorService connectors() {
    return connectors;
  }

  /** Ends the threads; to be called when the engines are closed. What still runs is interrupted. */
  @Override
  public void close() {
    workers.shutdownNow();
    connectors.shutdownNow();
  }
}
