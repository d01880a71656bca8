package io.riskladder.mdm.store;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.riskladder.mdm.document.InvalidDocumentException;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeadLetter;
import io.riskladder.mdm.spi.DeviceCommit;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.Lane;
import io.riskladder.mdm.spi.LaneResult;
import io.riskladder.mdm.spi.StoreFigures;
import io.riskladder.mdm.spi.StoredAnswer;
import io.riskladder.mdm.spi.StoredDevice;
import io.riskladder.mdm.spi.StoredPolicies;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps everything in tables of a PostgreSQL database, which any number of engines in any number of
 * processes may share, or of an SQLite file, for a host that is one process. The driver is the
 * host's. Safe for use by several threads.
 *
 * <p>On PostgreSQL (13 or later) each call takes a connection from the data source and gives it
 * back, so that it should be one with a pool; a transaction that waits for another does so for five
 * seconds at most. What is committed is as durable as the server makes it: if it says that {@code
 * fsync} or {@code synchronous_commit} is off, a warning is logged at the start. The tables are
 * where the connection's {@code search_path} says.
 *
 * <p>On SQLite (3.35 or later) one connection is kept until {@link #close()}, and threads use it in
 * turn. Its journal is set to WAL and its {@code synchronous} to FULL: what is committed survives a
 * kill and a loss of power. The file has to be on a local disk.
 *
 * <p>All tables, indexes and sequences have names that begin with {@code riskladder_}. The SQL
 * files that make them are among the resources of this library, in {@code
 * io/riskladder/mdm/store/postgresql} and {@code io/riskladder/mdm/store/sqlite}, one for each
 * version, in order of their names; each notes its version in {@code riskladder_schema}.
 *
 * <p>All methods throw {@link StoreException} if the database does, or something in it cannot be
 * read. A device or lane that cannot be read (written by a newer version) is left out, with an
 * error in the log, so that the others go on.
 */
public final class JdbcDeviceStore implements DeviceStore {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcDeviceStore.class);

  private final Transactions transactions;

  private JdbcDeviceStore(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * {@return a store on a database, whose tables are made or brought up to date first} Instances
   * that start at once come one after the other.
   *
   * @param source where connections come from: of PostgreSQL or SQLite
   * @throws IllegalArgumentException if the database is of another kind, or too old
   * @throws StoreException if the tables are newer than this library, or the database fails
   */
  public static JdbcDeviceStore on(DataSource source) {
    return open(source, true);
  }

  /**
   * {@return a store on a database whose tables are up to date already} For hosts that apply the
   * SQL files themselves, or may not change tables: nothing is changed.
   *
   * @param source where connections come from: of PostgreSQL or SQLite
   * @throws IllegalArgumentException if the database is of another kind, or too old
   * @throws StoreException if the tables are older or newer than this library, or not there, or the
   *     database fails
   */
  public static JdbcDeviceStore onMigrated(DataSource source) {
    return open(source, false);
  }

  private static JdbcDeviceStore open(DataSource source, boolean migrate) {
    requireNonNull(source, "source");
    Database database;
    try {
      database = Database.of(source);
    } catch (SQLException e) {
      throw StoreException.of("to connect", e);
    }
    Schema schema = new Schema(database);
    JdbcDeviceStore store = new JdbcDeviceStore(database.transactions(source));
    boolean opened = false;
    try {
      if (migrate) {
        store.write("to migrate", schema::migrate);
      } else {
        store.read(
            "to check the tables",
            db -> {
              schema.check(db);
              return true;
            });
      }
      List<String> unsafe = store.read("to read settings", Statements::unsafeSettings);
      if (!unsafe.isEmpty()) {
        LOG.warn("the database has {}: what is committed may be lost when it fails", unsafe);
      }
      opened = true;
      return store;
    } finally {
      if (!opened) {
        store.close();
      }
    }
  }

  private <T> T read(String what, Transactions.Work<T> work) {
    try {
      return transactions.read(work);
    } catch (SQLException e) {
      throw StoreException.of(what, e);
    } catch (InvalidDocumentException e) {
      throw new StoreException(what + " failed: a document cannot be read", e);
    }
  }

  private <T> T write(String what, Transactions.Work<T> work) {
    try {
      return transactions.write(work);
    } catch (SQLException e) {
      throw StoreException.of(what, e);
    } catch (InvalidDocumentException e) {
      throw new StoreException(what + " failed: a document cannot be read", e);
    }
  }

  @Override
  public List<StoredPolicies> policies(String tenant, int from) {
    return read(
        "to read policies", db -> db.policies(tenant, from).stream().map(Documents::read).toList());
  }

  @Override
  public boolean addPolicies(String tenant, StoredPolicies next) {
    Rows.Policies row = Documents.write(next);
    return write("to add policies", db -> db.addPolicies(tenant, row));
  }

  @Override
  public Map<String, StoredDevice> load(String tenant, Collection<String> devices) {
    if (devices.isEmpty()) {
      return Map.of();
    }
    List<Rows.Device> rows = read("to load devices", db -> db.devices(tenant, Set.copyOf(devices)));
    Map<String, StoredDevice> byId = new HashMap<>();
    rows.forEach(
        row -> Documents.readIfPossible(row).ifPresent(device -> byId.put(row.device(), device)));
    return byId;
  }

  @Override
  public Set<String> unreadable(String tenant, Collection<String> devices) {
    if (devices.isEmpty()) {
      return Set.of();
    }
    return read("to load devices", db -> db.devices(tenant, Set.copyOf(devices))).stream()
        .filter(row -> Documents.readIfPossible(row).isEmpty())
        .map(Rows.Device::device)
        .collect(toUnmodifiableSet());
  }

  @Override
  public Map<String, StoredAnswer> answers(String tenant, Collection<String> events) {
    if (events.isEmpty()) {
      return Map.of();
    }
    Map<String, StoredAnswer> byId = new HashMap<>();
    read("to read answers", db -> db.answers(tenant, Set.copyOf(events)))
        .forEach(answer -> byId.put(answer.event(), answer));
    return byId;
  }

  @Override
  public Set<String> commit(String tenant, List<DeviceCommit> commits, Instant now) {
    if (commits.isEmpty()) {
      return Set.of();
    }
    List<WrittenCommit> written = commits.stream().map(WrittenCommit::of).toList();
    return write("to commit", db -> new Committing(db, tenant, now).commit(written));
  }

  @Override
  public List<StoredDevice> claimDue(String tenant, Instant now, Instant until, int limit) {
    return inOrder(
        write("to claim due devices", db -> db.claimDue(tenant, now, until, limit)),
        Comparator.comparing(row -> row.due().orElse(Instant.MAX)));
  }

  @Override
  public List<StoredDevice> claimOutdated(
      String tenant, int version, Instant now, Instant until, int limit) {
    return inOrder(
        write(
            "to claim outdated devices",
            db -> db.claimOutdated(tenant, version, now, until, limit)),
        Comparator.comparingInt(Rows.Device::policies));
  }

  private static List<StoredDevice> inOrder(
      List<Rows.Device> claimed, Comparator<Rows.Device> order) {
    return claimed.stream()
        .sorted(order.thenComparing(Rows.Device::device))
        .flatMap(row -> Documents.readIfPossible(row).stream())
        .toList();
  }

  @Override
  public List<StoredDevice> scan(String tenant, Optional<String> after, int limit) {
    Optional<String> last = after;
    while (true) {
      Optional<String> from = last;
      List<Rows.Device> rows = read("to scan devices", db -> db.scan(tenant, from, limit));
      List<StoredDevice> devices =
          rows.stream().flatMap(row -> Documents.readIfPossible(row).stream()).toList();
      if (!devices.isEmpty() || rows.isEmpty()) {
        return devices;
      }
      last = Optional.of(rows.get(rows.size() - 1).device());
    }
  }

  @Override
  public List<Lane> claimLanes(
      String tenant, Channel channel, Instant now, Instant until, int limit, int perDevice) {
    return write(
            "to claim lanes",
            db -> ClaimedLanes.claim(db, tenant, channel, now, until, limit, perDevice))
        .lanes();
  }

  @Override
  public void settle(String tenant, List<LaneResult> results, Instant now) {
    if (!results.isEmpty()) {
      write("to settle lanes", db -> new Settling(db, tenant, now).settle(results));
    }
  }

  @Override
  public void deliverAgain(
      String tenant, Channel channel, Collection<String> devices, Instant now) {
    if (!devices.isEmpty()) {
      List<LaneKey> lanes =
          devices.stream().map(device -> new LaneKey(channel, device)).distinct().sorted().toList();
      write(
          "to deliver again",
          db -> {
            db.deliverAgain(tenant, lanes, now);
            return lanes.size();
          });
    }
  }

  @Override
  public List<DeadLetter> deadLetters(String tenant, long after, int limit) {
    return read(
        "to read dead letters",
        db -> db.deadLetters(tenant, after, limit).stream().map(Documents::read).toList());
  }

  @Override
  public int takeDeadLetters(
      String tenant, Collection<Long> numbers, boolean deliver, Instant now) {
    if (numbers.isEmpty()) {
      return 0;
    }
    List<Long> once = List.copyOf(new LinkedHashSet<>(numbers));
    return write(
        "to take dead letters",
        db -> {
          Map<Long, Rows.Letter> letters = new HashMap<>();
          db.takeDeadLetters(tenant, once).forEach(l -> letters.put(l.number(), l));
          if (deliver && !letters.isEmpty()) {
            db.post(
                tenant,
                once.stream()
                    .flatMap(number -> Optional.ofNullable(letters.get(number)).stream())
                    .map(l -> new Rows.Posting(l.lane(), l.at(), l.document()))
                    .toList(),
                now);
          }
          return letters.size();
        });
  }

  @Override
  public int forgetAnswers(String tenant, Instant before, int limit) {
    return write("to forget answers", db -> db.forgetAnswers(tenant, before, limit));
  }

  @Override
  public StoreFigures figures(String tenant) {
    return read("to count", db -> db.figures(tenant));
  }

  @Override
  public void close() {
    try {
      transactions.close();
    } catch (SQLException e) {
      throw StoreException.of("to close", e);
    }
  }
}
