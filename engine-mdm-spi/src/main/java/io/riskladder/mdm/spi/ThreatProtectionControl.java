package io.riskladder.mdm.spi;

/** Blocks and unblocks on devices, through the protection that runs on them. */
public interface ThreatProtectionControl {
  /**
   * Has a device block exactly this.
   *
   * <p>Called on the engine's connector threads, several at a time for different devices, never two
   * for the same device; it may block, up to the engine's call timeout, after which its thread is
   * interrupted and the call counts as a retry; if it goes on all the same, the device is handed
   * over once more when it ends. A block is a level: what is handed over is what is to be blocked
   * now, whatever came in between; it may be handed over again. Nothing is left out, however late.
   * What it throws, and null, counts as {@link Outcome#retryLater}.
   *
   * @param target what to block, never null
   * @return what came of it
   * @throws Exception if it cannot be told what came of it
   */
  Outcome apply(BlockTarget target) throws Exception;
}
