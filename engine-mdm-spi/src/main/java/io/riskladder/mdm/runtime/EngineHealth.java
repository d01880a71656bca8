package io.riskladder.mdm.runtime;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Maps;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.StoreFigures;
import java.util.Map;

/**
 * How an engine is, for a host's health page and metrics.
 *
 * @param running whether it was started and is not closed
 * @param waitingEvents how many events wait for their decision in this process
 * @param storeFailures how often in a row the work that failed most often failed, because of the
 *     store or because policies could not be loaded; 0 if all is well
 * @param channels how each channel is that has a connector, in the order of the channels;
 *     unmodifiable
 * @param stored how much the store holds of the tenant, of all engines on it
 */
public record EngineHealth(
    boolean running,
    int waitingEvents,
    int storeFailures,
    Map<Channel, ChannelHealth> channels,
    StoreFigures stored) {
  /**
   * Copies what it is given.
   *
   * @param running whether it was started and is not closed
   * @param waitingEvents how many events wait for their decision
   * @param storeFailures how often in a row work failed
   * @param channels how each channel is
   * @param stored how much the store holds of the tenant
   */
  public EngineHealth {
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
   */
  public record ChannelHealth(String connector, boolean down, int callsUnderWay, int stuckCalls) {}
}
