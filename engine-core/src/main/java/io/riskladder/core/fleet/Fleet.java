package io.riskladder.core.fleet;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.AbstractIterator;
import io.riskladder.core.device.Cause;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.PolicyChanged;
import io.riskladder.core.device.DeviceEvent.TimePassed;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectHeader;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.EffectView;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PackedDevices;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.device.PolicyFit;
import io.riskladder.core.device.RejectionReason;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicyArchive;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices of one tenant, in memory. Time is global: an event first enters, on all devices, what
 * was due before it, by due instant, then device id, then threat id (rules, section 6, order and
 * ties), and an event older than the latest instant seen counts as happening then (section 8).
 *
 * <p>Effects go to a sink in order, while they are decided on: it must not use the fleet. What the
 * sink throws is thrown on; the device at hand then stays as it was, so that the same can be handed
 * in again, and others may have changed. Not safe for use by several threads. The fleet holds as
 * much as its devices, 67 million of them at most, and the policies that threats were pinned to
 * when policies last changed.
 *
 * <p>Law: what one device does never changes what another one does, as long as events come in
 * order.
 */
public final class Fleet {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
  private static final TimePassed TIME_PASSED = new TimePassed();

  /** So many events are looked at before the first of them is taken. */
  private static final int AHEAD = 32;

  private final PackedDevices devices = new PackedDevices();
  private final DueQueue queue = new DueQueue(devices);
  private PolicyArchive archive;
  private Instant latest = Instant.EPOCH;

  /** So that what is read is not left out. */
  @SuppressWarnings("UnusedVariable")
  private long sumOfRead;

  private Fleet(PolicyArchive archive) {
    this.archive = archive;
  }

  /**
   * {@return a fleet without devices}
   *
   * @param policies the policies in force, as version 0
   */
  public static Fleet under(CompiledPolicies policies) {
    return new Fleet(PolicyArchive.startingWith(policies));
  }

  /** {@return the policies in force, and the older ones that threats are pinned to} */
  public PolicyArchive policies() {
    return archive;
  }

  /** {@return the latest instant seen, by an event or by advancing; 1970 if there was none} */
  public Instant latestSeen() {
    return latest;
  }

  /** {@return how many devices are enrolled} */
  public int size() {
    return devices.size();
  }

  /**
   * {@return the devices that are enrolled, in no order: a view, not to be gone through while the
   * fleet changes; states are made as they are come by}
   */
  public Collection<EnrolledDevice> devices() {
    return new AbstractCollection<>() {
      @Override
      public int size() {
        return devices.size();
      }

      @Override
      public Iterator<EnrolledDevice> iterator() {
        return new AbstractIterator<>() {
          private int slot;

          @Override
          protected @Nullable EnrolledDevice computeNext() {
            while (slot < devices.slots()) {
              if (devices.isTaken(slot++)) {
                return devices.device(slot - 1, archive);
              }
            }
            return endOfData();
          }
        };
      }
    };
  }

  /** {@return when the next rung is to be entered, if there is one} */
  public Optional<Instant> nextDue() {
    return queue.firstUpTo(Long.MAX_VALUE) < 0 ? Optional.empty() : Optional.of(queue.due());
  }

  /**
   * {@return a device's state}
   *
   * @param id the device's id
   * @throws IllegalArgumentException if it is no id
   */
  public DeviceState device(String id) {
    int slot = devices.find(requireNonNull(id, "id"));
    return slot < 0 ? DeviceState.unknown(id) : devices.device(slot, archive);
  }

  /**
   * Takes an event of a device.
   *
   * @param device the device's id
   * @param event what happened to it
   * @param at when, from 1970 to 9999
   * @param number the event's number, unique in the tenant
   * @param sink gets the effects, in order
   * @throws IllegalArgumentException if the device's id is no id, or the instant out of range
   * @throws IllegalStateException if it enrolls a device that there is no room for
   */
  public void apply(
      String device, DeviceEvent.Reported event, Instant at, long number, EffectSink sink) {
    requireNonNull(event, "event");
    int slot = devices.find(requireNonNull(device, "device"));
    if (slot < 0) {
      Checks.id("device", device);
    }
    Instant now = see(at, sink);
    if (slot >= 0) {
      decide(slot, event, now, number, sink);
    } else {
      int fresh = devices.decide(device, archive, event, now, number, sink);
      if (fresh >= 0) {
        expect(fresh);
      }
    }
  }

  /**
   * Takes events of devices, one after the other, as {@link #apply} does; quicker than that where
   * there are many, because the memory of the next devices is fetched beforehand.
   *
   * @param events the events, in order
   * @param sink gets the effects, in order. If it throws, the events before the one at hand were
   *     taken.
   * @throws IllegalArgumentException as for {@link #apply}; the events before that one were taken
   */
  public void applyAll(List<FleetEvent> events, EffectSink sink) {
    requireNonNull(sink, "sink");
    int[] guesses = new int[Math.min(AHEAD, events.size())];
    for (int from = 0; from < events.size(); from += AHEAD) {
      List<FleetEvent> next = events.subList(from, Math.min(from + AHEAD, events.size()));
      for (int i = 0; i < next.size(); i++) {
        guesses[i] = devices.guess(next.get(i).device());
      }
      sumOfRead += devices.readAhead(guesses, 0, next.size());
      sumOfRead += devices.readTextAhead(guesses, 0, next.size());
      for (FleetEvent event : next) {
        apply(event.device(), event.event(), event.at(), event.number(), sink);
      }
    }
  }

  /**
   * Puts other policies in force, for all devices in order of id. Rejected if they do not fit a
   * device: see {@link PolicyFit}.
   *
   * @param policies the new policies
   * @param mode what becomes of the threats that are open
   * @param at when, from 1970 to 9999
   * @param number the event's number, unique in the tenant
   * @param sink gets the effects, in order
   * @throws IllegalArgumentException if the instant is out of range
   */
  public void changePolicies(
      CompiledPolicies policies, PolicyChangeMode mode, Instant at, long number, EffectSink sink) {
    requireNonNull(policies, "policies");
    requireNonNull(mode, "mode");
    Instant now = see(at, sink);
    if (misfit(policies, mode).isPresent()) {
      rejectPolicies(now, number, sink);
      return;
    }
    archive = archive.replacedBy(policies);
    PolicyChanged event = new PolicyChanged(archive.currentVersion(), mode);
    long[] entries = entriesById();
    int[] slots = Arrays.stream(entries).mapToInt(ByInstantAndId::slot).toArray();
    for (int i = 0; i < slots.length; i++) {
      if (i % AHEAD == 0) {
        sumOfRead += devices.readAhead(slots, i, Math.min(i + AHEAD, slots.length));
      }
      if (devices.decide(slots[i], archive, event, now, number, sink) && devices.dueChanged()) {
        queue.expect(slots[i], entries[i], devices.dueSecond(), devices.dueNano());
      }
    }
    archive = archive.keeping(devices.pinnedVersions());
    LOG.debug(
        "policies version {} in force for {} devices, mode {}",
        archive.currentVersion(),
        devices.size(),
        mode);
  }

  /**
   * {@return why policies cannot be put in force, if they cannot: the first device, in order of id,
   * that they do not fit; the time it takes grows with the fleet}
   *
   * @param policies the policies
   * @param mode what would become of the threats that are open
   */
  public Optional<String> misfit(CompiledPolicies policies, PolicyChangeMode mode) {
    return devices.misfit(
        requireNonNull(policies, "policies"), requireNonNull(mode, "mode"), archive);
  }

  /**
   * Takes note of policies that cannot be used at all: they are rejected, the old ones stay.
   *
   * @param at when, from 1970 to 9999
   * @param number the event's number, unique in the tenant
   * @param sink gets the effects, in order
   * @throws IllegalArgumentException if the instant is out of range
   */
  public void refusePolicies(Instant at, long number, EffectSink sink) {
    rejectPolicies(see(at, sink), number, sink);
  }

  /**
   * Takes note of an instant: enters what is due before it, and nothing else.
   *
   * @param at the instant, from 1970 to 9999
   * @param sink gets the effects, in order
   * @throws IllegalArgumentException if the instant is out of range
   */
  public void clock(Instant at, EffectSink sink) {
    see(at, sink);
  }

  /**
   * Lets time pass: enters what is due at or before an instant. An instant before the latest seen
   * changes nothing. Law: in steps comes to the same as at once.
   *
   * @param at the instant, from 1970 to 9999
   * @param sink gets the effects, in order
   * @throws IllegalArgumentException if the instant is out of range
   */
  public void advanceTo(Instant at, EffectSink sink) {
    Checks.instant("at", at);
    requireNonNull(sink, "sink");
    enterDue(at, true, sink);
    latest = later(latest, at);
  }

  /** Enters what is due before an event. {@return the instant at which the event happens} */
  private Instant see(Instant at, EffectSink sink) {
    Checks.instant("at", at);
    requireNonNull(sink, "sink");
    latest = later(latest, at);
    enterDue(latest, false, sink);
    return latest;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private void enterDue(Instant limit, boolean alsoAtLimit, EffectSink sink) {
    boolean isSecondOver = !alsoAtLimit && limit.getNano() == 0;
    long last = isSecondOver ? limit.getEpochSecond() - 1 : limit.getEpochSecond();
    int slot = queue.firstUpTo(last);
    while (slot >= 0) {
      Instant due = queue.due();
      if (alsoAtLimit ? due.isAfter(limit) : !due.isBefore(limit)) {
        return;
      }
      decide(slot, TIME_PASSED, due, 0, sink);
      queue.dropFirst();
      slot = queue.firstUpTo(last);
    }
  }

  private void decide(int slot, DeviceEvent event, Instant at, long number, EffectSink sink) {
    if (devices.decide(slot, archive, event, at, number, sink)) {
      expect(slot);
    }
  }

  private void expect(int slot) {
    if (devices.dueChanged()) {
      queue.expect(slot, devices.dueSecond(), devices.dueNano());
    }
  }

  private long[] entriesById() {
    ByInstantAndId order = new ByInstantAndId(devices::id);
    long[] entries = new long[devices.size()];
    int count = 0;
    for (int slot = 0; slot < devices.slots(); slot++) {
      if (devices.isTaken(slot)) {
        entries[count++] = order.entry(slot);
      }
    }
    order.sort(entries, new long[count], count);
    return entries;
  }

  private void rejectPolicies(Instant now, long number, EffectSink sink) {
    EffectHeader header =
        EffectHeader.builder()
            .at(now)
            .id("policies-" + number)
            .cause(new Cause.Event(number))
            .build();
    sink.accept(EffectView.of(new Effect.Rejected(header, RejectionReason.INVALID_POLICY)));
  }
}
