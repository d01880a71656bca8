package io.riskladder.cli;

import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.InvalidPolicyException;
import io.riskladder.core.simulation.ChangedPolicy;
import io.riskladder.core.simulation.Forecast;
import io.riskladder.core.simulation.Impact;
import io.riskladder.core.simulation.PolicyChange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Says what other policies would do to a fleet. */
@Command(
    name = "impact",
    description =
        "Says what other policies would do to the devices as they stand, at once and day by day."
            + " Nothing is changed.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ImpactCommand implements Callable<Integer> {
  private static final String DEFAULT_HORIZON = "P30D";

  private final Streams streams;

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(
      names = "--proposed",
      required = true,
      paramLabel = "FILE",
      description = "The policy document that may replace what is in force.")
  private Path proposed = Path.of("");

  @Mixin private PastOptions past = new PastOptions();

  @Option(
      names = "--horizon",
      paramLabel = "PERIOD",
      converter = DaysConverter.class,
      defaultValue = DEFAULT_HORIZON,
      description = "How far to look ahead, in whole days. Default: ${DEFAULT-VALUE}.")
  private Duration horizon = Duration.ZERO;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "What becomes of open threats: continue (the default) at their level, pin them to the"
              + " policy that they have, or restart them.")
  private PolicyChangeMode mode = PolicyChangeMode.CONTINUE;

  @Option(
      names = "--keep",
      paramLabel = "[GROUP/]CLASSIFICATION",
      description =
          "Leave this policy, or this default of an own classification, as it is in force, and"
              + " assess the rest; may be given several times.")
  private Set<String> keep = new LinkedHashSet<>();

  @Mixin private FormatOption format = new FormatOption();

  ImpactCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    Optional<CompiledPolicies> inForce = compiled(policy.file());
    Optional<CompiledPolicies> next = compiled(proposed);
    if (inForce.isEmpty() || next.isEmpty()) {
      return 1;
    }
    Story silence = new Story() {};
    try {
      return past.fleet(inForce.get(), silence, streams)
          .map(fleet -> assess(fleet, next.get()))
          .orElse(1);
    } catch (IOException e) {
      streams.err().println(Text.cannot("read the events", e));
      return 2;
    }
  }

  /** There are two documents, so that it is said which one has the errors. */
  private Optional<CompiledPolicies> compiled(Path file) {
    Optional<CompiledPolicies> policies = PolicyFiles.compiled(file, spec, streams.err());
    if (policies.isEmpty()) {
      streams.err().println(Text.oneLine("these are errors of " + file));
    }
    return policies;
  }

  private int assess(Fleet fleet, CompiledPolicies next) {
    CompiledPolicies policies;
    try {
      policies = keep.isEmpty() ? next : withoutKept(fleet, next);
    } catch (InvalidPolicyException e) {
      e.problems().forEach(problem -> streams.err().println(Text.oneLine(problem.toString())));
      streams
          .err()
          .println(
              Text.oneLine(
                  "these are errors of " + proposed + " with what --keep leaves as it is"));
      return 1;
    }
    Impact impact = Impact.of(fleet, policies, mode);
    Forecast forecast;
    try {
      forecast = Forecast.of(fleet, policies, mode, horizon);
    } catch (IllegalArgumentException e) {
      throw Usage.wrong(spec, e);
    }
    int status = put(impact, forecast);
    impact
        .misfit()
        .ifPresent(
            misfit ->
                streams.err().println(Text.oneLine(proposed + " would be rejected: " + misfit)));
    return impact.misfit().isPresent() ? 1 : status;
  }

  private int put(Impact impact, Forecast forecast) {
    List<String> kept = List.copyOf(keep);
    return format.put(
        streams,
        () -> ImpactText.of(impact, forecast, kept),
        out -> ImpactJson.write(out, impact, forecast, kept));
  }

  private CompiledPolicies withoutKept(Fleet fleet, CompiledPolicies next) {
    PolicyChange change = PolicyChange.between(fleet.policies().current(), next);
    List<ChangedPolicy> rows = new ArrayList<>();
    for (String name : keep) {
      rows.add(
          change.rows().stream()
              .filter(row -> name(row).equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ParameterException(
                          spec.commandLine(),
                          "--keep: "
                              + Text.oneLine(name)
                              + " is not changed, expected "
                              + (change.rows().isEmpty()
                                  ? "none: no policy is"
                                  : "one of "
                                      + change.rows().stream()
                                          .map(ImpactCommand::name)
                                          .toList()))));
    }
    return change.without(rows).proposed();
  }

  /** {@return a row as the user names it; the default of a classification has no group} */
  static String name(ChangedPolicy row) {
    return row.group().map(group -> group + "/").orElse("") + row.classification();
  }

  /** Reads a period of whole days. */
  static final class DaysConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      try {
        Duration period = Duration.parse(value);
        if (!period.isNegative()
            && period.compareTo(Forecast.MAX_HORIZON) <= 0
            && Duration.ofDays(period.toDays()).equals(period)) {
          return period;
        }
      } catch (DateTimeException e) {
        // said below, with the other reasons
      }
      throw new TypeConversionException(
          "'" + value + "' is not a number of days from P0D to P3650D, expected one like P30D");
    }
  }
}
