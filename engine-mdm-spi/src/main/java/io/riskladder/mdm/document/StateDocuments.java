package io.riskladder.mdm.document;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.riskladder.core.device.EnrolledDevice;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Reads and writes what the engine knows of an enrolled device, as JSON that a store keeps
 * (documents, device states). Law: what is written of a state that decisions led to reads back
 * equal. All methods are safe for use by several threads.
 *
 * <p>Each document says which format it is of. This version writes format 1 and reads no higher
 * one; every later version reads format 1.
 */
public final class StateDocuments {
  /** Largest document, in bytes of UTF-8: 32 MiB, enough within the default limits of the core. */
  public static final int MAX_BYTES = 32 * 1024 * 1024;

  /** The format that is written, and the highest that is read. */
  static final int FORMAT = 1;

  private static final JsonFactory JSON = new JsonFactory();

  private StateDocuments() {}

  /**
   * {@return the device's state that a text is; fields that are not known are left out of account,
   * for a later version may have written them}
   *
   * @param json one JSON object
   * @throws InvalidDocumentException if it is no device's state, or one of a format that this
   *     version does not know; holds all that is wrong with it
   */
  public static EnrolledDevice read(String json) {
    Utf8.checkSize(requireNonNull(json, "json"), MAX_BYTES);
    Problems problems = new Problems();
    Node root = Nodes.parse(json, DocumentFormat.JSON, problems);
    return new StateReader(problems).read(root);
  }

  /**
   * {@return a device's state as one line of JSON, without a line's end; equal states give the same
   * text}
   *
   * @param device the state to write
   */
  public static String write(EnrolledDevice device) {
    requireNonNull(device, "device");
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      new StateWriter(out).write(device);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory has no I/O to fail
    }
    return text.toString();
  }
}
