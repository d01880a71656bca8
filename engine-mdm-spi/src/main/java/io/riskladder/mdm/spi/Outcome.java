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
   * @param all whether that holds for all calls of the connector, not for this delivery alone
   */
  record RetryLater(String reason, Optional<Instant> notBefore, boolean all) implements Outcome {
    /**
     * Takes what it is given.
     *
     * @param reason why
     * @param notBefore when to try again at the soonest
     * @param all whether that holds for all calls of the connector
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
    return new RetryLater(reason, Optional.empty(), false);
  }

  /**
   * {@return that it is to be tried again, not before an instant} Others are called meanwhile.
   *
   * @param reason why, one line
   * @param notBefore when at the soonest; at most a day is waited
   */
  static Outcome retryLater(String reason, Instant notBefore) {
    return new RetryLater(reason, Optional.of(notBefore), false);
  }

  /**
   * {@return that the other side has too much to do, and nobody is to be called before an instant:
   * status 429 or 503 with {@code Retry-After}} This delivery is tried again then or later, and
   * until then this engine makes no other call on the channel; those under way go on. It does not
   * count as a connector that is down.
   *
   * @param reason why, one line
   * @param until when at the soonest; at most a day is waited
   */
  static Outcome busy(String reason, Instant until) {
    return new RetryLater(reason, Optional.of(until), true);
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
