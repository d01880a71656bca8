package io.riskladder.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text broken into lines of a width.
 *
 * @param lines the lines; an empty one parts paragraphs
 * @param omitted how many characters there was no room for
 */
record PictureText(List<String> lines, int omitted) {
  private static final Pattern LINE_END =
      Pattern.compile("\\r\\n|[\\n\\r\\x{85}\\x{2028}\\x{2029}]");
  private static final String ELLIPSIS = "\u2026";

  PictureText {
    lines = List.copyOf(lines);
  }

  /** {@return the text in so many lines at most} */
  static PictureText wrap(String text, PictureFont font, int width, int maxLines) {
    return new Wrapper(clean(text), font.capacity(width)).wrap(maxLines);
  }

  /** {@return the text in so many lines at most, the last one ending in dots if that is not all} */
  static List<String> shortened(String text, PictureFont font, int width, int maxLines) {
    Wrapper wrapper = new Wrapper(clean(text), font.capacity(width));
    PictureText all = wrapper.wrap(maxLines);
    return all.omitted == 0 ? all.lines : wrapper.shorten(maxLines);
  }

  /** {@return the text without what a picture cannot show: controls, and halves of characters} */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    boolean afterBlank = false;
    for (String line : LINE_END.split(text, -1)) {
      boolean blank = line.isBlank();
      if (!blank || !afterBlank) {
        line.codePoints().map(PictureText::shown).forEach(clean::appendCodePoint);
        clean.append('\n');
      }
      afterBlank = blank;
    }
    return clean.toString().strip();
  }

  private static int shown(int c) {
    if (Character.isWhitespace(c)) {
      return ' ';
    }
    boolean impossible =
        Character.isISOControl(c)
            || Character.getType(c) == Character.SURROGATE
            || (c & 0xFFFE) == 0xFFFE;
    return impossible ? 0xFFFD : c;
  }

  /** {@return whether a line is of a script that is written from right to left} */
  static boolean isRightToLeft(String line) {
    return line.codePoints()
        .map(Character::getDirectionality)
        .filter(PictureText::isStrong)
        .mapToObj(direction -> direction != Character.DIRECTIONALITY_LEFT_TO_RIGHT)
        .findFirst()
        .orElse(false);
  }

  private static boolean isStrong(int direction) {
    return direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  /** Breaks a text between words, and inside those that are wider than a line. */
  private static final class Wrapper {
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    /** Longer heaps of marks, and those too wide for a line, are broken like anything else. */
    private static final int LONGEST_CLUSTER = 16;

    private static final String BREAK_AFTER = " -/@_";

    private final String text;
    private final int capacity;

    Wrapper(String text, int capacity) {
      this.text = text;
      this.capacity = capacity;
    }

    PictureText wrap(int maxLines) {
      List<String> lines = new ArrayList<>();
      int at = 0;
      while (at < text.length() && lines.size() < maxLines) {
        int end = lineEnd(at, capacity);
        lines.add(text.substring(at, end).strip());
        at = nextLine(end);
      }
      return new PictureText(lines, text.codePointCount(at, text.length()));
    }

    List<String> shorten(int maxLines) {
      List<String> lines = new ArrayList<>();
      int at = 0;
      while (lines.size() < maxLines - 1) {
        int end = lineEnd(at, capacity);
        lines.add(text.substring(at, end).strip());
        at = nextLine(end);
      }
      int end = lineEnd(at, capacity - GlyphWidths.of(ELLIPSIS));
      lines.add(text.substring(at, end).strip() + ELLIPSIS);
      return lines;
    }

    private int lineEnd(int from, int room) {
      int used = 0;
      int lastBreak = from;
      for (int at = from; at < text.length() && text.charAt(at) != '\n'; ) {
        int end = clusterEnd(at);
        used += GlyphWidths.of(text.substring(at, end));
        boolean hangs = end - at == 1 && text.charAt(at) == ' ';
        if (used > room && !hangs && at > from) {
          return lastBreak > from ? lastBreak : at;
        }
        if (mayBreak(at, end)) {
          lastBreak = end;
        }
        at = end;
      }
      int newline = text.indexOf('\n', from);
      return newline < 0 ? text.length() : newline;
    }

    private int nextLine(int end) {
      int next = end;
      while (next < text.length() && text.charAt(next) == ' ') {
        next++;
      }
      return next < text.length() && text.charAt(next) == '\n' ? next + 1 : next;
    }

    private int clusterEnd(int at) {
      Matcher cluster = CLUSTER.matcher(text).region(at, text.length());
      int end = cluster.lookingAt() ? cluster.end() : at + 1;
      boolean fits =
          end - at <= LONGEST_CLUSTER && GlyphWidths.of(text.substring(at, end)) <= capacity;
      return fits ? end : text.offsetByCodePoints(at, 1);
    }

    /** Whether a line may end after the cluster from {@code at} to {@code end}. */
    private boolean mayBreak(int at, int end) {
      if (end == text.length()) {
        return false;
      } else if (BREAK_AFTER.indexOf(text.charAt(at)) >= 0) {
        boolean insideDate = text.charAt(at) == '-' && Character.isDigit(text.charAt(end));
        return !insideDate;
      }
      int before = text.codePointAt(at);
      int after = text.codePointAt(end);
      return (GlyphWidths.isWide(before) || GlyphWidths.isWide(after))
          && !opens(before)
          && !closes(after);
    }

    private static boolean opens(int c) {
      int type = Character.getType(c);
      return type == Character.START_PUNCTUATION || type == Character.INITIAL_QUOTE_PUNCTUATION;
    }

    private static boolean closes(int c) {
      int type = Character.getType(c);
      return type == Character.END_PUNCTUATION
          || type == Character.FINAL_QUOTE_PUNCTUATION
          || type == Character.OTHER_PUNCTUATION;
    }
  }
}
