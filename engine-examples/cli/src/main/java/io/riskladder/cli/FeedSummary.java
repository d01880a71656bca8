package io.riskladder.cli;

import io.riskladder.mobilerisk.FeedAction;
import io.riskladder.mobilerisk.FeedPlace;
import io.riskladder.mobilerisk.Mapping;
import io.riskladder.mobilerisk.Note;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what became of a feed's events, and says so; what it holds does not grow with the feed.
 */
final class FeedSummary {
  static final int MOST_PLACES = 3;

  private static final int COUNT_WIDTH = 8;
  private static final int PLACE_INDENT = 17;

  private final Map<String, Long> mapped = new TreeMap<>();
  private final Map<String, Long> notNeeded = new TreeMap<>();
  private final Map<String, Found> setAside = new TreeMap<>();
  private final Map<String, Found> noted = new TreeMap<>();
  private long all;
  private long allMapped;
  private long allNotNeeded;
  private long allSetAside;
  private long redelivered;

  /** How often, and where and what it was the first times. */
  private static final class Found {
    private final List<String> first = new ArrayList<>();
    private long count;

    void add(FeedPlace place, String message) {
      count++;
      if (count <= MOST_PLACES) {
        first.add(place + ": " + message);
      }
    }
  }

  void add(Mapping mapping) {
    all++;
    if (mapping instanceof Mapping.Mapped it) {
      allMapped++;
      it.actions().forEach(action -> mapped.merge(name(action), 1L, Long::sum));
      for (Note note : it.notes()) {
        count(noted, note.kind().name(), it.item().place(), note.message());
      }
    } else if (mapping instanceof Mapping.NotNeeded it) {
      allNotNeeded++;
      notNeeded.merge(it.reason().name(), 1L, Long::sum);
    } else if (mapping instanceof Mapping.SetAside it) {
      allSetAside++;
      count(setAside, it.reason().name(), it.item().place(), it.message());
    } else {
      redelivered++;
    }
  }

  private static void count(
      Map<String, Found> counts, String name, FeedPlace place, String message) {
    counts.computeIfAbsent(name, found -> new Found()).add(place, message);
  }

  private static String name(FeedAction action) {
    return action instanceof FeedAction.OnDevice on
        ? on.event().getClass().getSimpleName()
        : "PolicyChanged";
  }

  /** Says what was counted, the reasons under each count. */
  void print(PrintWriter err) {
    err.println(all + (all == 1 ? " event of the feed" : " events of the feed"));
    line(err, allMapped, "mapped, to");
    mapped.forEach((name, count) -> detail(err, count, name));
    line(err, allNotNeeded, "not needed");
    notNeeded.forEach((name, count) -> detail(err, count, name));
    line(err, redelivered, "delivered again");
    line(err, allSetAside, "set aside");
    setAside.forEach((name, found) -> details(err, name, found));
    if (!noted.isEmpty()) {
      err.println("to be known of those mapped");
      noted.forEach((name, found) -> details(err, name, found));
    }
  }

  private static void line(PrintWriter err, long count, String what) {
    err.println(padded(count, COUNT_WIDTH) + " " + what);
  }

  private static void detail(PrintWriter err, long count, String what) {
    err.println(Text.oneLine(padded(count, COUNT_WIDTH + COUNT_WIDTH) + " " + what));
  }

  private static void details(PrintWriter err, String name, Found found) {
    detail(err, found.count, name);
    for (String place : found.first) {
      err.println(Text.oneLine(" ".repeat(PLACE_INDENT) + place));
    }
    if (found.count > found.first.size()) {
      err.println(" ".repeat(PLACE_INDENT) + "...");
    }
  }

  private static String padded(long count, int width) {
    String digits = Long.toString(count);
    return " ".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
