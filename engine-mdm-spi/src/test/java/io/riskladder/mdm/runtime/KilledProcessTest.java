package io.riskladder.mdm.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import io.riskladder.core.device.Block;
import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.TimePassed;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.mdm.document.EffectDocuments;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.Lane;
import io.riskladder.mdm.spi.StoredAnswer;
import io.riskladder.mdm.spi.StoredDevice;
import io.riskladder.mdm.store.PostgresServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes, and the database's server, are killed for real (SIGKILL), again and again, while they
 * work; processes are suspended for longer than their claims. What is there in the end is compared
 * with what the core alone makes of the events.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class KilledProcessTest {
  private static final int KILLS = KilledProcess.KILLS;
  private static final int SERVER_KILLS = Math.max(2, KILLS / 5);
  private static final int PROCESSES = 3;

  /** A process is killed after so many lines at most: a line is an answer or a delivery. */
  private static final int MOST_LINES = 600;

  private static final long SUSPENSION_MILLIS = 3 * KilledProcess.LEASE.toMillis() / 2;
  private static final int SIGKILLED = 128 + 9;
  private static final TimePassed TIME_PASSED = new TimePassed();

  @TempDir private Path folder;

  private final Instant end = Instant.now();
  private final Instant start = KilledProcess.start(end);
  private final Random random = new Random();
  private final Map<String, Instant> answered = new HashMap<>();
  private final Set<String> applied = new HashSet<>();
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> happened = new HashMap<>();
  private int killsLeft;

  /** What is to be done when so many lines more were read. */
  private final Deque<Callable<?>> serverKills = new ArrayDeque<>();

  private int linesToServerKill;

  @Test
  void processes_on_sqlite_are_killed_one_after_another() throws Exception {
    killsLeft = KILLS;
    String url = "jdbc:sqlite:" + folder.resolve("store.db");
    runUntilDone(url, 1);
    assertTrue(happened.getOrDefault("killed", 0) >= Math.min(KILLS, 2), happened::toString);
    assertIsWhatTheCoreMakesOfIt(url);
  }

  @Test
  void processes_on_one_postgresql_are_killed_and_suspended() throws Exception {
    killsLeft = KILLS;
    try (PostgresServer server = PostgresServer.durable(folder.resolve("data"))) {
      runUntilDone(server.url(), PROCESSES);
      assertTrue(happened.getOrDefault("killed", 0) >= Math.min(KILLS, 2), happened::toString);
      assertIsWhatTheCoreMakesOfIt(server.url());
    }
  }

  @Test
  void a_postgresql_is_killed_while_processes_go_on_working_on_it() throws Exception {
    try (PostgresServer server = PostgresServer.durable(folder.resolve("data"))) {
      for (int i = 0; i < SERVER_KILLS; i++) {
        serverKills.add(
            i % 2 == 0
                ? () -> {
                  server.killAndRestart();
                  return "restarted";
                }
                : () -> {
                  server.killBackend();
                  return "recovered";
                });
      }
      linesToServerKill = 1 + random.nextInt(MOST_LINES);
      runUntilDone(server.url(), PROCESSES);
      assertTrue(serverKills.isEmpty(), () -> "kills left: " + serverKills.size());
      assertIsWhatTheCoreMakesOfIt(server.url());
    }
  }

  private void runUntilDone(String url, int processes) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(processes);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        int number = i;
        all.add(
            threads.submit(
                () -> {
                  while (!run(url, number, processes)) {
                    // killed: once more
                  }
                  return true;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow(); // ends the processes, too, if one failed
      assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
    }
    assertEquals(List.of(), wrong, happened::toString);
  }

  /** {@return whether it came to its end by itself} */
  private boolean run(String url, int number, int processes) throws Exception {
    Path errors = folder.resolve("errors-" + number);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Driskladder.kills=" + KILLS,
                "-cp",
                classPath(),
                KilledProcess.class.getName(),
                folder.toString(),
                url,
                Integer.toString(number),
                Integer.toString(processes),
                Integer.toString(takeKill()),
                Integer.toString(firstUnanswered(number, processes)),
                start.toString())
            .redirectError(errors.toFile())
            .start();
    boolean done = false;
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        done |= line.equals("done");
        heard(line);
        if (line.equals("suspended")) {
          TimeUnit.MILLISECONDS.sleep(SUSPENSION_MILLIS); // others' clocks cannot be turned
          new ProcessBuilder("kill", "-CONT", Long.toString(process.pid())).start().waitFor();
        }
      }
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
    if (process.exitValue() == SIGKILLED) {
      count("killed");
      return false;
    }
    assertEquals(0, process.exitValue(), Files.readString(errors));
    assertTrue(done);
    return true;
  }

  private synchronized int takeKill() {
    if (killsLeft == 0) {
      return Integer.MAX_VALUE;
    }
    killsLeft--;
    return 1 + random.nextInt(MOST_LINES);
  }

  private synchronized void count(String what) {
    happened.merge(what, 1, Integer::sum);
  }

  /** Takes note of what a process says; has the server killed when it is time. */
  private synchronized void heard(String line) throws Exception {
    List<String> words = Splitter.on(' ').splitToList(line);
    count(words.get(0));
    if (words.get(0).equals("answer")) {
      String event = words.get(1);
      Instant at = Instant.parse(words.get(3));
      Instant before = answered.putIfAbsent(event, at);
      if (before != null && !before.equals(at)) {
        wrong.add(event + " was answered twice, and differently");
      }
      if (words.get(2).equals("false") && !applied.add(event)) {
        wrong.add(event + " was applied twice");
      }
    }
    if (!serverKills.isEmpty() && --linesToServerKill == 0) {
      count(String.valueOf(serverKills.remove().call()));
      linesToServerKill = 1 + random.nextInt(MOST_LINES);
    }
  }

  /** A host hands in again what it has no answer to; this one somewhat more. */
  private synchronized int firstUnanswered(int number, int processes) {
    int first =
        KilledProcess.events(number, processes).stream()
            .filter(event -> !answered.containsKey("e" + event))
            .findFirst()
            .orElse(KilledProcess.EVENTS);
    return Math.max(0, first - random.nextInt(2 * KilledProcess.DEVICES));
  }

  /** What tests run with, on the class path or, in part, on the module path. */
  private static String classPath() {
    List<String> parts = new ArrayList<>();
    for (String property : List.of("java.class.path", "jdk.module.path")) {
      String path = System.getProperty(property, "");
      if (!path.isEmpty()) {
        parts.add(path);
      }
    }
    parts.add("target/classes");
    parts.add("target/test-classes");
    return String.join(File.pathSeparator, parts);
  }

  private void assertIsWhatTheCoreMakesOfIt(String url) throws Exception {
    Map<String, DeviceState> states = new HashMap<>();
    List<Effect> effects = new ArrayList<>();
    coresOwn(states, effects);
    List<Lane> again = new ArrayList<>();
    try (DeviceStore store = KilledProcess.store(url)) {
      Map<String, StoredDevice> stored = store.load("default", states.keySet());
      states.forEach(
          (id, state) ->
              assertEquals(state, stored.get(id) == null ? null : stored.get(id).state()));
      assertAnswersAreKept(store);
      assertTrue(store.figures("default").waiting().isEmpty());
      assertEquals(0, store.figures("default").deadLetters());
      Instant later = Instant.now().plusSeconds(600);
      for (Channel channel : List.of(Channel.LABELS, Channel.PROTECTION)) {
        again.addAll(
            store.claimLanes(
                "default", channel, later, later.plusSeconds(60), KilledProcess.DEVICES, 1));
      }
    }
    List<String> delivered = Files.readAllLines(folder.resolve("delivered"));
    assertDelivered(effects, delivered);
    assertLevels(states, delivered, again);
  }

  private void coresOwn(Map<String, DeviceState> states, List<Effect> effects) {
    PolicyArchive archive = PolicyArchive.startingWith(KilledProcess.policies().compile());
    for (int i = 0; i < KilledProcess.EVENTS; i++) {
      Submission event = KilledProcess.event(i, start);
      DeviceState state = states.getOrDefault(event.device(), DeviceState.unknown(event.device()));
      Instant at = event.at().orElseThrow();
      states.put(event.device(), decide(archive, state, event.event(), at, event.id(), effects));
    }
    Instant soon = end.plusSeconds(60);
    states.replaceAll(
        (id, enrolled) -> {
          DeviceState state = enrolled;
          Optional<Instant> due = state.nextDue();
          while (due.filter(soon::isAfter).isPresent()) {
            state = decide(archive, state, TIME_PASSED, due.get(), "", effects);
            due = state.nextDue();
          }
          return state;
        });
  }

  private static DeviceState decide(
      PolicyArchive archive,
      DeviceState state,
      DeviceEvent event,
      Instant at,
      String id,
      List<Effect> effects) {
    Decision decision = state.decide(archive, event, at, Decisions.number(id));
    effects.addAll(decision.effects());
    return decision.state();
  }

  private void assertAnswersAreKept(DeviceStore store) {
    List<String> all = IntStream.range(0, KilledProcess.EVENTS).mapToObj(i -> "e" + i).toList();
    assertEquals(Set.copyOf(all), answered.keySet());
    Map<String, StoredAnswer> kept = store.answers("default", all);
    answered.forEach(
        (event, at) -> {
          StoredAnswer answer = kept.get(event);
          assertNotNull(answer, () -> event + " was answered and is lost");
          assertEquals(at, answer.at(), event);
        });
  }

  /** All came, nothing else did, and in order. */
  private static void assertDelivered(List<Effect> effects, List<String> delivered) {
    for (Channel channel : List.of(Channel.NOTIFICATIONS, Channel.MAIL, Channel.ISSUES)) {
      Set<String> came = new LinkedHashSet<>(startingWith(channel + " ", delivered));
      Set<String> wanted = new LinkedHashSet<>();
      Set<String> overtaken = new HashSet<>();
      Map<String, String> last = new HashMap<>();
      for (Effect effect : effects) {
        if (Channel.of(effect.type()).equals(Optional.of(channel))) {
          String document = EffectDocuments.write(effect);
          wanted.add(document);
          String threat = effect.header().device() + " " + effect.header().threat();
          String before = last.put(threat, document);
          if (channel == Channel.NOTIFICATIONS && before != null) {
            overtaken.add(before);
          }
        }
      }
      Set<String> superseded = new HashSet<>();
      if (channel == Channel.NOTIFICATIONS) {
        superseded.addAll(startingWith("superseded ", delivered));
        assertEquals(List.of(), without(superseded, overtaken), "superseded by nothing");
      }
      superseded.addAll(came);
      assertEquals(List.of(), without(wanted, superseded), () -> "lost on " + channel);
      assertEquals(List.of(), without(came, wanted), () -> "made up on " + channel);
      if (channel != Channel.NOTIFICATIONS) { // one that was suspended may deliver it late
        assertEquals(byDevice(wanted), byDevice(came), () -> "out of order on " + channel);
      }
    }
  }

  private static List<String> without(Set<String> some, Set<String> others) {
    return some.stream().filter(one -> !others.contains(one)).limit(5).toList();
  }

  private static List<String> startingWith(String start, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  private static Map<String, List<String>> byDevice(Set<String> documents) {
    Map<String, List<String>> byDevice = new HashMap<>();
    for (String document : documents) {
      Effect effect = EffectDocuments.read(document);
      byDevice
          .computeIfAbsent(effect.header().device().orElseThrow(), d -> new ArrayList<>())
          .add(effect.id());
    }
    return byDevice;
  }

  /**
   * What was brought last is what is wanted; or it is known that it is not, because a call came to
   * its end late, and the last process left before it was made again: for the next one to do.
   */
  private static void assertLevels(
      Map<String, DeviceState> states, List<String> delivered, List<Lane> again) {
    Map<String, Set<String>> labels = new HashMap<>();
    for (String line : startingWith("labels ", delivered)) {
      List<String> parts = Splitter.on(';').splitToList(line);
      Set<String> has = labels.computeIfAbsent(parts.get(0), d -> new TreeSet<>());
      Splitter.on(',').splitToList(parts.get(2)).forEach(has::remove);
      has.addAll(Splitter.on(',').omitEmptyStrings().splitToList(parts.get(1)));
    }
    Map<String, String> blocks = new HashMap<>();
    for (String line : startingWith("block ", delivered)) {
      List<String> parts = Splitter.on(';').splitToList(line);
      blocks.put(parts.get(0), parts.get(1));
    }
    for (Lane lane : again) {
      if (lane.channel() == Channel.LABELS) {
        labels.put(lane.device(), Set.copyOf(lane.desired().labels().values()));
      } else {
        blocks.put(lane.device(), lane.desired().block().toString());
      }
    }
    states.forEach(
        (id, state) -> {
          EnrolledDevice device = (EnrolledDevice) state;
          assertEquals(
              Set.copyOf(device.desired().labels().values()),
              labels.getOrDefault(id, Set.of()),
              () -> id + " was brought " + startingWith("labels " + id + ";", delivered));
          assertEquals(
              device.desired().block().toString(),
              blocks.getOrDefault(id, Block.NONE.toString()),
              () -> id + " was brought " + startingWith("block " + id + ";", delivered));
        });
    assertFalse(labels.isEmpty());
    assertFalse(blocks.isEmpty());
  }
}
