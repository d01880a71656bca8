package io.riskladder.mdm.runtime;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls against limits, of a connector and of each recipient: for each it is known from when
 * on the next call would be within the limit if all calls were made evenly, and calls may run ahead
 * of that by as many as the limit allows. Safe for use by several threads.
 */
final class Limiter {
  /** Of so many recipients it is known when they were called; of those before them it is not. */
  private static final int MOST_RECIPIENTS = 100_000;

  private static final String CONNECTOR = "";

  private final @Nullable RateLimit ofConnector;
  private final @Nullable RateLimit ofRecipient;
  private final Cache<String, Instant> even;
  private Instant connectorEven = Instant.MIN;

  Limiter(@Nullable RateLimit ofConnector, @Nullable RateLimit ofRecipient) {
    this.ofConnector = ofConnector;
    this.ofRecipient = ofRecipient;
    this.even = CacheBuilder.newBuilder().maximumSize(MOST_RECIPIENTS).build();
  }

  /**
   * Takes leave for a call.
   *
   * @param recipients who is called; all have to be within their limit
   * @return nothing if the call may be made now, and else when to ask again
   */
  synchronized Optional<Instant> take(Collection<String> recipients, Instant now) {
    Instant free = freeAt(CONNECTOR, ofConnector);
    for (String recipient : recipients) {
      Instant one = freeAt(recipient, ofRecipient);
      free = one.isAfter(free) ? one : free;
    }
    if (free.isAfter(now)) {
      return Optional.of(free);
    }
    count(CONNECTOR, ofConnector, now);
    recipients.forEach(recipient -> count(recipient, ofRecipient, now));
    return Optional.empty();
  }

  private Instant evenOf(String whom) {
    if (whom.equals(CONNECTOR)) {
      return connectorEven;
    }
    Instant known = even.getIfPresent(whom);
    return known == null ? Instant.MIN : known;
  }

  private Instant freeAt(String whom, @Nullable RateLimit limit) {
    Instant evenly = evenOf(whom);
    return limit == null || evenly.equals(Instant.MIN)
        ? Instant.MIN
        : evenly.minus(limit.per()).plus(interval(limit));
  }

  private void count(String whom, @Nullable RateLimit limit, Instant now) {
    if (limit == null) {
      return;
    }
    Instant evenly = evenOf(whom);
    Instant next = (evenly.isAfter(now) ? evenly : now).plus(interval(limit));
    if (whom.equals(CONNECTOR)) {
      connectorEven = next;
    } else {
      even.put(whom, next);
    }
  }

  private static Duration interval(RateLimit limit) {
    return limit.per().dividedBy(limit.calls());
  }
}
