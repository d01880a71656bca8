package io.riskladder.mdm.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.Paths;
import io.riskladder.mdm.document.DocumentProblem.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/** Turns a text into nodes, with the place of each; refuses what documents may not have. */
final class NodeParser {
  static final int MAX_DEPTH = 20;

  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH + 2).build();
  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
  private static final YAMLFactory YAML =
      YAMLFactory.builder()
          .streamReadConstraints(CONSTRAINTS)
          .loaderOptions(loaderOptions())
          .build();

  private final JsonParser parser;
  private final Problems problems;

  private NodeParser(JsonParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /**
   * {@return the one value that the text is}
   *
   * @throws InvalidDocumentException if it is not one value; what is wrong within the value goes to
   *     the problems
   */
  static Node parse(String text, DocumentFormat format, Problems problems) {
    JsonFactory factory = format == DocumentFormat.JSON ? JSON : YAML;
    try (JsonParser parser = factory.createParser(text)) {
      return new NodeParser(parser, problems).document();
    } catch (JsonProcessingException e) {
      throw malformed(placeOf(e.getLocation()), reason(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory has no I/O to fail
    }
  }

  private static LoaderOptions loaderOptions() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(PolicyDocuments.MAX_BYTES);
    return options;
  }

  static InvalidDocumentException malformed(Place place, String message) {
    return new InvalidDocumentException(List.of(new DocumentProblem("", message, place)));
  }

  private Node document() throws IOException {
    if (parser.nextToken() == null) {
      throw malformed(Place.START, "is empty, expected an object");
    }
    Node root = value("", 1);
    if (parser.nextToken() != null) {
      throw malformed(here(), "a second value, expected the document to be one");
    }
    return root;
  }

  private Node value(String path, int depth) throws IOException {
    Place place = here();
    if (depth > MAX_DEPTH) {
      throw malformed(place, "is more than " + MAX_DEPTH + " levels deep");
    }
    refuseYamlExtras(place);
    problems.place(path, place);
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> struct(path, place, depth);
      case START_ARRAY -> items(path, place, depth);
      case VALUE_STRING -> new Node.Text(place, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Node.Numeral(place, Checks.excerpt(parser.getText()));
      case VALUE_TRUE -> new Node.Bool(place, true);
      case VALUE_FALSE -> new Node.Bool(place, false);
      case VALUE_NULL -> new Node.Null(place);
      default -> throw malformed(place, "expected a value");
    };
  }

  private Node struct(String path, Place place, int depth) throws IOException {
    Map<String, Node> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Place namePlace = here();
      refuseYamlExtras(namePlace);
      String name = parser.currentName();
      String fieldPath = Paths.key(path, name);
      parser.nextToken();
      Node value = value(fieldPath, depth + 1);
      if (fields.putIfAbsent(name, value) != null) {
        problems.report(fieldPath, namePlace, "is given twice");
      }
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

  private void refuseYamlExtras(Place place) throws IOException {
    if (parser instanceof YAMLParser yaml) {
      if (yaml.isCurrentAlias()) {
        throw malformed(place, "an alias (*), expected the value itself");
      }
      if (parser.getObjectId() != null) {
        throw malformed(place, "an anchor (&), expected none");
      }
      if (parser.getTypeId() != null) {
        throw malformed(place, "a tag (!), expected none");
      }
    }
  }

  private Place here() {
    return placeOf(parser.currentTokenLocation());
  }

  private static Place placeOf(@Nullable JsonLocation location) {
    return location == null
        ? Place.START
        : new Place(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  /** The parser's own reason, in one line and in our style. */
  private static String reason(@Nullable String message) {
    String line = message == null ? "" : message.lines().findFirst().orElse("").strip();
    if (line.isEmpty()) {
      return "cannot be read";
    }
    return line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
  }
}
