package io.riskladder.cli;

import io.riskladder.core.Limits;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.simulation.Explanation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
  private final Streams streams;

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Mixin private PolicyOption policy = new PolicyOption();

  @Mixin private PastOptions past = new PastOptions();

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

  @Mixin private FormatOption format = new FormatOption();

  ExplainCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    Optional<CompiledPolicies> policies = policy.compiled(streams.err());
    if (policies.isEmpty()) {
      return 1;
    }
    Memory memory = new Memory(device, new ArrayList<>());
    try {
      return past.fleet(policies.get(), memory, streams)
          .map(fleet -> explain(fleet, memory.effects))
          .orElse(1);
    } catch (IOException e) {
      streams.err().println(Text.cannot("read the events", e));
      return 2;
    }
  }

  private int explain(Fleet fleet, List<Effect> effects) {
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
    Explanation explanation =
        Explanation.of(enrolled, fleet.policies(), fleet.latestSeen(), effects);
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
    Excerpt excerpt = new Excerpt(explanation, Optional.ofNullable(threat));
    CompiledPolicies inForce = fleet.policies().current();
    return format.put(
        streams,
        () -> ExplanationText.of(excerpt, inForce),
        out -> ExplanationJson.write(out, excerpt));
  }

  /** Keeps what happened to one device. */
  private record Memory(String device, List<Effect> effects) implements Story {
    @Override
    public void effect(Effect effect) {
      if (effect.header().device().filter(device::equals).isPresent()) {
        effects.add(effect);
      }
    }
  }
}
