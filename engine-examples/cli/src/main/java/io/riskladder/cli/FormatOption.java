package io.riskladder.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option by which a command is told to put out text or JSON. */
final class FormatOption {
  private enum Format {
    TEXT,
    JSON
  }

  @Option(names = "--format", paramLabel = "FORMAT", description = "text (the default) or json.")
  private Format format = Format.TEXT;

  /** Puts out one of the two; returns the exit status. */
  int put(Streams streams, Supplier<String> text, Results.Json json) {
    return switch (format) {
      case TEXT -> Results.text(streams, text.get());
      case JSON -> Results.json(streams, json);
    };
  }
}
