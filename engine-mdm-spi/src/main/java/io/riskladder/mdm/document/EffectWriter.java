package io.riskladder.mdm.document;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.riskladder.core.device.Effect;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes effects to a stream as JSON, one object a line, in UTF-8 (documents, effects). The same
 * effects give the same bytes. Not safe for use by several threads. For single effects, and to read
 * them, see {@link EffectDocuments}.
 */
public final class EffectWriter implements Closeable, Flushable {
  private final JsonGenerator out;

  /**
   * A writer to a stream.
   *
   * @param stream where to write; closed with the writer
   * @throws IOException if the stream cannot be written
   */
  public EffectWriter(OutputStream stream) throws IOException {
    JsonFactory json = new JsonFactory().setRootValueSeparator("");
    this.out = json.createGenerator(requireNonNull(stream, "stream"), JsonEncoding.UTF8);
    out.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
  }

  /**
   * Writes one effect and the line's end; it may stay in a buffer.
   *
   * @param effect the effect to write
   * @throws IOException if the stream cannot be written
   */
  public void write(Effect effect) throws IOException {
    EffectDocuments.write(effect, out);
    out.writeRaw('\n');
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
