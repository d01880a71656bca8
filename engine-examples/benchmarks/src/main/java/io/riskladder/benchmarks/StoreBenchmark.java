package io.riskladder.benchmarks;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.Lists;
import io.riskladder.benchmarks.stores.Change;
import io.riskladder.benchmarks.stores.Keeper;
import io.riskladder.benchmarks.stores.OpenDatabase;
import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.TimePassed;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.PolicyArchive;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to keep what was decided, by the library's store and by JDBC that is written by
 * hand and leaves the same rows behind: 500 devices in a transaction, until all devices have had
 * their turn. Tables are emptied and filled before each measurement.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 10)
@Measurement(iterations = 6)
public class StoreBenchmark {
  private static final int BATCH = 500;
  private static final Instant FOUND = Change.NOW.minus(Duration.ofDays(10));

  /** What is done. */
  public enum Work {
    /** Devices are loaded, a second threat was found on each, and that is committed. */
    EVENTS,
    /** Devices of which a rung is due are claimed, and the rung is committed. */
    DUE_RUNGS,
    /** Devices of which labels are to be delivered are claimed, and settled as done. */
    DELIVERIES
  }

  /** The database. */
  @Param public OpenDatabase.Kind database = OpenDatabase.Kind.SQLITE;

  /** What is done. */
  @Param public Work work = Work.EVENTS;

  /** How many devices there are. */
  @Param("10000")
  public int devices;

  private final List<Change> enrolled = new ArrayList<>();
  private final List<Change> found = new ArrayList<>();
  private Map<String, Change> risen = Map.of();
  private @Nullable OpenDatabase open;

  /**
   * Opens the database, and decides all that is to be kept.
   *
   * @throws IOException if the server does not start
   * @throws SQLException if the database fails
   */
  @Setup
  public void open() throws IOException, SQLException {
    PolicyArchive archive = PolicyArchive.startingWith(SampleFleet.policies(7).compile());
    List<Change> rungs = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      DeviceState unknown = DeviceState.unknown("device-" + i);
      DeviceEnrolled enrolment = new DeviceEnrolled("group-" + i % 50, Platform.ANDROID);
      DeviceState calm = unknown.decide(archive, enrolment, FOUND, i).state();
      Decision first = calm.decide(archive, threat(i, 0), FOUND, i);
      Decision second = first.state().decide(archive, threat(i, 1), Change.NOW, i);
      Instant due = first.state().nextDue().orElseThrow();
      Decision rung = first.state().decide(archive, new TimePassed(), due, 0);
      enrolled.add(Change.of(first.state(), "first-" + i, List.of()));
      found.add(Change.of(second.state(), "second-" + i, second.effects()));
      rungs.add(Change.of(rung.state(), "none", rung.effects()));
    }
    risen = rungs.stream().collect(toImmutableMap(Change::device, Function.identity()));
    open = OpenDatabase.of(database);
  }

  private static ThreatDetected threat(int device, int number) {
    int kind = (device + number) % SampleFleet.CLASSIFICATIONS.size();
    return new ThreatDetected(
        "threat-" + device + "-" + number, SampleFleet.CLASSIFICATIONS.get(kind));
  }

  /**
   * Has every device enrolled, with a threat whose first wait is over.
   *
   * @throws SQLException if the database fails
   */
  @Setup(Level.Iteration)
  public void fill() throws SQLException {
    database().empty();
    Lists.partition(enrolled, BATCH).forEach(database().store()::enrol);
    if (work == Work.DELIVERIES) {
      run(database().store(), Work.DUE_RUNGS);
    }
    database().settle();
  }

  private OpenDatabase database() {
    return Objects.requireNonNull(open);
  }

  /**
   * {@return all that was kept}
   *
   * @throws SQLException if the database fails
   */
  List<String> rows() throws SQLException {
    return database().rows();
  }

  /**
   * Closes the database.
   *
   * @throws IOException if the server does not stop
   * @throws SQLException if the database fails
   */
  @TearDown
  public void close() throws IOException, SQLException {
    database().close();
  }

  /**
   * The library's store.
   *
   * @return how many devices had their turn
   * @throws SQLException if the database fails
   */
  @Benchmark
  public int store() throws SQLException {
    return run(database().store(), work);
  }

  /**
   * JDBC by hand.
   *
   * @return how many devices had their turn
   * @throws SQLException if the database fails
   */
  @Benchmark
  public int byHand() throws SQLException {
    return run(database().byHand(), work);
  }

  private int run(Keeper keeper, Work what) throws SQLException {
    int done = 0;
    if (what == Work.EVENTS) {
      for (List<Change> batch : Lists.partition(found, BATCH)) {
        keeper.events(batch);
        done += batch.size();
      }
      return done;
    }
    int batch;
    do {
      batch = what == Work.DUE_RUNGS ? keeper.dueRungs(risen, BATCH) : keeper.deliveries(BATCH);
      done += batch;
    } while (batch == BATCH);
    return done;
  }
}
