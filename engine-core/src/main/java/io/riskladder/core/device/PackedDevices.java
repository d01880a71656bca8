package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.internal.Checks;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicyArchive;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The states of many devices, in little memory: what {@link DeviceState#decide} does to a map of
 * states by device id, this does in place. For fleets; a host that loads one device at a time has
 * no need of it.
 *
 * <p>Each device has a slot, a number that it keeps until it is removed. Its state is packed into a
 * few words in large arrays, because a million objects apiece are what makes a fleet slow: nearly
 * all of the time would go into waiting for memory. To decide, the words are read into the same
 * {@code DeviceInProgress} that decides for single states, so that there is one set of rules. A
 * state that does not fit into the words (a threat is pinned, or a number is very large) is kept as
 * it is.
 *
 * <p>Law: the states and effects are those of {@link DeviceState#decide}. Not safe for use by
 * several threads.
 */
public final class PackedDevices {
  private static final int PAGE_BITS = 12;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int MASK = PAGE - 1;

  // the second word, from the lowest bit up: the rest of the latest instant, and these
  private static final int CONNECTED_SHIFT = PackedInstant.REST_BITS;
  private static final int PLATFORM_SHIFT = CONNECTED_SHIFT + 1;
  private static final int UNPACKED_SHIFT = PLATFORM_SHIFT + 1;
  private static final int GROUP_SHIFT = UNPACKED_SHIFT + 1;
  private static final int GROUP_BITS = 20;
  private static final int COUNT_SHIFT = GROUP_SHIFT + GROUP_BITS;

  private static final int MAX_COUNT = ThreatPool.MAX_RUN; // far below what there are bits for

  /** What is kept of some devices that are next to each other. */
  private static final class Page {
    private final long[] lastSeen = new long[PAGE];
    private final long[] rest = new long[PAGE];
    private final int[] run = new int[PAGE];
    private final int[] version = new int[PAGE];
    private @Nullable Map<Integer, Set<String>> apps;
  }

  private final Decider decider = new Decider();
  private final DeviceInProgress reader = new DeviceInProgress();
  private final DeviceIndex index = new DeviceIndex();
  private final ThreatPool pool = new ThreatPool();
  private final Map<Integer, EnrolledDevice> unpacked = new HashMap<>();
  private final Numbers groups = new Numbers();
  private final Numbers classifications = new Numbers();
  private Page[] pages = new Page[0];
  private @Nullable PackedRooms rooms;

  /** Makes a collection without devices. */
  public PackedDevices() {}

  /** {@return how many devices are enrolled} */
  public int size() {
    return index.size();
  }

  /** {@return a number above the slots of all devices} */
  public int slots() {
    return index.slots();
  }

  /**
   * {@return the slot of a device, or -1 if it is not enrolled}
   *
   * @param id the device's id
   */
  public int find(String id) {
    return index.find(id);
  }

  /**
   * {@return the id of the device in a slot, if there is one}
   *
   * @param slot a slot below {@link #slots()}
   */
  public Optional<String> id(int slot) {
    return Optional.ofNullable(index.id(slot));
  }

  /**
   * {@return the state of the device in a slot}
   *
   * @param slot the slot of an enrolled device
   * @param policies the policies that it is under
   */
  public EnrolledDevice device(int slot, PolicyArchive policies) {
    EnrolledDevice asItIs = isUnpacked(slot) ? unpacked.get(slot) : null;
    if (asItIs != null) {
      return asItIs;
    }
    read(slot, policies, reader, effect -> {});
    EnrolledDevice device = reader.state();
    reader.end();
    return device;
  }

  /**
   * {@return when the next rung of a device is to be entered, in seconds since 1970, cut off;
   * {@link Long#MAX_VALUE} if there is none}
   *
   * @param slot the slot of an enrolled device
   */
  public long nextDueSecond(int slot) {
    int place = earliestDue(slot);
    if (place >= 0) {
      return PackedInstant.second(pool.word(place, PackedThreat.DUE));
    }
    Instant due = dueOfUnpacked(slot);
    return due == null ? Long.MAX_VALUE : due.getEpochSecond();
  }

  /**
   * {@return the nanoseconds that were cut off from {@link #nextDueSecond}; 0 if there is none}
   *
   * @param slot the slot of an enrolled device
   */
  public int nextDueNano(int slot) {
    int place = earliestDue(slot);
    if (place >= 0) {
      return PackedInstant.nano(pool.word(place, PackedThreat.DUE), dueRest(place));
    }
    Instant due = dueOfUnpacked(slot);
    return due == null ? 0 : PackedInstant.nano(PackedInstant.word(due), PackedInstant.rest(due));
  }

  private @Nullable Instant dueOfUnpacked(int slot) {
    EnrolledDevice asItIs = isUnpacked(slot) ? unpacked.get(slot) : null;
    return asItIs == null ? null : asItIs.due();
  }

  /** {@return the place of the packed threat whose next rung is due first, or -1} */
  private int earliestDue(int slot) {
    Page page = page(slot);
    long rest = page.rest[slot & MASK];
    int run = page.run[slot & MASK];
    int earliest = -1;
    long word = 0;
    for (int i = 0; i < count(rest); i++) {
      long due = pool.word(run + i, PackedThreat.DUE);
      if (due != PackedThreat.NO_DUE && (earliest < 0 || isEarlier(run + i, due, earliest, word))) {
        earliest = run + i;
        word = due;
      }
    }
    return earliest;
  }

  private int dueRest(int place) {
    return PackedThreat.dueRest(pool.word(place, PackedThreat.REST));
  }

  private boolean isEarlier(int place, long due, int than, long word) {
    return due < word || (due == word && dueRest(place) < dueRest(than));
  }

  /**
   * Decides on a device, enrolled or not, and keeps what comes of it.
   *
   * @param id the device's id
   * @param policies as for {@link DeviceState#decide}, as the others are
   * @param event what happened
   * @param at when it happened
   * @param number the event's number
   * @param sink gets the effects, in order, before the new state is kept; it must not use these
   *     devices. If it throws, the old state stays.
   * @return the device's slot, or -1 if it is not enrolled afterwards
   * @throws IllegalArgumentException as for {@link DeviceState#decide}, or if the id is none
   */
  public int decide(
      String id,
      PolicyArchive policies,
      DeviceEvent event,
      Instant at,
      long number,
      EffectSink sink) {
    int slot = index.find(id);
    if (slot >= 0) {
      return decide(slot, policies, event, at, number, sink) ? slot : -1;
    }
    DeviceState next = DeviceState.unknown(id).decide(policies, event, at, number, sink);
    if (!(next instanceof EnrolledDevice device)) {
      return -1;
    }
    int fresh = index.add(id);
    makeRoom(fresh);
    keep(fresh, device);
    return fresh;
  }

  /**
   * Decides on the device in a slot, as above.
   *
   * @param slot the slot of an enrolled device
   * @param policies the policies
   * @param event what happened
   * @param at when it happened
   * @param number the event's number
   * @param sink gets the effects
   * @return whether the device is still enrolled; if it is not, its slot may be given to another
   * @throws IllegalArgumentException as above
   */
  public boolean decide(
      int slot,
      PolicyArchive policies,
      DeviceEvent event,
      Instant at,
      long number,
      EffectSink sink) {
    if (isUnpacked(slot)) {
      DeviceState next = device(slot, policies).decide(policies, event, at, number, sink);
      if (next instanceof EnrolledDevice device) {
        keep(slot, device);
        return true;
      }
      remove(slot);
      return false;
    }
    Checks.instant("at", at);
    DeviceInProgress device = decider.device();
    read(slot, policies, device, sink);
    boolean stays = decider.decideOnTaken(event, at, number);
    if (stays) {
      keep(slot, device);
    } else {
      remove(slot);
    }
    device.end();
    return stays;
  }

  /** Takes a packed device up. */
  private void read(int slot, PolicyArchive policies, DeviceInProgress device, EffectSink sink) {
    Page page = page(slot);
    int i = slot & MASK;
    long rest = page.rest[i];
    PackedRooms.Room room = rooms(policies, page.version[i]).room(group(rest));
    device.take(
        requireNonNull(index.id(slot)),
        policies,
        page.version[i],
        room.group(),
        platform(rest),
        apps(page, i),
        (rest >>> CONNECTED_SHIFT & 1) != 0,
        PackedInstant.instant(page.lastSeen[i], (int) rest),
        sink);
    int run = page.run[i];
    int count = count(rest);
    for (int place = run; place < run + count; place++) {
      int classification = PackedThreat.classification(pool.word(place, PackedThreat.REST));
      device.add(pool, place, classifications.name(classification), room.ladder(classification));
    }
    device.settleSilently();
  }

  /** {@return the policies of a version, ready to be looked up by number} */
  private PackedRooms rooms(PolicyArchive archive, int version) {
    PackedRooms known = rooms;
    CompiledPolicies policies = PolicyLookup.policies(archive, version);
    if (known == null || !known.areOf(policies)) {
      known = new PackedRooms(policies, version, groups, classifications);
      rooms = known;
    }
    return known;
  }

  private static Set<String> apps(Page page, int i) {
    Map<Integer, Set<String>> apps = page.apps;
    return apps == null ? Set.of() : apps.getOrDefault(i, Set.of());
  }

  private static Platform platform(long rest) {
    return (rest >>> PLATFORM_SHIFT & 1) == 0 ? Platform.ANDROID : Platform.IOS;
  }

  private static int group(long rest) {
    return (int) (rest >>> GROUP_SHIFT) & ((1 << GROUP_BITS) - 1);
  }

  private static int count(long rest) {
    return (int) (rest >>> COUNT_SHIFT);
  }

  private boolean isUnpacked(int slot) {
    return (page(slot).rest[slot & MASK] >>> UNPACKED_SHIFT & 1) != 0;
  }

  private Page page(int slot) {
    return pages[slot >>> PAGE_BITS];
  }

  private void makeRoom(int slot) {
    if (slot >>> PAGE_BITS == pages.length) {
      pages = Arrays.copyOf(pages, pages.length + 1);
      pages[pages.length - 1] = new Page();
    }
  }

  private void keep(int slot, EnrolledDevice state) {
    DeviceInProgress device = decider.device();
    device.copy(state);
    keep(slot, device);
    device.end();
  }

  private void keep(int slot, DeviceInProgress device) {
    Page page = page(slot);
    int i = slot & MASK;
    boolean fits = fits(device);
    int run = makeRun(page, i, fits ? device.threatCount() : 0);
    if (!fits) {
      page.rest[i] = 1L << UNPACKED_SHIFT;
      unpacked.put(slot, device.state());
      return;
    }
    if ((page.rest[i] >>> UNPACKED_SHIFT & 1) != 0) {
      unpacked.remove(slot);
    }
    for (int t = 0; t < device.threatCount(); t++) {
      device.threat(t).pack(pool, run + t);
    }
    page.run[i] = run;
    page.version[i] = device.version();
    page.lastSeen[i] = PackedInstant.word(device.lastSeen());
    page.rest[i] =
        PackedInstant.rest(device.lastSeen())
            | (device.connected() ? 1L << CONNECTED_SHIFT : 0)
            | (device.platform() == Platform.IOS ? 1L << PLATFORM_SHIFT : 0)
            | (long) groups.of(device.group()) << GROUP_SHIFT
            | (long) device.threatCount() << COUNT_SHIFT;
    if (!device.installedApps().isEmpty()) {
      keepApps(page, i, device.installedApps());
    }
  }

  private boolean fits(DeviceInProgress device) {
    int count = device.threatCount();
    if (count > MAX_COUNT || groups.of(device.group()) >= 1 << GROUP_BITS) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (!device.threat(i).fits(classifications)) {
        return false;
      }
    }
    return true;
  }

  /** {@return a run for so many threats, which is the present one if that is as large} */
  private int makeRun(Page page, int i, int count) {
    int run = page.run[i];
    int before = count(page.rest[i]);
    if (before > 0 && count > 0 && ThreatPool.haveOneSize(before, count)) {
      pool.clear(run + count, run + before);
      return run;
    }
    if (before > 0) {
      pool.give(run, before);
    }
    return count == 0 ? ThreatPool.NOWHERE : pool.take(count);
  }

  private static void keepApps(Page page, int i, Set<String> apps) {
    Map<Integer, Set<String>> byDevice = page.apps;
    if (byDevice == null) {
      byDevice = new HashMap<>();
      page.apps = byDevice;
    }
    byDevice.put(i, apps);
  }

  private void remove(int slot) {
    Page page = page(slot);
    int i = slot & MASK;
    makeRun(page, i, 0);
    page.rest[i] = 0;
    unpacked.remove(slot);
    if (page.apps != null) {
      page.apps.remove(i);
    }
    index.remove(slot, requireNonNull(index.id(slot)));
  }

  /**
   * {@return why policies cannot be put in force, if they cannot: the first device, in order of id,
   * that they do not fit}
   *
   * @param next the policies
   * @param mode what would become of the threats that are open
   * @param present the policies that the devices are under
   */
  public Optional<String> misfit(
      CompiledPolicies next, PolicyChangeMode mode, PolicyArchive present) {
    boolean[] groupFits = groups.matching(id -> next.group(id).isPresent());
    boolean[] classificationFits =
        classifications.matching(
            id -> mode == PolicyChangeMode.PIN || PolicyFit.canBeRated(next, id));
    int first = -1;
    for (int slot = 0; slot < slots(); slot++) {
      String id = index.id(slot);
      if (id != null
          && (first < 0 || id.compareTo(requireNonNull(index.id(first))) < 0)
          && !fits(slot, next, mode, groupFits, classificationFits)) {
        first = slot;
      }
    }
    return first < 0 ? Optional.empty() : PolicyFit.misfit(device(first, present), next, mode);
  }

  private boolean fits(
      int slot,
      CompiledPolicies next,
      PolicyChangeMode mode,
      boolean[] groupFits,
      boolean[] classificationFits) {
    EnrolledDevice asItIs = isUnpacked(slot) ? unpacked.get(slot) : null;
    if (asItIs != null) {
      return PolicyFit.misfit(asItIs, next, mode).isEmpty();
    }
    Page page = page(slot);
    long rest = page.rest[slot & MASK];
    boolean fits = groupFits[group(rest)];
    int run = page.run[slot & MASK];
    for (int place = run; place < run + count(rest); place++) {
      fits &= classificationFits[PackedThreat.classification(pool.word(place, PackedThreat.REST))];
    }
    return fits;
  }

  /** {@return the versions of the policies that threats are pinned to} */
  public Set<Integer> pinnedVersions() {
    Set<Integer> versions = new HashSet<>(); // a device with a pinned threat is not packed
    for (EnrolledDevice device : unpacked.values()) {
      for (ThreatState threat : device.threatsInOrder()) {
        threat.pin().ifPresent(pin -> versions.add(pin.version()));
      }
    }
    return versions;
  }
}
