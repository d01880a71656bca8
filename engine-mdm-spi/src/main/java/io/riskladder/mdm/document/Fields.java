package io.riskladder.mdm.document;

import static java.util.stream.Collectors.joining;

import io.riskladder.core.Limits;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.InvalidValueException;
import io.riskladder.core.internal.Paths;
import io.riskladder.mdm.document.DocumentProblem.Place;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a document. Each reader answers with nothing where there is nothing,
 * or where what there is cannot be used, which is then among the problems.
 */
final class Fields {
  /** Reads the value at a path. */
  interface Reader<T> {
    Optional<T> read(String path, Node node);
  }

  private final String path;
  private final Place place;
  private final Map<String, Node> values;
  private final boolean readable;
  private final Problems problems;

  /** The fields of a node, which should be an object with fields of these names and no others. */
  Fields(String path, Node node, Problems problems, String... names) {
    this(path, node, problems);
    Set<String> known = Set.of(names);
    values.forEach((name, value) -> checkKnown(name, value, known));
  }

  private Fields(String path, Node node, Problems problems) {
    this.path = path;
    this.place = node.place();
    this.problems = problems;
    this.readable = node instanceof Node.Struct;
    if (node instanceof Node.Struct struct) {
      this.values = struct.fields();
    } else {
      this.values = Map.of();
      problems.broken(path, place, "expected an object, got " + node.kind());
    }
  }

  /**
   * {@return the fields of a node, which should be an object; others than those read may be there}
   */
  static Fields ofAny(String path, Node node, Problems problems) {
    return new Fields(path, node, problems);
  }

  private void checkKnown(String name, Node value, Set<String> known) {
    if (!known.contains(name)) {
      String hint =
          Checks.nearest(name, known)
              .map(near -> ", did you mean " + near + "?")
              .orElse(", expected one of " + known.stream().sorted().collect(joining(", ")));
      problems.broken(Paths.key(path, name), value.place(), "unknown field" + hint);
    }
  }

  Place place() {
    return place;
  }

  /** {@return what stands in a field, null included, if the field is there} */
  @Nullable Node raw(String name) {
    return values.get(name);
  }

  /** {@return whether something stands in a field, which null does not} */
  boolean has(String name) {
    return values.containsKey(name) && !(values.get(name) instanceof Node.Null);
  }

  <T> Optional<T> optional(String name, Reader<T> reader) {
    Node node = values.get(name);
    return node == null || node instanceof Node.Null
        ? Optional.empty()
        : reader.read(Paths.field(path, name), node);
  }

  <T> Optional<T> required(String name, Reader<T> reader) {
    Node node = values.get(name);
    if (readable && (node == null || node instanceof Node.Null)) {
      problems.broken(Paths.field(path, name), place, "is missing");
    }
    return optional(name, reader);
  }

  <T> List<T> optionalList(String name, Reader<T> reader) {
    return this.<List<T>>optional(name, (at, node) -> list(at, node, reader)).orElse(List.of());
  }

  <T> List<T> requiredList(String name, Reader<T> reader) {
    return this.<List<T>>required(name, (at, node) -> list(at, node, reader)).orElse(List.of());
  }

  <T> Optional<List<T>> list(String at, Node node, Reader<T> reader) {
    if (!(node instanceof Node.Items items)) {
      problems.broken(at, node.place(), "expected a list, got " + node.kind());
      return Optional.empty();
    }
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < items.elements().size(); i++) {
      reader.read(Paths.index(at, i), items.elements().get(i)).ifPresent(elements::add);
    }
    return Optional.of(elements);
  }

  Optional<String> text(String at, Node node) {
    if (node instanceof Node.Text text) {
      return Optional.of(text.value());
    }
    boolean wantsQuotes = node instanceof Node.Numeral || node instanceof Node.Bool;
    problems.broken(
        at,
        node.place(),
        "expected text, got " + node.kind() + (wantsQuotes ? "; put it in quotes" : ""));
    return Optional.empty();
  }

  /** {@return a reader of text that a check may refuse or turn into something else} */
  <T> Reader<T> text(Function<String, T> check) {
    return (at, node) ->
        text(at, node).flatMap(value -> valid(at, node.place(), () -> check.apply(value)));
  }

  <T> Optional<T> valid(String at, Place where, Supplier<T> value) {
    try {
      return Optional.of(value.get());
    } catch (InvalidValueException e) {
      problems.broken(at, where, e.problem());
      return Optional.empty();
    }
  }

  Optional<String> id(String at, Node node) {
    return text(value -> Checks.id(at, value)).read(at, node);
  }

  /** {@return an instant in UTC, in the years of events} */
  Optional<Instant> instant(String at, Node node) {
    return text(value -> Checks.instant(at, utc(at, value))).read(at, node);
  }

  /** {@return an instant in UTC, up to so long after the years of events} */
  Reader<Instant> instantUpTo(Instant latest) {
    return (at, node) -> text(value -> notAfter(at, utc(at, value), latest)).read(at, node);
  }

  private static Instant notAfter(String at, Instant instant, Instant latest) {
    if (instant.isBefore(Limits.EARLIEST) || instant.isAfter(latest)) {
      throw Checks.invalid(
          at, instant + " is out of range, expected one from " + Limits.EARLIEST + " to " + latest);
    }
    return instant;
  }

  private static Instant utc(String at, String text) {
    try {
      if (!text.endsWith("Z")) {
        throw Checks.invalid(at, Checks.excerpt(text) + " does not end in Z, expected UTC");
      }
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw Checks.invalid(
          at, Checks.excerpt(text) + " is not an instant, expected one like 2026-03-02T09:00:00Z");
    }
  }

  /** {@return a text of at most so many characters, well-formed} */
  Reader<String> textUpTo(int maxLength) {
    return text(value -> Checks.text("", value, maxLength));
  }

  Optional<String> name(String at, Node node) {
    return text(value -> Checks.name(at, value)).read(at, node);
  }

  Optional<Boolean> bool(String at, Node node) {
    if (node instanceof Node.Bool bool) {
      return Optional.of(bool.value());
    }
    problems.broken(at, node.place(), "expected true or false, got " + node.kind());
    return Optional.empty();
  }

  Optional<Integer> integer(String at, Node node) {
    return number(at, node, Integer::valueOf);
  }

  Optional<Long> longInteger(String at, Node node) {
    return number(at, node, Long::valueOf);
  }

  /** {@return a number of things, or one of a series that begins with 0} */
  Optional<Integer> count(String at, Node node) {
    return integer(at, node)
        .flatMap(value -> valid(at, node.place(), () -> notNegative(at, value)));
  }

  private static int notNegative(String at, int value) {
    if (value < 0) {
      throw Checks.invalid(at, value + " is negative");
    }
    return value;
  }

  private <T> Optional<T> number(String at, Node node, Function<String, T> parse) {
    if (node instanceof Node.Numeral numeral) {
      try {
        return Optional.of(parse.apply(numeral.digits()));
      } catch (NumberFormatException e) {
        problems.broken(at, node.place(), numeral.digits() + " is not a whole number in range");
        return Optional.empty();
      }
    }
    problems.broken(at, node.place(), "expected a whole number, got " + node.kind());
    return Optional.empty();
  }

  /** {@return a reader of one of the words that stand for these constants} */
  <E extends Enum<E>> Reader<E> oneOf(Set<E> constants) {
    Class<E> type = constants.iterator().next().getDeclaringClass();
    return text(
        word -> {
          E constant = constant(type, word);
          if (constant == null || !constants.contains(constant)) {
            throw unknown(word, constants.stream().sorted().map(Enum::name).toList());
          }
          return constant;
        });
  }

  <E extends Enum<E>> Reader<E> oneOf(Class<E> type) {
    return oneOf(EnumSet.allOf(type));
  }

  private static <E extends Enum<E>> @Nullable E constant(Class<E> type, String word) {
    try {
      return Enum.valueOf(type, word);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static IllegalArgumentException unknown(String word, List<String> words) {
    return Checks.invalid(
        "",
        Checks.excerpt(word)
            + " is not known"
            + Checks.nearest(word, words)
                .map(near -> ", did you mean " + near + "?")
                .orElse(", expected one of " + String.join(", ", words)));
  }
}
