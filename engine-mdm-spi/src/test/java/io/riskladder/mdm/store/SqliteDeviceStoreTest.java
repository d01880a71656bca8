package io.riskladder.mdm.store;

import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.testkit.DeviceStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

final class SqliteDeviceStoreTest extends DeviceStoreContract {
  @TempDir private Path folder;

  @Override
  protected DeviceStore newStore() {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("store.db"));
    return JdbcDeviceStore.on(source);
  }
}
