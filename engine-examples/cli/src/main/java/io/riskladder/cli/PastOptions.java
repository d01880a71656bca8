package io.riskladder.cli;

import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options by which a command is told what made the devices what they are. */
final class PastOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Option(
      names = "--events",
      required = true,
      paramLabel = "FILE",
      description = "What happened so far, one JSON object a line; - for standard input.")
  private String events = "-";

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description =
          "The instant to look at, like 2026-04-01T00:00:00Z; later events are left out. Default:"
              + " the latest instant in the events.")
  private @Nullable Instant at;

  /** {@return the fleet as it is then; nothing if a line of the events is wrong, which is said} */
  Optional<Fleet> fleet(CompiledPolicies policies, Story story, Streams streams)
      throws IOException {
    try (EventsFile file = EventsFile.open(events, spec, streams.in())) {
      return new Replay(policies, file, story, streams.err()).fleetAt(Optional.ofNullable(at));
    }
  }
}
