package io.riskladder.core.simulation;

import static io.riskladder.core.internal.Checks.excerpt;
import static io.riskladder.core.internal.Checks.invalid;

import com.google.common.collect.Sets;
import io.riskladder.core.device.Block;
import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DeviceEvent.TimePassed;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.IssueState;
import io.riskladder.core.device.PolicyPin;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.core.policy.Rung;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.simulation.ConsideredGroup.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Puts together why a device is as it is, from its state and its policies. */
final class Explainer {
  private final EnrolledDevice device;
  private final PolicyArchive archive;
  private final CompiledPolicies policies;
  private final GroupPolicies group;

  /** What each threat that counts comes to, in order of id. */
  private final Map<String, Rung> counting = new TreeMap<>();

  private Explainer(EnrolledDevice device, PolicyArchive archive) {
    this.device = device;
    this.archive = archive;
    this.policies =
        archive
            .version(device.policyVersion())
            .orElseThrow(
                () -> invalid("policies", "version " + device.policyVersion() + " is not there"));
    this.group =
        policies
            .group(device.group())
            .orElseThrow(
                () -> invalid("policies", "group " + excerpt(device.group()) + " is not there"));
    for (ThreatState threat : device.openThreats()) {
      if (threat.counts()) {
        counting.put(threat.id(), device.ladder(threat, archive).rung(threat.rung()));
      }
    }
  }

  static Explanation explain(
      EnrolledDevice device, PolicyArchive archive, Instant at, List<Effect> past) {
    Instant then = at.isAfter(device.lastSeen()) ? at : device.lastSeen();
    Decision decision = device.decide(archive, new TimePassed(), then, 0);
    List<Effect> effects = new ArrayList<>(past);
    effects.addAll(decision.effects());
    return new Explainer((EnrolledDevice) decision.state(), archive).explain(then, effects);
  }

  private Explanation explain(Instant at, List<Effect> past) {
    Explanation.Builder explanation =
        Explanation.builder()
            .at(at)
            .device(device)
            .group(group)
            .decisive(decisive())
            .mdm(mdm())
            .notHappening(notHappening())
            .next(next());
    TreeMap<String, ThreatExplanation> threats = new TreeMap<>();
    for (ThreatState threat : device.openThreats()) {
      threats.put(threat.id(), threat(threat, Told.last(device.id(), threat, past)));
    }
    return explanation.threats(threats).build();
  }

  private List<String> decisive() {
    RiskLevel risk = device.desired().risk();
    return counting.entrySet().stream()
        .filter(threat -> risk.isReported() && threat.getValue().riskLevel() == risk)
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<NextStep> next() {
    List<NextStep> steps = new ArrayList<>();
    DeviceState state = device;
    while (state.nextDue().isPresent()) {
      Instant due = state.nextDue().get();
      Decision decision = state.decide(archive, new TimePassed(), due, 0);
      steps.add(new NextStep(due, decision.effects()));
      state = decision.state();
    }
    return steps;
  }

  // ---- one threat

  private ThreatExplanation threat(ThreatState threat, Optional<Told> told) {
    PolicyPin decidedBy =
        threat.pin().orElse(new PolicyPin(device.policyVersion(), device.group()));
    Ladder ladder = device.ladder(threat, archive);
    Set<Stop> stops = EnumSet.of(Stop.FIX_THE_THREAT);
    if (threat.issue() == IssueState.OPEN) {
      stops.add(Stop.IGNORE_THE_ISSUE);
    }
    return ThreatExplanation.builder()
        .threat(threat)
        .ladder(ladder)
        .policyVersion(decidedBy.version())
        .considered(considered(decidedBy, ladder))
        .told(told)
        .stops(Sets.immutableEnumSet(stops))
        .notHappening(notHappening(threat, ladder))
        .build();
  }

  private List<ConsideredGroup> considered(PolicyPin decidedBy, Ladder ladder) {
    CompiledPolicies version = archive.version(decidedBy.version()).orElseThrow();
    Map<String, DeviceGroup> groups = new TreeMap<>();
    version.source().groups().forEach(of -> groups.put(of.id(), of));
    List<ConsideredGroup> considered = new ArrayList<>();
    Optional<DeviceGroup> current = Optional.ofNullable(groups.get(decidedBy.group()));
    while (current.isPresent()) {
      DeviceGroup of = current.get();
      boolean hasOne = of.policies().containsKey(ladder.classification().id());
      boolean decides = ladder.policyGroup().filter(of.id()::equals).isPresent();
      Verdict verdict = decides ? Verdict.DECIDES : hasOne ? Verdict.OVERRIDDEN : Verdict.HAS_NONE;
      considered.add(new ConsideredGroup(of.id(), of.name(), verdict));
      current = of.parent().map(groups::get);
    }
    return considered;
  }

  private List<NotHappening> notHappening(ThreatState threat, Ladder ladder) {
    List<NotHappening> facts = new ArrayList<>();
    Rung rung = ladder.rung(threat.rung());
    RiskLevel level = rung.riskLevel();
    if (!threat.counts()) {
      facts.add(new NotHappening.IssueIgnored());
    } else {
      if (!level.isReported()) {
        facts.add(new NotHappening.NotReported(level));
      } else if (policies.recipients(level).isEmpty()) {
        facts.add(new NotHappening.NobodyWantsMail(level));
      }
      if (!rung.response().alerts()) {
        facts.add(new NotHappening.UserNotAlerted());
      }
      block(threat, rung).ifPresent(facts::add);
      outranked(level).ifPresent(facts::add);
      if (threat.nextDue().isEmpty()) {
        facts.add(new NotHappening.LastRung());
      }
    }
    threat
        .pin()
        .ifPresent(
            pin ->
                facts.add(
                    new NotHappening.PresentPolicyNotApplied(
                        pin.version(), device.policyVersion())));
    return facts;
  }

  private Optional<NotHappening> block(ThreatState threat, Rung rung) {
    BlockStrength block = rung.response().block();
    OnDeviceThreatProtection protection = group.onDeviceThreatProtection();
    if (!protection.allows(block)) {
      return Optional.of(new NotHappening.BlockFallsAway(block, !protection.enabled()));
    }
    return block == BlockStrength.DOMAINS && device.desired().block() instanceof Block.Internet
        ? other(threat, with -> with.response().block() == BlockStrength.INTERNET)
            .map(NotHappening.BlockOutranked::new)
        : Optional.empty();
  }

  private Optional<NotHappening> outranked(RiskLevel level) {
    RiskLevel risk = device.desired().risk();
    return risk.isAbove(level)
        ? decisive().stream()
            .findFirst()
            .map(threat -> new NotHappening.RiskOutranked(threat, risk))
        : Optional.empty();
  }

  private Optional<String> other(ThreatState than, Predicate<Rung> which) {
    return counting.entrySet().stream()
        .filter(threat -> !threat.getKey().equals(than.id()) && which.test(threat.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  // ---- the device in the MDM

  private Collection<String> labels() {
    return device.desired().labels().values();
  }

  private Optional<MdmChain> mdm() {
    return policies
        .compliance()
        .policyFor(labels())
        .map(
            policy ->
                new MdmChain(
                    labels().stream().filter(policy.labels()::contains).toList(),
                    policy,
                    policies
                        .compliance()
                        .violatedRules(policy, device.platform(), device.installedApps()),
                    isDisallowed(policy),
                    actions()));
  }

  private boolean isDisallowed(SecurityPolicy policy) {
    return device.platform() == Platform.IOS
        && policy
            .disallowedDevices()
            .filter(SecurityPolicy.DisallowedDevices::allIosDevices)
            .isPresent();
  }

  private List<ComplianceAction> actions() {
    return device.desired().complianceActions().stream()
        .flatMap(name -> policies.compliance().action(name).stream())
        .toList();
  }

  private List<NotHappening> notHappening() {
    List<NotHappening> facts = new ArrayList<>();
    unlabelled().forEach(state -> facts.add(new NotHappening.NoLabel(state)));
    if (policies.source().riskResponse().isEmpty()) {
      if (!labels().isEmpty()) {
        facts.add(new NotHappening.NoRiskResponse());
      }
      return facts;
    }
    List<SecurityPolicy> applied = policies.compliance().policiesFor(labels());
    if (applied.isEmpty()) {
      if (!labels().isEmpty()) {
        facts.add(new NotHappening.NoSecurityPolicy());
      }
    } else {
      SecurityPolicy first = applied.get(0);
      if (device.desired().complianceActions().isEmpty()) {
        facts.add(new NotHappening.NothingViolated(first.name()));
      }
      for (SecurityPolicy outranked : applied.subList(1, applied.size())) {
        facts.add(new NotHappening.PolicyOutranked(outranked.name(), first.name()));
      }
    }
    inactive().forEach(policy -> facts.add(new NotHappening.PolicyInactive(policy.name())));
    return facts;
  }

  private List<LabelState> unlabelled() {
    List<LabelState> states = new ArrayList<>();
    if (!device.connected()) {
      states.add(LabelState.DISCONNECTED);
    }
    LabelState.ofRisk(device.desired().risk()).ifPresent(states::add);
    states.removeIf(state -> policies.labels().name(state).isPresent());
    return states;
  }

  private List<SecurityPolicy> inactive() {
    return policies.source().riskResponse().stream()
        .flatMap(response -> response.planFor(policies.labels()).securityPolicies().stream())
        .filter(policy -> policy.status() == SecurityPolicy.Status.INACTIVE)
        .filter(policy -> labels().stream().anyMatch(policy.labels()::contains))
        .toList();
  }
}
