package io.riskladder.mobilerisk;

/** What stands where an event is expected: an event, or something that cannot be read as one. */
public sealed interface FeedItem permits FeedEvent, FeedItem.Unreadable {

  /** {@return where it stands} */
  FeedPlace place();

  /**
   * Something that is no event.
   *
   * @param place where what is wrong stands
   * @param problem what is wrong: one line, lower case, no full stop
   */
  record Unreadable(FeedPlace place, String problem) implements FeedItem {}
}
