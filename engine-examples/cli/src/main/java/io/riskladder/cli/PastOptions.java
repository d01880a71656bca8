package io.riskladder.cli;

import io.riskladder.core.device.Effect;
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
  private String events = EventsFile.STANDARD_INPUT;

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
    Rejections rejections = new Rejections(story);
    try (EventsFile file = EventsFile.open(events, spec, streams.in())) {
      Optional<Fleet> fleet =
          new Replay(policies, file, rejections, streams.err()).fleetAt(Optional.ofNullable(at));
      if (rejections.count > 0) {
        streams
            .err()
            .println(
                rejections.count
                    + (rejections.count == 1 ? " event was" : " events were")
                    + " rejected and did nothing; replay says why");
      }
      return fleet;
    }
  }

  /** Counts the events that did nothing, as they may be why something is not as expected. */
  private static final class Rejections implements Story {
    private final Story story;
    private long count;

    Rejections(Story story) {
      this.story = story;
    }

    @Override
    public void effect(Effect effect) {
      if (effect instanceof Effect.Rejected) {
        count++;
      }
      story.effect(effect);
    }
  }
}
