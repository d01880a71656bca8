package io.riskladder.mobilerisk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The service, as bad as a test wants it: each request is answered by the next scene that was set,
 * and at last with the end of the stream.
 */
final class FeedServer implements Closeable {
  /** How one request is answered. */
  interface Scene {
    void play(HttpExchange exchange) throws IOException;
  }

  /** A request that came. */
  record Request(String query, Optional<String> lastEventId, String authorization, String body) {}

  private static final String END = "event: end\ndata: {}\n\n";

  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Queue<Scene> streams = new ArrayDeque<>();
  private final Queue<Scene> tokens = new ArrayDeque<>();
  private final List<Request> streamRequests = Collections.synchronizedList(new ArrayList<>());
  private final List<Request> tokenRequests = Collections.synchronizedList(new ArrayList<>());

  FeedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/stream", exchange -> answer(exchange, streams, streamRequests, sse(END)));
    server.createContext("/token", exchange -> answer(exchange, tokens, tokenRequests, token()));
    server.setExecutor(executor);
    server.start();
  }

  private void answer(
      HttpExchange exchange, Queue<Scene> scenes, List<Request> requests, Scene otherwise)
      throws IOException {
    Scene scene;
    synchronized (this) {
      requests.add(
          new Request(
              String.valueOf(exchange.getRequestURI().getQuery()),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID")),
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      scene = Optional.ofNullable(scenes.poll()).orElse(otherwise);
    }
    try {
      scene.play(exchange);
    } finally {
      exchange.close();
    }
  }

  private Scene token() {
    return exchange ->
        send(
            exchange,
            "application/json",
            "{\"access_token\":\"token-"
                + tokenRequests.size()
                + "\",\"token_type\":\"bearer\",\"expires_in\":1799,\"scope\":[\"a\"]}");
  }

  synchronized void next(Scene... scenes) {
    streams.addAll(List.of(scenes));
  }

  synchronized void nextToken(Scene... scenes) {
    tokens.addAll(List.of(scenes));
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  List<Request> streamRequests() {
    return List.copyOf(streamRequests);
  }

  List<Request> tokenRequests() {
    return List.copyOf(tokenRequests);
  }

  /** Messages, and then an orderly end of the connection. */
  static Scene sse(String... messages) {
    return exchange -> send(exchange, "text/event-stream", String.join("", messages));
  }

  static Scene answer(String contentType, String body) {
    return exchange -> send(exchange, contentType, body);
  }

  /** Messages, and then the connection is torn. */
  static Scene torn(String... messages) {
    return exchange -> begin(exchange, messages);
  }

  /** Messages, and then nothing, with the connection held. */
  Scene silent(String... messages) {
    return exchange -> {
      begin(exchange, messages);
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** A status; headers by turns name and value. */
  static Scene status(int status, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      byte[] body = "no".getBytes(UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    };
  }

  private static void begin(HttpExchange exchange, String... messages) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0); // in chunks, of which the last never comes
    exchange.getResponseBody().write(String.join("", messages).getBytes(UTF_8));
    exchange.getResponseBody().flush();
  }

  private static void send(HttpExchange exchange, String contentType, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    executor.shutdownNow();
  }
}
