package io.riskladder.mdm.runtime;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls against limits, of a connector and of each recipient: in no span of a limit's time
 * are there more calls than it says. Safe for use by several threads.
 */
final class Limiter {
  /** Of so many recipients it is known when they were called; of those before them it is not. */
  private static final int MOST_RECIPIENTS = 100_000;

  /** The last calls within a limit. */
  private static final class Calls {
    private final RateLimit limit;
    private final Deque<Instant> last = new ArrayDeque<>();

    Calls(RateLimit limit) {
      this.limit = limit;
    }

    int room(Instant now) {
      Instant from = now.minus(limit.per());
      long counted = last.stream().filter(from::isBefore).count();
      return limit.calls() - (int) counted;
    }

    Instant freeAt() {
      return last.size() < limit.calls() ? Instant.MIN : last.element().plus(limit.per());
    }

    void count(Instant now) {
      if (last.size() == limit.calls()) {
        last.remove();
      }
      last.add(now);
    }
  }

  private final @Nullable Calls ofConnector;
  private final @Nullable RateLimit perRecipient;
  private final Cache<String, Calls> ofRecipients;

  Limiter(@Nullable RateLimit ofConnector, @Nullable RateLimit perRecipient) {
    this.ofConnector = ofConnector == null ? null : new Calls(ofConnector);
    this.perRecipient = perRecipient;
    this.ofRecipients = CacheBuilder.newBuilder().maximumSize(MOST_RECIPIENTS).build();
  }

  /**
   * Takes leave for a call.
   *
   * @param recipients who is called, each once; all have to be within their limit
   * @return nothing if the call may be made now, and else when to ask again
   */
  synchronized Optional<Instant> take(Collection<String> recipients, Instant now) {
    List<Calls> counted = new ArrayList<>();
    if (ofConnector != null) {
      counted.add(ofConnector);
    }
    if (perRecipient != null) {
      for (String recipient : recipients) {
        counted.add(calls(recipient, perRecipient));
      }
    }
    Instant free = Instant.MIN;
    for (Calls calls : counted) {
      free = calls.freeAt().isAfter(free) ? calls.freeAt() : free;
    }
    if (free.isAfter(now)) {
      return Optional.of(free);
    }
    counted.forEach(calls -> calls.count(now));
    return Optional.empty();
  }

  /** {@return how many calls of the connector may be made now, whoever is called} */
  synchronized int room(Instant now) {
    return ofConnector == null ? Integer.MAX_VALUE : ofConnector.room(now);
  }

  private Calls calls(String recipient, RateLimit limit) {
    Calls known = ofRecipients.getIfPresent(recipient);
    if (known == null) {
      known = new Calls(limit);
      ofRecipients.put(recipient, known);
    }
    return known;
  }
}
