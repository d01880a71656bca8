package io.riskladder.mobilerisk;

import static java.util.stream.Collectors.joining;

import io.riskladder.core.Limits;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object within an event. Those that nobody asks for may be anything; those that
 * are asked for are of their type, or the event is not mapped. {@code null} is no value.
 */
final class Fields {
  private final String path;
  private final Map<String, Json> values;

  private Fields(String path, Map<String, Json> values) {
    this.path = path;
    this.values = values;
  }

  static Fields of(FeedEvent event) {
    return new Fields("", event.fields().fields());
  }

  private static Fields none(String path) {
    return new Fields(path, Map.of());
  }

  private String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private @Nullable Json value(String name) {
    Json value = values.get(name);
    return value instanceof Json.Null ? null : value;
  }

  private CannotMapException wrong(String name, String problem) {
    return new CannotMapException(SetAsideReason.WRONG_VALUE, path(name) + ": " + problem);
  }

  private CannotMapException missing(String name) {
    return new CannotMapException(SetAsideReason.MISSING_FIELD, path(name) + ": is missing");
  }

  boolean has(String name) {
    return value(name) != null;
  }

  /** {@return the fields of an object that has to be there} */
  Fields object(String name) throws CannotMapException {
    if (!has(name)) {
      throw missing(name);
    }
    return optionalObject(name);
  }

  /** {@return the fields of an object; none, if it is not there} */
  Fields optionalObject(String name) throws CannotMapException {
    Json value = value(name);
    if (value == null) {
      return none(path(name));
    }
    if (value instanceof Json.Struct struct) {
      return new Fields(path(name), struct.fields());
    }
    throw wrong(name, "expected an object, got " + value.kind());
  }

  /** {@return the objects of a list; none, if it is not there} */
  List<Fields> objects(String name) throws CannotMapException {
    List<Fields> objects = new ArrayList<>();
    for (Json element : elements(name)) {
      String at = path(name) + "[" + objects.size() + "]";
      if (!(element instanceof Json.Struct struct)) {
        throw new CannotMapException(
            SetAsideReason.WRONG_VALUE, at + ": expected an object, got " + element.kind());
      }
      objects.add(new Fields(at, struct.fields()));
    }
    return objects;
  }

  /** {@return the texts of a list; none, if it is not there} */
  List<String> texts(String name) throws CannotMapException {
    List<String> texts = new ArrayList<>();
    for (Json element : elements(name)) {
      if (!(element instanceof Json.Text text)) {
        throw wrong(name + "[" + texts.size() + "]", "expected text, got " + element.kind());
      }
      texts.add(text.value());
    }
    return texts;
  }

  private List<Json> elements(String name) throws CannotMapException {
    Json value = value(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof Json.Items items) {
      return items.elements();
    }
    throw wrong(name, "expected a list, got " + value.kind());
  }

  String text(String name) throws CannotMapException {
    Optional<String> text = optionalText(name);
    if (text.isEmpty()) {
      throw missing(name);
    }
    return text.get();
  }

  Optional<String> optionalText(String name) throws CannotMapException {
    Json value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Json.Text text) {
      return Optional.of(text.value());
    }
    throw wrong(name, "expected text, got " + value.kind());
  }

  /** {@return what stands there, as text, whatever it is} */
  Optional<String> loosely(String name) {
    Json value = value(name);
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(value instanceof Json.Text text ? text.value() : value.text());
  }

  /** {@return an id, as the engine has them} */
  String id(String name) throws CannotMapException {
    String id = text(name);
    if (id.isEmpty() || id.length() > Limits.MAX_ID_LENGTH || !isWellFormed(id)) {
      throw wrong(
          name,
          Excerpt.of(id) + " is no id, expected 1 to " + Limits.MAX_ID_LENGTH + " characters");
    }
    return id;
  }

  /** {@return whether surrogates come in pairs} */
  static boolean isWellFormed(String text) {
    return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  <E extends Enum<E>> E oneOf(String name, Class<E> type) throws CannotMapException {
    return constant(name, text(name), type);
  }

  <E extends Enum<E>> Optional<E> optionalOneOf(String name, Class<E> type)
      throws CannotMapException {
    Optional<String> text = optionalText(name);
    return text.isPresent() ? Optional.of(constant(name, text.get(), type)) : Optional.empty();
  }

  private <E extends Enum<E>> E constant(String name, String word, Class<E> type)
      throws CannotMapException {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(word)) {
        return constant;
      }
    }
    String known = Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(joining(", "));
    throw wrong(name, Excerpt.of(word) + " is not known, expected one of " + known);
  }

  /** {@return an instant, whatever its offset} */
  Instant instant(String name) throws CannotMapException {
    String text = text(name);
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      if (!instant.isBefore(Limits.EARLIEST) && !instant.isAfter(Limits.LATEST)) {
        return instant;
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw wrong(
        name,
        Excerpt.of(text)
            + " is no instant from 1970 to 9999, expected one like 2026-03-02T09:00:00.000+00:00");
  }

  /** {@return the exception that says what is wrong with a field} */
  CannotMapException cannot(SetAsideReason reason, String name, String problem) {
    return new CannotMapException(reason, path(name) + ": " + problem);
  }
}
