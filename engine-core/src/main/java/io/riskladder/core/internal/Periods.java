package io.riskladder.core.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lengths of time in words. */
public final class Periods {
  private Periods() {}

  /**
   * {@return a length of time in days of 24 hours, hours, minutes and seconds, like "1 day and 12
   * hours"; "no time" for none}
   */
  public static String words(Duration time) {
    List<String> parts = new ArrayList<>();
    add(parts, time.toDays(), "day");
    add(parts, time.toHoursPart(), "hour");
    add(parts, time.toMinutesPart(), "minute");
    add(parts, time.toSecondsPart(), "second");
    if (parts.isEmpty()) {
      return "no time";
    }
    String last = parts.remove(parts.size() - 1);
    return parts.isEmpty() ? last : String.join(", ", parts) + " and " + last;
  }

  private static void add(List<String> parts, long number, String unit) {
    if (number != 0) {
      parts.add(count(number, unit));
    }
  }

  /** {@return a number of things, like "1 day" or "2 days"} */
  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** {@return the days of 24 hours that a length of time has, rounded up} */
  public static long wholeDaysUp(Duration time) {
    long days = time.toDays();
    return Duration.ofDays(days).equals(time) ? days : days + 1;
  }
}
