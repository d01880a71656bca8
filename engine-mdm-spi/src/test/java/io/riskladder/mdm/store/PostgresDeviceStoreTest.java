package io.riskladder.mdm.store;

import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.testkit.DeviceStoreContract;
import java.sql.SQLException;

final class PostgresDeviceStoreTest extends DeviceStoreContract {
  @Override
  protected DeviceStore newStore() throws SQLException {
    return JdbcDeviceStore.on(PostgresServer.sharedAndBare());
  }
}
