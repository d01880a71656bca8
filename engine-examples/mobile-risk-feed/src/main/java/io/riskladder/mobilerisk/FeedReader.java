package io.riskladder.mobilerisk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.io.ByteStreams;
import com.google.common.primitives.Bytes;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a file, one at a time: a JSON list of events, an object with a field {@code
 * events} (several of them, page after page), one event a line, or the stream's own framing of
 * server-sent events; which of these, it sees by itself. In UTF-8.
 *
 * <p>Memory does not grow with the file. An event that cannot be read is answered with {@link
 * FeedItem.Unreadable}. One event a line, and in the stream's framing, reading goes on with the
 * next line or message; within a list or an object, what is broken as JSON is the last that is
 * read. Not safe for use by several threads.
 */
public final class FeedReader implements AutoCloseable {
  /** Largest event, in bytes: 1 MiB. */
  public static final int MAX_EVENT_BYTES = JsonEvents.MAX_EVENT_BYTES;

  /** Most data of one message in the stream's framing, in bytes: 8 MiB. */
  public static final int MAX_MESSAGE_BYTES = SseMessages.MAX_DATA_BYTES;

  /** Deepest nesting of objects and lists within an event. */
  public static final int MAX_DEPTH = JsonEvents.MAX_DEPTH;

  private static final Pattern SSE_LINE = Pattern.compile("(id|event|data|retry)?:.*|data");

  private static final List<Byte> BYTE_ORDER_MARK = List.of((byte) 0xEF, (byte) 0xBB, (byte) 0xBF);
  private static final int LONGEST_LOOK = 1024;

  private final BufferedInputStream in;
  private long events;
  private @Nullable Source source;
  private boolean unreadable;
  private boolean stopped;

  /** Where events come from, as the framing has it. */
  private interface Source {
    Optional<FeedItem> next() throws IOException;
  }

  /**
   * A reader of a file.
   *
   * @param in the file; closed with the reader
   */
  public FeedReader(InputStream in) {
    this.in = new BufferedInputStream(requireNonNull(in, "in"));
  }

  /**
   * {@return the next event, or what stands in its place; nothing at the end}
   *
   * @throws IOException if the file cannot be read
   */
  public Optional<FeedItem> next() throws IOException {
    Source from = source;
    if (from == null) {
      from = open();
      source = from;
    }
    Optional<FeedItem> item = from.next();
    unreadable |= item.filter(FeedItem.Unreadable.class::isInstance).isPresent();
    return item;
  }

  /** {@return how many events were counted so far, those that cannot be read too} */
  public long eventsRead() {
    return events;
  }

  /** {@return whether anything so far was {@link FeedItem.Unreadable}} */
  public boolean anyUnreadable() {
    return unreadable;
  }

  /** {@return whether reading came to its end before the file did} */
  public boolean stopped() {
    return stopped;
  }

  private long nextNumber() {
    return ++events;
  }

  private Source open() throws IOException {
    skipMark();
    in.mark(MAX_EVENT_BYTES + 2);
    Lines ahead = new Lines(ByteStreams.limit(in, MAX_EVENT_BYTES + 1L), MAX_EVENT_BYTES, false);
    boolean found = false;
    while (!found && ahead.next()) {
      found = !new String(ahead.bytes(), UTF_8).isBlank();
    }
    byte[] line = found ? ahead.bytes() : new byte[0];
    in.reset();
    if (SSE_LINE.matcher(firstLineOf(line)).matches()) {
      return new OfMessages();
    }
    return isOneEvent(line) ? new OfLines() : new OfText();
  }

  private void skipMark() throws IOException {
    in.mark(BYTE_ORDER_MARK.size());
    byte[] start = in.readNBytes(BYTE_ORDER_MARK.size());
    if (!Bytes.asList(start).equals(BYTE_ORDER_MARK)) {
      in.reset();
    }
  }

  private static String firstLineOf(byte[] line) {
    String text = new String(line, 0, Math.min(line.length, LONGEST_LOOK), UTF_8);
    return text.lines().findFirst().orElse("").strip();
  }

  /** {@return whether the line is one whole object, and no object with a list of events} */
  private static boolean isOneEvent(byte[] line) throws IOException {
    try (JsonParser parser = Json.FACTORY.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("events")) {
          return false;
        }
        parser.skipChildren();
      }
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false; // then it is read as a text, which says what is wrong with it
    }
  }

  /** All of the file is one text. */
  private final class OfText implements Source {
    private final JsonEvents text;

    OfText() throws IOException {
      text = new JsonEvents(Json.FACTORY.createParser(in), FeedReader.this::nextNumber, 0, 0);
    }

    @Override
    public Optional<FeedItem> next() throws IOException {
      Optional<FeedItem> item = text.next();
      stopped = text.broken();
      return item;
    }
  }

  /** Each line is a text. */
  private final class OfLines implements Source {
    private final Lines lines = new Lines(in, MAX_EVENT_BYTES, false);
    private @Nullable JsonEvents line;

    @Override
    public Optional<FeedItem> next() throws IOException {
      while (true) {
        Optional<FeedItem> item = line == null ? Optional.empty() : line.next();
        if (item.isPresent()) {
          return item;
        }
        if (!lines.next()) {
          return Optional.empty();
        }
        line = null;
        if (lines.tooLong()) {
          return Optional.of(
              new FeedItem.Unreadable(
                  new FeedPlace(nextNumber(), lines.number(), MAX_EVENT_BYTES + 1L),
                  "the line is longer than " + MAX_EVENT_BYTES + " bytes"));
        }
        line =
            new JsonEvents(
                Json.FACTORY.createParser(lines.bytes()),
                FeedReader.this::nextNumber,
                lines.number() - 1,
                0);
      }
    }
  }

  /** Messages have texts. */
  private final class OfMessages implements Source {
    private final SseMessages messages = new SseMessages(in);
    private @Nullable MessageEvents message;

    @Override
    public Optional<FeedItem> next() throws IOException {
      while (true) {
        Optional<FeedItem> item = message == null ? Optional.empty() : message.next();
        if (item.isPresent()) {
          return item;
        }
        Optional<SseMessage> next = messages.next();
        if (next.isEmpty()) {
          return Optional.empty();
        }
        message = new MessageEvents(next.get(), FeedReader.this::nextNumber);
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
