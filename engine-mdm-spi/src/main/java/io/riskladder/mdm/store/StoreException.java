package io.riskladder.mdm.store;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;

/**
 * A store could not do what it was asked to. It was done whole or not at all; where that is not
 * known, it may be asked again.
 *
 * <p>The message names what was asked and the database's code, and no data of devices. The cause
 * has the words of the driver, which may quote data.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoreException(String message) {
    super(requireNonNull(message, "message"));
  }

  StoreException(String message, Exception cause) {
    super(requireNonNull(message, "message"), cause);
  }

  static StoreException of(String what, SQLException cause) {
    return new StoreException(
        what
            + " failed: the database says SQLState "
            + cause.getSQLState()
            + ", code "
            + cause.getErrorCode(),
        cause);
  }
}
