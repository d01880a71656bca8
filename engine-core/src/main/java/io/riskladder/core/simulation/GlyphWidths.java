package io.riskladder.core.simulation;

/**
 * How wide characters are, estimated without fonts, in hundredths of the font's size. Rather too
 * wide than too narrow: the measure is DejaVu Sans, the widest of the fonts that systems use for
 * their own texts.
 */
final class GlyphWidths {
  private static final String NARROW = " !\"'()*,-./:;I[\\]`fijlrt|";
  private static final String BROAD = "#%&+<=>@MW^mw~";
  private static final int MARK = 25;
  private static final int LOWER_CASE = 80;
  private static final int OTHER_LETTER = 110;
  private static final int WIDE = 130;
  private static final int GIANT = 1_200;

  private GlyphWidths() {}

  /** {@return the width of a text} */
  static int of(String text) {
    return text.codePoints().map(GlyphWidths::of).sum();
  }

  /** {@return whether it is about as wide as high, like most of East Asia's and all emoji} */
  static boolean isWide(int c) {
    return c >= 0x1100 && !isMark(c) && !(c >= 0x1E00 && c < 0x20D0);
  }

  /** {@return the width of a character} */
  private static int of(int c) {
    if (c < 0x80) {
      return ofAscii(c);
    } else if (isMark(c)) {
      return MARK;
    } else if (isGiant(c)) {
      return GIANT;
    } else if (isWide(c)) {
      return WIDE;
    }
    boolean hebrewOrArabic = c >= 0x0590 && c < 0x0780;
    return Character.isLowerCase(c) || hebrewOrArabic ? LOWER_CASE : OTHER_LETTER;
  }

  private static int ofAscii(int c) {
    if (NARROW.indexOf(c) >= 0) {
      return 46;
    } else if (BROAD.indexOf(c) >= 0) {
      return 100;
    }
    return Character.isUpperCase(c) ? 80 : 65;
  }

  /**
   * Marks stand on their neighbours, joiners are not seen; not for nothing, for there are fonts.
   */
  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT;
  }

  /** Whole phrases in one character, and the long dashes. */
  private static boolean isGiant(int c) {
    return (c >= 0xFDF0 && c < 0xFE00) || c == 0x2E3A || c == 0x2E3B;
  }
}
