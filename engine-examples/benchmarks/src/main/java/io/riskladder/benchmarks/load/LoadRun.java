package io.riskladder.benchmarks.load;

import io.riskladder.core.device.DesiredState;
import io.riskladder.mdm.runtime.Answer;
import io.riskladder.mdm.runtime.EngineBusyException;
import io.riskladder.mdm.runtime.PolicyEngine;
import io.riskladder.mdm.runtime.Submission;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.PolicySource;
import io.riskladder.mdm.spi.StoreFigures;
import io.riskladder.mdm.spi.StoredDevice;
import io.riskladder.mdm.testkit.FakeHost;
import io.riskladder.mdm.testkit.FakeMdm;
import io.riskladder.mdm.testkit.Fault;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An engine under load: devices are enrolled, and then events come at a rate, evenly, whether or
 * not the engine keeps up, while rungs come due and connectors fail one call in ten. Prints how
 * late answers, rungs and deliveries were, and fails if anything was lost.
 *
 * <p>{@code --store postgres --devices 200000 --rate 1000 --seconds 60 --calls 16}; what is left
 * out has these values. {@code --calls} is how many calls each connector gets at once; stores are
 * {@code postgres}, a server of its own that waits for the disk, {@code sqlite} and {@code memory}.
 */
public final class LoadRun {
  private static final String TENANT = "load";
  private static final int FAILS_ONE_IN = 10;
  private static final int UNDER_WAY = 5_000;
  private static final int PAGE = 1_000;
  private static final long POLL_MILLIS = 200;
  private static final int POLLS_TO_SAY = 50;

  /** Threats before the run may take twice as long as enrolling did, and so much longer. */
  private static final Duration MORE_TIME = Duration.ofSeconds(5);

  private static final long BUSY_MILLIS = 50;
  private static final int SHOWN = 10;
  private static final Duration MOST_WAIT = Duration.ofMinutes(15);

  /**
   * How large a run is.
   *
   * @param store the kind of store
   * @param devices how many devices are enrolled
   * @param rate how many events there are in a second
   * @param seconds how long it lasts
   * @param calls how many calls each connector gets at once
   */
  private record Options(String store, int devices, int rate, int seconds, int calls) {
    static Options parse(List<String> arguments) {
      Map<String, String> given = new HashMap<>();
      for (int i = 0; i < arguments.size(); i += 2) {
        if (i + 1 == arguments.size()) {
          throw new IllegalArgumentException(arguments.get(i) + " lacks its value");
        }
        given.put(arguments.get(i), arguments.get(i + 1));
      }
      Options options =
          new Options(
              taken(given, "--store", "postgres"),
              Integer.parseInt(taken(given, "--devices", "200000")),
              Integer.parseInt(taken(given, "--rate", "1000")),
              Integer.parseInt(taken(given, "--seconds", "60")),
              Integer.parseInt(taken(given, "--calls", "16")));
      if (!given.isEmpty() || options.devices < 1 || options.rate * options.seconds < 1) {
        throw new IllegalArgumentException("not known, or too small: " + arguments);
      }
      return options;
    }

    private static String taken(Map<String, String> given, String name, String otherwise) {
      String value = given.remove(name);
      return value == null ? otherwise : value;
    }
  }

  private final Options options;
  private final PrintStream out;
  private final InstantSource clock = InstantSource.system();
  private final LoadEvents events;
  private final Figures figures = new Figures(clock);
  private final FakeMdm mdm = new FakeMdm();
  private final FakeHost host = new FakeHost();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final Set<String> applied = ConcurrentHashMap.newKeySet();
  private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
  private final LongAdder busy = new LongAdder();

  private LoadRun(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
    this.events = new LoadEvents(options.devices, options.rate, options.seconds);
  }

  /**
   * Runs it; ends the virtual machine with 1 if anything was lost.
   *
   * @param arguments see the class
   * @throws Exception if it cannot be run
   */
  public static void main(String[] arguments) throws Exception {
    if (!run(System.out, arguments).isEmpty()) {
      System.exit(1);
    }
  }

  /** {@return what was lost, a line each} */
  static List<String> run(PrintStream out, String... arguments)
      throws IOException, SQLException, InterruptedException {
    return new LoadRun(Options.parse(List.of(arguments)), out).run();
  }

  private List<String> run() throws IOException, SQLException, InterruptedException {
    printWhere();
    try (OpenStore open = OpenStore.of(options.store);
        PolicyEngine engine = engine(open.store())) {
      engine.start();
      Instant start = prepare(engine);
      open.upkeep();
      if (clock.instant().isAfter(start)) {
        out.println("The run begins late, so that answers seem later than they are.");
      }
      load(engine, start);
      waitUntil(engine, stored -> stored.waiting().isEmpty() && !isSoonDue(stored));
      said("worked off, with all that followed", events.events(), start);
      figures.print(out);
      out.printf(Locale.ROOT, "%,d times too many events waited.%n", busy.sum());
      List<String> lost = lost(open.store());
      lost.stream().limit(SHOWN).forEach(one -> out.println("lost: " + one));
      out.printf(Locale.ROOT, "%,d things were lost.%n", lost.size());
      return lost;
    }
  }

  private void printWhere() {
    out.println(options);
    out.printf(
        Locale.ROOT,
        "%s %s, %d processors, heap of %,d MB, %s %s%n",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20,
        System.getProperty("java.vm.name"),
        Runtime.version());
  }

  private PolicyEngine engine(DeviceStore store) {
    return PolicyEngine.builder(PolicySource.of(events.policies()))
        .tenant(TENANT)
        .store(store)
        .callsAtOnce(options.calls)
        .labelSync(mdm)
        .deviceNotifier(host)
        .administratorMailer(host)
        .issueLog(host)
        .threatProtection(host)
        .listener(figures)
        .build();
  }

  private static Fault fault() {
    return ThreadLocalRandom.current().nextInt(FAILS_ONE_IN) == 0 ? Fault.THROWS : Fault.NONE;
  }

  private void said(String what, int count, Instant since) {
    double seconds = Duration.between(since, clock.instant()).toMillis() / 1e3;
    out.printf(
        Locale.ROOT, "%,d %s in %.1f s, %,.0f a second%n", count, what, seconds, count / seconds);
  }

  /** Enrols the devices, and has threats found on some. {@return when the run is to begin} */
  private Instant prepare(PolicyEngine engine) throws InterruptedException {
    Instant begun = clock.instant();
    handInAll(engine, options.devices, device -> events.enrolment(device, begun));
    said("enrolled", options.devices, begun);
    waitUntil(engine, stored -> stored.waiting().isEmpty());
    Instant next = clock.instant();
    Instant start = next.plus(Duration.between(begun, next).multipliedBy(2)).plus(MORE_TIME);
    handInAll(engine, events.rungs(), rung -> events.before(rung, start));
    said("have a threat", events.rungs(), next);
    waitUntil(engine, stored -> stored.waiting().isEmpty());
    return start;
  }

  /** Hands in as fast as the engine takes it, and waits for the answers. */
  private void handInAll(PolicyEngine engine, int count, IntFunction<Submission> each)
      throws InterruptedException {
    Semaphore room = new Semaphore(UNDER_WAY);
    for (int i = 0; i < count; i++) {
      room.acquire();
      Submission event = each.apply(i);
      asked.add(event.id());
      CompletableFuture<Answer> unused =
          engine
              .submit(event)
              .whenComplete(
                  (answer, failure) -> {
                    heard(event, answer, failure);
                    room.release();
                  });
    }
    room.acquire(UNDER_WAY);
  }

  private void heard(Submission event, @Nullable Answer answer, @Nullable Throwable failure) {
    if (answer == null) {
      wrong.add(event.id() + ": " + failure);
    } else if (!answer.known() && !applied.add(event.id())) {
      wrong.add(event.id() + " was applied twice");
    }
  }

  /** Hands in each event when it is to be, whatever became of those before. */
  private void load(PolicyEngine engine, Instant start) throws InterruptedException {
    mdm.misbehaving(LoadRun::fault);
    host.misbehaving(LoadRun::fault);
    figures.measureFrom(start);
    long begin = System.nanoTime() + Duration.between(clock.instant(), start).toNanos();
    CountDownLatch unanswered = new CountDownLatch(events.events());
    for (int i = 0; i < events.events(); i++) {
      long after = TimeUnit.SECONDS.toNanos(1) * i / options.rate;
      long wait = begin + after - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      Submission event = events.event(i);
      asked.add(event.id());
      handIn(engine, event, start.plusNanos(after), unanswered);
    }
    said("handed in", events.events(), start);
    unanswered.await();
    said("answered", events.events(), start);
  }

  private void handIn(
      PolicyEngine engine, Submission event, Instant intended, CountDownLatch unanswered) {
    CompletableFuture<Answer> unused =
        engine
            .submit(event)
            .whenComplete(
                (answer, failure) -> {
                  if (failure instanceof EngineBusyException) {
                    busy.increment();
                    CompletableFuture.delayedExecutor(BUSY_MILLIS, TimeUnit.MILLISECONDS)
                        .execute(() -> handIn(engine, event, intended, unanswered));
                  } else {
                    figures.answered(intended);
                    heard(event, answer, failure);
                    unanswered.countDown();
                  }
                });
  }

  private void waitUntil(PolicyEngine engine, Predicate<StoreFigures> reached)
      throws InterruptedException {
    Instant end = clock.instant().plus(MOST_WAIT);
    int polls = 0;
    for (StoreFigures stored = engine.health().stored();
        !reached.test(stored) && clock.instant().isBefore(end);
        stored = engine.health().stored()) {
      if (++polls % POLLS_TO_SAY == 0) {
        out.println("to be worked off: " + stored);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** {@return whether a rung comes due of those that are to be entered in the run} */
  private boolean isSoonDue(StoreFigures stored) {
    Instant soon = clock.instant().plus(LoadEvents.LONGEST_WAIT);
    return stored.nextDue().filter(soon::isAfter).isPresent();
  }

  private List<String> lost(DeviceStore store) {
    List<String> lost = new ArrayList<>(wrong);
    asked.stream()
        .filter(event -> !applied.contains(event))
        .forEach(event -> lost.add(event + " was not applied"));
    if (figures.rungs() < events.rungs()) {
      lost.add(figures.rungs() + " rungs were entered of at least " + events.rungs());
    }
    for (Channel channel : List.of(Channel.NOTIFICATIONS, Channel.MAIL, Channel.ISSUES)) {
      figures
          .missing(channel, host.received(channel))
          .forEach(effect -> lost.add(effect + " did not come on " + channel));
    }
    StoreFigures stored = store.figures(TENANT);
    if (stored.deadLetters() > 0 || !stored.waiting().isEmpty() || isSoonDue(stored)) {
      lost.add("not all was worked off: " + stored);
    }
    addLostLevels(store, lost);
    return lost;
  }

  private void addLostLevels(DeviceStore store, List<String> lost) {
    int seen = 0;
    List<StoredDevice> page = store.scan(TENANT, Optional.empty(), PAGE);
    while (!page.isEmpty()) {
      for (StoredDevice device : page) {
        String id = device.state().id();
        DesiredState desired = device.state().desired();
        if (!mdm.labels(id).equals(Set.copyOf(desired.labels().values()))) {
          lost.add("labels of " + id);
        }
        if (!host.block(id).equals(desired.block())) {
          lost.add("block of " + id);
        }
      }
      seen += page.size();
      String last = page.get(page.size() - 1).state().id();
      page = store.scan(TENANT, Optional.of(last), PAGE);
    }
    if (seen != options.devices) {
      lost.add(seen + " devices are there of " + options.devices);
    }
  }
}
