package io.riskladder.benchmarks.stores;

import static io.riskladder.benchmarks.stores.Change.NOW;
import static io.riskladder.benchmarks.stores.Change.TENANT;
import static io.riskladder.benchmarks.stores.Change.UNTIL;
import static io.riskladder.benchmarks.stores.Change.kept;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL by hand: the statements of the library's store, many rows in each as arrays, and
 * nothing around them. Documents are not read.
 */
public final class PostgresByHand implements Keeper {
  private static final int PER_DEVICE = 16;

  private static final String SETTINGS =
      """
      SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
      SET LOCAL lock_timeout = '5s';
      SET LOCAL statement_timeout = '30s';
      SET LOCAL idle_in_transaction_session_timeout = '10s';
      SET LOCAL enable_seqscan = off;
      SET LOCAL enable_hashjoin = off;
      SET LOCAL enable_mergejoin = off;
      SET LOCAL enable_sort = off;
      SET LOCAL plan_cache_mode = force_custom_plan""";

  private final DataSource source;
  private long revision;

  /**
   * Keeps in a database that has the library's tables.
   *
   * @param source a pool of connections
   */
  public PostgresByHand(DataSource source) {
    this.source = source;
  }

  private static void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement settings = connection.createStatement()) {
      settings.execute(SETTINGS);
    }
  }

  @Override
  public void events(List<Change> changes) throws SQLException {
    try (Connection connection = source.getConnection()) {
      Map<String, Long> known = new HashMap<>();
      String[] ids = changes.stream().map(Change::device).toArray(String[]::new);
      try (PreparedStatement load =
          connection.prepareStatement(
              """
              SELECT device, revision, policies, due, state FROM riskladder_device
              WHERE tenant = ? AND device = ANY (?)""")) {
        load.setString(1, TENANT);
        load.setArray(2, connection.createArrayOf("text", ids));
        readDevices(load, known);
      }
      begin(connection);
      commit(connection, changes, known, true);
    }
  }

  private static void readDevices(PreparedStatement statement, Map<String, Long> revisions)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        revisions.put(rows.getString(1), rows.getLong(2));
        Objects.requireNonNull(rows.getString(5));
      }
    }
  }

  @Override
  public int dueRungs(Map<String, Change> changes, int limit) throws SQLException {
    try (Connection connection = source.getConnection()) {
      begin(connection);
      Map<String, Long> claimed = new HashMap<>();
      try (PreparedStatement claim =
          connection.prepareStatement(
              """
              WITH next AS MATERIALIZED (
                SELECT tenant, device FROM riskladder_device
                WHERE tenant = ? AND due <= ? AND (claimed_until IS NULL OR claimed_until <= ?)
                ORDER BY due, device LIMIT ? FOR UPDATE SKIP LOCKED)
              UPDATE riskladder_device d SET claimed_until = ?
              FROM next WHERE d.tenant = next.tenant AND d.device = next.device
              RETURNING d.device, d.revision, d.policies, d.due, d.state""")) {
        claim.setString(1, TENANT);
        claim.setString(2, kept(NOW));
        claim.setString(3, kept(NOW));
        claim.setInt(4, limit);
        claim.setString(5, kept(UNTIL));
        readDevices(claim, claimed);
      }
      connection.commit();
      if (!claimed.isEmpty()) {
        begin(connection);
        List<Change> due = new ArrayList<>(claimed.size());
        for (String device : claimed.keySet()) {
          due.add(Objects.requireNonNull(changes.get(device)));
        }
        commit(connection, due, claimed, false);
      }
      return claimed.size();
    }
  }

  private void commit(
      Connection connection, List<Change> changes, Map<String, Long> expected, boolean events)
      throws SQLException {
    int count = changes.size();
    String[] ids = new String[count];
    Long[] revisions = new Long[count];
    Integer[] policies = new Integer[count];
    @Nullable String[] dues = new @Nullable String[count];
    String[] states = new String[count];
    for (int i = 0; i < count; i++) {
      Change change = changes.get(i);
      ids[i] = change.device();
      revisions[i] = ++revision;
      policies[i] = 0;
      dues[i] = change.due();
      states[i] = change.document();
    }
    lock(connection, ids, expected);
    if (events) {
      answer(connection, changes, ids);
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            WITH u AS MATERIALIZED (
              SELECT ?::text AS tenant, *
              FROM unnest(?::text[], ?::bigint[], ?::integer[], ?::text[], ?::text[])
                AS v(device, revision, policies, due, state))
            UPDATE riskladder_device d
            SET revision = u.revision, policies = u.policies, due = u.due, claimed_until = NULL,
              state = u.state
            FROM u WHERE d.tenant = u.tenant AND d.device = u.device""")) {
      update.setString(1, TENANT);
      update.setArray(2, connection.createArrayOf("text", ids));
      update.setArray(3, connection.createArrayOf("int8", revisions));
      update.setArray(4, connection.createArrayOf("int4", policies));
      update.setArray(5, connection.createArrayOf("text", dues));
      update.setArray(6, connection.createArrayOf("text", states));
      update.executeUpdate();
    }
    post(connection, changes);
    connection.commit();
  }

  private static void lock(Connection connection, String[] ids, Map<String, Long> expected)
      throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            """
            SELECT device, revision FROM riskladder_device
            WHERE tenant = ? AND device = ANY (?) ORDER BY device FOR UPDATE""")) {
      lock.setString(1, TENANT);
      lock.setArray(2, connection.createArrayOf("text", ids));
      try (ResultSet rows = lock.executeQuery()) {
        while (rows.next()) {
          if (!Objects.equals(expected.get(rows.getString(1)), rows.getLong(2))) {
            throw new IllegalStateException("a device was changed");
          }
        }
      }
    }
  }

  private static void answer(Connection connection, List<Change> changes, String[] ids)
      throws SQLException {
    String[] events = new String[ids.length];
    String[] ats = new String[ids.length];
    for (int i = 0; i < ids.length; i++) {
      events[i] = changes.get(i).event();
      ats[i] = kept(NOW);
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO riskladder_answer (tenant, event, device, at)
            SELECT ?, u.event, u.device, u.at
            FROM unnest(?::text[], ?::text[], ?::text[]) AS u(event, device, at)
            ORDER BY u.event COLLATE "C"
            ON CONFLICT DO NOTHING""")) {
      insert.setString(1, TENANT);
      insert.setArray(2, connection.createArrayOf("text", events));
      insert.setArray(3, connection.createArrayOf("text", ids));
      insert.setArray(4, connection.createArrayOf("text", ats));
      if (insert.executeUpdate() != ids.length) {
        throw new IllegalStateException("an event was answered");
      }
    }
  }

  private record Lane(String channel, String device) implements Comparable<Lane> {
    @Override
    public int compareTo(Lane other) {
      int byChannel = channel.compareTo(other.channel);
      return byChannel != 0 ? byChannel : device.compareTo(other.device);
    }
  }

  private static void post(Connection connection, List<Change> changes) throws SQLException {
    List<String> channels = new ArrayList<>();
    List<String> devices = new ArrayList<>();
    List<String> ats = new ArrayList<>();
    List<String> effects = new ArrayList<>();
    Set<Lane> lanes = new TreeSet<>();
    for (Change change : changes) {
      for (Change.Posting posting : change.postings()) {
        channels.add(posting.channel());
        devices.add(change.device());
        ats.add(posting.at());
        effects.add(posting.document());
        lanes.add(new Lane(posting.channel(), change.device()));
      }
    }
    if (lanes.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO riskladder_lane AS l
              (tenant, channel, device, since, not_before, failures, again)
            SELECT ?, u.channel, u.device, nextval('riskladder_number'), ?, 0, false
            FROM unnest(?::text[], ?::text[]) AS u(channel, device)
            ON CONFLICT (tenant, channel, device) DO UPDATE SET again = true
            WHERE excluded.again""")) {
      insert.setString(1, TENANT);
      insert.setString(2, kept(NOW));
      insert.setArray(
          3, connection.createArrayOf("text", lanes.stream().map(Lane::channel).toArray()));
      insert.setArray(
          4, connection.createArrayOf("text", lanes.stream().map(Lane::device).toArray()));
      insert.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO riskladder_posting (tenant, channel, device, number, at, effect, posted)
            SELECT ?, u.channel, u.device, nextval('riskladder_number'), u.at, u.effect, ?
            FROM (
              SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
                WITH ORDINALITY AS v(channel, device, at, effect, place)
              ORDER BY place) u""")) {
      insert.setString(1, TENANT);
      insert.setString(2, kept(NOW));
      insert.setArray(3, connection.createArrayOf("text", channels.toArray()));
      insert.setArray(4, connection.createArrayOf("text", devices.toArray()));
      insert.setArray(5, connection.createArrayOf("text", ats.toArray()));
      insert.setArray(6, connection.createArrayOf("text", effects.toArray()));
      insert.executeUpdate();
    }
  }

  @Override
  public int deliveries(int limit) throws SQLException {
    try (Connection connection = source.getConnection()) {
      begin(connection);
      Map<String, String> claims = new TreeMap<>();
      try (PreparedStatement claim =
          connection.prepareStatement(
              """
              WITH next AS MATERIALIZED (
                SELECT tenant, channel, device, not_before, since FROM riskladder_lane
                WHERE tenant = ? AND channel = 'LABELS' AND not_before <= ?
                ORDER BY not_before, since LIMIT ? FOR UPDATE SKIP LOCKED)
              UPDATE riskladder_lane l
              SET not_before = ?, claim = gen_random_uuid()::text, again = false
              FROM next
              WHERE l.tenant = next.tenant AND l.channel = next.channel AND l.device = next.device
              RETURNING l.device, l.claim, l.failures, next.not_before, next.since""")) {
        claim.setString(1, TENANT);
        claim.setString(2, kept(NOW));
        claim.setInt(3, limit);
        claim.setString(4, kept(UNTIL));
        try (ResultSet rows = claim.executeQuery()) {
          while (rows.next()) {
            claims.put(rows.getString(1), rows.getString(2));
          }
        }
      }
      if (!claims.isEmpty()) {
        String[] ids = claims.keySet().toArray(String[]::new);
        List<String> devices = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        read(connection, ids, devices, numbers);
        connection.commit();
        begin(connection);
        settle(connection, claims, ids, devices, numbers);
      }
      connection.commit();
      return claims.size();
    }
  }

  private static void read(
      Connection connection, String[] ids, List<String> devices, List<Long> numbers)
      throws SQLException {
    try (PreparedStatement waiting =
        connection.prepareStatement(
            """
            SELECT d.device, p.number, p.effect, p.posted FROM unnest(?::text[]) AS d(device)
            CROSS JOIN LATERAL (
              SELECT number, effect, posted FROM riskladder_posting
              WHERE tenant = ? AND channel = 'LABELS' AND device = d.device
              ORDER BY number LIMIT ?) p
            ORDER BY p.number""")) {
      waiting.setArray(1, connection.createArrayOf("text", ids));
      waiting.setString(2, TENANT);
      waiting.setInt(3, PER_DEVICE);
      try (ResultSet rows = waiting.executeQuery()) {
        while (rows.next()) {
          devices.add(rows.getString(1));
          numbers.add(rows.getLong(2));
          Objects.requireNonNull(rows.getString(3));
          Objects.requireNonNull(rows.getString(4));
        }
      }
    }
    try (PreparedStatement load =
        connection.prepareStatement(
            """
            SELECT device, revision, policies, due, state FROM riskladder_device
            WHERE tenant = ? AND device = ANY (?)""")) {
      load.setString(1, TENANT);
      load.setArray(2, connection.createArrayOf("text", ids));
      readDevices(load, new HashMap<>());
    }
  }

  private static void settle(
      Connection connection,
      Map<String, String> claims,
      String[] ids,
      List<String> devices,
      List<Long> numbers)
      throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            """
            WITH u AS MATERIALIZED (
              SELECT ?::text AS tenant, 'LABELS' AS channel, *
              FROM unnest(?::text[]) WITH ORDINALITY AS v(device, place))
            SELECT l.device, l.claim FROM riskladder_lane l
            JOIN u ON l.tenant = u.tenant AND l.channel = u.channel AND l.device = u.device
            ORDER BY u.place FOR UPDATE OF l""")) {
      lock.setString(1, TENANT);
      lock.setArray(2, connection.createArrayOf("text", ids));
      try (ResultSet rows = lock.executeQuery()) {
        while (rows.next()) {
          if (!Objects.equals(claims.get(rows.getString(1)), rows.getString(2))) {
            throw new IllegalStateException("a lane was claimed anew");
          }
        }
      }
    }
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            WITH u AS MATERIALIZED (
              SELECT ?::text AS tenant, 'LABELS' AS channel, *
              FROM unnest(?::text[], ?::bigint[]) AS v(device, number))
            DELETE FROM riskladder_posting p USING u
            WHERE p.tenant = u.tenant AND p.channel = u.channel AND p.device = u.device
              AND p.number = u.number""")) {
      delete.setString(1, TENANT);
      delete.setArray(2, connection.createArrayOf("text", devices.toArray()));
      delete.setArray(3, connection.createArrayOf("int8", numbers.toArray()));
      delete.executeUpdate();
    }
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            WITH u AS MATERIALIZED (
              SELECT ?::text AS tenant, 'LABELS' AS channel, * FROM unnest(?::text[]) AS v(device))
            DELETE FROM riskladder_lane l USING u
            WHERE l.tenant = u.tenant AND l.channel = u.channel AND l.device = u.device
              AND NOT l.again AND NOT EXISTS (
                SELECT 1 FROM riskladder_posting p
                WHERE p.tenant = l.tenant AND p.channel = l.channel AND p.device = l.device)""")) {
      delete.setString(1, TENANT);
      delete.setArray(2, connection.createArrayOf("text", ids));
      if (delete.executeUpdate() != ids.length) {
        throw new IllegalStateException("something is left");
      }
    }
  }

  @Override
  public void close() {}
}
