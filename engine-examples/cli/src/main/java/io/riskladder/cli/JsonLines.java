package io.riskladder.cli;

import io.riskladder.core.device.Effect;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.mdm.document.EffectWriter;
import io.riskladder.mdm.document.EngineEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;

/** For programs: the effects, one JSON object a line. */
final class JsonLines implements Story {
  private final EffectWriter writer;

  JsonLines(OutputStream out) throws IOException {
    this.writer = new EffectWriter(out);
  }

  @Override
  public void event(long number, Instant at, EngineEvent event) {
    // effects say which event they come from
  }

  @Override
  public void policies(CompiledPolicies policies) {
    // effects say which version they come from
  }

  @Override
  public void effect(Effect effect) {
    try {
      writer.write(effect);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public void flush() {
    try {
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    flush();
  }
}
