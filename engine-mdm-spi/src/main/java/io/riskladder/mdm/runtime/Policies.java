package io.riskladder.mdm.runtime;

import io.riskladder.core.Limits;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.StoredPolicies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The versions of a tenant's policies as this engine knows them: read from the store, and read on
 * when a device turns out to know of a later one. Safe for use by several threads.
 */
final class Policies {

  /**
   * What is known at one time.
   *
   * @param archive all versions, ready to be decided by
   * @param versions how each came about, by number
   * @param labelNames all names that labels have or had: what an older version put on is to come
   *     off
   */
  record Known(PolicyArchive archive, List<StoredPolicies> versions, Set<String> labelNames) {
    static Known of(PolicyArchive archive, List<StoredPolicies> versions) {
      Set<String> names = new TreeSet<>();
      versions.forEach(version -> names.addAll(version.policies().labels().names().values()));
      return new Known(archive, List.copyOf(versions), Collections.unmodifiableSet(names));
    }

    int latest() {
      return versions.size() - 1;
    }
  }

  private final String tenant;
  private final DeviceStore store;
  private final Limits limits;
  private volatile Known known;

  private Policies(String tenant, DeviceStore store, Limits limits, Known known) {
    this.tenant = tenant;
    this.store = store;
    this.limits = limits;
    this.known = known;
  }

  /** Reads the policies of a tenant, which has to have some. */
  static Policies read(String tenant, DeviceStore store, Limits limits) {
    List<StoredPolicies> versions = store.policies(tenant, 0);
    if (versions.isEmpty()) {
      throw new IllegalStateException("tenant has no policies in the store");
    }
    PolicyArchive archive = PolicyArchive.startingWith(compiled(versions.get(0), limits));
    for (StoredPolicies later : versions.subList(1, versions.size())) {
      archive = archive.replacedBy(compiled(later, limits));
    }
    return new Policies(tenant, store, limits, Known.of(archive, versions));
  }

  private static CompiledPolicies compiled(StoredPolicies policies, Limits limits) {
    return policies.policies().compile(limits);
  }

  Known known() {
    return known;
  }

  /** {@return what is known, version {@code version} included, which has to be in the store} */
  Known upTo(int version) {
    Known present = known;
    return version <= present.latest() ? present : readOn();
  }

  /** Reads versions that came since. */
  synchronized Known readOn() {
    Known before = known;
    List<StoredPolicies> newer = store.policies(tenant, before.latest() + 1);
    if (newer.isEmpty()) {
      return before;
    }
    PolicyArchive archive = before.archive();
    List<StoredPolicies> versions = new ArrayList<>(before.versions());
    for (StoredPolicies next : newer) {
      archive = archive.replacedBy(compiled(next, limits));
      versions.add(next);
    }
    Known after = Known.of(archive, versions);
    known = after;
    return after;
  }
}
