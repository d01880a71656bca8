package io.riskladder.mdm.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has a courier's errands run on threads for calls, a bounded number at once, and gives up those
 * that take too long: their threads are interrupted, and what they say later does not count. But
 * what they brought may have come last, so a level is delivered once more when such a call has come
 * to its end. A few that do not even heed that are put up with; beyond those nothing more is called
 * until they end.
 *
 * <p>To claim and to settle is a transaction each, so both are done for many calls at a time: what
 * was called while the last was made is settled together, and where calls are quick, about as many
 * are claimed ahead as are made in a second.
 */
final class Deliveries {
  /** So many calls that do not end are put up with. */
  private static final int MOST_STUCK = 16;

  /** So many devices are claimed ahead at most. */
  private static final int MOST_AHEAD = 500;

  /** What was claimed ahead should be called within this time. */
  private static final Duration AHEAD = Duration.ofSeconds(1);

  /**
   * Errands that are being run: until a call is made the claim's end is waited for, then its own.
   */
  private static final class Run {
    private final List<Errand> errands;
    private final boolean tries;
    private Instant giveUpAt;
    private @Nullable Thread thread;
    private boolean calling;
    private boolean stuck;

    /**
     * A run that has not begun.
     *
     * @param tries whether it is to find out if a connector that was down works again
     */
    Run(List<Errand> errands, boolean tries) {
      this.errands = errands;
      this.tries = tries;
      this.giveUpAt = errands.get(0).until();
    }
  }

  private final Courier courier;
  private final Executor threads;
  private final InstantSource clock;
  private final int atOnce;
  private final Duration poll;
  private final Runnable somethingEnded;

  private final Deque<Run> ready = new ArrayDeque<>();
  private final List<Run> underWay = new ArrayList<>();
  private final List<Errand> toSettle = new ArrayList<>();

  /** Calls that were given up, and have come to their end since: to be settled behind that. */
  private final List<Errand> endedLate = new ArrayList<>();

  private boolean closed;

  /** How many calls are claimed ahead; and, for turns only, when that was done last. */
  private int ahead;

  private Instant claimedAt = Instant.MIN;

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
    this.ahead = atOnce;
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
    claim(now);
    start(now);
    return poll; // sooner, when something ends
  }

  private void claim(Instant now) {
    int wanted = wanted();
    if (wanted <= 0) {
      return;
    }
    boolean tries = courier.isDown();
    List<List<Errand>> claimed = courier.claim(wanted, now);
    adapt(claimed.size() == wanted, now);
    synchronized (this) {
      claimed.forEach(errands -> ready.add(new Run(errands, tries)));
    }
  }

  private synchronized int wanted() {
    boolean quick = ahead > atOnce;
    return mayCall() && 2 * ready.size() < ahead && (quick || free() > 0)
        ? (quick ? ahead : free()) - ready.size()
        : 0;
  }

  /** Claims more at a time while what was claimed last is called within the time. */
  private synchronized void adapt(boolean all, Instant now) {
    boolean quick = now.isBefore(claimedAt.plus(AHEAD));
    if (!quick) {
      ahead = Math.max(atOnce, ahead / 2);
    } else if (all) {
      ahead = Math.max(atOnce, Math.min(2 * ahead, MOST_AHEAD / courier.devicesACall()));
    }
    claimedAt = now;
  }

  private void start(Instant now) {
    for (Run run = next(now); run != null; run = next(now)) {
      Run first = run;
      try {
        threads.execute(() -> work(first));
      } catch (RejectedExecutionException e) {
        synchronized (this) {
          underWay.remove(first);
          unmade(first, now);
          ready.forEach(one -> unmade(one, now));
          ready.clear();
        }
        settle(now);
        throw e;
      }
    }
  }

  /** {@return a run that may begin now, if there is one; it counts as under way} */
  private synchronized @Nullable Run next(Instant now) {
    while (mayCall() && free() > 0) {
      Run run = ready.poll();
      if (run == null) {
        return null;
      }
      if (courier.isDown() && !run.tries) {
        unmade(run, now);
      } else {
        underWay.add(run);
        return run;
      }
    }
    return null;
  }

  private void unmade(Run run, Instant now) {
    run.errands.forEach(errand -> errand.end(now, false));
    toSettle.addAll(run.errands);
  }

  private boolean mayCall() {
    return !closed && stuck() < MOST_STUCK;
  }

  private int free() {
    return atOnce - (underWay.size() - stuck());
  }

  synchronized int stuck() {
    return (int) underWay.stream().filter(run -> run.stuck).count();
  }

  synchronized int callsUnderWay() {
    return underWay.size();
  }

  private void work(Run first) {
    for (Run run = first; run != null; run = next(clock.instant())) {
      call(run);
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
    boolean more;
    synchronized (this) {
      underWay.remove(run);
      if (run.stuck) {
        Thread.interrupted(); // meant for the call, which is over
        if (run.calling && courier.channel().isLevel()) {
          endedLate.addAll(run.errands);
        }
      } else {
        run.errands.forEach(errand -> errand.end(clock.instant(), true)); // if it threw
        toSettle.addAll(run.errands);
      }
      notifyAll();
      more = 2 * ready.size() >= ahead;
    }
    if (!more) {
      somethingEnded.run();
    }
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
    settle(toSettle, now);
    settle(endedLate, now); // no claim any more: whoever has it since delivers once more
  }

  private void settle(List<Errand> waiting, Instant now) {
    List<Errand> ended;
    synchronized (this) {
      ended = new ArrayList<>(waiting);
      waiting.clear();
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
          waiting.addAll(ended);
        }
      }
    }
  }

  /** Runs nothing more. */
  synchronized void close() {
    closed = true;
  }

  /**
   * Waits until nothing runs any more; for calls that were given up only if they may bring an old
   * level.
   *
   * @return whether it ended in time
   */
  synchronized boolean await(Duration most) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (underWay.size() > (courier.channel().isLevel() ? 0 : stuck())) {
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
      ready.forEach(run -> unmade(run, clock.instant()));
      ready.clear();
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
