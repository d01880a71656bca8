package io.riskladder.mdm.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.riskladder.mdm.spi.PolicySource;
import org.junit.jupiter.api.Test;

/** What every {@link PolicySource} has to keep to. Extend it, and say how one is made. */
public abstract class PolicySourceContract {
  /** Not to be called but by those who extend it. */
  protected PolicySourceContract() {}

  /**
   * {@return one that works, and has policies that are right}
   *
   * @throws Exception if there is none, which fails the test
   */
  protected abstract PolicySource newSource() throws Exception;

  @Test
  final void policies_can_be_used_and_are_the_same_until_they_change() throws Exception {
    PolicySource source = newSource();
    assertDoesNotThrow(() -> source.load().compile());
    assertEquals(source.load(), source.load());
  }

  @Test
  final void whoever_is_told_of_changes_can_end_that_more_than_once() throws Exception {
    PolicySource.Subscription subscription = newSource().onChange(() -> {});
    subscription.close();
    assertDoesNotThrow(subscription::close);
  }
}
