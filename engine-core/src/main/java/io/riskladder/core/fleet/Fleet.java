package io.riskladder.core.fleet;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.Cause;
import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.PolicyChanged;
import io.riskladder.core.device.DeviceEvent.TimePassed;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectHeader;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.device.PolicyFit;
import io.riskladder.core.device.PolicyPin;
import io.riskladder.core.device.RejectionReason;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicyArchive;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices of one tenant, in memory. Time is global: an event first enters, on all devices, what
 * was due before it, by due instant, then device id, then threat id (rules, section 6, order and
 * ties), and an event older than the latest instant seen counts as happening then (section 8).
 *
 * <p>Effects go to a sink in order, after the device's state has changed; what the sink throws is
 * thrown on, and the effects that it did not get are lost. Not safe for use by several threads. The
 * fleet holds as much as its devices and the policies that threats were pinned to when policies
 * last changed.
 *
 * <p>Law: what one device does never changes what another one does, as long as events come in
 * order.
 */
public final class Fleet {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

  /** By due instant, then device id; each device that waits for a rung is in it once. */
  private record Due(Instant at, String device) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byInstant = at.compareTo(other.at);
      return byInstant != 0 ? byInstant : device.compareTo(other.device);
    }
  }

  private final Map<String, EnrolledDevice> devices = new HashMap<>();
  private final TreeSet<Due> queue = new TreeSet<>();
  private PolicyArchive archive;
  private Instant latest = Instant.EPOCH;

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
   * {@return the devices that are enrolled, in no order: a view, not to be changed, and not to be
   * gone through while the fleet changes}
   */
  public Collection<EnrolledDevice> devices() {
    return Collections.unmodifiableCollection(devices.values());
  }

  /** {@return when the next rung is to be entered, if there is one} */
  public Optional<Instant> nextDue() {
    return queue.isEmpty() ? Optional.empty() : Optional.of(queue.first().at());
  }

  /**
   * {@return a device's state}
   *
   * @param id the device's id
   * @throws IllegalArgumentException if it is no id
   */
  public DeviceState device(String id) {
    EnrolledDevice device = devices.get(requireNonNull(id, "id"));
    return device != null ? device : DeviceState.unknown(id);
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
   */
  public void apply(
      String device, DeviceEvent.Reported event, Instant at, long number, Consumer<Effect> sink) {
    requireNonNull(event, "event");
    Checks.id("device", requireNonNull(device, "device"));
    Instant now = see(at, sink);
    DeviceState state = device(device);
    take(state, state.decide(archive, event, now, number), sink);
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
      CompiledPolicies policies,
      PolicyChangeMode mode,
      Instant at,
      long number,
      Consumer<Effect> sink) {
    requireNonNull(policies, "policies");
    requireNonNull(mode, "mode");
    Instant now = see(at, sink);
    if (misfit(policies, mode).isPresent()) {
      rejectPolicies(now, number, sink);
      return;
    }
    archive = archive.replacedBy(policies);
    PolicyChanged event = new PolicyChanged(archive.currentVersion(), mode);
    for (String id : List.copyOf(new TreeSet<>(devices.keySet()))) {
      DeviceState state = device(id);
      take(state, state.decide(archive, event, now, number), sink);
    }
    archive = archive.keeping(pinnedVersions());
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
    return devices.values().stream()
        .filter(device -> PolicyFit.misfit(device, policies, mode).isPresent())
        .min(Comparator.comparing(EnrolledDevice::id))
        .flatMap(device -> PolicyFit.misfit(device, policies, mode));
  }

  /**
   * Takes note of policies that cannot be used at all: they are rejected, the old ones stay.
   *
   * @param at when, from 1970 to 9999
   * @param number the event's number, unique in the tenant
   * @param sink gets the effects, in order
   * @throws IllegalArgumentException if the instant is out of range
   */
  public void refusePolicies(Instant at, long number, Consumer<Effect> sink) {
    rejectPolicies(see(at, sink), number, sink);
  }

  /**
   * Takes note of an instant: enters what is due before it, and nothing else.
   *
   * @param at the instant, from 1970 to 9999
   * @param sink gets the effects, in order
   * @throws IllegalArgumentException if the instant is out of range
   */
  public void clock(Instant at, Consumer<Effect> sink) {
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
  public void advanceTo(Instant at, Consumer<Effect> sink) {
    Checks.instant("at", at);
    requireNonNull(sink, "sink");
    enterDue(at, true, sink);
    latest = later(latest, at);
  }

  /** Enters what is due before an event. {@return the instant at which the event happens} */
  private Instant see(Instant at, Consumer<Effect> sink) {
    Checks.instant("at", at);
    requireNonNull(sink, "sink");
    latest = later(latest, at);
    enterDue(latest, false, sink);
    return latest;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private void enterDue(Instant limit, boolean alsoAtLimit, Consumer<Effect> sink) {
    while (!queue.isEmpty()) {
      Due next = queue.first();
      if (alsoAtLimit ? next.at().isAfter(limit) : !next.at().isBefore(limit)) {
        return;
      }
      DeviceState state = device(next.device());
      take(state, state.decide(archive, new TimePassed(), next.at(), 0), sink);
    }
  }

  private void take(DeviceState before, Decision decision, Consumer<Effect> sink) {
    DeviceState after = decision.state();
    before.nextDue().ifPresent(due -> queue.remove(new Due(due, before.id())));
    after.nextDue().ifPresent(due -> queue.add(new Due(due, after.id())));
    if (after instanceof EnrolledDevice enrolled) {
      devices.put(enrolled.id(), enrolled);
    } else {
      devices.remove(after.id());
    }
    decision.effects().forEach(sink);
  }

  private void rejectPolicies(Instant now, long number, Consumer<Effect> sink) {
    EffectHeader header =
        EffectHeader.builder()
            .at(now)
            .id("policies-" + number)
            .cause(new Cause.Event(number))
            .build();
    sink.accept(new Effect.Rejected(header, RejectionReason.INVALID_POLICY));
  }

  private Set<Integer> pinnedVersions() {
    return devices.values().stream()
        .flatMap(device -> device.threats().values().stream())
        .map(ThreatState::pin)
        .flatMap(Optional::stream)
        .map(PolicyPin::version)
        .collect(Collectors.toSet());
  }
}
