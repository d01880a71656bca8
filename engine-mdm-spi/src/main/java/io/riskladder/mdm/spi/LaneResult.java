package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What became of what was claimed.
 *
 * @param lane what was claimed
 * @param gone the numbers of what need not be delivered any more: it is done, or overtaken;
 *     unmodifiable
 * @param dead the numbers of what goes to the dead letters, each with the reason; unmodifiable
 * @param failures how often in a row what is left was tried in vain
 * @param notBefore when what is left, and what comes behind it, may be claimed again
 */
public record LaneResult(
    Lane lane, List<Long> gone, Map<Long, String> dead, int failures, Instant notBefore) {
  /**
   * Copies what it is given.
   *
   * @param lane what was claimed
   * @param gone the numbers of what need not be delivered any more
   * @param dead the numbers of what goes to the dead letters, each with the reason
   * @param failures how often in a row what is left was tried in vain
   * @param notBefore when what is left may be claimed again
   */
  public LaneResult {
    requireNonNull(lane, "lane");
    gone = ImmutableList.copyOf(gone);
    dead = ImmutableMap.copyOf(dead);
    requireNonNull(notBefore, "notBefore");
  }
}
