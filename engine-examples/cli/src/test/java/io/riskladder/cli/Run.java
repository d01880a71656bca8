package io.riskladder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A run of the command in this process, and what came of it. */
record Run(int status, String out, String err) {

  /** A run that finds nothing on standard input. */
  static Run of(String... arguments) {
    return reading("", arguments);
  }

  /** A run with arguments that several runs share, and then its own. */
  static Run of(String command, List<String> shared, String... more) {
    return of(joined(command, shared, more));
  }

  private static String[] joined(String command, List<String> shared, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(shared);
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** A run whose reader has gone, so that all it can put out is diagnostics. */
  static Run unread(String command, List<String> shared, String... more) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Riskladder.run(
            InputStream.nullInputStream(), new ClosedStream(), err, joined(command, shared, more));
    return new Run(status, "", err.toString(UTF_8));
  }

  static Run reading(String in, String... arguments) {
    return reading(new ByteArrayInputStream(in.getBytes(UTF_8)), arguments);
  }

  static Run reading(InputStream in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Riskladder.run(in, out, err, arguments);
    return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  static void assertWrongUsage(String firstLine, Run run) {
    assertEquals(2, run.status);
    assertEquals("", run.out);
    assertEquals(Optional.of(firstLine), run.err.lines().findFirst());
  }

  static void assertToldThatNobodyReads(Run run) {
    assertEquals(1, run.status);
    assertEquals(1, run.err.lines().count(), run.err);
    assertTrue(run.err.startsWith("cannot write the results: "), run.err);
  }
}
