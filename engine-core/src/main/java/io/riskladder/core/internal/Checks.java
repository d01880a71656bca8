package io.riskladder.core.internal;

import io.riskladder.core.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;

/**
 * The checks that values and documents share. Each returns its argument or throws {@link
 * InvalidValueException} with the path that it was handed: a value hands in its field's name, a
 * document the whole path.
 */
public final class Checks {
  private static final int EXCERPT_LENGTH = 40;

  private Checks() {}

  /** {@return an exception that blames the path} */
  public static InvalidValueException invalid(String path, String problem) {
    return new InvalidValueException(path, problem);
  }

  /** {@return the id, if it has 1 to 200 well-formed characters} */
  public static String id(String path, String id) {
    if (id.isEmpty()) {
      throw invalid(path, "is empty, expected 1 to " + Limits.MAX_ID_LENGTH + " characters");
    }
    return text(path, id, Limits.MAX_ID_LENGTH);
  }

  /** {@return the name, if it is not blank, not too long and has no control characters} */
  public static String name(String path, String name) {
    if (name.isBlank()) {
      throw invalid(path, "is blank");
    }
    text(path, name, Limits.MAX_NAME_LENGTH);
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw invalid(path, "has a control character, expected one line of text");
    }
    return name;
  }

  /** {@return the text, if it is not too long and its surrogates come in pairs} */
  public static String text(String path, String text, int maxLength) {
    if (text.length() > maxLength) {
      throw invalid(path, "has " + text.length() + " characters, expected at most " + maxLength);
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw invalid(path, "has half a character (a lone surrogate) at " + i);
      }
    }
    return text;
  }

  /** {@return the wait, if it is a positive number of whole seconds, at most 3650 days} */
  public static Duration waitingPeriod(String path, Duration wait) {
    if (wait.isNegative() || wait.isZero()) {
      throw invalid(path, wait + " is not positive");
    }
    if (!wait.truncatedTo(ChronoUnit.SECONDS).equals(wait)) {
      throw invalid(path, wait + " is not in whole seconds");
    }
    if (wait.compareTo(Limits.MAX_WAIT) > 0) {
      throw invalid(path, wait + " is too long, expected at most P3650D");
    }
    return wait;
  }

  /** {@return the priority, if it is 1 or more} */
  public static int priority(String path, int priority) {
    if (priority < 1) {
      throw invalid(path, priority + " is not a priority, expected 1 (the highest) or more");
    }
    return priority;
  }

  /** {@return the instant, if it is from 1970 to 9999} */
  public static Instant instant(String path, Instant instant) {
    if (instant.isBefore(Limits.EARLIEST) || instant.isAfter(Limits.LATEST)) {
      throw invalid(path, instant + " is out of range, expected a year from 1970 to 9999");
    }
    return instant;
  }

  /** Throws if there are more than {@code max} things. */
  public static void atMost(String path, int max, int actual, String things) {
    if (actual > max) {
      throw invalid(path, "has " + actual + " " + things + ", expected at most " + max);
    }
  }

  /**
   * {@return the known name that is nearest to the given one, if any is near: at most a third of it
   * would have to be changed}
   */
  public static Optional<String> nearest(String name, Collection<String> known) {
    String nearest = null;
    int least = Math.max(1, Math.min(name.length(), Limits.MAX_ID_LENGTH) / 3) + 1;
    for (String candidate : known) {
      if (Math.abs(candidate.length() - name.length()) < least) {
        int distance = distance(name, candidate);
        if (distance < least) {
          least = distance;
          nearest = candidate;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** {@return {@code ", did you mean X?"} for the nearest known name, or nothing} */
  public static String didYouMean(String name, Collection<String> known) {
    return nearest(name, known).map(n -> ", did you mean " + excerpt(n) + "?").orElse("");
  }

  /** {@return the text in one line, cut where it is long: for messages} */
  public static String excerpt(String text) {
    if (text.isEmpty()) {
      return "the empty text";
    }
    if (text.length() <= EXCERPT_LENGTH && isPrintableAscii(text)) {
      return text;
    }
    StringBuilder line = oneLine(text);
    if (line.codePointCount(0, line.length()) <= EXCERPT_LENGTH) {
      return line.toString();
    }
    line.setLength(line.offsetByCodePoints(0, EXCERPT_LENGTH));
    return line.append("...").toString();
  }

  /** {@return whether there is nothing to replace: so with every number of every document} */
  private static boolean isPrintableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /** {@return the text with a question mark for what is no character of a line} */
  static StringBuilder oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      boolean isNone = Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
      line.appendCodePoint(isNone ? '?' : c);
    }
    return line;
  }

  /** Levenshtein's distance, upper and lower case alike. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        row[j] = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
