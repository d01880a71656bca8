package io.riskladder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/** A run of the command in this process, and what came of it. */
record Run(int status, String out, String err) {

  /** A run that finds nothing on standard input. */
  static Run of(String... arguments) {
    return reading("", arguments);
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
}
