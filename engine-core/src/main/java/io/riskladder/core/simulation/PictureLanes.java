package io.riskladder.core.simulation;

import io.riskladder.core.simulation.PictureScale.Column;

/** Below each step, who hears of it and what they do; below that, what the user is kept from. */
final class PictureLanes {
  private static final int PADDING = 12;
  private static final int MAX_NAME_LINES = 3;

  private final PictureCanvas canvas;
  private final Timeline timeline;
  private final PictureScale scale;

  PictureLanes(PictureCanvas canvas, Timeline timeline, PictureScale scale) {
    this.canvas = canvas;
    this.timeline = timeline;
    this.scale = scale;
  }

  /** {@return the bottom, having drawn from {@code y} on} */
  int draw(int y) {
    int bottom = y;
    for (PictureLane lane : PictureLane.values()) {
      bottom = draw(lane, bottom);
    }
    int top = canvas.sectionTitle(PictureWords.KEPT_FROM, bottom);
    return new PictureRestrictions(canvas, timeline, scale).draw(top) + PADDING;
  }

  private int draw(PictureLane lane, int y) {
    int top = canvas.sectionTitle(lane.title(), y);
    int bottom = top;
    for (Stage stage : timeline.stages()) {
      int cell = top;
      for (PictureFact fact : lane.facts(stage)) {
        cell = draw(fact, scale.column(stage), cell);
      }
      bottom = Math.max(bottom, cell);
    }
    return bottom + PADDING;
  }

  private int draw(PictureFact fact, Column column, int y) {
    boolean quiet = !fact.happens() || !fact.names().isEmpty();
    int bottom = line(quiet ? PictureTone.MUTED : PictureTone.INK, column, y, fact.head());
    for (String name : fact.shown()) {
      bottom = line(PictureTone.INK, column, bottom, name);
    }
    return fact.omitted() == 0
        ? bottom
        : line(PictureTone.MUTED, column, bottom, PictureWords.more(fact.omitted(), ""));
  }

  private int line(PictureTone tone, Column column, int y, String text) {
    return canvas.shortened(
        PictureFont.BODY, tone, column.x(), column.textWidth(), y, text, MAX_NAME_LINES);
  }
}
