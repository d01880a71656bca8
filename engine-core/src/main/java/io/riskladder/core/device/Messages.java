package io.riskladder.core.device;

import io.riskladder.core.internal.Periods;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.Placeholder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;

/** Fills in what a message leaves open (rules, section 5). */
final class Messages {
  private Messages() {}

  /**
   * {@return the message of a threat's rung}
   *
   * @param nextDue when the next rung is entered; absent on the last
   */
  static Message render(Standing standing, String device, Instant at, Optional<Instant> nextDue) {
    Optional<Instant> lastDue =
        nextDue.map(due -> standing.ladder().lastDue(standing.place(), due));
    Function<Placeholder, String> values =
        placeholder ->
            switch (placeholder) {
              case DAYS_LEFT -> days(at, lastDue);
              case DEADLINE -> date(standing, lastDue);
              case DAYS_TO_NEXT_STEP -> days(at, nextDue);
              case NEXT_STEP -> date(standing, nextDue);
              case DEVICE -> device;
              case GROUP -> standing.group().name();
              case CLASSIFICATION -> standing.ladder().classification().displayName();
              case RISK_LEVEL -> standing.riskLevel().displayName();
            };
    CustomMessage message = standing.rung().message();
    return new Message(
        message.description().render(values),
        message.howToFix().render(values),
        standing.group().notice().map(notice -> notice.render(values)));
  }

  private static String days(Instant from, Optional<Instant> to) {
    return to.map(instant -> Long.toString(Periods.wholeDaysUp(Duration.between(from, instant))))
        .orElse("0");
  }

  private static String date(Standing standing, Optional<Instant> instant) {
    return instant.map(i -> LocalDate.ofInstant(i, standing.timeZone()).toString()).orElse("");
  }
}
