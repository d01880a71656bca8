package io.riskladder.mdm.document;

import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceDisconnected;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.DeviceMoved;
import io.riskladder.core.device.DeviceEvent.DeviceReconnected;
import io.riskladder.core.device.DeviceEvent.DeviceRemoved;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.IssueRestored;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatEncountered;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.MessageTemplate;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Generators of what a fleet comes to: few devices and threats, so that much happens to each, with
 * names that are hard to write down.
 */
final class DeviceHistories {
  private static final Instant START = Instant.parse("2026-01-30T21:00:00.000000001Z");
  private static final int GROUPS = 3;
  private static final int IDS = 8;
  private static final int MOST_AT_ONCE = 4;
  private static final String CATALOGUED = "OUT_OF_DATE_ASPL";
  private static final List<String> RATED = List.of("OUT_OF_DATE_OS", "ADWARE", "NO_DEVICE_LOCK");

  /** All that became of a history: its effects, and every state of a device on the way. */
  record Outcome(List<Effect> effects, Set<EnrolledDevice> states) {}

  /** Names that a history uses. */
  private record Words(List<String> ids, List<String> names) {
    String group(int number) {
      return ids.get(number);
    }

    String device(int number) {
      return ids.get(GROUPS + number);
    }

    String threat(int number) {
      return ids.get(IDS - 1 - number);
    }
  }

  /** Something that happens at an instant. */
  private interface Step {
    void take(
        Fleet fleet, List<CompiledPolicies> policies, Instant at, long number, EffectSink sink);
  }

  private record Timed(Duration after, Step step) {}

  private DeviceHistories() {}

  /** {@return what random histories come to} */
  static Arbitrary<Outcome> any() {
    Arbitrary<Words> words =
        Combinators.combine(
                AnyText.of(1, 200).list().ofSize(IDS).uniqueElements(),
                AnyText.name().list().ofSize(LabelState.values().length).uniqueElements())
            .as(Words::new);
    return words.flatMap(
        known -> Combinators.combine(policies(known), steps(known)).as(DeviceHistories::outcome));
  }

  private static Outcome outcome(List<CompiledPolicies> policies, List<Timed> steps) {
    Fleet fleet = Fleet.under(policies.get(0));
    List<Effect> effects = new ArrayList<>();
    Set<EnrolledDevice> states = new LinkedHashSet<>();
    Instant at = START;
    long number = Long.MAX_VALUE - (long) MOST_AT_ONCE * steps.size();
    EffectSink sink = EffectSink.of(effects::add);
    for (Timed timed : steps) {
      at = at.plus(timed.after());
      timed.step().take(fleet, policies, at, number, sink);
      number += MOST_AT_ONCE;
      states.addAll(fleet.devices());
    }
    return new Outcome(effects, states);
  }

  private static Arbitrary<List<Timed>> steps(Words words) {
    Step refused = (fleet, policies, at, number, sink) -> fleet.refusePolicies(at, number, sink);
    Step advance = (fleet, policies, at, number, sink) -> fleet.advanceTo(at, sink);
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(40, deviceSteps(words)),
            Tuple.of(10, policySteps()),
            Tuple.of(1, Arbitraries.just(refused)),
            Tuple.of(10, Arbitraries.just(advance)));
    Arbitrary<Duration> waits =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(Duration.ZERO)),
            Tuple.of(6, Arbitraries.integers().between(1, 12).map(Duration::ofHours)),
            Tuple.of(1, Arbitraries.longs().between(-5, 5).map(Duration::ofNanos)));
    return Combinators.combine(waits, step)
        .as(Timed::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(35)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  private static Arbitrary<Step> policySteps() {
    return Combinators.combine(Arbitraries.of(0, 1, 2), Arbitraries.of(PolicyChangeMode.values()))
        .as(
            (policy, mode) ->
                (fleet, policies, at, number, sink) ->
                    fleet.changePolicies(policies.get(policy), mode, at, number, sink));
  }

  /** Some events of one device at one instant, all of one threat or none, so that they meet. */
  private static Arbitrary<Step> deviceSteps(Words words) {
    Arbitrary<String> device = Arbitraries.of(words.device(0), words.device(1));
    Arbitrary<List<DeviceEvent.Reported>> events =
        Arbitraries.of(words.threat(0), words.threat(1))
            .flatMap(threat -> events(words, threat).list().ofMinSize(1).ofMaxSize(MOST_AT_ONCE));
    return Combinators.combine(device, events)
        .as(
            (id, all) ->
                (fleet, policies, at, number, sink) -> {
                  for (int i = 0; i < all.size(); i++) {
                    fleet.apply(id, all.get(i), at, number + i, sink);
                  }
                });
  }

  private static Arbitrary<DeviceEvent.Reported> events(Words words, String threatId) {
    Arbitrary<String> group = Arbitraries.of(0, 1, 2, 3).map(words::group);
    Arbitrary<String> threat = Arbitraries.just(threatId);
    Arbitrary<String> kind =
        Arbitraries.frequencyOf(
            Tuple.of(20, Arbitraries.of(RATED)),
            Tuple.of(4, Arbitraries.just(CATALOGUED)),
            Tuple.of(1, Arbitraries.of("PHISHING_CONTENT", "NOBODY_KNOWS_IT")));
    Arbitrary<String> web = Arbitraries.of("PHISHING_CONTENT", "DENYLISTED_CONTENT", "ADWARE");
    Arbitrary<Optional<String>> by = AnyText.of(0, 320).optional();
    Arbitrary<Set<String>> apps = AnyText.of(0, 320).set().ofMaxSize(3);
    return Arbitraries.frequencyOf(
        Tuple.of(
            8,
            Combinators.combine(group, Arbitraries.of(Platform.values()), apps)
                .as(DeviceEnrolled::new)),
        Tuple.of(4, group.map(DeviceMoved::new)),
        Tuple.of(2, Arbitraries.create(DeviceDisconnected::new)),
        Tuple.of(1, Arbitraries.create(DeviceReconnected::new)),
        Tuple.of(1, Arbitraries.create(DeviceRemoved::new)),
        Tuple.of(14, Combinators.combine(threat, kind).as(ThreatDetected::new)),
        Tuple.of(2, Combinators.combine(threat, web).as(ThreatEncountered::new)),
        Tuple.of(3, threat.map(ThreatResolved::new)),
        Tuple.of(10, Combinators.combine(threat, by).as(IssueIgnored::new)),
        Tuple.of(5, Combinators.combine(threat, by).as(IssueRestored::new)));
  }

  private static Arbitrary<List<CompiledPolicies>> policies(Words words) {
    return Arbitraries.longs()
        .map(Random::new)
        .map(
            random -> {
              Policies policies = new Policies(words, random);
              return List.of(policies.any(), policies.any(), policies.any());
            });
  }

  /** Makes policy sets in which groups are the same, the last perhaps missing. */
  private record Policies(Words words, Random random) {
    CompiledPolicies any() {
      PolicySet.Builder set = PolicySet.builder();
      for (int i = 0; i < GROUPS - (chance(4) ? 1 : 0); i++) {
        set.addGroups(group(i));
      }
      for (String email : List.of("b@x.example", "a@x.example")) {
        set.addAdministrators(
            new Administrator(
                email, Set.of(RiskLevel.LOW, pick(RiskLevel.MEDIUM, RiskLevel.HIGH))));
      }
      return set.labels(labels()).riskResponse(riskResponse()).build().compile();
    }

    private boolean chance(int oneIn) {
      return random.nextInt(oneIn) == 0;
    }

    @SafeVarargs
    private <T> T pick(T... from) {
      return from[random.nextInt(from.length)];
    }

    private DeviceGroup group(int number) {
      DeviceGroup.Builder group = DeviceGroup.builder().id(words.group(number)).name("g" + number);
      if (number == 0 || chance(2)) {
        List<String> domains = pick(List.of("a.example"), List.of("b.example", "a.example"));
        group.onDeviceThreatProtection(new OnDeviceThreatProtection(true, domains));
      }
      if (number > 0) {
        group.parent(words.group(0));
      }
      if (chance(2)) {
        group.defaultNotice(MessageTemplate.parse("{device} {group} {deadline}"));
      }
      for (String classification : RATED) {
        if (number == 0 || chance(2)) {
          group.putPolicy(classification, policy());
        }
      }
      return group.build();
    }

    private ClassificationPolicy policy() {
      List<RiskLevel> levels =
          pick(
              List.of(RiskLevel.ADVISORY),
              List.of(RiskLevel.ADVISORY, RiskLevel.LOW, RiskLevel.HIGH),
              List.of(RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH),
              List.of(RiskLevel.LOW, RiskLevel.HIGH),
              List.of(RiskLevel.MEDIUM));
      ClassificationPolicy.Builder policy =
          ClassificationPolicy.builder().riskLevel(levels.get(0)).response(response());
      for (RiskLevel level : levels.subList(1, levels.size())) {
        policy.addEscalation(
            Escalation.builder()
                .after(Duration.ofHours(1 + random.nextInt(9)))
                .riskLevel(level)
                .response(response())
                .message(chance(2) ? Optional.of(message()) : Optional.empty())
                .build());
      }
      return policy.build();
    }

    private static CustomMessage message() {
      return CustomMessage.of("{device}\n{classification}", "\u00fc {daysLeft}");
    }

    private Response response() {
      return pick(
          Response.ALERT_DEVICE,
          Response.DONT_ALERT,
          Response.BLOCK_DOMAINS_AND_ALERT,
          Response.BLOCK_INTERNET_AND_ALERT);
    }

    private LabelScheme labels() {
      Map<LabelState, String> names = new EnumMap<>(LabelState.class);
      Iterator<String> free = words.names().iterator();
      for (LabelState state : LabelState.values()) {
        String name = free.next();
        if (!chance(4)) {
          names.put(state, name);
        }
      }
      return new LabelScheme(names);
    }

    private RiskResponse riskResponse() {
      return chance(2) ? RiskResponse.standard() : ownResponse();
    }

    /** Some policies for all iOS devices, each with the label of one state. */
    private RiskResponse ownResponse() {
      RiskResponsePlan.Builder plan = RiskResponsePlan.builder();
      for (int i = 0; i < words.names().size(); i++) {
        String name = words.names().get(i);
        plan.addComplianceAction(ComplianceAction.builder().name(name).build());
        plan.addSecurityPolicy(
            SecurityPolicy.builder()
                .name(name)
                .status(SecurityPolicy.Status.ACTIVE)
                .priority(i + 1)
                .addLabels(name)
                .disallowedDevices(new SecurityPolicy.DisallowedDevices(name, true))
                .build());
      }
      return plan.build();
    }
  }
}
