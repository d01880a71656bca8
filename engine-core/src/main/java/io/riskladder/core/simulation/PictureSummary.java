package io.riskladder.core.simulation;

import io.riskladder.core.device.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The picture in words, for those who do not see it. */
final class PictureSummary {
  private static final int MAX_TEXT = 2_000;

  private final Timeline timeline;
  private final List<String> sentences = new ArrayList<>();

  private PictureSummary(Timeline timeline) {
    this.timeline = timeline;
  }

  /** {@return a timeline's summary, a paragraph for each rung} */
  static String of(Timeline timeline) {
    return new PictureSummary(timeline).text();
  }

  private String text() {
    sentences.add(PictureWords.setting(timeline));
    sentences.add(PictureWords.detection(timeline));
    timeline.stages().forEach(this::addStage);
    List<RestrictionBar> bars = RestrictionBar.of(timeline);
    bars.forEach(this::addBar);
    timeline.stages().stream().filter(Stage::blockFallsAway).forEach(this::addBlockFallsAway);
    if (bars.isEmpty()) {
      sentences.add(
          PictureWords.KEPT_FROM + ": " + PictureWords.page(timeline.stages().get(0)) + ".");
    }
    return String.join("\n", sentences);
  }

  private void addStage(Stage stage) {
    sentences.add(
        "Step "
            + PictureWords.number(stage)
            + ": "
            + PictureWords.heading(timeline, stage)
            + ". "
            + PictureWords.length(timeline, stage)
            + ".");
    for (PictureLane lane : PictureLane.values()) {
      sentences.add(
          lane.facts(stage).stream()
              .map(PictureFact::sentence)
              .collect(Collectors.joining("; ", lane.title() + ": ", ".")));
    }
    stage.message().ifPresent(this::addMessage);
  }

  private void addMessage(Message message) {
    sentences.add("What was found: " + cut(message.description()));
    sentences.add("How to fix it: " + cut(message.howToFix()));
    message.notice().ifPresent(notice -> sentences.add("Notice: " + cut(notice)));
  }

  private void addBar(RestrictionBar bar) {
    List<Stage> stages = timeline.stages();
    String until =
        bar.to() < stages.size() ? " until " + PictureWords.step(stages.get(bar.to())) : " on";
    sentences.add(
        PictureWords.KEPT_FROM
            + ", from "
            + PictureWords.step(stages.get(bar.from()))
            + until
            + ": "
            + bar.what()
            + ", "
            + bar.details().sentence()
            + ".");
  }

  private void addBlockFallsAway(Stage stage) {
    sentences.add(
        "Step " + PictureWords.number(stage) + ": " + PictureWords.BLOCK_FALLS_AWAY + ".");
  }

  private static String cut(String text) {
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int end = Character.isLowSurrogate(text.charAt(MAX_TEXT)) ? MAX_TEXT - 1 : MAX_TEXT;
    int rest = text.codePointCount(end, text.length());
    return text.substring(0, end) + PictureWords.more(rest, " characters");
  }
}
