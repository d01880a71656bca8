package io.riskladder.core.laws;

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
import io.riskladder.core.device.RejectionReason;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicyArchive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A fleet as one would write it who has never heard of speed: a map of states, decided on. */
final class PlainFleet {
  final TreeMap<String, EnrolledDevice> devices = new TreeMap<>();
  final List<Effect> effects = new ArrayList<>();
  PolicyArchive archive;
  Instant latest = Instant.EPOCH;

  PlainFleet(CompiledPolicies policies) {
    archive = PolicyArchive.startingWith(policies);
  }

  void apply(String device, DeviceEvent.Reported event, Instant at, long number) {
    see(at);
    decide(device, event, latest, number);
  }

  void changePolicies(CompiledPolicies policies, PolicyChangeMode mode, Instant at, long number) {
    see(at);
    if (devices.values().stream()
        .anyMatch(device -> PolicyFit.misfit(device, policies, mode).isPresent())) {
      EffectHeader header =
          EffectHeader.builder()
              .at(latest)
              .id("policies-" + number)
              .cause(new Cause.Event(number))
              .build();
      effects.add(new Effect.Rejected(header, RejectionReason.INVALID_POLICY));
      return;
    }
    archive = archive.replacedBy(policies);
    for (String id : List.copyOf(devices.keySet())) {
      decide(id, new PolicyChanged(archive.currentVersion(), mode), latest, number);
    }
  }

  void clock(Instant at) {
    see(at);
  }

  void advanceTo(Instant at) {
    enterDue(at.plusNanos(1));
    latest = latest.isAfter(at) ? latest : at;
  }

  Optional<Instant> nextDue() {
    return devices.values().stream()
        .flatMap(device -> device.nextDue().stream())
        .min(Comparator.naturalOrder());
  }

  private void see(Instant at) {
    latest = latest.isAfter(at) ? latest : at;
    enterDue(latest);
  }

  private void enterDue(Instant before) {
    Optional<Instant> due = nextDue().filter(instant -> instant.isBefore(before));
    while (due.isPresent()) {
      Instant at = due.get();
      String first =
          devices.values().stream()
              .filter(device -> device.nextDue().filter(at::equals).isPresent())
              .findFirst()
              .orElseThrow()
              .id();
      decide(first, new TimePassed(), at, 0);
      due = nextDue().filter(instant -> instant.isBefore(before));
    }
  }

  private void decide(String id, DeviceEvent event, Instant at, long number) {
    EnrolledDevice known = devices.get(id);
    DeviceState state = known != null ? known : DeviceState.unknown(id);
    Decision decision = state.decide(archive, event, at, number);
    effects.addAll(decision.effects());
    if (decision.state() instanceof EnrolledDevice enrolled) {
      devices.put(id, enrolled);
    } else {
      devices.remove(id);
    }
  }
}
