package io.riskladder.cli;

import io.riskladder.core.device.Cause;
import io.riskladder.core.device.Effect;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.mdm.document.EngineEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * For people: what happened, by day and device. Holds back one day, or the part of one that fits
 * the buffer.
 */
final class Timeline implements Story {
  static final int MAX_HELD_LINES = 20_000;

  private static final String ALL_DEVICES = "";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter TIME_WITH_SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final String DEVICE_INDENT = "  ";
  private static final String TIME_INDENT = "    ";
  private static final String DETAIL_INDENT = " ".repeat(12);

  /** One thing that happened on a device, and the cause and threat that its lines belong to. */
  private record Moment(Instant at, Object cause, List<String> lines) {}

  private final PrintWriter out;
  private final Words words;
  private final ZoneId zone;
  private final Map<String, List<Moment>> held = new TreeMap<>();
  private int heldLines;
  private @Nullable LocalDate day;
  private boolean continued;

  Timeline(PrintWriter out, CompiledPolicies policies) {
    this.out = out;
    this.words = new Words(policies);
    this.zone = policies.timeZone();
    String name = policies.source().name().map(n -> " of " + Text.oneLine(n)).orElse("");
    out.println("What happens under the policy" + name + ", times in " + zone.getId());
  }

  @Override
  public void event(long number, Instant at, EngineEvent event) {
    words
        .event(event)
        .ifPresent(
            sentence -> add(deviceOf(event), at, new Cause.Event(number), sentence, List.of()));
  }

  private static String deviceOf(EngineEvent event) {
    return event instanceof EngineEvent.OfDevice ofDevice ? ofDevice.device() : ALL_DEVICES;
  }

  @Override
  public void effect(Effect effect) {
    String device = effect.header().device().orElse(ALL_DEVICES);
    Object cause = causeOf(effect);
    add(device, effect.at(), cause, words.cause(effect), words.effect(effect));
  }

  /** Rungs that fall due at once are told apart by their effects' ids, which share a stem. */
  private static Object causeOf(Effect effect) {
    return effect.header().cause() instanceof Cause.Event event
        ? event
        : effect.id().substring(0, effect.id().lastIndexOf('-'));
  }

  private void add(String device, Instant at, Object cause, String sentence, List<String> details) {
    LocalDate today = LocalDate.ofInstant(at, zone);
    if (!today.equals(day)) {
      print();
      day = today;
      continued = false;
    }
    List<Moment> moments = held.computeIfAbsent(device, d -> new ArrayList<>());
    Moment last = moments.isEmpty() ? null : moments.get(moments.size() - 1);
    if (last == null || !last.cause.equals(cause)) {
      last = new Moment(at, cause, new ArrayList<>(List.of(sentence)));
      moments.add(last);
      heldLines++;
    }
    last.lines.addAll(details);
    heldLines += details.size();
    if (heldLines >= MAX_HELD_LINES) {
      print();
      continued = true;
    }
  }

  private void print() {
    if (day != null && !held.isEmpty()) {
      out.println();
      out.println(DAY.format(day) + (continued ? " (continued)" : ""));
      held.forEach(this::printDevice);
    }
    held.clear();
    heldLines = 0;
    if (out.checkError()) { // a print writer keeps quiet about what it could not write
      String message = "standard output is closed";
      throw new UncheckedIOException(message, new IOException(message));
    }
  }

  private void printDevice(String device, List<Moment> moments) {
    out.println(
        DEVICE_INDENT + (device.equals(ALL_DEVICES) ? "All devices" : Text.oneLine(device)));
    for (Moment moment : moments) {
      out.println(TIME_INDENT + time(moment.at) + "   " + moment.lines.get(0));
      moment.lines.stream().skip(1).forEach(line -> out.println(DETAIL_INDENT + line));
    }
  }

  private String time(Instant at) {
    boolean wholeMinute = at.getEpochSecond() % 60 == 0;
    return (wholeMinute ? TIME : TIME_WITH_SECONDS).format(at.atZone(zone));
  }

  @Override
  public void flush() {
    print();
    continued = true;
    out.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
