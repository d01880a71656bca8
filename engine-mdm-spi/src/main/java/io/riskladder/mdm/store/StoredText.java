package io.riskladder.mdm.store;

/**
 * How texts are kept where not every text can be: a database in UTF-8 has no room for half a
 * character, and PostgreSQL none for U+0000. All others are kept as they are. What is kept is equal
 * where the texts are, and the other way round.
 */
final class StoredText {
  private static final char ESCAPE = '\u0001';
  private static final char ZERO = '\u0001';
  private static final char ESCAPE_ITSELF = '\u0002';

  /** Where halves of characters are put: at the start of the private use area, in their order. */
  private static final int HALVES = 0xE000 - Character.MIN_SURROGATE;

  private StoredText() {}

  static String encode(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (needsEscape(text, i)) {
        return escape(text);
      }
    }
    return text;
  }

  private static boolean needsEscape(String text, int i) {
    char c = text.charAt(i);
    return c <= ESCAPE || (Character.isSurrogate(c) && isHalf(text, i));
  }

  private static boolean isHalf(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
        : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
  }

  private static String escape(String text) {
    StringBuilder kept = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!needsEscape(text, i)) {
        kept.append(c);
      } else if (c == 0) {
        kept.append(ESCAPE).append(ZERO);
      } else if (c == ESCAPE) {
        kept.append(ESCAPE).append(ESCAPE_ITSELF);
      } else {
        kept.append(ESCAPE).append((char) (c + HALVES));
      }
    }
    return kept.toString();
  }

  static String decode(String kept) {
    int escape = kept.indexOf(ESCAPE);
    if (escape < 0) {
      return kept;
    }
    StringBuilder text = new StringBuilder(kept.length());
    int start = 0;
    while (escape >= 0 && escape + 1 < kept.length()) {
      text.append(kept, start, escape).append(unescape(kept.charAt(escape + 1)));
      start = escape + 2;
      escape = kept.indexOf(ESCAPE, start);
    }
    return text.append(kept, start, kept.length()).toString();
  }

  private static char unescape(char c) {
    return switch (c) {
      case ZERO -> 0;
      case ESCAPE_ITSELF -> ESCAPE;
      default -> (char) (c - HALVES);
    };
  }
}
