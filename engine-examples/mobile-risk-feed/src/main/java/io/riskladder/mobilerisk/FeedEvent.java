package io.riskladder.mobilerisk;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An event as the service wrote it, with all its fields: those that the engine does not need are
 * kept for the host.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class FeedEvent implements FeedItem {
  private final FeedPlace place;
  private final Json.Struct fields;

  FeedEvent(FeedPlace place, Json.Struct fields) {
    this.place = requireNonNull(place, "place");
    this.fields = requireNonNull(fields, "fields");
  }

  @Override
  public FeedPlace place() {
    return place;
  }

  Json.Struct fields() {
    return fields;
  }

  /** {@return its id, if it has one that is text} */
  public Optional<String> id() {
    return fields.fields().get("id") instanceof Json.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  /** {@return the whole event as one line of JSON; it names devices, people and addresses} */
  public String json() {
    return fields.text();
  }

  /** {@return where it stands; what it says is for {@link #json()} alone} */
  @Override
  public String toString() {
    return "FeedEvent{" + place + "}";
  }
}
