package io.riskladder.mdm.document;

import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.Paths;
import io.riskladder.mdm.document.DocumentProblem.Place;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Turns YAML into nodes, with the place of each. Plain words are read as YAML 1.2 reads them: null,
 * true, false and numbers, in their usual spellings, and text otherwise.
 */
final class YamlNodes {
  /** Longest line, in characters: what a longer one takes to scan grows with its square. */
  static final int MAX_LINE_LENGTH = 64 * 1024;

  private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
  private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
  private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
  private static final Pattern NUMERAL =
      Pattern.compile(
          "[-+]?(0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+"
              + "|[-+]?(\\.[0-9]+|[0-9]+\\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private final Iterator<Event> events;
  private final Problems problems;

  private YamlNodes(Iterator<Event> events, Problems problems) {
    this.events = events;
    this.problems = problems;
  }

  static Node parse(String text, Problems problems) {
    checkLines(text);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(PolicyDocuments.MAX_BYTES);
    try {
      Iterable<Event> events = new Yaml(options).parse(new StringReader(text));
      return new YamlNodes(events.iterator(), problems).document();
    } catch (MarkedYAMLException e) {
      throw Nodes.malformed(placeOf(e.getProblemMark()), Nodes.reason(e.getProblem()));
    } catch (ReaderException e) {
      throw Nodes.malformed(
          Utf8.endOf(text.substring(0, text.offsetByCodePoints(0, e.getPosition()))),
          "has a character that YAML does not allow");
    } catch (YAMLException | NumberFormatException e) {
      throw Nodes.malformed(Place.START, Nodes.reason(e.getMessage()));
    }
  }

  private static void checkLines(String text) {
    int lineStart = 0;
    int line = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        lineStart = i + 1;
        line++;
      } else if (i - lineStart >= MAX_LINE_LENGTH) {
        throw Nodes.malformed(
            new Place(line, i - lineStart + 1),
            "has a line of more than " + MAX_LINE_LENGTH + " characters");
      }
    }
  }

  private Node document() {
    events.next(); // the stream begins
    Event event = events.next();
    if (!(event instanceof DocumentStartEvent start)) {
      throw Nodes.empty();
    }
    if (start.getTags() != null && !start.getTags().isEmpty()) {
      throw Nodes.malformed(placeOf(start.getStartMark()), "a %TAG directive, expected none");
    }
    Node root = value(events.next(), "", 1);
    events.next(); // the document ends
    Event after = events.next();
    if (after instanceof DocumentStartEvent) {
      throw Nodes.secondValue(placeOf(after.getStartMark()));
    }
    return root;
  }

  private Node value(Event event, String path, int depth) {
    Place place = placeOf(event.getStartMark());
    Nodes.checkDepth(depth, place);
    refuseExtras(event, place);
    problems.place(path, place);
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar, place);
    }
    return event.is(Event.ID.MappingStart) ? struct(path, place, depth) : items(path, place, depth);
  }

  private static void refuseExtras(Event event, Place place) {
    if (event instanceof AliasEvent) {
      throw Nodes.malformed(place, "an alias (*), expected the value itself");
    }
    if (event instanceof NodeEvent node && node.getAnchor() != null) {
      throw Nodes.malformed(place, "an anchor (&), expected none");
    }
    boolean tagged =
        event instanceof ScalarEvent scalar
            ? scalar.getTag() != null
            : event instanceof CollectionStartEvent collection && collection.getTag() != null;
    if (tagged) {
      throw Nodes.malformed(place, "a tag (!), expected none");
    }
  }

  private static Node scalar(ScalarEvent scalar, Place place) {
    String value = scalar.getValue();
    if (!scalar.isPlain()) {
      return new Node.Text(place, value);
    } else if (NULL.matcher(value).matches()) {
      return new Node.Null(place);
    } else if (TRUE.matcher(value).matches()) {
      return new Node.Bool(place, true);
    } else if (FALSE.matcher(value).matches()) {
      return new Node.Bool(place, false);
    } else if (NUMERAL.matcher(value).matches()) {
      return new Node.Numeral(place, Checks.excerpt(value));
    }
    return new Node.Text(place, value);
  }

  private Node struct(String path, Place place, int depth) {
    Map<String, Node> fields = new LinkedHashMap<>();
    for (Event name = events.next(); !name.is(Event.ID.MappingEnd); name = events.next()) {
      Place namePlace = placeOf(name.getStartMark());
      refuseExtras(name, namePlace);
      if (!(name instanceof ScalarEvent scalar)) {
        throw Nodes.malformed(namePlace, "expected the name of a field");
      }
      String fieldPath = Paths.key(path, scalar.getValue());
      Node value = value(events.next(), fieldPath, depth + 1);
      Nodes.put(fields, scalar.getValue(), value, fieldPath, namePlace, problems);
    }
    return new Node.Struct(place, fields);
  }

  private Node items(String path, Place place, int depth) {
    List<Node> elements = new ArrayList<>();
    for (Event event = events.next(); !event.is(Event.ID.SequenceEnd); event = events.next()) {
      elements.add(value(event, Paths.index(path, elements.size()), depth + 1));
    }
    return new Node.Items(place, elements);
  }

  private static Place placeOf(@Nullable Mark mark) {
    return mark == null ? Place.START : new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
