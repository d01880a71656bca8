package io.riskladder.core.device;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.T0;
import static io.riskladder.core.Fixtures.admin;
import static io.riskladder.core.Fixtures.after;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.characters;
import static io.riskladder.core.Fixtures.day;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.own;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.refusal;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.saying;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.setWith;
import static io.riskladder.core.Fixtures.shortly;
import static io.riskladder.core.Fixtures.weekly;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.Limits;
import io.riskladder.core.device.DeviceEvent.DeviceDisconnected;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.DeviceMoved;
import io.riskladder.core.device.DeviceEvent.DeviceReconnected;
import io.riskladder.core.device.DeviceEvent.DeviceRemoved;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.IssueRestored;
import io.riskladder.core.device.DeviceEvent.PolicyChanged;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatEncountered;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.DeviceEvent.TimePassed;
import io.riskladder.core.device.Effect.NotifyDevice;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.AppControlRule.Scope;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Classification;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens when, with all that follows (rules, sections 5 to 9). */
final class DecisionTest {
  private static final String ADWARE = "ADWARE"; // by default LOW, ALERT_DEVICE
  private static final String TROJAN = "TROJAN"; // by default HIGH, ALERT_DEVICE
  private static final String SIDELOADED = "SIDELOADED_APP"; // by default NONE, DONT_ALERT
  private static final String PHISHING = "PHISHING_CONTENT"; // HIGH, BLOCK_AND_ALERT_DEVICE
  private static final String LOW_LABEL = "MES - Low Risk";
  private static final String MEDIUM_LABEL = "MES - Moderate Risk";
  private static final String HIGH_LABEL = "MES - High Risk";

  /** One device through time: takes events and writes down in short what each leads to. */
  private static final class Story {
    private PolicyArchive archive;
    private DeviceState state = DeviceState.unknown("d");
    private long number;
    private List<Effect> effects = List.of();

    Story(PolicySet set) {
      this(set, Limits.defaults());
    }

    Story(PolicySet set, Limits limits) {
      archive = PolicyArchive.startingWith(set.compile(limits));
    }

    /** {@return a story of a device enrolled at T0 in the root, on Android} */
    static Story under(PolicySet.Builder set) {
      Story story = new Story(set.build());
      story.take(new DeviceEnrolled(ROOT, Platform.ANDROID), T0);
      return story;
    }

    final List<String> take(DeviceEvent event, Instant at) {
      Decision decision = state.decide(archive, event, at, ++number);
      state = decision.state();
      effects = decision.effects();
      return shortly(effects);
    }

    List<String> advanceTo(Instant at) {
      return take(new TimePassed(), at);
    }

    List<String> detect(String threat, String classification, Instant at) {
      return take(new ThreatDetected(threat, classification), at);
    }

    List<String> resolve(String threat, Instant at) {
      return take(new ThreatResolved(threat), at);
    }

    List<String> ignore(String threat, Instant at) {
      return take(new IssueIgnored(threat, Optional.empty()), at);
    }

    List<String> restore(String threat, Instant at) {
      return take(new IssueRestored(threat, Optional.empty()), at);
    }

    List<String> change(PolicySet.Builder set, PolicyChangeMode mode, Instant at) {
      archive = archive.replacedBy(set.build().compile());
      return take(new PolicyChanged(archive.currentVersion(), mode), at);
    }

    EnrolledDevice device() {
      return assertInstanceOf(EnrolledDevice.class, state);
    }

    ThreatState threat(String id) {
      return Optional.ofNullable(device().threats().get(id)).orElseThrow();
    }

    /** {@return the messages among the effects of the last event} */
    List<Message> messages() {
      List<Message> messages = new ArrayList<>();
      for (Effect effect : effects) {
        if (effect instanceof NotifyDevice notification) {
          messages.add(notification.message());
        }
      }
      return messages;
    }

    String description() {
      return messages().get(0).description();
    }
  }

  private static PolicySet.Builder protectedSet(
      String classification, ClassificationPolicy policy) {
    return setOf(
        root()
            .onDeviceThreatProtection(blocking("acme.example"))
            .putPolicy(classification, policy)
            .build());
  }

  /** {@return the weekly ladder for OS, with two administrators} */
  private static PolicySet.Builder weeklySet() {
    return protectedSet(OS, weekly())
        .addAdministrators(
            admin("bob@acme.example", RiskLevel.HIGH),
            admin("ann@acme.example", RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH));
  }

  private static PolicySet.Builder onlyRung(RiskLevel level, Response response) {
    return protectedSet(OS, policy(level, response));
  }

  private static ThreatState.Builder threatState(String id, int rung, Instant entered) {
    return ThreatState.builder()
        .id(id)
        .classification(OS)
        .rung(rung)
        .entered(entered)
        .issue(IssueState.OPEN);
  }

  // A whole life.

  @Test
  void a_ladder_is_climbed_rung_by_rung_and_all_is_taken_back_in_the_end() {
    Story story = Story.under(weeklySet());

    assertEquals(List.of("NOTIFY_DEVICE t ADVISORY ALERT_DEVICE"), story.detect("t", OS, T0));
    assertEquals(
        threatState("t", 0, T0).issue(IssueState.NONE).nextDue(day(7)).build(), story.threat("t"));
    assertEquals(Optional.of(day(7)), story.state.nextDue());

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t LOW ALERT_DEVICE",
            "ISSUE_OPENED t LOW",
            "EMAIL_ADMINISTRATORS t LOW [ann@acme.example]",
            "ADD_LABEL " + LOW_LABEL),
        story.advanceTo(day(7)));
    assertEquals(threatState("t", 1, day(7)).nextDue(day(14)).build(), story.threat("t"));

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t MEDIUM ALERT_DEVICE",
            "ISSUE_UPDATED t MEDIUM",
            "EMAIL_ADMINISTRATORS t MEDIUM [ann@acme.example]",
            "ADD_LABEL " + MEDIUM_LABEL,
            "REMOVE_LABEL " + LOW_LABEL),
        story.advanceTo(day(14)));

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t HIGH BLOCK_DOMAINS_AND_ALERT",
            "ISSUE_UPDATED t HIGH",
            "EMAIL_ADMINISTRATORS t HIGH [ann@acme.example, bob@acme.example]",
            "BLOCK_DOMAINS [acme.example]",
            "ADD_LABEL " + HIGH_LABEL,
            "REMOVE_LABEL " + MEDIUM_LABEL),
        story.advanceTo(day(21)));
    assertEquals(threatState("t", 3, day(21)).build(), story.threat("t"));
    assertEquals(Optional.empty(), story.state.nextDue());

    assertEquals(
        List.of("ISSUE_RESOLVED t RESOLVED", "UNBLOCK", "REMOVE_LABEL " + HIGH_LABEL),
        story.resolve("t", day(22)));
    assertEquals(Map.of(), story.device().threats());
    assertEquals(DesiredState.nothing(), story.device().desired());
  }

  // Enrolled, disconnected, reconnected.

  private static PolicySet.Builder allLabels() {
    return setOf(root().build())
        .labels(
            LabelScheme.defaults()
                .with(
                    Map.of(
                        LabelState.DISCONNECTED, Optional.of("Gone"),
                        LabelState.SECURED, Optional.of("Secured"),
                        LabelState.THREATS_PRESENT, Optional.of("Threats"))));
  }

  @Test
  void a_device_that_is_enrolled_is_settled_and_had_nothing_before() {
    Story story = new Story(allLabels().build());

    assertEquals(
        List.of("ADD_LABEL Secured"), story.take(new DeviceEnrolled(ROOT, Platform.IOS), T0));

    EnrolledDevice device = story.device();
    assertEquals("d", device.id());
    assertEquals(ROOT, device.group());
    assertEquals(Platform.IOS, device.platform());
    assertTrue(device.connected());
    assertEquals(Map.of(), device.threats());
    assertEquals(0, device.policyVersion());
    assertEquals(T0, device.lastSeen());
    assertEquals(Map.of(LabelState.Family.SECURITY, "Secured"), device.desired().labels());
  }

  @Test
  void a_device_is_enrolled_under_the_version_in_force() {
    Story story = new Story(setOf(root().build()).build());
    story.archive = story.archive.replacedBy(setOf(root().build()).build().compile());

    story.take(new DeviceEnrolled(ROOT, Platform.IOS), T0);

    assertEquals(1, story.device().policyVersion());
  }

  @Test
  void a_silent_device_has_a_label_for_that_until_it_is_back() {
    Story story = Story.under(allLabels());

    assertEquals(List.of("ADD_LABEL Gone"), story.take(new DeviceDisconnected(), day(1)));
    assertFalse(story.device().connected());
    assertEquals(List.of(), story.take(new DeviceDisconnected(), day(1)));
    assertEquals(List.of("REMOVE_LABEL Gone"), story.take(new DeviceReconnected(), day(2)));
    assertTrue(story.device().connected());
    assertEquals(List.of(), story.take(new DeviceReconnected(), day(2)));
  }

  @Test
  void going_offline_is_no_way_out_of_a_risk_or_a_block() {
    Story story = Story.under(onlyRung(RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT));
    story.detect("t", OS, T0);
    DesiredState before = story.device().desired();

    assertEquals(List.of(), story.take(new DeviceDisconnected(), day(1)));
    assertEquals(before, story.device().desired());
  }

  @Test
  void a_silent_device_climbs_its_ladders() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.take(new DeviceDisconnected(), day(1));

    story.advanceTo(day(7));

    assertEquals(1, story.threat("t").rung());
  }

  // Detected.

  @Test
  void a_threat_at_no_risk_is_kept_like_any_other_and_nobody_hears_of_it() {
    Story story = Story.under(weeklySet());

    assertEquals(List.of(), story.detect("t", SIDELOADED, T0));
    assertEquals(
        threatState("t", 0, T0).classification(SIDELOADED).issue(IssueState.NONE).build(),
        story.threat("t"));
    assertEquals(List.of(), story.resolve("t", day(1)));
  }

  @Test
  void a_threat_at_advisory_tells_the_user_alone_and_ends_in_silence() {
    Story story =
        Story.under(
            onlyRung(RiskLevel.ADVISORY, Response.ALERT_DEVICE)
                .addAdministrator(admin("a@acme.example", RiskLevel.LOW)));

    assertEquals(List.of("NOTIFY_DEVICE t ADVISORY ALERT_DEVICE"), story.detect("t", OS, T0));
    assertEquals(RiskLevel.NONE, story.device().desired().risk());
    assertEquals(List.of(), story.resolve("t", day(1)));
  }

  @Test
  void a_block_at_advisory_blocks_all_the_same() {
    Story story = Story.under(onlyRung(RiskLevel.ADVISORY, Response.BLOCK_INTERNET_AND_ALERT));

    assertEquals(
        List.of("NOTIFY_DEVICE t ADVISORY BLOCK_INTERNET_AND_ALERT", "BLOCK_INTERNET"),
        story.detect("t", OS, T0));
    assertEquals(List.of("UNBLOCK"), story.resolve("t", day(1)));
  }

  @Test
  void a_response_that_does_not_alert_still_opens_an_issue() {
    Story story = Story.under(onlyRung(RiskLevel.LOW, Response.DONT_ALERT));

    assertEquals(
        List.of("ISSUE_OPENED t LOW", "ADD_LABEL " + LOW_LABEL), story.detect("t", OS, T0));
  }

  @Test
  void where_nobody_wants_mail_for_the_level_there_is_no_mail() {
    Story story =
        Story.under(
            onlyRung(RiskLevel.MEDIUM, Response.DONT_ALERT)
                .addAdministrator(admin("a@acme.example", RiskLevel.LOW, RiskLevel.HIGH)));

    assertEquals(
        List.of("ISSUE_OPENED t MEDIUM", "ADD_LABEL " + MEDIUM_LABEL), story.detect("t", OS, T0));
  }

  @Test
  void without_a_policy_of_any_group_the_catalogue_decides() {
    Story story = Story.under(setOf(root().build()));

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t HIGH ALERT_DEVICE", "ISSUE_OPENED t HIGH", "ADD_LABEL " + HIGH_LABEL),
        story.detect("t", TROJAN, T0));
    assertEquals(Optional.empty(), story.threat("t").nextDue());
  }

  @Test
  void a_threat_detected_again_goes_on_as_though_nothing_had_happened() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.advanceTo(day(7));
    ThreatState before = story.threat("t");

    assertEquals(List.of(), story.detect("t", OS, day(9)));
    assertEquals(before, story.threat("t"));
    assertEquals(day(9), story.device().lastSeen());
  }

  @Test
  void an_ignored_threat_detected_again_stays_ignored() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.advanceTo(day(7));
    story.ignore("t", day(8));
    ThreatState before = story.threat("t");

    assertEquals(List.of(), story.detect("t", OS, day(9)));
    assertEquals(before, story.threat("t"));
  }

  @Test
  void another_classification_ends_the_old_threat_and_settles_after_the_new_one() {
    Story story = Story.under(weeklySet());
    story.detect("t", ADWARE, T0);

    assertEquals(
        List.of(
            "ISSUE_RESOLVED t RESOLVED",
            "NOTIFY_DEVICE t HIGH ALERT_DEVICE",
            "ISSUE_OPENED t HIGH",
            "EMAIL_ADMINISTRATORS t HIGH [ann@acme.example, bob@acme.example]",
            "ADD_LABEL " + HIGH_LABEL,
            "REMOVE_LABEL " + LOW_LABEL),
        story.detect("t", TROJAN, day(1)));
    assertEquals(threatState("t", 0, day(1)).classification(TROJAN).build(), story.threat("t"));
    assertEquals(Optional.of(ADWARE), story.effects.get(0).header().classification());
    assertEquals(Optional.of(TROJAN), story.effects.get(1).header().classification());
  }

  @Test
  void another_classification_at_the_same_level_leaves_the_labels_alone() {
    Story story = Story.under(setOf(root().build()));
    story.detect("t", ADWARE, T0);

    assertEquals(
        List.of(
            "ISSUE_RESOLVED t RESOLVED", "NOTIFY_DEVICE t LOW ALERT_DEVICE", "ISSUE_OPENED t LOW"),
        story.detect("t", "SPAM", day(1)));
  }

  @Test
  void another_classification_ends_an_advisory_threat_in_silence() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);

    assertEquals(List.of(), story.detect("t", SIDELOADED, day(1)));
    assertEquals(Optional.empty(), story.state.nextDue());
  }

  @Test
  void another_classification_makes_an_ignored_threat_count() {
    Story story = Story.under(setOf(root().build()));
    story.detect("t", ADWARE, T0);
    story.ignore("t", T0);

    assertEquals(
        List.of(
            "ISSUE_RESOLVED t RESOLVED",
            "NOTIFY_DEVICE t HIGH ALERT_DEVICE",
            "ISSUE_OPENED t HIGH",
            "ADD_LABEL " + HIGH_LABEL),
        story.detect("t", TROJAN, day(1)));
    assertTrue(story.threat("t").counts());
  }

  // A rung falls due.

  @Test
  void each_missed_rung_is_entered_at_its_own_instant_however_late_the_clock_is_read() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);

    story.advanceTo(day(20));

    assertEquals(
        List.of(day(7), day(7), day(7), day(7), day(14), day(14), day(14), day(14), day(14)),
        story.effects.stream().map(Effect::at).toList());
    assertEquals(threatState("t", 2, day(14)).nextDue(day(21)).build(), story.threat("t"));
    assertEquals(day(20), story.device().lastSeen());
  }

  @Test
  void advancing_to_the_very_instant_enters_the_rung_and_to_a_nanosecond_before_does_not() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);

    assertEquals(List.of(), story.advanceTo(day(7).minusNanos(1)));
    assertEquals(4, story.advanceTo(day(7)).size());
    assertEquals(List.of(), story.advanceTo(day(7)));
  }

  @Test
  void an_event_first_enters_what_was_due_before_it() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t LOW ALERT_DEVICE",
            "ISSUE_OPENED t LOW",
            "EMAIL_ADMINISTRATORS t LOW [ann@acme.example]",
            "ADD_LABEL " + LOW_LABEL,
            "ISSUE_RESOLVED t RESOLVED",
            "REMOVE_LABEL " + LOW_LABEL),
        story.resolve("t", day(7).plusNanos(1)));
  }

  @Test
  void a_threat_remediated_in_the_instant_of_its_deadline_does_not_escalate() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);

    assertEquals(List.of(), story.resolve("t", day(7)));
    assertEquals(List.of(), story.advanceTo(day(30)));
  }

  @Test
  void a_rung_due_in_the_instant_of_an_event_is_still_due_after_it() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);

    assertEquals(List.of(), story.take(new DeviceDisconnected(), day(7)));
    assertEquals(0, story.threat("t").rung());
    assertEquals(Optional.of(day(7)), story.state.nextDue());
    assertEquals(4, story.advanceTo(day(7)).size());
  }

  @Test
  void rungs_due_at_once_are_entered_in_order_of_threat_id_each_settled_before_the_next() {
    Story story =
        Story.under(
            setOf(
                root()
                    .putPolicy(
                        OS,
                        policy(
                            RiskLevel.ADVISORY,
                            Response.DONT_ALERT,
                            after(7, RiskLevel.LOW, Response.DONT_ALERT)))
                    .putPolicy(
                        ADWARE,
                        policy(
                            RiskLevel.ADVISORY,
                            Response.DONT_ALERT,
                            after(7, RiskLevel.HIGH, Response.DONT_ALERT)))
                    .build()));
    story.detect("b", ADWARE, T0);
    story.detect("a", OS, T0);
    story.detect("B", OS, T0);

    assertEquals(
        List.of(
            "ISSUE_OPENED B LOW",
            "ADD_LABEL " + LOW_LABEL,
            "ISSUE_OPENED a LOW",
            "ISSUE_OPENED b HIGH",
            "ADD_LABEL " + HIGH_LABEL,
            "REMOVE_LABEL " + LOW_LABEL),
        story.advanceTo(day(7)));
  }

  @Test
  void an_earlier_due_instant_goes_before_a_smaller_id() {
    Story story = Story.under(weeklySet());
    story.detect("b", OS, T0);
    story.detect("a", OS, T0.plusSeconds(1));

    story.advanceTo(day(8));

    assertEquals(
        List.of("b", "a"),
        story.effects.stream()
            .filter(effect -> effect.type() == Effect.Type.ISSUE_OPENED)
            .map(effect -> effect.header().threat().orElseThrow())
            .toList());
  }

  @Test
  void advancing_in_steps_comes_to_the_same_as_at_once() {
    Story steps = Story.under(weeklySet());
    steps.detect("t", OS, T0);
    Story atOnce = Story.under(weeklySet());
    atOnce.detect("t", OS, T0);

    List<Effect> effects = new ArrayList<>();
    for (int hour = 1; hour <= 24 * 30; hour += 5) {
      steps.advanceTo(T0.plus(Duration.ofHours(hour)));
      effects.addAll(steps.effects);
    }
    atOnce.advanceTo(T0.plus(Duration.ofHours(24 * 30 - 4)));

    assertEquals(4 + 5 + 6, effects.size());
    assertEquals(atOnce.effects, effects);
    assertEquals(atOnce.state, steps.state);
  }

  // Resolved.

  @Test
  void resolving_an_ignored_threat_resolves_its_issue() {
    Story story = Story.under(setOf(root().build()));
    story.detect("t", ADWARE, T0);
    story.ignore("t", T0);

    assertEquals(List.of("ISSUE_RESOLVED t RESOLVED"), story.resolve("t", day(1)));
    assertEquals(Map.of(), story.device().threats());
  }

  @Test
  void resolving_an_unknown_threat_is_no_error_and_nothing() {
    Story story = Story.under(setOf(root().build()));
    story.detect("t", ADWARE, T0);

    assertEquals(List.of(), story.resolve("T", day(1)));
    assertEquals(1, story.device().threats().size());
    assertEquals(day(1), story.device().lastSeen());
  }

  @Test
  void when_the_worst_threat_is_resolved_the_next_worst_remains() {
    Story story = Story.under(setOf(root().build()));
    story.detect("bad", ADWARE, T0);
    story.detect("worse", TROJAN, T0);

    assertEquals(
        List.of(
            "ISSUE_RESOLVED worse RESOLVED",
            "ADD_LABEL " + LOW_LABEL,
            "REMOVE_LABEL " + HIGH_LABEL),
        story.resolve("worse", day(1)));
    assertEquals(RiskLevel.LOW, story.device().desired().risk());
  }

  // Encountered.

  @Test
  void web_content_is_told_opened_resolved_and_mailed_and_not_kept() {
    Story story = Story.under(weeklySet());
    EnrolledDevice before = story.device();

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t HIGH BLOCK_AND_ALERT_DEVICE",
            "ISSUE_OPENED t HIGH",
            "ISSUE_RESOLVED t RESOLVED",
            "EMAIL_ADMINISTRATORS t HIGH [ann@acme.example, bob@acme.example]"),
        story.take(new ThreatEncountered("t", PHISHING), T0));
    assertEquals(before, story.device());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NONE | DONT_ALERT | ",
        "ADVISORY | ALERT_DEVICE | NOTIFY_DEVICE t ADVISORY ALERT_DEVICE",
        "ADVISORY | DONT_ALERT | ",
        "LOW | DONT_ALERT | ISSUE_OPENED t LOW, ISSUE_RESOLVED t RESOLVED"
      })
  void web_content_below_low_opens_no_issue(
      RiskLevel level, Response response, @Nullable String expected) {
    Story story = Story.under(setOf(root().putPolicy(PHISHING, policy(level, response)).build()));

    assertEquals(
        expected == null ? "" : expected,
        String.join(", ", story.take(new ThreatEncountered("t", PHISHING), T0)));
  }

  @Test
  void an_open_threat_of_the_same_id_is_left_alone_by_web_content() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    ThreatState before = story.threat("t");

    assertEquals(4, story.take(new ThreatEncountered("t", PHISHING), day(1)).size());
    assertEquals(before, story.threat("t"));
    assertEquals(Optional.of(PHISHING), story.effects.get(0).header().classification());
  }

  // Ignored.

  @Test
  void ignoring_an_issue_stops_the_ladder_and_takes_back_what_the_threat_caused() {
    Story story =
        Story.under(
            protectedSet(
                OS,
                policy(
                    RiskLevel.LOW,
                    Response.BLOCK_DOMAINS_AND_ALERT,
                    alertAfter(7, RiskLevel.HIGH))));
    story.detect("t", OS, T0);

    assertEquals(
        List.of("ISSUE_IGNORED t by ann", "UNBLOCK", "REMOVE_LABEL " + LOW_LABEL),
        story.take(new IssueIgnored("t", Optional.of("ann")), day(1)));
    assertEquals(threatState("t", 0, T0).issue(IssueState.IGNORED).build(), story.threat("t"));
    assertEquals(Optional.empty(), story.state.nextDue());
    assertEquals(List.of(), story.advanceTo(day(30)));
  }

  @Test
  void ignoring_twice_is_done_once() {
    Story story = Story.under(setOf(root().build()));
    story.detect("t", ADWARE, T0);
    story.ignore("t", T0);

    assertEquals(List.of(), story.ignore("t", day(1)));
    assertEquals(IssueState.IGNORED, story.threat("t").issue());
  }

  @Test
  void without_an_issue_there_is_nothing_to_ignore() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);

    assertEquals(List.of("REJECTED t NO_ISSUE"), story.ignore("t", day(1)));
    assertEquals(List.of("REJECTED u NO_ISSUE"), story.ignore("u", day(1)));
    assertTrue(story.threat("t").counts());
  }

  // Restored.

  @Test
  void a_restored_threat_counts_again_on_its_rung_entered_now() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.advanceTo(day(7));
    story.ignore("t", day(8));

    assertEquals(
        List.of(
            "ISSUE_RESTORED t by ann",
            "NOTIFY_DEVICE t LOW ALERT_DEVICE",
            "ADD_LABEL " + LOW_LABEL),
        story.take(new IssueRestored("t", Optional.of("ann")), day(20)));
    assertEquals(threatState("t", 1, day(20)).nextDue(day(27)).build(), story.threat("t"));
  }

  @Test
  void a_restored_threat_that_is_below_low_by_now_has_no_issue_any_more() {
    Story story = Story.under(setWith(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE)));
    story.detect("t", OS, T0);
    story.ignore("t", T0);
    story.change(
        setWith(
            OS, policy(RiskLevel.ADVISORY, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.HIGH))),
        PolicyChangeMode.RESTART,
        day(1));

    assertEquals(
        List.of(
            "ISSUE_RESTORED t",
            "NOTIFY_DEVICE t ADVISORY ALERT_DEVICE",
            "ISSUE_RESOLVED t DOWNGRADED"),
        story.restore("t", day(2)));
    assertEquals(
        threatState("t", 0, day(2)).issue(IssueState.NONE).nextDue(day(9)).build(),
        story.threat("t"));
  }

  @Test
  void a_restored_threat_at_no_risk_is_announced_to_nobody() {
    Story story = Story.under(setOf(root().build()));
    story.detect("t", ADWARE, T0);
    story.ignore("t", T0);
    story.change(
        setWith(ADWARE, policy(RiskLevel.NONE, Response.DONT_ALERT)),
        PolicyChangeMode.CONTINUE,
        T0);

    assertEquals(
        List.of("ISSUE_RESTORED t", "ISSUE_RESOLVED t DOWNGRADED"), story.restore("t", day(1)));
    assertEquals(IssueState.NONE, story.threat("t").issue());
  }

  @Test
  void only_an_ignored_threat_can_be_restored() {
    Story story = Story.under(weeklySet());
    story.detect("t", ADWARE, T0);

    assertEquals(List.of("REJECTED t NOT_IGNORED"), story.restore("t", day(1)));
    assertEquals(List.of("REJECTED u NOT_IGNORED"), story.restore("u", day(1)));
  }

  // Moved.

  private static PolicySet.Builder twoGroups(ClassificationPolicy inSales) {
    return setOf(
        root().onDeviceThreatProtection(blocking("acme.example")).putPolicy(OS, weekly()).build(),
        group("sales", ROOT).putPolicy(OS, inSales).build());
  }

  @Test
  void moving_to_the_same_group_has_no_effect() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.advanceTo(day(8));
    ThreatState before = story.threat("t");

    assertEquals(List.of(), story.take(new DeviceMoved(ROOT), day(9)));
    assertEquals(before, story.threat("t"));
  }

  @Test
  void moving_re_rates_every_threat_in_order_of_id_and_settles_after_all() {
    Story story =
        Story.under(
            setOf(
                root().build(),
                group("sales", ROOT)
                    .putPolicy(ADWARE, policy(RiskLevel.HIGH, Response.DONT_ALERT))
                    .putPolicy("SPAM", policy(RiskLevel.MEDIUM, Response.DONT_ALERT))
                    .build()));
    story.detect("b", ADWARE, T0);
    story.detect("a", "SPAM", T0);

    assertEquals(
        List.of(
            "ISSUE_UPDATED a MEDIUM",
            "ISSUE_UPDATED b HIGH",
            "ADD_LABEL " + HIGH_LABEL,
            "REMOVE_LABEL " + LOW_LABEL),
        story.take(new DeviceMoved("sales"), day(1)));
    assertEquals("sales", story.device().group());
    assertEquals(day(1), story.threat("a").entered());
  }

  @Test
  void a_device_that_moves_is_under_the_protection_of_its_new_group() {
    Story story =
        Story.under(
            setOf(
                root()
                    .onDeviceThreatProtection(blocking("acme.example"))
                    .putPolicy(OS, policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT))
                    .build(),
                group("off", ROOT)
                    .onDeviceThreatProtection(OnDeviceThreatProtection.disabled())
                    .build(),
                group("other", ROOT).onDeviceThreatProtection(blocking("b.example")).build(),
                group("empty", ROOT).onDeviceThreatProtection(blocking()).build()));
    story.detect("t", OS, T0);

    assertEquals(List.of("UNBLOCK"), story.take(new DeviceMoved("off"), day(1)));
    assertEquals(
        List.of("BLOCK_DOMAINS [b.example]"), story.take(new DeviceMoved("other"), day(2)));
    assertEquals(List.of("UNBLOCK"), story.take(new DeviceMoved("empty"), day(3)));
    assertEquals(
        List.of("BLOCK_DOMAINS [acme.example]"), story.take(new DeviceMoved(ROOT), day(4)));
  }

  // Policies changed.

  @Test
  void a_change_settles_a_device_without_threats_too() {
    Story story = Story.under(allLabels());

    assertEquals(
        List.of("ADD_LABEL Safe", "REMOVE_LABEL Secured"),
        story.change(
            setOf(root().build()).labels(new LabelScheme(Map.of(LabelState.SECURED, "Safe"))),
            PolicyChangeMode.CONTINUE,
            day(1)));
    assertEquals(1, story.device().policyVersion());
  }

  @Test
  void a_change_re_rates_in_order_of_id_and_settles_once() {
    Story story = Story.under(setOf(root().build()));
    story.detect("b", ADWARE, T0);
    story.detect("a", "SPAM", T0);

    assertEquals(
        List.of(
            "ISSUE_UPDATED a HIGH",
            "ISSUE_UPDATED b MEDIUM",
            "ADD_LABEL " + HIGH_LABEL,
            "REMOVE_LABEL " + LOW_LABEL),
        story.change(
            setOf(
                root()
                    .putPolicy(ADWARE, policy(RiskLevel.MEDIUM, Response.DONT_ALERT))
                    .putPolicy("SPAM", policy(RiskLevel.HIGH, Response.DONT_ALERT))
                    .build()),
            PolicyChangeMode.CONTINUE,
            day(1)));
  }

  @Test
  void a_change_to_equal_policies_has_no_effect_and_shifts_no_ladder() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.advanceTo(day(8));
    ThreatState before = story.threat("t");

    assertEquals(List.of(), story.change(weeklySet(), PolicyChangeMode.CONTINUE, day(9)));
    assertEquals(before, story.threat("t"));
    assertEquals(1, story.device().policyVersion());
  }

  // Removed.

  @Test
  void removing_a_device_ends_each_threat_in_order_of_id_and_takes_everything_back() {
    Story story =
        new Story(
            allLabels()
                .groups(
                    List.of(
                        root()
                            .onDeviceThreatProtection(blocking("acme.example"))
                            .putPolicy(
                                OS, policy(RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT))
                            .build()))
                .riskResponse(RiskResponse.standard())
                .build());
    story.take(new DeviceEnrolled(ROOT, Platform.IOS), T0);
    story.detect("c", OS, T0);
    story.detect("b", SIDELOADED, T0);
    story.detect("a", ADWARE, T0);
    story.detect("d", ADWARE, T0);
    story.ignore("a", T0);
    story.take(new DeviceDisconnected(), T0);

    assertEquals(
        List.of(
            "ISSUE_RESOLVED a DEVICE_REMOVED",
            "ISSUE_RESOLVED c DEVICE_REMOVED",
            "ISSUE_RESOLVED d DEVICE_REMOVED",
            "UNBLOCK",
            "REMOVE_LABEL Gone",
            "REMOVE_LABEL Threats",
            "REMOVE_LABEL " + HIGH_LABEL,
            "COMPLIANCE_ACTION_CEASED MES High Risk"),
        story.take(new DeviceRemoved(), day(1)));
    assertEquals(DeviceState.unknown("d"), story.state);
  }

  @Test
  void a_device_that_comes_back_starts_with_nothing() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.take(new DeviceRemoved(), day(1));

    assertEquals(List.of(), story.take(new DeviceEnrolled(ROOT, Platform.IOS), day(2)));
    assertEquals(Map.of(), story.device().threats());
    assertEquals(Optional.empty(), story.state.nextDue());
  }

  // Rejected.

  private static Stream<DeviceEvent> eventsOfADevice() {
    return Stream.of(
        new DeviceMoved("nowhere"),
        new DeviceDisconnected(),
        new DeviceReconnected(),
        new DeviceRemoved());
  }

  @ParameterizedTest
  @MethodSource("eventsOfADevice")
  void an_unknown_device_comes_before_all_other_reasons(DeviceEvent event) {
    Story story = new Story(setOf(root().build()).build());

    assertEquals(List.of("REJECTED UNKNOWN_DEVICE"), story.take(event, T0));
    assertEquals(DeviceState.unknown("d"), story.state);
  }

  private static Stream<DeviceEvent> eventsOfAThreat() {
    return Stream.of(
        new ThreatDetected("t", "NO_SUCH_THING"),
        new ThreatDetected("t", PHISHING),
        new ThreatEncountered("t", OS),
        new ThreatResolved("t"),
        new IssueIgnored("t", Optional.empty()),
        new IssueRestored("t", Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("eventsOfAThreat")
  void an_unknown_device_is_rejected_with_the_threat_of_the_event(DeviceEvent event) {
    Story story = new Story(setOf(root().build()).build());

    assertEquals(List.of("REJECTED t UNKNOWN_DEVICE"), story.take(event, T0));
  }

  @Test
  void time_and_policies_pass_over_an_unknown_device() {
    Story story = new Story(setOf(root().build()).build());

    assertEquals(List.of(), story.advanceTo(T0));
    assertEquals(List.of(), story.change(setOf(root().build()), PolicyChangeMode.CONTINUE, day(1)));
  }

  @Test
  void a_device_that_exists_comes_before_an_unknown_group() {
    Story story = Story.under(setOf(root().build()));

    assertEquals(
        List.of("REJECTED DEVICE_EXISTS"),
        story.take(new DeviceEnrolled("nowhere", Platform.IOS), T0));
    assertEquals(Platform.ANDROID, story.device().platform());
  }

  @Test
  void an_unknown_group_is_neither_enrolled_in_nor_moved_to() {
    Story story = new Story(setOf(root().build()).build());
    assertEquals(
        List.of("REJECTED UNKNOWN_GROUP"),
        story.take(new DeviceEnrolled("nowhere", Platform.IOS), T0));
    assertEquals(DeviceState.unknown("d"), story.state);

    story.take(new DeviceEnrolled(ROOT, Platform.IOS), T0);
    assertEquals(List.of("REJECTED UNKNOWN_GROUP"), story.take(new DeviceMoved("nowhere"), T0));
    assertEquals(ROOT, story.device().group());
  }

  @Test
  void an_unknown_classification_is_rejected_whatever_is_open() {
    Story story = Story.under(setOf(root().build()));
    story.detect("t", ADWARE, T0);

    assertEquals(
        List.of("REJECTED t UNKNOWN_CLASSIFICATION"), story.detect("t", "NO_SUCH_THING", T0));
    assertEquals(
        List.of("REJECTED u UNKNOWN_CLASSIFICATION"),
        story.take(new ThreatEncountered("u", "NO_SUCH_THING"), T0));
    assertEquals(ADWARE, story.threat("t").classification());
  }

  @Test
  void web_content_is_not_detected_and_nothing_else_is_encountered() {
    Story story = Story.under(setOf(root().build()));
    story.detect("t", ADWARE, T0);

    assertEquals(List.of("REJECTED t WEB_CONTENT"), story.detect("t", PHISHING, T0));
    assertEquals(
        List.of("REJECTED t NOT_WEB_CONTENT"), story.take(new ThreatEncountered("t", ADWARE), T0));
    assertEquals(ADWARE, story.threat("t").classification());
  }

  @Test
  void a_device_keeps_as_many_threats_as_its_limit_ignored_ones_too() {
    Story story =
        new Story(setOf(root().build()).build(), Limits.builder().threatsPerDevice(2).build());
    story.take(new DeviceEnrolled(ROOT, Platform.IOS), T0);
    story.detect("a", ADWARE, T0);
    story.ignore("a", T0);
    assertEquals(3, story.detect("b", ADWARE, T0).size());

    assertEquals(List.of("REJECTED c TOO_MANY_THREATS"), story.detect("c", ADWARE, T0));
    assertEquals(Set.of("a", "b"), story.device().threats().keySet());

    story.resolve("a", T0);
    assertEquals(
        List.of("NOTIFY_DEVICE c LOW ALERT_DEVICE", "ISSUE_OPENED c LOW"),
        story.detect("c", ADWARE, T0));
  }

  @Test
  void at_its_limit_a_device_still_takes_what_makes_no_further_threat() {
    Story story =
        new Story(setOf(root().build()).build(), Limits.builder().threatsPerDevice(1).build());
    story.take(new DeviceEnrolled(ROOT, Platform.IOS), T0);
    story.detect("a", ADWARE, T0);

    assertEquals(List.of(), story.detect("a", ADWARE, T0));
    assertEquals("ISSUE_RESOLVED a RESOLVED", story.detect("a", TROJAN, T0).get(0));
    assertEquals(3, story.take(new ThreatEncountered("b", PHISHING), T0).size());
    assertEquals(
        List.of("REJECTED b UNKNOWN_CLASSIFICATION"), story.detect("b", "NO_SUCH_THING", T0));
    assertEquals(List.of("REJECTED b WEB_CONTENT"), story.detect("b", PHISHING, T0));
  }

  @Test
  void policies_without_the_devices_group_are_rejected_in_every_mode() {
    for (PolicyChangeMode mode : PolicyChangeMode.values()) {
      Story story = Story.under(setOf(root().build()));

      assertEquals(
          List.of("REJECTED INVALID_POLICY"),
          story.change(setOf(DeviceGroup.builder().id("other").build()), mode, day(1)));
      assertEquals(0, story.device().policyVersion());
    }
  }

  @Test
  void a_rejection_says_when_of_what_and_why_and_is_seen() {
    Story story = Story.under(setOf(root().build()));
    Decision decision =
        story.state.decide(story.archive, new ThreatDetected("t", PHISHING), day(1), 17);

    assertEquals(Optional.of(RejectionReason.WEB_CONTENT), decision.rejection());
    EffectHeader header = decision.effects().get(0).header();
    assertEquals(day(1), header.at());
    assertEquals(Optional.of("d"), header.device());
    assertEquals(Optional.of("t"), header.threat());
    assertEquals(Optional.empty(), header.classification());
    assertEquals(Optional.empty(), header.basis());
    assertEquals(new Cause.Event(17), header.cause());
    assertEquals(day(1), assertInstanceOf(EnrolledDevice.class, decision.state()).lastSeen());
  }

  @Test
  void what_is_not_rejected_has_no_reason() {
    Story story = Story.under(setOf(root().build()));

    assertEquals(
        Optional.empty(),
        story.state.decide(story.archive, new ThreatDetected("t", ADWARE), day(1), 17).rejection());
  }

  // Re-rating.

  private static final class Rerated {
    final Story story;
    final List<String> effects;

    /** A threat detected at T0 that has climbed for some days, then other policies. */
    Rerated(ClassificationPolicy from, int climbed, ClassificationPolicy to, Instant at) {
      story = Story.under(protectedSet(OS, from).addAdministrator(everyLevel()));
      story.detect("t", OS, T0);
      story.advanceTo(day(climbed));
      effects =
          story.change(
              protectedSet(OS, to).addAdministrator(everyLevel()), PolicyChangeMode.CONTINUE, at);
    }

    ThreatState threat() {
      return story.threat("t");
    }
  }

  private static Administrator everyLevel() {
    return admin("ann@acme.example", RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH);
  }

  @Test
  void a_threat_below_the_new_base_is_placed_on_it_and_no_higher() {
    Rerated rerated =
        new Rerated(
            weekly(),
            0,
            policy(RiskLevel.MEDIUM, Response.ALERT_DEVICE, alertAfter(1, RiskLevel.HIGH)),
            day(5));

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t MEDIUM ALERT_DEVICE",
            "ISSUE_OPENED t MEDIUM",
            "EMAIL_ADMINISTRATORS t MEDIUM [ann@acme.example]",
            "ADD_LABEL " + MEDIUM_LABEL),
        rerated.effects);
    assertEquals(threatState("t", 0, day(5)).nextDue(day(6)).build(), rerated.threat());
  }

  @Test
  void a_threat_goes_to_the_highest_rung_that_is_not_above_its_level() {
    Rerated rerated =
        new Rerated(
            weekly(),
            14, // at MEDIUM
            policy(
                RiskLevel.ADVISORY,
                Response.ALERT_DEVICE,
                alertAfter(1, RiskLevel.LOW),
                alertAfter(2, RiskLevel.HIGH)),
            day(15));

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t LOW ALERT_DEVICE",
            "ISSUE_UPDATED t LOW",
            "ADD_LABEL " + LOW_LABEL,
            "REMOVE_LABEL " + MEDIUM_LABEL),
        rerated.effects);
    assertEquals(threatState("t", 1, day(15)).nextDue(day(17)).build(), rerated.threat());
  }

  @Test
  void a_threat_that_falls_below_low_loses_its_issue() {
    Rerated rerated =
        new Rerated(weekly(), 7, policy(RiskLevel.ADVISORY, Response.ALERT_DEVICE), day(8));

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t ADVISORY ALERT_DEVICE",
            "ISSUE_RESOLVED t DOWNGRADED",
            "REMOVE_LABEL " + LOW_LABEL),
        rerated.effects);
    assertEquals(threatState("t", 0, day(8)).issue(IssueState.NONE).build(), rerated.threat());
  }

  @Test
  void a_threat_that_falls_to_no_risk_loses_its_issue_and_the_user_hears_nothing() {
    Rerated rerated = new Rerated(weekly(), 7, policy(RiskLevel.NONE, Response.DONT_ALERT), day(8));

    assertEquals(
        List.of("ISSUE_RESOLVED t DOWNGRADED", "REMOVE_LABEL " + LOW_LABEL), rerated.effects);
  }

  @Test
  void at_the_same_level_and_response_nothing_is_said_and_time_runs_on() {
    Rerated rerated =
        new Rerated(
            weekly(),
            7,
            policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(10, RiskLevel.HIGH)),
            day(8));

    assertEquals(List.of(), rerated.effects);
    assertEquals(threatState("t", 0, day(7)).nextDue(day(17)).build(), rerated.threat());
  }

  @Test
  void a_wait_that_is_over_under_the_new_policy_is_due_now_and_what_follows_counts_from_there() {
    Rerated rerated =
        new Rerated(
            weekly(),
            7,
            policy(
                RiskLevel.LOW,
                Response.ALERT_DEVICE,
                alertAfter(1, RiskLevel.MEDIUM),
                alertAfter(3, RiskLevel.HIGH)),
            day(12));

    assertEquals(List.of(), rerated.effects);
    assertEquals(threatState("t", 0, day(7)).nextDue(day(12)).build(), rerated.threat());

    rerated.story.advanceTo(day(12));
    assertEquals(threatState("t", 1, day(12)).nextDue(day(15)).build(), rerated.threat());
  }

  @Test
  void at_the_same_level_with_another_response_all_three_steps_are_taken_and_time_runs_on() {
    Rerated rerated =
        new Rerated(
            policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.HIGH)),
            0,
            policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT, alertAfter(9, RiskLevel.HIGH)),
            day(2));

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t LOW BLOCK_DOMAINS_AND_ALERT",
            "ISSUE_UPDATED t LOW",
            "EMAIL_ADMINISTRATORS t LOW [ann@acme.example]",
            "BLOCK_DOMAINS [acme.example]"),
        rerated.effects);
    assertEquals(threatState("t", 0, T0).nextDue(day(9)).build(), rerated.threat());
  }

  @Test
  void at_a_lower_level_there_is_no_mail_even_if_the_response_is_stronger() {
    Rerated rerated =
        new Rerated(
            policy(RiskLevel.HIGH, Response.ALERT_DEVICE),
            0,
            policy(RiskLevel.MEDIUM, Response.BLOCK_INTERNET_AND_ALERT),
            day(2));

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t MEDIUM BLOCK_INTERNET_AND_ALERT",
            "ISSUE_UPDATED t MEDIUM",
            "BLOCK_INTERNET",
            "ADD_LABEL " + MEDIUM_LABEL,
            "REMOVE_LABEL " + HIGH_LABEL),
        rerated.effects);
  }

  @Test
  void an_ignored_threat_is_placed_silently() {
    Story story = Story.under(setWith(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE)));
    story.detect("t", OS, T0);
    story.ignore("t", T0);

    assertEquals(
        List.of(),
        story.change(
            setWith(
                OS, policy(RiskLevel.MEDIUM, Response.ALERT_DEVICE, alertAfter(1, RiskLevel.HIGH))),
            PolicyChangeMode.CONTINUE,
            day(1)));
    assertEquals(threatState("t", 0, day(1)).issue(IssueState.IGNORED).build(), story.threat("t"));
    assertEquals(List.of(), story.advanceTo(day(9)));
  }

  @Test
  void a_catalogue_default_is_a_ladder_of_one_rung() {
    Story story = Story.under(setOf(root().build()));
    story.detect("t", OS, T0); // MEDIUM by default

    assertEquals(
        List.of(),
        story.change(
            setWith(
                OS,
                policy(
                    RiskLevel.LOW,
                    Response.ALERT_DEVICE,
                    alertAfter(1, RiskLevel.MEDIUM),
                    alertAfter(3, RiskLevel.HIGH))),
            PolicyChangeMode.CONTINUE,
            day(1)));
    assertEquals(threatState("t", 1, T0).nextDue(day(3)).build(), story.threat("t"));

    assertEquals(List.of(), story.change(setOf(root().build()), PolicyChangeMode.CONTINUE, day(2)));
    assertEquals(threatState("t", 0, T0).build(), story.threat("t"));
  }

  @Test
  void equal_policies_in_a_row_leave_a_wait_that_was_cut_short_alone() {
    ClassificationPolicy hasty =
        policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(1, RiskLevel.HIGH));
    Rerated rerated = new Rerated(weekly(), 7, hasty, day(12));

    assertEquals(
        List.of(),
        rerated.story.change(
            protectedSet(OS, hasty).addAdministrator(everyLevel()),
            PolicyChangeMode.CONTINUE,
            day(12)));
    assertEquals(Optional.of(day(12)), rerated.threat().nextDue());
  }

  // Modes.

  @Test
  void restart_places_every_threat_on_the_base_entered_now_and_announces_it_changed_or_not() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.advanceTo(day(7));

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t ADVISORY ALERT_DEVICE",
            "ISSUE_RESOLVED t DOWNGRADED",
            "REMOVE_LABEL " + LOW_LABEL),
        story.change(weeklySet(), PolicyChangeMode.RESTART, day(8)));
    assertEquals(
        threatState("t", 0, day(8)).issue(IssueState.NONE).nextDue(day(15)).build(),
        story.threat("t"));
    assertEquals(
        List.of("NOTIFY_DEVICE t ADVISORY ALERT_DEVICE"),
        story.change(weeklySet(), PolicyChangeMode.RESTART, day(9)));
    assertEquals(Optional.of(day(16)), story.threat("t").nextDue());
  }

  @Test
  void restart_takes_all_three_steps_even_if_the_level_falls() {
    PolicySet.Builder set =
        protectedSet(
                OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.HIGH)))
            .addAdministrator(everyLevel());
    Story story = Story.under(set);
    story.detect("t", OS, T0);
    story.advanceTo(day(7));

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t LOW ALERT_DEVICE",
            "ISSUE_UPDATED t LOW",
            "EMAIL_ADMINISTRATORS t LOW [ann@acme.example]",
            "ADD_LABEL " + LOW_LABEL,
            "REMOVE_LABEL " + HIGH_LABEL),
        story.change(set, PolicyChangeMode.RESTART, day(8)));
  }

  @Test
  void restart_places_an_ignored_threat_silently() {
    PolicySet.Builder set =
        setWith(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.HIGH)));
    Story story = Story.under(set);
    story.detect("t", OS, T0);
    story.advanceTo(day(7));
    story.ignore("t", day(7));

    assertEquals(List.of(), story.change(set, PolicyChangeMode.RESTART, day(8)));
    assertEquals(threatState("t", 0, day(8)).issue(IssueState.IGNORED).build(), story.threat("t"));
  }

  @Test
  void a_pinned_threat_keeps_its_policy_through_later_changes_of_every_mode() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    PolicySet.Builder strict =
        setWith(OS, policy(RiskLevel.HIGH, Response.DONT_ALERT)).addAdministrator(everyLevel());

    assertEquals(List.of(), story.change(strict, PolicyChangeMode.PIN, day(1)));
    ThreatState pinned =
        threatState("t", 0, T0)
            .issue(IssueState.NONE)
            .nextDue(day(7))
            .pin(new PolicyPin(0, ROOT))
            .build();
    assertEquals(pinned, story.threat("t"));

    for (PolicyChangeMode mode : PolicyChangeMode.values()) {
      assertEquals(List.of(), story.change(strict, mode, day(2)));
      assertEquals(pinned, story.threat("t"));
    }
    assertEquals(
        List.of(
            "NOTIFY_DEVICE t LOW ALERT_DEVICE",
            "ISSUE_OPENED t LOW",
            "EMAIL_ADMINISTRATORS t LOW [ann@acme.example]",
            "ADD_LABEL " + LOW_LABEL),
        story.advanceTo(day(7)));
    assertEquals(
        Optional.of(new PolicyBasis(1, Optional.of(ROOT), 0)),
        story.effects.get(0).header().basis());
  }

  @Test
  void a_threat_detected_after_a_pin_is_under_the_present_policy() {
    Story story = Story.under(weeklySet());
    story.detect("old", OS, T0);
    story.change(
        setWith(OS, policy(RiskLevel.HIGH, Response.DONT_ALERT)), PolicyChangeMode.PIN, day(1));

    assertEquals(
        List.of("ISSUE_OPENED new HIGH", "ADD_LABEL " + HIGH_LABEL),
        story.detect("new", OS, day(1)));
    assertEquals(Optional.empty(), story.threat("new").pin());
    assertEquals(
        Optional.of(new PolicyBasis(0, Optional.of(ROOT), 1)),
        story.effects.get(0).header().basis());
  }

  @Test
  void a_later_pin_holds_each_threat_to_the_version_that_it_was_under() {
    Story story = Story.under(weeklySet());
    story.detect("a", OS, T0);
    story.change(weeklySet(), PolicyChangeMode.PIN, day(1));
    story.detect("b", OS, day(1));
    story.change(weeklySet(), PolicyChangeMode.PIN, day(2));

    assertEquals(Optional.of(new PolicyPin(0, ROOT)), story.threat("a").pin());
    assertEquals(Optional.of(new PolicyPin(1, ROOT)), story.threat("b").pin());
  }

  @Test
  void an_ignored_threat_is_pinned_too_and_restored_under_its_own_policy() {
    Story story =
        Story.under(
            setWith(
                OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.HIGH))));
    story.detect("t", OS, T0);
    story.ignore("t", T0);
    story.change(
        setWith(OS, policy(RiskLevel.NONE, Response.DONT_ALERT)), PolicyChangeMode.PIN, day(1));

    assertEquals(
        List.of("ISSUE_RESTORED t", "NOTIFY_DEVICE t LOW ALERT_DEVICE", "ADD_LABEL " + LOW_LABEL),
        story.restore("t", day(2)));
    assertEquals(
        threatState("t", 0, day(2)).nextDue(day(9)).pin(new PolicyPin(0, ROOT)).build(),
        story.threat("t"));
  }

  @Test
  void what_is_not_the_threats_own_policy_is_always_the_present_one() {
    Story story =
        Story.under(
            protectedSet(
                    OS,
                    policy(
                        RiskLevel.LOW,
                        Response.BLOCK_DOMAINS_AND_ALERT,
                        alertAfter(7, RiskLevel.HIGH)))
                .addAdministrator(admin("old@acme.example", RiskLevel.HIGH)));
    story.detect("t", OS, T0);

    assertEquals(
        List.of(
            "UNBLOCK",
            "ADD_LABEL Yellow",
            "REMOVE_LABEL " + LOW_LABEL,
            "COMPLIANCE_ACTION_STARTED MES Low Risk"),
        story.change(
            setOf(root().build())
                .labels(new LabelScheme(Map.of(LabelState.LOW, "Yellow", LabelState.HIGH, "Red")))
                .riskResponse(RiskResponse.standard())
                .addAdministrator(admin("new@acme.example", RiskLevel.HIGH)),
            PolicyChangeMode.PIN,
            day(1)));
    assertEquals(
        List.of(
            "NOTIFY_DEVICE t HIGH ALERT_DEVICE",
            "ISSUE_UPDATED t HIGH",
            "EMAIL_ADMINISTRATORS t HIGH [new@acme.example]",
            "ADD_LABEL Red",
            "REMOVE_LABEL Yellow",
            "COMPLIANCE_ACTION_STARTED MES High Risk",
            "COMPLIANCE_ACTION_CEASED MES Low Risk"),
        story.advanceTo(day(7)));
  }

  @Test
  void a_move_lifts_a_pin_and_re_rates_from_the_level_under_the_old_policy() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.change(
        twoGroups(policy(RiskLevel.LOW, Response.DONT_ALERT, alertAfter(30, RiskLevel.HIGH))),
        PolicyChangeMode.PIN,
        day(1));
    story.advanceTo(day(7)); // LOW, ALERT_DEVICE

    assertEquals(List.of("ISSUE_UPDATED t LOW"), story.take(new DeviceMoved("sales"), day(8)));
    assertEquals(threatState("t", 0, day(7)).nextDue(day(37)).build(), story.threat("t"));
  }

  @Test
  void a_move_within_the_same_group_lifts_a_pin_too() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.change(weeklySet(), PolicyChangeMode.PIN, day(1));

    assertEquals(List.of(), story.take(new DeviceMoved(ROOT), day(2)));
    assertEquals(
        threatState("t", 0, T0).issue(IssueState.NONE).nextDue(day(7)).build(), story.threat("t"));
  }

  @Test
  void a_move_lifts_the_pin_of_an_ignored_threat_silently() {
    Story story = Story.under(setWith(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE)));
    story.detect("t", OS, T0);
    story.ignore("t", T0);
    story.change(
        setWith(OS, policy(RiskLevel.HIGH, Response.ALERT_DEVICE)), PolicyChangeMode.PIN, day(1));

    assertEquals(List.of(), story.take(new DeviceMoved(ROOT), day(2)));
    assertEquals(threatState("t", 0, day(2)).issue(IssueState.IGNORED).build(), story.threat("t"));
  }

  @Test
  void a_pinned_threat_of_a_classification_that_is_gone_stays_pinned_when_its_device_moves() {
    PolicySet.Builder old =
        setOf(root().build(), group("sales", ROOT).build())
            .addClassification(own("LOST_BADGE", RiskLevel.LOW, Response.ALERT_DEVICE));
    Story story = Story.under(old);
    story.detect("a", "LOST_BADGE", T0);
    story.detect("b", ADWARE, T0);
    PolicySet.Builder gone = setOf(root().build(), group("sales", ROOT).build());
    story.change(gone, PolicyChangeMode.PIN, day(1));

    assertEquals(List.of(), story.take(new DeviceMoved("sales"), day(2)));
    assertEquals(Optional.of(new PolicyPin(0, ROOT)), story.threat("a").pin());
    assertEquals(Optional.empty(), story.threat("b").pin());
    assertEquals(
        List.of("REJECTED a UNKNOWN_CLASSIFICATION"), story.detect("a", "LOST_BADGE", day(3)));
    assertEquals(List.of(), story.change(gone, PolicyChangeMode.CONTINUE, day(3)));
    assertEquals(List.of("ISSUE_RESOLVED a RESOLVED"), story.resolve("a", day(4)));

    Story again = Story.under(old);
    again.detect("a", "LOST_BADGE", T0);
    assertEquals(
        List.of("REJECTED INVALID_POLICY"), again.change(gone, PolicyChangeMode.RESTART, day(1)));
  }

  @Test
  void a_pin_ends_with_its_threat() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.change(weeklySet(), PolicyChangeMode.PIN, day(1));

    assertEquals(List.of(), story.detect("t", OS, day(2)));
    assertEquals(Optional.of(new PolicyPin(0, ROOT)), story.threat("t").pin());

    story.detect("t", ADWARE, day(3));
    assertEquals(Optional.empty(), story.threat("t").pin());
  }

  // Late events.

  @Test
  void an_event_older_than_the_latest_instant_seen_happens_at_that_instant() {
    Story story = Story.under(weeklySet());
    story.advanceTo(day(10));

    story.detect("t", OS, day(3));

    assertEquals(List.of(day(10)), story.effects.stream().map(Effect::at).toList());
    assertEquals(
        threatState("t", 0, day(10)).issue(IssueState.NONE).nextDue(day(17)).build(),
        story.threat("t"));
    assertEquals(day(10), story.device().lastSeen());
  }

  @Test
  void rejected_events_count_as_seen() {
    Story story = Story.under(weeklySet());
    story.detect("x", "NO_SUCH_THING", day(5));

    story.detect("t", OS, day(3));

    assertEquals(day(5), story.threat("t").entered());
  }

  @Test
  void time_does_not_run_backwards() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, day(1));
    DeviceState before = story.state;

    assertEquals(List.of(), story.advanceTo(T0));
    assertEquals(before, story.state);
  }

  // Messages.

  private static final String ALL =
      "{daysLeft}|{deadline}|{daysToNextStep}|{nextStep}|{device}|{group}|{classification}|{riskLevel}";

  private static PolicySet.Builder sayingAll() {
    return protectedSet(OS, saying(ALL, weekly()));
  }

  @Test
  void placeholders_are_filled_in_on_every_rung_and_empty_on_the_last() {
    Story story = Story.under(sayingAll());

    story.detect("t", OS, T0);
    assertEquals(
        new Message(
            "21|2026-03-22|7|2026-03-08|d|default|OS Out-Of-Date|Advisory",
            "fix: 21|2026-03-22|7|2026-03-08|d|default|OS Out-Of-Date|Advisory",
            Optional.empty()),
        story.messages().get(0));
    story.advanceTo(day(7));
    assertEquals("14|2026-03-22|7|2026-03-15|d|default|OS Out-Of-Date|Low", story.description());
    story.advanceTo(day(14));
    assertEquals("7|2026-03-22|7|2026-03-22|d|default|OS Out-Of-Date|Medium", story.description());
    story.advanceTo(day(21));
    assertEquals("0||0||d|default|OS Out-Of-Date|High", story.description());
  }

  @Test
  void web_content_and_catalogue_defaults_are_on_their_last_rung() {
    Story story =
        Story.under(
            setOf(
                root()
                    .name("Everyone")
                    .putPolicy(PHISHING, saying(ALL, policy(RiskLevel.LOW, Response.ALERT_DEVICE)))
                    .build()));

    story.take(new ThreatEncountered("t", PHISHING), T0);

    assertEquals("0||0||d|Everyone|Phishing Content|Low", story.description());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 21, 7", // exact days are not rounded
    "1, 21, 7", // a nanosecond less is a day begun
    "86399999999999, 21, 7",
    "86400000000000, 20, 6",
    "86400000000001, 20, 6",
    "604799999999999, 15, 1" // a nanosecond before the next rung
  })
  void days_are_rounded_up_by_the_nanosecond(long nanosAfter, String daysLeft, String daysToNext) {
    Story story = Story.under(sayingAll());
    story.detect("t", OS, T0);

    story.change(
        protectedSet(
            OS,
            saying(
                "{daysLeft}|{daysToNextStep}",
                ClassificationPolicy.builder()
                    .from(weekly())
                    .response(Response.BLOCK_DOMAINS_AND_ALERT)
                    .build())),
        PolicyChangeMode.CONTINUE,
        T0.plusNanos(nanosAfter));

    assertEquals(daysLeft + "|" + daysToNext, story.description());
  }

  @Test
  void a_step_that_is_due_now_is_no_days_away() {
    Story story = Story.under(sayingAll());
    story.detect("t", OS, T0);

    story.change(
        protectedSet(
            OS,
            saying(
                ALL,
                policy(
                    RiskLevel.ADVISORY,
                    Response.BLOCK_DOMAINS_AND_ALERT,
                    alertAfter(1, RiskLevel.LOW),
                    alertAfter(3, RiskLevel.HIGH)))),
        PolicyChangeMode.CONTINUE,
        day(5));

    assertEquals(
        "3|2026-03-09|0|2026-03-06|d|default|OS Out-Of-Date|Advisory", story.description());
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, 2026-03-22, 2026-03-08",
    "Pacific/Kiritimati, 2026-03-23, 2026-03-09",
    "Pacific/Pago_Pago, 2026-03-21, 2026-03-07",
    "Europe/Berlin, 2026-03-22, 2026-03-08"
  })
  void dates_are_in_the_tenants_time_zone(String zone, String deadline, String nextStep) {
    Story story =
        Story.under(
            protectedSet(OS, saying("{deadline}|{nextStep}", weekly())).timeZone(ZoneId.of(zone)));

    story.detect("t", OS, Instant.parse("2026-03-01T10:30:00Z"));

    assertEquals(deadline + "|" + nextStep, story.description());
  }

  @Test
  void a_day_has_24_hours_even_where_the_clocks_change() {
    // Berlin loses an hour on 29 March 2026: 23:30 on the 28th plus a day is 00:30 on the 30th.
    Story story =
        Story.under(
            setWith(
                    OS,
                    saying(
                        "{daysLeft}|{deadline}",
                        policy(
                            RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(1, RiskLevel.HIGH))))
                .timeZone(ZoneId.of("Europe/Berlin")));

    story.detect("t", OS, Instant.parse("2026-03-28T22:30:00Z"));

    assertEquals("1|2026-03-30", story.description());
  }

  @Test
  void a_restored_threat_is_told_of_the_time_that_it_has_from_now() {
    Story story =
        Story.under(
            setWith(
                OS,
                saying(
                    "{daysLeft} {deadline}",
                    policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.HIGH)))));
    story.detect("t", OS, T0);
    story.ignore("t", day(3));

    story.restore("t", day(10));

    assertEquals("7 2026-03-18", story.description());
  }

  @Test
  void values_in_a_message_are_not_read_again() {
    PolicyArchive archive =
        PolicyArchive.startingWith(
            setOf(
                    root()
                        .name("{device}")
                        .putPolicy(
                            OS,
                            saying(
                                "{group} {device}", policy(RiskLevel.LOW, Response.ALERT_DEVICE)))
                        .build())
                .build()
                .compile());
    DeviceState enrolled =
        DeviceState.unknown("{group}")
            .decide(archive, new DeviceEnrolled(ROOT, Platform.IOS), T0, 1)
            .state();

    NotifyDevice told =
        assertInstanceOf(
            NotifyDevice.class,
            enrolled.decide(archive, new ThreatDetected("t", OS), T0, 2).effects().get(0));
    assertEquals("{device} {group}", told.message().description());
  }

  @Test
  void the_notice_of_the_devices_group_is_added_to_built_in_texts_too() {
    Story story =
        Story.under(
            setOf(
                root().defaultNotice("Ask {group} about {classification}.").build(),
                group("sales", ROOT).name("Sales").build(),
                group("it", ROOT).defaultNotice("Ask yourself.").build()));

    story.detect("t", ADWARE, T0);
    assertEquals(Optional.of("Ask default about Adware."), story.messages().get(0).notice());
    story.take(new DeviceMoved("sales"), T0);
    story.detect("u", ADWARE, T0);
    assertEquals(Optional.of("Ask Sales about Adware."), story.messages().get(0).notice());
    story.take(new DeviceMoved("it"), T0);
    story.take(new ThreatEncountered("v", PHISHING), T0);
    assertEquals(Optional.of("Ask yourself."), story.messages().get(0).notice());
  }

  @Test
  void the_notice_is_the_device_groups_even_where_the_policy_is_an_ancestors() {
    Story story =
        new Story(
            setOf(
                    root()
                        .defaultNotice("root's")
                        .putPolicy(OS, saying("x", policy(RiskLevel.LOW, Response.ALERT_DEVICE)))
                        .build(),
                    group("sales", ROOT).defaultNotice("sales's").build())
                .build());
    story.take(new DeviceEnrolled("sales", Platform.IOS), T0);

    story.detect("t", OS, T0);

    assertEquals(List.of(new Message("x", "fix: x", Optional.of("sales's"))), story.messages());
  }

  @Test
  void messages_of_a_pinned_threat_are_wholly_those_of_the_older_document() {
    PolicySet.Builder old =
        setOf(
                root()
                    .name("Old name")
                    .defaultNotice("old {group}")
                    .putPolicy(
                        "LOST_BADGE",
                        saying(
                            "{group} {classification} {nextStep}",
                            policy(
                                RiskLevel.LOW,
                                Response.ALERT_DEVICE,
                                alertAfter(1, RiskLevel.MEDIUM),
                                alertAfter(1, RiskLevel.HIGH))))
                    .build())
            .addClassification(own("LOST_BADGE", RiskLevel.LOW, Response.ALERT_DEVICE))
            .timeZone(ZoneId.of("Pacific/Kiritimati"));
    Story story = Story.under(old);
    story.detect("t", "LOST_BADGE", T0.plus(Duration.ofHours(12)));
    story.change(
        setOf(root().name("New name").defaultNotice("new {group}").build())
            .addClassification(
                Classification.builder()
                    .from(own("LOST_BADGE", RiskLevel.LOW, Response.ALERT_DEVICE))
                    .displayName("Renamed")
                    .build()),
        PolicyChangeMode.PIN,
        T0.plus(Duration.ofHours(12)));

    story.advanceTo(day(2));

    assertEquals(
        List.of(
            new Message(
                "Old name The LOST_BADGE 2026-03-04",
                "fix: Old name The LOST_BADGE 2026-03-04",
                Optional.of("old Old name"))),
        story.messages());
  }

  // Labels.

  @Test
  void a_device_has_a_label_of_each_family_in_that_order_new_ones_before_old_ones_go() {
    Story story = Story.under(allLabels());
    assertEquals(Map.of(LabelState.Family.SECURITY, "Secured"), story.device().desired().labels());

    assertEquals(
        List.of(
            "ISSUE_OPENED t LOW",
            "ADD_LABEL Threats",
            "ADD_LABEL " + LOW_LABEL,
            "REMOVE_LABEL Secured"),
        story.detect("t", ADWARE, T0).subList(1, 5));
    story.take(new DeviceDisconnected(), T0);
    assertEquals(
        List.of(
            Map.entry(LabelState.Family.CONNECTIVITY, "Gone"),
            Map.entry(LabelState.Family.SECURITY, "Threats"),
            Map.entry(LabelState.Family.RISK, LOW_LABEL)),
        List.copyOf(story.device().desired().labels().entrySet()));

    assertEquals(
        List.of(
            "ISSUE_RESOLVED t RESOLVED",
            "ADD_LABEL Secured",
            "REMOVE_LABEL Threats",
            "REMOVE_LABEL " + LOW_LABEL),
        story.resolve("t", day(1)));
  }

  @Test
  void a_state_without_a_name_has_no_label() {
    Story story =
        Story.under(setOf(root().build()).labels(new LabelScheme(Map.of(LabelState.HIGH, "Red"))));

    assertEquals(2, story.detect("t", ADWARE, T0).size());
    assertEquals(RiskLevel.LOW, story.device().desired().risk());
    assertEquals(Map.of(), story.device().desired().labels());
  }

  @Test
  void threats_below_low_leave_a_device_secured() {
    Story story =
        Story.under(
            allLabels()
                .groups(
                    List.of(
                        root()
                            .putPolicy(OS, policy(RiskLevel.ADVISORY, Response.DONT_ALERT))
                            .build())));

    assertEquals(List.of(), story.detect("t", OS, T0));
    assertEquals(List.of(), story.detect("u", SIDELOADED, T0));
  }

  private static PolicySet.Builder labelled(Map<LabelState, String> names) {
    return setOf(root().build()).labels(new LabelScheme(names));
  }

  @Test
  void a_renamed_label_is_added_under_its_new_name_before_the_old_one_goes() {
    Story story = Story.under(labelled(Map.of(LabelState.LOW, "Yellow")));
    story.detect("t", ADWARE, T0);

    assertEquals(
        List.of("ADD_LABEL Amber", "REMOVE_LABEL Yellow"),
        story.change(labelled(Map.of(LabelState.LOW, "Amber")), PolicyChangeMode.CONTINUE, day(1)));
  }

  @Test
  void names_that_two_families_swap_stay_on_the_device_for_names_are_compared_not_states() {
    Story story =
        Story.under(labelled(Map.of(LabelState.LOW, "A", LabelState.THREATS_PRESENT, "B")));
    story.detect("t", ADWARE, T0);

    assertEquals(
        List.of(),
        story.change(
            labelled(Map.of(LabelState.LOW, "B", LabelState.THREATS_PRESENT, "A")),
            PolicyChangeMode.CONTINUE,
            day(1)));
    assertEquals("A", story.device().desired().labels().get(LabelState.Family.SECURITY));
  }

  @Test
  void a_name_that_passes_to_a_state_that_the_device_is_not_in_goes() {
    Story story = Story.under(labelled(Map.of(LabelState.LOW, "A", LabelState.HIGH, "B")));
    story.detect("t", ADWARE, T0);

    assertEquals(
        List.of("ADD_LABEL B", "REMOVE_LABEL A"),
        story.change(
            labelled(Map.of(LabelState.LOW, "B", LabelState.HIGH, "A")),
            PolicyChangeMode.CONTINUE,
            day(1)));
  }

  // Blocks.

  private static PolicySet.Builder blocksOf(OnDeviceThreatProtection protection) {
    return setOf(
        root()
            .onDeviceThreatProtection(protection)
            .putPolicy(OS, policy(RiskLevel.ADVISORY, Response.BLOCK_INTERNET_AND_ALERT))
            .build(),
        group("sales", ROOT)
            .onDeviceThreatProtection(blocking("z.example", "a.example"))
            .putPolicy(ADWARE, policy(RiskLevel.ADVISORY, Response.BLOCK_DOMAINS_AND_ALERT))
            .build());
  }

  private static Story inSales(OnDeviceThreatProtection rootProtection) {
    Story story = new Story(blocksOf(rootProtection).build());
    story.take(new DeviceEnrolled("sales", Platform.IOS), T0);
    return story;
  }

  @Test
  void the_strongest_block_among_the_counting_threats_is_in_force() {
    Story story = inSales(blocking());

    assertEquals("BLOCK_DOMAINS [a.example, z.example]", story.detect("weak", ADWARE, T0).get(1));
    assertEquals("BLOCK_INTERNET", story.detect("strong", OS, T0).get(1));
    assertEquals(1, story.detect("weak too", ADWARE, T0).size());
    assertEquals(new Block.Internet(), story.device().desired().block());
    assertEquals(List.of("BLOCK_DOMAINS [a.example, z.example]"), story.resolve("strong", T0));
    assertEquals(List.of(), story.resolve("weak", T0));
    assertEquals(List.of("UNBLOCK"), story.resolve("weak too", T0));
    assertEquals(new Block.None(), story.device().desired().block());
  }

  @Test
  void a_block_that_the_protection_does_not_allow_now_gives_way_to_one_that_it_does() {
    Story story =
        Story.under(protectedSet(OS, policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT)));
    story.detect("t", OS, T0);

    assertEquals(
        List.of("UNBLOCK"),
        story.change(
            setOf(root().onDeviceThreatProtection(blocking()).build()),
            PolicyChangeMode.PIN,
            day(1)));
    assertEquals(
        List.of("BLOCK_DOMAINS [b.example]"),
        story.change(
            setOf(root().onDeviceThreatProtection(blocking("b.example")).build()),
            PolicyChangeMode.CONTINUE,
            day(2)));
    assertEquals(
        List.of("UNBLOCK"),
        story.change(
            setOf(
                root()
                    .onDeviceThreatProtection(
                        new OnDeviceThreatProtection(false, List.of("b.example")))
                    .build()),
            PolicyChangeMode.CONTINUE,
            day(3)));
  }

  @Test
  void an_internet_block_is_not_weakened_to_domains_where_protection_is_off() {
    Story story =
        new Story(
            setOf(
                    root()
                        .onDeviceThreatProtection(blocking())
                        .putPolicy(OS, policy(RiskLevel.LOW, Response.BLOCK_INTERNET_AND_ALERT))
                        .build(),
                    group("off", ROOT)
                        .onDeviceThreatProtection(
                            new OnDeviceThreatProtection(false, List.of("a.example")))
                        .build())
                .build());
    story.take(new DeviceEnrolled("off", Platform.IOS), T0);

    assertEquals(
        List.of(
            "NOTIFY_DEVICE t LOW BLOCK_INTERNET_AND_ALERT",
            "ISSUE_OPENED t LOW",
            "ADD_LABEL " + LOW_LABEL),
        story.detect("t", OS, T0));
    assertEquals(new Block.None(), story.device().desired().block());
  }

  @Test
  void a_block_of_domains_is_renewed_when_only_the_list_changes_and_not_when_only_its_order_does() {
    ClassificationPolicy blocks = policy(RiskLevel.ADVISORY, Response.BLOCK_DOMAINS_AND_ALERT);
    Story story =
        Story.under(
            setOf(
                root()
                    .onDeviceThreatProtection(blocking("b.example", "a.example"))
                    .putPolicy(OS, blocks)
                    .build()));
    story.detect("t", OS, T0);

    assertEquals(
        List.of(),
        story.change(
            setOf(
                root()
                    .onDeviceThreatProtection(blocking("A.example.", "b.example"))
                    .putPolicy(OS, blocks)
                    .build()),
            PolicyChangeMode.CONTINUE,
            day(1)));
    assertEquals(
        List.of("BLOCK_DOMAINS [a.example]"),
        story.change(
            setOf(
                root()
                    .onDeviceThreatProtection(blocking("a.example"))
                    .putPolicy(OS, blocks)
                    .build()),
            PolicyChangeMode.CONTINUE,
            day(2)));
  }

  @Test
  void an_internet_block_is_not_renewed_when_the_domains_change() {
    Story story = inSales(blocking());
    story.detect("t", OS, T0);

    assertEquals(
        List.of(),
        story.change(blocksOf(blocking("new.example")), PolicyChangeMode.CONTINUE, day(1)));
  }

  // Compliance actions.

  @Test
  void compliance_actions_follow_the_labels_started_before_ceased() {
    Story story = Story.under(weeklySet().riskResponse(RiskResponse.standard()));
    story.detect("t", OS, T0);

    assertEquals(
        List.of("ADD_LABEL " + LOW_LABEL, "COMPLIANCE_ACTION_STARTED MES Low Risk"),
        story.advanceTo(day(7)).subList(3, 5));
    assertEquals(
        List.of(
            "ADD_LABEL " + MEDIUM_LABEL,
            "REMOVE_LABEL " + LOW_LABEL,
            "COMPLIANCE_ACTION_STARTED MES Moderate Risk",
            "COMPLIANCE_ACTION_CEASED MES Low Risk"),
        story.advanceTo(day(14)).subList(3, 7));
    assertEquals(Set.of("MES Moderate Risk"), story.device().desired().complianceActions());
    assertEquals(
        List.of(
            "ISSUE_RESOLVED t RESOLVED",
            "REMOVE_LABEL " + MEDIUM_LABEL,
            "COMPLIANCE_ACTION_CEASED MES Moderate Risk"),
        story.resolve("t", day(15)));
  }

  private static PolicySet.Builder acting(String accessControl, String disallowed) {
    return setOf(root().build())
        .riskResponse(
            RiskResponsePlan.builder()
                .addAppControlRule(
                    AppControlRule.builder()
                        .name("rule")
                        .type(AppControlRule.Type.DISALLOWED)
                        .app("Game")
                        .platform(Scope.ALL)
                        .build())
                .addComplianceActions(
                    ComplianceAction.builder().name(accessControl).build(),
                    ComplianceAction.builder().name(disallowed).build())
                .addSecurityPolicy(
                    SecurityPolicy.builder()
                        .name("p")
                        .status(SecurityPolicy.Status.ACTIVE)
                        .priority(1)
                        .addLabel(LOW_LABEL)
                        .accessControl(new AccessControl(accessControl, List.of("rule")))
                        .disallowedDevices(new DisallowedDevices(disallowed, true))
                        .build())
                .build());
  }

  @Test
  void actions_are_compared_by_name_and_each_kind_is_sorted() {
    Story story = new Story(acting("d", "b").build());
    story.take(new DeviceEnrolled(ROOT, Platform.IOS, Set.of("Game")), T0);

    assertEquals(
        List.of("COMPLIANCE_ACTION_STARTED b", "COMPLIANCE_ACTION_STARTED d"),
        story.detect("t", ADWARE, T0).subList(3, 5));
    assertEquals(
        List.of("COMPLIANCE_ACTION_STARTED c", "COMPLIANCE_ACTION_CEASED d"),
        story.change(acting("b", "c"), PolicyChangeMode.CONTINUE, day(1)));
    assertEquals(
        List.of("COMPLIANCE_ACTION_CEASED b", "COMPLIANCE_ACTION_CEASED c"),
        story.change(setOf(root().build()), PolicyChangeMode.CONTINUE, day(2)));
  }

  // Why.

  @Test
  void an_effect_of_an_event_says_which_and_whose_policy_decides() {
    Story story =
        new Story(
            setOf(
                    root().putPolicy(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE)).build(),
                    group("sales", ROOT).build())
                .build());
    story.take(new DeviceEnrolled("sales", Platform.IOS), T0);
    Decision decision = story.state.decide(story.archive, new ThreatDetected("t", OS), day(1), 42);

    EffectHeader told = decision.effects().get(0).header();
    assertEquals(day(1), told.at());
    assertEquals(Optional.of("d"), told.device());
    assertEquals(Optional.of("t"), told.threat());
    assertEquals(Optional.of(OS), told.classification());
    assertEquals(new Cause.Event(42), told.cause());
    assertEquals(Optional.of(new PolicyBasis(0, Optional.of(ROOT), 0)), told.basis());

    EffectHeader labelled = decision.effects().get(2).header();
    assertEquals(day(1), labelled.at());
    assertEquals(Optional.of("d"), labelled.device());
    assertEquals(Optional.empty(), labelled.threat());
    assertEquals(Optional.empty(), labelled.classification());
    assertEquals(Optional.empty(), labelled.basis());
    assertEquals(new Cause.Event(42), labelled.cause());
  }

  @Test
  void an_effect_of_a_catalogue_default_names_no_group() {
    Story story = Story.under(setOf(root().build()));
    story.detect("t", ADWARE, T0);

    assertEquals(
        Optional.of(new PolicyBasis(0, Optional.empty(), 0)),
        story.effects.get(0).header().basis());
  }

  @Test
  void an_effect_of_a_rung_that_fell_due_says_so_with_the_rung_and_the_instant_it_was_due() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);

    story.resolve("t", day(10));

    assertEquals(
        List.of(
            new Cause.Due(),
            new Cause.Due(),
            new Cause.Due(),
            new Cause.Due(),
            new Cause.Event(3),
            new Cause.Event(3)),
        story.effects.stream().map(effect -> effect.header().cause()).toList());
    assertEquals(
        List.of(day(7), day(7), day(7), day(7), day(10), day(10)),
        story.effects.stream().map(Effect::at).toList());
    assertEquals(
        Optional.of(new PolicyBasis(1, Optional.of(ROOT), 0)),
        story.effects.get(0).header().basis());
    assertEquals(Optional.empty(), story.effects.get(3).header().basis());
  }

  @Test
  void after_a_change_effects_name_the_new_version() {
    Story story = Story.under(weeklySet());
    story.detect("t", ADWARE, T0);
    story.change(weeklySet(), PolicyChangeMode.RESTART, day(1));

    assertEquals(
        Optional.of(new PolicyBasis(0, Optional.empty(), 1)),
        story.effects.get(0).header().basis());
  }

  @Test
  void ids_are_unique_and_the_same_on_every_replay() {
    List<String> once = idsOfAStory();

    assertEquals(once, idsOfAStory());
    assertEquals(once.size(), new HashSet<>(once).size());
    assertTrue(once.stream().allMatch(id -> id.matches("[0-9a-zA-Z-]{1,50}")), once::toString);
  }

  private static List<String> idsOfAStory() {
    Story story = Story.under(weeklySet());
    List<String> ids = new ArrayList<>();
    story.detect("a", OS, T0);
    story.effects.forEach(effect -> ids.add(effect.id()));
    story.detect("b", OS, T0);
    story.effects.forEach(effect -> ids.add(effect.id()));
    story.advanceTo(day(30));
    story.effects.forEach(effect -> ids.add(effect.id()));
    story.resolve("a", day(30));
    story.effects.forEach(effect -> ids.add(effect.id()));
    return ids;
  }

  @Test
  void effects_on_two_devices_have_different_ids() {
    PolicyArchive archive = PolicyArchive.startingWith(allLabels().build().compile());
    DeviceEvent enrolled = new DeviceEnrolled(ROOT, Platform.IOS);

    assertNotEquals(
        DeviceState.unknown("a").decide(archive, enrolled, T0, 1).effects().get(0).id(),
        DeviceState.unknown("b").decide(archive, enrolled, T0, 1).effects().get(0).id());
  }

  @Test
  void a_decision_says_when_the_next_rung_is_due() {
    Story story = Story.under(weeklySet());
    story.detect("a", OS, day(1));

    assertEquals(
        Optional.of(day(8)),
        story.state.decide(story.archive, new ThreatDetected("b", OS), day(2), 9).nextDue());
  }

  // What decide refuses.

  @Test
  void an_instant_is_from_1970_to_9999() {
    Story story = new Story(setOf(root().build()).build());
    DeviceEvent enrolled = new DeviceEnrolled(ROOT, Platform.IOS);
    Instant last = Instant.parse("9999-12-31T23:59:59.999999999Z");
    assertEquals(List.of(), story.take(enrolled, Instant.EPOCH));
    assertEquals(List.of(), story.advanceTo(last));

    assertEquals(
        "at: 1969-12-31T23:59:59.999999999Z is out of range, expected a year from 1970 to 9999",
        refusal(() -> story.advanceTo(Instant.EPOCH.minusNanos(1))));
    assertEquals(
        "at: +10000-01-01T00:00:00Z is out of range, expected a year from 1970 to 9999",
        refusal(() -> story.advanceTo(last.plusNanos(1))));
  }

  @Test
  void an_archive_without_the_version_that_a_device_is_under_is_refused() {
    Story story = Story.under(setOf(root().build()));
    story.detect("t", ADWARE, T0);
    story.archive =
        story.archive.replacedBy(setOf(root().build()).build().compile()).keeping(Set.of());

    assertEquals(
        "policies: version 0 is needed and not there", refusal(() -> story.resolve("t", day(1))));
  }

  @Test
  void an_archive_without_the_version_of_a_change_is_refused() {
    Story story = Story.under(setOf(root().build()));

    assertEquals(
        "policies: version 7 is needed and not there",
        refusal(() -> story.take(new PolicyChanged(7, PolicyChangeMode.CONTINUE), day(1))));
  }

  @Test
  void an_archive_without_the_version_that_a_threat_is_pinned_to_is_refused() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.change(weeklySet(), PolicyChangeMode.PIN, day(1));
    story.archive = story.archive.keeping(Set.of());

    assertEquals(
        "policies: version 0 is needed and not there", refusal(() -> story.advanceTo(day(7))));
    assertEquals(
        "policies: version 0 is needed and not there",
        refusal(() -> story.take(new DeviceMoved(ROOT), day(1))));
  }

  @Test
  void an_archive_without_the_group_that_a_device_is_in_is_refused() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.archive =
        PolicyArchive.startingWith(
            setOf(DeviceGroup.builder().id("other").build()).build().compile());

    assertEquals("policies: group default is not there", refusal(() -> story.resolve("u", day(1))));
    assertEquals("policies: group default is not there", refusal(() -> story.resolve("t", day(1))));
  }

  @Test
  void an_archive_without_the_classification_of_a_threat_is_refused() {
    Story story =
        Story.under(
            setOf(root().build())
                .addClassification(own("LOST_BADGE", RiskLevel.LOW, Response.ALERT_DEVICE)));
    story.detect("t", "LOST_BADGE", T0);
    story.archive = PolicyArchive.startingWith(setOf(root().build()).build().compile());

    assertEquals(
        "policies: LOST_BADGE, of threat t, is unknown to version 0",
        refusal(() -> story.resolve("t", day(1))));
  }

  @Test
  void an_archive_without_the_rung_that_a_threat_is_on_is_refused() {
    Story story = Story.under(weeklySet());
    story.detect("t", OS, T0);
    story.advanceTo(day(7));
    story.archive = PolicyArchive.startingWith(setOf(root().build()).build().compile());

    assertEquals(
        "policies: threat t is on rung 1, which is not there",
        refusal(() -> story.resolve("t", day(8))));
  }

  // What the values refuse.

  private static Stream<Arguments> eventsWithAnId() {
    return Stream.of(
        Arguments.of("group", ids(id -> new DeviceEnrolled(id, Platform.IOS))),
        Arguments.of("group", ids(DeviceMoved::new)),
        Arguments.of("threat", ids(id -> new ThreatDetected(id, OS))),
        Arguments.of("classification", ids(id -> new ThreatDetected("t", id))),
        Arguments.of("threat", ids(id -> new ThreatEncountered(id, OS))),
        Arguments.of("classification", ids(id -> new ThreatEncountered("t", id))),
        Arguments.of("threat", ids(ThreatResolved::new)),
        Arguments.of("threat", ids(id -> new IssueIgnored(id, Optional.empty()))),
        Arguments.of("threat", ids(id -> new IssueRestored(id, Optional.empty()))),
        Arguments.of("id", ids(DeviceState::unknown)),
        Arguments.of("group", ids(id -> new PolicyPin(0, id))));
  }

  private static Function<String, Object> ids(Function<String, Object> withId) {
    return withId;
  }

  @ParameterizedTest
  @MethodSource("eventsWithAnId")
  void an_id_has_1_to_200_characters(String path, Function<String, Object> withId) {
    assertDoesNotThrow(() -> withId.apply(characters(200)));

    assertEquals(
        path + ": has 201 characters, expected at most 200",
        refusal(() -> withId.apply(characters(201))));
    assertEquals(
        path + ": is empty, expected 1 to 200 characters", refusal(() -> withId.apply("")));
  }

  @Test
  void a_device_reports_at_most_10000_apps() {
    Set<String> apps = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      apps.add("app " + i);
    }
    assertEquals(10_000, new DeviceEnrolled(ROOT, Platform.IOS, apps).installedApps().size());

    apps.add("one more");
    assertEquals(
        "installedApps: has 10001 apps, expected at most 10000",
        refusal(() -> new DeviceEnrolled(ROOT, Platform.IOS, apps)));
  }

  @Test
  void an_apps_name_and_an_administrators_have_at_most_320_characters() {
    String most = characters(320);
    String tooMany = characters(321);
    assertEquals(
        Set.of(most), new DeviceEnrolled(ROOT, Platform.IOS, Set.of(most)).installedApps());
    assertEquals(Optional.of(most), new IssueIgnored("t", Optional.of(most)).by());
    assertEquals(Optional.of(most), new IssueRestored("t", Optional.of(most)).by());

    assertEquals(
        "installedApps: has 321 characters, expected at most 320",
        refusal(() -> new DeviceEnrolled(ROOT, Platform.IOS, Set.of(tooMany))));
    assertEquals(
        "by: has 321 characters, expected at most 320",
        refusal(() -> new IssueIgnored("t", Optional.of(tooMany))));
    assertEquals(
        "by: has 321 characters, expected at most 320",
        refusal(() -> new IssueRestored("t", Optional.of(tooMany))));
  }

  @Test
  void states_that_cannot_be_are_refused() {
    assertEquals("version: -1 is negative", refusal(() -> new PolicyPin(-1, ROOT)));
    assertEquals("rung: -1 is negative", refusal(() -> threatState("t", -1, T0).build()));
    assertEquals(
        "nextDue: is present, but the ladder of an ignored threat stands still",
        refusal(() -> threatState("t", 0, T0).issue(IssueState.IGNORED).nextDue(day(1)).build()));
    EnrolledDevice device = Story.under(setOf(root().build())).device();
    assertEquals(
        "threats: the key of a threat is not its id",
        refusal(
            () ->
                EnrolledDevice.builder()
                    .from(device)
                    .threats(Map.of("u", threatState("t", 0, T0).build()))
                    .build()));
  }
}
