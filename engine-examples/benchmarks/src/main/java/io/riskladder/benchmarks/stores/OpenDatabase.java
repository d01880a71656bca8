package io.riskladder.benchmarks.stores;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.riskladder.mdm.store.JdbcDeviceStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/** A database of its own, which waits for the disk, with who keeps devices in it. */
public final class OpenDatabase implements AutoCloseable {
  private static final List<String> TABLES =
      List.of(
          "riskladder_device",
          "riskladder_answer",
          "riskladder_lane",
          "riskladder_posting",
          "riskladder_dead_letter");

  /** The kinds of databases. */
  public enum Kind {
    /** A server of its own, with {@code fsync} and {@code synchronous_commit} on. */
    POSTGRESQL,
    /** A file, with a write-ahead log, and {@code synchronous} at FULL. */
    SQLITE
  }

  /** What closes a thing. */
  private interface Closing {
    void close() throws IOException, SQLException;
  }

  private final Kind kind;
  private final DataSource source;
  private final Closing closing;
  private final LibraryStore store;
  private final Keeper byHand;

  private OpenDatabase(Kind kind, DataSource source, Closing closing) throws SQLException {
    this.kind = kind;
    this.source = source;
    this.closing = closing;
    store = new LibraryStore(JdbcDeviceStore.on(source));
    byHand =
        switch (kind) {
          case POSTGRESQL -> new PostgresByHand(source);
          case SQLITE -> new SqliteByHand(source);
        };
  }

  /**
   * {@return a new database with the library's tables}
   *
   * @param kind which
   * @throws IOException if there is no room for it, or the server does not start
   * @throws SQLException if it fails
   */
  public static OpenDatabase of(Kind kind) throws IOException, SQLException {
    return switch (kind) {
      case POSTGRESQL -> postgres();
      case SQLITE -> sqlite();
    };
  }

  private static OpenDatabase postgres() throws IOException, SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_wal_size", "4GB")
            .start();
    HikariConfig pool = new HikariConfig();
    pool.setDataSource(server.getPostgresDatabase());
    pool.setMaximumPoolSize(2);
    HikariDataSource source = new HikariDataSource(pool);
    return new OpenDatabase(
        Kind.POSTGRESQL,
        source,
        () -> {
          source.close();
          server.close();
        });
  }

  private static OpenDatabase sqlite() throws IOException, SQLException {
    Path folder = Files.createTempDirectory("riskladder-benchmark");
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("store.db"));
    return new OpenDatabase(Kind.SQLITE, source, () -> delete(folder));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** {@return the library's store} */
  public LibraryStore store() {
    return store;
  }

  /** {@return what was written by hand} */
  public Keeper byHand() {
    return byHand;
  }

  /**
   * Empties all tables.
   *
   * @throws SQLException if the database fails
   */
  public void empty() throws SQLException {
    for (String table : TABLES) {
      run("DELETE FROM " + table);
    }
  }

  /**
   * Has the database look at how much is in the tables, and write what waits to be written.
   *
   * @throws SQLException if the database fails
   */
  public void settle() throws SQLException {
    switch (kind) {
      case POSTGRESQL -> {
        run("VACUUM ANALYZE");
        run("CHECKPOINT");
      }
      case SQLITE -> {
        run("ANALYZE");
        run("PRAGMA wal_checkpoint(TRUNCATE)");
      }
    }
  }

  private void run(String statement) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement plain = connection.createStatement()) {
      plain.execute(statement);
    }
  }

  /**
   * {@return all that both keep alike, in one order}
   *
   * @throws SQLException if the database fails
   */
  public List<String> rows() throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String query :
        List.of(
            "SELECT device, policies, due, claimed_until, state FROM riskladder_device ORDER BY 1",
            "SELECT event, device, at, rejection FROM riskladder_answer ORDER BY 1",
            "SELECT device, channel, not_before, claim, failures, again FROM riskladder_lane"
                + " ORDER BY 1, 2",
            "SELECT device, channel, at, effect, posted FROM riskladder_posting ORDER BY 1, 2, number")) {
      try (Connection connection = source.getConnection();
          Statement plain = connection.createStatement();
          ResultSet result = plain.executeQuery(query)) {
        while (result.next()) {
          StringBuilder row = new StringBuilder();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.append(result.getString(i)).append('|');
          }
          rows.add(row.toString());
        }
      }
    }
    return rows;
  }

  @Override
  public void close() throws IOException, SQLException {
    byHand.close();
    store.close();
    closing.close();
  }
}
