package io.riskladder.mdm.runtime;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done in turns on shared threads: one turn at a time, each a small piece, and then to
 * the end of the queue. When a turn throws, the next one waits, the longer the more often that
 * happens.
 */
final class Turns {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
  private static final RetryPolicy AFTER_FAILURE =
      new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(30));

  /** A turn. */
  interface Turn {
    /**
     * Does a piece of work.
     *
     * @return how long until the next turn, if nobody asks for it sooner; zero if there is more to
     *     do at once
     * @throws Exception if it could not be done
     */
    Duration take() throws Exception;
  }

  private final String name;
  private final Turn turn;
  private final ScheduledExecutorService threads;
  private final RandomGenerator chance;

  private @Nullable ScheduledFuture<?> next;
  private boolean running;
  private boolean asked;
  private boolean closed;
  private int failures;

  Turns(String name, Turn turn, ScheduledExecutorService threads, RandomGenerator chance) {
    this.name = name;
    this.turn = turn;
    this.threads = threads;
    this.chance = chance;
  }

  /** Has a turn taken soon. After a failure, not sooner than it was to be. */
  synchronized void ask() {
    if (running) {
      asked = true;
    } else if (failures == 0) {
      plan(Duration.ZERO);
    }
  }

  private synchronized void plan(Duration wait) {
    if (closed) {
      return;
    }
    if (next != null) {
      next.cancel(false);
    }
    try {
      next = threads.schedule(this::run, wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.warn("{}: threads were ended before the engine was closed", name);
      closed = true;
    }
  }

  private void run() {
    synchronized (this) {
      if (closed || running) {
        return;
      }
      running = true;
      asked = false;
    }
    Duration wait;
    try {
      wait = turn.take();
      synchronized (this) {
        failures = 0;
      }
    } catch (Throwable e) { // whatever it was, the next turn is to be taken
      synchronized (this) {
        failures++;
        wait = AFTER_FAILURE.delay(failures, chance);
      }
      LOG.warn("{}: failed, will be tried again in {}", name, wait, e);
    }
    synchronized (this) {
      running = false;
      notifyAll();
      plan(asked && failures == 0 ? Duration.ZERO : wait);
    }
  }

  /** {@return how often in a row a turn threw} */
  synchronized int failures() {
    return failures;
  }

  /** Takes no more turns. */
  synchronized void close() {
    closed = true;
    if (next != null) {
      next.cancel(false);
    }
  }

  /** {@return whether the turn that was being taken ended in time} */
  synchronized boolean await(Duration most) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (running) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }
}
