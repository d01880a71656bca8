package io.riskladder.mdm.store;

import java.sql.SQLException;

/** How a store comes to a connection, and to a transaction on it. */
interface Transactions extends AutoCloseable {

  /** What is done on a connection. */
  interface Work<T> {
    T on(Statements statements) throws SQLException;
  }

  /** Runs what only reads; each statement sees one moment. */
  <T> T read(Work<T> work) throws SQLException;

  /**
   * Runs what is kept whole or not at all. May run it several times, if the database says that it
   * was none of the work's fault.
   */
  <T> T write(Work<T> work) throws SQLException;

  @Override
  void close() throws SQLException;
}
