package io.riskladder.core.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Block;
import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceMoved;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.IssueRestored;
import io.riskladder.core.device.DeviceEvent.PolicyChanged;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.reference.Histories;
import io.riskladder.core.reference.History;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.simulation.ConsideredGroup;
import io.riskladder.core.simulation.ConsideredGroup.Verdict;
import io.riskladder.core.simulation.Explanation;
import io.riskladder.core.simulation.NotHappening;
import io.riskladder.core.simulation.Stop;
import io.riskladder.core.simulation.ThreatExplanation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** An explanation says what is so, and each of its facts matters. */
final class ExplanationLawsTest {
  private static final long NUMBER = 1_000_000;
  private static final Duration LONG = Duration.ofDays(36_500);

  @Provide
  Arbitrary<History> histories() {
    return Histories.any();
  }

  @Provide
  Arbitrary<Duration> waits() {
    return Arbitraries.integers().between(0, 200).map(Duration::ofHours);
  }

  /** A fleet with its past, and the instant at which its devices are explained. */
  private record Scene(Fleet fleet, List<Effect> past, Instant at) {
    static Scene of(History history, Duration later) {
      List<Effect> past = new ArrayList<>();
      Fleet fleet = history.fleet();
      history.play(fleet, EffectSink.of(past::add));
      return new Scene(fleet, past, fleet.latestSeen().plus(later));
    }

    List<Explanation> explanations() {
      return fleet.devices().stream()
          .map(device -> Explanation.of(device, fleet.policies(), at, past))
          .toList();
    }
  }

  private static Explanation of(EnrolledDevice device, PolicyArchive archive) {
    return Explanation.of(device, archive, device.lastSeen());
  }

  private static EnrolledDevice after(
      Explanation explained, PolicyArchive archive, DeviceEvent event) {
    Decision decision = explained.device().decide(archive, event, explained.at(), NUMBER);
    assertEquals(Optional.empty(), decision.rejection());
    return (EnrolledDevice) decision.state();
  }

  @Property
  void what_comes_next_is_what_the_engine_does_if_no_event_comes(
      @ForAll("histories") History history, @ForAll("waits") Duration later) {
    Scene scene = Scene.of(history, later);
    List<Explanation> explanations = scene.explanations();
    scene.fleet.advanceTo(scene.at, effect -> {});
    Map<String, List<Effect>> lived = new HashMap<>();
    scene.fleet.advanceTo(
        scene.at.plus(LONG),
        effect ->
            lived
                .computeIfAbsent(effect.device().orElseThrow(), d -> new ArrayList<>())
                .add(effect.toEffect()));
    for (Explanation explanation : explanations) {
      List<Effect> said =
          explanation.next().stream().flatMap(step -> step.effects().stream()).toList();
      assertEquals(lived.getOrDefault(explanation.device().id(), List.of()), said);
      explanation
          .next()
          .forEach(step -> step.effects().forEach(effect -> assertEquals(step.at(), effect.at())));
    }
  }

  @Property
  void the_device_explained_is_the_device_then(
      @ForAll("histories") History history, @ForAll("waits") Duration later) {
    Scene scene = Scene.of(history, later);
    List<Explanation> explanations = scene.explanations();
    scene.fleet.advanceTo(scene.at, EffectSink.of(scene.past::add));
    for (Explanation explanation : explanations) {
      EnrolledDevice device = (EnrolledDevice) scene.fleet.device(explanation.device().id());
      assertEquals(device.threats(), explanation.device().threats());
      assertEquals(device.desired(), explanation.device().desired());
      for (ThreatExplanation threat : explanation.threats().values()) {
        Optional<Effect.NotifyDevice> last =
            lastNotification(scene.past, device.id(), threat.threat())
                .filter(told -> !told.at().isBefore(threat.since()));
        assertEquals(last.map(Effect::at), threat.told().map(told -> told.at()));
        assertEquals(
            last.map(Effect.NotifyDevice::message), threat.told().map(told -> told.message()));
      }
    }
  }

  private static Optional<Effect.NotifyDevice> lastNotification(
      List<Effect> past, String device, ThreatState threat) {
    return past.stream()
        .filter(effect -> effect.header().device().equals(Optional.of(device)))
        .filter(effect -> effect.header().threat().equals(Optional.of(threat.id())))
        .filter(
            effect -> effect.header().classification().equals(Optional.of(threat.classification())))
        .filter(Effect.NotifyDevice.class::isInstance)
        .map(Effect.NotifyDevice.class::cast)
        .reduce((first, second) -> second);
  }

  @Property
  void what_would_stop_a_threat_stops_it_and_nothing_else_would(
      @ForAll("histories") History history, @ForAll("waits") Duration later) {
    Scene scene = Scene.of(history, later);
    PolicyArchive archive = scene.fleet.policies();
    for (Explanation explained : scene.explanations()) {
      explained
          .threats()
          .forEach(
              (id, threat) -> {
                assertFalse(
                    after(explained, archive, new ThreatResolved(id)).threats().containsKey(id));
                DeviceEvent ignore = new IssueIgnored(id, Optional.empty());
                Decision ignored = explained.device().decide(archive, ignore, explained.at(), 1);
                boolean stops =
                    ignored.effects().stream().anyMatch(Effect.IssueIgnored.class::isInstance);
                assertEquals(stops, threat.stops().contains(Stop.IGNORE_THE_ISSUE));
              });
    }
  }

  @Property
  void the_group_that_decides_is_the_nearest_that_has_a_policy(
      @ForAll("histories") History history) {
    Scene scene = Scene.of(history, Duration.ZERO);
    for (Explanation explained : scene.explanations()) {
      for (ThreatExplanation threat : explained.threats().values()) {
        Map<String, DeviceGroup> groups = new HashMap<>();
        scene
            .fleet
            .policies()
            .version(threat.policyVersion())
            .orElseThrow()
            .source()
            .groups()
            .forEach(group -> groups.put(group.id(), group));
        boolean decided = false;
        String expected = threat.pin().map(pin -> pin.group()).orElse(explained.device().group());
        for (ConsideredGroup considered : threat.considered()) {
          DeviceGroup group = groups.get(considered.group());
          assertEquals(expected, considered.group());
          boolean hasOne = group.policies().containsKey(threat.threat().classification());
          assertEquals(
              hasOne ? decided ? Verdict.OVERRIDDEN : Verdict.DECIDES : Verdict.HAS_NONE,
              considered.verdict());
          decided |= hasOne;
          expected = group.parent().orElse("");
        }
        assertEquals("", expected, "the way ends at the root");
        assertEquals(decided, threat.ladder().policyGroup().isPresent());
      }
    }
  }

  @Property
  void each_thing_that_does_not_happen_would_if_its_reason_fell_away(
      @ForAll("histories") History history, @ForAll("waits") Duration later) {
    Scene scene = Scene.of(history, later);
    PolicyArchive archive = scene.fleet.policies();
    for (Explanation explained : scene.explanations()) {
      for (NotHappening fact : explained.notHappening()) {
        happens(explained, archive, fact);
      }
      explained
          .threats()
          .forEach(
              (id, threat) ->
                  threat
                      .notHappening()
                      .forEach(
                          fact -> {
                            happens(explained, archive, id, threat, fact);
                          }));
    }
  }

  /** Always the same histories, so that chance has no say in whether this fails. */
  @Property(tries = 600, seed = "1")
  void histories_lead_to_every_fact(@ForAll("histories") History history) {
    for (Explanation explained : Scene.of(history, Duration.ZERO).explanations()) {
      explained.notHappening().forEach(fact -> Statistics.collect(fact.getClass()));
      explained
          .threats()
          .values()
          .forEach(
              threat -> threat.notHappening().forEach(fact -> Statistics.collect(fact.getClass())));
    }
    Statistics.coverage(
        coverage -> {
          for (Class<?> fact : NotHappening.class.getPermittedSubclasses()) {
            coverage.check(fact).count(count -> count > 1);
          }
        });
  }

  /** Lets the reason fall away, for a fact about a device. */
  private static void happens(Explanation explained, PolicyArchive archive, NotHappening fact) {
    DesiredState now = explained.device().desired();
    PolicySet set = policies(explained, archive).source();
    RiskResponsePlan plan =
        set.riskResponse()
            .map(response -> response.planFor(set.labels()))
            .orElse(RiskResponsePlan.builder().build());
    if (fact instanceof NotHappening.NoLabel no) {
      DesiredState with =
          under(
              explained,
              archive,
              builder ->
                  builder.labels(
                      set.labels().with(Map.of(no.state(), Optional.of("a new label")))));
      assertTrue(with.labels().containsValue("a new label"));
    } else if (fact instanceof NotHappening.NoRiskResponse) {
      assertTrue(set.riskResponse().isEmpty());
      assertActionStarts(explained, archive, plan);
    } else if (fact instanceof NotHappening.NoSecurityPolicy) {
      assertTrue(now.complianceActions().isEmpty());
      assertActionStarts(explained, archive, plan);
    } else if (fact instanceof NotHappening.NothingViolated nothing) {
      assertTrue(now.complianceActions().isEmpty());
      DesiredState with =
          under(explained, archive, s -> s.riskResponse(violated(plan, nothing.policy())));
      assertFalse(with.complianceActions().isEmpty());
    } else if (fact instanceof NotHappening.PolicyOutranked outranked) {
      RiskResponsePlan without = plan;
      Explanation step = explained;
      while (step.mdm().isPresent()
          && !step.mdm().get().policy().name().equals(outranked.policy())) {
        String first = step.mdm().get().policy().name();
        without = withStatus(without, first, SecurityPolicy.Status.INACTIVE);
        step = explainedUnder(explained, archive, without);
      }
      assertEquals(Optional.of(outranked.policy()), step.mdm().map(chain -> chain.policy().name()));
      assertEquals(
          Optional.of(outranked.by()), explained.mdm().map(chain -> chain.policy().name()));
    } else if (fact instanceof NotHappening.PolicyInactive inactive) {
      Explanation active =
          explainedUnder(
              explained,
              archive,
              withStatus(plan, inactive.policy(), SecurityPolicy.Status.ACTIVE));
      boolean applied =
          active.mdm().filter(chain -> chain.policy().name().equals(inactive.policy())).isPresent()
              || active.notHappening().stream()
                  .anyMatch(
                      f ->
                          f instanceof NotHappening.PolicyOutranked o
                              && o.policy().equals(inactive.policy()));
      assertTrue(applied);
    } else {
      throw new AssertionError("no fact about a device: " + fact);
    }
  }

  /** Lets the reason fall away, for a fact about a threat. */
  private static void happens(
      Explanation explained,
      PolicyArchive archive,
      String id,
      ThreatExplanation threat,
      NotHappening fact) {
    if (fact instanceof NotHappening.IssueIgnored) {
      assertTrue(
          after(explained, archive, new IssueRestored(id, Optional.empty()))
              .threats()
              .get(id)
              .counts());
    } else if (fact instanceof NotHappening.NotReported not) {
      assertEquals(threat.rung().riskLevel(), not.level());
      assertFalse(not.level().isReported());
      assertFalse(explained.decisive().contains(id));
    } else if (fact instanceof NotHappening.UserNotAlerted) {
      assertFalse(threat.rung().response().alerts());
    } else if (fact instanceof NotHappening.NobodyWantsMail no) {
      assertEquals(threat.rung().riskLevel(), no.level());
      assertTrue(policies(explained, archive).recipients(no.level()).isEmpty());
    } else if (fact instanceof NotHappening.BlockFallsAway falls) {
      DesiredState with = under(explained, archive, set -> protecting(set, explained));
      assertTrue(
          with.block() instanceof Block.Internet
              || (falls.block() == BlockStrength.DOMAINS && with.block() instanceof Block.Domains));
    } else if (fact instanceof NotHappening.RiskOutranked outranked) {
      EnrolledDevice without = without(explained, archive, explained.decisive());
      assertEquals(outranked.level(), explained.device().desired().risk());
      assertTrue(explained.device().desired().risk().isAbove(without.desired().risk()));
      if (threat.rung().riskLevel().isReported()) {
        assertTrue(without.desired().risk().isReported());
      }
    } else if (fact instanceof NotHappening.BlockOutranked) {
      List<String> internet =
          explained.threats().values().stream()
              .filter(t -> t.rung().response().block() == BlockStrength.INTERNET)
              .map(t -> t.threat().id())
              .toList();
      assertTrue(without(explained, archive, internet).desired().block() instanceof Block.Domains);
    } else if (fact instanceof NotHappening.LastRung) {
      assertEquals(Optional.empty(), threat.next());
      assertTrue(
          explained.next().stream()
              .flatMap(step -> step.effects().stream())
              .noneMatch(effect -> effect.header().threat().equals(Optional.of(id))));
    } else if (fact instanceof NotHappening.PresentPolicyNotApplied kept) {
      assertEquals(threat.policyVersion(), kept.version());
      if (policies(explained, archive)
          .classification(threat.threat().classification())
          .isPresent()) {
        EnrolledDevice moved =
            after(explained, archive, new DeviceMoved(explained.device().group()));
        assertEquals(kept.presentVersion(), of(moved, archive).threats().get(id).policyVersion());
      }
    } else {
      throw new AssertionError("no fact about a threat: " + fact);
    }
  }

  private static CompiledPolicies policies(Explanation explained, PolicyArchive archive) {
    return archive.version(explained.device().policyVersion()).orElseThrow();
  }

  /** {@return what the device would come to under the same policies but for one thing} */
  private static DesiredState under(
      Explanation explained, PolicyArchive archive, UnaryOperator<PolicySet.Builder> but) {
    return changed(explained, archive, but).desired();
  }

  private static EnrolledDevice changed(
      Explanation explained, PolicyArchive archive, UnaryOperator<PolicySet.Builder> but) {
    PolicySet set = policies(explained, archive).source();
    PolicyArchive other =
        archive.replacedBy(but.apply(PolicySet.builder().from(set)).build().compile());
    return after(explained, other, new PolicyChanged(other.currentVersion(), PolicyChangeMode.PIN));
  }

  private static Explanation explainedUnder(
      Explanation explained, PolicyArchive archive, RiskResponsePlan plan) {
    PolicySet set = policies(explained, archive).source();
    PolicyArchive other =
        archive.replacedBy(PolicySet.builder().from(set).riskResponse(plan).build().compile());
    return of(
        after(explained, other, new PolicyChanged(other.currentVersion(), PolicyChangeMode.PIN)),
        other);
  }

  private static PolicySet.Builder protecting(PolicySet.Builder set, Explanation explained) {
    PolicySet before = set.build();
    return set.groups(
        before.groups().stream()
            .map(
                group ->
                    group.id().equals(explained.device().group())
                        ? DeviceGroup.builder()
                            .from(group)
                            .onDeviceThreatProtection(
                                new OnDeviceThreatProtection(true, List.of("new.example")))
                            .build()
                        : group)
            .toList());
  }

  private static EnrolledDevice without(
      Explanation explained, PolicyArchive archive, List<String> threats) {
    EnrolledDevice device = explained.device();
    for (String threat : threats) {
      device =
          (EnrolledDevice)
              device.decide(archive, new ThreatResolved(threat), explained.at(), 1).state();
    }
    return device;
  }

  private static final String ALWAYS = "an always-on trigger of the test";
  private static final String ACTION = "an action of the test";

  private static void assertActionStarts(
      Explanation explained, PolicyArchive archive, RiskResponsePlan plan) {
    List<String> labels = List.copyOf(explained.device().desired().labels().values());
    assertFalse(labels.isEmpty());
    RiskResponsePlan with =
        RiskResponsePlan.builder()
            .from(plan)
            .addAppControlRule(always())
            .addComplianceAction(action())
            .addSecurityPolicy(
                SecurityPolicy.builder()
                    .name("a policy of the test")
                    .status(SecurityPolicy.Status.ACTIVE)
                    .priority(Integer.MAX_VALUE)
                    .addAllLabels(labels)
                    .accessControl(new SecurityPolicy.AccessControl(ACTION, List.of(ALWAYS)))
                    .build())
            .build();
    assertTrue(
        under(explained, archive, set -> set.riskResponse(with))
            .complianceActions()
            .contains(ACTION));
  }

  private static AppControlRule always() {
    return AppControlRule.builder()
        .name(ALWAYS)
        .type(AppControlRule.Type.REQUIRED)
        .app(AppControlRule.NO_SUCH_APP)
        .platform(AppControlRule.Scope.ALL)
        .build();
  }

  private static ComplianceAction action() {
    return ComplianceAction.builder().name(ACTION).build();
  }

  private static RiskResponsePlan violated(RiskResponsePlan plan, String policy) {
    return RiskResponsePlan.builder()
        .from(plan)
        .addAppControlRule(always())
        .addComplianceAction(action())
        .securityPolicies(
            plan.securityPolicies().stream()
                .map(
                    of ->
                        of.name().equals(policy)
                            ? SecurityPolicy.builder()
                                .from(of)
                                .accessControl(
                                    new SecurityPolicy.AccessControl(ACTION, List.of(ALWAYS)))
                                .build()
                            : of)
                .toList())
        .build();
  }

  private static RiskResponsePlan withStatus(
      RiskResponsePlan plan, String policy, SecurityPolicy.Status status) {
    return RiskResponsePlan.builder()
        .from(plan)
        .securityPolicies(
            plan.securityPolicies().stream()
                .map(
                    of ->
                        of.name().equals(policy)
                            ? SecurityPolicy.builder().from(of).status(status).build()
                            : of)
                .toList())
        .build();
  }
}
