package io.riskladder.cli;

import io.riskladder.core.Limits;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.simulation.Explanation;
import io.riskladder.mdm.document.EngineEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says why a device is as it is. */
@Command(
    name = "explain",
    description =
        "Says why a device is as it is, what comes next, and what does not happen and why.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ExplainCommand implements Callable<Integer> {
  /** How the explanation is put out. */
  enum Format {
    TEXT,
    JSON
  }

  private final Streams streams;

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "The policy document that is in force when the events begin.")
  private Path policy = Path.of("");

  @Option(
      names = "--events",
      required = true,
      paramLabel = "FILE",
      description = "The events that made the device what it is; - for standard input.")
  private String events = "-";

  @Option(
      names = "--device",
      required = true,
      paramLabel = "ID",
      description = "The device to explain.")
  private String device = "";

  @Option(
      names = "--threat",
      paramLabel = "ID",
      description = "Explain this one of its threats alone.")
  private @Nullable String threat;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description =
          "The instant to explain; later events are left out. Default: the latest instant in the"
              + " events.")
  private @Nullable Instant at;

  @Option(names = "--format", paramLabel = "FORMAT", description = "text (the default) or json.")
  private Format format = Format.TEXT;

  ExplainCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    Optional<CompiledPolicies> policies = PolicyFiles.compiled(policy, spec, streams.err());
    if (policies.isEmpty()) {
      return 1;
    }
    List<Effect> past = new ArrayList<>();
    try (EventsFile file = EventsFile.open(events, spec, streams.in())) {
      return new Replay(policies.get(), file, new Memory(device, past), streams.err())
          .fleetAt(Optional.ofNullable(at))
          .map(fleet -> explain(fleet, past))
          .orElse(1);
    } catch (IOException e) {
      streams.err().println(Text.cannot("read the events", e));
      return 2;
    }
  }

  private int explain(Fleet fleet, List<Effect> past) {
    DeviceState state;
    try {
      state = fleet.device(device);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--device: is not the id of a device, expected 1 to "
              + Limits.MAX_ID_LENGTH
              + " characters",
          e);
    }
    if (!(state instanceof EnrolledDevice enrolled)) {
      streams
          .err()
          .println(Text.oneLine("device " + device + " is not enrolled at " + fleet.latestSeen()));
      return 1;
    }
    Explanation explanation = Explanation.of(enrolled, fleet.policies(), fleet.latestSeen(), past);
    if (threat != null && !explanation.threats().containsKey(threat)) {
      streams
          .err()
          .println(
              Text.oneLine(
                  "threat "
                      + threat
                      + " is not open on "
                      + device
                      + " at "
                      + fleet.latestSeen()
                      + (explanation.threats().isEmpty()
                          ? ": no threat is"
                          : ", expected one of " + explanation.threats().keySet())));
      return 1;
    }
    Optional<String> only = Optional.ofNullable(threat);
    CompiledPolicies inForce = fleet.policies().current();
    return switch (format) {
      case TEXT -> Results.text(streams, ExplanationText.of(explanation, inForce, only));
      case JSON -> Results.json(streams, out -> ExplanationJson.write(out, explanation, only));
    };
  }

  /** Keeps what happened to one device. */
  private record Memory(String device, List<Effect> past) implements Story {
    @Override
    public void event(long number, Instant at, EngineEvent event) {
      // what the device was told is in its effects
    }

    @Override
    public void policies(CompiledPolicies policies) {
      // the fleet knows them
    }

    @Override
    public void effect(Effect effect) {
      if (effect.header().device().filter(device::equals).isPresent()) {
        past.add(effect);
      }
    }

    @Override
    public void flush() {
      // nothing is held back
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}
