package io.riskladder.mdm.runtime;

import static com.google.common.base.Preconditions.checkState;

import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.spi.PolicySource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Loads policies anew after their source told of a change, and as often as it says; what changes
 * while they are being loaded has them loaded once more. Policies that came from elsewhere are not
 * undone by a source that has nothing new.
 */
final class Reload {
  private static final Duration UNTIL_TOLD = Duration.ofDays(36_500);

  private final PolicySource source;
  private final Question<PolicySet> question;
  private final Consumer<PolicySet> changes;
  private final Duration poll;
  private final Duration every;
  private final AtomicBoolean changed = new AtomicBoolean();
  private PolicySet last;
  private Instant next;

  /**
   * Loads from a source.
   *
   * @param loaded what the source gave when the engine was started
   * @param changes takes what it gives when that is something else than the last time
   * @param poll how often to look whether a load has ended
   * @param now when it was started
   * @throws IllegalStateException if the source wants to be asked all the time
   */
  Reload(
      PolicySource source,
      Question<PolicySet> question,
      PolicySet loaded,
      Consumer<PolicySet> changes,
      Duration poll,
      Instant now) {
    this.source = source;
    this.question = question;
    this.last = loaded;
    this.changes = changes;
    this.poll = poll;
    this.every = source.loadEvery().orElse(UNTIL_TOLD);
    checkState(every.compareTo(Duration.ZERO) > 0, "loadEvery is %s, expected more", every);
    this.next = now.plus(every);
  }

  /** The source told of a change. On any thread. */
  void changed() {
    changed.set(true);
  }

  /** Goes on. {@return how long until the next turn} */
  Duration turn(Instant now) throws Exception {
    boolean done = false;
    try {
      if (!question.isAsked()) {
        if (!changed.getAndSet(false) && now.isBefore(next)) {
          done = true;
          return Duration.between(now, next);
        }
        question.ask(source::load, now);
      }
      Optional<PolicySet> policies = question.take(now);
      if (policies.isPresent()) {
        take(policies.get());
        next = now.plus(every);
      }
      done = true;
      return policies.isPresent() ? Duration.ZERO : poll;
    } finally {
      if (!done) {
        changed.set(true); // it is loaded again
      }
    }
  }

  private void take(PolicySet policies) {
    if (!policies.equals(last)) {
      changes.accept(policies);
      last = policies;
    }
  }
}
