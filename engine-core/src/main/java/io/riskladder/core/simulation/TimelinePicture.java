package io.riskladder.core.simulation;

import static java.util.Objects.requireNonNull;

/**
 * A picture of a timeline, for people who decide about a ladder but do not read policies.
 *
 * <p>Time runs to the right and risk upwards: each rung is a step, and under it stands who hears of
 * it, what the MDM does and what the user is kept from; at the bottom, what the user reads. Waits
 * are drawn to one scale as far as they fit; a longer one is cut, is marked so, and has its true
 * length written on it like all others.
 */
public final class TimelinePicture {
  private TimelinePicture() {}

  /**
   * {@return the picture as an SVG document of one element, 1200 units wide and as high as it needs
   * to be, a few thousand at most}
   *
   * <p>The same timeline gives the same text. It has no script and refers to nothing outside; it
   * follows the reader's choice of light or dark, and says in {@code title} and {@code desc} what
   * it shows. Texts that are very long are cut, which shows; characters that XML cannot hold are
   * replaced by U+FFFD.
   *
   * @param timeline what to draw
   */
  public static String svg(Timeline timeline) {
    requireNonNull(timeline, "timeline");
    PictureScale scale =
        PictureScale.of(timeline.stages(), PictureCanvas.LEFT, PictureCanvas.CONTENT_WIDTH);
    PictureCanvas canvas = new PictureCanvas();
    int y = new PictureHeader(canvas, timeline).draw(PictureCanvas.TOP);
    y = new PictureStairs(canvas, timeline, scale).draw(y + 28);
    y = new PictureLanes(canvas, timeline, scale).draw(y + 20);
    y = new PictureMessages(canvas, timeline).draw(y);
    return canvas.svg(PictureWords.title(timeline), PictureSummary.of(timeline), y + 12);
  }
}
