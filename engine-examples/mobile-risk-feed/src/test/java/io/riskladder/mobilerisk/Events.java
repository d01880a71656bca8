package io.riskladder.mobilerisk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events of both versions, made up for tests. */
final class Events {
  static final String AT = "2026-03-02T09:00:00.000Z";

  private Events() {}

  /** {@return JSON with double quotes, written with single ones for reading} */
  static String json(String text) {
    return text.replace('\'', '"');
  }

  static List<FeedItem> read(String text) {
    return read(text.getBytes(UTF_8));
  }

  static List<FeedItem> read(byte[] text) {
    try (FeedReader reader = new FeedReader(new ByteArrayInputStream(text))) {
      List<FeedItem> items = new ArrayList<>();
      for (Optional<FeedItem> item = reader.next(); item.isPresent(); item = reader.next()) {
        items.add(item.get());
      }
      return items;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // there is no I/O to fail
    }
  }

  static FeedEvent event(String text) {
    FeedItem item = read(json(text)).get(0);
    assertTrue(item instanceof FeedEvent, item::toString);
    return (FeedEvent) item;
  }

  /** {@return an id of the stream's kind} */
  static String id(Instant at, int number) {
    long time = at.toEpochMilli();
    return String.format("%08x-%04x-7000-8000-%012x", time >>> 16, time & 0xFFFF, number);
  }

  /** {@return a device as version 2 has it} */
  static String deviceV2(String id, String device, String activation, String protection) {
    return json(
        "{'id':'"
            + id
            + "','created_time':'2026-03-02T10:00:00.000+01:00','type':'DEVICE',"
            + "'change_type':'UPDATED','actor':{'type':'SYSTEM'},'target':{'type':'DEVICE','guid':'"
            + device
            + "'},'device':{'guid':'"
            + device
            + "','platform':'IOS','status':{'activation_status':'"
            + activation
            + "','protection_status':'"
            + protection
            + "'}}}");
  }

  /** {@return a threat as version 2 has it} */
  static String threatV2(
      String id, String device, String threat, String status, String classification) {
    return json(
        "{'id':'"
            + id
            + "','created_time':'2026-03-02T10:00:00.000+01:00','type':'THREAT',"
            + "'change_type':'CREATED','actor':{'type':'DEVICE','guid':'"
            + device
            + "'},'target':{'type':'THREAT','guid':'"
            + device
            + "'},'threat':{'guid':'"
            + threat
            + "','status':'"
            + status
            + "','severity':'HIGH','type':'APPLICATION','classifications':['"
            + classification
            + "'],'assessments':[{'classification':'"
            + classification
            + "'}],'details':{'application_name':'Torch'}}}");
  }
}
