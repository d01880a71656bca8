package io.riskladder.core.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Block;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.InvalidPolicyException;
import io.riskladder.core.reference.Histories;
import io.riskladder.core.reference.History;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.simulation.ChangedPolicy;
import io.riskladder.core.simulation.Consequences;
import io.riskladder.core.simulation.DeviceSet;
import io.riskladder.core.simulation.Forecast;
import io.riskladder.core.simulation.ForecastDay;
import io.riskladder.core.simulation.Impact;
import io.riskladder.core.simulation.PolicyChange;
import io.riskladder.core.simulation.RowImpact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** What is said of a change of policies is what the engine does when it is made. */
final class ImpactLawsTest {
  private static final long NUMBER = 1_000_000;

  /** A fleet with a past, and policies that may replace those it is under. */
  record Proposal(History history, int policies, PolicyChangeMode mode) {
    Fleet fleet() {
      Fleet fleet = history.fleet();
      history.play(fleet, effect -> {});
      return fleet;
    }

    CompiledPolicies proposed() {
      return history.policies().get(policies).compile();
    }

    List<Effect> change(Fleet fleet) {
      List<Effect> effects = new ArrayList<>();
      fleet.changePolicies(
          proposed(), mode, fleet.latestSeen(), NUMBER, EffectSink.of(effects::add));
      return effects;
    }
  }

  @Provide
  Arbitrary<Proposal> proposals() {
    return Combinators.combine(
            Histories.any(), Arbitraries.of(0, 1, 2), Arbitraries.of(PolicyChangeMode.values()))
        .as(Proposal::new);
  }

  @Property
  void the_impact_of_a_change_is_what_the_change_does(@ForAll("proposals") Proposal proposal) {
    Fleet fleet = proposal.fleet();
    Map<String, DesiredState> before = desired(fleet);
    Impact impact = Impact.of(fleet, proposal.proposed(), proposal.mode());
    assertEquals(before, desired(fleet), "the fleet stays as it is");
    List<String> alreadyDue = due(fleet, List.of());
    List<Effect> effects = proposal.change(fleet);
    boolean rejected = effects.stream().anyMatch(Effect.Rejected.class::isInstance);
    assertEquals(rejected, impact.misfit().isPresent());
    if (rejected) {
      assertTrue(impact.total().effects().isEmpty());
      return;
    }
    assertEquals(counted(effects), impact.total().effects());
    assertConsequences(before, desired(fleet), impact.total());
    assertEquals(due(fleet, alreadyDue), impact.dueAtOnce().ids());
  }

  /** Always the same proposals, so that chance has no say in whether this fails. */
  @Property(tries = 600, seed = "1")
  void proposals_make_everything_happen_that_these_laws_are_about(
      @ForAll("proposals") Proposal proposal) {
    Impact impact = Impact.of(proposal.fleet(), proposal.proposed(), proposal.mode());
    met("rejected", impact.misfit().isPresent());
    met("raised", !impact.total().raised().isEmpty());
    met("lowered", !impact.total().lowered().isEmpty());
    met("newly blocked", !impact.total().newlyBlocked().isEmpty());
    met("freed", !impact.total().freed().isEmpty());
    met("due at once", !impact.dueAtOnce().isEmpty());
  }

  private static void met(String what, boolean isMet) {
    Statistics.label(what)
        .collect(isMet)
        .coverage(coverage -> coverage.check(true).count(count -> count > 1));
  }

  /** {@return the devices with a rung due now, but for some} */
  private static List<String> due(Fleet fleet, List<String> butFor) {
    return fleet.devices().stream()
        .filter(device -> device.nextDue().filter(fleet.latestSeen()::equals).isPresent())
        .map(EnrolledDevice::id)
        .filter(id -> !butFor.contains(id))
        .sorted()
        .toList();
  }

  private static Map<Effect.Type, Integer> counted(List<Effect> effects) {
    Map<Effect.Type, Integer> counts = new EnumMap<>(Effect.Type.class);
    effects.forEach(effect -> counts.merge(effect.type(), 1, Integer::sum));
    return counts;
  }

  private static Map<String, DesiredState> desired(Fleet fleet) {
    return fleet.devices().stream()
        .collect(
            Collectors.toMap(
                EnrolledDevice::id, EnrolledDevice::desired, (a, b) -> a, TreeMap::new));
  }

  private static List<String> where(
      Map<String, DesiredState> before,
      Map<String, DesiredState> after,
      BiPredicate<DesiredState, DesiredState> differ) {
    return before.keySet().stream()
        .filter(id -> differ.test(before.get(id), after.get(id)))
        .toList();
  }

  private static boolean free(DesiredState state) {
    return state.block() instanceof Block.None;
  }

  private static void assertConsequences(
      Map<String, DesiredState> before, Map<String, DesiredState> after, Consequences said) {
    assertEquals(
        where(before, after, (b, a) -> a.risk().isAbove(b.risk())), said.raised().ids(), "raised");
    assertEquals(
        where(before, after, (b, a) -> b.risk().isAbove(a.risk())),
        said.lowered().ids(),
        "lowered");
    assertEquals(
        where(before, after, (b, a) -> free(b) && !free(a)), said.newlyBlocked().ids(), "blocked");
    assertEquals(where(before, after, (b, a) -> !free(b) && free(a)), said.freed().ids(), "freed");
    assertEquals(
        where(before, after, (b, a) -> !free(b) && !free(a) && !b.block().equals(a.block())),
        said.otherwiseBlocked().ids(),
        "blocked from something else");
    assertEquals(
        where(before, after, (b, a) -> !b.labels().equals(a.labels())),
        said.relabelled().ids(),
        "relabelled");
    Set<String> actions = new HashSet<>();
    after.values().forEach(state -> actions.addAll(state.complianceActions()));
    before.values().forEach(state -> actions.addAll(state.complianceActions()));
    for (String action : actions) {
      List<String> started =
          where(
              before,
              after,
              (b, a) ->
                  !b.complianceActions().contains(action)
                      && a.complianceActions().contains(action));
      List<String> ceased =
          where(
              before,
              after,
              (b, a) ->
                  b.complianceActions().contains(action)
                      && !a.complianceActions().contains(action));
      assertEquals(started, idsOf(said.actionsStarted().get(action)), "started");
      assertEquals(ceased, idsOf(said.actionsCeased().get(action)), "ceased");
    }
  }

  private static List<String> idsOf(@Nullable DeviceSet set) {
    return set == null ? List.of() : set.ids();
  }

  @Property
  void without_a_change_there_is_no_impact(@ForAll("proposals") Proposal proposal) {
    Fleet fleet = proposal.fleet();
    Impact impact = Impact.of(fleet, fleet.policies().current(), PolicyChangeMode.CONTINUE);
    assertEquals(List.of(), impact.rows());
    assertEquals(Map.of(), impact.total().effects());
    assertTrue(impact.change().others().isEmpty());
  }

  @Property
  void what_no_row_and_nothing_else_changes_is_the_same(@ForAll("proposals") Proposal proposal) {
    Fleet fleet = proposal.fleet();
    PolicyChange change = PolicyChange.between(fleet.policies().current(), proposal.proposed());
    boolean equal =
        change.rows().isEmpty()
            && change.others().isEmpty()
            && change.present().source().name().equals(change.proposed().source().name());
    assertEquals(
        equal, withSortedParts(change.present()).equals(withSortedParts(change.proposed())));
  }

  /** What a set says, whatever the order in which it says it. */
  private static Map<String, Object> withSortedParts(CompiledPolicies policies) {
    Map<String, Object> parts = new TreeMap<>();
    parts.put("name", policies.source().name());
    parts.put("zone", policies.source().timeZone());
    parts.put("own", Set.copyOf(policies.source().classifications()));
    parts.put("groups", Set.copyOf(policies.source().groups()));
    parts.put("administrators", Set.copyOf(policies.source().administrators()));
    parts.put("labels", policies.source().labels());
    parts.put("mdm", policies.source().riskResponse());
    return parts;
  }

  @Property
  void rows_say_which_devices_have_such_threats(@ForAll("proposals") Proposal proposal) {
    Fleet fleet = proposal.fleet();
    Impact impact = Impact.of(fleet, proposal.proposed(), proposal.mode());
    for (RowImpact row : impact.rows()) {
      List<ThreatState> threats = new ArrayList<>();
      Set<String> devices = new HashSet<>();
      Set<String> threatened = new HashSet<>();
      for (EnrolledDevice device : fleet.devices()) {
        if (row.groups().contains(device.group())) {
          devices.add(device.id());
          device.threats().values().stream()
              .filter(threat -> threat.pin().isEmpty())
              .filter(threat -> threat.classification().equals(row.row().classification()))
              .forEach(
                  threat -> {
                    threats.add(threat);
                    threatened.add(device.id());
                  });
        }
      }
      assertEquals(devices, Set.copyOf(row.devices().ids()));
      assertEquals(threatened, Set.copyOf(row.threatened().ids()));
      assertEquals(threats.size(), row.threats());
    }
  }

  @Property
  void a_row_taken_out_is_no_row_any_more(@ForAll("proposals") Proposal proposal) {
    PolicyChange change =
        PolicyChange.between(proposal.fleet().policies().current(), proposal.proposed());
    for (ChangedPolicy row : change.rows()) {
      PolicyChange rest;
      try {
        rest = change.without(Set.of(row));
      } catch (InvalidPolicyException e) {
        continue; // the policy in force does not go with the rest of the change
      }
      List<ChangedPolicy> others = new ArrayList<>(change.rows());
      others.remove(row);
      assertEquals(others, rest.rows());
    }
  }

  @Property
  void the_forecast_is_what_the_engine_does_if_no_event_comes(
      @ForAll("proposals") Proposal proposal, @ForAll("horizons") int days) {
    Fleet fleet = proposal.fleet();
    Forecast forecast =
        Forecast.of(fleet, proposal.proposed(), proposal.mode(), Duration.ofDays(days));
    Fleet present = proposal.fleet();
    assertEquals(lived(present, List.of(), days), told(forecast.present()));
    Fleet changed = proposal.fleet();
    List<Effect> effects = proposal.change(changed);
    assertEquals(lived(changed, effects, days), told(forecast.proposed()));
  }

  @Provide
  Arbitrary<Integer> horizons() {
    return Arbitraries.integers().between(0, 40);
  }

  /** A day as a forecast tells it, or as a fleet lives through it. */
  private record Day(
      int number,
      Instant at,
      Map<RiskLevel, Integer> devices,
      int domainsBlocked,
      int internetBlocked,
      int notifications,
      int mails) {}

  private static List<Day> told(List<ForecastDay> days) {
    return days.stream()
        .map(
            day ->
                new Day(
                    day.number(),
                    day.at(),
                    day.devices(),
                    day.domainsBlocked(),
                    day.internetBlocked(),
                    day.notifications(),
                    day.mails()))
        .toList();
  }

  private static List<Day> lived(Fleet fleet, List<Effect> first, int days) {
    List<Day> lived = new ArrayList<>();
    List<Effect> effects = new ArrayList<>(first);
    Instant from = fleet.latestSeen();
    for (int number = 0; number <= days; number++) {
      Instant at = from.plus(Duration.ofDays(number));
      fleet.advanceTo(at, EffectSink.of(effects::add));
      lived.add(
          new Day(
              number,
              at,
              levels(fleet),
              blocked(fleet, Block.Domains.class),
              blocked(fleet, Block.Internet.class),
              count(effects, Effect.Type.NOTIFY_DEVICE),
              count(effects, Effect.Type.EMAIL_ADMINISTRATORS)));
      effects.clear();
    }
    return lived;
  }

  private static Map<RiskLevel, Integer> levels(Fleet fleet) {
    Map<RiskLevel, Integer> levels = new EnumMap<>(RiskLevel.class);
    for (RiskLevel level : RiskLevel.values()) {
      levels.put(level, 0);
    }
    for (EnrolledDevice device : fleet.devices()) {
      RiskLevel highest =
          device.threats().values().stream()
              .filter(ThreatState::counts)
              .map(
                  threat -> device.ladder(threat, fleet.policies()).rung(threat.rung()).riskLevel())
              .max(RiskLevel::compareTo)
              .orElse(RiskLevel.NONE);
      levels.merge(highest, 1, Integer::sum);
    }
    return levels;
  }

  private static int blocked(Fleet fleet, Class<? extends Block> block) {
    return (int)
        fleet.devices().stream()
            .filter(device -> block.isInstance(device.desired().block()))
            .count();
  }

  private static int count(List<Effect> effects, Effect.Type type) {
    return (int) effects.stream().filter(effect -> effect.type() == type).count();
  }
}
