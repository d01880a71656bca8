package io.riskladder.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON into maps, lists, strings, longs, booleans and {@link #NULL}. */
final class Json {
  /** What null is read as. */
  static final Object NULL = "null itself, not a text";

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  static List<Map<String, Object>> lines(String text) {
    return text.lines().map(Json::object).toList();
  }

  static Map<String, Object> object(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      parser.nextToken();
      return struct(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  /** {@return a list within an object} */
  static List<?> list(Map<String, Object> object, String field) {
    return (List<?>) there(object, field);
  }

  /** {@return an object within an object} */
  static Map<String, Object> fields(Map<String, Object> object, String field) {
    return fields(there(object, field));
  }

  /** {@return what was read as an object, like an item of a list} */
  @SuppressWarnings("unchecked") // every object is read as such a map
  static Map<String, Object> fields(Object value) {
    return (Map<String, Object>) value;
  }

  private static Object there(Map<String, Object> object, String field) {
    return Optional.ofNullable(object.get(field))
        .orElseThrow(() -> new AssertionError(field + " is not among " + object.keySet()));
  }

  private static Map<String, Object> struct(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> struct(parser);
      case START_ARRAY -> items(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NULL;
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }

  private static List<Object> items(JsonParser parser) throws IOException {
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return elements;
  }
}
