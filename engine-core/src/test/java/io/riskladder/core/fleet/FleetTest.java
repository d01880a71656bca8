package io.riskladder.core.fleet;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.T0;
import static io.riskladder.core.Fixtures.after;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.characters;
import static io.riskladder.core.Fixtures.classified;
import static io.riskladder.core.Fixtures.day;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.refusal;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.setWith;
import static io.riskladder.core.Fixtures.shortly;
import static io.riskladder.core.Fixtures.weekly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Cause;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceDisconnected;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.DeviceMoved;
import io.riskladder.core.device.DeviceEvent.DeviceRemoved;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectHeader;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.ThreatType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many devices in one time (rules, sections 6 and 8). */
final class FleetTest {
  private final List<Effect> effects = new ArrayList<>();
  private long number;

  private static PolicySet.Builder weeklySet() {
    return setOf(
        root().onDeviceThreatProtection(blocking("acme.example")).putPolicy(OS, weekly()).build());
  }

  /** {@return a set in which OS rises to LOW after so many days, and nobody is alerted} */
  private static PolicySet.Builder risingAfter(int days) {
    return setWith(
        OS,
        policy(
            RiskLevel.ADVISORY,
            Response.DONT_ALERT,
            after(days, RiskLevel.LOW, Response.DONT_ALERT)));
  }

  private static Fleet under(PolicySet.Builder set) {
    return Fleet.under(set.labels(new LabelScheme(Map.of())).build().compile());
  }

  private void take(Fleet fleet, String device, DeviceEvent.Reported event, Instant at) {
    fleet.apply(device, event, at, ++number, EffectSink.of(effects::add));
  }

  private void enrol(Fleet fleet, String... devices) {
    for (String device : devices) {
      take(fleet, device, new DeviceEnrolled(ROOT, Platform.ANDROID), T0);
    }
  }

  private void detect(Fleet fleet, String device, String threat, Instant at) {
    take(fleet, device, new ThreatDetected(threat, OS), at);
  }

  private void change(Fleet fleet, PolicySet.Builder set, PolicyChangeMode mode, Instant at) {
    fleet.changePolicies(set.build().compile(), mode, at, ++number, EffectSink.of(effects::add));
  }

  /** {@return instant, device and threat of the effects so far, which are then forgotten} */
  private List<String> taken() {
    List<String> taken =
        effects.stream()
            .map(
                effect ->
                    Duration.between(T0, effect.at()).toDays()
                        + " "
                        + effect.header().device().orElse("-")
                        + " "
                        + effect.header().threat().orElse("-"))
            .toList();
    effects.clear();
    return taken;
  }

  private List<String> takenShortly() {
    List<String> taken = shortly(effects);
    effects.clear();
    return taken;
  }

  private static EnrolledDevice device(Fleet fleet, String id) {
    return assertInstanceOf(EnrolledDevice.class, fleet.device(id));
  }

  // Order.

  @Test
  void due_rungs_are_entered_by_instant_then_device_then_threat() {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "b", "a", "c");
    detect(fleet, "c", "late", T0);
    detect(fleet, "b", "y", T0);
    detect(fleet, "b", "x", T0);
    detect(fleet, "a", "z", T0);
    detect(fleet, "a", "first", T0);
    detect(fleet, "a", "after", day(1));
    taken();

    fleet.advanceTo(day(10), EffectSink.of(effects::add));

    assertEquals(List.of("7 a first", "7 a z", "7 b x", "7 b y", "7 c late", "8 a after"), taken());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_device_that_came_after_another_left_has_the_order_of_its_own_id(boolean asked) {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "0", "a", "m");
    detect(fleet, "0", "t", T0);
    detect(fleet, "a", "t", T0);
    detect(fleet, "m", "t", T0);
    if (asked) {
      assertEquals(Optional.of(day(7)), fleet.nextDue()); // puts what is due in order
    }
    take(fleet, "a", new DeviceRemoved(), T0);
    enrol(fleet, "z");
    detect(fleet, "z", "t", T0);
    taken();

    fleet.advanceTo(day(7), EffectSink.of(effects::add));

    assertEquals(List.of("7 0 t", "7 m t", "7 z t"), taken());
  }

  @Test
  void ids_are_ordered_by_utf_16_code_unit() {
    String beyondBasicPlane = "\uD83D\uDE00";
    String privateUse = "\uE000"; // a smaller code point, but a greater code unit
    Fleet fleet = under(risingAfter(7));
    for (String id : List.of(privateUse, "a", beyondBasicPlane, "B", "10", "9")) {
      enrol(fleet, id);
      detect(fleet, id, "t", T0);
    }
    detect(fleet, "a", privateUse, T0);
    detect(fleet, "a", beyondBasicPlane, T0);
    taken();

    fleet.advanceTo(day(7), EffectSink.of(effects::add));

    assertEquals(
        List.of(
            "7 10 t",
            "7 9 t",
            "7 B t",
            "7 a t",
            "7 a " + beyondBasicPlane,
            "7 a " + privateUse,
            "7 " + beyondBasicPlane + " t",
            "7 " + privateUse + " t"),
        taken());
  }

  @Test
  void an_event_on_one_device_first_enters_what_was_due_before_it_on_all() {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "a", "b");
    detect(fleet, "b", "t", T0);
    detect(fleet, "a", "u", day(1));
    taken();

    take(fleet, "a", new DeviceDisconnected(), day(8));

    assertEquals(List.of("7 b t"), taken());
    assertEquals(Optional.of(day(8)), fleet.nextDue());
  }

  @Test
  void a_policy_change_takes_devices_in_order_of_id_after_what_was_due_before() {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "b", "a", "B");
    detect(fleet, "b", "t", T0);
    detect(fleet, "a", "t", day(1));
    detect(fleet, "B", "t", day(2));
    taken();

    change(
        fleet,
        setWith(OS, policy(RiskLevel.MEDIUM, Response.DONT_ALERT))
            .labels(new LabelScheme(Map.of())),
        PolicyChangeMode.CONTINUE,
        day(8));

    assertEquals(List.of("7 b t", "8 B t", "8 a t", "8 b t"), taken());
    assertEquals(1, device(fleet, "a").policyVersion());
    assertEquals(Optional.empty(), fleet.nextDue());
  }

  // Time.

  @Test
  void the_clock_enters_what_is_due_before_it_and_advancing_also_what_is_due_at_it() {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "a");
    detect(fleet, "a", "t", T0);
    taken();

    fleet.clock(day(7), EffectSink.of(effects::add));
    assertEquals(List.of(), taken());
    assertEquals(day(7), fleet.latestSeen());

    fleet.advanceTo(day(7), EffectSink.of(effects::add));
    assertEquals(List.of("7 a t"), taken());
  }

  @Test
  void the_clock_past_the_instant_enters_the_rung() {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "a");
    detect(fleet, "a", "t", T0);
    taken();

    fleet.clock(day(7).plusNanos(1), EffectSink.of(effects::add));

    assertEquals(List.of("7 a t"), taken());
  }

  @Test
  void an_event_older_than_the_latest_instant_seen_on_any_device_happens_at_that_instant() {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "a", "b");
    take(fleet, "b", new DeviceDisconnected(), day(5));

    detect(fleet, "a", "t", day(2));

    assertEquals(day(5), device(fleet, "a").threats().values().iterator().next().entered());
    assertEquals(Optional.of(day(12)), fleet.nextDue());
    assertEquals(day(5), fleet.latestSeen());
  }

  @Test
  void rejections_refusals_the_clock_and_advancing_count_as_seen() {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "a");

    take(fleet, "nobody", new DeviceRemoved(), day(1));
    assertEquals(day(1), fleet.latestSeen());
    fleet.refusePolicies(day(2), ++number, EffectSink.of(effects::add));
    assertEquals(day(2), fleet.latestSeen());
    fleet.clock(day(3), EffectSink.of(effects::add));
    assertEquals(day(3), fleet.latestSeen());
    fleet.advanceTo(day(4), EffectSink.of(effects::add));
    assertEquals(day(4), fleet.latestSeen());

    detect(fleet, "a", "t", T0);
    assertEquals(Optional.of(day(11)), fleet.nextDue());
  }

  @Test
  void advancing_to_an_instant_before_the_latest_seen_changes_nothing() {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "a");
    detect(fleet, "a", "t", day(3));

    fleet.advanceTo(day(1), EffectSink.of(effects::add));

    assertEquals(day(3), fleet.latestSeen());
    assertEquals(List.of(), takenShortly());
  }

  @Test
  void a_new_fleet_has_seen_1970_and_nothing_else() {
    Fleet fleet = under(risingAfter(7));

    assertEquals(Instant.EPOCH, fleet.latestSeen());
    assertEquals(0, fleet.size());
    assertEquals(Optional.empty(), fleet.nextDue());
    assertEquals(DeviceState.unknown("a"), fleet.device("a"));
  }

  @Test
  void instants_and_ids_out_of_bounds_are_refused_and_change_nothing() {
    Fleet fleet = under(risingAfter(7));
    Instant tooLate = Instant.parse("+10000-01-01T00:00:00Z");
    Instant tooEarly = Instant.EPOCH.minusNanos(1);

    for (Instant at : List.of(tooLate, tooEarly)) {
      assertTrue(refusal(() -> enrolAt(fleet, "a", at)).startsWith("at: " + at));
      assertTrue(
          refusal(() -> fleet.clock(at, EffectSink.of(effects::add))).startsWith("at: " + at));
      assertTrue(
          refusal(() -> fleet.advanceTo(at, EffectSink.of(effects::add))).startsWith("at: " + at));
      assertTrue(
          refusal(() -> fleet.refusePolicies(at, 1, EffectSink.of(effects::add)))
              .startsWith("at: " + at));
      assertTrue(
          refusal(() -> change(fleet, risingAfter(1), PolicyChangeMode.PIN, at))
              .startsWith("at: " + at));
    }
    assertEquals(
        "device: has 201 characters, expected at most 200",
        refusal(() -> enrolAt(fleet, characters(201), day(1))));
    assertEquals(Instant.EPOCH, fleet.latestSeen());
    assertEquals(List.of(), effects);
    assertEquals(0, fleet.policies().currentVersion());
  }

  private void enrolAt(Fleet fleet, String device, Instant at) {
    take(fleet, device, new DeviceEnrolled(ROOT, Platform.IOS), at);
  }

  // Policies.

  private void assertRejected(Fleet fleet, PolicySet.Builder set, PolicyChangeMode mode) {
    CompiledPolicies before = fleet.policies().current();
    int version = fleet.policies().currentVersion();
    taken();

    change(fleet, set, mode, day(1));

    assertEquals(1, effects.size());
    EffectHeader header = effects.get(0).header();
    assertEquals(day(1), header.at());
    assertEquals(Optional.empty(), header.device());
    assertEquals(Optional.empty(), header.threat());
    assertEquals(new Cause.Event(number), header.cause());
    assertEquals(List.of("REJECTED INVALID_POLICY"), takenShortly());
    assertSame(before, fleet.policies().current());
    assertEquals(version, fleet.policies().currentVersion());
  }

  @ParameterizedTest
  @EnumSource(PolicyChangeMode.class)
  void policies_that_lack_a_group_that_a_device_is_in_are_rejected(PolicyChangeMode mode) {
    Fleet fleet = under(setOf(root().build(), group("sales", ROOT).build()));
    enrol(fleet, "a");
    take(fleet, "b", new DeviceEnrolled("sales", Platform.IOS), T0);

    assertRejected(fleet, setOf(root().build()), mode);

    take(fleet, "b", new DeviceMoved(ROOT), day(2));
    change(fleet, setOf(root().build()), mode, day(2));
    assertEquals(1, fleet.policies().currentVersion());
  }

  private static PolicySet.Builder withBadge(ThreatType type) {
    return setOf(root().build())
        .addClassification(classified("BADGE", type, RiskLevel.LOW, Response.ALERT_DEVICE));
  }

  @ParameterizedTest
  @EnumSource(
      value = PolicyChangeMode.class,
      names = {"CONTINUE", "RESTART"})
  void policies_that_do_not_know_a_threats_classification_are_rejected_unless_they_pin_it(
      PolicyChangeMode mode) {
    Fleet fleet = under(withBadge(ThreatType.FILE));
    enrol(fleet, "a", "b");
    take(fleet, "b", new ThreatDetected("t", "BADGE"), T0);

    assertRejected(fleet, setOf(root().build()), mode);
    assertRejected(fleet, withBadge(ThreatType.WEB_CONTENT), mode);

    change(fleet, setOf(root().build()), PolicyChangeMode.PIN, day(2));
    assertEquals(1, fleet.policies().currentVersion());
    change(fleet, withBadge(ThreatType.WEB_CONTENT), mode, day(3)); // pinned already
    assertEquals(2, fleet.policies().currentVersion());
  }

  @Test
  void an_ignored_threat_counts_for_what_policies_have_to_know() {
    Fleet fleet = under(withBadge(ThreatType.FILE));
    enrol(fleet, "a");
    take(fleet, "a", new ThreatDetected("t", "BADGE"), T0);
    take(fleet, "a", new IssueIgnored("t", Optional.empty()), T0);

    assertRejected(fleet, setOf(root().build()), PolicyChangeMode.CONTINUE);
  }

  @Test
  void policies_that_are_rejected_touch_no_device() {
    Fleet fleet = under(withBadge(ThreatType.FILE));
    enrol(fleet, "a", "b");
    take(fleet, "b", new ThreatDetected("t", "BADGE"), T0);
    DeviceState a = fleet.device("a");
    DeviceState b = fleet.device("b");

    assertRejected(fleet, setOf(root().build()), PolicyChangeMode.RESTART);

    assertEquals(a, fleet.device("a"));
    assertEquals(b, fleet.device("b"));
  }

  @Test
  void policies_with_an_error_are_refused_after_what_was_due_before() {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "a");
    detect(fleet, "a", "t", T0);
    taken();

    fleet.refusePolicies(day(8), 99, EffectSink.of(effects::add));

    assertEquals(new Cause.Event(99), effects.get(1).header().cause());
    assertEquals(List.of("ISSUE_OPENED t LOW", "REJECTED INVALID_POLICY"), takenShortly());
    assertEquals(0, fleet.policies().currentVersion());
  }

  @Test
  void two_refusals_have_different_ids() {
    Fleet fleet = under(risingAfter(7));

    fleet.refusePolicies(day(1), 1, EffectSink.of(effects::add));
    fleet.refusePolicies(day(1), 2, EffectSink.of(effects::add));

    assertNotEquals(effects.get(0).id(), effects.get(1).id());
  }

  @Test
  void old_versions_are_kept_as_long_as_a_threat_is_pinned_to_them() {
    Fleet fleet = under(weeklySet());
    enrol(fleet, "a", "b");
    detect(fleet, "a", "t", T0);
    change(fleet, weeklySet(), PolicyChangeMode.PIN, day(1)); // a's to 0
    detect(fleet, "b", "t", day(1));
    change(fleet, weeklySet(), PolicyChangeMode.CONTINUE, day(2));
    assertTrue(fleet.policies().version(0).isPresent());
    assertEquals(Optional.empty(), fleet.policies().version(1));

    change(fleet, weeklySet(), PolicyChangeMode.PIN, day(3)); // b's to 2
    assertTrue(fleet.policies().version(0).isPresent());
    assertTrue(fleet.policies().version(2).isPresent());

    take(fleet, "a", new ThreatResolved("t"), day(4));
    take(fleet, "b", new DeviceMoved(ROOT), day(4));
    change(fleet, weeklySet(), PolicyChangeMode.CONTINUE, day(5));
    assertEquals(Optional.empty(), fleet.policies().version(0));
    assertEquals(Optional.empty(), fleet.policies().version(2));
    assertEquals(4, fleet.policies().currentVersion());
  }

  @Test
  void without_devices_only_the_version_in_force_is_kept() {
    Fleet fleet = under(weeklySet());

    change(fleet, weeklySet(), PolicyChangeMode.PIN, day(1));

    assertEquals(1, fleet.policies().currentVersion());
    assertEquals(Optional.empty(), fleet.policies().version(0));
    assertEquals(List.of(), takenShortly());
  }

  // Devices.

  @Test
  void a_device_waits_for_its_earliest_rung_once_whatever_happens_to_its_threats() {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "a");
    detect(fleet, "a", "t", T0);
    detect(fleet, "a", "u", day(1));
    detect(fleet, "a", "v", day(2));
    assertEquals(Optional.of(day(7)), fleet.nextDue());

    take(fleet, "a", new ThreatResolved("t"), day(3));
    assertEquals(Optional.of(day(8)), fleet.nextDue());
    change(fleet, risingAfter(20), PolicyChangeMode.CONTINUE, day(4));
    assertEquals(Optional.of(day(21)), fleet.nextDue());
    change(fleet, risingAfter(5), PolicyChangeMode.CONTINUE, day(5));
    assertEquals(Optional.of(day(6)), fleet.nextDue());
    taken();

    fleet.advanceTo(day(30), EffectSink.of(effects::add));

    assertEquals(2, effects.stream().filter(e -> e instanceof Effect.IssueOpened).count());
    assertEquals(Optional.empty(), fleet.nextDue());
  }

  @Test
  void a_removed_device_is_forgotten_with_all_that_was_due() {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "a", "b");
    detect(fleet, "a", "t", T0);
    assertEquals(2, fleet.size());

    take(fleet, "a", new DeviceRemoved(), day(1));

    assertEquals(1, fleet.size());
    assertEquals(DeviceState.unknown("a"), fleet.device("a"));
    assertEquals(Optional.empty(), fleet.nextDue());
    taken();
    fleet.advanceTo(day(30), EffectSink.of(effects::add));
    assertEquals(List.of(), taken());
    take(fleet, "a", new DeviceRemoved(), day(30));
    assertEquals(List.of("REJECTED UNKNOWN_DEVICE"), takenShortly());
    assertEquals(1, fleet.size());
  }

  @Test
  void a_threat_id_is_unique_on_its_device_only() {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "a", "b");
    detect(fleet, "a", "t", T0);
    detect(fleet, "b", "t", T0);
    taken();

    take(fleet, "a", new ThreatResolved("t"), day(1));
    fleet.advanceTo(day(7), EffectSink.of(effects::add));

    assertEquals(List.of("7 b t"), taken());
  }

  @Test
  void what_the_sink_throws_is_thrown_on_and_the_device_stays_as_it_was() {
    Fleet fleet = under(risingAfter(7));
    enrol(fleet, "a");
    detect(fleet, "a", "t", T0);
    IllegalStateException full = new IllegalStateException("full");

    assertSame(
        full,
        assertThrows(
            IllegalStateException.class,
            () ->
                fleet.advanceTo(
                    day(7),
                    effect -> {
                      throw full;
                    })));

    assertEquals(0, device(fleet, "a").threats().values().iterator().next().rung());
    assertEquals(Optional.of(day(7)), fleet.nextDue());

    fleet.advanceTo(day(7), EffectSink.of(effects::add));
    assertEquals(1, device(fleet, "a").threats().values().iterator().next().rung());
  }
}
