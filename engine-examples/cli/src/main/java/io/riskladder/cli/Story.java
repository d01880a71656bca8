package io.riskladder.cli;

import io.riskladder.core.device.Effect;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.mdm.document.EngineEvent;
import java.io.Closeable;
import java.time.Instant;

/**
 * What a run puts out, as it goes. Writing that fails throws {@link java.io.UncheckedIOException}.
 */
interface Story extends Closeable {
  /** An event happens; its effects, if any, follow after those of rungs that were due before it. */
  void event(long number, Instant at, EngineEvent event);

  /** These policies are in force from now on. */
  void policies(CompiledPolicies policies);

  /** Something follows. */
  void effect(Effect effect);

  /** Everything so far is to reach the reader. */
  void flush();
}
