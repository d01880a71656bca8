package io.riskladder.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.store.JdbcDeviceStore;
import io.riskladder.mdm.store.StoreException;
import io.riskladder.mdm.testkit.DeviceStoreContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/**
 * How do I know that a store of mine is right? It keeps to the contract that comes with the kit.
 */
final class MyOwnStoreTest extends DeviceStoreContract {
  @TempDir private Path folder;

  private final List<String> failed = new CopyOnWriteArrayList<>();

  private SQLiteDataSource database() {
    SQLiteDataSource database = new SQLiteDataSource();
    database.setUrl("jdbc:sqlite:" + folder.resolve("store.db"));
    return database;
  }

  @Override
  protected DeviceStore newStore() {
    return MyOwnStore.watched(
        JdbcDeviceStore.on(database()),
        (call, works) -> {
          if (!works) {
            failed.add(call);
          }
        });
  }

  @Test
  void what_fails_inside_is_seen_and_goes_on_to_the_engine() throws SQLException {
    try (DeviceStore store = newStore();
        Connection connection = database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE riskladder_device");
      assertThrows(StoreException.class, () -> store.load("contoso", List.of("d")));
      assertEquals(List.of("load"), failed);
    }
  }
}
