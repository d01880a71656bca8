package io.riskladder.mdm.document;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Locale;

/** How a document is written down. */
public enum DocumentFormat {
  /** JSON, as in RFC 8259. */
  JSON,
  /** YAML without anchors, aliases and tags. */
  YAML;

  /**
   * {@return the format that a file's name tells: JSON for {@code .json}, YAML for all others,
   * since nearly every JSON document is YAML too}
   *
   * @param file the file; it is not opened
   */
  public static DocumentFormat ofFile(Path file) {
    Path name = requireNonNull(file, "file").getFileName();
    return name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : YAML;
  }
}
