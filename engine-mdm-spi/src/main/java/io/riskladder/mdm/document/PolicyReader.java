package io.riskladder.mdm.document;

import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.InvalidValueException;
import io.riskladder.core.internal.Paths;
import io.riskladder.core.mdm.AppControlRule;
import io.riskladder.core.mdm.ComplianceAction;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.mdm.RiskResponsePlan;
import io.riskladder.core.mdm.SecurityPolicy;
import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Domains;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.MessageTemplate;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Classification;
import io.riskladder.core.threat.ThreatType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Makes a policy set of a document. Where a value cannot be used, that is among the problems and a
 * stand-in takes its place, so that everything else can be checked in the same run.
 */
final class PolicyReader {
  private static final int VERSION = 1;
  private static final String STANDARD = "standard";
  private static final Duration STAND_IN_WAIT = Duration.ofDays(1);
  private static final Set<RiskLevel> MAILED =
      Set.of(RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH);

  private final Problems problems;

  PolicyReader(Problems problems) {
    this.problems = problems;
  }

  PolicySet read(Node root) {
    Fields fields =
        fields(
            "",
            root,
            "version",
            "name",
            "timeZone",
            "classifications",
            "groups",
            "administrators",
            "labels",
            "riskResponse");
    fields.required("version", (at, node) -> version(fields, at, node));
    PolicySet.Builder set = PolicySet.builder();
    fields.optional("name", fields::name).ifPresent(set::name);
    fields.optional("timeZone", fields.text(PolicyReader::timeZone)).ifPresent(set::timeZone);
    set.classifications(fields.optionalList("classifications", this::classification));
    set.groups(fields.requiredList("groups", this::group));
    set.administrators(fields.optionalList("administrators", this::administrator));
    fields.optional("labels", this::labels).ifPresent(set::labels);
    fields.optional("riskResponse", this::riskResponse).ifPresent(set::riskResponse);
    return set.build();
  }

  private Fields fields(String path, Node node, String... names) {
    return new Fields(path, node, problems, names);
  }

  /** {@return a name that no other stand-in has} */
  private static String standIn(String path) {
    return "? " + path;
  }

  /** {@return a value made of parts that are valid each, or the stand-in where they do not fit} */
  private <T> T assembled(String path, Fields fields, Supplier<T> value, Supplier<T> standIn) {
    try {
      return value.get();
    } catch (InvalidValueException e) {
      problems.broken(Paths.field(path, e.path()), fields.place(), e.problem());
      return standIn.get();
    }
  }

  private Optional<Integer> version(Fields fields, String at, Node node) {
    Optional<Integer> version = fields.integer(at, node);
    if (version.isPresent() && version.get() != VERSION) {
      problems.report(
          at, node.place(), version.get() + " is not a known version, expected " + VERSION);
    }
    return version;
  }

  private static ZoneId timeZone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      throw Checks.invalid(
          "",
          Checks.excerpt(id)
              + " is not a time zone"
              + Checks.nearest(id, ZoneId.getAvailableZoneIds())
                  .map(near -> ", did you mean " + near + "?")
                  .orElse(", expected one like Europe/Berlin"));
    }
  }

  private Optional<Classification> classification(String path, Node node) {
    Fields fields =
        fields(
            path,
            node,
            "id",
            "displayName",
            "threatType",
            "riskLevel",
            "response",
            "urgent",
            "fixNeedsInternet");
    Optional<ThreatType> type = fields.required("threatType", fields.oneOf(ThreatType.class));
    Optional<RiskLevel> level = fields.required("riskLevel", fields.oneOf(RiskLevel.class));
    Optional<Response> response = fields.required("response", fields.oneOf(Response.class));
    Classification.Builder own =
        Classification.builder()
            .id(fields.required("id", fields::id).orElse(standIn(path)))
            .displayName(fields.required("displayName", fields::name).orElse(standIn(path)))
            .threatType(type.orElse(ThreatType.APPLICATION))
            .urgent(fields.optional("urgent", fields::bool).orElse(false))
            .fixNeedsInternet(fields.optional("fixNeedsInternet", fields::bool).orElse(false))
            .riskLevel(RiskLevel.LOW)
            .response(Response.DONT_ALERT);
    Classification standIn = own.build();
    if (type.isEmpty() || level.isEmpty() || response.isEmpty()) {
      return Optional.of(standIn);
    }
    return Optional.of(
        assembled(
            path,
            fields,
            () -> own.riskLevel(level.get()).response(response.get()).build(),
            () -> standIn));
  }

  private Optional<DeviceGroup> group(String path, Node node) {
    Fields fields =
        fields(
            path,
            node,
            "id",
            "name",
            "parent",
            "onDeviceThreatProtection",
            "defaultNotice",
            "policies");
    DeviceGroup.Builder group =
        DeviceGroup.builder().id(fields.required("id", fields::id).orElse(standIn(path)));
    fields.optional("name", fields::name).ifPresent(group::name);
    fields.optional("parent", fields::id).ifPresent(group::parent);
    fields
        .optional("onDeviceThreatProtection", this::onDeviceThreatProtection)
        .ifPresent(group::onDeviceThreatProtection);
    fields
        .optional("defaultNotice", fields.text(PolicyReader::section))
        .ifPresent(group::defaultNotice);
    fields.optional("policies", this::policies).ifPresent(group::putAllPolicies);
    return Optional.of(group.build());
  }

  private static MessageTemplate section(String text) {
    MessageTemplate template = MessageTemplate.parse(text);
    if (template.isBlank()) {
      throw Checks.invalid("", "is blank; leave it out to inherit");
    }
    return template;
  }

  private Optional<OnDeviceThreatProtection> onDeviceThreatProtection(String path, Node node) {
    Fields fields = fields(path, node, "enabled", "blockedDomains");
    Optional<Boolean> enabled = fields.required("enabled", fields::bool);
    List<String> domains = fields.optionalList("blockedDomains", fields.text(Domains::normalize));
    return Optional.of(
        assembled(
            path,
            fields,
            () -> new OnDeviceThreatProtection(enabled.orElse(false), domains),
            OnDeviceThreatProtection::disabled));
  }

  private Optional<Map<String, ClassificationPolicy>> policies(String path, Node node) {
    if (!(node instanceof Node.Struct struct)) {
      problems.broken(path, node.place(), "expected an object, got " + node.kind());
      return Optional.empty();
    }
    Map<String, ClassificationPolicy> policies = new LinkedHashMap<>();
    struct
        .fields()
        .forEach(
            (classification, policy) -> {
              if (!(policy instanceof Node.Null)) {
                policies.put(classification, policy(Paths.key(path, classification), policy));
              }
            });
    return Optional.of(policies);
  }

  private ClassificationPolicy policy(String path, Node node) {
    Fields fields = fields(path, node, "riskLevel", "response", "message", "escalations");
    ClassificationPolicy.Builder policy =
        ClassificationPolicy.builder()
            .riskLevel(
                fields.required("riskLevel", fields.oneOf(RiskLevel.class)).orElse(RiskLevel.NONE))
            .response(
                fields
                    .required("response", fields.oneOf(Response.class))
                    .orElse(Response.DONT_ALERT))
            .escalations(fields.optionalList("escalations", this::escalation));
    fields.optional("message", this::message).ifPresent(policy::message);
    return policy.build();
  }

  private Optional<Escalation> escalation(String path, Node node) {
    Fields fields = fields(path, node, "after", "riskLevel", "response", "message");
    Escalation.Builder escalation =
        Escalation.builder()
            .after(fields.required("after", fields.text(PolicyReader::wait)).orElse(STAND_IN_WAIT))
            .riskLevel(
                fields.required("riskLevel", fields.oneOf(RiskLevel.class)).orElse(RiskLevel.HIGH))
            .response(
                fields
                    .required("response", fields.oneOf(Response.class))
                    .orElse(Response.DONT_ALERT));
    fields.optional("message", this::message).ifPresent(escalation::message);
    return Optional.of(escalation.build());
  }

  private static Duration wait(String text) {
    Duration wait;
    try {
      wait = Duration.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw Checks.invalid(
          "", Checks.excerpt(text) + " is not a period, expected one like P7D or PT12H");
    }
    return Checks.waitingPeriod("", wait);
  }

  private Optional<CustomMessage> message(String path, Node node) {
    Fields fields = fields(path, node, "description", "howToFix");
    Optional<MessageTemplate> description =
        fields.required("description", fields.text(PolicyReader::messageSection));
    Optional<MessageTemplate> howToFix =
        fields.required("howToFix", fields.text(PolicyReader::messageSection));
    return description.flatMap(what -> howToFix.map(how -> new CustomMessage(what, how)));
  }

  private static MessageTemplate messageSection(String text) {
    MessageTemplate template = MessageTemplate.parse(text);
    if (template.isBlank()) {
      throw Checks.invalid("", "is blank");
    }
    return template;
  }

  private Optional<Administrator> administrator(String path, Node node) {
    Fields fields = fields(path, node, "email", "notify");
    String email = fields.required("email", fields::name).orElse(standIn(path));
    List<RiskLevel> levels = fields.requiredList("notify", fields.oneOf(MAILED));
    return Optional.of(new Administrator(email, Set.copyOf(levels)));
  }

  private Optional<LabelScheme> labels(String path, Node node) {
    LabelState[] states = LabelState.values();
    String[] names = Arrays.stream(states).map(LabelState::name).toArray(String[]::new);
    Fields fields = fields(path, node, names);
    Map<LabelState, Optional<String>> changes = new EnumMap<>(LabelState.class);
    for (LabelState state : states) {
      Node name = fields.raw(state.name());
      if (name instanceof Node.Null) {
        changes.put(state, Optional.empty());
      } else if (name != null) {
        String at = Paths.field(path, state.name());
        changes.put(state, Optional.of(fields.name(at, name).orElse(standIn(at))));
      }
    }
    return Optional.of(distinct(path, fields, changes));
  }

  /**
   * {@return the scheme, unless a name is given twice: in the document, or there and by default}
   */
  private LabelScheme distinct(
      String path, Fields fields, Map<LabelState, Optional<String>> changes) {
    Map<String, LabelState> stateOfName = new HashMap<>();
    LabelScheme.defaults()
        .names()
        .forEach(
            (state, name) -> {
              if (!changes.containsKey(state)) {
                stateOfName.put(name, state);
              }
            });
    boolean distinct = true;
    for (Map.Entry<LabelState, Optional<String>> change : changes.entrySet()) {
      String name = change.getValue().orElse("");
      LabelState other = name.isEmpty() ? null : stateOfName.putIfAbsent(name, change.getKey());
      if (other != null) {
        distinct = false;
        String state = change.getKey().name();
        Node node = fields.raw(state);
        problems.broken(
            Paths.field(path, state),
            node == null ? fields.place() : node.place(),
            Checks.excerpt(name) + " is the label of " + other + " already");
      }
    }
    return distinct ? LabelScheme.defaults().with(changes) : LabelScheme.defaults();
  }

  private Optional<RiskResponse> riskResponse(String path, Node node) {
    if (node instanceof Node.Text text) {
      if (!text.value().equals(STANDARD)) {
        problems.broken(
            path,
            node.place(),
            Checks.excerpt(text.value()) + " is not a plan, expected an object or " + STANDARD);
      }
      return Optional.of(RiskResponse.standard());
    }
    Fields fields = fields(path, node, "appControlRules", "complianceActions", "securityPolicies");
    return Optional.of(
        RiskResponsePlan.builder()
            .appControlRules(fields.optionalList("appControlRules", this::appControlRule))
            .complianceActions(fields.optionalList("complianceActions", this::complianceAction))
            .securityPolicies(fields.optionalList("securityPolicies", this::securityPolicy))
            .build());
  }

  private Optional<AppControlRule> appControlRule(String path, Node node) {
    Fields fields = fields(path, node, "name", "type", "app", "platform");
    return Optional.of(
        AppControlRule.builder()
            .name(fields.required("name", fields::name).orElse(standIn(path)))
            .type(
                fields
                    .required("type", fields.oneOf(AppControlRule.Type.class))
                    .orElse(AppControlRule.Type.REQUIRED))
            .app(fields.required("app", fields::name).orElse(standIn(path)))
            .platform(
                fields
                    .required("platform", fields.oneOf(AppControlRule.Scope.class))
                    .orElse(AppControlRule.Scope.ALL))
            .build());
  }

  private Optional<ComplianceAction> complianceAction(String path, Node node) {
    Fields fields = fields(path, node, "name", "sendAlert", "blockAccess", "quarantine");
    return Optional.of(
        ComplianceAction.builder()
            .name(fields.required("name", fields::name).orElse(standIn(path)))
            .sendAlert(fields.optional("sendAlert", fields::bool).orElse(false))
            .blockAccess(fields.optional("blockAccess", fields::bool).orElse(false))
            .quarantine(fields.optional("quarantine", fields::bool).orElse(false))
            .build());
  }

  private Optional<SecurityPolicy> securityPolicy(String path, Node node) {
    Fields fields =
        fields(
            path,
            node,
            "name",
            "status",
            "priority",
            "labels",
            "accessControl",
            "disallowedDevices");
    SecurityPolicy.Builder policy =
        SecurityPolicy.builder()
            .name(fields.required("name", fields::name).orElse(standIn(path)))
            .status(
                fields
                    .required("status", fields.oneOf(SecurityPolicy.Status.class))
                    .orElse(SecurityPolicy.Status.ACTIVE))
            .priority(
                fields
                    .required("priority", (at, value) -> priority(fields, at, value))
                    .orElse(Integer.MAX_VALUE));
    Optional<List<String>> labels =
        fields.required("labels", (at, value) -> labelsOfPolicy(fields, at, value));
    policy.labels(labels.orElse(List.of(standIn(path))));
    fields.optional("accessControl", this::accessControl).ifPresent(policy::accessControl);
    fields
        .optional("disallowedDevices", this::disallowedDevices)
        .ifPresent(policy::disallowedDevices);
    return Optional.of(policy.build());
  }

  private Optional<Integer> priority(Fields fields, String at, Node node) {
    return fields
        .integer(at, node)
        .flatMap(number -> fields.valid(at, node.place(), () -> Checks.priority(at, number)));
  }

  private Optional<List<String>> labelsOfPolicy(Fields fields, String at, Node node) {
    Optional<List<String>> labels = fields.list(at, node, fields::name);
    if (labels.isPresent() && node instanceof Node.Items items && items.elements().isEmpty()) {
      problems.broken(at, node.place(), "is empty, expected at least one label");
    }
    return labels.filter(names -> !names.isEmpty());
  }

  private Optional<AccessControl> accessControl(String path, Node node) {
    Fields fields = fields(path, node, "complianceAction", "enabledRules");
    return Optional.of(
        new AccessControl(
            fields.required("complianceAction", fields::name).orElse(standIn(path)),
            fields.optionalList(
                "enabledRules",
                (at, rule) -> Optional.of(fields.name(at, rule).orElse(standIn(at))))));
  }

  private Optional<DisallowedDevices> disallowedDevices(String path, Node node) {
    Fields fields = fields(path, node, "complianceAction", "allIosDevices");
    return Optional.of(
        new DisallowedDevices(
            fields.required("complianceAction", fields::name).orElse(standIn(path)),
            fields.required("allIosDevices", fields::bool).orElse(false)));
  }
}
