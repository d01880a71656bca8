package io.riskladder.mobilerisk;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Hears how a stream fares, for a host's log. Called in the thread that runs the stream; what it
 * throws ends the run. No text that it is handed has a credential or anything of an event.
 */
public interface StreamListener {

  /**
   * The service answered, and events follow.
   *
   * @param after the id after which they begin, if the stream was taken up
   */
  default void connected(Optional<String> after) {}

  /**
   * The connection is over, or did not come about; another is tried.
   *
   * @param why in words: one line, lower case, no full stop
   * @param delay how long is waited before
   */
  default void disconnected(String why, Duration delay) {}

  /**
   * Events are missed: the service does not go back further.
   *
   * @param from when the first of them may have happened
   * @param to from when on events come
   */
  default void gap(Instant from, Instant to) {}
}
