package io.riskladder.mdm.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One connection, kept until the end, which threads use in turn: SQLite lets one writer in at a
 * time, and who is turned away by it can only ask again, while those who wait here are woken in
 * order. Kept, because the last connection to close takes the write-ahead log away, which costs
 * more than most transactions.
 */
final class SqliteTransactions implements Transactions {
  /** How long another process may keep this one waiting, in milliseconds. */
  private static final int BUSY_TIMEOUT_MILLIS = 5_000;

  /** PRAGMA synchronous: what is committed survives a loss of power from here on. */
  private static final int FULL = 2;

  private final DataSource source;
  private final ReentrantLock turn = new ReentrantLock(true);
  private @Nullable Connection connection;
  private @Nullable Statements statements;
  private boolean autoCommitBefore;

  SqliteTransactions(DataSource source) {
    this.source = source;
  }

  @Override
  public <T> T read(Work<T> work) throws SQLException {
    return inTurn(work);
  }

  @Override
  public <T> T write(Work<T> work) throws SQLException {
    return inTurn(
        open -> {
          open.sql().run("BEGIN IMMEDIATE");
          boolean done = false;
          try {
            T result = work.on(open);
            open.sql().run("COMMIT");
            done = true;
            return result;
          } finally {
            if (!done) {
              open.sql().run("ROLLBACK");
            }
          }
        });
  }

  private <T> T inTurn(Work<T> work) throws SQLException {
    turn.lock();
    try {
      return work.on(open());
    } catch (SQLException e) {
      letGoAfter(e);
      throw e;
    } finally {
      turn.unlock();
    }
  }

  private Statements open() throws SQLException {
    Statements known = statements;
    if (known == null) {
      Connection fresh = source.getConnection();
      connection = fresh;
      autoCommitBefore = fresh.getAutoCommit();
      fresh.setAutoCommit(true); // else the driver begins transactions of its own
      known = new SqliteStatements(new Sql(fresh));
      statements = known;
      prepare(known.sql());
    }
    return known;
  }

  /** Settings are the connection's, but for the journal, which is the file's. */
  private static void prepare(Sql sql) throws SQLException {
    sql.query("PRAGMA busy_timeout = " + BUSY_TIMEOUT_MILLIS, r -> r.integer(1));
    List<String> journal = sql.query("PRAGMA journal_mode = WAL", r -> r.text(1));
    if (!journal.equals(List.of("wal"))) {
      throw new SQLException("the journal is " + journal + ", expected wal: is it a file on disk?");
    }
    sql.run("PRAGMA synchronous = FULL");
    List<Integer> synchronous = sql.query("PRAGMA synchronous", r -> r.integer(1));
    if (!synchronous.equals(List.of(FULL))) {
      throw new SQLException("synchronous is " + synchronous + ", expected " + FULL);
    }
  }

  /** What went wrong may have left the connection of no use; the next one gets a new one. */
  private void letGoAfter(SQLException failure) {
    try {
      letGo();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private void letGo() throws SQLException {
    Connection held = connection;
    Statements open = statements;
    connection = null;
    statements = null;
    if (held != null) {
      try (held) {
        if (open != null) {
          open.close();
        }
        held.setAutoCommit(autoCommitBefore);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    turn.lock();
    try {
      letGo();
    } finally {
      turn.unlock();
    }
  }
}
