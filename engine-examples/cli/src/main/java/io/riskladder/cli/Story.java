package io.riskladder.cli;

import io.riskladder.core.device.Effect;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.mdm.document.EngineEvent;
import java.io.Closeable;
import java.time.Instant;

/**
 * What a run puts out, as it goes; nothing, unless it says otherwise. Writing that fails throws
 * {@link java.io.UncheckedIOException}.
 */
interface Story extends Closeable {
  /** An event happens; its effects, if any, follow after those of rungs that were due before it. */
  default void event(long number, Instant at, EngineEvent event) {}

  /** These policies are in force from now on. */
  default void policies(CompiledPolicies policies) {}

  /** Something follows. */
  default void effect(Effect effect) {}

  /** Everything so far is to reach the reader. */
  default void flush() {}

  @Override
  default void close() {}
}
