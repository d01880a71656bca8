package io.riskladder.mdm.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A PostgreSQL server of its own, from Maven's artifacts, on a port and in a folder that are free.
 * If it does not start, the tests that need it fail.
 */
public final class PostgresServer implements AutoCloseable {

  /** Whether the server waits until what is committed is on the disk. */
  public enum Fsync {
    /** For tests of durability. */
    ON,
    /** For all others: faster, and lost with the machine's power. */
    OFF
  }

  /** One for all tests of a JVM that ask for no other; ends with the JVM. */
  private static final class Shared {
    private static final PostgresServer SERVER = start(Fsync.OFF);
    private static final PooledDataSource POOL = SERVER.pool();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(Shared::stop));
    }

    private Shared() {}

    private static void stop() {
      POOL.close();
      SERVER.close();
    }
  }

  private final EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Starts a server, which whoever starts it has to close.
   *
   * @param fsync whether it waits for the disk
   * @return the server
   */
  public static PostgresServer start(Fsync fsync) {
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    if (fsync == Fsync.ON) {
      builder.setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on");
    }
    try {
      return new PostgresServer(builder.start());
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "PostgreSQL did not start. It does not run as root; for root it is started by the command"
              + " unshare, which has to be allowed to make a user namespace",
          e);
    }
  }

  /** {@return a pool of connections to the server that all tests of this JVM share} */
  public static DataSource shared() {
    return Shared.POOL;
  }

  /** {@return a new pool of connections to this server's database} */
  public PooledDataSource pool() {
    return new PooledDataSource(server.getPostgresDatabase());
  }

  /**
   * {@return the shared pool, whose database has no tables of ours}
   *
   * @throws SQLException if they cannot be taken away
   */
  static DataSource sharedAndBare() throws SQLException {
    try (Connection connection = shared().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }
    return shared();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not stop", e);
    }
  }
}
