package io.riskladder.benchmarks.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.store.InMemoryDeviceStore;
import io.riskladder.mdm.store.JdbcDeviceStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;

/** An empty store, with what it is in; databases wait for the disk. */
final class OpenStore implements AutoCloseable {
  static final List<String> KINDS = List.of("postgres", "sqlite", "memory");

  private static final int CONNECTIONS = 10;

  /** What ends what the store is in. */
  private interface End {
    void end() throws IOException;
  }

  /** What to do when much was written. */
  private interface Upkeep {
    void run() throws SQLException;
  }

  private final DeviceStore store;
  private final Upkeep upkeep;
  private final End end;

  private OpenStore(DeviceStore store, Upkeep upkeep, End end) {
    this.store = store;
    this.upkeep = upkeep;
    this.end = end;
  }

  static OpenStore of(String kind) throws IOException {
    return switch (kind) {
      case "postgres" -> postgres();
      case "sqlite" -> sqlite();
      case "memory" -> new OpenStore(new InMemoryDeviceStore(), () -> {}, () -> {});
      default -> throw new IllegalArgumentException("store: " + kind + " is none of " + KINDS);
    };
  }

  private static OpenStore postgres() throws IOException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_wal_size", "4GB")
            .start();
    HikariConfig config = new HikariConfig();
    config.setDataSource(server.getPostgresDatabase());
    config.setMaximumPoolSize(CONNECTIONS);
    HikariDataSource pool = new HikariDataSource(config);
    return new OpenStore(
        JdbcDeviceStore.on(pool),
        () -> run(pool, "VACUUM ANALYZE"),
        () -> {
          pool.close();
          server.close();
        });
  }

  private static OpenStore sqlite() throws IOException {
    Path folder = Files.createTempDirectory("riskladder-load");
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("store.db"));
    return new OpenStore(JdbcDeviceStore.on(source), () -> {}, () -> delete(folder));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void run(DataSource source, String statement) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement plain = connection.createStatement()) {
      plain.execute(statement);
    }
  }

  DeviceStore store() {
    return store;
  }

  /** What the server does by itself, some minutes after much was written. */
  void upkeep() throws SQLException {
    upkeep.run();
  }

  @Override
  public void close() throws IOException {
    store.close();
    end.end();
  }
}
