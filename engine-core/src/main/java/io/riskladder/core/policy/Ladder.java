package io.riskladder.core.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Classification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The effective policy of a group for a classification: rung 0 and those above it (rules, sections
 * 2 and 4). Groups that inherit the same policy share one ladder.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Ladder {
  private static final RiskLevel[] LEVELS = RiskLevel.values();
  private static final Response[] RESPONSES = Response.values();
  private static final int FIELD_BITS = 4;
  private static final int FIELD_MASK = (1 << FIELD_BITS) - 1;
  private static final int CODE_BITS = 2 * FIELD_BITS;

  private final Classification classification;
  private final Optional<String> policyGroup;
  private final ImmutableList<Rung> rungs;

  // what the engine asks of rungs again and again, near to each other: the place of the last one;
  // the numbers of level and response of each, eight bits a rung from the lowest up; and how many
  // seconds it takes until each is entered
  private final int last;
  private final long codes;
  private final long[] waits;

  Ladder(Classification classification, Optional<String> policyGroup, ImmutableList<Rung> rungs) {
    this.classification = classification;
    this.policyGroup = policyGroup;
    this.rungs = rungs;
    this.last = rungs.size() - 1;
    this.codes = codes(rungs);
    this.waits = rungs.stream().mapToLong(rung -> rung.after().toSeconds()).toArray();
  }

  /** Levels rise from rung to rung, so that there are fewer rungs than there is room for. */
  @SuppressWarnings("EnumOrdinal") // of a number in memory, which nothing outlives
  private static long codes(List<Rung> rungs) {
    long codes = 0;
    for (Rung rung : Lists.reverse(rungs)) {
      int code = rung.response().ordinal() << FIELD_BITS | rung.riskLevel().ordinal();
      codes = codes << CODE_BITS | code;
    }
    return codes;
  }

  private int code(int number) {
    return (int) (codes >>> (Objects.checkIndex(number, last + 1) * CODE_BITS));
  }

  /** {@return the kind of threat that it is for} */
  public Classification classification() {
    return classification;
  }

  /** {@return the id of the group whose policy it is; absent for the classification's default} */
  public Optional<String> policyGroup() {
    return policyGroup;
  }

  /** {@return the rungs, from the base up; one or more; unmodifiable} */
  public List<Rung> rungs() {
    return rungs;
  }

  /**
   * {@return a rung}
   *
   * @param number its place, from 0
   * @throws IndexOutOfBoundsException if there is none at that place
   */
  public Rung rung(int number) {
    return rungs.get(number);
  }

  /** {@return the place of the last rung} */
  public int last() {
    return last;
  }

  /**
   * {@return the risk level of a threat on a rung}
   *
   * @param number the rung's place, from 0
   * @throws IndexOutOfBoundsException if there is none at that place
   */
  public RiskLevel riskLevel(int number) {
    return LEVELS[code(number) & FIELD_MASK];
  }

  /**
   * {@return what the device does while a threat is on a rung}
   *
   * @param number the rung's place, from 0
   * @throws IndexOutOfBoundsException if there is none at that place
   */
  public Response response(int number) {
    return RESPONSES[code(number) >>> FIELD_BITS & FIELD_MASK];
  }

  /**
   * {@return the seconds on the rung below before a rung is entered; 0 for the base}
   *
   * @param number the rung's place, from 0
   * @throws IndexOutOfBoundsException if there is none at that place
   */
  public long waitSeconds(int number) {
    return waits[number];
  }

  /**
   * {@return the rung above, if there is one}
   *
   * @param number the place of the rung below
   */
  public Optional<Rung> above(int number) {
    return number + 1 < rungs.size() ? Optional.of(rungs.get(number + 1)) : Optional.empty();
  }

  /**
   * {@return the place of a threat that comes from another ladder: the highest rung whose level is
   * not above its own, or the base if that is above it (rules, section 6, re-rating)}
   *
   * @param level the threat's level on the ladder that it leaves
   */
  public int placeFor(RiskLevel level) {
    int place = 0;
    while (place < last() && !riskLevel(place + 1).isAbove(level)) {
      place++;
    }
    return place;
  }

  /**
   * {@return the instant at which the last rung is entered if nothing intervenes}
   *
   * @param number the place of the rung that the threat is on; not the last
   * @param nextDue when the next rung is entered
   */
  public Instant lastDue(int number, Instant nextDue) {
    return nextDue.plus(untilLast(number + 1));
  }

  /**
   * {@return the time on a rung and those above it, until the last one is entered, if nothing
   * intervenes; zero on the last}
   *
   * @param number the place of the rung, from 0
   */
  public Duration untilLast(int number) {
    Duration left = Duration.ZERO;
    for (Rung rung : rungs.subList(number + 1, rungs.size())) {
      left = left.plus(rung.after());
    }
    return left;
  }

  /**
   * {@return whether a threat fares alike on both: the same levels, responses and waits; texts may
   * differ}
   *
   * @param other another ladder for the same kind of threat
   */
  public boolean hasSameSteps(Ladder other) {
    if (rungs.size() != other.rungs.size()) {
      return false;
    }
    for (int i = 0; i < rungs.size(); i++) {
      if (!rungs.get(i).isStepLike(other.rungs.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@return whether a threat fares alike on both and its user is told the same}
   *
   * @param other another ladder for the same kind of threat
   */
  public boolean isLike(Ladder other) {
    return hasSameSteps(other)
        && Lists.transform(rungs, Rung::message)
            .equals(Lists.transform(other.rungs, Rung::message));
  }

  @Override
  public String toString() {
    return "Ladder{" + classification.id() + ", rungs=" + rungs + "}";
  }
}
