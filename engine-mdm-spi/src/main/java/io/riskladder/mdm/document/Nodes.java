package io.riskladder.mdm.document;

import io.riskladder.mdm.document.DocumentProblem.Place;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a text into nodes; refuses what documents may not have, in either format. */
final class Nodes {
  /** Deepest nesting of objects and lists in one another. */
  static final int MAX_DEPTH = 20;

  /** What parsers add for those who program with them. */
  private static final Pattern ASIDE =
      Pattern.compile(
          " \\(start marker at.*| \\(not recognized.*|: enable `.*| \\(enable .*|<?(org|com|java)\\.[\\w.]+[:(]?.*");

  private static final int LONGEST_REASON = 200;

  private Nodes() {}

  /**
   * {@return the one value that the text is}
   *
   * @throws InvalidDocumentException if it is not one value; what is wrong within the value goes to
   *     the problems
   */
  static Node parse(String text, DocumentFormat format, Problems problems) {
    return switch (format) {
      case JSON -> JsonNodes.parse(text, problems);
      case YAML -> YamlNodes.parse(text, problems);
    };
  }

  static InvalidDocumentException malformed(Place place, String message) {
    return new InvalidDocumentException(List.of(new DocumentProblem("", message, place)));
  }

  static InvalidDocumentException empty() {
    return malformed(Place.START, "is empty, expected an object");
  }

  static InvalidDocumentException secondValue(Place place) {
    return malformed(place, "a second value, expected the document to be one");
  }

  static void checkDepth(int depth, Place place) {
    if (depth > MAX_DEPTH) {
      throw malformed(place, "is more than " + MAX_DEPTH + " levels deep");
    }
  }

  static void put(
      Map<String, Node> fields,
      String name,
      Node value,
      String path,
      Place namePlace,
      Problems problems) {
    if (fields.putIfAbsent(name, value) != null) {
      problems.report(path, namePlace, "is given twice");
    }
  }

  /** {@return a parser's own reason, in one line and in our style} */
  static String reason(@Nullable String message) {
    String first = message == null ? "" : message.lines().findFirst().orElse("");
    StringBuilder line = new StringBuilder();
    ASIDE
        .matcher(first)
        .replaceFirst("")
        .codePoints()
        .limit(LONGEST_REASON)
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .forEach(line::appendCodePoint);
    String reason = line.toString().strip();
    return reason.isEmpty()
        ? "cannot be read"
        : reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }
}
