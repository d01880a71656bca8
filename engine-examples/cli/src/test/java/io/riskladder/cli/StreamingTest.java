package io.riskladder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are longer than anyone wants to hold. */
final class StreamingTest {
  private static final int DEVICES = 1_000;
  private static final int EVENTS = 60_000;

  /** Threats of each device, one after the other, each detected and resolved. */
  private static final int ROUNDS = (EVENTS - DEVICES) / DEVICES / 2;

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long SECONDS_BETWEEN_EVENTS = 10;

  private static final String POLICY =
      """
      version: 1
      groups:
        - id: g
          policies:
            NO_DEVICE_LOCK:
              riskLevel: ADVISORY
              response: ALERT_DEVICE
              escalations:
                - {after: PT1H, riskLevel: LOW, response: DONT_ALERT}
                - {after: P1D, riskLevel: HIGH, response: DONT_ALERT}
      """;

  @TempDir private Path folder = Path.of("");

  /** Lines that come into being when they are read. */
  private static final class MadeUpLines extends InputStream {
    private final LongFunction<String> line;
    private final long count;
    private long next;
    private byte[] current = {};
    private int at;

    MadeUpLines(long count, LongFunction<String> line) {
      this.count = count;
      this.line = line;
    }

    @Override
    public int read() {
      if (at == current.length) {
        if (next == count) {
          return -1;
        }
        current = (line.apply(next++) + "\n").getBytes(UTF_8);
        at = 0;
      }
      return current[at++] & 0xFF;
    }

    /** A line at most, as a pipe would. */
    @Override
    public int read(byte[] into, int from, int length) {
      Objects.checkFromIndexSize(from, length, into.length);
      int first = length == 0 ? -1 : read();
      if (first < 0) {
        return length == 0 ? 0 : -1;
      }
      into[from] = (byte) first;
      int more = Math.min(length - 1, current.length - at);
      System.arraycopy(current, at, into, from + 1, more);
      at += more;
      return 1 + more;
    }
  }

  /** Counts effects by type, and keeps a line at most. */
  private static final class Counting extends OutputStream {
    private final Map<String, Integer> byType = new TreeMap<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      if (b == '\n') {
        byType.merge(
            String.valueOf(Json.object(line.toString(UTF_8)).get("type")), 1, Integer::sum);
        line.reset();
      } else {
        line.write(b);
      }
    }
  }

  /** All enrol; then by turns each has a threat found, and after all of them each is rid of it. */
  private static String event(long number) {
    String device = "device-" + number % DEVICES;
    long round = number / DEVICES;
    String start =
        "{\"at\":\""
            + START.plusSeconds(number * SECONDS_BETWEEN_EVENTS)
            + "\",\"device\":\""
            + device
            + "\",";
    if (round == 0) {
      return start + "\"type\":\"DEVICE_ENROLLED\",\"group\":\"g\",\"platform\":\"IOS\"}";
    }
    String threat = "\"threat\":\"t-" + (round - 1) / 2 + "\"";
    return round % 2 == 1
        ? start
            + "\"type\":\"THREAT_DETECTED\",\"classification\":\"NO_DEVICE_LOCK\","
            + threat
            + "}"
        : start + "\"type\":\"THREAT_RESOLVED\"," + threat + "}";
  }

  @Test
  void three_hundred_thousand_events_of_a_thousand_devices_are_replayed() throws IOException {
    Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    Counting out = new Counting();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Riskladder.run(
            new MadeUpLines(EVENTS, StreamingTest::event),
            out,
            err,
            "replay",
            "--policy",
            policy.toString(),
            "--events",
            "-");
    assertEquals("", err.toString(UTF_8));
    assertEquals(0, status);
    // A threat lasts 1000 events of 10 seconds: longer than an hour, shorter than a day more. The
    // last round is one of detections alone, of which the last hour's are still at ADVISORY.
    int detected = (ROUNDS + 1) * DEVICES;
    int resolved = ROUNDS * DEVICES;
    int beforeTheLastHour = DEVICES - (int) (3600 / SECONDS_BETWEEN_EVENTS);
    int opened = resolved + beforeTheLastHour;
    assertEquals(
        new TreeMap<>(
            Map.of(
                "NOTIFY_DEVICE", detected,
                "ISSUE_OPENED", opened,
                "ADD_LABEL", opened,
                "ISSUE_RESOLVED", resolved,
                "REMOVE_LABEL", resolved)),
        out.byType);
  }
}
