package io.riskladder.mdm.runtime;

/** Too many events wait already; the one handed in was not taken. Hand it in again later. */
public final class EngineBusyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  EngineBusyException(String message) {
    super(message);
  }
}
