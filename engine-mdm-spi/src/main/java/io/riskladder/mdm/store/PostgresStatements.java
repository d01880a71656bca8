package io.riskladder.mdm.store;

import io.riskladder.core.device.RejectionReason;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.StoredAnswer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * PostgreSQL: many rows go in one statement as arrays, one for each column.
 *
 * <p>Any number of instances work at once. All runs under READ COMMITTED, where each statement sees
 * what was committed when it began, and a row that it waited for as it is then. What follows is
 * made for that, and written down at each statement. Locks are taken in one order: devices by id,
 * new devices by id, answers by event, lanes by {@link LaneKey}. Claims take what nobody holds and
 * wait for nobody.
 */
final class PostgresStatements extends Statements {
  PostgresStatements(Sql sql) {
    super(sql);
  }

  private static <R> String[] texts(Collection<R> rows, Function<R, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  private static <R> Long[] numbers(Collection<R> rows, Function<R, Long> column) {
    return rows.stream().map(column).toArray(Long[]::new);
  }

  private static <R> Integer[] integers(Collection<R> rows, Function<R, Integer> column) {
    return rows.stream().map(column).toArray(Integer[]::new);
  }

  private static <R> String[] channels(Collection<R> rows, Function<R, LaneKey> lane) {
    return texts(rows, row -> lane.apply(row).channel().name());
  }

  private static <R> String[] devices(Collection<R> rows, Function<R, LaneKey> lane) {
    return texts(rows, row -> lane.apply(row).device());
  }

  @Override
  boolean hasSchemaTable() throws SQLException {
    return sql()
        .query("SELECT to_regclass('riskladder_schema') IS NULL", r -> r.text(1))
        .contains("f");
  }

  @Override
  List<String> unsafeSettings() throws SQLException {
    return sql()
        .query(
            """
            SELECT name || '=' || setting FROM pg_settings
            WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off' ORDER BY name""",
            r -> r.text(1));
  }

  /** Instances that start at once come one after the other; the number is any, but always this. */
  @Override
  void lockSchema() throws SQLException {
    sql().query("SELECT pg_advisory_xact_lock(7234861094217)::text", r -> true);
  }

  @Override
  List<Rows.Device> devices(String tenant, Collection<String> ids) throws SQLException {
    return sql()
        .query(
            "SELECT "
                + DEVICE_COLUMNS
                + " FROM riskladder_device"
                + " WHERE tenant = ? AND device = ANY (?)",
            Statements::read,
            tenant,
            texts(ids, id -> id));
  }

  /**
   * A device that another commits to just now is waited for, and then seen as the other left it, so
   * that its revision tells. One that is being made is not seen: {@link #insertDevices} tells.
   */
  @Override
  Map<String, Long> lockRevisions(String tenant, Collection<String> ids) throws SQLException {
    Map<String, Long> revisions = new HashMap<>();
    sql()
        .query(
            """
            SELECT device, revision FROM riskladder_device
            WHERE tenant = ? AND device = ANY (?) ORDER BY device FOR UPDATE""",
            r -> revisions.put(r.text(1), r.number(2)),
            tenant,
            texts(ids, id -> id));
    return revisions;
  }

  /**
   * Of two that make the same device at once, the second waits for the first to commit, and makes
   * none; its other devices are not concerned.
   */
  @Override
  Set<String> insertDevices(String tenant, List<Rows.Device> rows) throws SQLException {
    return new HashSet<>(
        sql()
            .query(
                """
                INSERT INTO riskladder_device (tenant, device, revision, policies, due, state)
                SELECT ?, u.device, u.revision, u.policies, u.due, u.state
                FROM unnest(?::text[], ?::bigint[], ?::integer[], ?::text[], ?::text[])
                  AS u(device, revision, policies, due, state)
                ORDER BY u.device COLLATE "C"
                ON CONFLICT DO NOTHING RETURNING device""",
                r -> r.text(1),
                tenant,
                texts(rows, Rows.Device::device),
                numbers(rows, Rows.Device::revision),
                integers(rows, Rows.Device::policies),
                dues(rows),
                texts(rows, Rows.Device::document)));
  }

  private static Object[] dues(List<Rows.Device> rows) {
    return rows.stream().map(row -> row.due().orElse(null)).toArray();
  }

  @Override
  void updateDevices(String tenant, List<Rows.Device> rows) throws SQLException {
    sql()
        .update(
            """
            WITH u AS MATERIALIZED (
              SELECT ?::text AS tenant, *
              FROM unnest(?::text[], ?::bigint[], ?::integer[], ?::text[], ?::text[])
                AS v(device, revision, policies, due, state))
            UPDATE riskladder_device d
            SET revision = u.revision, policies = u.policies, due = u.due, claimed_until = NULL,
              state = u.state
            FROM u WHERE d.tenant = u.tenant AND d.device = u.device""",
            tenant,
            texts(rows, Rows.Device::device),
            numbers(rows, Rows.Device::revision),
            integers(rows, Rows.Device::policies),
            dues(rows),
            texts(rows, Rows.Device::document));
  }

  @Override
  void deleteDevices(String tenant, List<String> ids) throws SQLException {
    sql()
        .update(
            "DELETE FROM riskladder_device WHERE tenant = ? AND device = ANY (?)",
            tenant,
            texts(ids, id -> id));
  }

  /**
   * A device that is being committed to is passed over: it will not be due then, or it is claimed
   * next time. One that was committed to after the statement began is looked at again as it is now.
   */
  @Override
  List<Rows.Device> claimDue(String tenant, Instant now, Instant until, int limit)
      throws SQLException {
    return sql()
        .query(
            """
            WITH next AS MATERIALIZED (
              SELECT tenant, device FROM riskladder_device
              WHERE tenant = ? AND due <= ? AND (claimed_until IS NULL OR claimed_until <= ?)
              ORDER BY due, device LIMIT ? FOR UPDATE SKIP LOCKED)
            UPDATE riskladder_device d SET claimed_until = ?
            FROM next WHERE d.tenant = next.tenant AND d.device = next.device
            RETURNING d.device, d.revision, d.policies, d.due, d.state""",
            Statements::read,
            tenant,
            now,
            now,
            limit(limit),
            until);
  }

  @Override
  List<Rows.Device> claimOutdated(String tenant, int version, Instant now, Instant until, int limit)
      throws SQLException {
    return sql()
        .query(
            """
            WITH next AS MATERIALIZED (
              SELECT tenant, device FROM riskladder_device
              WHERE tenant = ? AND policies < ? AND (claimed_until IS NULL OR claimed_until <= ?)
              ORDER BY policies, device LIMIT ? FOR UPDATE SKIP LOCKED)
            UPDATE riskladder_device d SET claimed_until = ?
            FROM next WHERE d.tenant = next.tenant AND d.device = next.device
            RETURNING d.device, d.revision, d.policies, d.due, d.state""",
            Statements::read,
            tenant,
            version,
            now,
            limit(limit),
            until);
  }

  @Override
  List<StoredAnswer> answers(String tenant, Collection<String> events) throws SQLException {
    return sql()
        .query(
            """
            SELECT event, device, at, rejection FROM riskladder_answer
            WHERE tenant = ? AND event = ANY (?)""",
            Statements::readAnswer,
            tenant,
            texts(events, event -> event));
  }

  /**
   * An event that another answers just now is waited for: if the other commits, its answer stands
   * and ours is not made, and no error ends the transaction for the other devices.
   */
  @Override
  Set<String> insertAnswers(String tenant, List<StoredAnswer> answers) throws SQLException {
    return new HashSet<>(
        sql()
            .query(
                """
                INSERT INTO riskladder_answer (tenant, event, device, at, rejection)
                SELECT ?, u.event, u.device, u.at, u.rejection
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
                  AS u(event, device, at, rejection)
                ORDER BY u.event COLLATE "C"
                ON CONFLICT DO NOTHING RETURNING event""",
                r -> r.text(1),
                tenant,
                texts(answers, StoredAnswer::event),
                texts(answers, StoredAnswer::device),
                answers.stream().map(StoredAnswer::at).toArray(),
                answers.stream()
                    .map(a -> a.rejection().map(RejectionReason::name).orElse(null))
                    .toArray()));
  }

  @Override
  void deleteAnswers(String tenant, List<String> events) throws SQLException {
    sql()
        .update(
            "DELETE FROM riskladder_answer WHERE tenant = ? AND event = ANY (?)",
            tenant,
            texts(events, event -> event));
  }

  @Override
  int forgetAnswers(String tenant, Instant before, int limit) throws SQLException {
    return sql()
        .update(
            """
            WITH old AS MATERIALIZED (
              SELECT tenant, event FROM riskladder_answer WHERE tenant = ? AND at < ?
              ORDER BY at LIMIT ? FOR UPDATE SKIP LOCKED)
            DELETE FROM riskladder_answer a USING old
            WHERE a.tenant = old.tenant AND a.event = old.event""",
            tenant,
            before,
            limit(limit));
  }

  /**
   * The first statement locks every lane, in one order, and changes none that is there: DO UPDATE
   * locks also where its condition is false. Whoever settles a lane meanwhile comes before or after
   * as a whole: either it sees these postings and lets the lane be, or it took the lane away, and
   * then the lane is made anew.
   */
  @Override
  void post(String tenant, List<Rows.Posting> postings, Instant now) throws SQLException {
    lockOrMakeLanes(tenant, postings.stream().map(Rows.Posting::lane).toList(), now, false);
    sql()
        .update(
            """
            INSERT INTO riskladder_posting (tenant, channel, device, number, at, effect, posted)
            SELECT ?, u.channel, u.device, nextval('riskladder_number'), u.at, u.effect, ?
            FROM (
              SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[])
                WITH ORDINALITY AS v(channel, device, at, effect, place)
              ORDER BY place) u""",
            tenant,
            now,
            channels(postings, Rows.Posting::lane),
            devices(postings, Rows.Posting::lane),
            postings.stream().map(Rows.Posting::at).toArray(),
            texts(postings, Rows.Posting::document));
  }

  /**
   * The places are those in the order of locking. What is new is numbered in the order given, which
   * is why that happens inside, before the rows are brought into the order of locking.
   */
  private void lockOrMakeLanes(String tenant, List<LaneKey> lanes, Instant now, boolean again)
      throws SQLException {
    Set<LaneKey> once = new LinkedHashSet<>(lanes);
    Map<LaneKey, Integer> places = new HashMap<>();
    new TreeSet<>(once).forEach(lane -> places.put(lane, places.size()));
    sql()
        .update(
            """
            INSERT INTO riskladder_lane AS l
              (tenant, channel, device, since, not_before, failures, again)
            SELECT ?, u.channel, u.device, u.since, ?, 0, CAST(? AS boolean)
            FROM (
              SELECT v.channel, v.device, v.place, nextval('riskladder_number') AS since
              FROM unnest(?::text[], ?::text[], ?::integer[]) AS v(channel, device, place)) u
            ORDER BY u.place
            ON CONFLICT (tenant, channel, device) DO UPDATE SET again = true WHERE excluded.again""",
            tenant,
            now,
            Boolean.toString(again),
            channels(once, lane -> lane),
            devices(once, lane -> lane),
            integers(once, lane -> places.getOrDefault(lane, 0)));
  }

  /**
   * A lane that is being posted to or settled is passed over. It is its own name until its claim
   * ends, and a new one each time: of two engines that hold the same lane, the store knows which is
   * late.
   */
  @Override
  List<Rows.Claimed> claimLanes(
      String tenant, Channel channel, Instant now, Instant until, int limit) throws SQLException {
    record Turn(Instant notBefore, long since, Rows.Claimed lane) {}
    return sql()
        .query(
            """
            WITH next AS MATERIALIZED (
              SELECT tenant, channel, device, not_before, since FROM riskladder_lane
              WHERE tenant = ? AND channel = ? AND not_before <= ?
              ORDER BY not_before, since LIMIT ? FOR UPDATE SKIP LOCKED)
            UPDATE riskladder_lane l
            SET not_before = ?, claim = gen_random_uuid()::text, again = false
            FROM next
            WHERE l.tenant = next.tenant AND l.channel = next.channel AND l.device = next.device
            RETURNING l.device, l.claim, l.failures, next.not_before, next.since""",
            r ->
                new Turn(
                    r.instant(4),
                    r.number(5),
                    new Rows.Claimed(r.text(1), r.text(2), r.integer(3))),
            tenant,
            channel.name(),
            now,
            limit(limit),
            until)
        .stream()
        .sorted(Comparator.comparing(Turn::notBefore).thenComparingLong(Turn::since))
        .map(Turn::lane)
        .toList();
  }

  @Override
  List<Rows.Waiting> waiting(String tenant, Channel channel, List<String> devices, int perDevice)
      throws SQLException {
    return sql()
        .query(
            """
            SELECT d.device, p.number, p.effect, p.posted FROM unnest(?::text[]) AS d(device)
            CROSS JOIN LATERAL (
              SELECT number, effect, posted FROM riskladder_posting
              WHERE tenant = ? AND channel = ? AND device = d.device
              ORDER BY number LIMIT ?) p
            ORDER BY p.number""",
            r -> new Rows.Waiting(r.text(1), r.number(2), r.text(3), r.instant(4)),
            texts(devices, device -> device),
            tenant,
            channel.name(),
            limit(perDevice));
  }

  /** Who posts to one of these lanes waits from here on, and who did so before has committed. */
  @Override
  Map<LaneKey, Optional<String>> lockLanes(String tenant, List<LaneKey> lanes) throws SQLException {
    Map<LaneKey, Optional<String>> claims = new LinkedHashMap<>();
    List<LaneKey> inOrder = new ArrayList<>(new TreeSet<>(lanes));
    sql()
        .query(
            """
            WITH u AS MATERIALIZED (
              SELECT ?::text AS tenant, *
              FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS v(channel, device, place))
            SELECT l.channel, l.device, l.claim FROM riskladder_lane l
            JOIN u ON l.tenant = u.tenant AND l.channel = u.channel AND l.device = u.device
            ORDER BY u.place FOR UPDATE OF l""",
            r -> claims.put(new LaneKey(Channel.valueOf(r.text(1)), r.text(2)), r.textIfAny(3)),
            tenant,
            channels(inOrder, lane -> lane),
            devices(inOrder, lane -> lane));
    return claims;
  }

  /**
   * Most of these are locked by now. One that is not there is made behind the order of locking, the
   * only case where two may wait for each other; one of them is then told so, and begins anew.
   */
  @Override
  void deliverAgain(String tenant, List<LaneKey> lanes, Instant now) throws SQLException {
    lockOrMakeLanes(tenant, lanes, now, true);
  }

  @Override
  void deletePostings(String tenant, List<Rows.Gone> gone) throws SQLException {
    sql()
        .update(
            """
            WITH u AS MATERIALIZED (
              SELECT ?::text AS tenant, *
              FROM unnest(?::text[], ?::text[], ?::bigint[]) AS v(channel, device, number))
            DELETE FROM riskladder_posting p USING u
            WHERE p.tenant = u.tenant AND p.channel = u.channel AND p.device = u.device
              AND p.number = u.number""",
            tenant,
            channels(gone, Rows.Gone::lane),
            devices(gone, Rows.Gone::lane),
            numbers(gone, Rows.Gone::number));
  }

  @Override
  void bury(String tenant, List<Rows.Dead> dead, Instant now) throws SQLException {
    sql()
        .update(
            """
            WITH u AS MATERIALIZED (
              SELECT ?::text AS tenant, *
              FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[])
                AS v(channel, device, number, reason)),
            taken AS (
              DELETE FROM riskladder_posting p USING u
              WHERE p.tenant = u.tenant AND p.channel = u.channel AND p.device = u.device
                AND p.number = u.number
              RETURNING p.*, u.reason)
            INSERT INTO riskladder_dead_letter
              (tenant, number, channel, device, at, effect, reason, dead_at)
            SELECT tenant, number, channel, device, at, effect, reason, ? FROM taken""",
            tenant,
            channels(dead, Rows.Dead::lane),
            devices(dead, Rows.Dead::lane),
            numbers(dead, Rows.Dead::number),
            texts(dead, Rows.Dead::reason),
            now);
  }

  /**
   * Each statement sees all that was posted before the lanes were locked, and there is no later.
   */
  @Override
  void settle(String tenant, List<Rows.Settled> lanes) throws SQLException {
    int emptied =
        sql()
            .update(
                """
                WITH u AS MATERIALIZED (
                  SELECT ?::text AS tenant, *
                  FROM unnest(?::text[], ?::text[], ?::boolean[]) AS v(channel, device, again))
                DELETE FROM riskladder_lane l USING u
                WHERE l.tenant = u.tenant AND l.channel = u.channel AND l.device = u.device
                  AND NOT u.again AND NOT l.again AND NOT EXISTS (
                    SELECT 1 FROM riskladder_posting p
                    WHERE p.tenant = l.tenant AND p.channel = l.channel AND p.device = l.device)""",
                tenant,
                channels(lanes, Rows.Settled::lane),
                devices(lanes, Rows.Settled::lane),
                texts(lanes, lane -> Boolean.toString(lane.again())));
    if (emptied < lanes.size()) {
      sql()
          .update(
              """
              WITH u AS MATERIALIZED (
                SELECT ?::text AS tenant, *
                FROM unnest(?::text[], ?::text[], ?::integer[], ?::text[], ?::boolean[])
                  AS v(channel, device, failures, not_before, again))
              UPDATE riskladder_lane l
              SET claim = NULL, failures = u.failures, not_before = u.not_before,
                again = l.again OR u.again
              FROM u
              WHERE l.tenant = u.tenant AND l.channel = u.channel AND l.device = u.device""",
              tenant,
              channels(lanes, Rows.Settled::lane),
              devices(lanes, Rows.Settled::lane),
              integers(lanes, Rows.Settled::failures),
              lanes.stream().map(Rows.Settled::notBefore).toArray(),
              texts(lanes, lane -> Boolean.toString(lane.again())));
    }
  }

  @Override
  List<Rows.Letter> takeDeadLetters(String tenant, List<Long> numbers) throws SQLException {
    return sql()
        .query(
            """
            WITH there AS MATERIALIZED (
              SELECT number FROM riskladder_dead_letter
              WHERE tenant = ? AND number = ANY (?) ORDER BY number FOR UPDATE)
            DELETE FROM riskladder_dead_letter d USING there
            WHERE d.tenant = ? AND d.number = there.number
            RETURNING d.number, d.channel, d.device, d.at, d.effect, d.reason, d.dead_at""",
            Statements::readLetter,
            tenant,
            numbers.toArray(Long[]::new),
            tenant);
  }
}
