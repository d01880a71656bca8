package io.riskladder.core.reference;

import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.MessageTemplate;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Classification;
import io.riskladder.core.threat.ThreatType;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Makes policy sets that compile, of any shape, from a seed. */
public final class PolicySets {
  static final List<String> GROUPS = List.of("root", "a", "B", "aa", "z");
  static final List<String> APPS = List.of("Mail", "Game", AppControlRule.NO_SUCH_APP);

  /** A classification of the tenant's own that every set has. */
  static final String OWN = "LOST_BADGE";

  /** One that some sets lack and some call web content. */
  static final String OWN_SOMETIMES = "ODD_THING";

  static final List<String> OVERRIDDEN =
      List.of("OUT_OF_DATE_OS", "ACTIVE_MITM", "ADWARE", "SIDELOADED_APP", OWN);
  private static final List<String> OVERRIDDEN_WEB =
      List.of("PHISHING_CONTENT", "DENYLISTED_CONTENT");
  private static final List<String> TEXTS =
      List.of(
          "Please update.",
          "{daysLeft} days, until {deadline}.",
          "{daysToNextStep} days to {nextStep}",
          "{device} in {group}: {classification} is {riskLevel}",
          "{{{device}}} }}{{ {{daysLeft}}");
  private static final List<String> LABEL_NAMES = List.of("A", "B", "C", "D", "E", "F");
  private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "America/Los_Angeles");

  private final Random random;

  /** A maker of sets; the same seed makes the same ones. */
  public PolicySets(long seed) {
    this.random = new Random(seed);
  }

  /** {@return sets that often have policies in common, so that levels meet when they change} */
  List<PolicySet> akin(int count) {
    List<PolicySet> sets = new ArrayList<>();
    sets.add(any());
    while (sets.size() < count) {
      sets.add(chance(4) ? any() : varied(sets.get(random.nextInt(sets.size()))));
    }
    return sets;
  }

  /** {@return a set of any shape; every group of {@link #GROUPS} but perhaps the last is in it} */
  public PolicySet any() {
    PolicySet.Builder set = PolicySet.builder().timeZone(ZoneId.of(pick(ZONES)));
    set.addClassification(own(OWN, ThreatType.CONFIGURATION));
    if (!chance(4)) {
      set.addClassification(
          own(OWN_SOMETIMES, chance(4) ? ThreatType.WEB_CONTENT : ThreatType.NETWORK));
    }
    int count = chance(4) ? GROUPS.size() - 1 : GROUPS.size();
    List<DeviceGroup> groups = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      groups.add(group(i));
    }
    set.groups(groups.stream().map(group -> perhapsUnprotected(group, groups)).toList());
    set.administrators(administrators());
    set.labels(labels());
    riskResponse().ifPresent(set::riskResponse);
    return set.build();
  }

  /** {@return the set with some parts made anew} */
  private PolicySet varied(PolicySet set) {
    PolicySet.Builder varied = PolicySet.builder().from(set);
    List<DeviceGroup> groups = new ArrayList<>();
    for (int i = 0; i < set.groups().size(); i++) {
      DeviceGroup old = set.groups().get(i);
      DeviceGroup fresh = group(i);
      groups.add(
          chance(2)
              ? old
              : DeviceGroup.builder()
                  .from(old)
                  .policies(chance(2) ? old.policies() : fresh.policies())
                  .defaultNotice(fresh.defaultNotice())
                  .build());
    }
    varied.groups(groups.stream().map(PolicySets::valid).toList());
    if (chance(3)) {
      varied.labels(labels());
    }
    if (chance(3)) {
      varied.administrators(administrators());
    }
    if (chance(3)) {
      varied.riskResponse(riskResponse());
    }
    return varied.build();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private Classification own(String id, ThreatType type) {
    return Classification.builder()
        .id(id)
        .displayName("Own " + id)
        .threatType(type)
        .riskLevel(pick(List.of(RiskLevel.ADVISORY, RiskLevel.LOW, RiskLevel.HIGH)))
        .response(pick(List.of(Response.ALERT_DEVICE, Response.DONT_ALERT)))
        .build();
  }

  /** Every root has protection with a domain, so that any policy of any group is valid. */
  private DeviceGroup group(int i) {
    DeviceGroup.Builder group = DeviceGroup.builder().id(GROUPS.get(i)).name("Group " + i);
    if (i == 0) {
      group.onDeviceThreatProtection(protection());
    } else {
      group.parent(GROUPS.get(random.nextInt(i)));
      if (chance(3)) {
        group.onDeviceThreatProtection(protection());
      }
    }
    if (chance(3)) {
      group.defaultNotice(MessageTemplate.parse("Notice: " + pick(TEXTS)));
    }
    for (String classification : OVERRIDDEN) {
      if (chance(2)) {
        group.putPolicy(classification, policy());
      }
    }
    for (String classification : OVERRIDDEN_WEB) {
      if (chance(3)) {
        group.putPolicy(classification, webPolicy());
      }
    }
    return group.build();
  }

  /** Below some groups nothing is blocked, whatever the ladder says that their devices inherit. */
  private DeviceGroup perhapsUnprotected(DeviceGroup group, List<DeviceGroup> groups) {
    boolean isLeaf =
        group.parent().isPresent()
            && groups.stream().noneMatch(other -> other.parent().equals(Optional.of(group.id())));
    if (!isLeaf || !chance(2)) {
      return group;
    }
    List<OnDeviceThreatProtection> weak =
        List.of(
            OnDeviceThreatProtection.disabled(),
            new OnDeviceThreatProtection(false, List.of("a.example")),
            new OnDeviceThreatProtection(true, List.of()));
    return valid(DeviceGroup.builder().from(group).onDeviceThreatProtection(pick(weak)).build());
  }

  /** {@return the group without the policies that its own protection does not allow} */
  private static DeviceGroup valid(DeviceGroup group) {
    Map<String, ClassificationPolicy> policies = new LinkedHashMap<>(group.policies());
    group
        .onDeviceThreatProtection()
        .ifPresent(protection -> policies.values().removeIf(policy -> !allows(protection, policy)));
    return DeviceGroup.builder().from(group).policies(policies).build();
  }

  private static boolean allows(OnDeviceThreatProtection protection, ClassificationPolicy policy) {
    return protection.allows(policy.response().block())
        && policy.escalations().stream().allMatch(e -> protection.allows(e.response().block()));
  }

  private OnDeviceThreatProtection protection() {
    return new OnDeviceThreatProtection(
        true, chance(3) ? List.of("b.example", "a.example") : List.of("a.example"));
  }

  private ClassificationPolicy policy() {
    List<RiskLevel> levels = new ArrayList<>(List.of(RiskLevel.values()));
    levels.removeIf(level -> chance(3));
    if (!chance(3)) {
      levels.remove(RiskLevel.NONE);
    }
    if (levels.isEmpty() || levels.get(0) == RiskLevel.NONE) {
      return ClassificationPolicy.builder()
          .riskLevel(RiskLevel.NONE)
          .response(Response.DONT_ALERT)
          .message(message())
          .build();
    }
    ClassificationPolicy.Builder policy =
        ClassificationPolicy.builder()
            .riskLevel(levels.get(0))
            .response(response())
            .message(message());
    for (RiskLevel level : levels.subList(1, levels.size())) {
      policy.addEscalation(
          Escalation.builder()
              .after(Duration.ofHours(6L * (1 + random.nextInt(8))))
              .riskLevel(level)
              .response(response())
              .message(message())
              .build());
    }
    return policy.build();
  }

  private Response response() {
    return pick(
        List.of(
            Response.ALERT_DEVICE,
            Response.ALERT_DEVICE,
            Response.DONT_ALERT,
            Response.BLOCK_DOMAINS_AND_ALERT,
            Response.BLOCK_INTERNET_AND_ALERT));
  }

  private ClassificationPolicy webPolicy() {
    return ClassificationPolicy.builder()
        .riskLevel(pick(List.of(RiskLevel.ADVISORY, RiskLevel.LOW, RiskLevel.HIGH)))
        .response(
            pick(
                List.of(
                    Response.DONT_ALERT,
                    Response.WARN_AND_ALERT_DEVICE,
                    Response.BLOCK_AND_ALERT_DEVICE)))
        .message(message())
        .build();
  }

  private Optional<CustomMessage> message() {
    return chance(2)
        ? Optional.empty()
        : Optional.of(CustomMessage.of("What: " + pick(TEXTS), "How: " + pick(TEXTS)));
  }

  private List<Administrator> administrators() {
    List<Administrator> administrators = new ArrayList<>();
    for (String email : List.of("z@acme.example", "B@acme.example", "b@acme.example")) {
      if (!chance(3)) {
        Set<RiskLevel> levels =
            pick(
                List.of(
                    Set.of(),
                    Set.of(RiskLevel.HIGH),
                    Set.of(RiskLevel.LOW, RiskLevel.MEDIUM),
                    Set.of(RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH)));
        administrators.add(new Administrator(email, levels));
      }
    }
    return administrators;
  }

  /** Names are few, so that one often names another state in the next set. */
  private LabelScheme labels() {
    if (chance(3)) {
      return LabelScheme.defaults();
    }
    List<String> free = new ArrayList<>(LABEL_NAMES);
    Map<LabelState, String> names = new EnumMap<>(LabelState.class);
    for (LabelState state : LabelState.values()) {
      if (!chance(4)) {
        names.put(state, free.remove(random.nextInt(free.size())));
      }
    }
    return new LabelScheme(names);
  }

  private Optional<RiskResponse> riskResponse() {
    if (chance(3)) {
      return chance(2) ? Optional.empty() : Optional.of(RiskResponse.standard());
    }
    RiskResponsePlan.Builder plan = RiskResponsePlan.builder();
    for (int i = 0; i < 3; i++) {
      plan.addAppControlRule(
          AppControlRule.builder()
              .name("rule " + i)
              .type(pick(List.of(AppControlRule.Type.values())))
              .app(pick(APPS))
              .platform(pick(List.of(AppControlRule.Scope.values())))
              .build());
      plan.addComplianceAction(ComplianceAction.builder().name("action " + i).build());
      plan.addSecurityPolicy(securityPolicy(i));
    }
    return Optional.of(plan.build());
  }

  private SecurityPolicy securityPolicy(int i) {
    SecurityPolicy.Builder policy =
        SecurityPolicy.builder()
            .name("policy " + i)
            .status(chance(5) ? SecurityPolicy.Status.INACTIVE : SecurityPolicy.Status.ACTIVE)
            .priority(1 + (i + 1) % 3)
            .addLabels(pick(LABEL_NAMES), pick(LABEL_NAMES), "MES - High Risk");
    if (!chance(4)) {
      policy.accessControl(
          new SecurityPolicy.AccessControl(
              "action " + random.nextInt(3), List.of("rule " + random.nextInt(3))));
    }
    if (chance(2)) {
      policy.disallowedDevices(
          new SecurityPolicy.DisallowedDevices("action " + random.nextInt(3), !chance(3)));
    }
    return policy.build();
  }
}
