package io.riskladder.mdm.store;

import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.testkit.DeviceStoreContract;

final class InMemoryDeviceStoreTest extends DeviceStoreContract {
  @Override
  protected DeviceStore newStore() {
    return new InMemoryDeviceStore();
  }
}
