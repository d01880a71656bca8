package io.riskladder.cli;

import java.util.List;

/** Text of others, made safe for a terminal. */
final class Text {
  private Text() {}

  /**
   * {@return the text without characters that could move the cursor, colour the screen, or turn the
   * direction of what follows}
   */
  static String oneLine(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().map(c -> isUnsafe(c) ? ' ' : c).forEach(safe::appendCodePoint);
    return safe.toString();
  }

  private static boolean isUnsafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.FORMAT -> turnsDirection(c);
      default -> false;
    };
  }

  private static boolean turnsDirection(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  /** {@return in one line, what could not be done and why} */
  static String cannot(String what, Exception why) {
    return "cannot " + what + ": " + oneLine(String.valueOf(why.getMessage()));
  }

  /** {@return the lines of the text, each safe} */
  static List<String> lines(String text) {
    return text.lines().map(Text::oneLine).toList();
  }
}
