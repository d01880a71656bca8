package io.riskladder.mobilerisk;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The events of one message of the stream; none, if it is for the connection's sake. */
final class MessageEvents {
  private final SseMessage message;
  private final LongSupplier numbers;
  private final Optional<JsonEvents> text;
  private Optional<String> problem;

  MessageEvents(SseMessage message, LongSupplier numbers) throws IOException {
    this.message = message;
    this.numbers = numbers;
    if (message.tooLong()) {
      problem = Optional.of("the message has more than " + SseMessages.MAX_DATA_BYTES + " bytes");
    } else if (message.isUnknown()) {
      problem = Optional.of("the message is of kind " + Excerpt.of(message.name()) + ", not known");
    } else {
      problem = Optional.empty();
    }
    this.text =
        problem.isEmpty() && message.hasEvents()
            ? Optional.of(
                new JsonEvents(
                    Json.FACTORY.createParser(message.data().array()),
                    numbers,
                    message.firstLine() - 1,
                    message.dataColumns()))
            : Optional.empty();
  }

  /** {@return the next event, or what stands in its place; nothing at the end} */
  Optional<FeedItem> next() throws IOException {
    if (problem.isPresent()) {
      String what = problem.get();
      problem = Optional.empty();
      return Optional.of(
          new FeedItem.Unreadable(
              new FeedPlace(numbers.getAsLong(), message.firstLine(), message.dataColumns() + 1),
              what));
    }
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return text.get().next();
  }
}
