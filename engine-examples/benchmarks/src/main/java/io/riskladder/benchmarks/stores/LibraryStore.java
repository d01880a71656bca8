package io.riskladder.benchmarks.stores;

import static io.riskladder.benchmarks.stores.Change.NOW;
import static io.riskladder.benchmarks.stores.Change.TENANT;
import static io.riskladder.benchmarks.stores.Change.UNTIL;

import com.google.common.collect.Lists;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeviceCommit;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.Lane;
import io.riskladder.mdm.spi.LaneResult;
import io.riskladder.mdm.spi.StoredAnswer;
import io.riskladder.mdm.spi.StoredDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The library's store. */
public final class LibraryStore implements Keeper {
  private static final int PER_DEVICE = 16;

  private final DeviceStore store;
  private long revision;

  /**
   * Keeps in a store, and closes it in the end.
   *
   * @param store the store
   */
  public LibraryStore(DeviceStore store) {
    this.store = store;
  }

  /**
   * Commits devices that are not there yet.
   *
   * @param changes what is to be kept
   */
  public void enrol(List<Change> changes) {
    commit(Lists.transform(changes, change -> commit(change, StoredDevice.NONE, false)));
  }

  @Override
  public void events(List<Change> changes) {
    Map<String, StoredDevice> known = store.load(TENANT, Lists.transform(changes, Change::device));
    List<DeviceCommit> commits = new ArrayList<>(changes.size());
    for (Change change : changes) {
      StoredDevice device = Objects.requireNonNull(known.get(change.device()));
      commits.add(commit(change, device.revision(), true));
    }
    commit(commits);
  }

  @Override
  public int dueRungs(Map<String, Change> changes, int limit) {
    List<StoredDevice> due = store.claimDue(TENANT, NOW, UNTIL, limit);
    List<DeviceCommit> commits = new ArrayList<>(due.size());
    for (StoredDevice device : due) {
      Change change = Objects.requireNonNull(changes.get(device.state().id()));
      commits.add(commit(change, device.revision(), false));
    }
    commit(commits);
    return due.size();
  }

  private DeviceCommit commit(Change change, long expected, boolean event) {
    return new DeviceCommit(
        change.device(),
        expected,
        ++revision,
        Optional.of(change.state()),
        0,
        event
            ? List.of(new StoredAnswer(change.event(), change.device(), NOW, Optional.empty()))
            : List.of(),
        Lists.transform(change.postings(), Change.Posting::effect));
  }

  private void commit(List<DeviceCommit> commits) {
    if (!store.commit(TENANT, commits, NOW).isEmpty()) {
      throw new IllegalStateException("devices were left");
    }
  }

  @Override
  public int deliveries(int limit) {
    List<Lane> lanes = store.claimLanes(TENANT, Channel.LABELS, NOW, UNTIL, limit, PER_DEVICE);
    List<LaneResult> results = new ArrayList<>(lanes.size());
    for (Lane lane : lanes) {
      List<Long> gone = Lists.transform(lane.waiting(), Lane.Waiting::number);
      results.add(new LaneResult(lane, gone, Map.of(), 0, NOW));
    }
    store.settle(TENANT, results, NOW);
    return lanes.size();
  }

  @Override
  public void close() {
    store.close();
  }
}
