package io.riskladder.mobilerisk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a stream was left: the id after which it is to be taken up. Kept by the host, across
 * restarts.
 *
 * <p>Called in the thread that runs the stream; may block. What it throws ends the run.
 */
public interface StreamPosition {

  /**
   * {@return the id that was saved last, if any was}; asked once a run
   *
   * @throws IOException if it cannot be told
   */
  Optional<String> load() throws IOException;

  /**
   * Keeps an id in place of the one before. Called after all events up to it were handled, once a
   * message of the stream that has events.
   *
   * @param id the id; one line
   * @throws IOException if it cannot be kept: the run ends, and what was handled since the last id
   *     that was kept comes again
   */
  void save(String id) throws IOException;

  /**
   * {@return a position that is kept in a file, which is replaced as a whole each time}
   *
   * @param file the file; it need not be there, its folder has to be
   */
  static StreamPosition inFile(Path file) {
    return new PositionFile(file);
  }
}
