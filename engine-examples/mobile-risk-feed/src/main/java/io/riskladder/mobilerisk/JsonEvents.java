package io.riskladder.mobilerisk;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The events in a text of JSON: single objects, lists of them, and objects whose field {@code
 * events} is such a list, one after the other. Holds one event at a time.
 */
final class JsonEvents implements Closeable {
  /** Largest event, in bytes: 1 MiB. */
  static final int MAX_EVENT_BYTES = 1024 * 1024;

  /** Deepest nesting of objects and lists within an event. */
  static final int MAX_DEPTH = 32;

  private static final String EVENTS = "events";
  private static final int LONGEST_REASON = 160;

  /** Where the parser stands. */
  private enum Within {
    TEXT,
    LIST,
    ENVELOPE,
    REST_OF_ENVELOPE,
    NOTHING
  }

  private final JsonParser parser;
  private final LongSupplier numbers;
  private final long linesBefore;
  private final long columnsBefore;
  private Within within = Within.TEXT;
  private long number;
  private boolean inObject;
  private long eventBegins;
  private FeedPlace begin;
  private boolean broken;

  /** Why the event at hand is none, although the text around it can be read. */
  private @Nullable String problem;

  /**
   * The events of a text.
   *
   * @param parser before the first token
   * @param numbers gives each event its number
   * @param linesBefore how many lines come before the text
   * @param columnsBefore how many characters come before it in each of its lines
   */
  JsonEvents(JsonParser parser, LongSupplier numbers, long linesBefore, long columnsBefore) {
    this.parser = parser;
    this.numbers = numbers;
    this.linesBefore = linesBefore;
    this.columnsBefore = columnsBefore;
    this.begin = new FeedPlace(0, linesBefore + 1, columnsBefore + 1);
  }

  /** {@return whether the text itself is broken, so that nothing after that place was read} */
  boolean broken() {
    return broken;
  }

  /** {@return the next event, or what stands in its place; nothing at the end} */
  Optional<FeedItem> next() throws IOException {
    try {
      Optional<FeedItem> item = Optional.empty();
      while (within != Within.NOTHING && item.isEmpty()) {
        item = step();
      }
      return item;
    } catch (JsonProcessingException e) {
      within = Within.NOTHING;
      broken = true;
      JsonLocation where =
          e.getLocation() == null ? parser.currentTokenLocation() : e.getLocation();
      return Optional.of(
          new FeedItem.Unreadable(
              place(where, number > 0 ? number : numbers.getAsLong()), reason(e)));
    }
  }

  private Optional<FeedItem> step() throws IOException {
    number = 0;
    inObject = false;
    JsonToken token = parser.nextToken();
    if (token == null) {
      within = Within.NOTHING;
      return Optional.empty();
    }
    return switch (within) {
      case TEXT -> root(token);
      case LIST, ENVELOPE -> element(token);
      case REST_OF_ENVELOPE -> {
        skipField(token);
        yield Optional.empty();
      }
      case NOTHING -> Optional.empty();
    };
  }

  private Optional<FeedItem> root(JsonToken token) throws IOException {
    if (token == JsonToken.START_ARRAY) {
      within = Within.LIST;
      return Optional.empty();
    }
    return token == JsonToken.START_OBJECT ? eventOrEnvelope() : Optional.of(noEvent(token));
  }

  private Optional<FeedItem> element(JsonToken token) throws IOException {
    if (token == JsonToken.END_ARRAY) {
      within = within == Within.LIST ? Within.TEXT : Within.REST_OF_ENVELOPE;
      return Optional.empty();
    }
    if (token != JsonToken.START_OBJECT) {
      return Optional.of(noEvent(token));
    }
    beginEvent();
    Json value = value(1);
    return Optional.of(item(value));
  }

  private void skipField(JsonToken token) throws IOException {
    if (token == JsonToken.END_OBJECT) {
      within = Within.TEXT;
    } else {
      parser.nextToken();
      parser.skipChildren();
    }
  }

  private FeedItem noEvent(JsonToken token) throws IOException {
    beginEvent();
    parser.skipChildren();
    return new FeedItem.Unreadable(begin, "expected an object, got " + kind(token));
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_NULL -> "null";
      default -> "the word " + token.asString();
    };
  }

  /** An object at the top is an event, unless it turns out to have a list of events. */
  private Optional<FeedItem> eventOrEnvelope() throws IOException {
    inObject = true;
    eventBegins = offset();
    begin = place(parser.currentTokenLocation(), 0);
    problem = null;
    Map<String, Json> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (parser.nextToken() == JsonToken.START_ARRAY && name.equals(EVENTS)) {
        within = Within.ENVELOPE;
        return Optional.empty();
      }
      put(fields, name, value(2));
    }
    number = numbers.getAsLong();
    begin = new FeedPlace(number, begin.line(), begin.column());
    return Optional.of(item(new Json.Struct(fields)));
  }

  private void beginEvent() {
    inObject = true;
    number = numbers.getAsLong();
    eventBegins = offset();
    begin = place(parser.currentTokenLocation(), number);
    problem = null;
  }

  private FeedItem item(Json value) {
    String why = problem;
    return why == null && value instanceof Json.Struct struct
        ? new FeedEvent(begin, struct)
        : new FeedItem.Unreadable(begin, String.valueOf(why));
  }

  private Json value(int depth) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> struct(depth);
      case START_ARRAY -> items(depth);
      case VALUE_STRING -> new Json.Text(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(parser.getText());
      case VALUE_TRUE -> new Json.Bool(true);
      case VALUE_FALSE -> new Json.Bool(false);
      default -> new Json.Null();
    };
  }

  private Json struct(int depth) throws IOException {
    Map<String, Json> fields = new LinkedHashMap<>();
    if (isTooDeep(depth)) {
      return new Json.Struct(fields);
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      put(fields, name, value(depth + 1));
    }
    return new Json.Struct(fields);
  }

  private Json items(int depth) throws IOException {
    List<Json> elements = new ArrayList<>();
    if (isTooDeep(depth)) {
      return new Json.Items(elements);
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Json element = value(depth + 1);
      if (fits()) {
        elements.add(element);
      }
    }
    return new Json.Items(elements);
  }

  private void put(Map<String, Json> fields, String name, Json value) {
    if (fits() && fields.putIfAbsent(name, value) != null) {
      blame(Excerpt.of(name) + " is given twice");
    }
  }

  private boolean isTooDeep(int depth) throws IOException {
    if (depth <= MAX_DEPTH) {
      return false;
    }
    blame("is more than " + MAX_DEPTH + " levels deep");
    parser.skipChildren();
    return true;
  }

  /** {@return whether the event is small enough so far; from then on it is read, and not kept} */
  private boolean fits() {
    if (offset() - eventBegins <= MAX_EVENT_BYTES) {
      return true;
    }
    blame("is longer than " + MAX_EVENT_BYTES + " bytes");
    return false;
  }

  private void blame(String what) {
    if (problem == null) {
      problem = what;
    }
  }

  private long offset() {
    return parser.currentLocation().getByteOffset();
  }

  private FeedPlace place(JsonLocation location, long event) {
    long line = Math.max(1, location.getLineNr());
    long column = Math.max(1, location.getColumnNr());
    return new FeedPlace(event, linesBefore + line, columnsBefore + column);
  }

  private String reason(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      boolean deep = parser.getParsingContext().getNestingDepth() >= MAX_DEPTH;
      return (deep
              ? "is nested far too deeply"
              : "has a text of more than " + Json.MAX_TEXT + " characters")
          + "; nothing after it can be read";
    }
    String message = String.valueOf(e.getOriginalMessage());
    if (e instanceof JsonEOFException || message.startsWith("Unexpected end-of-input")) {
      return inObject
          ? "the text ends in the middle of what begins at line "
              + begin.line()
              + ", column "
              + begin.column()
          : "the text ends too early";
    }
    return "is no JSON: " + parsersReason(message);
  }

  /** {@return the first line of a parser's own words, in our style, without its hints} */
  private static String parsersReason(String message) {
    String first = message.lines().findFirst().orElse("");
    int aside = first.indexOf(" (");
    String reason = Excerpt.of(aside > 0 ? first.substring(0, aside) : first, LONGEST_REASON);
    return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
