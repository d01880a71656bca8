package io.riskladder.core.device;

import java.time.Instant;

/**
 * What the three words of a packed threat say: when it entered its rung, when the next one is due,
 * and the rest, in bits from the lowest up: the rests of the two instants, the issue, the rung, and
 * the number of the classification.
 */
final class PackedThreat {
  static final int ENTERED = 0;
  static final int DUE = 1;
  static final int REST = 2;

  /** In place of an instant at which nothing can be due: waits are a second or longer. */
  static final long NO_DUE = 0;

  private static final int ISSUE_SHIFT = 2 * PackedInstant.REST_BITS;
  private static final int ISSUE_BITS = 2;
  private static final IssueState[] ISSUES = IssueState.values();
  private static final int RUNG_SHIFT = ISSUE_SHIFT + ISSUE_BITS;
  private static final int RUNG_BITS = 12;
  private static final int CLASSIFICATION_SHIFT = RUNG_SHIFT + RUNG_BITS;
  private static final int CLASSIFICATION_BITS = 20;

  /** There is room for lower rungs only. */
  static final int RUNGS = 1 << RUNG_BITS;

  /** There is room for lower numbers of classifications only. */
  static final int CLASSIFICATIONS = 1 << CLASSIFICATION_BITS;

  private PackedThreat() {}

  static int enteredRest(long rest) {
    return (int) rest & ((1 << PackedInstant.REST_BITS) - 1);
  }

  static int dueRest(long rest) {
    return (int) (rest >>> PackedInstant.REST_BITS) & ((1 << PackedInstant.REST_BITS) - 1);
  }

  static IssueState issue(long rest) {
    return ISSUES[(int) rest >>> ISSUE_SHIFT & 3];
  }

  static int rung(long rest) {
    return (int) (rest >>> RUNG_SHIFT) & (RUNGS - 1);
  }

  static int classification(long rest) {
    return (int) (rest >>> CLASSIFICATION_SHIFT) & (CLASSIFICATIONS - 1);
  }

  @SuppressWarnings("EnumOrdinal") // of a word in memory, which nothing outlives
  static long rest(OpenThreat threat, int classification) {
    Instant due = threat.due();
    int dueRest = due == null ? 0 : PackedInstant.rest(due);
    int issue = threat.issue().ordinal();
    return PackedInstant.rest(threat.entered())
        | (long) dueRest << PackedInstant.REST_BITS
        | (long) issue << ISSUE_SHIFT
        | (long) threat.rungNumber() << RUNG_SHIFT
        | (long) classification << CLASSIFICATION_SHIFT;
  }
}
