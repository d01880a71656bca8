package io.riskladder.mobilerisk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** A JSON value. */
sealed interface Json {
  /** Longest text in an event, in characters: 1 Mi. */
  int MAX_TEXT = 1024 * 1024;

  JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
          .build();

  /** {@return what it is, for messages} */
  String kind();

  void writeTo(JsonGenerator out) throws IOException;

  /** {@return the value as JSON without spaces} */
  default String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = FACTORY.createGenerator(text)) {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory has no I/O to fail
    }
    return text.toString();
  }

  record Text(String value) implements Json {
    @Override
    public String kind() {
      return "text";
    }

    @Override
    public void writeTo(JsonGenerator out) throws IOException {
      out.writeString(value);
    }
  }

  /** As it was written, so that nothing is lost. */
  record Numeral(String digits) implements Json {
    @Override
    public String kind() {
      return "a number";
    }

    @Override
    public void writeTo(JsonGenerator out) throws IOException {
      out.writeNumber(digits);
    }
  }

  record Bool(boolean value) implements Json {
    @Override
    public String kind() {
      return "the word " + value;
    }

    @Override
    public void writeTo(JsonGenerator out) throws IOException {
      out.writeBoolean(value);
    }
  }

  record Null() implements Json {
    @Override
    public String kind() {
      return "null";
    }

    @Override
    public void writeTo(JsonGenerator out) throws IOException {
      out.writeNull();
    }
  }

  /** In the order of the text. */
  record Items(List<Json> elements) implements Json {
    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public void writeTo(JsonGenerator out) throws IOException {
      out.writeStartArray();
      for (Json element : elements) {
        element.writeTo(out);
      }
      out.writeEndArray();
    }
  }

  /** In the order of the text. */
  record Struct(Map<String, Json> fields) implements Json {
    @Override
    public String kind() {
      return "an object";
    }

    @Override
    public void writeTo(JsonGenerator out) throws IOException {
      out.writeStartObject();
      for (Map.Entry<String, Json> field : fields.entrySet()) {
        out.writeFieldName(field.getKey());
        field.getValue().writeTo(out);
      }
      out.writeEndObject();
    }
  }
}
