package io.riskladder.mdm.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.riskladder.core.device.Effect;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.Delivery;
import io.riskladder.mdm.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What everything has to keep to that takes deliveries of one effect each.
 *
 * @param <E> the kind of effect
 */
public abstract class DeliveryContract<E extends Effect> {
  private static final int THREADS = 4;
  private static final int CALLS = 25;

  private final Channel channel;
  private final Class<E> type;

  /** Not to be called but by those who extend it. */
  DeliveryContract(Channel channel, Class<E> type) {
    this.channel = channel;
    this.type = type;
  }

  /**
   * Hands a delivery over.
   *
   * @param delivery the delivery
   * @return what came of it
   * @throws Exception if it threw
   */
  abstract Outcome deliver(Delivery<E> delivery) throws Exception;

  /** {@return the id of a device that can be reached} Unless overridden, "d". */
  protected String device() {
    return "d";
  }

  private Delivery<E> delivery(String key, int attempt) {
    return new Delivery<>(
        "contoso", type.cast(StoreSamples.effect(channel, device(), key)), attempt);
  }

  @Test
  final void what_is_handed_over_is_done() throws Exception {
    assertEquals(Outcome.done(), deliver(delivery("one", 1)));
    assertEquals(Outcome.done(), deliver(delivery("two", 1)));
  }

  @Test
  final void what_comes_again_with_the_same_key_is_done_too() throws Exception {
    assertEquals(Outcome.done(), deliver(delivery("same", 1)));
    assertEquals(Outcome.done(), deliver(delivery("same", 2)));
    assertEquals(Outcome.done(), deliver(delivery("same", 1)));
  }

  @Test
  final void several_threads_may_hand_over_at_once() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        String key = "call-" + i;
        outcomes.add(threads.submit(() -> deliver(delivery(key, 1))));
      }
      for (Future<Outcome> outcome : outcomes) {
        assertEquals(Outcome.done(), outcome.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
