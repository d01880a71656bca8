package io.riskladder.core.simulation;

import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.simulation.PictureScale.Column;
import java.util.List;

/** The rungs as steps, and the axis of time below them. */
final class PictureStairs {
  private static final int LOWEST = 12;
  private static final int RISE = 34;
  private static final int EDGE = 4;
  private static final int GAP = 8;
  private static final int MAX_LINES = 3;

  /** How wide a moment is drawn, which has no length. */
  private static final int MOMENT_WIDTH = 8;

  private final PictureCanvas canvas;
  private final Timeline timeline;
  private final PictureScale scale;

  PictureStairs(PictureCanvas canvas, Timeline timeline, PictureScale scale) {
    this.canvas = canvas;
    this.timeline = timeline;
    this.scale = scale;
  }

  /** {@return the bottom, having drawn from {@code y} on} */
  int draw(int y) {
    int axis = y + timeline.stages().stream().mapToInt(this::heightWithLabel).max().orElse(0);
    int bottom = axis;
    timeline.stages().forEach(stage -> drawStep(stage, axis));
    drawAxis(axis);
    for (Stage stage : timeline.stages()) {
      drawMarks(stage, axis);
      drawLabel(stage, axis);
      bottom = Math.max(bottom, drawTime(stage, axis + 12));
    }
    return bottom;
  }

  private void drawAxis(int y) {
    int tip = PictureCanvas.RIGHT;
    canvas.rectangle(PictureTone.MUTED, PictureCanvas.LEFT, y, PictureCanvas.CONTENT_WIDTH - 8, 2);
    canvas.shape(PictureTone.MUTED, SvgPath.at(tip, y + 1).by(-12, -6).by(0, 12).closed());
  }

  /** Draws a moment as a post, a rung as a step; one without an end stops short of the arrow. */
  private void drawStep(Stage stage, int axis) {
    Column column = scale.column(stage);
    int height = height(stage.riskLevel());
    PictureTone edge = PictureTone.edgeOf(stage.riskLevel());
    if (timeline.classification().isWebContent()) {
      canvas.rectangle(edge, column.x(), axis - height, MOMENT_WIDTH, height);
      return;
    }
    int width = stage.until().isPresent() ? column.width() : column.textWidth();
    canvas.rectangle(PictureTone.of(stage.riskLevel()), column.x(), axis - height, width, height);
    canvas.rectangle(edge, column.x(), axis - height, width, EDGE);
    canvas.rectangle(edge, column.x(), axis - height, EDGE, height);
  }

  private void drawMarks(Stage stage, int axis) {
    Column column = scale.column(stage);
    canvas.rectangle(PictureTone.MUTED, column.x(), axis, 2, 10);
    if (column.cut()) {
      int height = height(stage.riskLevel());
      drawCut(column.x() + column.width() * 2 / 3, axis - height - 6, height + 16);
    }
  }

  /** Draws a slanted gap through a step and the axis below it. */
  private void drawCut(int x, int top, int height) {
    int slant = 16;
    int gap = 12;
    SvgPath gapPath = SvgPath.at(x + slant, top).by(gap, 0).by(-slant, height).by(-gap, 0);
    canvas.shape(PictureTone.PAPER, gapPath.closed());
    canvas.outline(PictureTone.MUTED, SvgPath.at(x + slant, top).by(-slant, height));
    canvas.outline(PictureTone.MUTED, SvgPath.at(x + slant + gap, top).by(-slant, height));
  }

  private void drawLabel(Stage stage, int axis) {
    Column column = scale.column(stage);
    int y = axis - heightWithLabel(stage);
    canvas.badge(PictureTone.edgeOf(stage.riskLevel()), column.x(), y, PictureWords.number(stage));
    int bottom =
        canvas.shortened(
            PictureFont.SECTION,
            PictureTone.INK,
            column.x() + PictureCanvas.BADGE_WIDTH,
            column.textWidth() - PictureCanvas.BADGE_WIDTH,
            y,
            stage.riskLevel().displayName(),
            1);
    List<String> length = length(stage);
    canvas.lines(PictureFont.BODY, PictureTone.MUTED, column.x(), bottom, length);
  }

  /** {@return the height of a stage's step and of all that stands on it} */
  private int heightWithLabel(Stage stage) {
    int lines = length(stage).size();
    int label = PictureFont.SECTION.lineHeight() + lines * PictureFont.BODY.lineHeight();
    return height(stage.riskLevel()) + GAP + label;
  }

  private static int height(RiskLevel level) {
    return switch (level) {
      case NONE -> LOWEST;
      case ADVISORY -> LOWEST + RISE;
      case LOW -> LOWEST + 2 * RISE;
      case MEDIUM -> LOWEST + 3 * RISE;
      case HIGH -> LOWEST + 4 * RISE;
    };
  }

  private List<String> length(Stage stage) {
    Column column = scale.column(stage);
    String length = PictureWords.length(timeline, stage);
    return PictureText.shortened(
        column.cut() ? length + " (longer than drawn)" : length,
        PictureFont.BODY,
        column.textWidth(),
        MAX_LINES);
  }

  /** Writes when a stage begins, below the axis; returns the bottom. */
  private int drawTime(Stage stage, int y) {
    Column column = scale.column(stage);
    String day = PictureWords.day(timeline, stage.at());
    String date = PictureWords.date(timeline, stage.at());
    int width = column.textWidth();
    int bottom =
        canvas.shortened(PictureFont.STRONG, PictureTone.INK, column.x(), width, y, day, MAX_LINES);
    return canvas.shortened(
        PictureFont.BODY, PictureTone.MUTED, column.x(), width, bottom, date, MAX_LINES);
  }
}
