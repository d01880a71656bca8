package io.riskladder.core.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.RejectionReason;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.threat.Catalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCollector;

/** The engine against the plainest reading of the rules. */
final class ReferenceHistoriesTest {
  @Provide
  Arbitrary<History> histories() {
    return Histories.any();
  }

  @Provide
  Arbitrary<List<PolicySet>> policies() {
    return Histories.policies();
  }

  @Property
  void every_generated_policy_set_compiles(@ForAll("policies") List<PolicySet> sets) {
    sets.forEach(PolicySet::compile);
  }

  @Property
  void the_fleet_does_what_the_reference_model_does(@ForAll("histories") History history) {
    List<Map<String, Object>> documents = history.policies().stream().map(Plain::policy).toList();
    ReferenceModel model =
        new ReferenceModel(documents.get(0), Plain.catalogue(Catalogue.builtIn().values()));
    List<CompiledPolicies> compiled = history.compiled();
    Fleet fleet = history.fleet();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < history.steps().size(); i++) {
      List<Effect> effects = new ArrayList<>();
      history.take(fleet, compiled, i, EffectSink.of(effects::add));
      History.Step step = history.steps().get(i);
      Map<String, Object> document =
          step instanceof History.ChangePolicy change ? documents.get(change.policy()) : null;
      String at = history.instants().get(i).toString();
      List<Map<String, Object>> expected = model.apply(i + 1, Plain.event(step, at), document);
      assertSame(expected, effects, "step " + (i + 1));
      effects.forEach(effect -> assertTrue(ids.add(effect.id()), "an id given twice"));
    }
    List<Effect> effects = new ArrayList<>();
    Instant later = history.end().plusSeconds(86_400);
    fleet.advanceTo(later, EffectSink.of(effects::add));
    assertSame(model.advanceTo(later), effects, "a day after the last step");
  }

  @Property(tries = 300) // what has to happen so often needs so many histories
  void histories_make_everything_happen(@ForAll("histories") History history) {
    List<Effect> effects = history.play();
    StatisticsCollector types = Statistics.label("effects");
    effects.forEach(effect -> types.collect(effect.type()));
    StatisticsCollector reasons = Statistics.label("rejections");
    effects.stream()
        .filter(Effect.Rejected.class::isInstance)
        .forEach(effect -> reasons.collect(((Effect.Rejected) effect).reason()));
    types.coverage(
        coverage -> {
          for (Effect.Type type : Effect.Type.values()) {
            coverage.check(type).count(count -> count > 20);
          }
        });
    reasons.coverage(
        coverage -> {
          for (RejectionReason reason : RejectionReason.values()) {
            if (reason != RejectionReason.TOO_MANY_THREATS) {
              coverage.check(reason).count(count -> count > 5);
            }
          }
        });
  }

  private static void assertSame(
      List<Map<String, Object>> expected, List<Effect> effects, String when) {
    List<Map<String, Object>> actual = new ArrayList<>();
    for (int i = 0; i < effects.size(); i++) {
      Map<String, Object> effect = Plain.effect(effects.get(i));
      boolean builtIn = i < expected.size() && isBuiltIn(expected.get(i));
      actual.add(builtIn ? withoutWords(effect) : effect);
    }
    assertEquals(expected, actual, when);
  }

  /** The model says null where the project's own words stand. */
  private static boolean isBuiltIn(Map<String, Object> expected) {
    return expected.get("message") instanceof Map<?, ?> message
        && message.get("description") == null;
  }

  private static Map<String, Object> withoutWords(Map<String, Object> effect) {
    Map<String, Object> without = new LinkedHashMap<>(effect);
    if (effect.get("message") instanceof Map<?, ?> message) {
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("description", null);
      words.put("howToFix", null);
      if (message.get("notice") != null) {
        words.put("notice", message.get("notice"));
      }
      without.put("message", words);
    }
    return without;
  }
}
