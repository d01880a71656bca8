package io.riskladder.mobilerisk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A position in a file: one line. */
final class PositionFile implements StreamPosition {
  private static final int LONGEST = 1024;

  private final Path file;
  private final Path draft;

  PositionFile(Path file) {
    this.file = requireNonNull(file, "file").toAbsolutePath();
    this.draft = this.file.resolveSibling(this.file.getFileName() + ".new");
  }

  @Override
  public Optional<String> load() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String id = new String(in.readNBytes(LONGEST + 1), UTF_8).strip();
      if (!ClientCredentials.isVisible(id) || id.length() > LONGEST) {
        throw new IOException(file + " holds no position: expected one line with an id");
      }
      return Optional.of(id);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * The line is on the disk before it takes the place of the one before. Not through a channel,
   * which an interrupt would close half way.
   */
  @Override
  public void save(String id) throws IOException {
    try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
      out.write((id + "\n").getBytes(UTF_8));
      out.getFD().sync();
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
