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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * SQLite by hand: the statements of the library's store on one connection, prepared once, and
 * nothing around them. Documents are not read.
 */
public final class SqliteByHand implements Keeper {
  private static final int PER_DEVICE = 16;

  private final Connection connection;
  private final Statement plain;
  private final PreparedStatement load;
  private final PreparedStatement revisionOf;
  private final PreparedStatement answer;
  private final PreparedStatement update;
  private final PreparedStatement lane;
  private final PreparedStatement posting;
  private final PreparedStatement due;
  private final PreparedStatement claimDevice;
  private final PreparedStatement lanes;
  private final PreparedStatement claimLane;
  private final PreparedStatement waiting;
  private final PreparedStatement claimOf;
  private final PreparedStatement delivered;
  private final PreparedStatement settled;
  private long revision;

  /**
   * Keeps in a database that has the library's tables.
   *
   * @param source where the connection comes from
   * @throws SQLException if it does not
   */
  public SqliteByHand(DataSource source) throws SQLException {
    connection = source.getConnection();
    plain = connection.createStatement();
    plain.execute("PRAGMA journal_mode = WAL");
    plain.execute("PRAGMA synchronous = FULL");
    load =
        connection.prepareStatement(
            """
            SELECT device, revision, policies, due, state FROM riskladder_device
            WHERE tenant = ? AND device = ?""");
    revisionOf =
        connection.prepareStatement(
            "SELECT revision FROM riskladder_device WHERE tenant = ? AND device = ?");
    answer =
        connection.prepareStatement(
            """
            INSERT INTO riskladder_answer (tenant, event, device, at, rejection)
            VALUES (?, ?, ?, ?, NULL) ON CONFLICT DO NOTHING""");
    update =
        connection.prepareStatement(
            """
            UPDATE riskladder_device
            SET revision = ?, policies = 0, due = ?, claimed_until = NULL, state = ?
            WHERE tenant = ? AND device = ?""");
    lane =
        connection.prepareStatement(
            """
            INSERT INTO riskladder_lane (tenant, channel, device, not_before, failures, again)
            VALUES (?, ?, ?, ?, 0, 0) ON CONFLICT DO NOTHING""");
    posting =
        connection.prepareStatement(
            """
            INSERT INTO riskladder_posting (tenant, channel, device, at, effect, posted)
            VALUES (?, ?, ?, ?, ?, ?)""");
    due =
        connection.prepareStatement(
            """
            SELECT device, revision, policies, due, state FROM riskladder_device
            WHERE tenant = ? AND due <= ? AND (claimed_until IS NULL OR claimed_until <= ?)
            ORDER BY due, device LIMIT ?""");
    claimDevice =
        connection.prepareStatement(
            "UPDATE riskladder_device SET claimed_until = ? WHERE tenant = ? AND device = ?");
    lanes =
        connection.prepareStatement(
            """
            SELECT device, lower(hex(randomblob(16))), failures FROM riskladder_lane
            WHERE tenant = ? AND channel = 'LABELS' AND not_before <= ?
            ORDER BY not_before, since LIMIT ?""");
    claimLane =
        connection.prepareStatement(
            """
            UPDATE riskladder_lane SET not_before = ?, claim = ?, again = 0
            WHERE tenant = ? AND channel = 'LABELS' AND device = ?""");
    waiting =
        connection.prepareStatement(
            """
            SELECT number, effect, posted FROM riskladder_posting
            WHERE tenant = ? AND channel = 'LABELS' AND device = ? ORDER BY number LIMIT ?""");
    claimOf =
        connection.prepareStatement(
            """
            SELECT claim FROM riskladder_lane
            WHERE tenant = ? AND channel = 'LABELS' AND device = ?""");
    delivered =
        connection.prepareStatement(
            """
            DELETE FROM riskladder_posting
            WHERE number = ? AND tenant = ? AND channel = 'LABELS' AND device = ?""");
    settled =
        connection.prepareStatement(
            """
            DELETE FROM riskladder_lane AS l
            WHERE l.tenant = ? AND l.channel = 'LABELS' AND l.device = ? AND l.again = 0
              AND NOT EXISTS (
                SELECT 1 FROM riskladder_posting p
                WHERE p.tenant = l.tenant AND p.channel = l.channel AND p.device = l.device)""");
  }

  @Override
  public void events(List<Change> changes) throws SQLException {
    Map<String, Long> known = new HashMap<>();
    for (Change change : changes) {
      readDevice(change.device(), known);
    }
    plain.execute("BEGIN IMMEDIATE");
    commit(changes, known, true);
    plain.execute("COMMIT");
  }

  private void readDevice(String device, Map<String, Long> revisions) throws SQLException {
    load.setString(1, TENANT);
    load.setString(2, device);
    readDevices(load, revisions);
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
    Map<String, Long> claimed = new LinkedHashMap<>();
    plain.execute("BEGIN IMMEDIATE");
    due.setString(1, TENANT);
    due.setString(2, kept(NOW));
    due.setString(3, kept(NOW));
    due.setInt(4, limit);
    readDevices(due, claimed);
    String until = kept(UNTIL);
    List<Change> next = new ArrayList<>(claimed.size());
    for (String device : claimed.keySet()) {
      claimDevice.setString(1, until);
      claimDevice.setString(2, TENANT);
      claimDevice.setString(3, device);
      claimDevice.addBatch();
      next.add(Objects.requireNonNull(changes.get(device)));
    }
    claimDevice.executeBatch();
    plain.execute("COMMIT");
    plain.execute("BEGIN IMMEDIATE");
    commit(next, claimed, false);
    plain.execute("COMMIT");
    return claimed.size();
  }

  private void commit(List<Change> changes, Map<String, Long> expected, boolean events)
      throws SQLException {
    String now = kept(NOW);
    for (Change change : changes) {
      String device = change.device();
      revisionOf.setString(1, TENANT);
      revisionOf.setString(2, device);
      try (ResultSet row = revisionOf.executeQuery()) {
        if (!row.next() || !Objects.equals(expected.get(device), row.getLong(1))) {
          throw new IllegalStateException("a device was changed");
        }
      }
      if (events) {
        answer.setString(1, TENANT);
        answer.setString(2, change.event());
        answer.setString(3, device);
        answer.setString(4, now);
        answer.addBatch();
      }
      update.setLong(1, ++revision);
      update.setString(2, change.due());
      update.setString(3, change.document());
      update.setString(4, TENANT);
      update.setString(5, device);
      update.addBatch();
      for (Change.Posting one : change.postings()) {
        lane.setString(1, TENANT);
        lane.setString(2, one.channel());
        lane.setString(3, device);
        lane.setString(4, now);
        lane.addBatch();
        posting.setString(1, TENANT);
        posting.setString(2, one.channel());
        posting.setString(3, device);
        posting.setString(4, one.at());
        posting.setString(5, one.document());
        posting.setString(6, now);
        posting.addBatch();
      }
    }
    if (events) {
      for (int made : answer.executeBatch()) {
        if (made != 1) {
          throw new IllegalStateException("an event was answered");
        }
      }
    }
    update.executeBatch();
    lane.executeBatch();
    posting.executeBatch();
  }

  @Override
  public int deliveries(int limit) throws SQLException {
    Map<String, String> claims = new LinkedHashMap<>();
    plain.execute("BEGIN IMMEDIATE");
    lanes.setString(1, TENANT);
    lanes.setString(2, kept(NOW));
    lanes.setInt(3, limit);
    try (ResultSet rows = lanes.executeQuery()) {
      while (rows.next()) {
        claims.put(rows.getString(1), rows.getString(2));
      }
    }
    String until = kept(UNTIL);
    for (Map.Entry<String, String> claim : claims.entrySet()) {
      claimLane.setString(1, until);
      claimLane.setString(2, claim.getValue());
      claimLane.setString(3, TENANT);
      claimLane.setString(4, claim.getKey());
      claimLane.addBatch();
    }
    claimLane.executeBatch();
    Map<String, List<Long>> numbers = new LinkedHashMap<>();
    for (String device : claims.keySet()) {
      numbers.put(device, waiting(device));
    }
    Map<String, Long> devices = new HashMap<>();
    for (String device : claims.keySet()) {
      readDevice(device, devices);
    }
    plain.execute("COMMIT");
    plain.execute("BEGIN IMMEDIATE");
    settle(claims, numbers);
    plain.execute("COMMIT");
    return claims.size();
  }

  private List<Long> waiting(String device) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    waiting.setString(1, TENANT);
    waiting.setString(2, device);
    waiting.setInt(3, PER_DEVICE);
    try (ResultSet rows = waiting.executeQuery()) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
        Objects.requireNonNull(rows.getString(2));
        Objects.requireNonNull(rows.getString(3));
      }
    }
    return numbers;
  }

  private void settle(Map<String, String> claims, Map<String, List<Long>> numbers)
      throws SQLException {
    for (Map.Entry<String, List<Long>> one : numbers.entrySet()) {
      String device = one.getKey();
      claimOf.setString(1, TENANT);
      claimOf.setString(2, device);
      try (ResultSet row = claimOf.executeQuery()) {
        if (!row.next() || !Objects.equals(claims.get(device), row.getString(1))) {
          throw new IllegalStateException("a lane was claimed anew");
        }
      }
      for (long number : one.getValue()) {
        delivered.setLong(1, number);
        delivered.setString(2, TENANT);
        delivered.setString(3, device);
        delivered.addBatch();
      }
      settled.setString(1, TENANT);
      settled.setString(2, device);
      settled.addBatch();
    }
    delivered.executeBatch();
    settled.executeBatch();
  }

  /** Closes the connection, and with it what was prepared. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
