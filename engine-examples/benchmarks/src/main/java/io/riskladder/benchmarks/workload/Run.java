package io.riskladder.benchmarks.workload;

import java.util.Arrays;
import java.util.function.Function;

/** A contestant's way through a month, hour by hour. */
public final class Run {
  private Run() {}

  /**
   * What came of a run.
   *
   * @param nanos time from hour 0, after enrolment, to the last hour
   * @param events detections, resolutions and rungs entered
   * @param checksum the sum over all effects
   * @param counts numbers of effects by kind, as text
   */
  public record Result(long nanos, long events, long checksum, String counts) {
    /** {@return time an event} */
    public double nanosPerEvent() {
      return (double) nanos / events;
    }
  }

  /**
   * {@return what comes of a month}
   *
   * @param workload the month
   * @param makeContestant makes the contestant, given its sink
   */
  public static Result time(Workload workload, Function<EffectSink, Contestant> makeContestant) {
    Tally tally = new Tally();
    try (Contestant contestant = makeContestant.apply(tally)) {
      contestant.prepare(workload);
      enrol(workload, contestant);
      long start = System.nanoTime();
      play(workload, contestant, 0, Workload.LAST_HOUR);
      long nanos = System.nanoTime() - start;
      return new Result(
          nanos, events(workload, tally), tally.checksum(), Arrays.toString(tally.counts()));
    }
  }

  /**
   * {@return the bytes that a contestant holds for each open threat when all are found: the heap
   * then, less the heap before enrolment, less the ids' own strings. The input's share of the heap
   * is given up as it is read, so that it holds no string for the contestant. The first figure that
   * a virtual machine gives is off, by what it made of classes and lets go later: ask twice}
   *
   * @param rules the policies
   * @param devices how many devices
   * @param makeContestant makes the contestant, given its sink
   */
  public static double bytesPerThreat(
      Rules rules, int devices, Function<EffectSink, Contestant> makeContestant) {
    Workload workload = Workload.of(rules, devices);
    long whole = Heap.used();
    workload.forgetUpTo(Workload.ALL_FOUND_HOUR);
    long forgotten = whole - Heap.used();

    workload = Workload.of(rules, devices);
    int open = workload.openAfter(Workload.ALL_FOUND_HOUR);
    try (Contestant contestant = makeContestant.apply(new Tally())) {
      long before = Heap.used();
      enrol(workload, contestant);
      play(workload, contestant, 0, Workload.ALL_FOUND_HOUR);
      workload.forgetUpTo(Workload.ALL_FOUND_HOUR);
      long held = Heap.used() - before + forgotten;
      contestant.advanceTo(workload.hour(Workload.ALL_FOUND_HOUR).at());
      return (double) (held - (long) ID_BYTES * (devices + open)) / open;
    }
  }

  /**
   * What a string of 36 Latin characters takes: 24 for the object, 16 + 36 for its array, padded.
   */
  private static final int ID_BYTES = 24 + 56;

  private static void enrol(Workload workload, Contestant contestant) {
    for (int i = 0; i < workload.devices(); i++) {
      contestant.enrolled(workload.device(i), workload.group(i), workload.isIos(i), Workload.START);
    }
  }

  private static void play(Workload workload, Contestant contestant, int first, int last) {
    for (int i = first; i <= last; i++) {
      Hour hour = workload.hour(i);
      contestant.take(hour);
      contestant.advanceTo(hour.at());
    }
  }

  /**
   * Every rung alerts, so that there is a notification for each detection and each rung entered.
   */
  private static long events(Workload workload, Tally tally) {
    return tally.count(EffectKind.NOTIFY_DEVICE) + workload.resolutions();
  }
}
