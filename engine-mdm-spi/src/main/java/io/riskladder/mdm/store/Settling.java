package io.riskladder.mdm.store;

import io.riskladder.mdm.spi.LaneResult;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settles many lanes in one transaction. */
final class Settling {
  private final Statements db;
  private final String tenant;
  private final Instant now;

  Settling(Statements db, String tenant, Instant now) {
    this.db = db;
    this.tenant = tenant;
    this.now = now;
  }

  /** {@return how many lanes were settled: not those that were claimed anew} */
  int settle(List<LaneResult> results) throws SQLException {
    Map<LaneKey, Optional<String>> claims =
        db.lockLanes(tenant, results.stream().map(result -> LaneKey.of(result.lane())).toList());
    List<LaneResult> valid = new ArrayList<>();
    List<LaneKey> late = new ArrayList<>();
    for (LaneResult result : results) {
      LaneKey lane = LaneKey.of(result.lane());
      Optional<String> claim = claims.getOrDefault(lane, Optional.empty());
      if (claim.filter(result.lane().claim()::equals).isPresent()) {
        valid.add(result);
      } else if (lane.channel().isLevel()) {
        late.add(lane);
      }
    }
    if (!valid.isEmpty()) {
      take(valid);
      db.settle(tenant, valid.stream().map(Settling::settled).toList());
    }
    if (!late.isEmpty()) {
      db.deliverAgain(tenant, late, now);
    }
    return valid.size();
  }

  private void take(List<LaneResult> results) throws SQLException {
    List<Rows.Gone> gone = new ArrayList<>();
    List<Rows.Dead> dead = new ArrayList<>();
    for (LaneResult result : results) {
      LaneKey lane = LaneKey.of(result.lane());
      result.gone().forEach(number -> gone.add(new Rows.Gone(lane, number)));
      result.dead().forEach((number, reason) -> dead.add(new Rows.Dead(lane, number, reason)));
    }
    if (!gone.isEmpty()) {
      db.deletePostings(tenant, gone);
    }
    if (!dead.isEmpty()) {
      db.bury(tenant, dead, now);
    }
  }

  /** A level that was to be delivered, but was not, is so still. */
  private static Rows.Settled settled(LaneResult result) {
    return new Rows.Settled(
        LaneKey.of(result.lane()),
        result.failures(),
        result.notBefore(),
        result.lane().waiting().isEmpty() && result.failures() > 0);
  }
}
