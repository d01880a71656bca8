package io.riskladder.mobilerisk;

/** An event cannot be mapped; within the package alone. */
final class CannotMapException extends Exception {
  private static final long serialVersionUID = 1L;

  private final SetAsideReason reason;

  CannotMapException(SetAsideReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  SetAsideReason reason() {
    return reason;
  }
}
