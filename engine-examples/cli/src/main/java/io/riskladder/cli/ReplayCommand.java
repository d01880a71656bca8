package io.riskladder.cli;

import io.riskladder.core.Limits;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.mdm.document.InvalidDocumentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs events through a policy and puts out what follows. */
@Command(
    name = "replay",
    description = "Runs events through a policy and puts out what follows, in order.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ReplayCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  /** How effects are put out. */
  enum Format {
    JSONL,
    TEXT
  }

  private final Streams streams;

  @Spec private CommandSpec spec = CommandSpec.create(); // picocli puts the real one here

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "The policy document: .json is JSON, anything else YAML.")
  private Path policy = Path.of("");

  @Option(
      names = "--events",
      required = true,
      paramLabel = "FILE",
      description = "The events, one JSON object a line; - for standard input.")
  private String events = STANDARD_INPUT;

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
    CompiledPolicies policies;
    try {
      policies = PolicyFiles.read(policy, spec).compile();
    } catch (InvalidDocumentException e) {
      e.problems().forEach(problem -> streams.err().println(PolicyFiles.line(problem)));
      return 1;
    }
    try {
      return replay(policies);
    } catch (UncheckedIOException e) {
      streams.err().println(Text.cannot("write the results", e));
      return 1;
    } catch (IOException e) {
      streams.err().println(Text.cannot("read the events", e));
      return 2;
    }
  }

  private int replay(CompiledPolicies policies) throws IOException {
    boolean fromFile = !events.equals(STANDARD_INPUT);
    String name = fromFile ? events : "standard input";
    Path folder = fromFile ? Path.of(events).toAbsolutePath().getParent() : Path.of("");
    try (InputStream in = fromFile ? open(Path.of(events)) : streams.in();
        Story story = story(policies)) {
      return new Replay(policies, name, folder, story, streams.err())
          .run(in, Optional.ofNullable(until));
    }
  }

  private Story story(CompiledPolicies policies) throws IOException {
    return switch (format) {
      case JSONL -> new JsonLines(streams.out());
      case TEXT -> new Timeline(streams.outWriter(), policies);
    };
  }

  private InputStream open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new IOException("it is a folder");
      }
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), PolicyFiles.unreadable(file, e), e);
    }
  }

  /** Reads an instant as documents have it. */
  static final class InstantConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String value) {
      try {
        Instant instant = Instant.parse(value);
        if (value.endsWith("Z")
            && !instant.isBefore(Limits.EARLIEST)
            && !instant.isAfter(Limits.LATEST)) {
          return instant;
        }
      } catch (DateTimeException e) {
        // said below, with the other reasons
      }
      throw new TypeConversionException(
          "'"
              + value
              + "' is not an instant from 1970 to 9999, expected one like 2026-04-01T00:00:00Z");
    }
  }
}
