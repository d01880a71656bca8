package io.riskladder.mdm.testkit;

import io.riskladder.mdm.runtime.EngineThreads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A clock that a test turns, and threads that work only while it is turned, on the test's own
 * thread: what an engine does in ninety days is done in milliseconds, the same in every run.
 *
 * <pre>{@code
 * TurnedClock clock = TurnedClock.at(Instant.parse("2026-03-02T09:00:00Z"));
 * PolicyEngine engine = PolicyEngine.builder(policies).clock(clock).threads(clock.threads()).build();
 * engine.start();
 * engine.submit(event);
 * clock.turn(Duration.ofDays(90));
 * }</pre>
 *
 * <p>For one thread.
 */
public final class TurnedClock implements InstantSource {
  private static final Duration STEP = Duration.ofHours(1);
  private static final int MOST_TASKS = 10_000;

  private final Threads threads = new Threads();
  private Instant now;

  private TurnedClock(Instant now) {
    this.now = now;
  }

  /**
   * {@return a clock that stands at an instant}
   *
   * @param now the instant
   */
  public static TurnedClock at(Instant now) {
    return new TurnedClock(now);
  }

  @Override
  public Instant instant() {
    return now;
  }

  /** {@return threads for engines} */
  public EngineThreads threads() {
    return EngineThreads.on(threads, Runnable::run);
  }

  /** Has the engines do what they have to do now. */
  public void work() {
    for (int tasks = 0; threads.runNext(); tasks++) {
      if (tasks == MOST_TASKS) {
        throw new IllegalStateException("there is no end to what is to be done at " + now);
      }
    }
  }

  /**
   * Lets time pass, an hour at a time, and has the engines do what they have to do.
   *
   * @param time how much
   */
  public void turn(Duration time) {
    Instant end = now.plus(time);
    work();
    while (now.isBefore(end)) {
      Instant next = now.plus(STEP);
      now = next.isBefore(end) ? next : end;
      work();
    }
  }

  /**
   * Puts the clock to an instant at once, as after an outage, and has the engines work then.
   *
   * @param to the instant
   */
  public void jump(Instant to) {
    now = to;
    work();
  }

  /** A task that waits for its time. */
  private final class Task extends CompletableFuture<Object> implements ScheduledFuture<Object> {
    private final Runnable work;
    private final Instant at;
    private final long number;

    Task(Runnable work, Instant at, long number) {
      this.work = work;
      this.at = at;
      this.number = number;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(Duration.between(now, at));
    }

    @Override
    public int compareTo(Delayed other) {
      Task task = (Task) other;
      int byTime = at.compareTo(task.at);
      return byTime != 0 ? byTime : Long.compare(number, task.number);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number);
    }
  }

  /** Threads that are none. */
  private final class Threads extends AbstractExecutorService implements ScheduledExecutorService {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long lastNumber;

    boolean runNext() {
      Task next = tasks.peek();
      if (next == null || next.at.isAfter(now)) {
        return false;
      }
      tasks.remove();
      if (!next.isCancelled()) {
        next.work.run();
        next.complete(null);
      }
      return true;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
      Task task = new Task(work, now.plus(delay, unit.toChronoUnit()), ++lastNumber);
      tasks.add(task);
      return task;
    }

    @Override
    public void execute(Runnable work) {
      Future<?> unused = schedule(work, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
      throw new UnsupportedOperationException("engines do not ask for this");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        Runnable work, long first, long period, TimeUnit unit) {
      throw new UnsupportedOperationException("engines do not ask for this");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable work, long first, long delay, TimeUnit unit) {
      throw new UnsupportedOperationException("engines do not ask for this");
    }

    @Override
    public void shutdown() {
      tasks.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
      tasks.clear();
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
