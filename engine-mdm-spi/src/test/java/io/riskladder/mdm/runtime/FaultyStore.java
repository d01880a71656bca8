package io.riskladder.mdm.runtime;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A store to which something happens before and after each call; it remembers what was kept. */
final class FaultyStore implements DeviceStore {

  private final DeviceStore store;
  private final Runnable happening;
  private final List<DeviceCommit> journal;

  /**
   * A store on another one.
   *
   * @param happening is run before and after each call, and may throw
   * @param journal gets what was kept, in order
   */
  FaultyStore(DeviceStore store, Runnable happening, List<DeviceCommit> journal) {
    this.store = store;
    this.happening = happening;
    this.journal = journal;
  }

  private <T> T call(Supplier<T> call) {
    happening.run();
    T result = call.get();
    happening.run();
    return result;
  }

  @Override
  public List<StoredPolicies> policies(String tenant, int from) {
    return call(() -> store.policies(tenant, from));
  }

  @Override
  public boolean addPolicies(String tenant, StoredPolicies next) {
    return call(() -> store.addPolicies(tenant, next));
  }

  @Override
  public Map<String, StoredDevice> load(String tenant, Collection<String> devices) {
    return call(() -> store.load(tenant, devices));
  }

  @Override
  public Set<String> unreadable(String tenant, Collection<String> devices) {
    return call(() -> store.unreadable(tenant, devices));
  }

  @Override
  public Map<String, StoredAnswer> answers(String tenant, Collection<String> events) {
    return call(() -> store.answers(tenant, events));
  }

  @Override
  public Set<String> commit(String tenant, List<DeviceCommit> commits, Instant now) {
    return call(
        () -> {
          Set<String> left = store.commit(tenant, commits, now);
          commits.stream().filter(commit -> !left.contains(commit.device())).forEach(journal::add);
          return left;
        });
  }

  @Override
  public List<StoredDevice> claimDue(String tenant, Instant now, Instant until, int limit) {
    return call(() -> store.claimDue(tenant, now, until, limit));
  }

  @Override
  public List<StoredDevice> claimOutdated(
      String tenant, int version, Instant now, Instant until, int limit) {
    return call(() -> store.claimOutdated(tenant, version, now, until, limit));
  }

  @Override
  public List<StoredDevice> scan(String tenant, Optional<String> after, int limit) {
    return call(() -> store.scan(tenant, after, limit));
  }

  @Override
  public List<Lane> claimLanes(
      String tenant, Channel channel, Instant now, Instant until, int limit, int perDevice) {
    return call(() -> store.claimLanes(tenant, channel, now, until, limit, perDevice));
  }

  @Override
  public void settle(String tenant, List<LaneResult> results, Instant now) {
    call(
        () -> {
          store.settle(tenant, results, now);
          return true;
        });
  }

  @Override
  public void deliverAgain(
      String tenant, Channel channel, Collection<String> devices, Instant now) {
    call(
        () -> {
          store.deliverAgain(tenant, channel, devices, now);
          return true;
        });
  }

  @Override
  public List<DeadLetter> deadLetters(String tenant, long after, int limit) {
    return call(() -> store.deadLetters(tenant, after, limit));
  }

  @Override
  public int takeDeadLetters(
      String tenant, Collection<Long> numbers, boolean deliver, Instant now) {
    return call(() -> store.takeDeadLetters(tenant, numbers, deliver, now));
  }

  @Override
  public int forgetAnswers(String tenant, Instant before, int limit) {
    return call(() -> store.forgetAnswers(tenant, before, limit));
  }

  @Override
  public StoreFigures figures(String tenant) {
    return call(() -> store.figures(tenant));
  }
}
