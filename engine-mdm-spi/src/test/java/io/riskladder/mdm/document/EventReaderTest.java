package io.riskladder.mdm.document;

import static io.riskladder.mdm.document.EventReader.MAX_LINE_BYTES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.DeviceEvent.DeviceRemoved;
import io.riskladder.mdm.document.DocumentProblem.Place;
import io.riskladder.mdm.document.EngineEvent.Clock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventReaderTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final String CLOCK = "{\"type\":\"CLOCK\",\"at\":\"2026-03-02T09:00:00Z\"}";

  private static EventReader reader(String text) {
    return new EventReader(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  /** {@return the numbers of the lines that are events} */
  private static List<Long> numbers(String text) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (EventReader reader = reader(text)) {
      for (Optional<EventReader.Line> line = reader.next();
          line.isPresent();
          line = reader.next()) {
        assertEquals(new Clock(NINE), line.get().event());
        assertEquals(line.get().number(), reader.linesRead());
        numbers.add(line.get().number());
      }
    }
    return numbers;
  }

  private static DocumentProblem problemOfNext(EventReader reader) {
    List<DocumentProblem> problems =
        assertThrows(InvalidDocumentException.class, reader::next).problems();
    problems.forEach(Samples::assertFitToShow);
    assertEquals(1, problems.size());
    return problems.get(0);
  }

  @Test
  void blank_lines_are_skipped_and_counted() throws IOException {
    assertEquals(List.of(2L, 5L), numbers("\n" + CLOCK + "\n \t\n\r\n" + CLOCK + "\n\n\n"));
  }

  @Test
  void trailing_blank_lines_count_as_read() throws IOException {
    EventReader reader = reader(CLOCK + "\n\n \n");
    reader.next();

    assertEquals(1, reader.linesRead());
    assertEquals(Optional.empty(), reader.next());
    assertEquals(3, reader.linesRead());
  }

  @Test
  void a_line_may_end_in_carriage_return_and_line_feed() throws IOException {
    assertEquals(List.of(1L, 2L), numbers(CLOCK + "\r\n" + CLOCK + "\r\n"));
  }

  @Test
  void the_last_line_needs_no_end() throws IOException {
    assertEquals(List.of(1L, 2L), numbers(CLOCK + "\n" + CLOCK));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n", "  ", "\n\n\n"})
  void where_there_is_no_event_there_is_nothing(String text) throws IOException {
    try (EventReader reader = reader(text)) {
      assertEquals(Optional.empty(), reader.next());
      assertEquals(Optional.empty(), reader.next());
      assertEquals(text.isBlank() && text.isEmpty() ? 0 : lines(text), reader.linesRead());
    }
  }

  private static long lines(String text) {
    return text.lines().count();
  }

  @Test
  void an_error_has_its_column_and_the_reader_its_line() throws IOException {
    EventReader reader =
        reader(CLOCK + "\n\n  {\"type\":\"CLOCK\", \"at\":\"yesterday\"}\n" + CLOCK + "\n");
    reader.next();

    DocumentProblem problem = problemOfNext(reader);

    assertEquals(3, reader.linesRead());
    assertEquals(
        new DocumentProblem("at", "yesterday does not end in Z, expected UTC", new Place(1, 25)),
        problem);
  }

  @Test
  void reading_goes_on_after_a_bad_line() throws IOException {
    EventReader reader = reader("nonsense\n{}\n[\n" + CLOCK + CLOCK + "\n" + CLOCK + "\nnonsense");

    assertEquals(new Place(1, 1), problemOfNext(reader).place());
    assertEquals(new DocumentProblem("type", "is missing", Place.START), problemOfNext(reader));
    assertEquals(1, problemOfNext(reader).place().line());
    assertEquals(
        "a second value, expected the document to be one", problemOfNext(reader).message());
    assertEquals(4, reader.linesRead());
    assertEquals(5, reader.next().orElseThrow().number());
    assertEquals(new Place(1, 1), problemOfNext(reader).place());
    assertEquals(6, reader.linesRead());
    assertEquals(Optional.empty(), reader.next());
  }

  @Test
  void a_line_of_just_the_bound_is_read_and_one_byte_more_is_not() throws IOException {
    String longest = CLOCK + " ".repeat(MAX_LINE_BYTES - CLOCK.length());
    assertEquals(1024 * 1024, MAX_LINE_BYTES);
    EventReader reader = reader(longest + "\n" + longest + " \n" + CLOCK + "\n" + longest + " ");

    assertEquals(1, reader.next().orElseThrow().number());
    assertEquals(
        new DocumentProblem("", "is longer than 1048576 bytes", new Place(1, 1048577)),
        problemOfNext(reader));
    assertEquals(2, reader.linesRead());
    assertEquals(3, reader.next().orElseThrow().number());
    assertEquals("is longer than 1048576 bytes", problemOfNext(reader).message());
    assertEquals(Optional.empty(), reader.next());
  }

  @Test
  void the_bound_counts_bytes_not_characters() {
    String name = "\u00e9".repeat(MAX_LINE_BYTES / 2);

    assertEquals("is longer than 1048576 bytes", problemOfNext(reader("{\"" + name)).message());
  }

  @Test
  void a_line_that_is_not_utf_8_is_refused_where_it_is_not() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((CLOCK + "\n{\"\u00e9").getBytes(UTF_8));
    out.write(0xFF);
    out.writeBytes(("\"}\n" + CLOCK).getBytes(UTF_8));
    EventReader reader = new EventReader(new ByteArrayInputStream(out.toByteArray()));
    reader.next();

    assertEquals(
        new DocumentProblem("", "is not UTF-8: byte 5 fits nowhere", new Place(1, 4)),
        problemOfNext(reader));
    assertEquals(2, reader.linesRead());
    assertEquals(3, reader.next().orElseThrow().number());
  }

  @Test
  void a_byte_order_mark_before_the_first_line_is_skipped() throws IOException {
    assertEquals(List.of(1L), numbers("\uFEFF" + CLOCK));
  }

  @Test
  void a_line_knows_the_column_of_each_field() throws IOException {
    EventReader.Line line =
        reader("{\"at\": \"2026-03-02T09:00:00Z\", \"type\":\"DEVICE_REMOVED\",\t\"device\":\"d\"}")
            .next()
            .orElseThrow();

    assertEquals(new EngineEvent.OfDevice(NINE, "d", new DeviceRemoved()), line.event());
    assertEquals(8, line.column("at"));
    assertEquals(39, line.column("type"));
    assertEquals(66, line.column("device"));
    assertEquals(1, line.column("group"));
  }

  @Test
  void the_column_of_an_absent_field_is_that_of_its_object() throws IOException {
    assertEquals(4, reader("   " + CLOCK).next().orElseThrow().column("group"));
  }

  @Test
  void the_stream_is_closed_with_the_reader_and_its_failure_passed_on() throws IOException {
    IOException failure = new IOException("gone");
    boolean[] closed = new boolean[1];
    InputStream stream =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }

          @Override
          public int read(byte[] bytes, int from, int length) throws IOException {
            throw failure;
          }

          @Override
          public void close() {
            closed[0] = true;
          }
        };
    try (EventReader reader = new EventReader(stream)) {
      assertEquals(failure, assertThrows(IOException.class, reader::next));
      assertFalse(closed[0]);
    }
    assertTrue(closed[0]);
  }
}
