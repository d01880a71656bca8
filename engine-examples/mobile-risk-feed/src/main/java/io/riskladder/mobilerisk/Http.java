package io.riskladder.mobilerisk;

import java.io.Closeable;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Flow;

/** Asks, with an end to patience, and answers with nothing but what was asked for. */
final class Http {
  private static final int OK = 200;
  private static final int LONGEST_SECONDS = 9;

  private final HttpClient client;
  private final Duration patience;
  private final InstantSource clock;

  Http(HttpClient client, Duration patience, InstantSource clock) {
    this.client = client;
    this.patience = patience;
    this.clock = clock;
  }

  /** An answer whose body is still to come. */
  record Answer(String contentType, TimedBody body) implements Closeable {
    @Override
    public void close() {
      body.close();
    }
  }

  /**
   * Sends a request.
   *
   * @param what what it is for, for messages
   */
  Answer send(HttpRequest.Builder request, String what)
      throws IOException, InterruptedException, RefusedException {
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
        client.send(request.timeout(patience).build(), HttpResponse.BodyHandlers.ofPublisher());
    TimedBody body = new TimedBody(patience);
    response.body().subscribe(body);
    if (response.statusCode() != OK) {
      body.close();
      throw new RefusedException(
          "the " + what + " request was answered with status " + response.statusCode(),
          response.statusCode(),
          response.headers().firstValue("Retry-After").map(this::wait).orElse(Duration.ZERO));
    }
    return new Answer(response.headers().firstValue("Content-Type").orElse(""), body);
  }

  /** {@return how long a header asks to wait, in seconds or until a date; zero if it is neither} */
  private Duration wait(String header) {
    String value = header.strip();
    boolean seconds =
        !value.isEmpty()
            && value.length() <= LONGEST_SECONDS
            && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (seconds) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), until);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}
