package io.riskladder.mdm.runtime;

import static java.util.Objects.requireNonNull;

import io.riskladder.mdm.runtime.EngineHealth.Lateness;
import io.riskladder.mdm.runtime.EngineHealth.Outcomes;
import io.riskladder.mdm.spi.Channel;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Counts what an engine does. Safe for use by several threads. */
final class Figures {
  private final Map<Channel, Outcomes> outcomes = new EnumMap<>(Channel.class);
  private Lateness rungs = Lateness.NONE;

  Figures() {
    for (Channel channel : Channel.values()) {
      outcomes.put(channel, Outcomes.NONE);
    }
  }

  synchronized void rungEntered(Duration late) {
    rungs = rungs.and(late);
  }

  synchronized void count(Channel channel, UnaryOperator<Outcomes> one) {
    outcomes.computeIfPresent(channel, (which, known) -> one.apply(known));
  }

  synchronized Lateness rungs() {
    return rungs;
  }

  synchronized Outcomes outcomes(Channel channel) {
    return requireNonNull(outcomes.get(channel));
  }
}
