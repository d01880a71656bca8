package io.riskladder.mobilerisk;

import static io.riskladder.mobilerisk.FeedServer.answer;
import static io.riskladder.mobilerisk.FeedServer.sse;
import static io.riskladder.mobilerisk.FeedServer.status;
import static io.riskladder.mobilerisk.FeedServer.torn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.PolicySet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FeedStreamTest {
  private static final Instant NOW = Instant.parse("2026-03-12T09:00:00Z");
  private static final String SECRET = "k3y-that-nobody-is-to-see";
  private static final Duration ONE = Duration.ofSeconds(1);
  private static final String END = "event: end\ndata: {}\n\n";

  /** Only the tests of silence wait for it. */
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder = Path.of("");

  private FeedServer server;
  private final List<FeedItem> items = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private final Ears ears = new Ears();
  private Instant now = NOW;

  FeedStreamTest() throws IOException {
    server = new FeedServer();
  }

  /** Remembers all that it hears. */
  private static final class Ears implements StreamListener {
    private final List<String> connected = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    @Override
    public void connected(Optional<String> after) {
      connected.add(after.orElse(""));
    }

    @Override
    public void disconnected(String why, Duration delay) {
      reasons.add(why);
    }

    @Override
    public void gap(Instant from, Instant to) {
      gaps.add(from + " to " + to);
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Path file() {
    return folder.resolve("position");
  }

  private FeedStream.Builder stream(Consumer<FeedItem> handler) {
    return FeedStream.builder()
        .uri(server.uri("/stream"))
        .tokenUri(server.uri("/token"))
        .credentials(() -> ClientCredentials.applicationKey(SECRET))
        .position(StreamPosition.inFile(file()))
        .handler(handler)
        .listener(ears)
        .silence(LONG)
        .waits(ONE, Duration.ofSeconds(60))
        .clock(() -> now)
        .sleeper(waits::add)
        .random(new Random(1));
  }

  private FeedStream.Builder stream() {
    return stream(items::add);
  }

  private static String id(int number) {
    return Events.id(NOW.minusSeconds(3600), number);
  }

  private static String message(int number) {
    return "id: "
        + id(number)
        + "\nevent: events\ndata: {\"events\":["
        + Events.threatV2(id(number), "d1", "t" + number, "OPEN", "TROJAN")
        + "]}\n\n";
  }

  private List<String> ids() {
    return items.stream()
        .map(item -> item instanceof FeedEvent event ? event.id().orElse("") : "unreadable")
        .toList();
  }

  @Test
  void events_are_handed_on_in_order_until_the_end() throws Exception {
    server.next(sse("event:heartbeat\ndata:{}\n\n", message(1), ": alive\n\n", message(2), END));
    stream().build().run();
    assertEquals(List.of(id(1), id(2)), ids());
    assertEquals(id(2) + "\n", Files.readString(file()));
    FeedServer.Request token = server.tokenRequests().get(0);
    assertEquals("Bearer " + SECRET, token.authorization());
    assertEquals("grant_type=client_credentials", token.body());
    FeedServer.Request request = server.streamRequests().get(0);
    assertEquals("Bearer token-1", request.authorization());
    assertEquals(Optional.empty(), request.lastEventId());
    assertEquals("null", request.query());
    assertEquals(List.of(), waits);
  }

  @Test
  void after_a_restart_the_stream_is_taken_up_after_the_last_id() throws Exception {
    server.next(sse(message(1), END), sse(message(2), END));
    stream().build().run();
    stream().build().run(); // a new stream, which knows the file alone
    assertEquals(List.of(id(1), id(2)), ids());
    assertEquals(
        List.of(Optional.empty(), Optional.of(id(1))),
        server.streamRequests().stream().map(FeedServer.Request::lastEventId).toList());
    assertEquals(List.of("", id(1)), ears.connected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 60, 200, 400})
  void an_event_that_is_cut_in_the_middle_comes_again_whole(int bytes) throws Exception {
    server.next(torn(message(1), message(2).substring(0, bytes)), sse(message(2), END));
    stream().build().run();
    assertEquals(List.of(id(1), id(2)), ids());
    assertEquals(Optional.of(id(1)), server.streamRequests().get(1).lastEventId());
    assertEquals(1, waits.size());
  }

  @Test
  void a_connection_that_ends_within_a_message_loses_nothing() throws Exception {
    String whole = message(2);
    server.next(sse(message(1), whole.substring(0, whole.length() - 1)), sse(message(2), END));
    stream().build().run();
    assertEquals(List.of(id(1), id(2)), ids());
    assertEquals(List.of("the service closed the connection"), ears.reasons);
  }

  @Test
  void events_that_are_repeated_are_done_once() throws Exception {
    Fleet fleet =
        Fleet.under(
            PolicySet.builder()
                .addGroup(DeviceGroup.builder().id("all").build())
                .build()
                .compile());
    List<Effect> effects = new ArrayList<>();
    long[] number = {0};
    FeedMapping mapping =
        FeedMapping.of(
            FeedVersion.V2, FeedTarget.of(fleet, EffectSink.of(effects::add), () -> ++number[0]));
    List<Mapping> mappings = new ArrayList<>();
    server.next(
        torn(message(1), message(2)), torn(message(1), message(2), message(3)), sse(message(3)));
    stream(item -> mappings.add(mapping.take(item))).build().run();
    assertEquals(
        List.of("Mapped", "Mapped", "Redelivered", "Redelivered", "Mapped", "Redelivered"),
        mappings.stream().map(m -> m.getClass().getSimpleName()).toList());
    assertEquals(3, effects.stream().filter(Effect.IssueOpened.class::isInstance).count());
  }

  @Test
  void a_connection_without_a_heartbeat_is_given_up() throws Exception {
    server.next(server.silent(message(1)), sse(message(2), END));
    stream().silence(Duration.ofMillis(500)).build().run();
    assertEquals(List.of(id(1), id(2)), ids());
    assertTrue(ears.reasons.contains("nothing came for too long"), ears.reasons::toString);
  }

  @Test
  void a_service_that_never_answers_is_given_up() throws Exception {
    server.nextToken(
        exchange -> server.silent().play(exchange)); // begins to answer, and leaves it at that
    server.next(sse(message(1), END));
    stream().silence(Duration.ofMillis(500)).build().run();
    assertEquals(List.of(id(1)), ids());
    assertTrue(ears.reasons.contains("nothing came for too long"), ears.reasons::toString);
  }

  @Test
  void a_token_that_is_no_longer_good_is_replaced_at_once() throws Exception {
    server.next(torn(message(1)), status(401), sse(message(2), END));
    stream().build().run();
    assertEquals(List.of(id(1), id(2)), ids());
    assertEquals(2, server.tokenRequests().size());
    assertEquals(
        List.of("Bearer token-1", "Bearer token-1", "Bearer token-2"),
        server.streamRequests().stream().map(FeedServer.Request::authorization).toList());
    assertEquals(Duration.ZERO, waits.get(1));
  }

  @Test
  void fresh_tokens_that_are_refused_are_asked_for_ever_less_often() throws Exception {
    server.next(status(401), status(401), status(401), sse(message(1), END));
    stream().build().run();
    assertEquals(List.of(id(1)), ids());
    assertEquals(4, server.tokenRequests().size());
    assertDoubling(waits);
  }

  @Test
  void a_token_is_used_until_a_minute_before_it_expires() throws Exception {
    server.next(torn(message(1)), torn(message(2)), torn(message(3)), sse(END));
    stream(
            item -> {
              items.add(item);
              now = items.size() == 1 ? NOW.plusSeconds(1738) : NOW.plusSeconds(1739);
            })
        .build()
        .run();
    assertEquals(
        List.of("Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2"),
        server.streamRequests().stream().map(FeedServer.Request::authorization).toList());
  }

  @Test
  void credentials_are_asked_for_with_each_token() throws Exception {
    List<String> keys = new ArrayList<>(List.of("old", "new"));
    server.nextToken(status(401));
    stream().credentials(() -> ClientCredentials.applicationKey(keys.remove(0))).build().run();
    assertEquals(
        List.of("Bearer old", "Bearer new"),
        server.tokenRequests().stream().map(FeedServer.Request::authorization).toList());
  }

  @Test
  void an_id_and_a_secret_are_sent_as_oauth_has_them() throws Exception {
    stream().credentials(() -> ClientCredentials.ofClient("me", "s")).build().run();
    assertEquals("Basic bWU6cw==", server.tokenRequests().get(0).authorization());
  }

  @Test
  void a_service_with_too_many_requests_is_left_alone_as_long_as_it_asks() throws Exception {
    server.next(
        status(429, "Retry-After", "120"),
        status(503, "Retry-After", "Thu, 12 Mar 2026 09:07:00 GMT"),
        status(429, "Retry-After", "999999"),
        status(429, "Retry-After", "soon"),
        sse(message(1), END));
    stream().build().run();
    assertEquals(List.of(id(1)), ids());
    assertEquals(
        List.of(Duration.ofMinutes(2), Duration.ofMinutes(7), FeedStream.LONGEST_ASKED_WAIT),
        waits.subList(0, 3));
    assertTrue(waits.get(3).compareTo(Duration.ofSeconds(8)) <= 0, waits::toString);
    assertEquals("the stream request was answered with status 429", ears.reasons.get(0));
  }

  @Test
  void waits_double_up_to_the_longest_and_start_anew_once_the_service_is_well() throws Exception {
    FeedServer.Scene bad = status(500);
    server.next(bad, bad, bad, bad, bad, bad, bad, bad, torn("event:heartbeat\ndata:{}\n\n"), bad);
    stream().build().run();
    assertDoubling(waits.subList(0, 6));
    assertTrue(waits.get(7).compareTo(Duration.ofSeconds(60)) <= 0, waits::toString);
    assertTrue(waits.get(7).compareTo(Duration.ofSeconds(30)) >= 0, waits::toString);
    assertDoubling(waits.subList(8, 10));
  }

  /** Each between half and all of what it could be. */
  private static void assertDoubling(List<Duration> waits) {
    for (int i = 0; i < waits.size(); i++) {
      Duration most = ONE.multipliedBy(1L << i);
      assertTrue(waits.get(i).compareTo(most) <= 0, waits::toString);
      assertTrue(waits.get(i).compareTo(most.dividedBy(2)) >= 0, waits::toString);
    }
  }

  @Test
  void waits_are_left_to_chance() {
    BackOff one = new BackOff(ONE, LONG, new Random(1));
    BackOff other = new BackOff(ONE, LONG, new Random(2));
    assertFalse(one.next().equals(other.next()));
  }

  @Test
  void garbage_is_set_aside_and_what_follows_is_read() throws Exception {
    server.next(
        sse(
            "id: " + id(1) + "\nevent: events\ndata: {\"events\": [oops\n\n",
            "event: events\ndata: [7]\n\n",
            "event: surprise\ndata: {}\n\n",
            "\u0000\u0001 what\n\n",
            "retry: never\n\n",
            "id: " + id(2) + "\nid: \ndata: [" + event(2) + "]\n\n",
            END));
    stream().build().run();
    assertEquals(List.of("unreadable", "unreadable", "unreadable", id(2)), ids());
    assertEquals(
        List.of(1L, 2L, 3L, 4L), items.stream().map(item -> item.place().event()).toList());
    assertEquals(id(2) + "\n", Files.readString(file()));
  }

  private static String event(int number) {
    return Events.threatV2(id(number), "d1", "t" + number, "OPEN", "TROJAN");
  }

  @Test
  void an_answer_that_is_no_stream_is_a_failure() throws Exception {
    server.next(answer("text/html", "<p>Please log in"), sse(message(1), END));
    stream().build().run();
    assertEquals(List.of(id(1)), ids());
    assertEquals(List.of("the stream request was answered with something else"), ears.reasons);
  }

  @Test
  void a_service_that_asks_to_connect_anew_is_obeyed_at_once_or_when_it_says() throws Exception {
    server.next(
        sse(message(1), "event: reconnect\ndata: {}\n\n"),
        sse(message(2), "event:reconnect\nretry:1500\n\n"),
        sse(message(3), END));
    stream().build().run();
    assertEquals(List.of(id(1), id(2), id(3)), ids());
    assertEquals(List.of(Duration.ZERO, Duration.ofMillis(1500)), waits);
    assertEquals(Optional.of(id(2)), server.streamRequests().get(2).lastEventId());
  }

  @Test
  void a_service_that_asks_to_connect_anew_and_gives_nothing_is_asked_ever_less_often()
      throws Exception {
    FeedServer.Scene again = sse("event: reconnect\ndata: {}\n\n");
    server.next(again, again, again);
    stream().build().run();
    assertEquals(3, waits.size());
    assertDoubling(waits);
  }

  @Test
  void an_id_of_more_than_ten_days_ago_is_not_asked_for() throws Exception {
    String old = Events.id(NOW.minus(Duration.ofDays(12)), 1);
    StreamPosition.inFile(file()).save(old);
    server.next(torn(": alive\n\n"), sse(message(1)), sse(END));
    stream().build().run();
    Instant earliest = NOW.minus(Duration.ofDays(10)).plusSeconds(60);
    assertEquals(
        List.of("start_time=" + earliest, "start_time=" + earliest, "null"),
        server.streamRequests().stream().map(FeedServer.Request::query).toList());
    assertEquals(
        List.of(Optional.empty(), Optional.empty(), Optional.of(id(1))),
        server.streamRequests().stream().map(FeedServer.Request::lastEventId).toList());
    assertEquals(List.of(NOW.minus(Duration.ofDays(12)) + " to " + earliest), ears.gaps);
  }

  @Test
  void an_id_of_nearly_ten_days_ago_is_asked_for() throws Exception {
    String old = Events.id(NOW.minus(Duration.ofDays(10)).plusSeconds(60), 1);
    StreamPosition.inFile(file()).save(old);
    stream().build().run();
    assertEquals(Optional.of(old), server.streamRequests().get(0).lastEventId());
    assertEquals(List.of(), ears.gaps);
  }

  @Test
  void an_id_that_tells_no_time_is_asked_for() throws Exception {
    StreamPosition.inFile(file()).save("4711");
    stream().build().run();
    assertEquals(Optional.of("4711"), server.streamRequests().get(0).lastEventId());
  }

  @Test
  void a_first_start_goes_back_as_far_as_the_host_wants_and_ten_days_at_most() throws Exception {
    stream().startAt(NOW.minus(Duration.ofDays(3))).build().run();
    assertEquals("start_time=2026-03-09T09:00:00Z", server.streamRequests().get(0).query());
    stream().startAt(NOW.minus(Duration.ofDays(11))).build().run();
    assertEquals("start_time=2026-03-02T09:01:00Z", server.streamRequests().get(1).query());
    assertEquals(List.of("2026-03-01T09:00:00Z to 2026-03-02T09:01:00Z"), ears.gaps);
  }

  @Test
  void an_event_that_the_handler_failed_on_comes_again() throws Exception {
    server.next(sse(message(1), message(2), END), sse(message(2), END));
    FeedStream stream =
        stream(
                item -> {
                  if (items.size() == 1 && waits.isEmpty()) {
                    waits.add(ONE); // once
                    throw new IllegalStateException("store is down");
                  }
                  items.add(item);
                })
            .build();
    assertEquals(
        "store is down", assertThrows(IllegalStateException.class, stream::run).getMessage());
    assertEquals(id(1) + "\n", Files.readString(file()));
    stream.run();
    assertEquals(List.of(id(1), id(2)), ids());
    assertEquals(Optional.of(id(1)), server.streamRequests().get(1).lastEventId());
  }

  @Test
  void a_position_that_cannot_be_kept_ends_the_run() throws Exception {
    server.next(sse(message(1), message(2), END));
    FeedStream stream =
        stream().position(StreamPosition.inFile(folder.resolve("none/position"))).build();
    assertThrows(IOException.class, stream::run);
    assertEquals(List.of(id(1)), ids());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "caf\u00e9", "\n"})
  void a_position_that_is_none_is_refused(String text) throws Exception {
    Files.writeString(file(), text);
    IOException e = assertThrows(IOException.class, stream().build()::run);
    assertTrue(String.valueOf(e.getMessage()).contains("holds no position"), e::toString);
    assertEquals(List.of(), server.streamRequests());
  }

  @Test
  void a_position_of_the_hosts_own_that_is_none_is_refused() {
    FeedStream stream =
        stream()
            .position(
                new StreamPosition() {
                  @Override
                  public Optional<String> load() {
                    return Optional.of("a\nX-Other: b");
                  }

                  @Override
                  public void save(String id) {}
                })
            .build();
    assertThrows(IOException.class, stream::run);
    assertEquals(List.of(), server.streamRequests());
  }

  @Test
  void a_thread_that_is_interrupted_stops() throws Exception {
    server.next(server.silent(message(1)));
    FeedStream stream = stream(item -> Thread.currentThread().interrupt()).build();
    assertThrows(InterruptedException.class, stream::run);
    assertFalse(Thread.currentThread().isInterrupted());
    assertEquals(id(1) + "\n", Files.readString(file())); // what was handled is kept
  }

  @Test
  void a_thread_that_is_interrupted_while_nothing_comes_stops() throws Exception {
    Thread runner = Thread.currentThread();
    server.next(
        exchange -> {
          runner.interrupt();
          server.silent().play(exchange);
        });
    assertThrows(InterruptedException.class, stream().build()::run);
  }

  @Test
  void a_service_that_is_not_there_is_tried_again() throws Exception {
    URI nobody;
    try (ServerSocket free = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://localhost:" + free.getLocalPort() + "/token");
    }
    FeedStream stream =
        stream()
            .tokenUri(nobody)
            .sleeper(
                wait -> {
                  waits.add(wait);
                  if (waits.size() == 3) {
                    throw new InterruptedException("enough");
                  }
                })
            .build();
    assertThrows(InterruptedException.class, stream::run);
    assertDoubling(waits);
    assertEquals("the connection failed: ConnectException, ConnectException", ears.reasons.get(0));
  }

  @Test
  void no_secret_shows_in_any_text() throws Exception {
    server.nextToken(
        status(500),
        answer("application/json", "{\"access_token\": \"" + SECRET + "\\nX: y\"}"),
        answer("application/json", "{\"access_token\": " + SECRET + "}"),
        answer("application/json", "{\"error\": \"" + SECRET + "\"}"),
        answer("application/json", SECRET));
    server.next(
        torn("event: events\ndata: " + SECRET + "\n\n"), status(403), status(401), status(401));
    stream().build().run();
    assertEquals(1, items.size());
    assertEquals(9, ears.reasons.size(), ears.reasons::toString);
    assertEquals(
        List.of(
            "the token request was answered with status 500",
            "the token request was answered without a token",
            "the token request was answered without a token",
            "the token request was answered without a token",
            "the token request was answered without a token"),
        ears.reasons.subList(0, 5));
    ClientCredentials key = ClientCredentials.applicationKey(SECRET);
    ClientCredentials pair = ClientCredentials.ofClient("me", SECRET);
    List<String> texts = new ArrayList<>(ears.reasons);
    texts.addAll(List.of(key.toString(), pair.toString(), stream().build().toString()));
    for (String bad : List.of("", SECRET + "\n", SECRET + "\u00e9", SECRET + " ")) {
      texts.add(
          assertThrows(IllegalArgumentException.class, () -> ClientCredentials.applicationKey(bad))
              .toString());
      texts.add(
          assertThrows(IllegalArgumentException.class, () -> ClientCredentials.ofClient("me", bad))
              .toString());
      texts.add(
          assertThrows(IllegalArgumentException.class, () -> ClientCredentials.ofClient(bad, "s"))
              .toString());
    }
    texts.forEach(text -> assertFalse(text.contains(SECRET), text));
    assertThrows(IllegalArgumentException.class, () -> ClientCredentials.ofClient("a:b", SECRET));
  }

  @Test
  void a_stream_lacks_nothing_that_it_needs() {
    assertEquals(
        "credentials: is missing",
        assertThrows(
                IllegalStateException.class,
                () ->
                    FeedStream.builder()
                        .handler(items::add)
                        .position(StreamPosition.inFile(file()))
                        .build())
            .getMessage());
    assertThrows(IllegalStateException.class, () -> FeedStream.builder().build());
    assertThrows(IllegalArgumentException.class, () -> stream().silence(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> stream().waits(ONE, Duration.ofSeconds(-1)));
  }
}
