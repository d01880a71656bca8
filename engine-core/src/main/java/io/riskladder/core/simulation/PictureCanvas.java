package io.riskladder.core.simulation;

import java.util.List;

/** Writes an SVG document: shapes, and lines of text, at whole units. */
final class PictureCanvas {
  static final int WIDTH = 1_200;
  static final int TOP = 32;
  static final int LEFT = 32;
  static final int RIGHT = WIDTH - LEFT;
  static final int CONTENT_WIDTH = RIGHT - LEFT;

  private static final int BADGE_RADIUS = 13;

  /** From the left of a badge to the left of the text beside it. */
  static final int BADGE_WIDTH = 2 * BADGE_RADIUS + 10;

  private final StringBuilder body = new StringBuilder();

  void rectangle(PictureTone fill, int x, int y, int width, int height) {
    body.append(
        empty("rect", "class", fill.fillClass(), "x", x, "y", y, "width", width, "height", height));
  }

  void shape(PictureTone fill, SvgPath path) {
    body.append(empty("path", "class", fill.fillClass(), "d", path.data()));
  }

  void outline(PictureTone stroke, SvgPath path) {
    body.append(empty("path", "class", stroke.strokeClass(), "stroke-width", 2, "d", path.data()));
  }

  void dashedOutline(PictureTone stroke, SvgPath path) {
    body.append(
        empty("path", "class", stroke.strokeClass(), "stroke-dasharray", "5 4", "d", path.data()));
  }

  /** Draws a step's number in a circle, as high as a line of {@link PictureFont#SECTION}. */
  void badge(PictureTone edge, int x, int y, int number) {
    int middle = x + BADGE_RADIUS;
    int centre = y + PictureFont.SECTION.lineHeight() / 2;
    int radius = BADGE_RADIUS - 1;
    body.append(
        empty(
            "circle",
            "class",
            edge.strokeClass(),
            "stroke-width",
            2,
            "cx",
            middle,
            "cy",
            centre,
            "r",
            radius));
    int baseline = centre + PictureFont.STRONG.size() / 3 + 1;
    text(
        PictureFont.STRONG,
        PictureTone.INK,
        Integer.toString(number),
        "x",
        middle,
        "y",
        baseline,
        "text-anchor",
        "middle");
  }

  /** Draws a line across and what stands below it, from {@code y} on; returns the bottom. */
  int sectionTitle(String title, int y) {
    rectangle(PictureTone.LINE, LEFT, y, CONTENT_WIDTH, 1);
    PictureFont font = PictureFont.SMALL;
    return shortened(font, PictureTone.MUTED, LEFT, CONTENT_WIDTH, y + 10, title, 1) + 4;
  }

  /** Writes a text in {@code maxLines} at most, with dots if that is not all of it. */
  int shortened(
      PictureFont font, PictureTone tone, int x, int width, int y, String text, int maxLines) {
    return lines(font, tone, x, y, PictureText.shortened(text, font, width, maxLines));
  }

  /** Writes lines under each other, the first with its top at {@code y}; returns the bottom. */
  int lines(PictureFont font, PictureTone tone, int x, int y, List<String> lines) {
    int top = y;
    for (String line : lines) {
      text(font, tone, line, "x", x, "y", top + font.baseline());
      top += font.lineHeight();
    }
    return top;
  }

  /** Writes lines of a script from right to left, which begin at {@code right}. */
  int linesFromRight(PictureFont font, PictureTone tone, int right, int y, List<String> lines) {
    int top = y;
    for (String line : lines) {
      text(font, tone, line, "x", right, "y", top + font.baseline(), "direction", "rtl");
      top += font.lineHeight();
    }
    return top;
  }

  private void text(PictureFont font, PictureTone tone, String text, Object... attributes) {
    if (text.isEmpty()) {
      return;
    }
    body.append("<text class=\"").append(font.cssClass()).append(' ').append(tone.fillClass());
    body.append('"').append(attributes(attributes)).append('>');
    body.append(escaped(text)).append("</text>\n");
  }

  /** {@return the whole document} */
  String svg(String title, String description, int height) {
    StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\"");
    svg.append(attributes("class", "rl-picture", "role", "img", "width", WIDTH, "height", height));
    svg.append(attributes("viewBox", "0 0 " + WIDTH + " " + height)).append(">\n");
    svg.append("<title>").append(escaped(title)).append("</title>\n");
    svg.append("<desc>").append(escaped(description)).append("</desc>\n");
    svg.append("<style>\n")
        .append(PictureTone.css())
        .append(PictureFont.css())
        .append("</style>\n");
    svg.append(
        empty("rect", "class", PictureTone.PAPER.fillClass(), "width", WIDTH, "height", height));
    return svg.append(body).append("</svg>\n").toString();
  }

  private static String empty(String element, Object... attributes) {
    return "<" + element + attributes(attributes) + "/>\n";
  }

  /** {@return names and values in turn, as XML; only this class names them} */
  private static String attributes(Object... namesAndValues) {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      attributes.append(' ').append(namesAndValues[i]);
      attributes.append("=\"").append(namesAndValues[i + 1]).append('"');
    }
    return attributes.toString();
  }

  private static String escaped(String text) {
    return PictureText.clean(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }
}
