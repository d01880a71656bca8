package io.riskladder.mdm.runtime;

import io.riskladder.mdm.spi.StoredDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on devices that nobody hands in: rungs that are due, and versions of the policies that were
 * not put to a device yet. Claims devices, decides, keeps. What somebody else changed meanwhile is
 * left to be claimed again, if it is still to be done.
 */
final class Backlog {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  private final Tenancy tenancy;
  private final Policies policies;
  private final Decisions decisions;
  private final Duration lease;
  private final int batch;

  // what was claimed and perhaps not kept, because the store threw: it is tried again, as nobody
  // else may claim it for a while; each is for the turns of its own kind of work
  private List<StoredDevice> due = List.of();
  private List<StoredDevice> outdated = List.of();

  /**
   * The backlog of a tenant.
   *
   * @param lease how long a claim lasts
   * @param batch how many devices are claimed at a time
   */
  Backlog(Tenancy tenancy, Policies policies, Decisions decisions, Duration lease, int batch) {
    this.tenancy = tenancy;
    this.policies = policies;
    this.decisions = decisions;
    this.lease = lease;
    this.batch = batch;
  }

  /** Enters rungs that are due. {@return whether there may be more} */
  boolean enterDue(Instant now) {
    if (due.isEmpty()) {
      due = tenancy.store().claimDue(tenancy.id(), now, now.plus(lease), batch);
    }
    boolean more = keep(due, device -> decisions.onTime(device, now), now);
    due = List.of();
    return more;
  }

  /** Puts new policies to devices. {@return whether there may be more} */
  boolean rollOut(Instant now) {
    int latest = policies.readOn().latest();
    if (outdated.isEmpty()) {
      outdated = tenancy.store().claimOutdated(tenancy.id(), latest, now, now.plus(lease), batch);
    }
    boolean more = keep(outdated, decisions::onPolicies, now);
    outdated = List.of();
    return more;
  }

  private boolean keep(
      List<StoredDevice> claimed, Function<StoredDevice, DecidedDevice> decide, Instant now) {
    if (claimed.isEmpty()) {
      return false;
    }
    List<DecidedDevice> decided = new ArrayList<>(claimed.size());
    for (StoredDevice device : claimed) {
      try {
        decided.add(decide.apply(device));
      } catch (IllegalArgumentException e) { // it comes again when its claim has ended
        LOG.error("a device's state does not go with the policies: {}", e.getMessage());
      }
    }
    if (decided.isEmpty()) {
      return claimed.size() == batch;
    }
    Set<String> refused =
        tenancy
            .store()
            .commit(tenancy.id(), decided.stream().map(DecidedDevice::commit).toList(), now);
    for (DecidedDevice device : decided) {
      if (!refused.contains(device.commit().device())) {
        tenancy.decided(device, now);
      }
    }
    return claimed.size() == batch;
  }
}
