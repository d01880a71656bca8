package io.riskladder.mdm.store;

import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.Lane;

/**
 * Which lane of a tenant. The order is that in which lanes are locked: whoever needs several takes
 * them in this order, so that no two wait for each other.
 */
record LaneKey(Channel channel, String device) implements Comparable<LaneKey> {
  static LaneKey of(Lane lane) {
    return new LaneKey(lane.channel(), lane.device());
  }

  @Override
  public int compareTo(LaneKey other) {
    int byChannel = channel.compareTo(other.channel);
    return byChannel != 0 ? byChannel : device.compareTo(other.device);
  }
}
