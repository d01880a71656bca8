package io.riskladder.mdm.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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

  private final EmbeddedPostgres.Builder builder;
  private EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres.Builder builder) {
    this.builder = builder;
    this.server = start(builder);
  }

  /**
   * Starts a server, which whoever starts it has to close.
   *
   * @param fsync whether it waits for the disk
   * @return the server
   */
  public static PostgresServer start(Fsync fsync) {
    return start(EmbeddedPostgres.builder(), fsync);
  }

  private static PostgresServer start(EmbeddedPostgres.Builder builder, Fsync fsync) {
    if (fsync == Fsync.ON) {
      builder.setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on");
    }
    return new PostgresServer(builder);
  }

  /**
   * Starts a server that waits for the disk and can be killed, which whoever starts it has to
   * close.
   *
   * @param folder where it keeps its data
   * @return the server
   */
  public static PostgresServer durable(Path folder) {
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    return start(builder.setDataDirectory(folder).setCleanDataDirectory(false), Fsync.ON);
  }

  private static EmbeddedPostgres start(EmbeddedPostgres.Builder builder) {
    try {
      return builder.start();
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "PostgreSQL did not start. It does not run as root; for root it is started by the command"
              + " unshare, which has to be allowed to make a user namespace",
          e);
    }
  }

  /** {@return a URL of this server's database} It stays the same when the server is killed. */
  public String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  /**
   * Kills (SIGKILL) the server process of one of the connections that others hold, at least one.
   * The server takes its memory to be damaged then: it ends all others, throws its memory away, and
   * recovers from its log.
   *
   * @throws SQLException if it cannot be asked for its processes
   */
  public void killBackend() throws SQLException {
    String pid =
        ask(
            """
            SELECT max(pid) FROM pg_stat_activity
            WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()""");
    ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
  }

  private String ask(String question) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      answer.next();
      return answer.getString(1);
    }
  }

  /**
   * Kills (SIGKILL) all processes of a {@link #durable} server, and starts it again on what it left
   * on the disk.
   *
   * @throws IOException if its folder cannot be read
   * @throws SQLException if it cannot be asked for it
   */
  public void killAndRestart() throws IOException, SQLException {
    Path pids = Path.of(ask("SHOW data_directory"), "postmaster.pid");
    ProcessHandle main =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(pids).get(0))).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(List.of(main));
    main.descendants().forEach(all::add);
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
    int port = server.getPort();
    server.close();
    server = start(builder.setPort(port));
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
