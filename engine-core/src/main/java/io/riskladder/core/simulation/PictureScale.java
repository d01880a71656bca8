package io.riskladder.core.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where the steps begin, and how far each goes.
 *
 * <p>All waits are to one scale if the shortest then has room for its texts. If not, the shortest
 * gets just that room and sets the scale; the waits for which the picture is then too narrow are
 * cut to one width, and are the only ones that are not to scale. The last rung has no end: it gets
 * an equal share.
 *
 * @param columns one for each rung
 */
record PictureScale(List<Column> columns) {
  /** Room for the texts of a step. */
  static final int MIN_WIDTH = 208;

  private static final int GUTTER = 20;

  /**
   * A step's place.
   *
   * @param cut whether it lasts longer than it is drawn
   */
  record Column(int x, int width, boolean cut) {
    /** {@return what its texts may use, so that they keep off the next column's} */
    int textWidth() {
      return width - GUTTER;
    }
  }

  PictureScale {
    columns = List.copyOf(columns);
  }

  /** {@return the place of a stage of these} */
  Column column(Stage stage) {
    return columns.get(stage.rung());
  }

  /** {@return the scale of rungs in a picture that begins at {@code left} and is so wide} */
  static PictureScale of(List<Stage> stages, int left, int width) {
    int room = width - width / stages.size();
    List<Long> desired = desired(waits(stages), room);
    long cap = cap(desired, room);
    List<Column> columns = new ArrayList<>();
    int x = left;
    for (long wish : desired) {
      int drawn = (int) Math.min(wish, cap);
      columns.add(new Column(x, drawn, wish > cap));
      x += drawn;
    }
    columns.add(new Column(x, left + width - x, false));
    return new PictureScale(columns);
  }

  /** {@return the seconds that each rung but the last lasts} */
  private static List<Long> waits(List<Stage> stages) {
    return stages.stream()
        .flatMap(stage -> stage.until().stream().map(end -> Duration.between(stage.at(), end)))
        .map(Duration::toSeconds)
        .toList();
  }

  /** {@return widths to one scale: as wide as there is room, or with the shortest at its least} */
  private static List<Long> desired(List<Long> waits, int room) {
    if (waits.isEmpty()) {
      return waits;
    }
    long total = waits.stream().mapToLong(Long::longValue).sum();
    long shortest = Collections.min(waits);
    return shortest * room >= MIN_WIDTH * total
        ? waits.stream().map(wait -> wait * room / total).toList()
        : waits.stream().map(wait -> wait * MIN_WIDTH / shortest).toList();
  }

  /** {@return the width beyond which columns are cut, so that together they fit} */
  private static long cap(List<Long> widths, long room) {
    List<Long> rising = widths.stream().sorted().toList();
    long left = room;
    for (int i = 0; i < rising.size(); i++) {
      int others = rising.size() - i;
      if (rising.get(i) * others > left) {
        return left / others;
      }
      left -= rising.get(i);
    }
    return Long.MAX_VALUE;
  }
}
