package io.riskladder.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Events that the user named.
 *
 * @param name how to speak of them
 * @param folder what the policy files that they name are relative to
 * @param in the events, one JSON object a line
 */
record EventsFile(String name, Path folder, InputStream in) implements Closeable {
  /** How the user names standard input. */
  static final String STANDARD_INPUT = "-";

  /**
   * {@return the events of a file, or of standard input for {@code -}}
   *
   * @throws ParameterException if there is no such file, or it cannot be read
   */
  static EventsFile open(String events, CommandSpec spec, InputStream standardInput) {
    if (events.equals(STANDARD_INPUT)) {
      return new EventsFile("standard input", Path.of(""), standardInput);
    }
    Path file = Path.of(events);
    try {
      if (Files.isDirectory(file)) {
        throw new IOException("it is a folder");
      }
      Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
      return new EventsFile(events, folder, Files.newInputStream(file));
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), PolicyFiles.unreadable(file, e), e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
