package io.riskladder.mobilerisk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The lines of a stream, one at a time, none longer than a limit in memory. */
final class Lines {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream in;
  private final int maxBytes;
  private final boolean endedByReturn;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int from;
  private int to;
  private long number;
  private boolean tooLong;
  private boolean skipNewline;

  /**
   * Lines of a stream.
   *
   * @param maxBytes how much of a line is kept at most
   * @param endedByReturn whether a carriage return alone ends a line too
   */
  Lines(InputStream in, int maxBytes, boolean endedByReturn) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.endedByReturn = endedByReturn;
  }

  /** Goes on to the next line. {@return false at the end} */
  boolean next() throws IOException {
    line.reset();
    tooLong = false;
    boolean begun = false;
    while (fill()) {
      if (skipNewline) {
        skipNewline = false;
        if (buffer[from] == '\n') {
          from++;
          continue;
        }
      }
      begun = true;
      int end = from;
      while (end < to && !isEnd(buffer[end])) {
        end++;
      }
      keep(end);
      boolean ended = end < to;
      if (ended) {
        skipNewline = buffer[end] == '\r';
        end++;
      }
      from = end;
      if (ended) {
        number++;
        return true;
      }
    }
    if (begun) {
      number++; // the last line may lack its end; the end of the stream alone is no line
    }
    return begun;
  }

  private boolean isEnd(byte b) {
    return b == '\n' || (endedByReturn && b == '\r');
  }

  private void keep(int end) {
    int room = maxBytes - line.size();
    tooLong |= end - from > room;
    line.write(buffer, from, Math.min(end - from, room));
  }

  /** {@return whether there is a byte in the buffer} */
  private boolean fill() throws IOException {
    if (from == to) {
      from = 0;
      to = Math.max(0, in.read(buffer));
    }
    return from < to;
  }

  /** {@return the line, without its end; its beginning, if it is too long} */
  byte[] bytes() {
    return line.toByteArray();
  }

  /** {@return whether there is more of the line than is kept} */
  boolean tooLong() {
    return tooLong;
  }

  /** {@return the line's number, from 1} */
  long number() {
    return number;
  }
}
