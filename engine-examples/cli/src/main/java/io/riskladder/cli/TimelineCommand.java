package io.riskladder.cli;

import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.simulation.Timeline;
import io.riskladder.core.simulation.TimelinePicture;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what one ladder does to one device over time. */
@Command(
    name = "timeline",
    description =
        "Says what becomes of one device over time if its user does nothing about a threat.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class TimelineCommand implements Callable<Integer> {
  /** How the timeline is put out. */
  enum Format {
    TEXT,
    JSON,
    SVG
  }

  private final Streams streams;
  private final InstantSource clock;

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(
      names = "--group",
      required = true,
      paramLabel = "ID",
      description = "The group that the device is in.")
  private String group = "";

  @Option(
      names = "--classification",
      required = true,
      paramLabel = "ID",
      description = "The kind of threat, like OUT_OF_DATE_OS.")
  private String classification = "";

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      converter = InstantConverter.class,
      description = "When the threat is found, like 2026-04-01T09:00:00Z. Default: now.")
  private @Nullable Instant from;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text (the default), json, or svg: a picture.")
  private Format format = Format.TEXT;

  TimelineCommand(Streams streams, InstantSource clock) {
    this.streams = streams;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Optional<CompiledPolicies> policies = policy.compiled(streams.err());
    if (policies.isEmpty()) {
      return 1;
    }
    Instant found = from == null ? clock.instant().truncatedTo(ChronoUnit.MINUTES) : from;
    Timeline timeline;
    try {
      timeline = Timeline.of(policies.get(), group, classification, found);
    } catch (IllegalArgumentException e) { // an argument names what is not there
      throw Usage.wrong(spec, e);
    }
    return switch (format) {
      case TEXT -> Results.text(streams, TimelineText.of(timeline, policies.get()));
      case JSON -> Results.json(streams, out -> TimelineJson.write(out, timeline));
      case SVG -> Results.text(streams, TimelinePicture.svg(timeline));
    };
  }
}
