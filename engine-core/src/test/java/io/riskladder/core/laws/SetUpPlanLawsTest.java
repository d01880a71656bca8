package io.riskladder.core.laws;

import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.T0;
import static io.riskladder.core.Fixtures.own;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.DeviceEvent.DeviceDisconnected;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.EffectView;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SetUpPlan;
import io.riskladder.core.mdm.TryOut;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a set-up plan promises is what happens, and what it is about is in its Markdown. */
final class SetUpPlanLawsTest {
  private static final String DEVICE = "d";
  private static final Pattern NOTE_ON_REPLACED_CHARACTERS =
      Pattern.compile(" \\(\uFFFD stands for [U+0-9A-F, ]+\\)");

  /** What the page itself is written with; a name that gets out of its code span hardly is. */
  private static final Pattern OWN_WORDS = Pattern.compile("[A-Za-z0-9 .,:;()*>#&+\\[\\]-]*");

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  @Provide
  Arbitrary<Set<String>> furtherApps() {
    return Arbitraries.of("n0", "n1", "n2", "app does not exist", "Other").set();
  }

  private static SetUpPlan planFor(SetUps setUps) {
    return SetUpPlan.of(setUps.response(), setUps.labels());
  }

  private static CompiledPolicies policiesWith(SetUps setUps) {
    return setOf(root().build())
        .addClassifications(
            own("LOW", RiskLevel.LOW, Response.ALERT_DEVICE),
            own("MEDIUM", RiskLevel.MEDIUM, Response.ALERT_DEVICE),
            own("HIGH", RiskLevel.HIGH, Response.ALERT_DEVICE))
        .labels(setUps.labels())
        .riskResponse(setUps.response())
        .build()
        .compile();
  }

  /** What the MDM has heard of one device and foresees for it. */
  private static final class Mdm implements EffectSink {
    final List<String> labels = new ArrayList<>();
    final Set<String> actions = new TreeSet<>();

    @Override
    public void accept(EffectView effect) {
      effect.name().ifPresent(name -> accept(effect.type(), name));
    }

    private void accept(Effect.Type type, String name) {
      if (type == Effect.Type.ADD_LABEL) {
        labels.add(name);
      } else if (type == Effect.Type.REMOVE_LABEL) {
        assertTrue(labels.remove(name));
      } else if (type == Effect.Type.COMPLIANCE_ACTION_STARTED) {
        assertTrue(actions.add(name));
      } else {
        assertTrue(actions.remove(name));
      }
    }
  }

  private static Mdm bringInto(
      CompiledPolicies policies,
      Platform platform,
      Set<String> apps,
      RiskLevel risk,
      boolean connected) {
    Fleet fleet = Fleet.under(policies);
    Mdm mdm = new Mdm();
    fleet.apply(DEVICE, new DeviceEnrolled(ROOT, platform, apps), T0, 1, mdm);
    if (!connected) {
      fleet.apply(DEVICE, new DeviceDisconnected(), T0, 2, mdm);
    }
    if (risk != RiskLevel.NONE) {
      fleet.apply(DEVICE, new ThreatDetected("t", risk.name()), T0, 3, mdm);
    }
    return mdm;
  }

  @Property
  void what_a_try_out_expects_is_what_the_fleet_does(
      @ForAll("seeds") long seed, @ForAll("furtherApps") Set<String> furtherApps) {
    SetUps setUps = SetUps.tame(seed);
    CompiledPolicies policies = policiesWith(setUps);
    for (TryOut tryOut : planFor(setUps).tryOuts()) {
      Set<String> apps = new HashSet<>(tryOut.installedApps());
      apps.addAll(furtherApps);
      apps.removeAll(tryOut.absentApps());
      Mdm mdm = bringInto(policies, tryOut.platform(), apps, tryOut.risk(), tryOut.connected());

      assertEquals(Set.copyOf(tryOut.labels()), Set.copyOf(mdm.labels), tryOut::toString);
      assertEquals(tryOut.labels().size(), mdm.labels.size());
      assertEquals(names(tryOut), mdm.actions, tryOut::toString);
    }
  }

  private static Set<String> names(TryOut tryOut) {
    return tryOut.actions().stream()
        .map(ComplianceAction::name)
        .collect(toCollection(TreeSet::new));
  }

  @Property
  void every_set_of_labels_that_a_device_can_have_is_tried_on_every_platform(
      @ForAll("seeds") long seed) {
    SetUps setUps = SetUps.tame(seed);
    CompiledPolicies policies = policiesWith(setUps);
    List<TryOut> tryOuts = planFor(setUps).tryOuts();
    for (Platform platform : Platform.values()) {
      for (RiskLevel risk :
          List.of(RiskLevel.NONE, RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH)) {
        for (boolean connected : new boolean[] {true, false}) {
          Set<String> labels =
              Set.copyOf(bringInto(policies, platform, Set.of(), risk, connected).labels);
          long tried =
              tryOuts.stream()
                  .filter(tryOut -> tryOut.platform() == platform)
                  .filter(tryOut -> Set.copyOf(tryOut.labels()).equals(labels))
                  .count();
          assertTrue(tried == 1 || tried == 2, () -> labels + " tried " + tried);
        }
      }
    }
    assertEquals(tryOuts.size(), new HashSet<>(tryOuts).size());
  }

  @Property
  void the_policy_in_force_is_the_active_one_with_the_least_number_on_a_label_of_the_device(
      @ForAll("seeds") long seed) {
    SetUps setUps = SetUps.tame(seed);
    List<SecurityPolicy> policies = setUps.response().planFor(setUps.labels()).securityPolicies();
    for (TryOut tryOut : planFor(setUps).tryOuts()) {
      Optional<SecurityPolicy> expected =
          policies.stream()
              .filter(policy -> policy.status() == SecurityPolicy.Status.ACTIVE)
              .filter(policy -> tryOut.labels().stream().anyMatch(policy.labels()::contains))
              .min(Comparator.comparingInt(SecurityPolicy::priority));
      assertEquals(expected, tryOut.policyInForce());
    }
  }

  // Markdown.

  @Property
  void every_name_and_every_app_is_in_the_markdown_character_by_character(
      @ForAll("seeds") long seed) {
    SetUps setUps = SetUps.odd(seed);
    RiskResponsePlan plan = setUps.response().planFor(setUps.labels());
    Set<String> spans = new HashSet<>();
    planFor(setUps).toEpmmMarkdown().lines().forEach(line -> spans.addAll(CodeSpans.of(line)));

    Stream.of(
            setUps.labels().names().values().stream(),
            plan.appControlRules().stream().flatMap(rule -> Stream.of(rule.name(), rule.app())),
            plan.complianceActions().stream().map(ComplianceAction::name),
            plan.securityPolicies().stream()
                .flatMap(
                    policy -> Stream.concat(Stream.of(policy.name()), policy.labels().stream())))
        .flatMap(names -> names)
        .map(name -> name.replace('\u202E', '\uFFFD').replace('\u2028', '\uFFFD'))
        .forEach(name -> assertTrue(spans.contains(name), () -> name + " not in " + spans));
  }

  @Property
  void names_change_nothing_about_the_structure(@ForAll("seeds") long seed) {
    assertEquals(
        withoutNames(planFor(SetUps.tame(seed)).toEpmmMarkdown()),
        withoutNames(planFor(SetUps.odd(seed)).toEpmmMarkdown()));
  }

  private static List<String> withoutNames(String markdown) {
    return markdown
        .lines()
        .map(CodeSpans::without)
        .map(line -> NOTE_ON_REPLACED_CHARACTERS.matcher(line).replaceAll(""))
        .toList();
  }

  @Property
  void names_never_get_out_of_their_code_spans(@ForAll("seeds") long seed) {
    String markdown = planFor(SetUps.odd(seed)).toEpmmMarkdown();

    assertEquals('\n', markdown.charAt(markdown.length() - 1));
    for (String line : withoutNames(markdown)) {
      String words =
          line.replace("console's", "").replace("policy's", "").replace("document's", "");
      assertTrue(OWN_WORDS.matcher(words).matches(), line);
    }
  }

  @Property
  void every_step_and_every_try_out_has_a_box(@ForAll("seeds") long seed) {
    SetUps setUps = SetUps.odd(seed);
    SetUpPlan plan = planFor(setUps);
    boolean hasPolicies = !setUps.response().planFor(setUps.labels()).securityPolicies().isEmpty();
    long boxes = plan.toEpmmMarkdown().lines().filter(line -> line.startsWith("- [ ] ")).count();

    // the highest priority and the policies of others have a box each, but are no steps
    assertEquals(plan.steps().size() + plan.tryOuts().size() + (hasPolicies ? 2 : 0), boxes);
  }

  @Property
  void a_level_without_a_label_is_said_to_have_none(@ForAll("seeds") long seed) {
    SetUps setUps = SetUps.tame(seed);
    String markdown = planFor(setUps).toEpmmMarkdown();
    String line =
        markdown.lines().filter(l -> l.startsWith("EPMM does not hear of")).findFirst().orElse("");

    assertEquals(setUps.labels().name(LabelState.LOW).isEmpty(), line.contains("Low"));
    assertEquals(setUps.labels().name(LabelState.MEDIUM).isEmpty(), line.contains("Medium"));
    assertEquals(setUps.labels().name(LabelState.HIGH).isEmpty(), line.contains("High"));
  }
}
