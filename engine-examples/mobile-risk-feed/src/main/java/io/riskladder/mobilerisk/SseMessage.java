package io.riskladder.mobilerisk;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A message of a stream of server-sent events.
 *
 * @param id its id, to resume after
 * @param name what kind it is; empty if it does not say
 * @param data its data, lines joined by a newline
 * @param hasData whether it has any
 * @param retry how long to wait before connecting anew
 * @param tooLong whether there is more data than is kept
 * @param complete whether its end was seen
 * @param firstLine the number of the first line of the data, from 1
 * @param dataColumns how many characters come before the data in its lines
 */
record SseMessage(
    Optional<String> id,
    String name,
    ByteBuffer data,
    boolean hasData,
    Optional<Duration> retry,
    boolean tooLong,
    boolean complete,
    long firstLine,
    long dataColumns) {

  boolean isReconnect() {
    return name.equals("reconnect");
  }

  boolean isEnd() {
    return name.equals("end");
  }

  /** {@return whether it says no more than that the connection lives} */
  boolean isHeartbeat() {
    return name.equals("heartbeat");
  }

  /** {@return whether its data should be events} */
  boolean hasEvents() {
    return hasData
        && (name.isEmpty()
            || name.equals("events")
            || name.equals("event")
            || name.equals("message"));
  }

  /** {@return whether it is of a kind that nobody told us of} */
  boolean isUnknown() {
    return hasData && !hasEvents() && !isReconnect() && !isEnd() && !isHeartbeat();
  }
}
