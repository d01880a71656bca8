package io.riskladder.mdm.document;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Reads events from a stream, one JSON object a line, holding no more than a line at a time. Blank
 * lines are skipped and counted. Not safe for use by several threads.
 */
public final class EventReader implements AutoCloseable {
  /** Longest line, in bytes: 1 MiB. */
  public static final int MAX_LINE_BYTES = 1024 * 1024;

  private static final int BUFFER_BYTES = 64 * 1024;

  /** An event and where it came from. */
  public static final class Line {
    private final long number;
    private final EngineEvent event;
    private final Problems places;

    private Line(long number, EngineEvent event, Problems places) {
      this.number = number;
      this.event = event;
      this.places = places;
    }

    /** {@return the line's number, from 1, blank ones counted} */
    public long number() {
      return number;
    }

    /** {@return what it says} */
    public EngineEvent event() {
      return event;
    }

    /**
     * {@return the character in the line at which a field's value begins, from 1; for a field that
     * the line does not have, where its object begins}
     *
     * @param field the field's name
     */
    public int column(String field) {
      return places.placeOf(field).column();
    }
  }

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int from;
  private int to;
  private long number;
  private boolean atEnd;

  /**
   * A reader of a stream.
   *
   * @param in the events, in UTF-8; closed with the reader
   */
  public EventReader(InputStream in) {
    this.in = requireNonNull(in, "in");
  }

  /** {@return how many lines were read so far, blank ones counted: the number of the last} */
  public long linesRead() {
    return number;
  }

  /**
   * {@return the next event, or nothing at the end}
   *
   * @throws IOException if the stream cannot be read
   * @throws InvalidDocumentException if the line is no event; the places count within the line,
   *     whose number is {@link #linesRead}. The next call goes on with the line after it
   */
  public Optional<Line> next() throws IOException {
    while (!atEnd) {
      boolean complete = readLine();
      if (!complete) {
        throw tooLong();
      }
      if (!isBlank()) {
        Problems problems = new Problems();
        EngineEvent event = EventDocuments.read(Utf8.decode(line.toByteArray()), problems);
        return Optional.of(new Line(number, event, problems));
      }
    }
    return Optional.empty();
  }

  /** Reads a line, without its end. {@return whether it is short enough} */
  private boolean readLine() throws IOException {
    line.reset();
    boolean complete = true;
    boolean begun = false;
    while (fill()) {
      begun = true;
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      int room = MAX_LINE_BYTES - line.size();
      complete &= end - from <= room;
      line.write(buffer, from, Math.min(end - from, room));
      boolean lineEnds = end < to;
      from = lineEnds ? end + 1 : end;
      if (lineEnds) {
        number++;
        return complete;
      }
    }
    atEnd = true;
    if (begun) {
      number++; // the last line may lack its end; the end of the stream alone is no line
    }
    return complete;
  }

  /** {@return whether there is a byte in the buffer} */
  private boolean fill() throws IOException {
    if (from == to) {
      from = 0;
      to = Math.max(0, in.read(buffer));
    }
    return from < to;
  }

  private boolean isBlank() {
    for (byte b : line.toByteArray()) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private static InvalidDocumentException tooLong() {
    return new InvalidDocumentException(
        List.of(
            new DocumentProblem(
                "",
                "is longer than " + MAX_LINE_BYTES + " bytes",
                new DocumentProblem.Place(1, MAX_LINE_BYTES + 1))));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
