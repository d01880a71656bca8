package io.riskladder.core.simulation;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.T0;
import static io.riskladder.core.Fixtures.admin;
import static io.riskladder.core.Fixtures.after;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.classified;
import static io.riskladder.core.Fixtures.day;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.saying;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.setWith;
import static io.riskladder.core.Fixtures.shortly;
import static io.riskladder.core.Fixtures.weekly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.DeviceEvent.DeviceDisconnected;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.Reported;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatEncountered;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.Message;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.device.PolicyPin;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.simulation.ConsideredGroup.Verdict;
import io.riskladder.core.threat.ThreatType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Why a device is as it is. */
final class ExplanationTest {
  private static final String WEB = "PHISHING_CONTENT";
  private static final String ADWARE = "ADWARE";

  /** A fleet of one device, and what it did. */
  private static final class Scene {
    private final Fleet fleet;
    private final List<Effect> past = new ArrayList<>();
    private long number;

    Scene(PolicySet.Builder set, String group, Platform platform) {
      fleet = Fleet.under(set.build().compile());
      at(T0, new DeviceEnrolled(group, platform));
    }

    Scene at(Instant at, Reported event) {
      number++;
      fleet.apply("d", event, at, number, EffectSink.of(past::add));
      return this;
    }

    Scene detected(String threat, String classification) {
      return at(T0, new ThreatDetected(threat, classification));
    }

    Scene changed(PolicySet.Builder set, PolicyChangeMode mode) {
      number++;
      fleet.changePolicies(
          set.build().compile(), mode, fleet.latestSeen(), number, EffectSink.of(past::add));
      return this;
    }

    EnrolledDevice device() {
      return (EnrolledDevice) fleet.device("d");
    }

    Explanation explained(Instant at) {
      return Explanation.of(device(), fleet.policies(), at, past);
    }

    Explanation explained() {
      return explained(fleet.latestSeen());
    }

    ThreatExplanation threat(String id) {
      return of(explained(), id);
    }
  }

  private static ThreatExplanation of(Explanation explanation, String threat) {
    return Optional.ofNullable(explanation.threats().get(threat)).orElseThrow();
  }

  private static Scene scene(PolicySet.Builder set) {
    return new Scene(set, ROOT, Platform.ANDROID);
  }

  private static PolicySet.Builder weeklySet() {
    return setOf(
            root()
                .onDeviceThreatProtection(blocking("a.example"))
                .putPolicy(OS, saying("Update.", weekly()))
                .build())
        .addAdministrators(
            admin("ops@acme.example", RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH))
        .riskResponse(RiskResponse.standard());
  }

  private static Optional<Told> told(Instant at, String text) {
    return Optional.of(new Told(at, new Message(text, "fix: " + text, Optional.empty())));
  }

  // ---- told

  @Test
  void what_was_told_last_on_the_rung_is_known_from_the_past() {
    Scene scene = scene(weeklySet()).detected("t", OS);
    assertEquals(told(T0, "Update."), scene.threat("t").told());
    assertEquals(told(day(7), "Update."), of(scene.explained(day(8)), "t").told());
  }

  @Test
  void without_the_past_nothing_is_told_but_what_falls_due_until_then() {
    Scene scene = scene(weeklySet()).detected("t", OS);
    Explanation early = Explanation.of(scene.device(), scene.fleet.policies(), day(6));
    assertEquals(Optional.empty(), of(early, "t").told());
    Explanation later = Explanation.of(scene.device(), scene.fleet.policies(), day(7));
    assertEquals(told(day(7), "Update."), of(later, "t").told());
  }

  @Test
  void a_silent_rung_has_told_nothing_although_the_one_before_did() {
    PolicySet.Builder set =
        setWith(
            OS,
            saying(
                "Update.",
                policy(
                    RiskLevel.ADVISORY,
                    Response.ALERT_DEVICE,
                    after(1, RiskLevel.LOW, Response.DONT_ALERT))));
    Scene scene = scene(set).detected("t", OS);
    assertEquals(told(T0, "Update."), scene.threat("t").told());
    ThreatExplanation silent = of(scene.explained(day(1)), "t");
    assertEquals(Optional.empty(), silent.told());
    assertTrue(silent.notHappening().contains(new NotHappening.UserNotAlerted()));
  }

  @Test
  void web_content_of_the_same_threat_id_tells_nothing_of_the_threat() {
    PolicySet.Builder set =
        setOf(
            root()
                .putPolicy(OS, saying("Update.", policy(RiskLevel.LOW, Response.ALERT_DEVICE)))
                .putPolicy(
                    WEB, saying("A page.", policy(RiskLevel.LOW, Response.WARN_AND_ALERT_DEVICE)))
                .build());
    Scene scene = scene(set).detected("t", OS).at(day(1), new ThreatEncountered("t", WEB));
    assertEquals(told(T0, "Update."), scene.threat("t").told());
  }

  @Test
  void an_earlier_threat_of_the_same_id_has_told_nothing_of_the_new_one() {
    Scene scene =
        scene(setWith(OS, saying("Update.", policy(RiskLevel.LOW, Response.ALERT_DEVICE))))
            .detected("t", OS)
            .at(day(1), new ThreatResolved("t"))
            .at(day(2), new ThreatDetected("t", OS));
    assertEquals(told(day(2), "Update."), scene.threat("t").told());
  }

  // ---- who decides

  private static ConsideredGroup considered(String group, Verdict verdict) {
    return new ConsideredGroup(group, "The " + group, verdict);
  }

  private static PolicySet.Builder nested() {
    return setOf(
        root()
            .name("The default")
            .putPolicy(OS, weekly())
            .onDeviceThreatProtection(blocking("a.example"))
            .build(),
        group("a", ROOT)
            .name("The a")
            .putPolicy(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE))
            .build(),
        group("aa", "a").name("The aa").build());
  }

  @Test
  void groups_are_considered_from_the_devices_own_to_the_root() {
    Scene scene = new Scene(nested(), "aa", Platform.IOS).detected("t", OS);
    assertEquals(
        List.of(
            considered("aa", Verdict.HAS_NONE),
            considered("a", Verdict.DECIDES),
            considered(ROOT, Verdict.OVERRIDDEN)),
        scene.threat("t").considered());
    assertEquals(0, scene.threat("t").policyVersion());
  }

  @Test
  void where_no_group_has_a_policy_none_decides() {
    Scene scene = new Scene(nested(), "aa", Platform.IOS).detected("t", ADWARE);
    assertEquals(
        List.of(
            considered("aa", Verdict.HAS_NONE),
            considered("a", Verdict.HAS_NONE),
            considered(ROOT, Verdict.HAS_NONE)),
        scene.threat("t").considered());
  }

  @Test
  void a_pinned_threat_is_explained_by_the_groups_of_its_own_version() {
    Scene scene =
        new Scene(nested(), "aa", Platform.IOS)
            .detected("t", OS)
            .changed(setOf(root().build(), group("aa", ROOT).build()), PolicyChangeMode.PIN);
    ThreatExplanation threat = scene.threat("t");
    assertEquals(3, threat.considered().size());
    assertEquals(0, threat.policyVersion());
    assertEquals(Optional.of(new PolicyPin(0, "aa")), threat.pin());
    assertTrue(threat.notHappening().contains(new NotHappening.PresentPolicyNotApplied(0, 1)));
  }

  // ---- what comes, and what would stop it

  @Test
  void what_comes_next_is_told_step_by_step() {
    Scene scene = scene(weeklySet()).detected("t", OS);
    assertEquals(
        List.of(day(7), day(14), day(21)),
        scene.explained().next().stream().map(NextStep::at).toList());
    assertEquals(
        List.of(
            "NOTIFY_DEVICE t LOW ALERT_DEVICE",
            "ISSUE_OPENED t LOW",
            "EMAIL_ADMINISTRATORS t LOW [ops@acme.example]",
            "ADD_LABEL MES - Low Risk",
            "COMPLIANCE_ACTION_STARTED MES Low Risk"),
        shortly(scene.explained().next().get(0).effects()));
    assertEquals(
        Optional.of(RiskLevel.LOW), scene.threat("t").next().map(rung -> rung.riskLevel()));
  }

  @Test
  void an_issue_that_is_open_can_be_ignored() {
    Scene scene = scene(weeklySet()).detected("t", OS);
    assertEquals(Set.of(Stop.FIX_THE_THREAT), scene.threat("t").stops());
    assertEquals(
        Set.of(Stop.FIX_THE_THREAT, Stop.IGNORE_THE_ISSUE),
        of(scene.explained(day(7)), "t").stops());
    scene.at(day(8), new IssueIgnored("t", Optional.empty()));
    assertEquals(Set.of(Stop.FIX_THE_THREAT), scene.threat("t").stops());
    assertEquals(List.of(new NotHappening.IssueIgnored()), scene.threat("t").notHappening());
    assertEquals(Optional.empty(), scene.threat("t").next());
    assertEquals(List.of(), scene.explained().next());
  }

  @Test
  void an_instant_before_the_latest_that_was_seen_counts_as_that_one() {
    Scene scene = scene(weeklySet()).at(day(3), new ThreatDetected("t", OS));
    assertEquals(day(3), scene.explained(T0).at());
    assertEquals(day(3), scene.threat("t").since());
  }

  @Test
  void a_device_without_threats_has_nothing_to_explain() {
    Explanation explanation = scene(weeklySet()).explained();
    assertEquals(Map.of(), explanation.threats());
    assertEquals(List.of(), explanation.decisive());
    assertEquals(Optional.empty(), explanation.mdm());
    assertEquals(List.of(), explanation.notHappening());
    assertEquals(List.of(), explanation.next());
  }

  // ---- what does not happen over a threat

  @Test
  void an_advisory_is_not_reported_and_the_last_rung_is_the_last() {
    Scene scene =
        scene(setWith(OS, policy(RiskLevel.ADVISORY, Response.DONT_ALERT))).detected("t", OS);
    assertEquals(
        List.of(
            new NotHappening.NotReported(RiskLevel.ADVISORY),
            new NotHappening.UserNotAlerted(),
            new NotHappening.LastRung()),
        scene.threat("t").notHappening());
  }

  @Test
  void nobody_wants_mail() {
    Scene scene =
        scene(
                setWith(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE))
                    .addAdministrators(admin("a@acme.example", RiskLevel.HIGH)))
            .detected("t", OS);
    assertEquals(
        List.of(new NotHappening.NobodyWantsMail(RiskLevel.LOW), new NotHappening.LastRung()),
        scene.threat("t").notHappening());
  }

  @Test
  void blocks_that_the_devices_group_does_not_allow_fall_away() {
    PolicySet.Builder set =
        setOf(
            root()
                .onDeviceThreatProtection(blocking("a.example"))
                .putPolicy(OS, policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT))
                .putPolicy(ADWARE, policy(RiskLevel.LOW, Response.BLOCK_INTERNET_AND_ALERT))
                .build(),
            group("off", ROOT)
                .onDeviceThreatProtection(OnDeviceThreatProtection.disabled())
                .build(),
            group("bare", ROOT)
                .onDeviceThreatProtection(new OnDeviceThreatProtection(true, List.of()))
                .build());
    Scene off = new Scene(set, "off", Platform.IOS).detected("t", OS).detected("u", ADWARE);
    assertTrue(
        off.threat("t")
            .notHappening()
            .contains(new NotHappening.BlockFallsAway(BlockStrength.DOMAINS, true)));
    assertTrue(
        off.threat("u")
            .notHappening()
            .contains(new NotHappening.BlockFallsAway(BlockStrength.INTERNET, true)));
    Scene bare = new Scene(set, "bare", Platform.IOS).detected("t", OS);
    assertTrue(
        bare.threat("t")
            .notHappening()
            .contains(new NotHappening.BlockFallsAway(BlockStrength.DOMAINS, false)));
  }

  @Test
  void worse_threats_outrank() {
    PolicySet.Builder set =
        setOf(
            root()
                .onDeviceThreatProtection(blocking("a.example"))
                .putPolicy(OS, policy(RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT))
                .putPolicy(ADWARE, policy(RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT))
                .build());
    Scene scene = scene(set).detected("a", OS).detected("b", ADWARE).detected("c", ADWARE);
    assertEquals(List.of("b", "c"), scene.explained().decisive());
    assertEquals(
        List.of(
            new NotHappening.NobodyWantsMail(RiskLevel.LOW),
            new NotHappening.BlockOutranked("b"),
            new NotHappening.RiskOutranked("b", RiskLevel.HIGH),
            new NotHappening.LastRung()),
        scene.threat("a").notHappening());
  }

  // ---- the MDM

  private static PolicySet.Builder low(RiskResponsePlan plan) {
    return setWith(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE)).riskResponse(plan);
  }

  private static SecurityPolicy.Builder applied(String name, int priority) {
    return SecurityPolicy.builder()
        .name(name)
        .status(SecurityPolicy.Status.ACTIVE)
        .priority(priority)
        .addLabel("MES - Low Risk");
  }

  @Test
  void the_way_from_a_label_to_an_action_is_told() {
    Scene scene =
        new Scene(weeklySet(), ROOT, Platform.IOS)
            .detected("t", OS)
            .at(day(8), new DeviceDisconnected());
    MdmChain chain = scene.explained().mdm().orElseThrow();
    assertEquals(List.of("MES - Low Risk"), chain.labels());
    assertEquals("MES Low Risk", chain.policy().name());
    assertEquals(
        List.of("Threats Present Trigger"),
        chain.violated().stream().map(AppControlRule::name).toList());
    assertTrue(chain.disallowed());
    assertEquals(
        List.of("MES Low Risk"), chain.actions().stream().map(ComplianceAction::name).toList());
    assertEquals(
        List.of(new NotHappening.NoLabel(LabelState.DISCONNECTED)),
        scene.explained().notHappening());
  }

  @Test
  void policies_of_the_mdm_are_outranked_inactive_or_find_nothing() {
    RiskResponsePlan plan =
        RiskResponsePlan.builder()
            .addSecurityPolicy(applied("second", 2).build())
            .addSecurityPolicy(applied("first", 1).build())
            .addSecurityPolicy(applied("off", 3).status(SecurityPolicy.Status.INACTIVE).build())
            .build();
    Scene scene = scene(low(plan)).detected("t", OS);
    assertEquals(
        List.of(
            new NotHappening.NothingViolated("first"),
            new NotHappening.PolicyOutranked("second", "first"),
            new NotHappening.PolicyInactive("off")),
        scene.explained().notHappening());
    assertEquals(List.of(), scene.explained().mdm().orElseThrow().actions());
  }

  @Test
  void without_a_policy_or_a_plan_the_mdm_does_nothing() {
    Scene scene = scene(low(RiskResponsePlan.builder().build())).detected("t", OS);
    assertEquals(List.of(new NotHappening.NoSecurityPolicy()), scene.explained().notHappening());
    Scene unknown =
        scene(setWith(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE))).detected("t", OS);
    assertEquals(List.of(new NotHappening.NoRiskResponse()), unknown.explained().notHappening());
  }

  @Test
  void a_risk_without_a_label_is_all_that_is_said_of_the_mdm() {
    PolicySet.Builder set =
        setWith(OS, policy(RiskLevel.LOW, Response.ALERT_DEVICE)).labels(new LabelScheme(Map.of()));
    assertEquals(
        List.of(new NotHappening.NoLabel(LabelState.LOW)),
        scene(set).detected("t", OS).explained().notHappening());
  }

  @Test
  void a_classification_of_the_tenants_own_is_explained_by_its_default() {
    PolicySet.Builder set =
        setOf(root().build())
            .addClassification(
                classified(
                    "BADGE", ThreatType.CONFIGURATION, RiskLevel.LOW, Response.ALERT_DEVICE));
    ThreatExplanation threat = scene(set).detected("t", "BADGE").threat("t");
    assertEquals(Optional.empty(), threat.ladder().policyGroup());
    assertEquals("The BADGE", threat.ladder().classification().displayName());
    assertEquals(Optional.empty(), threat.next());
  }

  @Test
  void steps_of_several_threats_come_in_order_of_time() {
    PolicySet.Builder set =
        setOf(
            root()
                .putPolicy(
                    OS,
                    policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(2, RiskLevel.MEDIUM)))
                .putPolicy(
                    ADWARE,
                    policy(
                        RiskLevel.LOW,
                        Response.ALERT_DEVICE,
                        alertAfter(1, RiskLevel.MEDIUM),
                        alertAfter(1, RiskLevel.HIGH)))
                .build());
    Scene scene = scene(set).detected("t", OS).detected("s", ADWARE);
    List<NextStep> next = scene.explained().next();
    assertEquals(List.of(day(1), day(2)), next.stream().map(NextStep::at).toList());
    assertEquals(
        List.of("s", "s", "t", "t"),
        next.get(1).effects().stream().flatMap(e -> e.header().threat().stream()).toList());
  }
}
