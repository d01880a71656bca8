package io.riskladder.mdm.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.Paths;
import io.riskladder.mdm.document.DocumentProblem.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns JSON into nodes, with the place of each. */
final class JsonNodes {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(Nodes.MAX_DEPTH + 2).build())
          .build();

  private final JsonParser parser;
  private final Problems problems;

  private JsonNodes(JsonParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  static Node parse(String text, Problems problems) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new JsonNodes(parser, problems).document();
    } catch (JsonProcessingException e) {
      throw Nodes.malformed(placeOf(e.getLocation()), Nodes.reason(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory has no I/O to fail
    }
  }

  private Node document() throws IOException {
    if (parser.nextToken() == null) {
      throw Nodes.empty();
    }
    Node root = value("", 1);
    if (parser.nextToken() != null) {
      throw Nodes.secondValue(here());
    }
    return root;
  }

  private Node value(String path, int depth) throws IOException {
    Place place = here();
    Nodes.checkDepth(depth, place);
    problems.place(path, place);
    return switch (parser.currentToken()) {
      case START_OBJECT -> struct(path, place, depth);
      case START_ARRAY -> items(path, place, depth);
      case VALUE_STRING -> new Node.Text(place, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Node.Numeral(place, Checks.excerpt(parser.getText()));
      case VALUE_TRUE -> new Node.Bool(place, true);
      case VALUE_FALSE -> new Node.Bool(place, false);
      case VALUE_NULL -> new Node.Null(place);
      default -> throw Nodes.malformed(place, "expected a value");
    };
  }

  private Node struct(String path, Place place, int depth) throws IOException {
    Map<String, Node> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Place namePlace = here();
      String name = parser.currentName();
      String fieldPath = Paths.key(path, name);
      parser.nextToken();
      Nodes.put(fields, name, value(fieldPath, depth + 1), fieldPath, namePlace, problems);
    }
    return new Node.Struct(place, fields);
  }

  private Node items(String path, Place place, int depth) throws IOException {
    List<Node> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(Paths.index(path, elements.size()), depth + 1));
    }
    return new Node.Items(place, elements);
  }

  private Place here() {
    return placeOf(parser.currentTokenLocation());
  }

  private static Place placeOf(@Nullable JsonLocation location) {
    return location == null
        ? Place.START
        : new Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }
}
