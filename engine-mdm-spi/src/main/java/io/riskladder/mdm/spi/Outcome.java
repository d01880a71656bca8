package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** What came of a delivery, as the one who made it says. */
public sealed interface Outcome {
  /** It is done, now or because it was done before. */
  record Done() implements Outcome {}

  /**
   * It may work later: the other side is down, busy, or says so.
   *
   * @param reason why, one line, for logs; no secrets
   * @param notBefore when to try again at the soonest, if the other side said so
   */
  record RetryLater(String reason, Optional<Instant> notBefore) implements Outcome {
    /**
     * Takes what it is given.
     *
     * @param reason why
     * @param notBefore when to try again at the soonest
     */
    public RetryLater {
      requireNonNull(reason, "reason");
      requireNonNull(notBefore, "notBefore");
    }
  }

  /**
   * It will never work: the delivery goes to the dead letters, and those behind it go on.
   *
   * @param reason why, one line, for logs; no secrets
   */
  record Refused(String reason) implements Outcome {
    /**
     * Takes what it is given.
     *
     * @param reason why
     */
    public Refused {
      requireNonNull(reason, "reason");
    }
  }

  /** {@return that it is done} */
  static Outcome done() {
    return new Done();
  }

  /**
   * {@return that it is to be tried again, when the engine thinks fit}
   *
   * @param reason why, one line
   */
  static Outcome retryLater(String reason) {
    return new RetryLater(reason, Optional.empty());
  }

  /**
   * {@return that it is to be tried again, not before an instant}
   *
   * @param reason why, one line
   * @param notBefore when at the soonest
   */
  static Outcome retryLater(String reason, Instant notBefore) {
    return new RetryLater(reason, Optional.of(notBefore));
  }

  /**
   * {@return that it will never work}
   *
   * @param reason why, one line
   */
  static Outcome refused(String reason) {
    return new Refused(reason);
  }
}
