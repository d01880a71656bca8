package io.riskladder.cli;

import io.riskladder.mobilerisk.FeedVersion;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a file of events is written down. */
enum EventsFormat {
  /** Our own: one JSON object a line. */
  RISKLADDER("riskladder", Optional.empty()),
  /** The mobile risk API's, version 1. */
  MOBILE_RISK_V1("mobile-risk-v1", Optional.of(FeedVersion.V1)),
  /** The mobile risk API's, version 2. */
  MOBILE_RISK_V2("mobile-risk-v2", Optional.of(FeedVersion.V2));

  private final String word;
  private final Optional<FeedVersion> feed;

  EventsFormat(String word, Optional<FeedVersion> feed) {
    this.word = word;
    this.feed = feed;
  }

  /** {@return the version of the feed, if it is a feed's} */
  Optional<FeedVersion> feed() {
    return feed;
  }

  /** {@return the word by which users name it} */
  @Override
  public String toString() {
    return word;
  }

  /** Reads a word. */
  static final class Converter implements ITypeConverter<EventsFormat> {
    @Override
    public EventsFormat convert(String value) {
      return Arrays.stream(values())
          .filter(format -> format.word.equals(value.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + value
                          + "' is no format of events, expected riskladder, mobile-risk-v1 or"
                          + " mobile-risk-v2"));
    }
  }
}
