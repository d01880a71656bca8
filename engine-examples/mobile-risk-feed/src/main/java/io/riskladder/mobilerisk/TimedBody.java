package io.riskladder.mobilerisk;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, read with an end to patience: a read that gets nothing for too long fails.
 * What was read is all that is asked for, so that a slow reader slows the sender.
 */
final class TimedBody extends InputStream implements Flow.Subscriber<List<ByteBuffer>> {

  /** What the connection brings: buffers, or how it ended. */
  private record Arrival(List<ByteBuffer> buffers, boolean last, @Nullable Throwable failure) {}

  private final Duration patience;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Queue<ByteBuffer> buffers = new ArrayDeque<>();
  private volatile Flow.@Nullable Subscription subscription;
  private boolean ended;

  TimedBody(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    subscription = to;
    to.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> item) {
    arrivals.add(new Arrival(item, false, null));
  }

  @Override
  public void onError(Throwable failure) {
    arrivals.add(new Arrival(List.of(), true, failure));
  }

  @Override
  public void onComplete() {
    arrivals.add(new Arrival(List.of(), true, null));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      ByteBuffer buffer = buffers.peek();
      if (buffer == null) {
        await();
      } else if (buffer.hasRemaining()) {
        int count = Math.min(length, buffer.remaining());
        buffer.get(into, offset, count);
        return count;
      } else {
        buffers.remove();
      }
    }
    return -1;
  }

  private void await() throws IOException {
    Arrival arrival;
    try {
      arrival = arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException("interrupted").initCause(e);
    }
    if (arrival == null) {
      throw new HttpTimeoutException("nothing came for " + patience);
    }
    ended = arrival.last();
    if (arrival.failure() != null) {
      throw new IOException("the connection broke", arrival.failure());
    }
    buffers.addAll(arrival.buffers());
    Flow.Subscription from = subscription;
    if (!ended && from != null) {
      from.request(1);
    }
  }

  /** Lets the connection go. */
  @Override
  public void close() {
    Flow.Subscription from = subscription;
    if (from != null) {
      from.cancel();
    }
  }
}
