package io.riskladder.benchmarks.workload;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * All that happens to a number of devices in a month: the same in every run.
 *
 * <p>Devices are enrolled at hour 0. One, two or three threats each, with odds 6 : 3 : 1, are
 * detected in the first 24 hours; three in ten are resolved some time after. An id is a UUID of 36
 * characters, and every mention of it a string of its own, as a parser would give.
 */
public final class Workload {
  /** The last hour. */
  public static final int LAST_HOUR = 720;

  /** The first hour at which all threats are found. */
  public static final int ALL_FOUND_HOUR = 24;

  /** Hour 0. */
  public static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private static final int SEED = 42;
  private static final int MOST_THREATS = 3;

  private final Rules rules;
  private final String[] devices;
  private final byte[] groups;
  private final boolean[] ios;
  private final Hour[] hours;
  private final int detections;
  private final int resolutions;

  private Workload(
      Rules rules, String[] devices, byte[] groups, boolean[] ios, Hour[] hours, int detections) {
    this.rules = rules;
    this.devices = devices;
    this.groups = groups;
    this.ios = ios;
    this.hours = hours;
    this.detections = detections;
    int events = 0;
    for (Hour hour : hours) {
      events += hour.size();
    }
    resolutions = events - detections;
  }

  /**
   * {@return the month of so many devices}
   *
   * @param rules the policies
   * @param devices how many
   */
  public static Workload of(Rules rules, int devices) {
    return new Generator(rules, devices).generate();
  }

  /** {@return the policies} */
  public Rules rules() {
    return rules;
  }

  /** {@return how many devices there are} */
  public int devices() {
    return devices.length;
  }

  /**
   * {@return a device's id}
   *
   * @param i the number of the device
   */
  public String device(int i) {
    return devices[i];
  }

  /**
   * {@return the id of a device's group}
   *
   * @param i the number of the device
   */
  public String group(int i) {
    return rules.groups().get(groups[i]);
  }

  /**
   * {@return whether a device runs iOS}
   *
   * @param i the number of the device
   */
  public boolean isIos(int i) {
    return ios[i];
  }

  /**
   * {@return what happens in an hour}
   *
   * @param hour from 0 to {@link #LAST_HOUR}
   */
  public Hour hour(int hour) {
    return hours[hour];
  }

  /** {@return how many threats are found} */
  public int detections() {
    return detections;
  }

  /** {@return how many threats are resolved} */
  public int resolutions() {
    return resolutions;
  }

  /**
   * {@return how many threats are found and not resolved, up to an hour and in it}
   *
   * @param last the hour
   */
  public int openAfter(int last) {
    int open = 0;
    for (int i = 0; i <= last; i++) {
      for (int j = 0; j < hours[i].size(); j++) {
        open += hours[i].isDetection(j) ? 1 : -1;
      }
    }
    return open;
  }

  /** Forgets the enrolments and what happens up to an hour and in it. */
  void forgetUpTo(int last) {
    Arrays.fill(devices, "");
    for (int i = 0; i <= last; i++) {
      hours[i] = new Hour(hours[i].at(), 0, new String[0]);
    }
  }

  /** Draws all at once, then writes the strings down in the order in which they are read. */
  private static final class Generator {
    private final Rules rules;
    private final int devices;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final long[] deviceIds;
    private final long[] threatIds;
    private final int[] threatDevices;
    private final byte[] threatClassifications;
    private final short[] detected;
    private final short[] resolved;
    private int threats;

    Generator(Rules rules, int devices) {
      this.rules = rules;
      this.devices = devices;
      int most = devices * MOST_THREATS;
      deviceIds = new long[2 * devices];
      threatIds = new long[2 * most];
      threatDevices = new int[most];
      threatClassifications = new byte[most];
      detected = new short[most];
      resolved = new short[most];
    }

    Workload generate() {
      String[] ids = new String[devices];
      byte[] groups = new byte[devices];
      boolean[] ios = new boolean[devices];
      for (int device = 0; device < devices; device++) {
        drawId(deviceIds, device);
        ids[device] = freshId(deviceIds, device);
        groups[device] = (byte) random.nextInt(Rules.GROUPS);
        ios[device] = random.nextBoolean();
        drawThreats(device);
      }
      return new Workload(rules, ids, groups, ios, hours(), threats);
    }

    private void drawThreats(int device) {
      int odds = random.nextInt(10);
      int count = odds < 6 ? 1 : odds < 9 ? 2 : MOST_THREATS;
      int first = threats;
      while (threats < first + count) {
        byte classification = (byte) random.nextInt(Rules.CLASSIFICATIONS);
        if (!taken(first, classification)) {
          threatClassifications[threats] = classification;
          threatDevices[threats] = device;
          drawId(threatIds, threats);
          drawLife(threats);
          threats++;
        }
      }
    }

    private boolean taken(int first, byte classification) {
      for (int i = first; i < threats; i++) {
        if (threatClassifications[i] == classification) {
          return true;
        }
      }
      return false;
    }

    private void drawLife(int threat) {
      int hour = random.nextInt(ALL_FOUND_HOUR);
      detected[threat] = (short) hour;
      resolved[threat] =
          random.nextInt(10) < 3 ? (short) random.nextInt(hour + 1, LAST_HOUR + 1) : -1;
    }

    private void drawId(long[] ids, int i) {
      ids[2 * i] = random.nextLong();
      ids[2 * i + 1] = random.nextLong();
    }

    /** Threats by hour: those found are their number, those resolved its complement. */
    private Hour[] hours() {
      int[] sizes = new int[LAST_HOUR + 1];
      for (int i = 0; i < threats; i++) {
        sizes[detected[i]]++;
        if (resolved[i] >= 0) {
          sizes[resolved[i]]++;
        }
      }
      int[][] events = new int[LAST_HOUR + 1][];
      for (int hour = 0; hour <= LAST_HOUR; hour++) {
        events[hour] = new int[sizes[hour]];
      }
      for (int i = 0; i < threats; i++) {
        events[detected[i]][--sizes[detected[i]]] = i;
        if (resolved[i] >= 0) {
          events[resolved[i]][--sizes[resolved[i]]] = ~i;
        }
      }
      String[] names = rules.classifications().toArray(new String[0]);
      Hour[] hours = new Hour[LAST_HOUR + 1];
      for (int hour = 0; hour <= LAST_HOUR; hour++) {
        shuffle(events[hour]);
        hours[hour] = write(hour, events[hour], names);
      }
      return hours;
    }

    private void shuffle(int[] numbers) {
      for (int i = numbers.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int swapped = numbers[i];
        numbers[i] = numbers[other];
        numbers[other] = swapped;
      }
    }

    private Hour write(int number, int[] events, String[] names) {
      Hour hour = new Hour(START.plus(Duration.ofHours(number)), events.length, names);
      for (int i = 0; i < events.length; i++) {
        int threat = Math.max(events[i], ~events[i]);
        String device = freshId(deviceIds, threatDevices[threat]);
        String id = freshId(threatIds, threat);
        if (events[i] >= 0) {
          hour.detected(i, device, id, threatClassifications[threat]);
        } else {
          hour.resolved(i, device, id);
        }
      }
      return hour;
    }

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** {@return the id in the form of a random UUID, its hash not yet computed} */
    private static String freshId(long[] ids, int i) {
      long high = (ids[2 * i] & ~0xf000L) | 0x4000L;
      long low = (ids[2 * i + 1] & ~(3L << 62)) | (1L << 63);
      byte[] text = new byte[36];
      int at = 0;
      for (int digit = 0; digit < 32; digit++) {
        if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
          text[at++] = '-';
        }
        long half = digit < 16 ? high : low;
        text[at++] = DIGITS[(int) (half >>> (60 - 4 * (digit & 15))) & 15];
      }
      return new String(text, StandardCharsets.ISO_8859_1);
    }
  }
}
