package io.riskladder.mdm.store;

import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeadLetter;
import io.riskladder.mdm.spi.DeviceCommit;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.Lane;
import io.riskladder.mdm.spi.LaneResult;
import io.riskladder.mdm.spi.StoreFigures;
import io.riskladder.mdm.spi.StoredAnswer;
import io.riskladder.mdm.spi.StoredDevice;
import io.riskladder.mdm.spi.StoredPolicies;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps everything in the memory of this process, and nothing when that ends: for tests, and for
 * hosts that can make all of it anew from their own records. Safe for use by several threads, of
 * which one at a time gets in.
 */
public final class InMemoryDeviceStore implements DeviceStore {
  private final Map<String, TenantMemory> tenants = new HashMap<>();

  /** Makes an empty store. */
  public InMemoryDeviceStore() {}

  private TenantMemory of(String tenant) {
    return tenants.computeIfAbsent(tenant, id -> new TenantMemory());
  }

  @Override
  public synchronized List<StoredPolicies> policies(String tenant, int from) {
    return of(tenant).policies(from);
  }

  @Override
  public synchronized boolean addPolicies(String tenant, StoredPolicies next) {
    return of(tenant).addPolicies(next);
  }

  @Override
  public synchronized Map<String, StoredDevice> load(String tenant, Collection<String> devices) {
    return of(tenant).load(devices);
  }

  @Override
  public synchronized Map<String, StoredAnswer> answers(String tenant, Collection<String> events) {
    return of(tenant).answers(events);
  }

  @Override
  public synchronized Set<String> commit(String tenant, List<DeviceCommit> commits, Instant now) {
    return of(tenant).commit(commits, now);
  }

  @Override
  public synchronized List<StoredDevice> claimDue(
      String tenant, Instant now, Instant until, int limit) {
    return of(tenant).claimDue(now, until, limit);
  }

  @Override
  public synchronized List<StoredDevice> claimOutdated(
      String tenant, int version, Instant now, Instant until, int limit) {
    return of(tenant).claimOutdated(version, now, until, limit);
  }

  @Override
  public synchronized List<StoredDevice> scan(String tenant, Optional<String> after, int limit) {
    return of(tenant).scan(after, limit);
  }

  @Override
  public synchronized List<Lane> claimLanes(
      String tenant, Channel channel, Instant now, Instant until, int limit, int perDevice) {
    return of(tenant).claimLanes(channel, now, until, limit, perDevice);
  }

  @Override
  public synchronized void settle(String tenant, List<LaneResult> results, Instant now) {
    of(tenant).settle(results, now);
  }

  @Override
  public synchronized void deliverAgain(
      String tenant, Channel channel, Collection<String> devices, Instant now) {
    of(tenant).deliverAgain(channel, devices, now);
  }

  @Override
  public synchronized List<DeadLetter> deadLetters(String tenant, long after, int limit) {
    return of(tenant).deadLetters(after, limit);
  }

  @Override
  public synchronized int takeDeadLetters(
      String tenant, Collection<Long> numbers, boolean deliver, Instant now) {
    return of(tenant).takeDeadLetters(numbers, deliver, now);
  }

  @Override
  public synchronized int forgetAnswers(String tenant, Instant before, int limit) {
    return of(tenant).forgetAnswers(before, limit);
  }

  @Override
  public synchronized StoreFigures figures(String tenant) {
    return of(tenant).figures();
  }
}
