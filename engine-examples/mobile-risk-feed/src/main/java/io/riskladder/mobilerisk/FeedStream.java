package io.riskladder.mobilerisk;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The service's stream of events, version 2: connects, takes up where it was left, hands events on,
 * and connects anew whenever that ends, waiting longer each time it fails.
 *
 * <p>Each event is handed on at least once and in the stream's order: after a break, or if the
 * handler throws, those since the last position that was kept come again, and {@link FeedMapping}
 * knows them by their ids. Runs in the caller's thread. A stream can be run again after it ended,
 * by one thread at a time.
 */
public final class FeedStream {
  /** How far back the service goes. */
  public static final Duration LONGEST_BACK = Duration.ofDays(10);

  /** Longest wait that the service can ask for; what is longer is taken for this. */
  public static final Duration LONGEST_ASKED_WAIT = Duration.ofHours(1);

  /** How much less than ten days back the stream is asked for, as asking takes time. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final URI uri;
  private final Consumer<? super FeedItem> handler;
  private final StreamPosition position;
  private final StreamListener listener;
  private final Optional<Instant> startAt;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Http http;
  private final Tokens tokens;
  private final BackOff backOff;
  private Optional<String> last = Optional.empty();
  private boolean gapTold;
  private Duration retry = Duration.ZERO;
  private long items;

  private FeedStream(Builder builder) {
    this.uri = builder.uri;
    this.handler = required(builder.handler, "handler");
    this.position = required(builder.position, "position");
    this.listener = builder.listener;
    this.startAt = Optional.ofNullable(builder.startAt);
    this.clock = builder.clock;
    this.sleeper = builder.sleeper;
    HttpClient client = builder.client;
    this.http = new Http(client == null ? client(builder.silence) : client, builder.silence, clock);
    this.tokens =
        new Tokens(http, builder.tokenUri, required(builder.credentials, "credentials"), clock);
    this.backOff = new BackOff(builder.firstWait, builder.longestWait, builder.random);
  }

  private static <T> T required(@Nullable T part, String name) {
    if (part == null) {
      throw new IllegalStateException(name + ": is missing");
    }
    return part;
  }

  private static HttpClient client(Duration silence) {
    return HttpClient.newBuilder()
        .connectTimeout(silence)
        .followRedirects(HttpClient.Redirect.NEVER) // a token goes nowhere else
        .build();
  }

  /** How a connection ended. */
  private enum Ending {
    /** The service wants us to connect anew, and nothing is wrong. */
    RECONNECT,
    /** The service wants us to connect anew, and gave us nothing. */
    RECONNECT_FOR_NOTHING,
    /** The service has nothing more to say. */
    END,
    /** It was closed. */
    CLOSED
  }

  /** The position could not be kept, which is not the connection's fault. */
  private static final class PositionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final IOException failure;

    PositionException(IOException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  /**
   * Hands events on until the service says that the stream is at its end. What the handler or
   * another part of the host throws is thrown on.
   *
   * @throws InterruptedException if the thread is interrupted, which is how a host stops it
   * @throws IOException if the position cannot be loaded or kept
   */
  public void run() throws InterruptedException, IOException {
    last = position.load();
    if (last.isPresent() && !ClientCredentials.isVisible(last.get())) {
      throw new IOException("the position is no id, expected visible ASCII characters");
    }
    gapTold = false;
    retry = Duration.ZERO;
    backOff.reset();
    try {
      while (connection()) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted");
        }
      }
    } catch (PositionException e) {
      throw e.failure;
    }
  }

  /** {@return whether there is to be another connection, after the wait that this one ends with} */
  private boolean connection() throws InterruptedException, PositionException {
    String why;
    Duration wait;
    boolean tokenIsFresh = !tokens.isAtHand();
    try {
      Ending ending = connected();
      if (ending == Ending.END) {
        return false;
      }
      why =
          ending == Ending.CLOSED
              ? "the service closed the connection"
              : "the service asked to connect anew";
      wait = ending == Ending.RECONNECT ? retry : longer(backOff.next(), retry);
    } catch (RefusedException e) {
      why = String.valueOf(e.getMessage());
      if (e.isUnauthorized()) {
        tokens.forget();
      }
      boolean tokenWasOld = e.isUnauthorized() && !tokenIsFresh;
      wait = tokenWasOld ? Duration.ZERO : longer(backOff.next(), longer(e.retryAfter(), retry));
    } catch (HttpTimeoutException e) {
      why = "nothing came for too long";
      wait = longer(backOff.next(), retry);
    } catch (IOException e) {
      if (e instanceof InterruptedIOException && Thread.interrupted()) {
        throw (InterruptedException) new InterruptedException("interrupted").initCause(e);
      }
      why = "the connection failed: " + kind(e); // its message may quote what was sent
      wait = longer(backOff.next(), retry);
    }
    Duration atMost = wait.compareTo(LONGEST_ASKED_WAIT) > 0 ? LONGEST_ASKED_WAIT : wait;
    listener.disconnected(why, atMost);
    sleeper.sleep(atMost);
    return true;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static String kind(IOException e) {
    Throwable cause = e.getCause();
    String kind = e.getClass().getSimpleName();
    return cause == null ? kind : kind + ", " + cause.getClass().getSimpleName();
  }

  private Ending connected()
      throws IOException, InterruptedException, RefusedException, PositionException {
    Optional<Instant> from = from();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(from.map(this::startingAt).orElse(uri))
            .header("Authorization", "Bearer " + tokens.token())
            .header("Accept", "text/event-stream")
            .header("Cache-Control", "no-store");
    if (from.isEmpty()) {
      last.ifPresent(id -> request.header("Last-Event-ID", id));
    }
    try (Http.Answer answer = http.send(request, "stream")) {
      if (!answer.contentType().toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
        throw new RefusedException("the stream request was answered with something else");
      }
      listener.connected(from.isPresent() ? Optional.empty() : last);
      return read(new SseMessages(answer.body()));
    }
  }

  /** {@return when the stream is to begin, unless it begins after an id, or now} */
  private Optional<Instant> from() {
    Instant earliest = clock.instant().minus(LONGEST_BACK).plus(MARGIN);
    Optional<Instant> wanted = last.isPresent() ? EventIds.instant(last.get()) : startAt;
    if (wanted.isEmpty() || !wanted.get().isBefore(earliest)) {
      return last.isPresent() ? Optional.empty() : wanted;
    }
    if (!gapTold) {
      gapTold = true;
      listener.gap(wanted.get(), earliest);
    }
    return Optional.of(earliest);
  }

  private URI startingAt(Instant from) {
    String query = "start_time=" + from.truncatedTo(ChronoUnit.MILLIS);
    return URI.create(uri + (uri.getQuery() == null ? "?" : "&") + query);
  }

  private Ending read(SseMessages messages)
      throws IOException, InterruptedException, PositionException {
    boolean alive = false;
    Optional<SseMessage> next = messages.next();
    while (next.isPresent() && next.get().complete()) { // what was cut off comes again
      SseMessage message = next.get();
      retry = message.retry().orElse(retry);
      if (message.isEnd()) {
        return Ending.END;
      }
      if (message.isReconnect()) {
        return alive || messages.commented() ? Ending.RECONNECT : Ending.RECONNECT_FOR_NOTHING;
      }
      alive = true;
      backOff.reset();
      hand(message);
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted");
      }
      next = messages.next();
    }
    return Ending.CLOSED;
  }

  /** Hands a message's events on, and then keeps the position after them. */
  private void hand(SseMessage message) throws IOException, PositionException {
    MessageEvents events = new MessageEvents(message, () -> ++items);
    Optional<String> after = Optional.empty();
    boolean any = false;
    for (Optional<FeedItem> item = events.next(); item.isPresent(); item = events.next()) {
      any = true;
      handler.accept(item.get());
      after = item.get() instanceof FeedEvent event ? event.id() : after;
    }
    Optional<String> id = message.id().isPresent() ? message.id() : after;
    if (any && id.filter(ClientCredentials::isVisible).isPresent()) {
      keep(id.get());
    }
  }

  private void keep(String id) throws PositionException {
    last = Optional.of(id);
    gapTold = false;
    try {
      position.save(id);
    } catch (IOException e) {
      throw new PositionException(e);
    }
  }

  /** {@return where it connects to, without anything of it that could be secret} */
  @Override
  public String toString() {
    return "FeedStream{" + uri.getHost() + uri.getPath() + "}";
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Assembles a stream; not safe for use by several threads. Credentials, handler and position are
   * needed, all else has a default.
   */
  public static final class Builder {
    private static final int DEFAULT_SILENCE_SECONDS = 90;
    private static final int DEFAULT_LONGEST_WAIT_SECONDS = 300;

    private URI uri = URI.create("https://api.lookout.com/mra/stream/v2/events");
    private URI tokenUri = URI.create("https://api.lookout.com/oauth2/token");
    private @Nullable Supplier<ClientCredentials> credentials;
    private @Nullable Consumer<? super FeedItem> handler;
    private @Nullable StreamPosition position;
    private StreamListener listener = new StreamListener() {};
    private @Nullable HttpClient client;
    private @Nullable Instant startAt;
    private Duration silence = Duration.ofSeconds(DEFAULT_SILENCE_SECONDS);
    private Duration firstWait = Duration.ofSeconds(1);
    private Duration longestWait = Duration.ofSeconds(DEFAULT_LONGEST_WAIT_SECONDS);
    private InstantSource clock = InstantSource.system();
    private Sleeper sleeper = wait -> TimeUnit.NANOSECONDS.sleep(wait.toNanos());
    private RandomGenerator random = new SecureRandom();

    private Builder() {}

    /**
     * Sets where the stream is; the service's own address unless set.
     *
     * @param value an address of HTTPS, or of HTTP in tests
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder uri(URI value) {
      uri = requireNonNull(value, "uri");
      return this;
    }

    /**
     * Sets where tokens are; the service's own address unless set.
     *
     * @param value an address of HTTPS, or of HTTP in tests
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder tokenUri(URI value) {
      tokenUri = requireNonNull(value, "tokenUri");
      return this;
    }

    /**
     * Sets what tokens are given for.
     *
     * @param value asked in the stream's thread whenever a token is needed, so that credentials can
     *     change; may block; what it throws ends the run
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder credentials(Supplier<ClientCredentials> value) {
      credentials = requireNonNull(value, "credentials");
      return this;
    }

    /**
     * Sets who gets the events.
     *
     * @param value called in the stream's thread, one event after the other; may block, which slows
     *     the stream; what it throws ends the run, and the event comes again in the next
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder handler(Consumer<? super FeedItem> value) {
      handler = requireNonNull(value, "handler");
      return this;
    }

    /**
     * Sets where the position is kept.
     *
     * @param value the position
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder position(StreamPosition value) {
      position = requireNonNull(value, "position");
      return this;
    }

    /**
     * Sets who hears how the stream fares; nobody unless set.
     *
     * @param value the listener
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder listener(StreamListener value) {
      listener = requireNonNull(value, "listener");
      return this;
    }

    /**
     * Sets the client, with its executor, proxy and trust; one of the JDK's defaults that follows
     * no redirects unless set.
     *
     * @param value the client; the host closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder client(HttpClient value) {
      client = requireNonNull(value, "client");
      return this;
    }

    /**
     * Sets when events are to begin where no position was ever kept; the present unless set. What
     * is longer than {@link #LONGEST_BACK} ago is cut to that, and the listener told.
     *
     * @param value the instant
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder startAt(Instant value) {
      startAt = requireNonNull(value, "startAt");
      return this;
    }

    /**
     * Sets how long nothing may come, no heartbeat either, before the connection is given up; 90
     * seconds unless set. How often the service sends heartbeats is not public.
     *
     * @param value a positive time
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    @CanIgnoreReturnValue
    public Builder silence(Duration value) {
      silence = positive("silence", value);
      return this;
    }

    /**
     * Sets the wait after a first failure, which doubles with each further one; half of each is
     * left to chance. One second and five minutes unless set.
     *
     * @param first the wait after the first failure, positive
     * @param longest the longest wait
     * @return this builder
     * @throws IllegalArgumentException if one of the two is not positive
     */
    @CanIgnoreReturnValue
    public Builder waits(Duration first, Duration longest) {
      firstWait = positive("first", first);
      longestWait = positive("longest", longest);
      return this;
    }

    /**
     * Sets the clock; the system's unless set.
     *
     * @param value tells the time
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder clock(InstantSource value) {
      clock = requireNonNull(value, "clock");
      return this;
    }

    /**
     * Sets how waits are waited for; by sleeping unless set.
     *
     * @param value lets time pass
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder sleeper(Sleeper value) {
      sleeper = requireNonNull(value, "sleeper");
      return this;
    }

    /**
     * Sets the chance in waits; a secure one unless set.
     *
     * @param value gives random numbers
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder random(RandomGenerator value) {
      random = requireNonNull(value, "random");
      return this;
    }

    private static Duration positive(String name, Duration value) {
      if (value.isZero() || value.isNegative()) {
        throw new IllegalArgumentException(name + ": " + value + " is not positive");
      }
      return value;
    }

    /**
     * {@return the stream}
     *
     * @throws IllegalStateException if credentials, handler or position are missing
     */
    public FeedStream build() {
      return new FeedStream(this);
    }
  }
}
