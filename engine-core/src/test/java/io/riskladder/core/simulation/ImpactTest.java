package io.riskladder.core.simulation;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.T0;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.day;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.own;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.saying;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.weekly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.Reported;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What it would do to a fleet to put other policies in force. */
final class ImpactTest {
  private static final ClassificationPolicy LOW = policy(RiskLevel.LOW, Response.ALERT_DEVICE);
  private static final ClassificationPolicy HIGH = policy(RiskLevel.HIGH, Response.ALERT_DEVICE);
  private static final String ADWARE = "ADWARE";

  /** Groups below the root: a, and below it aa; b beside it. */
  private static PolicySet.Builder tree(
      DeviceGroup.Builder root, DeviceGroup.Builder a, DeviceGroup.Builder aa) {
    return setOf(root.build(), a.build(), aa.build(), group("b", ROOT).build());
  }

  private static DeviceGroup.Builder a() {
    return group("a", ROOT);
  }

  private static DeviceGroup.Builder aa() {
    return group("aa", "a");
  }

  private static Fleet fleet(PolicySet.Builder set) {
    return Fleet.under(set.build().compile());
  }

  private static void apply(Fleet fleet, String device, Reported event) {
    fleet.apply(
        device, event, fleet.latestSeen().isBefore(T0) ? T0 : fleet.latestSeen(), 1, e -> {});
  }

  /** A device with a threat of each kind, by the kind's id. */
  private static void enrol(Fleet fleet, String device, String group, String... kinds) {
    apply(fleet, device, new DeviceEnrolled(group, Platform.ANDROID));
    for (String kind : kinds) {
      apply(fleet, device, new ThreatDetected("t-" + kind, kind));
    }
  }

  /** One device with an old system in each group. */
  private static Fleet oneInEach(PolicySet.Builder set) {
    Fleet fleet = fleet(set);
    enrol(fleet, "in-root", ROOT, OS);
    enrol(fleet, "in-a", "a", OS);
    enrol(fleet, "in-aa", "aa", OS);
    enrol(fleet, "in-b", "b", OS);
    return fleet;
  }

  private static Impact impact(Fleet fleet, PolicySet.Builder proposed) {
    return Impact.of(fleet, proposed.build().compile(), PolicyChangeMode.CONTINUE);
  }

  private static Map<String, List<String>> groups(Impact impact) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    impact.rows().forEach(row -> groups.put(row.row().group().orElse("-"), row.groups()));
    return groups;
  }

  private static PolicySet.Builder withAction(ComplianceAction action) {
    return tree(root().putPolicy(OS, HIGH), a(), aa())
        .riskResponse(
            RiskResponsePlan.builder()
                .addAppControlRule(
                    AppControlRule.builder()
                        .name("always")
                        .type(AppControlRule.Type.REQUIRED)
                        .app(AppControlRule.NO_SUCH_APP)
                        .platform(AppControlRule.Scope.ALL)
                        .build())
                .addComplianceAction(action)
                .addSecurityPolicy(
                    SecurityPolicy.builder()
                        .name("High")
                        .status(SecurityPolicy.Status.ACTIVE)
                        .priority(1)
                        .addLabel("MES - High Risk")
                        .accessControl(new AccessControl(action.name(), List.of("always")))
                        .build())
                .build());
  }

  @Test
  void an_action_that_stays_in_force_and_does_more_is_told_of_though_no_effect_tells_it() {
    ComplianceAction mild = ComplianceAction.builder().name("act").sendAlert(true).build();
    ComplianceAction harsh = ComplianceAction.builder().from(mild).quarantine(true).build();
    Fleet fleet = oneInEach(withAction(mild));
    Consequences total = impact(fleet, withAction(harsh)).total();
    assertEquals(Map.of(), total.effects());
    assertFalse(total.isNothing());
    assertEquals(Set.of("act"), total.actionsAltered().keySet());
    assertEquals(fleet.size(), Objects.requireNonNull(total.actionsAltered().get("act")).size());
    assertTrue(impact(fleet, withAction(mild)).total().isNothing());
  }

  @Test
  void labels_are_told_of_by_name() {
    Fleet fleet = oneInEach(tree(root().putPolicy(OS, LOW), a(), aa()));
    Consequences total = impact(fleet, tree(root().putPolicy(OS, HIGH), a(), aa())).total();
    assertEquals(Set.of("MES - High Risk"), total.labelsAdded().keySet());
    assertEquals(Set.of("MES - Low Risk"), total.labelsRemoved().keySet());
    assertEquals(
        total.relabelled(), Objects.requireNonNull(total.labelsAdded().get("MES - High Risk")));
  }

  @Test
  void a_row_concerns_the_groups_that_inherit_it_and_no_others() {
    PolicySet.Builder proposed = tree(root().putPolicy(OS, HIGH), a(), aa());
    Impact impact = impact(oneInEach(tree(root().putPolicy(OS, LOW), a(), aa())), proposed);
    assertEquals(Map.of(ROOT, List.of(ROOT, "a", "aa", "b")), groups(impact));
    RowImpact row = impact.rows().get(0);
    assertEquals(List.of("in-a", "in-aa", "in-b", "in-root"), row.devices().ids());
    assertEquals(row.devices(), row.threatened());
    assertEquals(4, row.threats());
  }

  @Test
  void a_group_with_a_policy_of_its_own_is_not_concerned() {
    Fleet fleet = oneInEach(tree(root().putPolicy(OS, LOW), a().putPolicy(OS, LOW), aa()));
    Impact impact = impact(fleet, tree(root().putPolicy(OS, HIGH), a().putPolicy(OS, LOW), aa()));
    assertEquals(Map.of(ROOT, List.of(ROOT, "b")), groups(impact));
    assertEquals(List.of("in-b", "in-root"), impact.rows().get(0).threatened().ids());
  }

  @Test
  void a_new_override_takes_its_groups_from_the_row_above() {
    Fleet fleet = oneInEach(tree(root().putPolicy(OS, LOW), a(), aa()));
    Impact impact =
        impact(fleet, tree(root().putPolicy(OS, HIGH), a().putPolicy(OS, weeklyAlerts()), aa()));
    assertEquals(
        Map.of(ROOT, List.of(ROOT, "a", "aa", "b"), "a", List.of("a", "aa")), groups(impact));
  }

  private static ClassificationPolicy weeklyAlerts() {
    return policy(RiskLevel.ADVISORY, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.MEDIUM));
  }

  @Test
  void a_removed_override_concerns_the_groups_that_now_inherit() {
    Fleet fleet = oneInEach(tree(root().putPolicy(OS, LOW), a().putPolicy(OS, HIGH), aa()));
    Impact impact = impact(fleet, tree(root().putPolicy(OS, LOW), a(), aa()));
    assertEquals(Map.of("a", List.of("a", "aa")), groups(impact));
    assertEquals(List.of("in-a", "in-aa"), impact.rows().get(0).consequences().lowered().ids());
  }

  @Test
  void a_redundant_override_concerns_nobody() {
    Fleet fleet = oneInEach(tree(root().putPolicy(OS, LOW), a(), aa()));
    Impact impact = impact(fleet, tree(root().putPolicy(OS, LOW), a().putPolicy(OS, LOW), aa()));
    assertEquals(Map.of("a", List.of()), groups(impact));
    assertTrue(impact.rows().get(0).devices().isEmpty());
    assertEquals(Map.of(), impact.total().effects());
  }

  @Test
  void a_message_reaches_a_group_that_keeps_its_policy_and_inherits_the_words() {
    Fleet fleet =
        oneInEach(tree(root().putPolicy(OS, saying("old", LOW)), a().putPolicy(OS, HIGH), aa()));
    Impact impact =
        impact(
            fleet, tree(root().putPolicy(OS, saying("new", LOW)), a().putPolicy(OS, HIGH), aa()));
    assertEquals(Map.of(ROOT, List.of(ROOT, "a", "aa", "b")), groups(impact));
    assertEquals(4, impact.rows().get(0).threats());
    assertEquals(Map.of(), impact.total().effects(), "nobody is told again");
  }

  @Test
  void a_message_does_not_reach_a_group_that_has_its_own() {
    Fleet fleet =
        oneInEach(
            tree(
                root().putPolicy(OS, saying("old", LOW)),
                a().putPolicy(OS, saying("mine", HIGH)),
                aa()));
    Impact impact =
        impact(
            fleet,
            tree(
                root().putPolicy(OS, saying("new", LOW)),
                a().putPolicy(OS, saying("mine", HIGH)),
                aa()));
    assertEquals(Map.of(ROOT, List.of(ROOT, "b")), groups(impact));
  }

  @Test
  void a_default_of_a_classification_concerns_the_groups_that_no_policy_decides_for() {
    PolicySet.Builder present =
        tree(root(), a().putPolicy("LOST_BADGE", LOW), aa())
            .addClassification(own("LOST_BADGE", RiskLevel.LOW, Response.ALERT_DEVICE));
    PolicySet.Builder proposed =
        tree(root(), a().putPolicy("LOST_BADGE", LOW), aa())
            .addClassification(own("LOST_BADGE", RiskLevel.HIGH, Response.ALERT_DEVICE));
    Fleet fleet = fleet(present);
    enrol(fleet, "d", "b", "LOST_BADGE");
    Impact impact = impact(fleet, proposed);
    assertEquals(Map.of("-", List.of(ROOT, "b")), groups(impact));
    assertEquals(List.of("d"), impact.rows().get(0).consequences().raised().ids());
  }

  /** A device with one threat under each of two rows, and one with two under one of them. */
  private static Fleet twoRows() {
    Fleet fleet = fleet(tree(root().putPolicy(OS, HIGH).putPolicy(ADWARE, HIGH), a(), aa()));
    enrol(fleet, "both", ROOT, OS, ADWARE);
    enrol(fleet, "twice", "a");
    apply(fleet, "twice", new ThreatDetected("1", OS));
    apply(fleet, "twice", new ThreatDetected("2", OS));
    apply(fleet, "twice", new IssueIgnored("2", Optional.empty()));
    enrol(fleet, "fine", "b");
    return fleet;
  }

  @Test
  void a_device_with_threats_under_two_rows_is_in_both_and_once_in_the_total() {
    Impact impact =
        impact(twoRows(), tree(root().putPolicy(OS, LOW).putPolicy(ADWARE, LOW), a(), aa()));
    RowImpact os = impact.rows().get(0);
    assertEquals(OS, os.row().classification());
    assertEquals(3, os.devices().size());
    assertEquals(List.of("both", "twice"), os.threatened().ids());
    assertEquals(3, os.threats(), "ignored ones too");
    assertEquals(List.of("both", "twice"), os.consequences().lowered().ids());
    RowImpact adware = impact.rows().get(1);
    assertEquals(3, adware.devices().size());
    assertEquals(List.of("both"), adware.threatened().ids());
    assertEquals(1, adware.threats());
    assertEquals(List.of("both"), adware.consequences().lowered().ids());
    assertEquals(List.of("both", "twice"), impact.total().lowered().ids());
    assertEquals(3, impact.fleetSize());
  }

  @Test
  void effects_of_a_row_are_those_of_its_kind_and_of_the_device() {
    Impact impact =
        impact(twoRows(), tree(root().putPolicy(OS, LOW).putPolicy(ADWARE, LOW), a(), aa()));
    assertEquals(
        Map.of(
            Effect.Type.NOTIFY_DEVICE, 3,
            Effect.Type.ISSUE_UPDATED, 3,
            Effect.Type.ADD_LABEL, 2,
            Effect.Type.REMOVE_LABEL, 2),
        impact.total().effects());
    assertEquals(2, impact.rows().get(0).consequences().count(Effect.Type.NOTIFY_DEVICE));
    assertEquals(1, impact.rows().get(1).consequences().count(Effect.Type.NOTIFY_DEVICE));
    assertEquals(0, impact.total().count(Effect.Type.EMAIL_ADMINISTRATORS));
  }

  @Test
  void blocks_labels_and_actions_are_counted_by_device() {
    PolicySet.Builder present =
        setOf(
                root()
                    .onDeviceThreatProtection(blocking("a.example"))
                    .putPolicy(OS, LOW)
                    .putPolicy(ADWARE, policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT))
                    .putPolicy("SPYWARE", policy(RiskLevel.LOW, Response.BLOCK_INTERNET_AND_ALERT))
                    .build())
            .riskResponse(RiskResponse.standard());
    PolicySet.Builder proposed =
        setOf(
                root()
                    .onDeviceThreatProtection(blocking("a.example"))
                    .putPolicy(OS, policy(RiskLevel.HIGH, Response.BLOCK_DOMAINS_AND_ALERT))
                    .putPolicy(ADWARE, LOW)
                    .putPolicy("SPYWARE", policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT))
                    .build())
            .riskResponse(RiskResponse.standard());
    Fleet fleet = fleet(present);
    Stream.of(OS, ADWARE, "SPYWARE").forEach(kind -> enrol(fleet, "d-" + kind, ROOT, kind));
    Consequences total =
        Impact.of(fleet, proposed.build().compile(), PolicyChangeMode.RESTART).total();
    assertEquals(List.of("d-" + OS), total.newlyBlocked().ids());
    assertEquals(List.of("d-ADWARE"), total.freed().ids());
    assertEquals(List.of("d-SPYWARE"), total.otherwiseBlocked().ids());
    assertEquals(List.of("d-" + OS), total.raised().ids());
    assertEquals(List.of("d-" + OS), total.relabelled().ids());
    assertEquals(List.of("MES High Risk"), List.copyOf(total.actionsStarted().keySet()));
    assertEquals(List.of("MES Low Risk"), List.copyOf(total.actionsCeased().keySet()));
  }

  @Test
  void shorter_waits_raise_nobody_at_once_but_leave_steps_due() {
    Fleet fleet = oneInEach(tree(root().putPolicy(OS, weeklyAlerts()), a(), aa()));
    fleet.advanceTo(day(3), effect -> {});
    ClassificationPolicy daily =
        policy(RiskLevel.ADVISORY, Response.ALERT_DEVICE, alertAfter(1, RiskLevel.MEDIUM));
    PolicySet.Builder proposed =
        tree(root().putPolicy(OS, weeklyAlerts()), a().putPolicy(OS, daily), aa());
    Impact impact = impact(fleet, proposed);
    assertTrue(impact.total().raised().isEmpty());
    assertEquals(Map.of(), impact.total().effects());
    assertEquals(List.of("in-a", "in-aa"), impact.dueAtOnce().ids());
    Forecast forecast =
        Forecast.of(fleet, proposed.build().compile(), PolicyChangeMode.CONTINUE, Duration.ZERO);
    assertEquals(2, forecast.proposed().get(0).notifications());
    assertEquals(2, forecast.proposed().get(0).devices().get(RiskLevel.MEDIUM));
  }

  @Test
  void a_step_that_is_due_anyway_in_the_instant_of_the_change_is_not_the_changes_doing() {
    Fleet fleet = oneInEach(tree(root().putPolicy(OS, weeklyAlerts()), a(), aa()));
    fleet.clock(day(7), effect -> {});
    PolicySet.Builder same = tree(root().putPolicy(OS, weeklyAlerts()), a(), aa());
    assertEquals(Optional.of(day(7)), fleet.nextDue());
    assertTrue(impact(fleet, same).dueAtOnce().isEmpty());
  }

  @Test
  void pinned_threats_are_not_under_any_row() {
    Fleet fleet = oneInEach(tree(root().putPolicy(OS, LOW), a(), aa()));
    PolicySet.Builder proposed = tree(root().putPolicy(OS, HIGH), a(), aa());
    Impact pinning = Impact.of(fleet, proposed.build().compile(), PolicyChangeMode.PIN);
    assertEquals(4, pinning.rows().get(0).threats(), "pinned by the change, not before");
    assertEquals(Map.of(), pinning.total().effects());
    fleet.changePolicies(proposed.build().compile(), PolicyChangeMode.PIN, T0, 9, e -> {});
    Impact back = impact(fleet, tree(root().putPolicy(OS, LOW), a(), aa()));
    assertEquals(0, back.rows().get(0).threats());
    assertEquals(4, back.rows().get(0).devices().size());
    assertTrue(back.rows().get(0).threatened().isEmpty());
    assertEquals(Map.of(), back.total().effects());
  }

  @Test
  void policies_that_do_not_fit_do_nothing_and_say_why() {
    Fleet fleet = oneInEach(tree(root().putPolicy(OS, LOW), a(), aa()));
    Impact impact = impact(fleet, setOf(root().putPolicy(OS, HIGH).build()));
    assertEquals(Optional.of("device in-a is in group a, which is not there"), impact.misfit());
    assertEquals(List.of(), impact.rows());
    assertEquals(Map.of(), impact.total().effects());
    assertTrue(impact.dueAtOnce().isEmpty());
    assertEquals(4, impact.fleetSize());
  }

  @Test
  void a_classification_that_is_gone_does_not_fit_unless_threats_are_pinned() {
    PolicySet.Builder present =
        setOf(root().build())
            .addClassification(own("LOST_BADGE", RiskLevel.LOW, Response.ALERT_DEVICE));
    Fleet fleet = fleet(present);
    enrol(fleet, "d", ROOT, "LOST_BADGE");
    PolicySet.Builder proposed = setOf(root().build());
    assertEquals(
        Optional.of(
            "device d has threat t-LOST_BADGE of classification LOST_BADGE, which is unknown or"
                + " web content there"),
        impact(fleet, proposed).misfit());
    Impact pinned = Impact.of(fleet, proposed.build().compile(), PolicyChangeMode.PIN);
    assertEquals(Optional.empty(), pinned.misfit());
  }

  @Test
  void an_empty_fleet_has_rows_and_no_devices() {
    Impact impact =
        impact(
            fleet(tree(root().putPolicy(OS, LOW), a(), aa())),
            tree(root().putPolicy(OS, HIGH), a(), aa()));
    assertEquals(Map.of(ROOT, List.of(ROOT, "a", "aa", "b")), groups(impact));
    assertTrue(impact.rows().get(0).devices().isEmpty());
    assertEquals(0, impact.fleetSize());
    assertFalse(impact.misfit().isPresent());
  }

  @Test
  void the_weekly_ladder_is_assessed_at_the_latest_instant_that_the_fleet_has_seen() {
    Fleet fleet =
        fleet(
            setOf(
                root().onDeviceThreatProtection(blocking("a.b")).putPolicy(OS, weekly()).build()));
    enrol(fleet, "d", ROOT, OS);
    fleet.advanceTo(day(9), effect -> {});
    Impact impact = impact(fleet, setOf(root().putPolicy(OS, LOW).build()));
    assertEquals(day(9), impact.at());
    assertEquals(PolicyChangeMode.CONTINUE, impact.mode());
    assertTrue(impact.total().raised().isEmpty(), "it was at LOW already");
  }
}
