package io.riskladder.mobilerisk;

import static io.riskladder.mobilerisk.Events.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.mobilerisk.FeedItem.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FeedReaderTest {
  private static final String A = "{\"id\":\"a\",\"n\":[1.50,-2e3,true,null,{\"x\":\"\\u00e9\"}]}";
  private static final String B = "{\"id\":\"b\"}";
  private static final int LIMIT = FeedReader.MAX_EVENT_BYTES;

  /** {@return what was read: ids, or problems with their places} */
  private static List<String> read(String text) {
    return Events.read(text).stream().map(FeedReaderTest::told).toList();
  }

  private static String told(FeedItem item) {
    return item instanceof FeedEvent event
        ? event.id().orElse("no id")
        : item.place() + ": " + ((Unreadable) item).problem();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[A,B]",
        "[\n  A,\n  B\n]\n",
        "A\nB\n",
        "A\nB",
        "\n\r\n A \r\n\r\nB\r\n",
        "{'events':[A,B]}",
        "{'count':2,'links':[{'events':[1]}],'events':[A,B],'more':{'x':[1]},'last':true}",
        "{'events':[A]}\n{'events':[],'x':1}\n{'events':[B]}",
        "[A]\n[B]",
        "{\n'id':'a'\n}\n{\n'id':'b'\n}",
        "data: [A,B]\n\n",
        "id: 1\nevent: events\ndata: {'events':[A]}\n\nid: 2\ndata:B\n\n",
        ": hello\nevent: heartbeat\ndata: {}\n\nevent: event\ndata: [A]\n\ndata: [B]\n\n",
        "retry: 10\r\n\r\ndata: [A,\r\ndata: B]\r\n\r\n",
        "data: [A]\r\rdata: [B]\r\r",
        "data: [A]\n\nevent: reconnect\ndata: {}\n\ndata: [B]",
        "data\ndata: [A]\n\nevent: end\ndata: {}\n\nwhatever: x\ndata: [B]\n\n"
      })
  void every_framing_is_seen_and_read(String framing) {
    String text = json(framing).replace("A", A).replace("B", B);
    assertEquals(List.of("a", "b"), read(text));
    assertEquals(List.of("a", "b"), read("\uFEFF" + text), "after a byte order mark");
  }

  @Test
  void an_event_keeps_all_that_it_had() {
    assertEquals(
        A.replace("\\u00e9", "\u00e9"), ((FeedEvent) Events.read("[" + A + "]").get(0)).json());
    assertFalse(Events.event("{'id':'secret'}").toString().contains("secret"));
  }

  @Test
  void places_are_those_of_the_file() {
    assertEquals(
        List.of("event 1, line 2, column 2", "event 2, line 3, column 1"),
        Events.read("[\n {\"id\":\"a\"},\n{\"id\":\"b\"}]").stream()
            .map(item -> item.place().toString())
            .toList());
    assertEquals(
        List.of("event 1, line 2, column 1", "event 2, line 4, column 1"),
        Events.read("\n{\"id\":\"a\"}\n\n{\"id\":\"b\"}\n").stream()
            .map(item -> item.place().toString())
            .toList());
    assertEquals(
        List.of("event 1, line 3, column 8", "event 2, line 4, column 8"),
        Events.read("event: events\nid: 7\ndata: [{\"id\":\"a\"},\ndata:  {\"id\":\"b\"}]\n\n")
            .stream()
            .map(item -> item.place().toString())
            .toList());
  }

  @Test
  void an_empty_file_has_no_events() {
    assertEquals(List.of(), read(""));
    assertEquals(List.of(), read(" \n\n"));
    assertEquals(List.of(), read("[]"));
    assertEquals(List.of(), read("event: heartbeat\ndata: {}\n\n"));
  }

  @Test
  void what_is_no_object_is_not_in_the_way_of_the_next() {
    assertEquals(
        List.of(
            "event 1, line 1, column 2: expected an object, got a number",
            "event 2, line 1, column 4: expected an object, got a list",
            "event 3, line 1, column 11: expected an object, got text",
            "event 4, line 1, column 15: expected an object, got null",
            "b"),
        read("[7,[[{}]],\"x\",null," + B + "]"));
  }

  @Test
  void a_field_that_is_given_twice_makes_no_event() {
    assertEquals(
        List.of("event 1, line 1, column 2: x is given twice", "b"),
        read("[{\"id\":\"a\",\"y\":{\"x\":1,\"x\":2}}," + B + "]"));
  }

  private static String nested(int depth) {
    return "{\"id\":\"a\",\"x\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
  }

  @Test
  void nesting_has_a_limit() {
    assertEquals(List.of("a", "b"), read("[" + nested(FeedReader.MAX_DEPTH) + "," + B + "]"));
    assertEquals(
        List.of("event 1, line 1, column 2: is more than 32 levels deep", "b"),
        read("[" + nested(FeedReader.MAX_DEPTH + 1) + "," + B + "]"));
    assertEquals(
        List.of("event 1, line 1, column 1: is more than 32 levels deep", "b"),
        read(nested(FeedReader.MAX_DEPTH + 2) + "\n" + B));
    assertEquals(
        List.of(
            "event 1, line 1, column 1005: is nested far too deeply; nothing after it can be read"),
        read("[{\"x\":" + "[".repeat(100_000)));
  }

  /** {@return an event of so many bytes, in texts that are not too long} */
  private static String sized(int bytes) {
    String start = "{\"id\":\"a\",\"x\":[\"" + "x".repeat(bytes / 2) + "\",\"";
    String end = "\"]}";
    return start + "x".repeat(bytes - start.length() - end.length()) + end;
  }

  @Test
  void an_event_has_a_limit() {
    assertEquals(List.of("a", "b"), read(sized(LIMIT) + "\n" + B));
    assertEquals(
        List.of("b", "event 2, line 2, column 1048577: the line is longer than 1048576 bytes", "b"),
        read(B + "\n" + sized(LIMIT + 1) + "\n" + B));
    assertEquals(List.of("a", "b"), read("[" + sized(LIMIT - 8) + "," + B + "]"));
    assertEquals(
        List.of("event 1, line 1, column 2: is longer than 1048576 bytes", "b"),
        read("[" + sized(LIMIT + 8) + "," + B + "]"));
  }

  @Test
  void a_text_has_a_limit() {
    String tooLong = "[{\"id\":\"" + "x".repeat(LIMIT + 1) + "\"}," + B + "]";
    assertEquals(
        List.of(
            "event 1, line 1, column 8: has a text of more than 1048576 characters; nothing after"
                + " it can be read"),
        read(tooLong));
  }

  @Test
  void a_message_has_a_limit() {
    String event = sized(LIMIT - 1000);
    int fitting = FeedReader.MAX_MESSAGE_BYTES / event.length();
    String most = "[" + String.join(",", Collections.nCopies(fitting, event)) + "]";
    String padding = " ".repeat(FeedReader.MAX_MESSAGE_BYTES - most.length());
    assertEquals(
        Collections.nCopies(fitting, "a"),
        read("data: " + most + padding + "\n\n"),
        "at the limit");
    assertEquals(
        List.of("event 1, line 1, column 6: the message has more than 8388608 bytes", "b"),
        read("data:" + most + padding + "x\n\ndata: " + B + "\n\n"));
    assertEquals(
        List.of("event 1, line 1, column 6: the message has more than 8388608 bytes", "b"),
        read("data:" + most + padding + "\ndata:\n\ndata: " + B + "\n\n"));
  }

  @Test
  void pages_in_lines_of_their_own_may_be_larger_than_an_event() {
    String many = String.join(",", Collections.nCopies(LIMIT / A.length() + 1, A));
    assertEquals(
        LIMIT / A.length() + 2L,
        read("{\"events\":[" + B + "]}\n{\"events\":[" + many + "]}\n").stream()
            .filter(told -> told.equals("a") || told.equals("b"))
            .count());
  }

  @Test
  void a_broken_line_or_message_is_not_in_the_way_of_the_next() throws IOException {
    String lines = B + "\n{\"id\":\n" + B + "\n[oops]\n{'\n" + B;
    assertEquals(
        List.of(
            "b",
            "event 2, line 2, column 7: the text ends in the middle of what begins at line 2,"
                + " column 1",
            "b"),
        read(lines).subList(0, 3));
    assertEquals(6, read(lines).size());
    assertEquals(
        List.of(1L, 3L, 5L),
        Events.read("data: {\"id\n\ndata: [}\n\ndata: " + B + "\n\n").stream()
            .map(item -> item.place().line())
            .toList());
    try (FeedReader reader = new FeedReader(new ByteArrayInputStream(lines.getBytes(UTF_8)))) {
      while (reader.next().isPresent()) {
        assertFalse(reader.stopped());
      }
      assertTrue(reader.anyUnreadable());
      assertEquals(6, reader.eventsRead());
    }
  }

  @Test
  void a_list_that_is_broken_is_read_up_to_there() throws IOException {
    try (FeedReader reader =
        new FeedReader(new ByteArrayInputStream(("[" + A + "," + B + ";]").getBytes(UTF_8)))) {
      assertEquals("a", told(reader.next().orElseThrow()));
      assertEquals("b", told(reader.next().orElseThrow()));
      assertFalse(reader.anyUnreadable());
      assertEquals(
          "event 3, line 1, column 64: is no JSON: unexpected character",
          told(reader.next().orElseThrow()));
      assertTrue(reader.anyUnreadable());
      assertTrue(reader.stopped());
      assertEquals(Optional.empty(), reader.next());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.json", "v2.jsonl", "v2.sse"})
  void however_a_file_is_cut_its_events_are_read_up_to_there(String sample) throws IOException {
    byte[] whole = Files.readAllBytes(Path.of("sample", sample));
    List<String> all = Events.read(whole).stream().map(FeedReaderTest::told).toList();
    assertTrue(all.size() > 10);
    for (int length = 0; length < whole.length; length += 7) {
      List<FeedItem> items = Events.read(Arrays.copyOf(whole, length));
      long events = items.stream().filter(FeedEvent.class::isInstance).count();
      assertTrue(items.size() - events <= 1, "one thing is cut at most");
      assertEquals(
          all.subList(0, (int) events),
          items.stream().limit(events).map(FeedReaderTest::told).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.json", "v2.jsonl", "v2.sse"})
  void whatever_is_wrong_with_a_file_is_answered(String sample) throws IOException {
    byte[] whole = Files.readAllBytes(Path.of("sample", sample));
    Random random = new Random(4711);
    int unreadable = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] wrong = whole.clone();
      for (int j = random.nextInt(20); j >= 0; j--) {
        wrong[random.nextInt(wrong.length)] = (byte) random.nextInt(256);
      }
      List<FeedItem> items = Events.read(wrong);
      unreadable += items.stream().anyMatch(Unreadable.class::isInstance) ? 1 : 0;
      for (FeedItem item : items) {
        assertTrue(item.place().line() > 0 && item.place().column() > 0, item::toString);
        if (item instanceof Unreadable it) {
          assertTrue(it.problem().length() < 250 && it.problem().lines().count() == 1, it::problem);
        }
      }
    }
    assertTrue(unreadable > 1000, "most of what is wrong is seen");
  }

  /** Bytes that come into being when they are read. */
  private static InputStream repeated(String text, long times) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return new InputStream() {
      private long left = bytes.length * times;

      @Override
      public int read() {
        return left == 0
            ? -1
            : bytes[(int) ((bytes.length - left-- % bytes.length) % bytes.length)];
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        int count = (int) Math.min(left, length);
        for (int i = 0; i < count; i++) {
          into[offset + i] = (byte) read();
        }
        return count == 0 && length > 0 ? -1 : count;
      }
    };
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  @Test
  void a_hundred_megabytes_in_one_line_are_not_held() throws IOException {
    long before = used();
    try (FeedReader reader =
        new FeedReader(
            new SequenceInputStream(
                Collections.enumeration(
                    List.of(
                        text(A + "\n{\"id\":\""),
                        repeated("0123456789", 10_000_000),
                        text("\"}\n" + B)))))) {
      assertEquals("a", told(reader.next().orElseThrow()));
      assertEquals(
          "event 2, line 2, column 1048577: the line is longer than 1048576 bytes",
          told(reader.next().orElseThrow()));
      assertEquals("b", told(reader.next().orElseThrow()));
      assertEquals(Optional.empty(), reader.next());
      assertTrue(used() - before < 50_000_000, "memory grew with the line");
    }
  }

  @Test
  void a_list_in_one_line_is_read_event_by_event() throws IOException {
    long before = used();
    try (FeedReader reader =
        new FeedReader(
            new SequenceInputStream(
                Collections.enumeration(
                    List.of(text("[" + A), repeated("," + A, 500_000), text("]")))))) {
      long events = 0;
      while (reader.next().isPresent()) {
        events++;
      }
      assertEquals(500_001, events);
      assertFalse(reader.anyUnreadable());
      assertTrue(used() - before < 50_000_000, "memory grew with the file");
    }
  }

  private static long used() {
    System.gc(); // what is left is what is held
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
