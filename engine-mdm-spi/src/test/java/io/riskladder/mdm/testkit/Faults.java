package io.riskladder.mdm.testkit;

import io.riskladder.mdm.spi.Outcome;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has calls go wrong as a test wants it. Safe for use by several threads. */
final class Faults {
  private volatile Supplier<Fault> next = () -> Fault.NONE;

  void set(Supplier<Fault> faults) {
    next = faults;
  }

  /** Makes a call, or does not. */
  @SuppressWarnings("NullAway") // hosts' code gives null, and engines have to bear it
  Outcome call(Runnable work) throws Exception {
    return call(
        () -> {
          work.run();
          return Outcome.done();
        },
        outcome -> outcome);
  }

  /** What comes of a call of which every device gets the same outcome. */
  interface ForAll<T> {
    T outcome(@Nullable Outcome outcome);
  }

  <T> T call(Callable<T> work, ForAll<T> forAll) throws Exception {
    return switch (next.get()) {
      case NONE -> work.call();
      case THROWS -> throw new IllegalStateException("out of order");
      case ANSWER_LOST -> {
        work.call();
        throw new IllegalStateException("connection reset");
      }
      case BUSY -> forAll.outcome(Outcome.retryLater("too many calls"));
      case REFUSED -> forAll.outcome(Outcome.refused("no such device"));
      case NULL, NO_ANSWER -> forAll.outcome(null);
    };
  }
}
