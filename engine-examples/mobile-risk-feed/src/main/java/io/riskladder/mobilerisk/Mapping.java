package io.riskladder.mobilerisk;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/** What an event of the feed comes to. Every event comes to one of these. */
public sealed interface Mapping {

  /** {@return the event, or what stood in its place} */
  FeedItem item();

  /**
   * The engine has something to do.
   *
   * @param item the event, with what the engine does not need
   * @param at when it happened
   * @param actions what is to be done, in this order; one or two, of which the last is what the
   *     event says and the first what has to be done before; unmodifiable
   * @param notes what somebody should know; unmodifiable
   */
  record Mapped(FeedEvent item, Instant at, List<FeedAction> actions, List<Note> notes)
      implements Mapping {
    /**
     * Copies what it is given.
     *
     * @param item the event
     * @param at when it happened
     * @param actions what is to be done, in this order
     * @param notes what somebody should know
     */
    public Mapped {
      requireNonNull(item, "item");
      requireNonNull(at, "at");
      actions = List.copyOf(actions);
      notes = List.copyOf(notes);
    }
  }

  /**
   * The engine has nothing to do.
   *
   * @param item the event
   * @param reason why
   */
  record NotNeeded(FeedEvent item, NotNeededReason reason) implements Mapping {}

  /**
   * The event came before.
   *
   * @param item the event
   */
  record Redelivered(FeedEvent item) implements Mapping {}

  /**
   * The event cannot be mapped.
   *
   * @param item the event, or what stood in its place
   * @param reason why, for counting
   * @param message why, in words: the field, a colon, what it is and what was expected; one line,
   *     lower case, no full stop
   */
  record SetAside(FeedItem item, SetAsideReason reason, String message) implements Mapping {}
}
