package io.riskladder.mdm.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.riskladder.core.device.Block;
import io.riskladder.mdm.spi.BlockTarget;
import io.riskladder.mdm.spi.Outcome;
import io.riskladder.mdm.spi.ThreatProtectionControl;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ThreatProtectionControl} has to keep to. Extend it, say how one is made, and
 * how to find out what is blocked.
 */
public abstract class ThreatProtectionControlContract {
  /** Not to be called but by those who extend it. */
  protected ThreatProtectionControlContract() {}

  /**
   * {@return one that works}
   *
   * @throws Exception if there is none, which fails the test
   */
  protected abstract ThreatProtectionControl newControl() throws Exception;

  /**
   * {@return what is blocked on a device, as the one made last has it}
   *
   * @param device the device's id
   * @throws Exception if that cannot be found out
   */
  protected abstract Block blocked(String device) throws Exception;

  /** {@return the id of a device that can be reached} Unless overridden, "d". */
  protected String device() {
    return "d";
  }

  @Test
  final void what_is_blocked_is_what_was_asked_for_last_however_often() throws Exception {
    ThreatProtectionControl control = newControl();
    Block domains = new Block.Domains(List.of("a.example", "b.example"));
    int key = 0;
    for (Block block :
        List.of(Block.NONE, domains, domains, Block.INTERNET, domains, Block.NONE, Block.NONE)) {
      BlockTarget target = new BlockTarget("contoso", device(), block, "key-" + key++);
      assertEquals(Outcome.done(), control.apply(target));
      assertEquals(Outcome.done(), control.apply(target), "the same once more");
      assertEquals(block, blocked(device()));
    }
  }
}
