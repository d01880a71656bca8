package io.riskladder.cli;

import java.io.IOException;
import java.io.OutputStream;

/** What a program finds after its reader has gone. */
final class ClosedStream extends OutputStream {
  @Override
  public void write(int b) throws IOException {
    throw new IOException("Broken pipe");
  }
}
