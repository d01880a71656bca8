package io.riskladder.mdm.runtime;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Maps;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.StoreFigures;
import java.time.Duration;
import java.util.Map;

/**
 * How an engine is, for a host's health page and metrics.
 *
 * @param running whether it was started and is not closed
 * @param waitingEvents how many events wait for their decision in this process
 * @param storeFailures how often in a row the work that failed most often failed, because of the
 *     store or because policies could not be loaded; 0 if all is well
 * @param rungs how many rungs this engine entered since it was started, and how late
 * @param channels how each channel is that has a connector, in the order of the channels;
 *     unmodifiable
 * @param stored how much the store holds of the tenant, of all engines on it
 */
public record EngineHealth(
    boolean running,
    int waitingEvents,
    int storeFailures,
    Lateness rungs,
    Map<Channel, ChannelHealth> channels,
    StoreFigures stored) {
  /**
   * Copies what it is given.
   *
   * @param running whether it was started and is not closed
   * @param waitingEvents how many events wait for their decision
   * @param storeFailures how often in a row work failed
   * @param rungs how many rungs it entered, and how late
   * @param channels how each channel is
   * @param stored how much the store holds of the tenant
   */
  public EngineHealth {
    requireNonNull(rungs, "rungs");
    channels = Maps.immutableEnumMap(channels);
    requireNonNull(stored, "stored");
  }

  /**
   * How a channel is.
   *
   * @param connector the class that the host implements it with
   * @param down whether it failed again and again, and is only tried now and then
   * @param callsUnderWay how many calls are being made in this process
   * @param stuckCalls how many of them took too long, were given up, and have not ended yet
   * @param outcomes what came of its deliveries since this engine was started
   */
  public record ChannelHealth(
      String connector, boolean down, int callsUnderWay, int stuckCalls, Outcomes outcomes) {
    /**
     * Takes what it is given.
     *
     * @param connector the class that the host implements it with
     * @param down whether it failed again and again
     * @param callsUnderWay how many calls are being made
     * @param stuckCalls how many of them do not end
     * @param outcomes what came of its deliveries
     */
    public ChannelHealth {
      requireNonNull(connector, "connector");
      requireNonNull(outcomes, "outcomes");
    }
  }

  /**
   * What came of deliveries: numbers that only grow, as counters do.
   *
   * @param delivered how many effects were delivered, and how long after they happened
   * @param superseded how many messages were overtaken by a later one and not sent
   * @param retried how often an effect could not be delivered and was put off
   * @param gaveUp how many effects went to the dead letters
   */
  public record Outcomes(Lateness delivered, long superseded, long retried, long gaveUp) {
    static final Outcomes NONE = new Outcomes(Lateness.NONE, 0, 0, 0);

    /**
     * Takes what it is given.
     *
     * @param delivered how many effects were delivered, and how long after they happened
     * @param superseded how many messages were overtaken
     * @param retried how often an effect was put off
     * @param gaveUp how many effects went to the dead letters
     */
    public Outcomes {
      requireNonNull(delivered, "delivered");
    }

    Outcomes andDelivered(Duration after) {
      return new Outcomes(delivered.and(after), superseded, retried, gaveUp);
    }

    Outcomes andSuperseded() {
      return new Outcomes(delivered, superseded + 1, retried, gaveUp);
    }

    Outcomes andRetried() {
      return new Outcomes(delivered, superseded, retried + 1, gaveUp);
    }

    Outcomes andGaveUp() {
      return new Outcomes(delivered, superseded, retried, gaveUp + 1);
    }
  }

  /**
   * How late things were, one by one; for percentiles, listen: {@link
   * io.riskladder.mdm.spi.EngineListener}.
   *
   * @param count how many there were
   * @param total how late they were together
   * @param longest how late the latest of them was; zero if there was none
   */
  public record Lateness(long count, Duration total, Duration longest) {
    static final Lateness NONE = new Lateness(0, Duration.ZERO, Duration.ZERO);

    /**
     * Takes what it is given.
     *
     * @param count how many there were
     * @param total how late they were together
     * @param longest how late the latest of them was
     */
    public Lateness {
      requireNonNull(total, "total");
      requireNonNull(longest, "longest");
    }

    Lateness and(Duration late) {
      return new Lateness(
          count + 1, total.plus(late), late.compareTo(longest) > 0 ? late : longest);
    }

    /** {@return how late they were on average; zero if there were none} */
    public Duration mean() {
      return count == 0 ? Duration.ZERO : total.dividedBy(count);
    }
  }
}
