package io.riskladder.mdm.store;

import io.riskladder.core.device.RejectionReason;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.StoreFigures;
import io.riskladder.mdm.spi.StoredAnswer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a store says to its database, on one connection: here what PostgreSQL and SQLite understand
 * alike, and below what each of them wants in its own words. Each method is one step, in most cases
 * one statement; {@link JdbcDeviceStore} makes transactions of them.
 */
abstract class Statements implements AutoCloseable {
  /** How {@link #read(Sql.Row)} takes a device's columns. */
  static final String DEVICE_COLUMNS = "device, revision, policies, due, state";

  private final Sql sql;

  Statements(Sql sql) {
    this.sql = sql;
  }

  final Sql sql() {
    return sql;
  }

  static Rows.Device read(Sql.Row row) throws SQLException {
    return new Rows.Device(
        row.text(1), row.number(2), row.integer(3), row.instantIfAny(4), row.text(5));
  }

  static StoredAnswer readAnswer(Sql.Row row) throws SQLException {
    return new StoredAnswer(
        row.text(1), row.text(2), row.instant(3), row.textIfAny(4).map(RejectionReason::valueOf));
  }

  /** A limit as databases take it: what is below nothing would mean everything to SQLite. */
  static int limit(int limit) {
    return Math.max(0, limit);
  }

  // the schema

  /** {@return the version of the schema that is there; 0 if none is} */
  final int schemaVersion() throws SQLException {
    return hasSchemaTable()
        ? sql.query("SELECT coalesce(max(version), 0) FROM riskladder_schema", r -> r.integer(1))
            .get(0)
        : 0;
  }

  abstract boolean hasSchemaTable() throws SQLException;

  /** {@return settings with which what is committed may be lost when the machine fails} */
  abstract List<String> unsafeSettings() throws SQLException;

  /** Keeps others from changing the schema until the transaction ends. */
  abstract void lockSchema() throws SQLException;

  // policies

  final List<Rows.Policies> policies(String tenant, int from) throws SQLException {
    return sql.query(
        """
        SELECT version, mode, at, policies FROM riskladder_policies
        WHERE tenant = ? AND version >= ? ORDER BY version""",
        r -> new Rows.Policies(r.integer(1), r.text(2), r.instant(3), r.text(4)),
        tenant,
        from);
  }

  /**
   * {@return whether the version was added} Of two that add the same version at once, the second
   * waits for the first, and finds that it is there.
   */
  final boolean addPolicies(String tenant, Rows.Policies next) throws SQLException {
    return sql.update(
            """
            INSERT INTO riskladder_policies (tenant, version, mode, at, policies)
            SELECT t.tenant, t.version, t.mode, t.at, t.policies
            FROM (SELECT CAST(? AS text) AS tenant, CAST(? AS integer) AS version,
                CAST(? AS text) AS mode, CAST(? AS text) AS at, CAST(? AS text) AS policies) t
            WHERE t.version = 0 OR EXISTS (
              SELECT 1 FROM riskladder_policies b
              WHERE b.tenant = t.tenant AND b.version = t.version - 1)
            ON CONFLICT DO NOTHING""",
            tenant,
            next.version(),
            next.mode(),
            next.at(),
            next.document())
        == 1;
  }

  // devices

  abstract List<Rows.Device> devices(String tenant, Collection<String> ids) throws SQLException;

  final List<Rows.Device> scan(String tenant, Optional<String> after, int limit)
      throws SQLException {
    return sql.query(
        "SELECT "
            + DEVICE_COLUMNS
            + " FROM riskladder_device"
            + " WHERE tenant = ? AND device > ? ORDER BY device LIMIT ?",
        Statements::read,
        tenant,
        after.orElse(""),
        limit(limit));
  }

  /** {@return the revisions of those that are there, which are locked from here on} */
  abstract Map<String, Long> lockRevisions(String tenant, Collection<String> ids)
      throws SQLException;

  /** {@return the ids of those that were not there before} */
  abstract Set<String> insertDevices(String tenant, List<Rows.Device> rows) throws SQLException;

  /** Gives locked devices a new state, and ends claims on them. */
  abstract void updateDevices(String tenant, List<Rows.Device> rows) throws SQLException;

  abstract void deleteDevices(String tenant, List<String> ids) throws SQLException;

  abstract List<Rows.Device> claimDue(String tenant, Instant now, Instant until, int limit)
      throws SQLException;

  abstract List<Rows.Device> claimOutdated(
      String tenant, int version, Instant now, Instant until, int limit) throws SQLException;

  // answers

  abstract List<StoredAnswer> answers(String tenant, Collection<String> events) throws SQLException;

  /** {@return the ids of the events that had no answer before} */
  abstract Set<String> insertAnswers(String tenant, List<StoredAnswer> answers) throws SQLException;

  abstract void deleteAnswers(String tenant, List<String> events) throws SQLException;

  abstract int forgetAnswers(String tenant, Instant before, int limit) throws SQLException;

  // lanes

  /**
   * Posts effects in order. Their lanes are made where they are missing, to be claimed from now on,
   * and locked before numbers are given: numbers of a lane grow in the order in which they come to
   * be seen.
   */
  abstract void post(String tenant, List<Rows.Posting> postings, Instant now) throws SQLException;

  /** {@return lanes, claimed, in the order of their turns} */
  abstract List<Rows.Claimed> claimLanes(
      String tenant, Channel channel, Instant now, Instant until, int limit) throws SQLException;

  /** {@return the first of what waits in claimed lanes, in order} */
  abstract List<Rows.Waiting> waiting(
      String tenant, Channel channel, List<String> devices, int perDevice) throws SQLException;

  /** {@return the claims of those lanes that are there, which are locked from here on} */
  abstract Map<LaneKey, Optional<String>> lockLanes(String tenant, List<LaneKey> lanes)
      throws SQLException;

  /** Lets lanes be claimed once more, which are made where they are missing. */
  abstract void deliverAgain(String tenant, List<LaneKey> lanes, Instant now) throws SQLException;

  abstract void deletePostings(String tenant, List<Rows.Gone> gone) throws SQLException;

  abstract void bury(String tenant, List<Rows.Dead> dead, Instant now) throws SQLException;

  /** Ends the claims of locked lanes, and takes those away in which nothing is left to do. */
  abstract void settle(String tenant, List<Rows.Settled> lanes) throws SQLException;

  // dead letters

  final List<Rows.Letter> deadLetters(String tenant, long after, int limit) throws SQLException {
    return sql.query(
        """
        SELECT number, channel, device, at, effect, reason, dead_at FROM riskladder_dead_letter
        WHERE tenant = ? AND number > ? ORDER BY number LIMIT ?""",
        Statements::readLetter,
        tenant,
        after,
        limit(limit));
  }

  static Rows.Letter readLetter(Sql.Row row) throws SQLException {
    return new Rows.Letter(
        row.number(1),
        new LaneKey(Channel.valueOf(row.text(2)), row.text(3)),
        row.instant(4),
        row.text(5),
        row.text(6),
        row.instant(7));
  }

  /** {@return the letters that were there, in no order} */
  abstract List<Rows.Letter> takeDeadLetters(String tenant, List<Long> numbers) throws SQLException;

  // figures

  final StoreFigures figures(String tenant) throws SQLException {
    Map<Channel, Long> waiting = new EnumMap<>(Channel.class);
    Map<Channel, Instant> oldest = new EnumMap<>(Channel.class);
    sql.query(
        "SELECT channel, count(*), min(at) FROM riskladder_posting WHERE tenant = ? GROUP BY channel",
        r -> {
          Channel channel = Channel.valueOf(r.text(1));
          waiting.put(channel, r.number(2));
          return oldest.put(channel, r.instant(3));
        },
        tenant);
    return new StoreFigures(
        count("SELECT count(*) FROM riskladder_device WHERE tenant = ?", tenant),
        sql.query(
                "SELECT min(due) FROM riskladder_device WHERE tenant = ? AND due IS NOT NULL",
                r -> r.instantIfAny(1),
                tenant)
            .get(0),
        waiting,
        oldest,
        count("SELECT count(*) FROM riskladder_dead_letter WHERE tenant = ?", tenant));
  }

  private long count(String statement, String tenant) throws SQLException {
    return sql.query(statement, r -> r.number(1), tenant).get(0);
  }

  @Override
  public void close() throws SQLException {
    sql.close();
  }
}
