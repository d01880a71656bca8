package io.riskladder.cli;

import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.mobilerisk.FeedVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs events through a policy and puts out what follows. */
@Command(
    name = "replay",
    description = "Runs events through a policy and puts out what follows, in order.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ReplayCommand implements Callable<Integer> {
  /** How effects are put out. */
  enum Format {
    JSONL,
    TEXT
  }

  private final Streams streams;

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(
      names = "--events",
      required = true,
      paramLabel = "FILE",
      description = "The events, one JSON object a line; - for standard input.")
  private String events = EventsFile.STANDARD_INPUT;

  @Option(
      names = "--events-format",
      paramLabel = "FORMAT",
      converter = EventsFormat.Converter.class,
      description =
          "riskladder (the default), or the mobile risk API's mobile-risk-v1 or mobile-risk-v2, in"
              + " any framing; what became of its events is said on standard error.")
  private EventsFormat eventsFormat = EventsFormat.RISKLADDER;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description =
          "Let time pass to this instant after the last event, like 2026-04-01T00:00:00Z."
              + " Default: the latest instant in the events.")
  private @Nullable Instant until;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "jsonl (the default), for programs, or text, for people.")
  private Format format = Format.JSONL;

  ReplayCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    Optional<CompiledPolicies> policies = policy.compiled(streams.err());
    if (policies.isEmpty()) {
      return 1;
    }
    try {
      return replay(policies.get());
    } catch (UncheckedIOException e) {
      streams.err().println(Text.cannot("write the results", e));
      return 1;
    } catch (IOException e) {
      streams.err().println(Text.cannot("read the events", e));
      return 2;
    }
  }

  private int replay(CompiledPolicies policies) throws IOException {
    try (EventsFile file = EventsFile.open(events, spec, streams.in());
        Story story = story(policies)) {
      Optional<FeedVersion> feed = eventsFormat.feed();
      return feed.isPresent()
          ? new FeedReplay(policies, file, feed.get(), story, streams.err())
              .run(Optional.ofNullable(until))
          : new Replay(policies, file, story, streams.err()).run(Optional.ofNullable(until));
    }
  }

  private Story story(CompiledPolicies policies) throws IOException {
    return switch (format) {
      case JSONL -> new JsonLines(streams.out());
      case TEXT -> new TextStory(streams.outWriter(), policies);
    };
  }
}
