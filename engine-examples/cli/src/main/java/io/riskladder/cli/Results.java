package io.riskladder.cli;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;

/** Puts results on standard output; each returns the exit status. */
final class Results {
  /** Writes one JSON value. */
  @FunctionalInterface
  interface Json {
    void writeTo(JsonGenerator out) throws IOException;
  }

  private Results() {}

  static int text(Streams streams, String text) {
    PrintWriter out = streams.outWriter();
    out.print(text);
    if (out.checkError()) { // a print writer keeps quiet about what it could not write
      streams.err().println("cannot write the results: standard output is closed");
      return 1;
    }
    return 0;
  }

  /** Puts out a JSON value and the end of the line. */
  static int json(Streams streams, Json json) {
    try (JsonGenerator out = new JsonFactory().createGenerator(streams.out(), JsonEncoding.UTF8)) {
      json.writeTo(out);
      out.writeRaw('\n');
      return 0;
    } catch (IOException e) {
      streams.err().println(Text.cannot("write the results", e));
      return 1;
    }
  }

  /** Writes a field that is a list of strings. */
  static void strings(JsonGenerator out, String field, Collection<String> values)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }
}
