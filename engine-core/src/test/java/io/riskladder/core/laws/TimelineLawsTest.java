package io.riskladder.core.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.Reported;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatEncountered;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.reference.PolicySets;
import io.riskladder.core.simulation.Stage;
import io.riskladder.core.simulation.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What a timeline says of a device is what a fleet of that one device goes through. */
final class TimelineLawsTest {
  private static final List<String> CLASSIFICATIONS =
      List.of(
          "OUT_OF_DATE_OS",
          "ACTIVE_MITM",
          "ADWARE",
          "SIDELOADED_APP",
          "LOST_BADGE",
          "PHISHING_CONTENT",
          "DENYLISTED_CONTENT",
          "NO_DEVICE_LOCK");

  /** A threat on a device of some group under some policies. */
  record Find(CompiledPolicies policies, String group, String classification, Instant at) {}

  @Provide
  Arbitrary<Find> finds() {
    Arbitrary<CompiledPolicies> policies =
        Arbitraries.longs().map(seed -> new PolicySets(seed).any().compile());
    return Combinators.combine(
            policies,
            Arbitraries.integers().between(0, 1000),
            Arbitraries.of(CLASSIFICATIONS),
            Arbitraries.longs().between(0, Duration.ofDays(20_000).toSeconds()),
            Arbitraries.of(0L, 1L, 999_999_999L))
        .as(
            (set, group, classification, seconds, nanos) -> {
              List<DeviceGroup> groups = set.source().groups();
              return new Find(
                  set,
                  groups.get(group % groups.size()).id(),
                  classification,
                  Instant.ofEpochSecond(seconds, nanos));
            });
  }

  /** A fleet of one device, and all that it did since the threat was found. */
  private static final class Alone {
    private final Fleet fleet;
    private final List<Effect> effects = new ArrayList<>();

    Alone(Find find, Platform platform) {
      fleet = Fleet.under(find.policies);
      DeviceEnrolled enrolled = new DeviceEnrolled(find.group, platform);
      fleet.apply(Timeline.DEVICE, enrolled, find.at, 1, effect -> {});
      boolean web = find.policies.classification(find.classification).orElseThrow().isWebContent();
      Reported found =
          web
              ? new ThreatEncountered("a-threat", find.classification)
              : new ThreatDetected("a-threat", find.classification);
      fleet.apply(Timeline.DEVICE, found, find.at, 2, EffectSink.of(effects::add));
    }

    /** {@return what it did in the course of the stage} */
    List<Effect> live(Stage stage) {
      fleet.advanceTo(stage.at(), EffectSink.of(effects::add));
      List<Effect> now = List.copyOf(effects);
      effects.clear();
      stage.until().ifPresent(until -> fleet.clock(until, EffectSink.of(effects::add)));
      assertEquals(List.of(), effects, "nothing happens between two stages");
      return now;
    }

    DesiredState desired() {
      return ((EnrolledDevice) fleet.device(Timeline.DEVICE)).desired();
    }
  }

  @Property
  void a_fleet_of_that_one_device_gives_the_stages_effects_at_their_instants(
      @ForAll("finds") Find find) {
    Timeline timeline = Timeline.of(find.policies, find.group, find.classification, find.at);
    Statistics.label("stages").collect(timeline.stages().size());
    Statistics.label("restrictions").collect(!timeline.restrictions().isEmpty());
    for (Platform platform : Platform.values()) {
      Alone alone = new Alone(find, platform);
      for (Stage stage : timeline.stages()) {
        List<Effect> lived = alone.live(stage);
        lived.forEach(effect -> assertEquals(stage.at(), effect.at()));
        List<Effect> shared = new ArrayList<>(lived);
        Set<String> started = new TreeSet<>();
        Set<String> ceased = new TreeSet<>();
        for (Effect effect : lived) {
          if (effect instanceof Effect.ComplianceActionStarted action) {
            started.add(action.action());
            shared.remove(effect);
          } else if (effect instanceof Effect.ComplianceActionCeased action) {
            ceased.add(action.action());
            shared.remove(effect);
          }
        }
        assertEquals(shared, stage.effects());
        assertEquals(started, stage.actionsStarted().get(platform));
        assertEquals(ceased, stage.actionsCeased().get(platform));
        assertEquals(alone.desired().block(), stage.block());
        assertEquals(List.copyOf(alone.desired().labels().values()), stage.labels());
        assertEquals(alone.desired().complianceActions(), stage.complianceActions().get(platform));
      }
      List<Effect> later = new ArrayList<>();
      alone.fleet.advanceTo(find.at.plus(Duration.ofDays(36_500)), EffectSink.of(later::add));
      assertEquals(List.of(), later, "nothing comes after the last stage");
    }
  }
}
