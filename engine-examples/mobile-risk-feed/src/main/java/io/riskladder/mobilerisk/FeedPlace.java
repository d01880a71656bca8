package io.riskladder.mobilerisk;

/**
 * Where in a feed an event stands.
 *
 * @param event the event's number in its file or stream, from 1; what could not be read is counted
 * @param line the line, from 1; in a stream, the line since it was connected
 * @param column the character in the line, from 1
 */
public record FeedPlace(long event, long line, long column) {

  /** {@return the place in words} */
  @Override
  public String toString() {
    return "event " + event + ", line " + line + ", column " + column;
  }
}
