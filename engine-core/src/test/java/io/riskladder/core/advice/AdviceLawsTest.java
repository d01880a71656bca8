package io.riskladder.core.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Sets;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.ComplianceRules;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SecurityPolicy.Status;
import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.policy.Rung;
import io.riskladder.core.risk.BlockStrength;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What holds for advice on policy sets of every kind (rules, section 10). */
final class AdviceLawsTest {
  private static final List<Set<String>> DEVICES =
      List.copyOf(Sets.powerSet(Set.of("Mail", "Game", "Other")));

  @Provide
  Arbitrary<PolicySet> sets() {
    return AdvisedSets.any();
  }

  private static List<Finding> on(PolicySet set) {
    return Advice.on(set.compile());
  }

  private static List<Finding> of(AdviceCode code, PolicySet set) {
    return on(set).stream().filter(finding -> finding.code() == code).toList();
  }

  /** Fails if a property hardly ever met what it is about. */
  private static void met(String what, boolean isMet) {
    Statistics.label(what)
        .collect(isMet)
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 2));
  }

  @Property
  void every_code_is_found_in_the_sets_that_these_laws_are_tried_on(@ForAll("sets") PolicySet set) {
    on(set).forEach(finding -> Statistics.collect(finding.code()));
    Statistics.coverage(
        coverage -> {
          for (AdviceCode code : AdviceCode.values()) {
            coverage.check(code).count(count -> count > 10);
          }
        });
  }

  @Property
  void the_same_set_gets_the_same_advice(@ForAll("sets") PolicySet set) {
    assertEquals(on(set), on(PolicySet.builder().from(set).build()));
  }

  @Property
  void every_finding_says_one_sentence_and_one_more(@ForAll("sets") PolicySet set) {
    for (Finding finding : on(set)) {
      for (String sentence : List.of(finding.message(), finding.remedy())) {
        assertTrue(sentence.matches("(\\p{Lu}|iOS )[^\\n]*\\."), sentence);
        assertFalse(sentence.matches(".*(  |\\.\\.|\\. \\p{Lu}).*"), sentence);
      }
    }
  }

  @Property
  void a_group_that_inherits_everything_adds_no_finding(
      @ForAll("sets") PolicySet set, @ForAll Random random) {
    List<DeviceGroup> groups = set.groups();
    String parent = groups.get(random.nextInt(groups.size())).id();
    PolicySet larger =
        PolicySet.builder()
            .from(set)
            .addGroup(DeviceGroup.builder().id("one more").parent(parent).build())
            .build();
    assertEquals(Advised.shortly(on(set)), Advised.shortly(on(larger)));
    met("a finding's audience grew", !on(set).equals(on(larger)));
  }

  @Property
  void the_order_of_the_administrators_does_not_matter(
      @ForAll("sets") PolicySet set, @ForAll Random random) {
    List<Administrator> shuffled = new ArrayList<>(set.administrators());
    Collections.shuffle(shuffled, random);
    assertEquals(on(set), on(PolicySet.builder().from(set).administrators(shuffled).build()));
    met(
        "moved, and somebody missing",
        !shuffled.equals(set.administrators()) && !of(AdviceCode.NOBODY_MAILED, set).isEmpty());
  }

  // Remedies.

  @Property
  void a_finding_goes_away_when_its_remedy_is_applied(
      @ForAll("sets") PolicySet set, @ForAll Random random) {
    for (Finding finding : oneOfEachCode(on(set), random)) {
      PolicySet remedied = Remedies.applied(set, finding);
      boolean isStillThere =
          on(remedied).stream()
              .anyMatch(
                  other ->
                      other.code() == finding.code()
                          && other.path().equals(finding.path())
                          && (isAlone(finding) || other.message().equals(finding.message())));
      assertFalse(isStillThere, finding::toString);
      Statistics.label("remedied").collect(finding.code());
    }
    Statistics.label("remedied")
        .coverage(
            coverage -> {
              for (AdviceCode code : AdviceCode.values()) {
                coverage.check(code).count(count -> count > 5);
              }
            });
  }

  private static Collection<Finding> oneOfEachCode(List<Finding> findings, Random random) {
    List<Finding> shuffled = new ArrayList<>(findings);
    Collections.shuffle(shuffled, random);
    Map<AdviceCode, Finding> ofCode = new EnumMap<>(AdviceCode.class);
    shuffled.forEach(finding -> ofCode.put(finding.code(), finding));
    return ofCode.values();
  }

  /** Whether no other finding of the code can have that path. */
  private static boolean isAlone(Finding finding) {
    return switch (finding.code()) {
      case NOBODY_MAILED, UNMAPPED_LABEL, STALE_PROMISE -> false;
      case DEAD_DOMAIN_LIST -> !finding.remedy().startsWith("Take ");
      default -> true;
    };
  }

  @Property
  void a_redundant_override_can_be_taken_away_without_any_change(
      @ForAll("sets") PolicySet set, @ForAll Random random) {
    List<Finding> redundant = of(AdviceCode.REDUNDANT_OVERRIDE, set);
    PolicySet without = set;
    for (Finding finding : redundant) {
      without = Remedies.applied(without, finding);
    }
    for (Finding finding : oneOfEachCode(redundant, random)) {
      assertEquals(rungs(set), rungs(Remedies.applied(set, finding)), finding::toString);
    }
    assertEquals(rungs(set), rungs(without), "all of them at once");
    met("redundant policies", redundant.size() > 1);
  }

  /** {@return level, response, wait and message of each rung of each group} */
  private static List<String> rungs(PolicySet set) {
    CompiledPolicies policies = set.compile();
    List<String> rungs = new ArrayList<>();
    for (GroupPolicies group : groupsOf(policies)) {
      for (String id : policies.classifications().keySet()) {
        for (Rung rung : group.ladder(id).orElseThrow().rungs()) {
          rungs.add(
              String.join(
                  " ",
                  group.id(),
                  id,
                  rung.after().toString(),
                  rung.riskLevel().toString(),
                  rung.response().toString(),
                  rung.message().toString()));
        }
      }
    }
    return rungs;
  }

  private static List<GroupPolicies> groupsOf(CompiledPolicies policies) {
    return policies.source().groups().stream()
        .map(group -> policies.group(group.id()).orElseThrow())
        .toList();
  }

  @Property
  void a_dead_domain_list_can_be_emptied_without_unblocking_anything(
      @ForAll("sets") PolicySet set) {
    List<Finding> dead =
        of(AdviceCode.DEAD_DOMAIN_LIST, set).stream()
            .filter(finding -> !finding.remedy().startsWith("Take "))
            .toList();
    for (Finding finding : dead) {
      assertEquals(
          blocked(set, List.of()),
          blocked(Remedies.applied(set, finding), List.of()),
          finding::toString);
    }
    met("dead lists", !dead.isEmpty());
  }

  @Property
  void a_covered_domain_can_be_taken_out_without_unblocking_anything(
      @ForAll("sets") PolicySet set) {
    List<String> hosts =
        List.of("a.example", "b.example", "www.a.example", "x.www.a.example", "y.a.example");
    List<Finding> covered =
        of(AdviceCode.DEAD_DOMAIN_LIST, set).stream()
            .filter(finding -> finding.remedy().startsWith("Take "))
            .toList();
    for (Finding finding : covered) {
      assertEquals(
          blocked(set, hosts), blocked(Remedies.applied(set, finding), hosts), finding::toString);
    }
    met("covered domains", !covered.isEmpty());
  }

  /** {@return what each rung blocks in each group: of these hosts, or else its list of domains} */
  private static List<String> blocked(PolicySet set, Collection<String> hosts) {
    CompiledPolicies policies = set.compile();
    List<String> blocked = new ArrayList<>();
    for (GroupPolicies group : groupsOf(policies)) {
      OnDeviceThreatProtection protection = group.onDeviceThreatProtection();
      List<String> domains =
          hosts.isEmpty()
              ? protection.blockedDomains()
              : hosts.stream()
                  .filter(
                      host ->
                          protection.blockedDomains().stream()
                              .anyMatch(d -> host.equals(d) || host.endsWith("." + d)))
                  .toList();
      for (String id : policies.classifications().keySet()) {
        for (Rung rung : group.ladder(id).orElseThrow().rungs()) {
          BlockStrength block = rung.response().block();
          boolean takesEffect = protection.allows(block);
          blocked.add(
              group.id()
                  + id
                  + rung.number()
                  + (takesEffect ? block : BlockStrength.NONE)
                  + (takesEffect && block == BlockStrength.DOMAINS ? domains : ""));
        }
      }
    }
    return blocked;
  }

  // The MDM's side, against devices with all kinds of apps.

  private static Optional<RiskResponsePlan> planOf(PolicySet set) {
    Optional<RiskResponse> response = set.riskResponse();
    return response.filter(RiskResponsePlan.class::isInstance).map(RiskResponsePlan.class::cast);
  }

  /** {@return the active policies for a risk, each as a plan in which there is no other} */
  private static List<RiskResponsePlan> aloneForARisk(PolicySet set) {
    List<RiskResponsePlan> alone = new ArrayList<>();
    for (SecurityPolicy policy :
        planOf(set).map(RiskResponsePlan::securityPolicies).orElse(List.of())) {
      boolean isForARisk =
          List.of(LabelState.LOW, LabelState.MEDIUM, LabelState.HIGH).stream()
              .anyMatch(
                  risk -> set.labels().name(risk).filter(policy.labels()::contains).isPresent());
      if (policy.status() == Status.ACTIVE && isForARisk) {
        alone.add(
            RiskResponsePlan.builder()
                .from(planOf(set).orElseThrow())
                .securityPolicies(List.of(policy))
                .build());
      }
    }
    return alone;
  }

  /** {@return the actions in force on each platform for each choice of apps} */
  private static List<Set<String>> onAllDevices(RiskResponsePlan plan, Collection<String> labels) {
    List<Set<String>> inForce = new ArrayList<>();
    for (Platform platform : Platform.values()) {
      for (Set<String> apps : DEVICES) {
        inForce.add(ComplianceRules.of(plan).actionsInForce(labels, platform, apps));
      }
    }
    return inForce;
  }

  @Property
  void a_trigger_is_always_on_if_no_device_whatever_its_apps_escapes_it(
      @ForAll("sets") PolicySet set) {
    Set<String> escaped = new LinkedHashSet<>();
    Set<String> idle = new LinkedHashSet<>();
    for (RiskResponsePlan plan : aloneForARisk(set)) {
      SecurityPolicy policy = plan.securityPolicies().get(0);
      List<Set<String>> inForce = onAllDevices(plan, policy.labels());
      String path =
          "riskResponse.securityPolicies["
              + planOf(set).orElseThrow().securityPolicies().indexOf(policy)
              + "]";
      if (inForce.stream().anyMatch(Set::isEmpty)) {
        escaped.add(path);
      }
      if (inForce.stream().allMatch(Set::isEmpty)) {
        idle.add(path);
      }
    }
    assertEquals(escaped, policyPaths(of(AdviceCode.TRIGGER_NOT_ALWAYS_ON, set)));
    assertEquals(idle, policyPaths(of(AdviceCode.NO_COMPLIANCE_ACTION, set)));
    met("escaped", !escaped.isEmpty());
    met("always on", escaped.size() < aloneForARisk(set).size());
  }

  private static Set<String> policyPaths(List<Finding> findings) {
    Set<String> paths = new LinkedHashSet<>();
    for (Finding finding : findings) {
      if (finding.path().contains("securityPolicies")) {
        paths.add(finding.path().replaceAll("\\].*", "]"));
      }
    }
    return paths;
  }

  @Property
  void the_response_to_high_risk_is_too_mild_if_it_is_for_some_device_that_gets_one(
      @ForAll("sets") PolicySet set) {
    Optional<String> high = set.labels().name(LabelState.HIGH);
    boolean isMapped =
        aloneForARisk(set).stream()
            .anyMatch(
                plan -> high.filter(plan.securityPolicies().get(0).labels()::contains).isPresent());
    boolean isTooMild = false;
    if (isMapped) {
      List<String> labels = new ArrayList<>(List.of(high.orElseThrow()));
      set.labels().name(LabelState.THREATS_PRESENT).ifPresent(labels::add);
      RiskResponsePlan plan = planOf(set).orElseThrow();
      isTooMild =
          onAllDevices(plan, labels).stream()
              .anyMatch(
                  names ->
                      !names.isEmpty()
                          && !(actions(plan, names).anyMatch(ComplianceAction::blockAccess)
                              && actions(plan, names).anyMatch(ComplianceAction::quarantine)));
    }
    assertEquals(isTooMild, !of(AdviceCode.HIGH_RISK_TOO_MILD, set).isEmpty());
    met("too mild", isTooMild);
    met("strong enough", isMapped && !isTooMild);
  }

  private static Stream<ComplianceAction> actions(RiskResponsePlan plan, Set<String> names) {
    return plan.complianceActions().stream().filter(action -> names.contains(action.name()));
  }
}
