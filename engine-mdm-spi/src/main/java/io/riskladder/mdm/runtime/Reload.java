package io.riskladder.mdm.runtime;

import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.spi.PolicySource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Loads policies anew after their source told of a change; what changes while they are being loaded
 * has them loaded once more.
 */
final class Reload {
  private static final Duration UNTIL_TOLD = Duration.ofDays(36_500);

  private final PolicySource source;
  private final Question<PolicySet> question;
  private final Consumer<PolicySet> loaded;
  private final Duration poll;
  private final AtomicBoolean changed = new AtomicBoolean();

  /**
   * Loads from a source.
   *
   * @param loaded takes what was loaded
   * @param poll how often to look whether it was
   */
  Reload(
      PolicySource source,
      Question<PolicySet> question,
      Consumer<PolicySet> loaded,
      Duration poll) {
    this.source = source;
    this.question = question;
    this.loaded = loaded;
    this.poll = poll;
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
        if (!changed.getAndSet(false)) {
          done = true;
          return UNTIL_TOLD;
        }
        question.ask(source::load, now);
      }
      Optional<PolicySet> policies = question.take(now);
      policies.ifPresent(loaded);
      done = true;
      return policies.isPresent() ? Duration.ZERO : poll;
    } finally {
      if (!done) {
        changed.set(true); // it is loaded again
      }
    }
  }
}
