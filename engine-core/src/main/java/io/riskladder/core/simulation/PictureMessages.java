package io.riskladder.core.simulation;

import io.riskladder.core.device.Message;
import java.util.Optional;

/**
 * What the user reads, message by message: what was found and the notice left, how to fix right.
 */
final class PictureMessages {
  private static final int GAP = 32;
  private static final int COLUMN = (PictureCanvas.CONTENT_WIDTH - GAP) / 2;
  private static final int MAX_SECTION_LINES = 24;
  private static final int MAX_NOTICE_LINES = 12;
  private static final int PADDING = 24;

  private final PictureCanvas canvas;
  private final Timeline timeline;

  PictureMessages(PictureCanvas canvas, Timeline timeline) {
    this.canvas = canvas;
    this.timeline = timeline;
  }

  /** {@return the bottom, having drawn from {@code y} on} */
  int draw(int y) {
    int bottom = canvas.sectionTitle("What the user reads", y);
    if (timeline.stages().stream().allMatch(stage -> stage.message().isEmpty())) {
      return drawQuietly(PictureWords.NOTHING, bottom) + PADDING;
    }
    for (Stage stage : timeline.stages()) {
      if (stage.message().isPresent()) {
        bottom = draw(stage, stage.message().get(), bottom + 8) + PADDING;
      }
    }
    return bottom;
  }

  private int drawQuietly(String text, int y) {
    return canvas.shortened(
        PictureFont.BODY, PictureTone.MUTED, PictureCanvas.LEFT, COLUMN, y, text, 1);
  }

  private int draw(Stage stage, Message message, int y) {
    int left = PictureCanvas.LEFT;
    canvas.badge(PictureTone.edgeOf(stage.riskLevel()), left, y, PictureWords.number(stage));
    int top =
        canvas.shortened(
            PictureFont.STRONG,
            PictureTone.INK,
            left + PictureCanvas.BADGE_WIDTH,
            PictureCanvas.CONTENT_WIDTH - PictureCanvas.BADGE_WIDTH,
            y + 3,
            PictureWords.heading(timeline, stage),
            1);
    Optional<Stage> first = firstWith(message).filter(other -> other.rung() < stage.rung());
    return first.isPresent()
        ? drawQuietly("The same as message " + PictureWords.number(first.get()), top + 8)
        : draw(message, top + 8);
  }

  private Optional<Stage> firstWith(Message message) {
    return timeline.stages().stream()
        .filter(stage -> stage.message().equals(Optional.of(message)))
        .findFirst();
  }

  private int draw(Message message, int y) {
    int left = PictureCanvas.LEFT;
    int found = draw("What was found", message.description(), left, y, MAX_SECTION_LINES);
    if (message.notice().isPresent()) {
      found = draw("Notice", message.notice().get(), left, found + 8, MAX_NOTICE_LINES);
    }
    int right = left + COLUMN + GAP;
    int fix = draw("How to fix it", message.howToFix(), right, y, MAX_SECTION_LINES);
    return Math.max(found, fix);
  }

  private int draw(String heading, String text, int x, int y, int maxLines) {
    PictureFont font = PictureFont.BODY;
    int top = canvas.shortened(PictureFont.SMALL, PictureTone.MUTED, x, COLUMN, y, heading, 1);
    PictureText wrapped = PictureText.wrap(text, font, COLUMN, maxLines);
    int bottom =
        PictureText.isRightToLeft(text)
            ? canvas.linesFromRight(font, PictureTone.INK, x + COLUMN, top, wrapped.lines())
            : canvas.lines(font, PictureTone.INK, x, top, wrapped.lines());
    if (wrapped.omitted() == 0) {
      return bottom;
    }
    String more = PictureWords.more(wrapped.omitted(), " characters");
    return canvas.shortened(font, PictureTone.MUTED, x, COLUMN, bottom, more, 1);
  }
}
