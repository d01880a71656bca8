package io.riskladder.mobilerisk;

import java.time.Duration;

/** The service answered, and not with what was asked for; within the package alone. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final Duration retryAfter;

  RefusedException(String message) {
    this(message, 0, Duration.ZERO);
  }

  RefusedException(String message, int status, Duration retryAfter) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  boolean isUnauthorized() {
    return status == 401;
  }

  /** {@return how long the service wants to be left alone} */
  Duration retryAfter() {
    return retryAfter;
  }
}
