package io.riskladder.mdm.document;

import static java.util.stream.Collectors.toMap;

import io.riskladder.core.Limits;
import io.riskladder.core.device.Block;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.IssueState;
import io.riskladder.core.device.PolicyPin;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.Paths;
import io.riskladder.core.mdm.LabelState.Family;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.RiskLevel;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Reads a device's state; its values are made only if nothing is wrong with any of them. */
final class StateReader {
  /** A rung may be due after the last instant that an event can have. */
  private static final Instant LATEST_DUE = Limits.LATEST.plus(Limits.MAX_WAIT);

  private final Problems problems;

  StateReader(Problems problems) {
    this.problems = problems;
  }

  EnrolledDevice read(Node root) {
    Fields fields = Fields.ofAny("", root, problems);
    Optional<Integer> format = fields.required("format", (at, node) -> format(fields, at, node));
    Optional<Supplier<EnrolledDevice>> device = format.map(known -> device(fields));
    problems.throwIfAny();
    return device.orElseThrow().get();
  }

  /** {@return the format, if it is one that this reader knows: all else may be otherwise there} */
  private static Optional<Integer> format(Fields fields, String path, Node node) {
    return fields
        .integer(path, node)
        .flatMap(number -> fields.valid(path, node.place(), () -> knownFormat(number)));
  }

  private static int knownFormat(int number) {
    if (number < 1) {
      throw Checks.invalid("", number + " is not a format, expected " + StateDocuments.FORMAT);
    }
    if (number > StateDocuments.FORMAT) {
      throw Checks.invalid(
          "",
          number
              + " is of a later version than this one, which knows no format above "
              + StateDocuments.FORMAT);
    }
    return number;
  }

  private Supplier<EnrolledDevice> device(Fields fields) {
    Supplier<String> id = fields.required("device", fields::id)::orElseThrow;
    Supplier<String> group = fields.required("group", fields::id)::orElseThrow;
    Supplier<Platform> platform =
        fields.required("platform", fields.oneOf(Platform.class))::orElseThrow;
    List<String> apps =
        fields.optionalList("installedApps", fields.textUpTo(Limits.MAX_NAME_LENGTH));
    Supplier<Boolean> connected = fields.required("connected", fields::bool)::orElseThrow;
    Set<String> ids = new HashSet<>();
    List<Supplier<ThreatState>> threats =
        fields.optionalList("threats", (at, node) -> threat(at, node, ids));
    Supplier<DesiredState> desired = fields.required("desired", this::desired)::orElseThrow;
    Supplier<Integer> version = fields.required("policyVersion", fields::count)::orElseThrow;
    Supplier<Instant> lastSeen = fields.required("lastSeen", fields::instant)::orElseThrow;
    return () ->
        EnrolledDevice.builder()
            .id(id.get())
            .group(group.get())
            .platform(platform.get())
            .installedApps(new LinkedHashSet<>(apps))
            .connected(connected.get())
            .threats(threats.stream().map(Supplier::get).collect(toMap(ThreatState::id, t -> t)))
            .desired(desired.get())
            .policyVersion(version.get())
            .lastSeen(lastSeen.get())
            .build();
  }

  private Optional<Supplier<ThreatState>> threat(String path, Node node, Set<String> ids) {
    Fields fields = Fields.ofAny(path, node, problems);
    Optional<String> id = fields.required("threat", fields::id);
    Supplier<String> classification = fields.required("classification", fields::id)::orElseThrow;
    Supplier<Integer> rung = fields.required("rung", fields::count)::orElseThrow;
    Supplier<Instant> entered = fields.required("entered", fields::instant)::orElseThrow;
    Optional<Instant> nextDue = fields.optional("nextDue", fields.instantUpTo(LATEST_DUE));
    Optional<IssueState> issue = fields.required("issue", fields.oneOf(IssueState.class));
    Optional<PolicyPin> pin = fields.optional("pin", this::pin);
    if (id.isPresent() && !ids.add(id.get())) {
      broken(Paths.field(path, "threat"), Checks.excerpt(id.get()) + " is there already");
    }
    if (nextDue.isPresent() && issue.equals(Optional.of(IssueState.IGNORED))) {
      broken(
          Paths.field(path, "nextDue"),
          "is there, but the ladder of an ignored threat stands still");
    }
    return Optional.of(
        () ->
            ThreatState.builder()
                .id(id.orElseThrow())
                .classification(classification.get())
                .rung(rung.get())
                .entered(entered.get())
                .nextDue(nextDue)
                .issue(issue.orElseThrow())
                .pin(pin)
                .build());
  }

  private void broken(String path, String message) {
    problems.broken(path, problems.placeOf(path), message);
  }

  private Optional<PolicyPin> pin(String path, Node node) {
    Fields fields = Fields.ofAny(path, node, problems);
    Optional<String> group = fields.required("policyGroup", fields::id);
    Optional<Integer> version = fields.required("policyVersion", fields::count);
    return group.flatMap(id -> version.map(number -> new PolicyPin(number, id)));
  }

  private Optional<DesiredState> desired(String path, Node node) {
    Fields fields = Fields.ofAny(path, node, problems);
    Optional<RiskLevel> risk = fields.required("riskLevel", fields.oneOf(RiskLevel.class));
    Optional<Block> block = block(fields);
    Map<Family, String> labels = fields.optional("labels", this::labels).orElse(Map.of());
    List<String> actions = fields.optionalList("complianceActions", fields::name);
    return risk.flatMap(
        level -> block.map(b -> new DesiredState(level, b, labels, new TreeSet<>(actions))));
  }

  private static Optional<Block> block(Fields fields) {
    return fields
        .required("block", fields.oneOf(BlockStrength.class))
        .map(
            strength ->
                switch (strength) {
                  case NONE -> Block.NONE;
                  case DOMAINS -> new Block.Domains(fields.requiredList("domains", fields::name));
                  case INTERNET -> Block.INTERNET;
                });
  }

  /** Families are no fields that could be left out of account: a label would stay for ever. */
  private Optional<Map<Family, String>> labels(String path, Node node) {
    String[] families = Arrays.stream(Family.values()).map(Family::name).toArray(String[]::new);
    Fields fields = new Fields(path, node, problems, families);
    Map<Family, String> labels = new EnumMap<>(Family.class);
    for (Family family : Family.values()) {
      fields.optional(family.name(), fields::name).ifPresent(name -> labels.put(family, name));
    }
    return Optional.of(labels);
  }
}
