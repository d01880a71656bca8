package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.Block;

/**
 * What is to be blocked on a device.
 *
 * @param tenant the tenant's id
 * @param device the device's id
 * @param block what is to be blocked, instead of all that was before; perhaps nothing
 * @param key the idempotency key: the id of the last effect that led here
 */
public record BlockTarget(String tenant, String device, Block block, String key) {
  /**
   * Takes what it is given.
   *
   * @param tenant the tenant's id
   * @param device the device's id
   * @param block what is to be blocked
   * @param key the idempotency key
   */
  public BlockTarget {
    requireNonNull(tenant, "tenant");
    requireNonNull(device, "device");
    requireNonNull(block, "block");
    requireNonNull(key, "key");
  }
}
