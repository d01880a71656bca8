package io.riskladder.mdm.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has a courier's errands run on threads for calls, a bounded number at once, and gives up those
 * that take too long: their threads are interrupted, and what they say later does not count. A few
 * that do not even heed that are put up with; beyond those nothing more is called until they end.
 */
final class Deliveries {
  /** So many calls that do not end are put up with. */
  private static final int MOST_STUCK = 16;

  /**
   * Errands that are being run: until a call is made the claim's end is waited for, then its own.
   */
  private static final class Run {
    private final List<Errand> errands;
    private Instant giveUpAt;
    private @Nullable Thread thread;
    private boolean calling;
    private boolean stuck;

    Run(List<Errand> errands) {
      this.errands = errands;
      this.giveUpAt = errands.get(0).until();
    }
  }

  private final Courier courier;
  private final Executor threads;
  private final InstantSource clock;
  private final int atOnce;
  private final Duration poll;
  private final Runnable somethingEnded;

  private final List<Run> underWay = new ArrayList<>();
  private final List<Errand> toSettle = new ArrayList<>();
  private boolean closed;

  /**
   * Deliveries of a channel.
   *
   * @param atOnce how many calls may be made at once
   * @param poll how often to look whether something waits that nobody told of
   * @param somethingEnded is run when an errand has ended
   */
  Deliveries(
      Courier courier,
      Executor threads,
      InstantSource clock,
      int atOnce,
      Duration poll,
      Runnable somethingEnded) {
    this.courier = courier;
    this.threads = threads;
    this.clock = clock;
    this.atOnce = atOnce;
    this.poll = poll;
    this.somethingEnded = somethingEnded;
  }

  Courier courier() {
    return courier;
  }

  /**
   * Settles what has ended and runs what waits.
   *
   * @return how long until the next turn
   * @throws RejectedExecutionException if there is no thread for a call; all is given back
   */
  Duration turn() {
    Instant now = clock.instant();
    giveUpLate(now);
    settle(now);
    int free = free();
    if (free <= 0) {
      return poll; // sooner, when something ends
    }
    List<List<Errand>> claimed = courier.claim(free, now);
    for (int i = 0; i < claimed.size(); i++) {
      if (!run(claimed.get(i))) {
        claimed.subList(i, claimed.size()).forEach(errands -> unmade(errands, now));
        settle(now);
        throw new RejectedExecutionException("no thread for calls");
      }
    }
    return poll;
  }

  private synchronized int free() {
    int stuck = stuck();
    return closed || stuck >= MOST_STUCK ? 0 : atOnce - (underWay.size() - stuck);
  }

  synchronized int stuck() {
    return (int) underWay.stream().filter(run -> run.stuck).count();
  }

  synchronized int callsUnderWay() {
    return underWay.size();
  }

  private synchronized void unmade(List<Errand> errands, Instant now) {
    errands.forEach(errand -> errand.end(now, false));
    toSettle.addAll(errands);
  }

  /** {@return whether there is a thread for it} */
  private boolean run(List<Errand> errands) {
    Run run = new Run(errands);
    synchronized (this) {
      underWay.add(run);
    }
    try {
      threads.execute(() -> call(run));
      return true;
    } catch (RejectedExecutionException e) {
      synchronized (this) {
        underWay.remove(run);
      }
      return false;
    }
  }

  private void call(Run run) {
    boolean begun;
    synchronized (this) {
      run.thread = Thread.currentThread();
      begun = !run.stuck;
    }
    try {
      if (begun) {
        courier.run(run.errands, () -> callBegins(run));
      }
    } finally {
      ended(run);
    }
  }

  private synchronized void callBegins(Run run) {
    run.calling = true;
    run.giveUpAt = clock.instant().plus(courier.callTimeout());
  }

  private void ended(Run run) {
    synchronized (this) {
      underWay.remove(run);
      if (run.stuck) {
        Thread.interrupted(); // meant for the call, which is over
      } else {
        run.errands.forEach(errand -> errand.end(clock.instant(), true)); // if it threw
        toSettle.addAll(run.errands);
      }
      notifyAll();
    }
    somethingEnded.run();
  }

  private void giveUpLate(Instant now) {
    List<Run> late = new ArrayList<>();
    synchronized (this) {
      for (Run run : underWay) {
        if (!run.stuck && !run.giveUpAt.isAfter(now)) {
          run.stuck = true;
          late.add(run);
        }
      }
    }
    for (Run run : late) {
      if (run.calling) {
        courier.abandon(run.errands);
      } else {
        run.errands.forEach(errand -> errand.end(now, false));
      }
      interrupt(run);
      synchronized (this) {
        toSettle.addAll(run.errands);
      }
    }
  }

  private void settle(Instant now) {
    List<Errand> ended;
    synchronized (this) {
      ended = new ArrayList<>(toSettle);
      toSettle.clear();
    }
    if (ended.isEmpty()) {
      return;
    }
    boolean settled = false;
    try {
      courier.settle(ended, now);
      settled = true;
    } finally {
      if (!settled) {
        synchronized (this) {
          toSettle.addAll(ended);
        }
      }
    }
  }

  /** Runs nothing more. */
  synchronized void close() {
    closed = true;
  }

  /** Waits until nothing runs any more. {@return whether it ended in time} */
  synchronized boolean await(Duration most) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (underWay.size() > stuck()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** Gives up what still runs, and gives everything back. */
  void giveBack() {
    List<Run> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(underWay);
    }
    for (Run run : left) {
      Instant now = clock.instant();
      run.errands.forEach(errand -> errand.end(now, false));
      synchronized (this) {
        if (!run.stuck && underWay.contains(run)) {
          run.stuck = true;
          toSettle.addAll(run.errands);
        }
      }
      interrupt(run);
    }
    settle(clock.instant());
  }

  private synchronized void interrupt(Run run) {
    Thread thread = run.thread;
    if (thread != null && underWay.contains(run)) {
      thread.interrupt();
    }
  }
}
