package io.riskladder.core.simulation;

import io.riskladder.core.simulation.PictureScale.Column;
import java.util.ArrayList;
import java.util.List;

/** What the user is kept from, as bars that reach from step to step. */
final class PictureRestrictions {
  private static final int EDGE = 4;
  private static final int INSET = 14;
  private static final int POINT = 14;
  private static final int PADDING = 8;
  private static final int MAX_LINES = 6;
  private static final int MAX_NAME_LINES = 2;

  private final PictureCanvas canvas;
  private final Timeline timeline;
  private final PictureScale scale;

  PictureRestrictions(PictureCanvas canvas, Timeline timeline, PictureScale scale) {
    this.canvas = canvas;
    this.timeline = timeline;
    this.scale = scale;
  }

  /** {@return the bottom, having drawn from {@code y} on} */
  int draw(int y) {
    int bottom = y;
    List<RestrictionBar> bars = RestrictionBar.of(timeline);
    if (!bars.isEmpty() && bars.get(0).from() > 0) {
      drawNothingUntil(timeline.stages().get(bars.get(0).from()), y);
    }
    for (RestrictionBar bar : bars) {
      bottom = drawBar(bar, bottom) + PADDING;
    }
    int notes = bottom;
    for (Stage stage : timeline.stages()) {
      if (stage.blockFallsAway()) {
        bottom = Math.max(bottom, drawBlockFallsAway(scale.column(stage), notes) + PADDING);
      }
    }
    return bottom > y ? bottom : drawNoBar(y);
  }

  /** Draws a bar, pointed if nothing is known to end it; returns the bottom. */
  private int drawBar(RestrictionBar bar, int y) {
    Column first = scale.columns().get(bar.from());
    Column last = scale.columns().get(bar.to() - 1);
    boolean ends = bar.to() < scale.columns().size();
    int width = last.x() - first.x() + (ends ? last.width() : last.textWidth());
    int room = width - INSET - POINT;
    List<String> what = PictureText.shortened(bar.what(), PictureFont.STRONG, room, MAX_LINES);
    List<String> details = lines(bar.details(), room);
    int height =
        2 * PADDING
            + what.size() * PictureFont.STRONG.lineHeight()
            + details.size() * PictureFont.BODY.lineHeight();
    canvas.shape(PictureTone.BLOCKED, outline(first.x(), y, width, height, ends ? 0 : POINT));
    canvas.rectangle(PictureTone.HIGH_EDGE, first.x(), y, EDGE, height);
    int x = first.x() + INSET;
    int middle = canvas.lines(PictureFont.STRONG, PictureTone.INK, x, y + PADDING, what);
    canvas.lines(PictureFont.BODY, PictureTone.INK, x, middle, details);
    return y + height;
  }

  private static SvgPath outline(int x, int y, int width, int height, int point) {
    int half = height / 2;
    return SvgPath.at(x, y)
        .by(width - point, 0)
        .by(point, half)
        .by(-point, height - half)
        .by(point - width, 0)
        .closed();
  }

  private static List<String> lines(PictureFact fact, int width) {
    List<String> lines = new ArrayList<>();
    lines.addAll(PictureText.shortened(fact.head(), PictureFont.BODY, width, MAX_LINES));
    for (String name : fact.shown()) {
      lines.addAll(PictureText.shortened(name, PictureFont.BODY, width, MAX_NAME_LINES));
    }
    if (fact.omitted() > 0) {
      lines.add(PictureWords.more(fact.omitted(), ""));
    }
    return lines;
  }

  /** Draws a box of dashes, for something that is not there; returns the bottom. */
  private int drawBlockFallsAway(Column column, int y) {
    int width = column.textWidth();
    int bottom =
        canvas.shortened(
                PictureFont.BODY,
                PictureTone.INK,
                column.x() + INSET,
                width - 2 * INSET,
                y + PADDING,
                PictureWords.BLOCK_FALLS_AWAY,
                MAX_LINES)
            + PADDING;
    int height = bottom - y;
    canvas.dashedOutline(
        PictureTone.MUTED,
        SvgPath.at(column.x(), y).by(width, 0).by(0, height).by(-width, 0).closed());
    return bottom;
  }

  private void drawNothingUntil(Stage stage, int y) {
    canvas.shortened(
        PictureFont.BODY,
        PictureTone.MUTED,
        PictureCanvas.LEFT,
        scale.columns().get(0).textWidth(),
        y,
        PictureWords.NOTHING + " until " + PictureWords.step(stage),
        2);
  }

  private int drawNoBar(int y) {
    String page = PictureWords.page(timeline.stages().get(0));
    return canvas.shortened(
        PictureFont.BODY,
        page.equals(PictureWords.NOTHING) ? PictureTone.MUTED : PictureTone.INK,
        PictureCanvas.LEFT,
        PictureCanvas.CONTENT_WIDTH,
        y,
        page,
        1);
  }
}
