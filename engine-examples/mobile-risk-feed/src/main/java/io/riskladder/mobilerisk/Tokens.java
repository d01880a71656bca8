package io.riskladder.mobilerisk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gets tokens and keeps one until shortly before it expires. */
final class Tokens {
  private static final int MAX_ANSWER_BYTES = 64 * 1024;
  private static final Duration MARGIN = Duration.ofSeconds(60);

  /** What is assumed where the service does not say how long a token lasts. */
  private static final Duration DEFAULT_LIFE = Duration.ofMinutes(5);

  private static final long LONGEST_LIFE_SECONDS = Duration.ofDays(1).toSeconds();

  private final Http http;
  private final URI uri;
  private final Supplier<ClientCredentials> credentials;
  private final InstantSource clock;
  private @Nullable String token;
  private Instant until = Instant.MIN;

  Tokens(Http http, URI uri, Supplier<ClientCredentials> credentials, InstantSource clock) {
    this.http = http;
    this.uri = uri;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** {@return whether a token is at hand, so that none has to be asked for} */
  boolean isAtHand() {
    return token != null && clock.instant().isBefore(until);
  }

  /** Has the next call ask for another token. */
  void forget() {
    token = null;
  }

  /** {@return a token, fit for a header} */
  String token() throws IOException, InterruptedException, RefusedException {
    String known = token;
    if (known != null && isAtHand()) {
      return known;
    }
    Instant asked = clock.instant();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", credentials.get().authorization())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"));
    try (Http.Answer answer = http.send(request, "token")) {
      return read(answer.body().readNBytes(MAX_ANSWER_BYTES), asked);
    }
  }

  private String read(byte[] answer, Instant asked) throws IOException, RefusedException {
    String fresh = null;
    Duration life = DEFAULT_LIFE;
    try (JsonParser parser = Json.FACTORY.createParser(answer)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          JsonToken value = parser.nextToken();
          if (name.equals("access_token") && value == JsonToken.VALUE_STRING) {
            fresh = parser.getText();
          } else if (name.equals("expires_in") && value == JsonToken.VALUE_NUMBER_INT) {
            life = Duration.ofSeconds(Math.min(LONGEST_LIFE_SECONDS, parser.getLongValue()));
          }
          parser.skipChildren();
        }
      }
    } catch (JsonProcessingException e) {
      fresh = null; // its message may quote the token, so it goes no further
    }
    if (fresh == null || !ClientCredentials.isVisible(fresh)) {
      throw new RefusedException("the token request was answered without a token");
    }
    token = fresh;
    until = asked.plus(life).minus(MARGIN);
    return fresh;
  }
}
