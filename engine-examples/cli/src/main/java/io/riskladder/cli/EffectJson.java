package io.riskladder.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.riskladder.core.device.Effect;
import io.riskladder.mdm.document.EffectWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** An effect within other JSON, in the form that {@link EffectWriter} has. */
final class EffectJson {
  private EffectJson() {}

  static void write(JsonGenerator out, Effect effect) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (EffectWriter writer = new EffectWriter(line)) {
      writer.write(effect);
    }
    out.writeRawValue(line.toString(UTF_8).stripTrailing());
  }
}
