package io.riskladder.core.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceDisconnected;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.DeviceRemoved;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.EffectView;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.fleet.FleetEvent;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.reference.Histories;
import io.riskladder.core.reference.History;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A fleet is packed, and does all the same what a map of states does that are decided on. */
final class PackedFleetLawsTest {
  private static final Instant T0 = Instant.parse("2026-03-02T09:00:00.000000007Z");

  private static final List<String> KINDS =
      List.of("OUT_OF_DATE_OS", "ACTIVE_MITM", "SIDELOADED_APP", "ADWARE");

  /** A fleet and its plain double, to which the same happens. */
  private static final class Both {
    private final Fleet fleet;
    private final PlainFleet plain;
    private final List<Effect> effects = new ArrayList<>();
    private final EffectSink sink =
        view -> {
          Effect effect = view.toEffect();
          assertSaysTheSame(EffectView.of(effect), view);
          effects.add(effect);
        };

    Both(CompiledPolicies policies) {
      fleet = Fleet.under(policies);
      plain = new PlainFleet(policies);
    }

    private static void assertSaysTheSame(EffectView value, EffectView view) {
      assertEquals(value.type(), view.type());
      assertEquals(value.at(), view.at());
      assertEquals(value.device(), view.device());
      assertEquals(value.threat(), view.threat());
      assertEquals(value.riskLevel(), view.riskLevel());
      assertEquals(value.name(), view.name());
      assertEquals(value.toEffect(), view.toEffect());
    }

    void apply(String device, DeviceEvent.Reported event, Instant at, long number) {
      fleet.apply(device, event, at, number, sink);
      plain.apply(device, event, at, number);
    }

    void applyAll(List<FleetEvent> events) {
      fleet.applyAll(events, sink);
      for (FleetEvent event : events) {
        plain.apply(event.device(), event.event(), event.at(), event.number());
      }
    }

    void changePolicies(CompiledPolicies next, PolicyChangeMode mode, Instant at, long number) {
      fleet.changePolicies(next, mode, at, number, sink);
      plain.changePolicies(next, mode, at, number);
    }

    void advanceTo(Instant at) {
      fleet.advanceTo(at, sink);
      plain.advanceTo(at);
    }

    void take(History history, List<CompiledPolicies> compiled, int i) {
      Instant at = history.instants().get(i);
      History.Step step = history.steps().get(i);
      if (step instanceof History.OfDevice ofDevice) {
        apply(ofDevice.device(), ofDevice.event(), at, i + 1);
      } else if (step instanceof History.ChangePolicy change) {
        changePolicies(compiled.get(change.policy()), change.mode(), at, i + 1);
      } else {
        fleet.clock(at, sink);
        plain.clock(at);
      }
    }

    void assertTheSame() {
      assertEquals(plain.effects, effects);
      effects.clear();
      plain.effects.clear();
      TreeMap<String, EnrolledDevice> states = new TreeMap<>();
      fleet.devices().forEach(device -> states.put(device.id(), device));
      assertEquals(plain.devices, states);
      assertEquals(plain.devices.size(), fleet.size());
    }
  }

  @Provide
  Arbitrary<History> histories() {
    return Histories.any();
  }

  @Property
  void a_fleet_equals_a_map_of_states(
      @ForAll("histories") History history, @ForAll boolean lookAhead) {
    List<CompiledPolicies> compiled = history.compiled();
    Both both = new Both(compiled.get(0));
    for (int i = 0; i < history.steps().size(); i++) {
      both.take(history, compiled, i);
      both.assertTheSame();
      if (lookAhead) {
        assertEquals(both.plain.nextDue(), both.fleet.nextDue());
      }
    }
    both.advanceTo(history.end().plus(Duration.ofDays(40)));
    both.assertTheSame();
  }

  private static PolicySet policies(List<Duration> waits) {
    DeviceGroup.Builder root = DeviceGroup.builder().id("root");
    for (int i = 0; i < KINDS.size(); i++) {
      ClassificationPolicy.Builder policy =
          ClassificationPolicy.builder()
              .riskLevel(RiskLevel.ADVISORY)
              .response(Response.ALERT_DEVICE);
      for (RiskLevel level : List.of(RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH)) {
        policy.addEscalation(
            Escalation.builder()
                .after(waits.get(i))
                .riskLevel(level)
                .response(Response.ALERT_DEVICE)
                .build());
      }
      root.putPolicy(KINDS.get(i), policy.build());
    }
    return PolicySet.builder().addGroup(root.build()).build();
  }

  /** Hours near and far, and many devices with the same hash, that come, grow, shrink and go. */
  @Property(tries = 40)
  void it_does_so_with_many_devices_and_waits_of_all_lengths(@ForAll long seed) {
    Random random = new Random(seed);
    List<Duration> waits =
        List.of(
            Duration.ofSeconds(1 + random.nextInt(5000)),
            Duration.ofHours(1 + random.nextInt(30)),
            Duration.ofDays(1 + random.nextInt(60)),
            Duration.ofDays(100 + random.nextInt(3550)));
    Both both = new Both(policies(waits).compile());
    Instant at = T0;
    for (int i = 1; i <= 600; i++) {
      String device = colliding(random.nextInt(32));
      at = at.plus(step(random));
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> both.apply(device, new DeviceEnrolled("root", Platform.IOS), at, i);
        case 3 -> {
          if (random.nextInt(3) == 0) {
            both.apply(device, new DeviceRemoved(), at, i);
          }
        }
        case 4, 5 -> both.apply(device, new ThreatResolved("t" + random.nextInt(9)), at, i);
        case 6 -> both.advanceTo(at);
        default ->
            both.apply(
                device,
                new ThreatDetected("t" + random.nextInt(9), KINDS.get(random.nextInt(4))),
                at,
                i);
      }
      if (random.nextInt(20) == 0) {
        assertEquals(both.plain.nextDue(), both.fleet.nextDue());
      }
    }
    both.assertTheSame();
    both.advanceTo(at.plus(Duration.ofDays(11_000)));
    both.assertTheSame();
  }

  /** Slots change hands all the time, and nearly all that is due is due with something else. */
  @Property(tries = 60)
  void it_does_so_where_devices_take_the_places_of_others_and_fall_due_together(@ForAll long seed) {
    Random random = new Random(seed);
    List<Duration> waits =
        List.of(
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofMinutes(70),
            Duration.ofDays(2));
    Both both = new Both(policies(waits).compile());
    Instant at = T0;
    for (int i = 1; i <= 1000; i++) {
      String device = String.valueOf((char) ('a' + random.nextInt(12)));
      if (random.nextInt(12) == 0) {
        at = at.plus(Duration.ofMinutes(10L * random.nextInt(4)));
      }
      DeviceEvent.Reported event =
          switch (random.nextInt(6)) {
            case 0 -> new DeviceRemoved();
            case 1, 2 -> new DeviceEnrolled("root", Platform.IOS);
            default -> new ThreatDetected("t", KINDS.get(random.nextInt(4)));
          };
      both.apply(device, event, at, i);
      if (random.nextInt(40) == 0) {
        assertEquals(both.plain.nextDue(), both.fleet.nextDue());
      }
    }
    both.advanceTo(at.plus(Duration.ofDays(9)));
    both.assertTheSame();
  }

  @Property(tries = 40)
  void many_events_at_once_do_what_they_do_one_by_one(@ForAll long seed) {
    Random random = new Random(seed);
    List<Duration> waits =
        List.of(
            Duration.ofSeconds(40), Duration.ofHours(7), Duration.ofDays(3), Duration.ofDays(30));
    Both both = new Both(policies(waits).compile());
    Instant at = T0;
    long number = 0;
    for (int batch = 0; batch < 8; batch++) {
      List<FleetEvent> events = new ArrayList<>();
      for (int left = random.nextInt(200); left > 0; left--) {
        at = at.plus(random.nextInt(9) == 0 ? step(random) : Duration.ofMinutes(1));
        String device = colliding(random.nextInt(32));
        events.add(new FleetEvent(device, anything(random), at, ++number));
      }
      both.applyAll(events);
      both.assertTheSame();
    }
  }

  private static DeviceEvent.Reported anything(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> new DeviceEnrolled("root", Platform.ANDROID);
      case 3 -> random.nextInt(3) == 0 ? new DeviceRemoved() : new DeviceDisconnected();
      case 4 -> new ThreatResolved("t" + random.nextInt(4));
      default -> new ThreatDetected("t" + random.nextInt(4), KINDS.get(random.nextInt(4)));
    };
  }

  @Test
  void a_sink_that_throws_leaves_the_event_at_hand_and_those_after_it_to_be_taken_again() {
    List<FleetEvent> events = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      String device = "d" + i / 2;
      events.add(
          i % 2 == 0
              ? new FleetEvent(device, new DeviceEnrolled("root", Platform.IOS), T0, i)
              : new FleetEvent(device, new ThreatDetected("t", "ADWARE"), T0, i));
    }
    CompiledPolicies policies = policies(Collections.nCopies(4, Duration.ofDays(1))).compile();
    Fleet fleet = Fleet.under(policies);
    List<Effect> effects = new ArrayList<>();
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                fleet.applyAll(
                    events,
                    effect -> {
                      if (effect.device().orElseThrow().equals("d40")) {
                        throw new IllegalStateException("enough");
                      }
                      effects.add(effect.toEffect());
                    }));
    assertEquals("enough", thrown.getMessage());
    fleet.applyAll(events.subList(81, 150), EffectSink.of(effects::add));
    List<Effect> once = new ArrayList<>();
    Fleet.under(policies).applyAll(events, EffectSink.of(once::add));
    assertEquals(once, effects);
  }

  private static Duration step(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Duration.ZERO;
      case 1 -> Duration.ofNanos(1 + random.nextInt(20));
      case 2 -> Duration.ofDays(random.nextInt(20));
      default -> Duration.ofMinutes(random.nextInt(300));
    };
  }

  /** {@return an id that has the same hash as all others of it: "Aa" and "BB" are alike} */
  private static String colliding(int number) {
    StringBuilder id = new StringBuilder();
    for (int bit = 0; bit < 5; bit++) {
      id.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return id.toString();
  }

  @Test
  void ids_of_one_hash_are_different_devices() {
    assertEquals(colliding(0).hashCode(), colliding(31).hashCode());
    assertTrue(!colliding(0).equals(colliding(31)));
  }

  @Test
  void a_device_with_more_threats_than_can_be_packed_is_a_device_like_any_other() {
    CompiledPolicies policies =
        policies(
                List.of(
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(3),
                    Duration.ofDays(9)))
            .compile(io.riskladder.core.Limits.builder().threatsPerDevice(6_000).build());
    Both both = new Both(policies);
    both.apply("a", new DeviceEnrolled("root", Platform.ANDROID, Set.of("Mail")), T0, 1);
    for (int i = 0; i < 4_500; i++) {
      both.apply("a", new ThreatDetected("t" + i, "ADWARE"), T0, 2 + i);
    }
    both.assertTheSame();
    for (int i = 0; i < 1_000; i++) {
      both.apply("a", new ThreatResolved("t" + i), T0, 10_000 + i);
    }
    both.assertTheSame();
    assertEquals(both.plain.nextDue(), both.fleet.nextDue());
    both.apply("a", new DeviceRemoved(), T0, 20_000);
    both.assertTheSame();
    assertEquals(DeviceState.unknown("a"), both.fleet.device("a"));
  }
}
