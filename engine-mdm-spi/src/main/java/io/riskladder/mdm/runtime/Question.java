package io.riskladder.mdm.runtime;

import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Something that is asked of a host's code, which may take long or never answer: it is asked on a
 * thread for calls, one thing at a time, and given up after a while. Its thread is then
 * interrupted, and as long as it does not heed that, nothing more is asked. For one thread at a
 * time, but for giving up.
 *
 * @param <T> what is answered
 */
final class Question<T> {
  private final Executor threads;
  private final Duration most;
  private final Runnable answered;
  private final AtomicInteger underWay = new AtomicInteger();

  private volatile @Nullable FutureTask<@Nullable T> asked;
  private Instant giveUpAt = Instant.MAX;

  /**
   * A question that was not asked.
   *
   * @param most how long to wait for an answer
   * @param answered is run when there may be one
   */
  Question(Executor threads, Duration most, Runnable answered) {
    this.threads = threads;
    this.most = most;
    this.answered = answered;
  }

  /** {@return whether it was asked, and what came of it was not taken yet} */
  boolean isAsked() {
    return asked != null;
  }

  /**
   * Asks.
   *
   * @throws IllegalStateException if it was asked, or does not come back from before
   */
  void ask(Callable<@Nullable T> what, Instant now) {
    if (isAsked() || underWay.get() > 0) {
      throw new IllegalStateException("the call before does not end");
    }
    FutureTask<@Nullable T> task =
        new FutureTask<>(what) {
          @Override
          public void run() {
            try {
              super.run();
            } finally {
              underWay.decrementAndGet();
              answered.run();
            }
          }
        };
    underWay.incrementAndGet();
    boolean runs = false;
    try {
      threads.execute(task);
      runs = true;
    } finally {
      if (!runs) {
        underWay.decrementAndGet();
      }
    }
    asked = task;
    giveUpAt = now.plus(most);
  }

  /**
   * Takes the answer, after which it may be asked again.
   *
   * @return the answer; nothing as long as it is waited for
   * @throws TimeoutException if it took too long
   * @throws Exception what was thrown instead
   * @throws IllegalStateException if the answer is null
   */
  Optional<T> take(Instant now) throws Exception {
    FutureTask<@Nullable T> task = asked;
    if (task == null) {
      return Optional.empty();
    }
    if (task.isDone()) {
      asked = null;
      return Optional.of(answerOf(task));
    }
    if (!giveUpAt.isAfter(now)) {
      asked = null;
      task.cancel(true);
      throw new TimeoutException("took longer than " + most);
    }
    return Optional.empty();
  }

  private static <T> T answerOf(FutureTask<@Nullable T> task) throws Exception {
    T answer;
    try {
      answer = task.get();
    } catch (ExecutionException e) {
      Throwable thrown = requireNonNull(e.getCause());
      Throwables.throwIfUnchecked(thrown);
      Throwables.throwIfInstanceOf(thrown, Exception.class);
      throw e;
    }
    if (answer == null) {
      throw new IllegalStateException("gave null");
    }
    return answer;
  }

  /** Interrupts what is being asked; on any thread. */
  void giveUp() {
    FutureTask<?> task = asked;
    if (task != null) {
      task.cancel(true);
    }
  }
}
