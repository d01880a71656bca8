package io.riskladder.mobilerisk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * The messages of a stream of server-sent events, as the HTML standard has them cut. Holds one at a
 * time.
 */
final class SseMessages {
  /** Most data of one message, in bytes: 8 MiB. */
  static final int MAX_DATA_BYTES = 8 * 1024 * 1024;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int LONGEST_PREFIX = "data: ".length();
  private static final int LONGEST_RETRY_DIGITS = 9;

  private final Lines lines;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private Optional<String> id = Optional.empty();
  private String name = "";
  private Optional<Duration> retry = Optional.empty();
  private boolean begun;
  private boolean commented;
  private boolean hasData;
  private boolean tooLong;
  private long firstLine;
  private long dataColumns;

  SseMessages(InputStream in) {
    this.lines = new Lines(in, MAX_DATA_BYTES + LONGEST_PREFIX, true);
  }

  /** {@return the next message; the last may be incomplete; nothing at the end} */
  Optional<SseMessage> next() throws IOException {
    begin();
    while (lines.next()) {
      byte[] line = withoutMark(lines.bytes());
      if (line.length == 0) {
        if (begun) {
          return Optional.of(message(true));
        }
      } else {
        field(line);
      }
    }
    return begun ? Optional.of(message(false)) : Optional.empty();
  }

  /** {@return whether there was a comment so far} */
  boolean commented() {
    return commented;
  }

  private void begin() {
    id = Optional.empty();
    name = "";
    retry = Optional.empty();
    data.reset();
    begun = false;
    hasData = false;
    tooLong = false;
    firstLine = 0;
    dataColumns = 0;
  }

  private SseMessage message(boolean complete) {
    begun = false;
    return new SseMessage(
        id,
        name,
        ByteBuffer.wrap(data.toByteArray()),
        hasData,
        retry,
        tooLong,
        complete,
        hasData ? firstLine : lines.number(),
        dataColumns);
  }

  private byte[] withoutMark(byte[] line) {
    boolean marked =
        lines.number() == 1
            && line.length >= BYTE_ORDER_MARK.length
            && Arrays.equals(
                line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    return marked ? Arrays.copyOfRange(line, BYTE_ORDER_MARK.length, line.length) : line;
  }

  private void field(byte[] line) {
    int colon = 0;
    while (colon < line.length && line[colon] != ':') {
      colon++;
    }
    if (colon == 0) {
      commented = true; // many servers send these to say that they live
      return;
    }
    int from = Math.min(line.length, colon + 1);
    if (from < line.length && line[from] == ' ') {
      from++;
    }
    begun = true;
    switch (new String(line, 0, colon, UTF_8)) {
      case "data" -> data(line, from);
      case "id" -> id(new String(line, from, line.length - from, UTF_8));
      case "event" -> name = new String(line, from, line.length - from, UTF_8);
      case "retry" -> retry(new String(line, from, line.length - from, UTF_8));
      default -> {
        // the standard has unknown fields left out
      }
    }
  }

  private void data(byte[] line, int from) {
    if (hasData) {
      data.write('\n');
    } else {
      hasData = true;
      firstLine = lines.number();
      dataColumns = from;
    }
    tooLong |= lines.tooLong() || data.size() + line.length - from > MAX_DATA_BYTES;
    if (!tooLong) {
      data.write(line, from, line.length - from);
    }
  }

  private void id(String value) {
    if (!value.isEmpty() && value.indexOf('\0') < 0) {
      id = Optional.of(value);
    }
  }

  private void retry(String value) {
    boolean digits =
        !value.isEmpty()
            && value.length() <= LONGEST_RETRY_DIGITS
            && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits) {
      retry = Optional.of(Duration.ofMillis(Long.parseLong(value)));
    }
  }
}
