package io.riskladder.core.simulation;

/** What the picture is about. */
final class PictureHeader {
  private static final int MAX_LINES = 3;

  private final PictureCanvas canvas;
  private final Timeline timeline;

  PictureHeader(PictureCanvas canvas, Timeline timeline) {
    this.canvas = canvas;
    this.timeline = timeline;
  }

  /** {@return the bottom, having drawn from {@code y} on} */
  int draw(int y) {
    int bottom = line(PictureFont.TITLE, PictureTone.INK, y, PictureWords.title(timeline));
    bottom = line(PictureFont.BODY, PictureTone.MUTED, bottom + 6, PictureWords.setting(timeline));
    return line(PictureFont.BODY, PictureTone.MUTED, bottom, PictureWords.detection(timeline));
  }

  private int line(PictureFont font, PictureTone tone, int y, String text) {
    return canvas.shortened(
        font, tone, PictureCanvas.LEFT, PictureCanvas.CONTENT_WIDTH, y, text, MAX_LINES);
  }
}
