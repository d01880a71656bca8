package io.riskladder.mdm.runtime;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static com.google.common.util.concurrent.Uninterruptibles.sleepUninterruptibly;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.reflect.Reflection;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.Effect;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mdm.document.EffectDocuments;
import io.riskladder.mdm.spi.BlockTarget;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.EngineListener;
import io.riskladder.mdm.spi.LabelPage;
import io.riskladder.mdm.spi.LabelTarget;
import io.riskladder.mdm.spi.Lane;
import io.riskladder.mdm.spi.LaneResult;
import io.riskladder.mdm.spi.MdmLabelSync;
import io.riskladder.mdm.spi.Outcome;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.spi.StoreFigures;
import io.riskladder.mdm.store.JdbcDeviceStore;
import io.riskladder.mdm.store.PooledDataSource;
import io.riskladder.mdm.store.StoreException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.sqlite.SQLiteDataSource;

/**
 * A process with an engine on a database, which others may work on too, to be killed while it
 * works. Hands in events, says on its output which are answered and what was delivered, and ends
 * when all is. Everything that it delivers is a line in a file, which outlives it.
 */
final class KilledProcess {
  /** How many processes are killed in a test; there is more to do the more there are. */
  static final int KILLS = Integer.getInteger("riskladder.kills", 6);

  static final int DEVICES = 40;
  static final int EVENTS = 3 * DEVICES * (KILLS + 1);

  /** How long a claim lasts. */
  static final Duration LEASE = Duration.ofSeconds(1);

  /** A device's next event is later than the last rung of those before, so that all is in order. */
  private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(1);

  private static final Duration WAIT = Duration.ofSeconds(1);

  /** One call in so many fails, and one in as many is done and its answer lost. */
  private static final int FAILS = 20;

  /** One call for labels in so many is interrupted by the suspension of the process. */
  private static final int SUSPENDED = 30;

  /** So long, less one, goes on at most what was suspended, whether it was given up or not. */
  private static final int MOST_MILLIS = 200;

  private final Path folder;
  private final String url;
  private final int number;
  private final int processes;
  private final AtomicInteger linesLeft;

  /** Calls that are being made. */
  private final Set<Call> underWay = ConcurrentHashMap.newKeySet();

  /** Those that were suspended and may have brought something old, until the store is told. */
  private final Set<Call> unknown = ConcurrentHashMap.newKeySet();

  private final AtomicInteger suspensions = new AtomicInteger();

  private final SplittableRandom random = new SplittableRandom();

  private KilledProcess(Path folder, String url, int number, int processes, int lines) {
    this.folder = folder;
    this.url = url;
    this.number = number;
    this.processes = processes;
    this.linesLeft = new AtomicInteger(lines);
  }

  /** {@return policies whose rungs are due a second after one another} */
  static PolicySet policies() {
    return SimulationTest.policies(WAIT, RiskLevel.ADVISORY);
  }

  /** {@return the first event's instant, for the last event to be at an instant} */
  static Instant start(Instant end) {
    return end.minus(BETWEEN_EVENTS.multipliedBy(EVENTS));
  }

  /** {@return the event of a number: the same in every process} */
  static Submission event(int number, Instant start) {
    int round = number / DEVICES;
    int threat = round / 5;
    DeviceEvent.Reported event =
        round == 0
            ? new DeviceEnrolled("root", Platform.ANDROID)
            : switch (round % 5) {
              case 0 -> new ThreatDetected("t" + threat, "OUT_OF_DATE_OS");
              case 1 -> new ThreatDetected("mitm" + threat, "ACTIVE_MITM");
              case 2 -> new IssueIgnored("mitm" + threat, Optional.of("ada"));
              case 3 -> new ThreatResolved("t" + threat);
              default -> new ThreatResolved("mitm" + threat);
            };
    Instant at = start.plus(BETWEEN_EVENTS.multipliedBy(number));
    return new Submission("e" + number, "d" + number % DEVICES, event, at);
  }

  /**
   * {@return the events that a process hands in} All of a device or none, so that each device's
   * stay in order; of several processes all but one hand in each device's.
   */
  static List<Integer> events(int process, int processes) {
    return IntStream.range(0, EVENTS)
        .filter(event -> processes == 1 || event % DEVICES % processes != process)
        .boxed()
        .toList();
  }

  static DeviceStore store(String url) {
    if (!url.startsWith("jdbc:sqlite:")) {
      return JdbcDeviceStore.on(new PooledDataSource(url));
    }
    SQLiteDataSource file = new SQLiteDataSource();
    file.setUrl(url);
    return JdbcDeviceStore.on(file);
  }

  /**
   * Does as the class says.
   *
   * @param args a folder, the database's URL, the number of the process, how many there are, after
   *     how many lines it is killed, the first event to hand in, and the first event's instant
   * @throws Exception if anything fails
   */
  public static void main(String[] args) throws Exception {
    endWithParent();
    new KilledProcess(
            Path.of(args[0]),
            args[1],
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            Integer.parseInt(args[4]))
        .work(Integer.parseInt(args[5]), Instant.parse(args[6]));
  }

  private static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                int read = System.in.read();
                Runtime.getRuntime().halt(read < 0 ? 1 : 2);
              } catch (IOException e) {
                Runtime.getRuntime().halt(1);
              }
            });
    watch.setDaemon(true);
    watch.start();
  }

  private void work(int first, Instant start) throws Exception {
    try (DeviceStore store = watched(untilItWorks(() -> store(url)));
        PolicyEngine engine = engine(store)) {
      PolicyEngine unused =
          untilItWorks(
              () -> {
                engine.start();
                return engine;
              });
      List<CompletableFuture<Void>> said = new ArrayList<>();
      for (int event : events(number, processes)) {
        if (event >= first) {
          said.add(engine.submit(event(event, start)).thenAccept(this::answered));
        }
      }
      said.forEach(CompletableFuture::join);
      while (!isDone(store)) {
        TimeUnit.MILLISECONDS.sleep(20); // a process of its own, with the system's clock
      }
      say("done");
    }
  }

  private void answered(Answer answer) {
    say("answer " + answer.id() + " " + answer.known() + " " + answer.at());
  }

  /**
   * Says a line. The thread that says the last one does not go on; the others do, for a moment. Who
   * brought an old level and dies before the store is told leaves something behind that only
   * reconciling finds, so that is waited for.
   */
  private void say(String line) {
    System.out.println(line);
    if (linesLeft.decrementAndGet() <= 0 && unknown.isEmpty()) {
      signal("-KILL");
    }
  }

  /** A call for levels. */
  private static final class Call {
    private final Channel channel;
    private final Set<String> devices;
    private volatile boolean made;

    Call(Channel channel, Set<String> devices) {
      this.channel = channel;
      this.devices = devices;
    }

    /** {@return whether the store is told of it by these} */
    boolean isOf(List<LaneResult> results) {
      return made
          && results.stream()
              .map(LaneResult::lane)
              .filter(lane -> lane.channel() == channel)
              .map(Lane::device)
              .collect(toImmutableSet())
              .containsAll(devices);
    }
  }

  /** Makes a call, which the process may be suspended in the midst of. */
  private <T> T make(Call call, Supplier<T> what) {
    underWay.add(call);
    if (suspensions.get() > 0) {
      unknown.add(call);
    }
    try {
      return what.get();
    } finally {
      call.made = true;
      underWay.remove(call);
    }
  }

  /** All that is under way is suspended, until somebody else has the process go on. */
  private void suspend() {
    suspensions.incrementAndGet();
    unknown.addAll(underWay);
    say("suspended");
    signal("-STOP");
    suspensions.decrementAndGet();
    sleepUninterruptibly(number(MOST_MILLIS), TimeUnit.MILLISECONDS); // what is sent takes time
  }

  /** {@return a store that takes note of which suspended calls it was told of} */
  private DeviceStore watched(DeviceStore store) {
    return Reflection.newProxy(
        DeviceStore.class,
        (proxy, method, arguments) -> {
          Set<Call> told = Set.of();
          if (method.getName().equals("settle")) {
            @SuppressWarnings("unchecked") // what this method of the role is handed is such a list
            List<LaneResult> results = (List<LaneResult>) arguments[1];
            told = unknown.stream().filter(call -> call.isOf(results)).collect(toImmutableSet());
          }
          try {
            Object result = method.invoke(store, arguments);
            unknown.removeAll(told);
            return result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  private static void signal(String signal) {
    try {
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", signal, self).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The database may be killed, too, and come back. */
  private static <T> T untilItWorks(Supplier<T> work) throws InterruptedException {
    while (true) {
      try {
        return work.get();
      } catch (StoreException e) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  private static boolean isDone(DeviceStore store) {
    try {
      StoreFigures figures = store.figures("default");
      Instant soon = Instant.now().plusSeconds(60);
      return figures.waiting().isEmpty() && figures.nextDue().filter(soon::isAfter).isEmpty();
    } catch (StoreException e) { // the database was killed, too
      return false;
    }
  }

  private PolicyEngine engine(DeviceStore store) {
    return PolicyEngine.builder(PolicySource.of(policies()))
        .store(store)
        .batch(20)
        .waitingEvents(EVENTS)
        .lease(LEASE)
        .callTimeout(LEASE.dividedBy(2))
        .poll(Duration.ofMillis(20))
        .retries(new RetryPolicy(Duration.ofMillis(20), Duration.ofMillis(200)))
        .labelsAtOnce(5)
        .labelSync(new Mdm())
        .deviceNotifier(delivery -> deliver(Channel.NOTIFICATIONS, delivery.effect()))
        .administratorMailer(delivery -> deliver(Channel.MAIL, delivery.effect()))
        .issueLog(delivery -> deliver(Channel.ISSUES, delivery.effect()))
        .threatProtection(this::block)
        .listener(
            new EngineListener() {
              @Override
              public void superseded(String tenant, Effect.NotifyDevice effect) {
                write("superseded " + EffectDocuments.write(effect));
              }
            })
        .build();
  }

  /** Brings what is handed over to the lines of the file, in the end. */
  private final class Mdm implements MdmLabelSync {
    @Override
    public Map<String, Outcome> bring(List<LabelTarget> targets) {
      Set<String> devices = targets.stream().map(LabelTarget::device).collect(toImmutableSet());
      return make(
          new Call(Channel.LABELS, devices),
          () -> {
            if (processes > 1 && chance(SUSPENDED)) {
              suspend();
            }
            return bringNow(targets);
          });
    }

    private Map<String, Outcome> bringNow(List<LabelTarget> targets) {
      Map<String, Outcome> outcomes = new HashMap<>();
      for (LabelTarget target : targets) {
        String wanted = String.join(",", target.wanted());
        String unwanted = String.join(",", target.unwanted());
        outcomes.put(
            target.device(),
            make("labels " + target.device() + ";" + wanted + ";" + unwanted + ";by " + number));
      }
      return outcomes;
    }

    @Override
    public LabelPage read(Optional<String> page) {
      throw new UnsupportedOperationException("nothing is reconciled");
    }
  }

  private Outcome block(BlockTarget target) {
    return make(
        new Call(Channel.PROTECTION, Set.of(target.device())),
        () -> make("block " + target.device() + ";" + target.block() + ";by " + number));
  }

  private Outcome deliver(Channel channel, Effect effect) {
    return make(channel + " " + EffectDocuments.write(effect));
  }

  /** Does it, or fails, or does it and fails. */
  private Outcome make(String line) {
    if (chance(FAILS)) {
      return Outcome.retryLater("busy");
    }
    write(line);
    say("delivered");
    if (chance(FAILS)) {
      throw new IllegalStateException("connection reset");
    }
    return Outcome.done();
  }

  private boolean chance(int oneIn) {
    return number(oneIn) == 0;
  }

  private synchronized int number(int bound) {
    return random.nextInt(bound);
  }

  /** Each line is one call of the system's, which others' do not come into the midst of. */
  private void write(String line) {
    try (OutputStream out = new FileOutputStream(folder.resolve("delivered").toFile(), true)) {
      out.write((line + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
