package io.riskladder.core.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DeviceEvent.DeviceRemoved;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.DeviceEvent.TimePassed;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.IssueState;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.reference.Histories;
import io.riskladder.core.reference.History;
import io.riskladder.core.reference.History.OfDevice;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws that the Javadoc of the domain names, on histories of every kind. */
final class FleetLawsTest {
  private static final long NUMBER = 1_000_000;

  @Provide
  Arbitrary<History> histories() {
    return Histories.any();
  }

  @Provide
  Arbitrary<History> historiesInOrder() {
    return Histories.inOrder();
  }

  @Provide
  Arbitrary<History> historiesUnderOnePolicy() {
    return Histories.inOrderUnderOnePolicy();
  }

  @Provide
  Arbitrary<List<Duration>> cuts() {
    return Arbitraries.integers()
        .between(0, 90)
        .map(Duration::ofHours)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  private static List<Effect> advanced(Fleet fleet, Instant at) {
    List<Effect> effects = new ArrayList<>();
    fleet.advanceTo(at, EffectSink.of(effects::add));
    return effects;
  }

  private static Fleet played(History history) {
    Fleet fleet = history.fleet();
    history.play(fleet, effect -> {});
    return fleet;
  }

  @Property
  void advancing_in_steps_equals_advancing_at_once(
      @ForAll("histories") History history, @ForAll("cuts") List<Duration> cuts) {
    Fleet inSteps = played(history);
    Fleet atOnce = played(history);
    List<Effect> effects = new ArrayList<>();
    Instant at = history.end();
    for (Duration cut : cuts) {
      at = at.plus(cut);
      effects.addAll(advanced(inSteps, at));
    }
    assertEquals(advanced(atOnce, at), effects);
  }

  @Property
  void looking_at_the_clock_between_events_changes_nothing(
      @ForAll("historiesInOrder") History history, @ForAll("cuts") List<Duration> cuts) {
    Fleet fleet = history.fleet();
    List<CompiledPolicies> compiled = history.compiled();
    List<Effect> effects = new ArrayList<>();
    List<Instant> instants = history.instants();
    for (int i = 0; i < history.steps().size(); i++) {
      history.take(fleet, compiled, i, EffectSink.of(effects::add));
      Instant between = instants.get(i).plus(cuts.get(i % cuts.size()).dividedBy(8));
      if (i + 1 < instants.size() && between.isBefore(instants.get(i + 1))) {
        fleet.advanceTo(between, EffectSink.of(effects::add));
      }
    }
    fleet.advanceTo(history.end(), EffectSink.of(effects::add));
    assertEquals(history.play(), effects);
  }

  @Property
  void replaying_gives_the_same_effects_ids_included(@ForAll("histories") History history) {
    assertEquals(history.play(), history.play());
  }

  @Property
  void effects_come_in_the_order_of_their_instants(@ForAll("histories") History history) {
    Instant latest = Instant.EPOCH;
    for (Effect effect : history.play()) {
      assertTrue(!effect.at().isBefore(latest), effect::toString);
      latest = effect.at();
    }
  }

  @Property
  void changing_to_equal_policies_does_nothing(@ForAll("histories") History history) {
    Fleet changed = played(history);
    Fleet unchanged = played(history);
    Instant at = changed.latestSeen();
    List<Effect> effects = new ArrayList<>();
    CompiledPolicies again = changed.policies().current().source().compile();
    changed.changePolicies(
        again, PolicyChangeMode.CONTINUE, at, NUMBER, EffectSink.of(effects::add));
    boolean webContentIsOpen = !effects.isEmpty() && effects.get(0) instanceof Effect.Rejected;
    Assume.that(!webContentIsOpen);
    assertEquals(List.of(), effects);
    Instant later = at.plus(Duration.ofDays(30));
    assertEquals(sayings(advanced(unchanged, later)), sayings(advanced(changed, later)));
  }

  /** What effects say, without the version of the policies, which a change raises. */
  private static List<String> sayings(List<Effect> effects) {
    return effects.stream()
        .map(effect -> effect.toString().replaceAll("policyVersion=\\d+", ""))
        .toList();
  }

  @Property
  void a_repeated_detection_does_nothing(@ForAll("histories") History history) {
    Fleet fleet = played(history);
    Instant at = fleet.latestSeen();
    for (EnrolledDevice device : devices(fleet)) {
      for (ThreatState threat : device.threats().values()) {
        boolean known =
            fleet
                .policies()
                .current()
                .classification(threat.classification())
                .filter(classification -> !classification.isWebContent())
                .isPresent();
        if (known) {
          List<Effect> effects = new ArrayList<>();
          ThreatDetected again = new ThreatDetected(threat.id(), threat.classification());
          fleet.apply(device.id(), again, at, NUMBER, EffectSink.of(effects::add));
          assertEquals(List.of(), effects);
        }
      }
      assertEquals(
          EnrolledDevice.builder().from(device).lastSeen(at).build(),
          EnrolledDevice.builder().from(enrolled(fleet, device.id())).lastSeen(at).build());
    }
  }

  private static List<EnrolledDevice> devices(Fleet fleet) {
    return Histories.devices().stream()
        .map(fleet::device)
        .filter(EnrolledDevice.class::isInstance)
        .map(EnrolledDevice.class::cast)
        .toList();
  }

  @Property
  void advisory_leaves_no_trace_beyond_the_notification(@ForAll("histories") History history) {
    for (Effect effect : history.play()) {
      boolean advisory =
          (effect instanceof Effect.IssueOpened opened && !opened.riskLevel().isReported())
              || (effect instanceof Effect.IssueUpdated updated
                  && !updated.riskLevel().isReported())
              || (effect instanceof Effect.EmailAdministrators email
                  && !email.riskLevel().isReported());
      assertTrue(!advisory, effect::toString);
    }
    Fleet fleet = played(history);
    for (EnrolledDevice device : devices(fleet)) {
      for (ThreatState threat : device.threats().values()) {
        if (threat.counts() && !levelOf(fleet, device, threat).isReported()) {
          assertEquals(IssueState.NONE, threat.issue());
        }
      }
    }
  }

  private static RiskLevel levelOf(Fleet fleet, EnrolledDevice device, ThreatState threat) {
    int version = threat.pin().map(pin -> pin.version()).orElse(device.policyVersion());
    String group = threat.pin().map(pin -> pin.group()).orElse(device.group());
    return fleet
        .policies()
        .version(version)
        .flatMap(policies -> policies.group(group))
        .flatMap(policies -> policies.ladder(threat.classification()))
        .orElseThrow()
        .rung(threat.rung())
        .riskLevel();
  }

  @Property
  void an_ignored_threat_leaves_the_device_as_though_it_were_not_there(
      @ForAll("histories") History history) {
    Fleet ignoring = played(history);
    Fleet resolving = played(history);
    Instant at = ignoring.latestSeen();
    for (EnrolledDevice device : devices(ignoring)) {
      for (ThreatState threat : device.threats().values()) {
        if (threat.issue() == IssueState.OPEN) {
          ignoring.apply(
              device.id(), new IssueIgnored(threat.id(), Optional.empty()), at, NUMBER, e -> {});
          resolving.apply(device.id(), new ThreatResolved(threat.id()), at, NUMBER, e -> {});
          assertEquals(
              enrolled(resolving, device.id()).desired(),
              enrolled(ignoring, device.id()).desired());
        }
      }
    }
    Instant later = at.plus(Duration.ofDays(30));
    assertEquals(advanced(resolving, later), advanced(ignoring, later));
  }

  private static EnrolledDevice enrolled(Fleet fleet, String device) {
    return (EnrolledDevice) fleet.device(device);
  }

  @Property
  void remediation_at_the_very_instant_of_a_deadline_wins(@ForAll("histories") History history) {
    Fleet fleet = played(history);
    while (fleet.nextDue().isPresent()) {
      Instant due = fleet.nextDue().get();
      List<Effect> effects = new ArrayList<>();
      for (EnrolledDevice device : devices(fleet)) {
        for (ThreatState threat : device.threats().values()) {
          if (threat.nextDue().equals(Optional.of(due))) {
            fleet.apply(
                device.id(),
                new ThreatResolved(threat.id()),
                due,
                NUMBER,
                EffectSink.of(effects::add));
          }
        }
      }
      fleet.advanceTo(due, EffectSink.of(effects::add));
      assertTrue(
          effects.stream().noneMatch(effect -> effect instanceof Effect.NotifyDevice),
          effects::toString);
    }
  }

  @Property
  void what_is_given_is_taken_back_by_the_time_a_device_is_removed(
      @ForAll("histories") History history) {
    Fleet fleet = history.fleet();
    List<Effect> effects = new ArrayList<>();
    history.play(fleet, EffectSink.of(effects::add));
    for (String device : Histories.devices()) {
      fleet.apply(
          device, new DeviceRemoved(), fleet.latestSeen(), NUMBER, EffectSink.of(effects::add));
    }
    Multiset<List<String>> given = HashMultiset.create();
    Map<String, Boolean> blocked = new HashMap<>();
    for (Effect effect : effects) {
      String device = effect.header().device().orElse("");
      String threat = effect.header().threat().orElse("");
      if (effect instanceof Effect.IssueOpened) {
        given.add(List.of("issue", device, threat));
      } else if (effect instanceof Effect.IssueResolved) {
        assertTrue(given.remove(List.of("issue", device, threat)), effect::toString);
      } else if (effect instanceof Effect.AddLabel added) {
        given.add(List.of("label", device, added.label()));
      } else if (effect instanceof Effect.RemoveLabel removed) {
        assertTrue(given.remove(List.of("label", device, removed.label())), effect::toString);
      } else if (effect instanceof Effect.ComplianceActionStarted started) {
        given.add(List.of("action", device, started.action()));
      } else if (effect instanceof Effect.ComplianceActionCeased ceased) {
        assertTrue(given.remove(List.of("action", device, ceased.action())), effect::toString);
      } else if (effect instanceof Effect.BlockDomains || effect instanceof Effect.BlockInternet) {
        blocked.put(device, true);
      } else if (effect instanceof Effect.Unblock) {
        assertEquals(true, blocked.put(device, false), effect::toString);
      }
      assertTrue(
          given.entrySet().stream()
              .noneMatch(e -> e.getCount() > (e.getElement().get(0).equals("issue") ? 2 : 1)),
          effect::toString); // two issues only while web content borrows the id of an open threat
    }
    assertEquals(HashMultiset.create(), given);
    assertTrue(!blocked.containsValue(true), blocked::toString);
  }

  /**
   * Labels protect: new ones come before old ones go. So between two effects a device has every
   * label that it had both before and after, and never fewer labels than the fewer of the two.
   */
  @Property
  void between_two_effects_a_device_is_no_less_protected_than_before_and_after(
      @ForAll("histories") History history) {
    Map<String, Set<String>> labels = new HashMap<>();
    List<Effect> effects = history.play();
    int i = 0;
    while (i < effects.size()) {
      int end = i + 1;
      while (end < effects.size() && oneDecision(effects.get(i), effects.get(end))) {
        end++;
      }
      Set<String> now =
          labels.computeIfAbsent(
              effects.get(i).header().device().orElse(""), device -> new HashSet<>());
      Set<String> before = Set.copyOf(now);
      Set<String> after = labelsAfter(before, effects.subList(i, end));
      for (Effect effect : effects.subList(i, end)) {
        apply(now, effect);
        Set<String> kept = new HashSet<>(before);
        kept.retainAll(after);
        assertTrue(now.containsAll(kept), effect::toString);
        assertTrue(now.containsAll(before) || now.containsAll(after), effect::toString);
      }
      i = end;
    }
  }

  private static boolean oneDecision(Effect a, Effect b) {
    return stem(a).equals(stem(b));
  }

  private static String stem(Effect effect) {
    return effect.id().substring(0, effect.id().lastIndexOf('-'));
  }

  private static Set<String> labelsAfter(Set<String> before, List<Effect> effects) {
    Set<String> labels = new HashSet<>(before);
    effects.forEach(effect -> apply(labels, effect));
    return labels;
  }

  private static void apply(Set<String> labels, Effect effect) {
    if (effect instanceof Effect.AddLabel added) {
      labels.add(added.label());
    } else if (effect instanceof Effect.RemoveLabel removed) {
      labels.remove(removed.label());
    }
  }

  @Property
  void what_one_device_does_never_changes_what_another_does(
      @ForAll("historiesUnderOnePolicy") History history) {
    String device = Histories.devices().get(0);
    Predicate<History.Step> othersEvent =
        step -> step instanceof OfDevice ofDevice && !ofDevice.device().equals(device);
    List<History.Step> alone =
        history.steps().stream()
            .map(step -> othersEvent.test(step) ? new History.Clock(step.after()) : step)
            .toList();
    assertEquals(
        of(device, history.play()), of(device, new History(history.policies(), alone).play()));
  }

  private static List<Effect> of(String device, List<Effect> effects) {
    return effects.stream()
        .filter(effect -> effect.header().device().equals(Optional.of(device)))
        .toList();
  }

  @Property
  void a_device_alone_decides_as_it_does_in_its_fleet(
      @ForAll("historiesUnderOnePolicy") History history) {
    String device = Histories.devices().get(0);
    Fleet fleet = history.fleet();
    DeviceState state = DeviceState.unknown(device);
    List<Effect> effects = new ArrayList<>();
    for (int i = 0; i < history.steps().size(); i++) {
      if (history.steps().get(i) instanceof OfDevice step && step.device().equals(device)) {
        Decision decision =
            state.decide(fleet.policies(), step.event(), history.instants().get(i), i + 1);
        effects.addAll(decision.effects());
        state = decision.state();
      }
    }
    Decision rest = state.decide(fleet.policies(), new TimePassed(), history.end(), NUMBER);
    effects.addAll(rest.effects());
    assertEquals(of(device, history.play()), effects);
  }
}
