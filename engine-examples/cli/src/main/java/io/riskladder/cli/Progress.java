package io.riskladder.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Says how far a long run is, on a terminal, and nothing anywhere else. */
final class Progress {
  private static final long FIRST_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int LOOK_EVERY = 1024;
  private static final String CLEAR_LINE = "\r\u001B[K";

  private final PrintWriter err;
  private final String things;
  private long nextAt = System.nanoTime() + FIRST_AFTER_NANOS;
  private int sinceLook;
  private boolean shown;
  private @Nullable Boolean terminal;

  /**
   * The progress of a run.
   *
   * @param things what its steps count
   */
  Progress(PrintWriter err, String things) {
    this.err = err;
    this.things = things;
  }

  void step(long count, int devices, Instant latest) {
    if (++sinceLook < LOOK_EVERY) {
      return;
    }
    sinceLook = 0;
    long now = System.nanoTime();
    if (now - nextAt >= 0 && onTerminal()) {
      nextAt = now + EVERY_NANOS;
      shown = true;
      err.print(
          CLEAR_LINE
              + String.format(
                  Locale.ROOT, "%,d %s, %,d devices, at %s", count, things, devices, latest));
      err.flush();
    }
  }

  void clear() {
    if (shown) {
      shown = false;
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  /** Java cannot tell; the system's own test can, of the standard error that it inherits. */
  private boolean onTerminal() {
    if (terminal == null) {
      try {
        Process test = new ProcessBuilder("test", "-t", "2").inheritIO().start();
        terminal = test.waitFor() == 0;
      } catch (IOException e) {
        terminal = false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        terminal = false;
      }
    }
    return terminal;
  }
}
