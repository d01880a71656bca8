package io.riskladder.core.simulation;

import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.Rung;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Counts what becomes of devices day by day if no event comes (rules, sections 6 and 7): each
 * threat climbs its ladder by itself, and a device is as badly off as the worst of its threats.
 *
 * <p>Written for a million devices: counters in arrays, changes from day to day rather than days,
 * and no object for a rung that is entered.
 */
final class FutureCounts {
  private static final RiskLevel[] LEVELS = RiskLevel.values();
  private static final int BLOCKS = BlockStrength.values().length;
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private final Instant from;
  private final int days;

  /** Devices at a level at the end of a day, less those of the day before. */
  private final int[][] levels;

  /** Devices with a block at the end of a day, less those of the day before. */
  private final int[][] blocks;

  private final int[] notifications;

  /** Rungs of a level entered in a day: as many mails, if anybody wants them. */
  private final int[][] reports;

  /** Mails that the change itself sends. */
  private int mailsNow;

  private final Course course = new Course();

  FutureCounts(Instant from, int days) {
    this.from = from;
    this.days = days;
    this.levels = new int[days + 1][LEVELS.length];
    this.blocks = new int[days + 1][BLOCKS];
    this.notifications = new int[days + 1];
    this.reports = new int[days + 1][LEVELS.length];
  }

  /** Adds what the change itself sends. */
  void add(List<Effect> effects) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.NotifyDevice) {
        notifications[0]++;
      } else if (effect instanceof Effect.EmailAdministrators) {
        mailsNow++;
      }
    }
  }

  /**
   * Adds a device.
   *
   * @param ladders the ladder that each of its threats is on
   */
  void add(
      EnrolledDevice device,
      Function<ThreatState, Ladder> ladders,
      OnDeviceThreatProtection protection) {
    course.begin(protection);
    for (ThreatState threat : device.openThreats()) {
      if (threat.counts()) {
        goOn(threat, ladders.apply(threat));
      }
    }
    course.run();
  }

  private void goOn(ThreatState threat, Ladder ladder) {
    course.add(ladder, threat.rung());
    threat.nextDue().ifPresent(due -> climb(ladder, threat.rung(), due));
  }

  /**
   * Adds a device whose threats start anew, but for those that are pinned.
   *
   * @param ladders the ladder that each of its threats is on then
   */
  void addRestarted(
      EnrolledDevice device,
      Function<ThreatState, Ladder> ladders,
      OnDeviceThreatProtection protection) {
    course.begin(protection);
    for (ThreatState threat : device.openThreats()) {
      if (threat.counts() && threat.pin().isPresent()) {
        goOn(threat, ladders.apply(threat));
      } else if (threat.counts()) {
        Ladder ladder = ladders.apply(threat);
        course.add(ladder, 0);
        announce(0, ladder.rung(0));
        ladder.above(0).ifPresent(next -> climb(ladder, 0, from.plus(next.after())));
      }
    }
    course.run();
  }

  private void announce(int day, Rung entered) {
    if (entered.response().alerts()) {
      notifications[day]++;
    }
    reports[day][index(entered.riskLevel())]++;
  }

  /** Follows a threat up its ladder, to the end of the forecast. */
  private void climb(Ladder ladder, int rung, Instant nextDue) {
    long due = nextDue.getEpochSecond() - from.getEpochSecond();
    boolean partOfSecond = nextDue.getNano() > from.getNano();
    int place = rung + 1;
    while (dayOf(due, partOfSecond) <= days) {
      int day = (int) dayOf(due, partOfSecond);
      announce(day, ladder.rung(place));
      course.enter(day, place);
      place++;
      if (place == ladder.rungs().size()) {
        return;
      }
      due += ladder.rung(place).after().toSeconds();
    }
  }

  /** The first day at whose end this is over: ends of days are so many times 24 hours from now. */
  private static long dayOf(long seconds, boolean partOfSecond) {
    long whole = Math.floorDiv(seconds, DAY_SECONDS);
    return whole * DAY_SECONDS == seconds && !partOfSecond ? whole : whole + 1;
  }

  /** One device on its way: where its threats are, and the days on which they climb. */
  private final class Course {
    private final int[] threatsAt = new int[LEVELS.length];
    private final int[] threatsBlocking = new int[BLOCKS];
    private final List<Ladder> ladders = new ArrayList<>();

    /** Rungs to be entered: the day in the upper half, the threat and the rung in the lower. */
    private long[] steps = new long[16];

    private int stepCount;
    private OnDeviceThreatProtection protection = OnDeviceThreatProtection.disabled();

    void begin(OnDeviceThreatProtection ofGroup) {
      protection = ofGroup;
      ladders.clear();
      stepCount = 0;
      Arrays.fill(threatsAt, 0);
      Arrays.fill(threatsBlocking, 0);
    }

    void add(Ladder ladder, int rung) {
      ladders.add(ladder);
      count(ladder.rung(rung), 1);
    }

    private void count(Rung rung, int change) {
      threatsAt[index(rung.riskLevel())] += change;
      BlockStrength block = rung.response().block();
      threatsBlocking[index(protection.allows(block) ? block : BlockStrength.NONE)] += change;
    }

    /** Notes that the threat added last enters a rung on a day. */
    void enter(int day, int rung) {
      if (stepCount == steps.length) {
        steps = Arrays.copyOf(steps, 2 * stepCount);
      }
      steps[stepCount++] = ((long) day << 32) | ((ladders.size() - 1L) << 8) | rung;
    }

    /** Goes through the days on which something happens. */
    void run() {
      int level = highest(threatsAt);
      int block = highest(threatsBlocking);
      levels[0][level]++;
      blocks[0][block]++;
      Arrays.sort(steps, 0, stepCount);
      int next = 0;
      while (next < stepCount) {
        int day = dayOf(steps[next]);
        while (next < stepCount && dayOf(steps[next]) == day) {
          take(steps[next++]);
        }
        levels[day][level]--;
        blocks[day][block]--;
        level = highest(threatsAt);
        block = highest(threatsBlocking);
        levels[day][level]++;
        blocks[day][block]++;
      }
    }

    private static int dayOf(long step) {
      return (int) (step >>> 32);
    }

    private void take(long step) {
      Ladder ladder = ladders.get((int) step >>> 8);
      int rung = (int) (step & 0xFF);
      count(ladder.rung(rung - 1), -1);
      count(ladder.rung(rung), 1);
    }

    private static int highest(int[] counts) {
      for (int i = counts.length - 1; i > 0; i--) {
        if (counts[i] > 0) {
          return i;
        }
      }
      return 0;
    }
  }

  private static int index(RiskLevel level) {
    return switch (level) {
      case NONE -> 0;
      case ADVISORY -> 1;
      case LOW -> 2;
      case MEDIUM -> 3;
      case HIGH -> 4;
    };
  }

  private static int index(BlockStrength block) {
    return switch (block) {
      case NONE -> 0;
      case DOMAINS -> 1;
      case INTERNET -> 2;
    };
  }

  /** Adds what was counted elsewhere for the same days. */
  void add(FutureCounts other) {
    for (int day = 0; day <= days; day++) {
      add(levels[day], other.levels[day]);
      add(blocks[day], other.blocks[day]);
      add(reports[day], other.reports[day]);
    }
    add(notifications, other.notifications);
    mailsNow += other.mailsNow;
  }

  private static void add(int[] to, int[] counts) {
    for (int i = 0; i < to.length; i++) {
      to[i] += counts[i];
    }
  }

  /**
   * {@return the days}
   *
   * @param policies those that say who wants mail
   */
  List<ForecastDay> days(CompiledPolicies policies) {
    List<ForecastDay> list = new ArrayList<>();
    int[] atLevel = new int[LEVELS.length];
    int[] blocked = new int[BLOCKS];
    for (int day = 0; day <= days; day++) {
      add(atLevel, levels[day]);
      add(blocked, blocks[day]);
      Map<RiskLevel, Integer> devices = new EnumMap<>(RiskLevel.class);
      int mails = day == 0 ? mailsNow : 0;
      for (RiskLevel level : LEVELS) {
        devices.put(level, atLevel[index(level)]);
        if (level.isReported() && !policies.recipients(level).isEmpty()) {
          mails += reports[day][index(level)];
        }
      }
      list.add(
          ForecastDay.builder()
              .number(day)
              .at(from.plus(Duration.ofDays(day)))
              .devices(devices)
              .domainsBlocked(blocked[index(BlockStrength.DOMAINS)])
              .internetBlocked(blocked[index(BlockStrength.INTERNET)])
              .notifications(notifications[day])
              .mails(mails)
              .build());
    }
    return list;
  }
}
