package io.riskladder.core.policy;

import static io.riskladder.core.internal.Checks.excerpt;
import static java.util.stream.Collectors.toCollection;

import com.google.common.collect.ImmutableSet;
import io.riskladder.core.Limits;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.Paths;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Catalogue;
import io.riskladder.core.threat.Classification;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What a policy set as a whole has to keep (rules, section 4). */
final class PolicyChecks {
  private static final int MAX_SUGGESTIONS = 100;

  private final PolicySet set;
  private final Limits limits;
  private final GroupTree tree;
  private final Map<String, Classification> classifications;
  private final Map<String, String> pathOfGroup = new HashMap<>();
  private final Map<String, String> pathOfOwnClassification = new HashMap<>();
  private final ImmutableSet<String> groupIds;
  private final ImmutableSet<String> groupParents;
  private final ImmutableSet<String> classificationIds;
  private final List<PolicyProblem> problems = new ArrayList<>();
  private int suggestions;

  private PolicyChecks(PolicySet set, Limits limits) {
    this.set = set;
    this.limits = limits;
    this.tree = new GroupTree(set.groups());
    this.classifications = knownClassifications(set);
    this.groupIds = all("groups", set.groups().size(), "id");
    this.groupParents =
        ImmutableSet.<String>builder()
            .addAll(all("groups", set.groups().size(), "parent"))
            .addAll(groupIds)
            .build();
    this.classificationIds = all("classifications", set.classifications().size(), "id");
    for (int i = 0; i < set.groups().size(); i++) {
      pathOfGroup.putIfAbsent(set.groups().get(i).id(), Paths.index("groups", i));
    }
    for (int i = 0; i < set.classifications().size(); i++) {
      pathOfOwnClassification.putIfAbsent(
          set.classifications().get(i).id(), Paths.index("classifications", i));
    }
  }

  static List<PolicyProblem> check(PolicySet set, Limits limits) {
    PolicyChecks checks = new PolicyChecks(set, limits);
    checks.sizes();
    if (checks.problems.isEmpty()) { // what is too large is not looked at any closer
      checks.ownClassifications();
      checks.groupIds();
      checks.groupTree();
      checks.groupPolicies();
      checks.administrators();
      checks.plan().ifPresent(checks::plan);
    }
    return List.copyOf(checks.problems);
  }

  private Optional<RiskResponsePlan> plan() {
    return set.riskResponse()
        .filter(RiskResponsePlan.class::isInstance)
        .map(RiskResponsePlan.class::cast);
  }

  /** {@return the catalogue's and the set's own classifications by id; the catalogue's win} */
  static Map<String, Classification> knownClassifications(PolicySet set) {
    Map<String, Classification> known = new LinkedHashMap<>(Catalogue.builtIn());
    set.classifications().forEach(own -> known.putIfAbsent(own.id(), own));
    return known;
  }

  private void problem(String path, String message, String... dependsOn) {
    problem(path, message, ImmutableSet.copyOf(dependsOn));
  }

  private void problem(String path, String message, Set<String> dependsOn) {
    problems.add(new PolicyProblem(path, message, dependsOn));
  }

  /** Looking for near misses takes time, so there is an end to it. */
  private String didYouMean(String name, Collection<String> known) {
    return suggestions++ < MAX_SUGGESTIONS ? Checks.didYouMean(name, known) : "";
  }

  private void sizes() {
    atMost("classifications", limits.classifications(), set.classifications());
    atMost("groups", limits.groups(), set.groups());
    atMost("administrators", limits.administrators(), set.administrators());
    plan()
        .ifPresent(
            plan -> {
              int max = limits.riskResponseObjects();
              atMost("riskResponse.appControlRules", max, plan.appControlRules());
              atMost("riskResponse.complianceActions", max, plan.complianceActions());
              atMost("riskResponse.securityPolicies", max, plan.securityPolicies());
            });
  }

  private void atMost(String path, int max, Collection<?> elements) {
    if (elements.size() > max) {
      problem(path, "has " + elements.size() + " elements, expected at most " + max);
    }
  }

  private void ownClassifications() {
    unique("classifications", "id", set.classifications(), Classification::id);
    for (int i = 0; i < set.classifications().size(); i++) {
      Classification own = set.classifications().get(i);
      if (Catalogue.find(own.id()).isPresent()) {
        problem(
            Paths.field(Paths.index("classifications", i), "id"),
            excerpt(own.id()) + " is a built-in classification, expected an id of your own");
      }
    }
  }

  private void groupIds() {
    unique("groups", "id", set.groups(), DeviceGroup::id);
  }

  private void groupTree() {
    if (set.groups().isEmpty()) {
      problem("groups", "is empty, expected at least the root group");
      return;
    }
    roots();
    Set<String> inReportedCycle = new HashSet<>();
    for (int i = 0; i < set.groups().size(); i++) {
      DeviceGroup group = set.groups().get(i);
      String path = Paths.field(Paths.index("groups", i), "parent");
      String parent = group.parent().orElse(group.id());
      int depth = tree.depth(group);
      if (tree.find(parent).isEmpty()) {
        problem(
            path, excerpt(parent) + " is not a group" + didYouMean(parent, tree.ids()), groupIds);
      } else if (depth == GroupTree.NOWHERE && !inReportedCycle.contains(group.id())) {
        cycle(path, tree.cycleFrom(group), inReportedCycle);
      } else if (depth > limits.groupDepth()) {
        problem(path, "is " + depth + " groups deep, expected at most " + limits.groupDepth());
      }
    }
  }

  private void cycle(String path, List<String> cycle, Set<String> inReportedCycle) {
    if (!cycle.isEmpty()) {
      inReportedCycle.addAll(cycle);
      String shown = excerpt(String.join(" > ", cycle) + " > " + cycle.get(0));
      problem(path, "the groups above lead back here: " + shown, groupIds);
    }
  }

  private void roots() {
    List<DeviceGroup> roots = set.groups().stream().filter(g -> g.parent().isEmpty()).toList();
    if (roots.isEmpty()) {
      problem("groups", "every group has a parent, expected one without: the root", groupParents);
    }
    int seen = 0;
    for (int i = 0; i < set.groups().size(); i++) {
      if (set.groups().get(i).parent().isEmpty() && seen++ > 0) {
        problem(
            Paths.field(Paths.index("groups", i), "parent"),
            "is absent, but "
                + excerpt(roots.get(0).id())
                + " is the root already, expected one root",
            groupParents);
      }
    }
  }

  /** {@return the paths of a field of all elements of a list} */
  private static ImmutableSet<String> all(String list, int size, String field) {
    return IntStream.range(0, size)
        .mapToObj(i -> Paths.field(Paths.index(list, i), field))
        .collect(ImmutableSet.toImmutableSet());
  }

  private void groupPolicies() {
    for (int i = 0; i < set.groups().size(); i++) {
      DeviceGroup group = set.groups().get(i);
      String policies = Paths.field(Paths.index("groups", i), "policies");
      group
          .policies()
          .forEach((id, policy) -> groupPolicy(group, Paths.key(policies, id), id, policy));
    }
  }

  private void groupPolicy(DeviceGroup group, String path, String id, ClassificationPolicy policy) {
    Classification classification = classifications.get(id);
    if (classification == null) {
      problem(
          path,
          excerpt(id) + " is not a classification" + didYouMean(id, classifications.keySet()),
          classificationIds);
    } else {
      response(group, path, classification, policy.riskLevel(), policy.response());
      if (!policy.escalations().isEmpty() && classification.isWebContent()) {
        problem(
            Paths.field(path, "escalations"),
            "web content has no ladder: its threats are over when reported",
            typeOf(id));
      }
    }
    ladder(path, policy);
    for (int i = 0; i < policy.escalations().size(); i++) {
      Escalation escalation = policy.escalations().get(i);
      if (classification != null) {
        response(
            group,
            escalationPath(path, i),
            classification,
            escalation.riskLevel(),
            escalation.response());
      }
    }
  }

  private static String escalationPath(String policyPath, int i) {
    return Paths.index(Paths.field(policyPath, "escalations"), i);
  }

  private String typeOf(String classification) {
    return Paths.field(
        pathOfOwnClassification.getOrDefault(classification, "classifications"), "threatType");
  }

  private void ladder(String path, ClassificationPolicy policy) {
    if (policy.riskLevel() == RiskLevel.NONE) {
      if (!policy.escalations().isEmpty()) {
        problem(
            Paths.field(path, "escalations"),
            "a base of NONE has no ladder",
            Paths.field(path, "riskLevel"));
      }
    }
    RiskLevel below = policy.riskLevel();
    String pathBelow = Paths.field(path, "riskLevel");
    for (int i = 0; i < policy.escalations().size(); i++) {
      RiskLevel level = policy.escalations().get(i).riskLevel();
      String levelPath = Paths.field(escalationPath(path, i), "riskLevel");
      if (!level.isAbove(below)) {
        problem(
            levelPath, level + " is not above " + below + ", " + expectedAbove(below), pathBelow);
      }
      below = level;
      pathBelow = levelPath;
    }
  }

  private static String expectedAbove(RiskLevel level) {
    return switch (level) {
      case NONE -> "expected ADVISORY, LOW, MEDIUM or HIGH";
      case ADVISORY -> "expected LOW, MEDIUM or HIGH";
      case LOW -> "expected MEDIUM or HIGH";
      case MEDIUM -> "expected HIGH";
      case HIGH -> "expected no escalation after HIGH";
    };
  }

  private void response(
      DeviceGroup group,
      String rungPath,
      Classification classification,
      RiskLevel level,
      Response response) {
    String path = Paths.field(rungPath, "response");
    String problem = classification.responseProblem(level, response);
    if (!problem.isEmpty()) {
      problem(path, problem, Paths.field(rungPath, "riskLevel"), typeOf(classification.id()));
    } else {
      protection(group, path, response);
    }
  }

  private void protection(DeviceGroup group, String path, Response response) {
    if (response.block() == BlockStrength.NONE || tree.depth(group) == GroupTree.NOWHERE) {
      return; // where there is no way to the root, that is the error to mend first
    }
    DeviceGroup decides = decidingProtection(group);
    OnDeviceThreatProtection protection =
        decides.onDeviceThreatProtection().orElse(OnDeviceThreatProtection.disabled());
    if (!protection.allows(response.block())) {
      problem(
          path,
          response
              + (protection.enabled()
                  ? " needs at least one blocked domain, and group "
                  : " needs on-device threat protection enabled, and group ")
              + excerpt(group.id())
              + (protection.enabled() ? " has none" : " has it disabled"),
          Paths.field(pathOf(decides), "onDeviceThreatProtection"),
          Paths.field(pathOf(decides), "parent"),
          Paths.field(pathOf(group), "id"));
    }
  }

  /** {@return the nearest group that sets protection, from the group up; the root if none does} */
  private DeviceGroup decidingProtection(DeviceGroup group) {
    DeviceGroup decides = group;
    while (decides.onDeviceThreatProtection().isEmpty() && tree.parent(decides).isPresent()) {
      decides = tree.parent(decides).orElseThrow();
    }
    return decides;
  }

  private String pathOf(DeviceGroup group) {
    return pathOfGroup.getOrDefault(group.id(), "groups");
  }

  private void administrators() {
    unique("administrators", "email", set.administrators(), Administrator::email);
  }

  private void plan(RiskResponsePlan plan) {
    unique("riskResponse.appControlRules", "name", plan.appControlRules(), r -> r.name());
    unique("riskResponse.complianceActions", "name", plan.complianceActions(), a -> a.name());
    unique("riskResponse.securityPolicies", "name", plan.securityPolicies(), SecurityPolicy::name);
    unique(
        "riskResponse.securityPolicies",
        "priority",
        plan.securityPolicies(),
        policy -> Integer.toString(policy.priority()));
    Set<String> rules =
        plan.appControlRules().stream().map(r -> r.name()).collect(toCollection(TreeSet::new));
    Set<String> actions =
        plan.complianceActions().stream().map(a -> a.name()).collect(toCollection(TreeSet::new));
    for (int i = 0; i < plan.securityPolicies().size(); i++) {
      references(
          Paths.index("riskResponse.securityPolicies", i),
          plan.securityPolicies().get(i),
          rules,
          actions);
    }
  }

  private void references(
      String path, SecurityPolicy policy, Set<String> rules, Set<String> actions) {
    policy
        .accessControl()
        .ifPresent(
            control -> {
              String accessControl = Paths.field(path, "accessControl");
              action(accessControl, control.complianceAction(), actions);
              for (int i = 0; i < control.enabledRules().size(); i++) {
                reference(
                    Paths.index(Paths.field(accessControl, "enabledRules"), i),
                    control.enabledRules().get(i),
                    rules,
                    "an app control rule",
                    "riskResponse.appControlRules");
              }
            });
    policy
        .disallowedDevices()
        .ifPresent(
            disallowed ->
                action(
                    Paths.field(path, "disallowedDevices"),
                    disallowed.complianceAction(),
                    actions));
  }

  private void action(String path, String name, Set<String> actions) {
    reference(
        Paths.field(path, "complianceAction"),
        name,
        actions,
        "a compliance action",
        "riskResponse.complianceActions");
  }

  private void reference(String path, String name, Set<String> known, String what, String list) {
    if (!known.contains(name)) {
      problem(path, excerpt(name) + " is not " + what + didYouMean(name, known), list);
    }
  }

  private <T> void unique(String list, String field, List<T> elements, Function<T, String> key) {
    Map<String, Integer> firstOf = new HashMap<>();
    for (int i = 0; i < elements.size(); i++) {
      String value = key.apply(elements.get(i));
      Integer first = firstOf.putIfAbsent(value, i);
      if (first != null) {
        problem(
            Paths.field(Paths.index(list, i), field),
            excerpt(value) + " is taken by " + Paths.index(list, first) + " already",
            Paths.field(Paths.index(list, first), field));
      }
    }
  }
}
