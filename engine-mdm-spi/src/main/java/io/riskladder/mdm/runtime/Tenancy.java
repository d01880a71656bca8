package io.riskladder.mdm.runtime;

import com.google.common.collect.ImmutableList;
import io.riskladder.core.device.Effect;
import io.riskladder.mdm.runtime.EngineHealth.Outcomes;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.EngineListener;
import io.riskladder.mdm.spi.LabelTarget;
import io.riskladder.mdm.spi.StoredPolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tenant, with what all parts of its engine share. Listeners are the host's, so they are called
 * from here only, and what they throw goes no further.
 */
final class Tenancy {
  private static final Logger LOG = LoggerFactory.getLogger(Tenancy.class);

  private final String id;
  private final DeviceStore store;
  private final ImmutableList<EngineListener> listeners;
  private final Runnable posted;
  private final Figures figures = new Figures();

  /**
   * A tenant.
   *
   * @param listeners who hears what is done, in this order
   * @param posted is run when there may be something to deliver
   */
  Tenancy(String id, DeviceStore store, List<EngineListener> listeners, Runnable posted) {
    this.id = id;
    this.store = store;
    this.listeners = ImmutableList.copyOf(listeners);
    this.posted = posted;
  }

  String id() {
    return id;
  }

  DeviceStore store() {
    return store;
  }

  Figures figures() {
    return figures;
  }

  /** What was decided is kept. */
  void decided(DecidedDevice decided, Instant now) {
    if (!decided.commit().postings().isEmpty()) {
      posted.run();
    }
    String device = decided.commit().device();
    for (DecidedDevice.Part part : decided.parts()) {
      Optional<String> event = part.event().map(Submission::id);
      List<Effect> effects = part.effects();
      tell(hears -> hears.decided(id, device, event, effects));
    }
    for (Instant due : decided.rungs()) {
      Duration late = since(due, now);
      figures.rungEntered(late);
      tell(hears -> hears.rungEntered(id, device, due, late));
    }
  }

  void delivered(Channel channel, Effect effect, Instant now) {
    Duration after = since(effect.at(), now);
    figures.count(channel, known -> known.andDelivered(after));
    tell(hears -> hears.delivered(id, channel, effect, after));
  }

  void superseded(Effect.NotifyDevice effect) {
    figures.count(Channel.NOTIFICATIONS, Outcomes::andSuperseded);
    tell(hears -> hears.superseded(id, effect));
  }

  void retried(Channel channel, Effect effect, String reason, Instant notBefore) {
    figures.count(channel, Outcomes::andRetried);
    tell(hears -> hears.retried(id, channel, effect, reason, notBefore));
  }

  void gaveUp(Channel channel, Effect effect, String reason) {
    LOG.warn("{}: effect {} is given up", channel, effect.id());
    figures.count(channel, Outcomes::andGaveUp);
    tell(hears -> hears.gaveUp(id, channel, effect, reason));
  }

  void drifted(LabelTarget target) {
    tell(hears -> hears.drifted(id, target));
  }

  void policiesChanged(StoredPolicies policies) {
    tell(hears -> hears.policiesChanged(id, policies));
  }

  private static Duration since(Instant then, Instant now) {
    return now.isAfter(then) ? Duration.between(then, now) : Duration.ZERO;
  }

  private void tell(Consumer<EngineListener> what) {
    for (EngineListener listener : listeners) {
      try {
        what.accept(listener);
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        LOG.warn("listener {} threw, which changes nothing", listener.getClass().getName(), e);
      }
    }
  }
}
