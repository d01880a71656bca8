package io.riskladder.mdm.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** A connection of the host's for each piece of work, given back at once. */
final class PostgresTransactions implements Transactions {
  /** How often what a deadlock or a conflict ended is begun at most. */
  static final int MAX_ATTEMPTS = 5;

  /** A serialization failure, and a deadlock: nothing was done, and it may go well next time. */
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01");

  /**
   * Goes out with BEGIN. The statements count on READ COMMITTED, whatever the host's default is.
   * Who waits for a lock does not wait for ever; and if this process is suspended in the middle,
   * the server ends the session, so that nobody waits for it.
   *
   * <p>All statements find rows by their keys. Tables that fill and empty all the time are never
   * what the planner's statistics say, and it would read them from end to end for each of many
   * lanes, or sort all that waits to claim a few; so it is told not to. For the same reason
   * statements have the tenant in what they join with, so that there is no other way than by the
   * whole key; and no plan is kept that was made when the tables were empty.
   */
  private static final String SETTINGS =
      """
      SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
      SET LOCAL lock_timeout = '5s';
      SET LOCAL statement_timeout = '30s';
      SET LOCAL idle_in_transaction_session_timeout = '10s';
      SET LOCAL enable_seqscan = off;
      SET LOCAL enable_hashjoin = off;
      SET LOCAL enable_mergejoin = off;
      SET LOCAL enable_sort = off;
      SET LOCAL plan_cache_mode = force_custom_plan""";

  private final DataSource source;

  PostgresTransactions(DataSource source) {
    this.source = source;
  }

  @Override
  public <T> T read(Work<T> work) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return with(connection, true, work);
    }
  }

  @Override
  public <T> T write(Work<T> work) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = source.getConnection()) {
        return with(connection, false, statements -> commit(connection, statements, work));
      } catch (SQLException e) {
        if (attempt == MAX_ATTEMPTS || !TRY_AGAIN.contains(String.valueOf(e.getSQLState()))) {
          throw e;
        }
      }
    }
  }

  /** The connection goes back as it came. */
  private static <T> T with(Connection connection, boolean autoCommit, Work<T> work)
      throws SQLException {
    boolean before = connection.getAutoCommit();
    if (before != autoCommit) {
      connection.setAutoCommit(autoCommit);
    }
    try (Statements statements = new PostgresStatements(new Sql(connection))) {
      return work.on(statements);
    } finally {
      if (before != autoCommit && !connection.isClosed()) {
        connection.setAutoCommit(before);
      }
    }
  }

  private static <T> T commit(Connection connection, Statements statements, Work<T> work)
      throws SQLException {
    boolean done = false;
    try {
      statements.sql().run(SETTINGS);
      T result = work.on(statements);
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done && !connection.isClosed()) {
        connection.rollback();
      }
    }
  }

  @Override
  public void close() {}
}
