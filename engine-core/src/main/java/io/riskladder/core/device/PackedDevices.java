package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicyArchive;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
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

  // the words of a device: the latest instant that it has seen; the number of the place where its
  // threats are, and above that a number that belongs to whoever uses these devices; and the rest
  private static final int WORDS = 3;
  private static final int LAST_SEEN = 0;
  private static final int PLACES = 1;
  private static final int REST = 2;

  /** So many devices there can be at most. */
  public static final int MAX_DEVICES = 1 << 26;

  /** What {@link #waiting} is of a slot at first: the largest number there is. */
  public static final int NOT_WAITING = Integer.MAX_VALUE;

  // the last word, from the lowest bit up: the rest of the latest instant, and these
  private static final int CONNECTED_SHIFT = PackedInstant.REST_BITS;
  private static final int PLATFORM_SHIFT = CONNECTED_SHIFT + 1;
  private static final int UNPACKED_SHIFT = PLATFORM_SHIFT + 1;
  private static final int GROUP_SHIFT = UNPACKED_SHIFT + 1;
  private static final int GROUP_BITS = 20;
  private static final int COUNT_SHIFT = GROUP_SHIFT + GROUP_BITS;
  private static final int COUNT_BITS = 13;
  private static final int VERSION_SHIFT = COUNT_SHIFT + COUNT_BITS;
  private static final int VERSIONS = 1 << (Long.SIZE - VERSION_SHIFT);

  private static final int MAX_COUNT = ThreatPool.MAX_RUN; // for which there are bits enough

  /** What is kept of some devices that are next to each other. */
  private static final class Page {
    private final long[] words = new long[PAGE * WORDS];
    private @Nullable Map<Integer, Set<String>> apps;

    Page() {
      for (int i = 0; i < PAGE; i++) {
        words[i * WORDS + PLACES] = (long) NOT_WAITING << Integer.SIZE;
      }
    }
  }

  private final Decider decider = new Decider();
  private final DeviceInProgress reader = new DeviceInProgress();
  private final DeviceIndex index = new DeviceIndex();
  private final ThreatPool pool = new ThreatPool();
  private final Map<Integer, EnrolledDevice> unpacked = new HashMap<>();
  private final BitSet givenAgain = new BitSet();
  private final Numbers groups = new Numbers();
  private final Numbers classifications = new Numbers();
  private Page[] pages = new Page[0];

  // policies, ready to be looked up by number: those of the versions in the archive that was handed
  // in last, as far as they were needed, and those that were needed last
  private final Map<Integer, PackedRooms> roomsByVersion = new HashMap<>();
  private final PackedRooms.Finder finder = this::rooms;
  private @Nullable PolicyArchive roomsOf;
  private @Nullable PackedRooms rooms;

  // of the device that was decided on last
  private boolean dueChanged;
  private long dueSecond = Long.MAX_VALUE;
  private int dueNano;

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
   * {@return whether there is a device in a slot}
   *
   * @param slot a slot below {@link #slots()}
   */
  public boolean isTaken(int slot) {
    return index.id(slot) != null;
  }

  /**
   * {@return the id of the device in a slot}
   *
   * @param slot a slot below {@link #slots()}
   * @throws IllegalStateException if there is no device in it
   */
  public String id(int slot) {
    String id = index.id(slot);
    if (id == null) {
      throw new IllegalStateException("no device in slot " + slot);
    }
    return id;
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
   * Finds out when the next rung of a device is to be entered: see {@link #dueSecond()} and {@link
   * #dueNano()}.
   *
   * @param slot a slot below {@link #slots()}
   * @return whether there is a next rung
   */
  public boolean findDue(int slot) {
    dueSecond = Long.MAX_VALUE;
    dueNano = 0;
    long rest = word(slot, REST);
    int run = run(slot);
    int earliest = -1;
    long word = 0;
    for (int place = run; place < run + count(rest); place++) {
      long due = pool.word(place, PackedThreat.DUE);
      if (due != PackedThreat.NO_DUE
          && (earliest < 0 || due < word || (due == word && dueRest(place) < dueRest(earliest)))) {
        earliest = place;
        word = due;
      }
    }
    if (earliest >= 0) {
      dueSecond = PackedInstant.second(word);
      dueNano = PackedInstant.nano(word, dueRest(earliest));
    } else if (isUnpacked(slot)) {
      EnrolledDevice asItIs = unpacked.get(slot);
      Instant due = asItIs == null ? null : asItIs.due();
      if (due != null) {
        dueSecond = due.getEpochSecond();
        dueNano = due.getNano();
      }
    }
    return dueSecond != Long.MAX_VALUE;
  }

  private int dueRest(int place) {
    return PackedThreat.dueRest(pool.word(place, PackedThreat.REST));
  }

  /**
   * {@return when the next rung is to be entered of the device that {@link #findDue} or a decision
   * was on last, in seconds since 1970, cut off; {@link Long#MAX_VALUE} if there is no next rung}
   */
  public long dueSecond() {
    return dueSecond;
  }

  /** {@return the nanoseconds that were cut off from {@link #dueSecond()}; 0 if there is none} */
  public int dueNano() {
    return dueNano;
  }

  /**
   * Guesses which device an id is of, without looking at it: right nearly always if there is such a
   * device.
   *
   * @param id the id
   * @return a slot, or -1
   */
  public int guess(String id) {
    return index.guess(id);
  }

  /**
   * Reads what decisions on some devices will need, and does nothing with it: to have it nearer
   * when they are made. For those who know which devices come next. What lies behind something else
   * is read in a later round, so that memory works on many devices at a time.
   *
   * @param slots slots below {@link #slots()}; those below 0 are passed over
   * @param from the first of them
   * @param to the one after the last
   * @return a number that depends on what was read
   */
  public long readAhead(int[] slots, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      int slot = slots[i];
      if (slot >= 0) {
        sum += word(slot, LAST_SEEN) + word(slot, REST) + (index.id(slot) == null ? 0 : 1);
      }
    }
    for (int i = from; i < to; i++) {
      if (slots[i] >= 0) {
        sum += hash(index.id(slots[i])) + readEnds(run(slots[i]), count(word(slots[i], REST)));
      }
    }
    for (int i = from; i < to; i++) {
      if (slots[i] >= 0) {
        sum += readIds(run(slots[i]), count(word(slots[i], REST)));
      }
    }
    return sum;
  }

  /** Reads the first and the last place of a run, between which there is seldom much. */
  private long readEnds(int run, int count) {
    if (count == 0) {
      return 0;
    }
    int last = run + count - 1;
    int ids = (pool.idIfAny(run) == null ? 0 : 1) + (pool.idIfAny(last) == null ? 0 : 1);
    return ids + pool.word(run, PackedThreat.ENTERED) + pool.word(last, PackedThreat.REST);
  }

  /** Reads the ids of a run, without a branch for the second one, which could not be foreseen. */
  private int readIds(int run, int count) {
    if (count == 0) {
      return 0;
    }
    int last = run + count - 1;
    int sum = hash(pool.idIfAny(run)) + hash(pool.idIfAny(last));
    for (int place = run + 1; place < last; place++) {
      sum += hash(pool.idIfAny(place));
    }
    return sum;
  }

  /**
   * Reads the text of ids ahead, with which ids that come with events are compared.
   *
   * @param slots as for {@link #readAhead}, which comes first
   * @param from the first of them
   * @param to the one after the last
   * @return a number that depends on what was read
   */
  public long readTextAhead(int[] slots, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      if (slots[i] >= 0) {
        sum += length(index.id(slots[i]));
        int run = run(slots[i]);
        for (int place = run + count(word(slots[i], REST)) - 1; place >= run; place--) {
          sum += length(pool.idIfAny(place));
        }
      }
    }
    return sum;
  }

  /** Reads a string's own object, which has its hash. */
  private static int hash(@Nullable String id) {
    return id == null ? 0 : id.hashCode();
  }

  /** Reads where a string's characters are. */
  private static int length(@Nullable String id) {
    return id == null ? 0 : id.length();
  }

  /**
   * {@return whether a slot was given to a device after another one had it: what was noted of the
   * slot's id may be of the other}
   *
   * @param slot a slot below {@link #slots()}
   */
  public boolean isGivenAgain(int slot) {
    return givenAgain.get(slot);
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
   * @throws IllegalStateException if it enrolls a device and there are {@link #MAX_DEVICES}
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
    if (event instanceof DeviceEvent.DeviceEnrolled && index.size() == MAX_DEVICES) {
      throw new IllegalStateException("there are " + MAX_DEVICES + " devices already");
    }
    DeviceState next = DeviceState.unknown(id).decide(policies, event, at, number, sink);
    if (!(next instanceof EnrolledDevice device)) {
      return -1;
    }
    int slotsBefore = index.slots();
    int fresh = index.add(id);
    if (fresh < slotsBefore) {
      givenAgain.set(fresh);
    }
    makeRoom(fresh);
    keep(fresh, device);
    if (!device.installedApps().isEmpty()) {
      keepApps(fresh, device.installedApps());
    }
    dueChanged = dueSecond != Long.MAX_VALUE;
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
    DeviceInProgress device = decider.device();
    EnrolledDevice asItIs = isUnpacked(slot) ? unpacked.get(slot) : null;
    if (asItIs != null) {
      device.take(asItIs, policies, sink);
    } else {
      read(slot, policies, device, sink);
    }
    takeNoteOfDue(device);
    long secondBefore = dueSecond;
    int nanoBefore = dueNano;
    boolean stays = decider.decideOnTaken(event, at, number);
    if (stays) {
      keep(slot, device);
      dueChanged = dueSecond != secondBefore || dueNano != nanoBefore;
    } else {
      remove(slot);
    }
    device.end();
    return stays;
  }

  private void takeNoteOfDue(DeviceInProgress device) {
    OpenThreat earliest = device.earliestDue();
    dueSecond = earliest == null ? Long.MAX_VALUE : earliest.dueSecond();
    dueNano = earliest == null ? 0 : earliest.dueNano();
  }

  /**
   * {@return whether the latest decision, after which the device was still enrolled, left it with
   * another instant at which its next rung is to be entered}
   */
  public boolean dueChanged() {
    return dueChanged;
  }

  /** Takes a packed device up. */
  private void read(int slot, PolicyArchive policies, DeviceInProgress device, EffectSink sink) {
    long rest = word(slot, REST);
    int version = version(rest);
    PackedRooms ofVersion = rooms(policies, version);
    PackedRooms.Room room = ofVersion.room(group(rest));
    device.take(
        requireNonNull(index.id(slot)),
        policies,
        finder,
        ofVersion,
        group(rest),
        platform(rest),
        apps(slot),
        (rest >>> CONNECTED_SHIFT & 1) != 0,
        word(slot, LAST_SEEN),
        (int) rest,
        sink);
    int run = run(slot);
    int count = count(rest);
    for (int place = run; place < run + count; place++) {
      int classification = PackedThreat.classification(pool.word(place, PackedThreat.REST));
      device.add(pool, place, room.ladder(classification));
    }
    device.settleSilently();
  }

  /** {@return the policies of a version, ready to be looked up by number} */
  private PackedRooms rooms(PolicyArchive archive, int version) {
    if (archive != roomsOf) {
      roomsByVersion
          .values()
          .removeIf(
              known -> archive.version(known.version()).filter(known.policies()::equals).isEmpty());
      roomsOf = archive;
      rooms = null;
    }
    PackedRooms known = rooms;
    if (known == null || known.version() != version) {
      known =
          roomsByVersion.computeIfAbsent(
              version,
              number ->
                  new PackedRooms(
                      PolicyLookup.policies(archive, number), number, groups, classifications));
      rooms = known;
    }
    return known;
  }

  private Set<String> apps(int slot) {
    Map<Integer, Set<String>> apps = page(slot).apps;
    return apps == null ? Set.of() : apps.getOrDefault(slot, Set.of());
  }

  private static Platform platform(long rest) {
    return (rest >>> PLATFORM_SHIFT & 1) == 0 ? Platform.ANDROID : Platform.IOS;
  }

  private static int group(long rest) {
    return (int) (rest >>> GROUP_SHIFT) & ((1 << GROUP_BITS) - 1);
  }

  private static int count(long rest) {
    return (int) (rest >>> COUNT_SHIFT) & ((1 << COUNT_BITS) - 1);
  }

  private static int version(long rest) {
    return (int) (rest >>> VERSION_SHIFT);
  }

  private boolean isUnpacked(int slot) {
    return (word(slot, REST) >>> UNPACKED_SHIFT & 1) != 0;
  }

  private Page page(int slot) {
    return pages[slot >>> PAGE_BITS];
  }

  private long word(int slot, int number) {
    return page(slot).words[(slot & MASK) * WORDS + number];
  }

  private void setWord(int slot, int number, long word) {
    page(slot).words[(slot & MASK) * WORDS + number] = word;
  }

  private int run(int slot) {
    return (int) word(slot, PLACES);
  }

  /**
   * {@return a number that was set for a slot, {@link #NOT_WAITING} if none was: kept beside the
   * device for whoever waits for its next rung, and left alone when the device is removed}
   *
   * @param slot a slot below {@link #slots()}
   */
  public int waiting(int slot) {
    return (int) (word(slot, PLACES) >>> Integer.SIZE);
  }

  /**
   * Sets the number that belongs to whoever waits for the next rung of the device in a slot.
   *
   * @param slot a slot below {@link #slots()}
   * @param number the number, 0 or more
   */
  public void setWaiting(int slot, int number) {
    setWord(slot, PLACES, (long) number << Integer.SIZE | (word(slot, PLACES) & 0xFFFF_FFFFL));
  }

  private void setRun(int slot, int run) {
    setWord(slot, PLACES, (word(slot, PLACES) & ~0xFFFF_FFFFL) | (run & 0xFFFF_FFFFL));
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
    takeNoteOfDue(device);
    int group = device.groupNumber(groups);
    boolean fits = fits(device, group);
    makeRun(slot, fits ? device.threatCount() : 0);
    boolean wasUnpacked = isUnpacked(slot);
    if (!fits) {
      setWord(slot, REST, 1L << UNPACKED_SHIFT);
      unpacked.put(slot, device.state());
      return;
    }
    if (wasUnpacked) {
      unpacked.remove(slot);
    }
    int run = run(slot);
    for (int t = 0; t < device.threatCount(); t++) {
      device.threat(t).pack(pool, run + t);
    }
    setWord(slot, LAST_SEEN, PackedInstant.word(device.lastSeen()));
    setWord(
        slot,
        REST,
        PackedInstant.rest(device.lastSeen())
            | (device.connected() ? 1L << CONNECTED_SHIFT : 0)
            | (device.platform() == Platform.IOS ? 1L << PLATFORM_SHIFT : 0)
            | (long) group << GROUP_SHIFT
            | (long) device.threatCount() << COUNT_SHIFT
            | (long) device.version() << VERSION_SHIFT);
  }

  private boolean fits(DeviceInProgress device, int group) {
    int count = device.threatCount();
    if (count > MAX_COUNT || group >= 1 << GROUP_BITS || device.version() >= VERSIONS) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (!device.threat(i).fits(classifications)) {
        return false;
      }
    }
    return true;
  }

  /** Has the slot a run for so many threats, which is the present one if that is as large. */
  private void makeRun(int slot, int count) {
    int before = count(word(slot, REST));
    if (before == count) {
      return;
    }
    int run = run(slot);
    if (before > 0 && count > 0 && ThreatPool.haveOneSize(before, count)) {
      pool.clear(run + count, run + before);
      return;
    }
    if (before > 0) {
      pool.give(run, before);
    }
    setRun(slot, count == 0 ? ThreatPool.NOWHERE : pool.take(count));
  }

  private void keepApps(int slot, Set<String> apps) {
    Page page = page(slot);
    Map<Integer, Set<String>> bySlot = page.apps;
    if (bySlot == null) {
      bySlot = new HashMap<>();
      page.apps = bySlot;
    }
    bySlot.put(slot, apps);
  }

  private void remove(int slot) {
    makeRun(slot, 0);
    setWord(slot, REST, 0);
    unpacked.remove(slot);
    Map<Integer, Set<String>> apps = page(slot).apps;
    if (apps != null) {
      apps.remove(slot);
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
    long rest = word(slot, REST);
    boolean fits = groupFits[group(rest)];
    int run = run(slot);
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
