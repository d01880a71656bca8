package io.riskladder.mdm.store;

import io.riskladder.core.device.RejectionReason;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.StoredAnswer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SQLite: there is no way to the server to be saved, so many rows are one statement run many times.
 * Transactions that write come one after the other, from BEGIN IMMEDIATE on: what they read stays
 * so until they end, and nothing need be locked.
 */
final class SqliteStatements extends Statements {
  SqliteStatements(Sql sql) {
    super(sql);
  }

  @Override
  boolean hasSchemaTable() throws SQLException {
    return !sql()
        .query(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'riskladder_schema'",
            r -> r.text(1))
        .isEmpty();
  }

  /** They are set when the connection is made. */
  @Override
  List<String> unsafeSettings() {
    return List.of();
  }

  /** The transaction has the database to itself. */
  @Override
  void lockSchema() {}

  @Override
  List<Rows.Device> devices(String tenant, Collection<String> ids) throws SQLException {
    List<Rows.Device> devices = new ArrayList<>();
    for (String id : ids) {
      devices.addAll(
          sql()
              .query(
                  "SELECT "
                      + DEVICE_COLUMNS
                      + " FROM riskladder_device"
                      + " WHERE tenant = ? AND device = ?",
                  Statements::read,
                  tenant,
                  id));
    }
    return devices;
  }

  @Override
  Map<String, Long> lockRevisions(String tenant, Collection<String> ids) throws SQLException {
    Map<String, Long> revisions = new HashMap<>();
    for (String id : ids) {
      sql()
          .query(
              "SELECT revision FROM riskladder_device WHERE tenant = ? AND device = ?",
              r -> revisions.put(id, r.number(1)),
              tenant,
              id);
    }
    return revisions;
  }

  @Override
  Set<String> insertDevices(String tenant, List<Rows.Device> rows) throws SQLException {
    sql()
        .updateEach(
            """
            INSERT INTO riskladder_device (tenant, device, revision, policies, due, state)
            VALUES (?, ?, ?, ?, ?, ?)""",
            rows.stream()
                .map(
                    row ->
                        new @Nullable Object[] {
                          tenant,
                          row.device(),
                          row.revision(),
                          row.policies(),
                          row.due().orElse(null),
                          row.document()
                        })
                .toList());
    Set<String> made = new HashSet<>();
    rows.forEach(row -> made.add(row.device()));
    return made;
  }

  @Override
  void updateDevices(String tenant, List<Rows.Device> rows) throws SQLException {
    sql()
        .updateEach(
            """
            UPDATE riskladder_device
            SET revision = ?, policies = ?, due = ?, claimed_until = NULL, state = ?
            WHERE tenant = ? AND device = ?""",
            rows.stream()
                .map(
                    row ->
                        new @Nullable Object[] {
                          row.revision(),
                          row.policies(),
                          row.due().orElse(null),
                          row.document(),
                          tenant,
                          row.device()
                        })
                .toList());
  }

  @Override
  void deleteDevices(String tenant, List<String> ids) throws SQLException {
    sql()
        .updateEach(
            "DELETE FROM riskladder_device WHERE tenant = ? AND device = ?", each(tenant, ids));
  }

  private static List<@Nullable Object[]> each(String tenant, List<String> values) {
    return values.stream().map(value -> new @Nullable Object[] {tenant, value}).toList();
  }

  @Override
  List<Rows.Device> claimDue(String tenant, Instant now, Instant until, int limit)
      throws SQLException {
    return claim(
        tenant,
        until,
        sql()
            .query(
                "SELECT "
                    + DEVICE_COLUMNS
                    + " FROM riskladder_device"
                    + " WHERE tenant = ? AND due <= ?"
                    + " AND (claimed_until IS NULL OR claimed_until <= ?)"
                    + " ORDER BY due, device LIMIT ?",
                Statements::read,
                tenant,
                now,
                now,
                limit(limit)));
  }

  @Override
  List<Rows.Device> claimOutdated(String tenant, int version, Instant now, Instant until, int limit)
      throws SQLException {
    return claim(
        tenant,
        until,
        sql()
            .query(
                "SELECT "
                    + DEVICE_COLUMNS
                    + " FROM riskladder_device"
                    + " WHERE tenant = ? AND policies < ?"
                    + " AND (claimed_until IS NULL OR claimed_until <= ?)"
                    + " ORDER BY policies, device LIMIT ?",
                Statements::read,
                tenant,
                version,
                now,
                limit(limit)));
  }

  private List<Rows.Device> claim(String tenant, Instant until, List<Rows.Device> devices)
      throws SQLException {
    sql()
        .updateEach(
            "UPDATE riskladder_device SET claimed_until = ? WHERE tenant = ? AND device = ?",
            devices.stream()
                .map(row -> new @Nullable Object[] {until, tenant, row.device()})
                .toList());
    return devices;
  }

  @Override
  List<StoredAnswer> answers(String tenant, Collection<String> events) throws SQLException {
    List<StoredAnswer> answers = new ArrayList<>();
    for (String event : events) {
      answers.addAll(
          sql()
              .query(
                  """
                  SELECT event, device, at, rejection FROM riskladder_answer
                  WHERE tenant = ? AND event = ?""",
                  Statements::readAnswer,
                  tenant,
                  event));
    }
    return answers;
  }

  @Override
  Set<String> insertAnswers(String tenant, List<StoredAnswer> answers) throws SQLException {
    int[] counts =
        sql()
            .updateEach(
                """
                INSERT INTO riskladder_answer (tenant, event, device, at, rejection)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                answers.stream()
                    .map(
                        answer ->
                            new @Nullable Object[] {
                              tenant,
                              answer.event(),
                              answer.device(),
                              answer.at(),
                              answer.rejection().map(RejectionReason::name).orElse(null)
                            })
                    .toList());
    Set<String> made = new HashSet<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        made.add(answers.get(i).event());
      }
    }
    return made;
  }

  @Override
  void deleteAnswers(String tenant, List<String> events) throws SQLException {
    sql()
        .updateEach(
            "DELETE FROM riskladder_answer WHERE tenant = ? AND event = ?", each(tenant, events));
  }

  @Override
  int forgetAnswers(String tenant, Instant before, int limit) throws SQLException {
    return sql()
        .update(
            """
            DELETE FROM riskladder_answer WHERE tenant = ? AND event IN (
              SELECT event FROM riskladder_answer WHERE tenant = ? AND at < ?
              ORDER BY at LIMIT ?)""",
            tenant,
            tenant,
            before,
            limit(limit));
  }

  @Override
  void post(String tenant, List<Rows.Posting> postings, Instant now) throws SQLException {
    Set<LaneKey> lanes = new LinkedHashSet<>();
    postings.forEach(posting -> lanes.add(posting.lane()));
    makeLanes(tenant, lanes, now);
    sql()
        .updateEach(
            """
            INSERT INTO riskladder_posting (tenant, channel, device, at, effect, posted)
            VALUES (?, ?, ?, ?, ?, ?)""",
            postings.stream()
                .map(
                    posting ->
                        new @Nullable Object[] {
                          tenant,
                          posting.lane().channel().name(),
                          posting.lane().device(),
                          posting.at(),
                          posting.document(),
                          now
                        })
                .toList());
  }

  private void makeLanes(String tenant, Collection<LaneKey> lanes, Instant now)
      throws SQLException {
    sql()
        .updateEach(
            """
            INSERT INTO riskladder_lane (tenant, channel, device, not_before, failures, again)
            VALUES (?, ?, ?, ?, 0, 0) ON CONFLICT DO NOTHING""",
            lanes.stream()
                .map(
                    lane ->
                        new @Nullable Object[] {tenant, lane.channel().name(), lane.device(), now})
                .toList());
  }

  @Override
  List<Rows.Claimed> claimLanes(
      String tenant, Channel channel, Instant now, Instant until, int limit) throws SQLException {
    List<Rows.Claimed> lanes =
        sql()
            .query(
                """
                SELECT device, lower(hex(randomblob(16))), failures FROM riskladder_lane
                WHERE tenant = ? AND channel = ? AND not_before <= ?
                ORDER BY not_before, since LIMIT ?""",
                r -> new Rows.Claimed(r.text(1), r.text(2), r.integer(3)),
                tenant,
                channel.name(),
                now,
                limit(limit));
    sql()
        .updateEach(
            """
            UPDATE riskladder_lane SET not_before = ?, claim = ?, again = 0
            WHERE tenant = ? AND channel = ? AND device = ?""",
            lanes.stream()
                .map(
                    lane ->
                        new @Nullable Object[] {
                          until, lane.claim(), tenant, channel.name(), lane.device()
                        })
                .toList());
    return lanes;
  }

  @Override
  List<Rows.Waiting> waiting(String tenant, Channel channel, List<String> devices, int perDevice)
      throws SQLException {
    List<Rows.Waiting> waiting = new ArrayList<>();
    for (String device : devices) {
      waiting.addAll(
          sql()
              .query(
                  """
                  SELECT number, effect, posted FROM riskladder_posting
                  WHERE tenant = ? AND channel = ? AND device = ? ORDER BY number LIMIT ?""",
                  r -> new Rows.Waiting(device, r.number(1), r.text(2), r.instant(3)),
                  tenant,
                  channel.name(),
                  device,
                  limit(perDevice)));
    }
    return waiting;
  }

  @Override
  Map<LaneKey, Optional<String>> lockLanes(String tenant, List<LaneKey> lanes) throws SQLException {
    Map<LaneKey, Optional<String>> claims = new LinkedHashMap<>();
    for (LaneKey lane : lanes) {
      sql()
          .query(
              """
              SELECT claim FROM riskladder_lane
              WHERE tenant = ? AND channel = ? AND device = ?""",
              r -> claims.put(lane, r.textIfAny(1)),
              tenant,
              lane.channel().name(),
              lane.device());
    }
    return claims;
  }

  @Override
  void deliverAgain(String tenant, List<LaneKey> lanes, Instant now) throws SQLException {
    makeLanes(tenant, lanes, now);
    sql()
        .updateEach(
            """
            UPDATE riskladder_lane SET again = 1
            WHERE tenant = ? AND channel = ? AND device = ?""",
            lanes.stream()
                .map(lane -> new @Nullable Object[] {tenant, lane.channel().name(), lane.device()})
                .toList());
  }

  @Override
  void deletePostings(String tenant, List<Rows.Gone> gone) throws SQLException {
    sql()
        .updateEach(
            """
            DELETE FROM riskladder_posting
            WHERE number = ? AND tenant = ? AND channel = ? AND device = ?""",
            gone.stream()
                .map(
                    one ->
                        new @Nullable Object[] {
                          one.number(), tenant, one.lane().channel().name(), one.lane().device()
                        })
                .toList());
  }

  @Override
  void bury(String tenant, List<Rows.Dead> dead, Instant now) throws SQLException {
    sql()
        .updateEach(
            """
            INSERT INTO riskladder_dead_letter
              (tenant, number, channel, device, at, effect, reason, dead_at)
            SELECT tenant, number, channel, device, at, effect, ?, ? FROM riskladder_posting
            WHERE number = ? AND tenant = ? AND channel = ? AND device = ?""",
            dead.stream()
                .map(
                    one ->
                        new @Nullable Object[] {
                          one.reason(),
                          now,
                          one.number(),
                          tenant,
                          one.lane().channel().name(),
                          one.lane().device()
                        })
                .toList());
    deletePostings(
        tenant, dead.stream().map(one -> new Rows.Gone(one.lane(), one.number())).toList());
  }

  @Override
  void settle(String tenant, List<Rows.Settled> lanes) throws SQLException {
    sql()
        .updateEach(
            """
            UPDATE riskladder_lane
            SET claim = NULL, failures = ?, not_before = ?, again = max(again, ?)
            WHERE tenant = ? AND channel = ? AND device = ?""",
            lanes.stream()
                .map(
                    lane ->
                        new @Nullable Object[] {
                          lane.failures(),
                          lane.notBefore(),
                          lane.again() ? 1 : 0,
                          tenant,
                          lane.lane().channel().name(),
                          lane.lane().device()
                        })
                .toList());
    sql()
        .updateEach(
            """
            DELETE FROM riskladder_lane AS l
            WHERE l.tenant = ? AND l.channel = ? AND l.device = ? AND l.again = 0
              AND NOT EXISTS (
                SELECT 1 FROM riskladder_posting p
                WHERE p.tenant = l.tenant AND p.channel = l.channel AND p.device = l.device)""",
            lanes.stream()
                .map(
                    lane ->
                        new @Nullable Object[] {
                          tenant, lane.lane().channel().name(), lane.lane().device()
                        })
                .toList());
  }

  @Override
  List<Rows.Letter> takeDeadLetters(String tenant, List<Long> numbers) throws SQLException {
    List<Rows.Letter> letters = new ArrayList<>();
    for (Long number : numbers) {
      letters.addAll(
          sql()
              .query(
                  """
                  DELETE FROM riskladder_dead_letter WHERE tenant = ? AND number = ?
                  RETURNING number, channel, device, at, effect, reason, dead_at""",
                  Statements::readLetter,
                  tenant,
                  number));
    }
    return letters;
  }
}
