package io.riskladder.mdm.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.riskladder.core.device.DesiredState;
import io.riskladder.mdm.document.InvalidDocumentException;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.Lane;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lanes as they were read, to be made values of when the transaction is over. */
record ClaimedLanes(
    Channel channel,
    List<Rows.Claimed> claimed,
    List<Rows.Waiting> waiting,
    List<Rows.Device> devices) {
  private static final Logger LOGGER = LoggerFactory.getLogger(ClaimedLanes.class);

  /**
   * Claims lanes, and reads what is in them and then their devices: a device's state is at least as
   * new as what waits for it, so that whoever delivers the level delivers all that led to it. Later
   * changes of the state wait for the lane to post what follows from them, and bring it back.
   */
  static ClaimedLanes claim(
      Statements db,
      String tenant,
      Channel channel,
      Instant now,
      Instant until,
      int limit,
      int perDevice)
      throws SQLException {
    List<Rows.Claimed> claimed = db.claimLanes(tenant, channel, now, until, limit);
    List<String> ids = claimed.stream().map(Rows.Claimed::device).toList();
    return new ClaimedLanes(
        channel,
        claimed,
        ids.isEmpty() ? List.of() : db.waiting(tenant, channel, ids, perDevice),
        ids.isEmpty() || !channel.isLevel() ? List.of() : db.devices(tenant, ids));
  }

  List<Lane> lanes() {
    Map<String, List<Rows.Waiting>> waitingOf =
        waiting.stream().collect(groupingBy(Rows.Waiting::device));
    Map<String, Rows.Device> deviceOf =
        devices.stream().collect(toMap(Rows.Device::device, Function.identity()));
    List<Lane> lanes = new ArrayList<>();
    for (Rows.Claimed lane : claimed) {
      try {
        lanes.add(
            new Lane(
                channel,
                lane.device(),
                lane.claim(),
                lane.failures(),
                waitingOf.getOrDefault(lane.device(), List.of()).stream()
                    .map(Documents::read)
                    .toList(),
                Optional.ofNullable(deviceOf.get(lane.device()))
                    .map(row -> Documents.state(row).desired())
                    .orElse(DesiredState.nothing())));
      } catch (InvalidDocumentException e) {
        LOGGER.error("A lane of {} is passed over: a document in it cannot be read", channel, e);
      }
    }
    return lanes;
  }
}
