package io.riskladder.core.simulation;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.T0;
import static io.riskladder.core.Fixtures.admin;
import static io.riskladder.core.Fixtures.after;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.day;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.refusal;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.riskladder.core.Limits;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/** A fleet day by day, if nothing happens. */
final class ForecastTest {
  private static final String ADWARE = "ADWARE";

  private static CompiledPolicies policies(Map<String, ClassificationPolicy> of) {
    return set(of).build().compile();
  }

  private static PolicySet.Builder set(Map<String, ClassificationPolicy> of) {
    return setOf(root().onDeviceThreatProtection(blocking("a.example")).policies(of).build())
        .addAdministrators(admin("ops@acme.example", RiskLevel.MEDIUM, RiskLevel.HIGH));
  }

  private static Escalation afterHours(int hours, RiskLevel level, Response response) {
    return Escalation.builder()
        .after(Duration.ofHours(hours))
        .riskLevel(level)
        .response(response)
        .build();
  }

  /** A fleet whose one device has threats of these kinds, by the kinds' ids. */
  private static Fleet fleet(CompiledPolicies policies, Instant at, String... kinds) {
    Fleet fleet = Fleet.under(policies);
    fleet.apply("d", new DeviceEnrolled(ROOT, Platform.ANDROID), at, 1, effect -> {});
    for (String kind : kinds) {
      fleet.apply("d", new ThreatDetected(kind, kind), at, 2, effect -> {});
    }
    return fleet;
  }

  private static List<ForecastDay> present(Fleet fleet, int days) {
    return Forecast.of(
            fleet, fleet.policies().current(), PolicyChangeMode.CONTINUE, Duration.ofDays(days))
        .present();
  }

  private static String horizon(Fleet fleet, Duration horizon) {
    return refusal(
        () -> Forecast.of(fleet, fleet.policies().current(), PolicyChangeMode.CONTINUE, horizon));
  }

  private static List<Integer> at(List<ForecastDay> days, RiskLevel level) {
    return each(days, day -> Optional.ofNullable(day.devices().get(level)).orElseThrow());
  }

  private static List<Integer> each(List<ForecastDay> days, ToIntFunction<ForecastDay> of) {
    return days.stream().map(of::applyAsInt).toList();
  }

  private static ClassificationPolicy daily() {
    return policy(
        RiskLevel.ADVISORY,
        Response.ALERT_DEVICE,
        alertAfter(1, RiskLevel.LOW),
        after(1, RiskLevel.MEDIUM, Response.BLOCK_DOMAINS_AND_ALERT),
        after(1, RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT));
  }

  @Test
  void a_ladder_is_counted_day_by_day() {
    List<ForecastDay> days = present(fleet(policies(Map.of(OS, daily())), T0, OS), 4);
    assertEquals(List.of(0, 1, 2, 3, 4), each(days, ForecastDay::number));
    assertEquals(
        List.of(T0, day(1), day(2), day(3), day(4)), days.stream().map(ForecastDay::at).toList());
    assertEquals(List.of(1, 0, 0, 0, 0), at(days, RiskLevel.ADVISORY));
    assertEquals(List.of(0, 1, 0, 0, 0), at(days, RiskLevel.LOW));
    assertEquals(List.of(0, 0, 1, 0, 0), at(days, RiskLevel.MEDIUM));
    assertEquals(List.of(0, 0, 0, 1, 1), at(days, RiskLevel.HIGH));
    assertEquals(List.of(0, 0, 1, 0, 0), each(days, ForecastDay::domainsBlocked));
    assertEquals(List.of(0, 0, 0, 1, 1), each(days, ForecastDay::internetBlocked));
    assertEquals(List.of(0, 1, 1, 1, 0), each(days, ForecastDay::notifications));
    assertEquals(List.of(0, 0, 1, 1, 0), each(days, ForecastDay::mails), "nobody wants LOW");
  }

  @Test
  void horizons_are_whole_days_from_0_to_3650() {
    Fleet fleet = fleet(policies(Map.of()), T0);
    assertEquals(1, present(fleet, 0).size());
    assertEquals(3651, present(fleet, 3650).size());
    String expected = " is not a number of days from 0 to 3650";
    assertEquals("horizon: PT87624H" + expected, horizon(fleet, Duration.ofDays(3651)));
    assertEquals("horizon: PT-24H" + expected, horizon(fleet, Duration.ofDays(-1)));
    assertEquals("horizon: PT12H" + expected, horizon(fleet, Duration.ofHours(12)));
    assertEquals("horizon: PT0.000000001S" + expected, horizon(fleet, Duration.ofNanos(1)));
  }

  @Test
  void a_horizon_ends_before_the_year_10000() {
    Instant from = Limits.LATEST.minus(Duration.ofDays(5));
    Fleet fleet = fleet(policies(Map.of()), from);
    List<ForecastDay> days = present(fleet, 5);
    assertEquals(Limits.LATEST, days.get(5).at());
    assertEquals(
        "horizon: 6 days end after the year 9999, the last there is",
        horizon(fleet, Duration.ofDays(6)));
    fleet.advanceTo(from.plusNanos(1), effect -> {});
    assertEquals(
        "horizon: 5 days end after the year 9999, the last there is",
        horizon(fleet, Duration.ofDays(5)));
  }

  @Test
  void what_is_due_in_the_instant_in_which_a_day_ends_is_of_that_day() {
    CompiledPolicies policies = policies(Map.of(OS, daily()));
    Instant odd = T0.plusNanos(500);
    Fleet fleet = fleet(policies, odd, OS);
    assertEquals(List.of(0, 1, 0), at(present(fleet, 2), RiskLevel.LOW));
    fleet.advanceTo(odd.plusNanos(1), effect -> {});
    assertEquals(List.of(0, 1, 0), at(present(fleet, 2), RiskLevel.LOW), "a day less a nano");
    Fleet before = fleet(policies, T0.plusNanos(2), OS);
    assertEquals(List.of(0, 1, 0), at(present(before, 2), RiskLevel.LOW));
  }

  @Test
  void a_nanosecond_after_the_end_of_a_day_is_of_the_next() {
    CompiledPolicies policies =
        policies(
            Map.of(
                OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(2, RiskLevel.HIGH))));
    Instant detected = T0.plusNanos(2);
    Fleet fleet = fleet(policies, detected, OS);
    fleet.advanceTo(detected.plus(Duration.ofDays(1)).minusNanos(1), effect -> {});
    assertEquals(List.of(0, 0, 1), at(present(fleet, 2), RiskLevel.HIGH));
    fleet.advanceTo(detected.plus(Duration.ofDays(1)), effect -> {});
    assertEquals(List.of(0, 1, 1), at(present(fleet, 2), RiskLevel.HIGH));
    fleet.advanceTo(detected.plus(Duration.ofDays(1)).plusNanos(1), effect -> {});
    assertEquals(List.of(0, 1, 1), at(present(fleet, 2), RiskLevel.HIGH));
  }

  @Test
  void a_whole_second_later_with_nanoseconds_between_is_the_next_day_too() {
    CompiledPolicies policies =
        policies(
            Map.of(
                OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(1, RiskLevel.HIGH))));
    Fleet fleet = fleet(policies, T0.plusNanos(999_999_999), OS);
    assertEquals(List.of(0, 1), at(present(fleet, 1), RiskLevel.HIGH));
    fleet.advanceTo(T0.plusSeconds(1), effect -> {});
    assertEquals(List.of(0, 1), at(present(fleet, 1), RiskLevel.HIGH));
  }

  @Test
  void what_is_due_now_and_not_entered_yet_is_of_day_0() {
    Fleet fleet = fleet(policies(Map.of(OS, daily())), T0, OS);
    fleet.clock(day(1), effect -> {});
    List<ForecastDay> days = present(fleet, 1);
    assertEquals(List.of(1, 0), at(days, RiskLevel.LOW));
    assertEquals(List.of(1, 1), each(days, ForecastDay::notifications));
  }

  @Test
  void three_rungs_in_one_day_are_all_told_and_the_last_one_counts() {
    ClassificationPolicy fast =
        policy(
            RiskLevel.ADVISORY,
            Response.ALERT_DEVICE,
            afterHours(1, RiskLevel.LOW, Response.BLOCK_INTERNET_AND_ALERT),
            afterHours(1, RiskLevel.MEDIUM, Response.DONT_ALERT),
            afterHours(1, RiskLevel.HIGH, Response.BLOCK_DOMAINS_AND_ALERT));
    List<ForecastDay> days = present(fleet(policies(Map.of(OS, fast)), T0, OS), 2);
    assertEquals(List.of(0, 1, 1), at(days, RiskLevel.HIGH));
    assertEquals(List.of(0, 0, 0), at(days, RiskLevel.LOW));
    assertEquals(List.of(0, 0, 0), each(days, ForecastDay::internetBlocked));
    assertEquals(List.of(0, 1, 1), each(days, ForecastDay::domainsBlocked));
    assertEquals(List.of(0, 2, 0), each(days, ForecastDay::notifications));
    assertEquals(List.of(0, 2, 0), each(days, ForecastDay::mails));
  }

  @Test
  void a_device_is_as_badly_off_as_the_worst_of_its_threats() {
    ClassificationPolicy steady = policy(RiskLevel.LOW, Response.BLOCK_INTERNET_AND_ALERT);
    Fleet fleet = fleet(policies(Map.of(OS, daily(), ADWARE, steady)), T0, OS, ADWARE);
    List<ForecastDay> days = present(fleet, 3);
    assertEquals(List.of(0, 0, 0, 0), at(days, RiskLevel.ADVISORY));
    assertEquals(List.of(1, 1, 0, 0), at(days, RiskLevel.LOW));
    assertEquals(List.of(0, 0, 1, 0), at(days, RiskLevel.MEDIUM));
    assertEquals(List.of(0, 0, 0, 1), at(days, RiskLevel.HIGH));
    assertEquals(List.of(1, 1, 1, 1), each(days, ForecastDay::internetBlocked));
    assertEquals(List.of(0, 0, 0, 0), each(days, ForecastDay::domainsBlocked));
    assertEquals(List.of(0, 1, 1, 1), each(days, ForecastDay::notifications));
  }

  @Test
  void two_threats_that_climb_on_one_day_are_told_each() {
    Fleet fleet = fleet(policies(Map.of(OS, daily(), ADWARE, daily())), T0, OS, ADWARE);
    assertEquals(List.of(0, 2, 2, 2), each(present(fleet, 3), ForecastDay::notifications));
    assertEquals(List.of(0, 1, 0, 0), at(present(fleet, 3), RiskLevel.LOW));
  }

  @Test
  void an_ignored_threat_counts_for_nothing() {
    ClassificationPolicy ladder =
        policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(1, RiskLevel.HIGH));
    Fleet fleet = fleet(policies(Map.of(OS, ladder)), T0, OS);
    fleet.apply("d", new IssueIgnored(OS, Optional.empty()), T0, 3, effect -> {});
    List<ForecastDay> days = present(fleet, 2);
    assertEquals(List.of(1, 1, 1), at(days, RiskLevel.NONE));
    assertEquals(List.of(0, 0, 0), each(days, ForecastDay::notifications));
  }

  @Test
  void a_pinned_threat_climbs_its_old_ladder_in_both_forecasts() {
    CompiledPolicies old = policies(Map.of(OS, daily()));
    Fleet fleet = fleet(old, T0, OS);
    CompiledPolicies mild = policies(Map.of(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE)));
    fleet.changePolicies(mild, PolicyChangeMode.PIN, T0, 5, effect -> {});
    CompiledPolicies harsh = policies(Map.of(OS, policy(RiskLevel.HIGH, Response.ALERT_DEVICE)));
    Forecast forecast = Forecast.of(fleet, harsh, PolicyChangeMode.RESTART, Duration.ofDays(3));
    assertEquals(List.of(0, 0, 0, 1), at(forecast.present(), RiskLevel.HIGH));
    assertEquals(forecast.present(), forecast.proposed());
  }

  @Test
  void what_a_pinned_threat_may_block_is_said_by_the_present_protection() {
    Fleet fleet = fleet(policies(Map.of(OS, daily())), T0, OS);
    CompiledPolicies unprotected =
        setOf(root().onDeviceThreatProtection(OnDeviceThreatProtection.disabled()).build())
            .build()
            .compile();
    Forecast forecast = Forecast.of(fleet, unprotected, PolicyChangeMode.PIN, Duration.ofDays(3));
    assertEquals(List.of(0, 0, 0, 1), each(forecast.present(), ForecastDay::internetBlocked));
    assertEquals(List.of(0, 0, 0, 0), each(forecast.proposed(), ForecastDay::internetBlocked));
    assertEquals(List.of(0, 0, 0, 1), at(forecast.proposed(), RiskLevel.HIGH));
    assertEquals(List.of(0, 0, 0, 0), each(forecast.proposed(), ForecastDay::mails));
  }

  @Test
  void the_change_itself_is_of_day_0() {
    Fleet fleet = fleet(policies(Map.of(OS, daily())), T0, OS);
    CompiledPolicies harsh = policies(Map.of(OS, policy(RiskLevel.HIGH, Response.ALERT_DEVICE)));
    Forecast forecast = Forecast.of(fleet, harsh, PolicyChangeMode.CONTINUE, Duration.ofDays(1));
    assertEquals(List.of(1, 1), at(forecast.proposed(), RiskLevel.HIGH));
    assertEquals(List.of(1, 0), each(forecast.proposed(), ForecastDay::notifications));
    assertEquals(List.of(1, 0), each(forecast.proposed(), ForecastDay::mails));
    assertNotEquals(forecast.present(), forecast.proposed());
  }

  @Test
  void policies_that_do_not_fit_leave_both_forecasts_the_same() {
    Fleet fleet = fleet(policies(Map.of(OS, daily())), T0, OS);
    CompiledPolicies other =
        PolicySet.builder().addGroups(DeviceGroup.builder().id("other").build()).build().compile();
    Forecast forecast = Forecast.of(fleet, other, PolicyChangeMode.CONTINUE, Duration.ofDays(3));
    assertEquals(List.of(0, 0, 0, 1), at(forecast.present(), RiskLevel.HIGH));
    assertEquals(forecast.present(), forecast.proposed());
  }

  @Test
  void an_empty_fleet_stays_empty() {
    Fleet fleet = Fleet.under(policies(Map.of()));
    for (ForecastDay day : present(fleet, 2)) {
      assertEquals(0, day.devices().values().stream().mapToInt(Integer::intValue).sum());
    }
  }
}
