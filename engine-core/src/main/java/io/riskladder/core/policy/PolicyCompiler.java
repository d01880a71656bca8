package io.riskladder.core.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.riskladder.core.Limits;
import io.riskladder.core.threat.Classification;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resolves inheritance and flattens ladders (rules, sections 2 and 5). */
final class PolicyCompiler {
  private final GroupTree tree;
  private final ImmutableMap<String, Classification> classifications;
  private final ImmutableMap<String, Ladder> defaults;
  private final Map<String, GroupPolicies> compiled = new HashMap<>();

  private record Text(CustomMessage message, Optional<MessageSource> source) {}

  private PolicyCompiler(PolicySet set) {
    this.tree = new GroupTree(set.groups());
    this.classifications = ImmutableMap.copyOf(PolicyChecks.knownClassifications(set));
    ImmutableMap.Builder<String, Ladder> ladders = ImmutableMap.builder();
    classifications.forEach((id, classification) -> ladders.put(id, defaultLadder(classification)));
    this.defaults = ladders.buildOrThrow();
  }

  static CompiledPolicies compile(PolicySet set, Limits limits) {
    List<PolicyProblem> problems = PolicyChecks.check(set, limits);
    if (!problems.isEmpty()) {
      throw new InvalidPolicyException(problems);
    }
    PolicyCompiler compiler = new PolicyCompiler(set);
    set.groups().forEach(compiler::compileWithGroupsAbove);
    return new CompiledPolicies(
        set,
        limits,
        compiler.classifications,
        compiler.defaults,
        ImmutableMap.copyOf(compiler.compiled));
  }

  /** From the root down, without recursion: a tree may be deep. */
  private void compileWithGroupsAbove(DeviceGroup group) {
    Deque<DeviceGroup> missing = new ArrayDeque<>();
    Optional<DeviceGroup> next = Optional.of(group);
    while (next.isPresent() && !compiled.containsKey(next.get().id())) {
      missing.push(next.get());
      next = tree.parent(next.get());
    }
    missing.forEach(g -> compiled.put(g.id(), policiesOf(g)));
  }

  private GroupPolicies policiesOf(DeviceGroup group) {
    Optional<GroupPolicies> above = group.parent().map(compiled::get);
    return new GroupPolicies(
        group,
        group
            .onDeviceThreatProtection()
            .or(() -> above.map(GroupPolicies::onDeviceThreatProtection))
            .orElse(OnDeviceThreatProtection.disabled()),
        group.defaultNotice().or(() -> above.flatMap(GroupPolicies::notice)),
        laddersOf(group, above.map(GroupPolicies::ladders).orElse(defaults)));
  }

  private ImmutableMap<String, Ladder> laddersOf(
      DeviceGroup group, ImmutableMap<String, Ladder> inherited) {
    if (group.policies().isEmpty()) {
      return inherited;
    }
    List<DeviceGroup> ancestors = tree.pathToRoot(group);
    ImmutableMap.Builder<String, Ladder> ladders = ImmutableMap.builder();
    inherited.forEach(
        (id, ladder) -> {
          ClassificationPolicy own = group.policies().get(id);
          ladders.put(
              id, own == null ? ladder : ownLadder(ladder.classification(), own, ancestors));
        });
    return ladders.buildOrThrow();
  }

  private static Ladder defaultLadder(Classification classification) {
    Rung base =
        Rung.builder()
            .number(0)
            .after(Duration.ZERO)
            .riskLevel(classification.riskLevel())
            .response(classification.response())
            .message(BuiltInMessages.of(classification.id()))
            .build();
    return new Ladder(classification, Optional.empty(), ImmutableList.of(base));
  }

  private static Ladder ownLadder(
      Classification classification, ClassificationPolicy policy, List<DeviceGroup> pathToRoot) {
    String id = classification.id();
    Text base =
        textOf(id, 0, pathToRoot)
            .orElseGet(() -> new Text(BuiltInMessages.of(id), Optional.empty()));
    List<Rung> rungs = new ArrayList<>();
    rungs.add(
        Rung.builder()
            .number(0)
            .after(Duration.ZERO)
            .riskLevel(policy.riskLevel())
            .response(policy.response())
            .message(base.message)
            .messageSource(base.source)
            .build());
    for (Escalation escalation : policy.escalations()) {
      int number = rungs.size();
      Text text = textOf(id, number, pathToRoot).orElse(base);
      rungs.add(
          Rung.builder()
              .number(number)
              .after(escalation.after())
              .riskLevel(escalation.riskLevel())
              .response(escalation.response())
              .message(text.message)
              .messageSource(text.source)
              .build());
    }
    return new Ladder(
        classification, Optional.of(pathToRoot.get(0).id()), ImmutableList.copyOf(rungs));
  }

  /** Rules 1 and 2 of section 5: the group's own message on the rung, or the nearest ancestor's. */
  private static Optional<Text> textOf(
      String classification, int rung, List<DeviceGroup> pathToRoot) {
    for (DeviceGroup group : pathToRoot) {
      Optional<CustomMessage> message =
          Optional.ofNullable(group.policies().get(classification))
              .flatMap(policy -> ownMessage(policy, rung));
      if (message.isPresent()) {
        return Optional.of(
            new Text(message.get(), Optional.of(new MessageSource(group.id(), rung))));
      }
    }
    return Optional.empty();
  }

  private static Optional<CustomMessage> ownMessage(ClassificationPolicy policy, int rung) {
    if (rung == 0) {
      return policy.message();
    }
    return rung <= policy.escalations().size()
        ? policy.escalations().get(rung - 1).message()
        : Optional.empty();
  }
}
