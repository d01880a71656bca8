package io.riskladder.core.device;

import io.riskladder.core.internal.Periods;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.Placeholder;
import io.riskladder.core.policy.Rung;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fills in what a message leaves open (rules, section 5). */
final class Messages {
  private Messages() {}

  /**
   * {@return the message of a threat's rung, filled in when it is read}
   *
   * @param nextDue when the next rung is entered; absent on the last
   */
  static Message of(
      Ladder ladder,
      int place,
      GroupPolicies group,
      ZoneId timeZone,
      String device,
      Instant at,
      @Nullable Instant nextDue) {
    return new Message(
        () -> render(ladder, place, group, timeZone, device, at, Optional.ofNullable(nextDue)));
  }

  private static Message.Texts render(
      Ladder ladder,
      int place,
      GroupPolicies group,
      ZoneId timeZone,
      String device,
      Instant at,
      Optional<Instant> nextDue) {
    Optional<Instant> lastDue = nextDue.map(due -> ladder.lastDue(place, due));
    Rung rung = ladder.rung(place);
    Function<Placeholder, String> values =
        placeholder ->
            switch (placeholder) {
              case DAYS_LEFT -> days(at, lastDue);
              case DEADLINE -> date(timeZone, lastDue);
              case DAYS_TO_NEXT_STEP -> days(at, nextDue);
              case NEXT_STEP -> date(timeZone, nextDue);
              case DEVICE -> device;
              case GROUP -> group.name();
              case CLASSIFICATION -> ladder.classification().displayName();
              case RISK_LEVEL -> rung.riskLevel().displayName();
            };
    CustomMessage message = rung.message();
    return new Message.Texts(
        message.description().render(values),
        message.howToFix().render(values),
        group.notice().map(notice -> notice.render(values)));
  }

  private static String days(Instant from, Optional<Instant> to) {
    return to.map(instant -> Long.toString(Periods.wholeDaysUp(Duration.between(from, instant))))
        .orElse("0");
  }

  private static String date(ZoneId timeZone, Optional<Instant> instant) {
    return instant.map(i -> LocalDate.ofInstant(i, timeZone).toString()).orElse("");
  }
}
