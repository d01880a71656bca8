package io.riskladder.core.simulation;

/**
 * The straight lines of a shape, as SVG writes them.
 *
 * @param data what is written so far
 */
record SvgPath(String data) {
  static SvgPath at(int x, int y) {
    return new SvgPath("M" + x + " " + y);
  }

  /** {@return the path with a line to so far from where it ends} */
  SvgPath by(int dx, int dy) {
    return new SvgPath(data + "l" + dx + " " + dy);
  }

  SvgPath closed() {
    return new SvgPath(data + "Z");
  }
}
