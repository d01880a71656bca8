package io.riskladder.cli;

import java.util.List;

/** Text of others, made safe for a terminal. */
final class Text {
  private Text() {}

  /**
   * {@return the text without control characters, which could move the cursor or colour the screen}
   */
  static String oneLine(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(safe::appendCodePoint);
    return safe.toString();
  }

  /** {@return the lines of the text, each safe} */
  static List<String> lines(String text) {
    return text.lines().map(Text::oneLine).toList();
  }
}
