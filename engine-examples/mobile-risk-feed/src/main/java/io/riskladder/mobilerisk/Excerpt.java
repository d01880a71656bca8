package io.riskladder.mobilerisk;

/** Text of others, made fit for a message of one line. */
final class Excerpt {
  private static final int LONGEST = 40;

  private Excerpt() {}

  /** {@return the beginning of the text} */
  static String of(String text) {
    return of(text, LONGEST);
  }

  static String of(String text, int longest) {
    if (text.isEmpty()) {
      return "the empty text";
    }
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .map(c -> isOfALine(c) ? c : '?')
        .forEach(line::appendCodePoint);
    return text.codePointCount(0, text.length()) > longest
        ? line.append("...").toString()
        : line.toString();
  }

  private static boolean isOfALine(int c) {
    return !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
  }
}
