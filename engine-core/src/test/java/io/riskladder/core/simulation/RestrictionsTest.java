package io.riskladder.core.simulation;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.T0;
import static io.riskladder.core.Fixtures.after;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.day;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.weekly;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.simulation.Restriction.Kind;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a ladder takes away from a user, from when and until when. */
final class RestrictionsTest {
  private static final Set<Platform> BOTH = Set.of(Platform.ANDROID, Platform.IOS);

  /** What a ladder at a root with protection takes away. */
  private static Timeline timeline(ClassificationPolicy policy, Optional<RiskResponse> response) {
    return Timeline.of(
        setOf(
                root()
                    .onDeviceThreatProtection(blocking("acme.example"))
                    .putPolicy(OS, policy)
                    .build())
            .riskResponse(response)
            .build()
            .compile(),
        ROOT,
        OS,
        T0);
  }

  private static List<Restriction> restrictions(ClassificationPolicy policy) {
    return timeline(policy, Optional.empty()).restrictions();
  }

  private static Restriction forGood(Kind kind, Instant since, Set<Platform> platforms) {
    return new Restriction(kind, since, Optional.empty(), platforms);
  }

  private static Restriction until(Kind kind, Instant since, Instant until) {
    return new Restriction(kind, since, Optional.of(until), BOTH);
  }

  @Test
  void what_holds_without_the_threat_is_not_the_threats_doing() {
    RiskResponse quarantiningTheSecured =
        RiskResponsePlan.builder()
            .addComplianceAction(ComplianceAction.builder().name("act").quarantine(true).build())
            .addSecurityPolicy(
                SecurityPolicy.builder()
                    .name("Secured")
                    .status(SecurityPolicy.Status.ACTIVE)
                    .priority(1)
                    .addLabel("Secured")
                    .disallowedDevices(new SecurityPolicy.DisallowedDevices("act", true))
                    .build())
            .build();
    PolicySet set =
        setOf(root().putPolicy(OS, policy(RiskLevel.NONE, Response.DONT_ALERT)).build())
            .labels(LabelScheme.defaults().with(Map.of(LabelState.SECURED, Optional.of("Secured"))))
            .riskResponse(quarantiningTheSecured)
            .build();
    assertEquals(List.of(), Timeline.of(set.compile(), ROOT, OS, T0).restrictions());
  }

  @Test
  void the_last_step_of_the_standard_set_up_takes_three_things() {
    assertEquals(
        List.of(
            forGood(Kind.COMPANY_SITES, day(21), BOTH),
            forGood(Kind.COMPANY_ACCESS, day(21), BOTH),
            forGood(Kind.QUARANTINE, day(21), BOTH)),
        timeline(weekly(), Optional.of(RiskResponse.standard())).restrictions());
  }

  @Test
  void alerts_take_nothing_away() {
    assertEquals(List.of(), restrictions(policy(RiskLevel.HIGH, Response.ALERT_DEVICE)));
  }

  @Test
  void company_sites_stay_gone_when_the_whole_internet_goes_after_them() {
    assertEquals(
        List.of(forGood(Kind.COMPANY_SITES, day(2), BOTH), forGood(Kind.INTERNET, day(5), BOTH)),
        restrictions(
            policy(
                RiskLevel.LOW,
                Response.ALERT_DEVICE,
                after(2, RiskLevel.MEDIUM, Response.BLOCK_DOMAINS_AND_ALERT),
                after(3, RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT))));
  }

  @Test
  void the_internet_alone_is_one_restriction() {
    assertEquals(
        List.of(forGood(Kind.INTERNET, T0, BOTH)),
        restrictions(policy(RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT)));
  }

  @Test
  void the_internet_comes_back_where_only_the_sites_are_blocked_after_it() {
    assertEquals(
        List.of(until(Kind.INTERNET, T0, day(1)), forGood(Kind.COMPANY_SITES, day(1), BOTH)),
        restrictions(
            policy(
                RiskLevel.LOW,
                Response.BLOCK_INTERNET_AND_ALERT,
                after(1, RiskLevel.HIGH, Response.BLOCK_DOMAINS_AND_ALERT))));
  }

  @Test
  void a_milder_rung_ends_a_restriction_and_a_later_one_begins_another() {
    assertEquals(
        List.of(
            until(Kind.COMPANY_SITES, day(0), day(1)), forGood(Kind.COMPANY_SITES, day(3), BOTH)),
        restrictions(
            policy(
                RiskLevel.LOW,
                Response.BLOCK_DOMAINS_AND_ALERT,
                alertAfter(1, RiskLevel.MEDIUM),
                after(2, RiskLevel.HIGH, Response.BLOCK_DOMAINS_AND_ALERT))));
  }

  /** A plan in which LOW is quarantined and HIGH is not, by the trigger on some platforms. */
  private static RiskResponsePlan plan(
      AppControlRule.Scope scope, boolean allIosDevices, String label) {
    return RiskResponsePlan.builder()
        .addAppControlRule(
            AppControlRule.builder()
                .name("trigger")
                .type(AppControlRule.Type.REQUIRED)
                .app(AppControlRule.NO_SUCH_APP)
                .platform(scope)
                .build())
        .addComplianceAction(ComplianceAction.builder().name("lock up").quarantine(true).build())
        .addComplianceAction(ComplianceAction.builder().name("keep out").blockAccess(true).build())
        .addSecurityPolicy(
            SecurityPolicy.builder()
                .name("strict")
                .status(SecurityPolicy.Status.ACTIVE)
                .priority(1)
                .addLabel(label)
                .accessControl(new SecurityPolicy.AccessControl("lock up", List.of("trigger")))
                .disallowedDevices(new SecurityPolicy.DisallowedDevices("keep out", allIosDevices))
                .build())
        .build();
  }

  private static ClassificationPolicy lowThenHigh() {
    return policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(1, RiskLevel.HIGH));
  }

  @Test
  void what_the_mdm_takes_away_ends_with_its_label() {
    Timeline timeline =
        timeline(
            lowThenHigh(), Optional.of(plan(AppControlRule.Scope.ALL, false, "MES - Low Risk")));
    assertEquals(List.of(until(Kind.QUARANTINE, T0, day(1))), timeline.restrictions());
  }

  @Test
  void a_plan_for_android_alone_restricts_android_alone() {
    Timeline timeline =
        timeline(
            lowThenHigh(),
            Optional.of(plan(AppControlRule.Scope.ANDROID, false, "MES - High Risk")));
    assertEquals(
        List.of(forGood(Kind.QUARANTINE, day(1), Set.of(Platform.ANDROID))),
        timeline.restrictions());
    assertEquals(
        Map.of(Platform.ANDROID, Set.of("lock up"), Platform.IOS, Set.of()),
        timeline.stages().get(1).actionsStarted());
  }

  @Test
  void disallowed_devices_restrict_ios_alone() {
    Timeline timeline =
        timeline(
            lowThenHigh(),
            Optional.of(plan(AppControlRule.Scope.ANDROID, true, "MES - High Risk")));
    assertEquals(
        List.of(
            forGood(Kind.COMPANY_ACCESS, day(1), Set.of(Platform.IOS)),
            forGood(Kind.QUARANTINE, day(1), Set.of(Platform.ANDROID))),
        timeline.restrictions());
    assertEquals(
        Map.of(Platform.ANDROID, Set.of("lock up"), Platform.IOS, Set.of("keep out")),
        timeline.stages().get(1).complianceActions());
  }

  @Test
  void a_restriction_that_lasts_longer_on_one_platform_is_told_of_each() {
    RiskResponsePlan ios = plan(AppControlRule.Scope.IOS, false, "MES - High Risk");
    RiskResponsePlan both =
        RiskResponsePlan.builder()
            .from(ios)
            .addAppControlRule(
                AppControlRule.builder()
                    .name("on android")
                    .type(AppControlRule.Type.REQUIRED)
                    .app(AppControlRule.NO_SUCH_APP)
                    .platform(AppControlRule.Scope.ALL)
                    .build())
            .addSecurityPolicy(
                SecurityPolicy.builder()
                    .name("early")
                    .status(SecurityPolicy.Status.ACTIVE)
                    .priority(2)
                    .addLabel("MES - Low Risk")
                    .accessControl(
                        new SecurityPolicy.AccessControl("lock up", List.of("on android")))
                    .build())
            .build();
    assertEquals(
        List.of(
            new Restriction(Kind.QUARANTINE, T0, Optional.of(day(1)), Set.of(Platform.ANDROID)),
            forGood(Kind.QUARANTINE, T0, Set.of(Platform.IOS))),
        timeline(lowThenHigh(), Optional.of(both)).restrictions());
  }

  @Test
  void a_restriction_copies_its_platforms() {
    Set<Platform> platforms = EnumSet.of(Platform.IOS);
    Restriction restriction = forGood(Kind.INTERNET, T0, platforms);
    platforms.add(Platform.ANDROID);
    assertEquals(Set.of(Platform.IOS), restriction.platforms());
  }
}
