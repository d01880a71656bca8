package io.riskladder.cli;

import io.riskladder.core.device.Cause;
import io.riskladder.core.device.DeviceEvent;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * For people: what happened, by day and device. Holds back one day, or the part of one that fits
 * the buffer.
 */
final class TextStory implements Story {
  static final int MAX_HELD_LINES = 20_000;

  private static final String ALL_DEVICES = "";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter TIME_WITH_SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final String DEVICE_INDENT = "  ";
  private static final String TIME_INDENT = "    ";
  private static final String DETAIL_INDENT = " ".repeat(12);

  /** One thing that happened on a device: its cause, a headline, and what followed. */
  private static final class Moment {
    private final Instant at;
    private final Object cause;
    private final List<String> lines = new ArrayList<>();
    private String headline;
    private Optional<String> threat = Optional.empty();

    Moment(Instant at, Object cause, String headline) {
      this.at = at;
      this.cause = cause;
      this.headline = headline;
    }
  }

  private final PrintWriter out;
  private final Words words;
  private final ZoneId zone;
  private final Map<String, List<Moment>> held = new TreeMap<>();
  private int heldLines;
  private @Nullable LocalDate day;
  private @Nullable EngineEvent event;
  private boolean continued;

  TextStory(PrintWriter out, CompiledPolicies policies) {
    this.out = out;
    this.words = new Words(policies);
    this.zone = policies.timeZone();
    String name = policies.source().name().map(n -> " \"" + Text.oneLine(n) + "\"").orElse("");
    out.println("What happens under the policy" + name + ", times in " + zone.getId());
  }

  @Override
  public void event(long number, Instant at, EngineEvent happening) {
    event = happening;
    words
        .headline(happening)
        .ifPresent(headline -> moment(deviceOf(happening), at, new Cause.Event(number), headline));
  }

  private static String deviceOf(EngineEvent event) {
    return event instanceof EngineEvent.OfDevice ofDevice ? ofDevice.device() : ALL_DEVICES;
  }

  @Override
  public void policies(CompiledPolicies policies) {
    words.policies(policies);
  }

  @Override
  public void effect(Effect effect) {
    String device = effect.header().device().orElse(ALL_DEVICES);
    Moment moment = moment(device, effect.at(), causeOf(effect), headline(effect));
    if (effect instanceof Effect.Rejected) {
      moment.headline = "Not done: " + moment.headline;
    }
    Optional<String> threat = effect.header().threat();
    boolean ofOneThreat = effect.header().cause() instanceof Cause.Due || isOfThreat(event);
    if (threat.isPresent() && ofOneThreat) {
      moment.headline = words.withThreat(moment.headline, effect);
    } else if (threat.isPresent() && !threat.equals(moment.threat)) {
      add(moment, List.of(words.threat(effect) + ":"));
    } else if (threat.isEmpty() && moment.threat.isPresent() && !ofOneThreat) {
      add(moment, List.of("The device:"));
    }
    moment.threat = threat;
    add(moment, words.effect(effect));
    if (heldLines >= MAX_HELD_LINES) {
      print();
      continued = true;
    }
  }

  private static boolean isOfThreat(@Nullable EngineEvent event) {
    return event instanceof EngineEvent.OfDevice ofDevice
        && ofDevice.event() instanceof DeviceEvent.ThreatEvent;
  }

  /** Rungs that fall due at once are told apart by their effects' ids, which share a stem. */
  private static Object causeOf(Effect effect) {
    return effect.header().cause() instanceof Cause.Event cause
        ? cause
        : effect.id().substring(0, effect.id().lastIndexOf('-'));
  }

  private String headline(Effect effect) {
    if (effect.header().cause() instanceof Cause.Due || event == null) {
      return words.due(effect);
    }
    return event instanceof EngineEvent.PolicyChanged
        ? "The policy was changed"
        : words.headline(event).orElse("");
  }

  /** {@return the moment that the cause is told in on that device, begun if need be} */
  private Moment moment(String device, Instant at, Object cause, String headline) {
    LocalDate today = LocalDate.ofInstant(at, zone);
    if (!today.equals(day)) {
      print();
      day = today;
      continued = false;
    }
    List<Moment> moments = held.computeIfAbsent(device, d -> new ArrayList<>());
    if (moments.isEmpty() || !moments.get(moments.size() - 1).cause.equals(cause)) {
      moments.add(new Moment(at, cause, headline));
      heldLines++;
    }
    return moments.get(moments.size() - 1);
  }

  private void add(Moment moment, List<String> lines) {
    moment.lines.addAll(lines);
    heldLines += lines.size();
  }

  private void print() {
    if (day != null && !held.isEmpty()) {
      out.println();
      out.println(Words.day(day) + (continued ? " (continued)" : ""));
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
      out.println(TIME_INDENT + time(moment.at) + "   " + moment.headline);
      moment.lines.forEach(line -> out.println(DETAIL_INDENT + line));
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
