package io.riskladder.core.simulation;

import java.util.Locale;

/** The few sizes of type in a picture, all of the reader's own system font. */
enum PictureFont {
  TITLE(30, 38, true),
  SECTION(20, 28, true),
  STRONG(16, 22, true),
  BODY(16, 22, false),
  SMALL(14, 20, true);

  /** How much wider bold is, in percent of regular. */
  private static final int BOLD_WIDTH = 113;

  private final int size;
  private final int lineHeight;
  private final boolean bold;

  PictureFont(int size, int lineHeight, boolean bold) {
    this.size = size;
    this.lineHeight = lineHeight;
    this.bold = bold;
  }

  int size() {
    return size;
  }

  /** {@return from one line to the next} */
  int lineHeight() {
    return lineHeight;
  }

  /** {@return from the top of a line to where its letters stand} */
  int baseline() {
    return lineHeight - (lineHeight - size) / 2 - size / 5;
  }

  /** {@return how wide a text is at most, as far as that can be told without fonts} */
  int width(String text) {
    long hundredths = (long) GlyphWidths.of(text) * size * widthPercent();
    return (int) ((hundredths + 9_999) / 10_000);
  }

  /** {@return what fits into a width, in hundredths of this font's size} */
  int capacity(int width) {
    return (int) (width * 10_000L / ((long) size * widthPercent()));
  }

  private int widthPercent() {
    return bold ? BOLD_WIDTH : 100;
  }

  String cssClass() {
    return "rl-" + name().toLowerCase(Locale.ROOT);
  }

  /** {@return the style sheet for all} */
  static String css() {
    StringBuilder css = new StringBuilder();
    for (PictureFont font : values()) {
      css.append('.').append(font.cssClass()).append("{font-size:").append(font.size);
      css.append(font.bold ? "px;font-weight:600}\n" : "px}\n");
    }
    return css.toString();
  }
}
