package io.riskladder.core.simulation;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.T0;
import static io.riskladder.core.Fixtures.admin;
import static io.riskladder.core.Fixtures.after;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.day;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.refusal;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.saying;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.setWith;
import static io.riskladder.core.Fixtures.shortly;
import static io.riskladder.core.Fixtures.weekly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.Limits;
import io.riskladder.core.device.Block;
import io.riskladder.core.device.Message;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.MessageTemplate;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What one ladder does to one device (rules, sections 4 to 7). */
final class TimelineTest {
  private static final Instant FOUND = Instant.parse("2026-03-02T10:00:00Z");

  /** The story of the vendor's two guides: a reminder a week, then no company sites. */
  private static PolicySet.Builder outOfDate() {
    ClassificationPolicy ladder =
        ClassificationPolicy.builder()
            .from(weekly())
            .message(CustomMessage.of("Please update.", "{daysLeft} days, until {deadline}."))
            .escalations(
                List.of(
                    alertAfter(7, RiskLevel.LOW),
                    alertAfter(7, RiskLevel.MEDIUM),
                    saying(
                        "Blocked on {device} of {group}.",
                        after(7, RiskLevel.HIGH, Response.BLOCK_DOMAINS_AND_ALERT))))
            .build();
    return setOf(
            root()
                .name("Default Group")
                .onDeviceThreatProtection(blocking("acme.example"))
                .defaultNotice(MessageTemplate.parse("Call 4711."))
                .build(),
            group("test", ROOT).name("Test Group").putPolicy(OS, ladder).build())
        .addAdministrators(admin("z@acme.example", RiskLevel.LOW, RiskLevel.HIGH))
        .addAdministrators(admin("ciso@acme.example", RiskLevel.HIGH))
        .riskResponse(RiskResponse.standard());
  }

  private static Timeline timeline(PolicySet.Builder set) {
    return Timeline.of(set.build().compile(), ROOT, OS, T0);
  }

  private static Timeline outOfDateTimeline() {
    return Timeline.of(outOfDate().build().compile(), "test", OS, FOUND);
  }

  private static <T> List<T> each(Timeline timeline, Function<Stage, T> of) {
    return timeline.stages().stream().map(of).toList();
  }

  private static Map<Platform, Set<String>> onBoth(String... names) {
    return Map.of(Platform.ANDROID, Set.of(names), Platform.IOS, Set.of(names));
  }

  private static Instant week(int weeks) {
    return FOUND.plus(Duration.ofDays(7L * weeks));
  }

  @Test
  void the_rungs_are_entered_at_the_ends_of_their_waits() {
    Timeline timeline = outOfDateTimeline();
    assertEquals(FOUND, timeline.from());
    assertEquals(List.of(0, 1, 2, 3), each(timeline, Stage::rung));
    assertEquals(List.of(week(0), week(1), week(2), week(3)), each(timeline, Stage::at));
    assertEquals(
        List.of(Optional.of(week(1)), Optional.of(week(2)), Optional.of(week(3)), Optional.empty()),
        each(timeline, Stage::until));
    assertEquals(
        List.of(RiskLevel.ADVISORY, RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH),
        each(timeline, Stage::riskLevel));
    assertEquals(
        List.of(
            Response.ALERT_DEVICE,
            Response.ALERT_DEVICE,
            Response.ALERT_DEVICE,
            Response.BLOCK_DOMAINS_AND_ALERT),
        each(timeline, Stage::response));
  }

  @Test
  void the_user_is_told_with_the_days_and_dates_of_each_rung() {
    Optional<String> notice = Optional.of("Call 4711.");
    assertEquals(
        List.of(
            new Message("Please update.", "21 days, until 2026-03-23.", notice),
            new Message("Please update.", "14 days, until 2026-03-23.", notice),
            new Message("Please update.", "7 days, until 2026-03-23.", notice),
            new Message(
                "Blocked on a-device of Test Group.",
                "fix: Blocked on a-device of Test Group.",
                notice)),
        each(outOfDateTimeline(), stage -> stage.message().orElseThrow()));
  }

  @Test
  void dates_in_messages_are_of_the_tenants_zone() {
    CompiledPolicies policies =
        outOfDate().timeZone(ZoneId.of("Pacific/Auckland")).build().compile();
    Timeline timeline = Timeline.of(policies, "test", OS, Instant.parse("2026-03-02T12:00:00Z"));
    assertEquals(ZoneId.of("Pacific/Auckland"), timeline.timeZone());
    assertEquals(
        "21 days, until 2026-03-24.",
        timeline.stages().get(0).message().map(Message::howToFix).orElse(""));
  }

  @Test
  void administrators_get_mail_for_the_levels_that_they_want() {
    assertEquals(
        List.of(
            List.of(),
            List.of("z@acme.example"),
            List.of(),
            List.of("ciso@acme.example", "z@acme.example")),
        each(outOfDateTimeline(), Stage::mailed));
  }

  @Test
  void labels_come_and_go_with_the_level() {
    Timeline timeline = outOfDateTimeline();
    assertEquals(
        List.of(
            List.of(),
            List.of("MES - Low Risk"),
            List.of("MES - Moderate Risk"),
            List.of("MES - High Risk")),
        each(timeline, Stage::labels));
    assertEquals(each(timeline, Stage::labels), each(timeline, Stage::labelsAdded));
    assertEquals(
        List.of(List.of(), List.of(), List.of("MES - Low Risk"), List.of("MES - Moderate Risk")),
        each(timeline, Stage::labelsRemoved));
  }

  @Test
  void labels_of_all_families_are_in_their_order() {
    Timeline timeline =
        timeline(
            setWith(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE))
                .labels(
                    LabelScheme.defaults()
                        .with(
                            Map.of(
                                LabelState.SECURED, Optional.of("Fine"),
                                LabelState.THREATS_PRESENT, Optional.of("Ill")))));
    Stage stage = timeline.stages().get(0);
    assertEquals(List.of("Ill", "MES - Low Risk"), stage.labels());
    assertEquals(List.of("Ill", "MES - Low Risk"), stage.labelsAdded());
    assertEquals(List.of("Fine"), stage.labelsRemoved());
  }

  @Test
  void compliance_actions_start_and_cease_on_each_platform() {
    Timeline timeline = outOfDateTimeline();
    List<Map<Platform, Set<String>>> inForce =
        List.of(
            onBoth(), onBoth("MES Low Risk"), onBoth("MES Moderate Risk"), onBoth("MES High Risk"));
    assertEquals(inForce, each(timeline, Stage::complianceActions));
    assertEquals(inForce, each(timeline, Stage::actionsStarted));
    assertEquals(
        List.of(onBoth(), onBoth(), onBoth("MES Low Risk"), onBoth("MES Moderate Risk")),
        each(timeline, Stage::actionsCeased));
  }

  @Test
  void effects_are_those_of_the_engine_without_the_actions_of_a_platform() {
    assertEquals(
        List.of(
            List.of("NOTIFY_DEVICE a-threat ADVISORY ALERT_DEVICE"),
            List.of(
                "NOTIFY_DEVICE a-threat LOW ALERT_DEVICE",
                "ISSUE_OPENED a-threat LOW",
                "EMAIL_ADMINISTRATORS a-threat LOW [z@acme.example]",
                "ADD_LABEL MES - Low Risk"),
            List.of(
                "NOTIFY_DEVICE a-threat MEDIUM ALERT_DEVICE",
                "ISSUE_UPDATED a-threat MEDIUM",
                "ADD_LABEL MES - Moderate Risk",
                "REMOVE_LABEL MES - Low Risk"),
            List.of(
                "NOTIFY_DEVICE a-threat HIGH BLOCK_DOMAINS_AND_ALERT",
                "ISSUE_UPDATED a-threat HIGH",
                "EMAIL_ADMINISTRATORS a-threat HIGH [ciso@acme.example, z@acme.example]",
                "BLOCK_DOMAINS [acme.example]",
                "ADD_LABEL MES - High Risk",
                "REMOVE_LABEL MES - Moderate Risk")),
        each(outOfDateTimeline(), stage -> shortly(stage.effects())));
  }

  @Test
  void says_whose_policy_it_is() {
    Timeline own = outOfDateTimeline();
    assertEquals("test", own.group());
    assertEquals("Test Group", own.groupName());
    assertEquals(Optional.of("test"), own.policyGroup());
    assertEquals(Optional.of("Test Group"), own.policyGroupName());
    PolicySet.Builder inherited =
        setOf(
            root()
                .name("All")
                .putPolicy(OS, weekly())
                .onDeviceThreatProtection(blocking("a.b"))
                .build(),
            group("sales", ROOT).build());
    Timeline ofSales = Timeline.of(inherited.build().compile(), "sales", OS, T0);
    assertEquals("sales", ofSales.groupName());
    assertEquals(Optional.of(ROOT), ofSales.policyGroup());
    assertEquals(Optional.of("All"), ofSales.policyGroupName());
    Timeline ofCatalogue = Timeline.of(outOfDate().build().compile(), ROOT, OS, T0);
    assertEquals(Optional.empty(), ofCatalogue.policyGroup());
    assertEquals(Optional.empty(), ofCatalogue.policyGroupName());
  }

  @Test
  void a_default_is_a_ladder_of_one_rung() {
    Timeline timeline =
        Timeline.of(setOf(root().build()).build().compile(), ROOT, "ACTIVE_MITM", T0);
    assertEquals(1, timeline.stages().size());
    Stage stage = timeline.stages().get(0);
    assertEquals(T0, stage.at());
    assertEquals(Optional.empty(), stage.until());
    assertEquals(RiskLevel.HIGH, stage.riskLevel());
    assertTrue(stage.message().isPresent());
    assertEquals(List.of(), stage.mailed());
    assertEquals(onBoth(), stage.complianceActions());
    assertEquals(List.of(), timeline.restrictions());
  }

  @Test
  void at_level_none_nothing_happens_at_all() {
    Timeline timeline =
        timeline(
            setWith(OS, policy(RiskLevel.NONE, Response.DONT_ALERT))
                .riskResponse(RiskResponse.standard()));
    assertEquals(List.of(List.of()), each(timeline, Stage::effects));
    assertEquals(List.of(Optional.empty()), each(timeline, Stage::message));
    assertEquals(List.of(List.of()), each(timeline, Stage::labels));
    assertEquals(List.of(), timeline.restrictions());
  }

  @Test
  void a_silent_rung_has_no_message() {
    Timeline timeline =
        timeline(
            setWith(
                OS,
                policy(
                    RiskLevel.ADVISORY,
                    Response.DONT_ALERT,
                    after(1, RiskLevel.LOW, Response.DONT_ALERT))));
    assertEquals(List.of(Optional.empty(), Optional.empty()), each(timeline, Stage::message));
    assertEquals(
        List.of(List.of(), List.of("ISSUE_OPENED a-threat LOW", "ADD_LABEL MES - Low Risk")),
        each(timeline, stage -> shortly(stage.effects())));
  }

  @Test
  void web_content_is_over_in_a_moment() {
    PolicySet.Builder set =
        setWith("PHISHING_CONTENT", policy(RiskLevel.HIGH, Response.BLOCK_AND_ALERT_DEVICE))
            .addAdministrators(admin("ops@acme.example", RiskLevel.HIGH))
            .riskResponse(RiskResponse.standard());
    Timeline timeline = Timeline.of(set.build().compile(), ROOT, "PHISHING_CONTENT", T0);
    assertEquals(1, timeline.stages().size());
    Stage stage = timeline.stages().get(0);
    assertEquals(
        List.of(
            "NOTIFY_DEVICE a-threat HIGH BLOCK_AND_ALERT_DEVICE",
            "ISSUE_OPENED a-threat HIGH",
            "ISSUE_RESOLVED a-threat RESOLVED",
            "EMAIL_ADMINISTRATORS a-threat HIGH [ops@acme.example]"),
        shortly(stage.effects()));
    assertEquals(List.of("ops@acme.example"), stage.mailed());
    assertEquals(List.of(), stage.labels());
    assertEquals(onBoth(), stage.complianceActions());
    assertFalse(stage.blockFallsAway());
    assertEquals(List.of(), timeline.restrictions());
  }

  @Test
  void a_block_falls_away_where_the_devices_group_does_not_allow_it() {
    PolicySet.Builder set =
        setOf(
            root()
                .onDeviceThreatProtection(blocking("acme.example"))
                .putPolicy(OS, weekly())
                .build(),
            group("off", ROOT)
                .onDeviceThreatProtection(OnDeviceThreatProtection.disabled())
                .build(),
            group("bare", ROOT)
                .onDeviceThreatProtection(new OnDeviceThreatProtection(true, List.of()))
                .build());
    CompiledPolicies policies = set.build().compile();
    for (String group : List.of("off", "bare")) {
      Timeline timeline = Timeline.of(policies, group, OS, T0);
      assertEquals(List.of(false, false, false, true), each(timeline, Stage::blockFallsAway));
      assertEquals(new Block.None(), timeline.stages().get(3).block());
      assertEquals(List.of(), timeline.restrictions());
    }
    Timeline timeline = Timeline.of(policies, ROOT, OS, T0);
    assertEquals(List.of(false, false, false, false), each(timeline, Stage::blockFallsAway));
    assertEquals(new Block.Domains(List.of("acme.example")), timeline.stages().get(3).block());
  }

  private static String refusedFrom(Instant from) {
    return refusal(() -> Timeline.of(outOfDate().build().compile(), "test", OS, from));
  }

  @Test
  void the_last_rung_is_entered_before_the_year_10000() {
    Instant latest = Instant.parse("9999-12-10T23:59:59.999999999Z");
    Timeline timeline = Timeline.of(outOfDate().build().compile(), "test", OS, latest);
    assertEquals(Limits.LATEST, timeline.stages().get(3).at());
    assertEquals(
        "from: 9999-12-11T00:00:00.999999999Z is too late for this ladder, expected "
            + latest
            + " or before, so that its last rung is entered before the year 10000",
        refusedFrom(latest.plusSeconds(1)));
    assertEquals(
        T0.plus(Duration.ofDays(21)),
        Timeline.of(outOfDate().build().compile(), "test", OS, T0).stages().get(3).at());
  }

  @Test
  void a_ladder_of_one_rung_can_begin_with_the_last_instant() {
    assertEquals(
        Limits.LATEST, Timeline.of(outOfDate().build().compile(), ROOT, OS, Limits.LATEST).from());
    assertEquals(
        Instant.EPOCH, Timeline.of(outOfDate().build().compile(), ROOT, OS, Instant.EPOCH).from());
  }

  @Test
  void instants_out_of_range_are_refused() {
    assertEquals(
        "from: 1969-12-31T23:59:59.999999999Z is out of range, expected a year from 1970 to 9999",
        refusedFrom(Instant.EPOCH.minusNanos(1)));
    assertEquals(
        "from: +10000-01-01T00:00:00Z is out of range, expected a year from 1970 to 9999",
        refusedFrom(Limits.LATEST.plusNanos(1)));
    assertTrue(refusedFrom(Instant.MAX).startsWith("from: "));
  }

  @Test
  void unknown_names_are_refused_with_the_near_miss() {
    CompiledPolicies policies = outOfDate().build().compile();
    assertEquals(
        "group: nowhere is not there", refusal(() -> Timeline.of(policies, "nowhere", OS, T0)));
    assertEquals(
        "group: defualt is not there, did you mean default?",
        refusal(() -> Timeline.of(policies, "defualt", OS, T0)));
    assertEquals(
        "classification: OUT_OF_DATE_0S is unknown, did you mean OUT_OF_DATE_OS?",
        refusal(() -> Timeline.of(policies, ROOT, "OUT_OF_DATE_0S", T0)));
    assertEquals(
        "classification: x is unknown", refusal(() -> Timeline.of(policies, ROOT, "x", T0)));
  }

  @Test
  void nanoseconds_are_kept() {
    Instant odd = T0.plusNanos(1);
    PolicySet.Builder set =
        setWith(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(1, RiskLevel.HIGH)));
    assertEquals(
        List.of(odd, day(1).plusNanos(1)),
        each(Timeline.of(set.build().compile(), ROOT, OS, odd), Stage::at));
  }
}
