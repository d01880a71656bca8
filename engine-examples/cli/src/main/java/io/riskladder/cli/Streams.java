package io.riskladder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;

/**
 * Where a run reads and writes.
 *
 * @param in standard input
 * @param out results
 * @param err diagnostics
 */
record Streams(InputStream in, OutputStream out, PrintWriter err) {
  static Streams of(InputStream in, OutputStream out, OutputStream err) {
    return new Streams(in, out, new PrintWriter(err, true, UTF_8));
  }

  PrintWriter outWriter() {
    return new PrintWriter(out, false, UTF_8);
  }
}
