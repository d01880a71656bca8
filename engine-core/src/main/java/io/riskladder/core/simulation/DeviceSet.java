package io.riskladder.core.simulation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.collect.Ordering;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The devices behind a count.
 *
 * <p>Immutable and safe to share between threads. The ids are put in order when they are asked for,
 * so that a count alone costs nothing.
 */
public final class DeviceSet {
  private final Iterable<String> unordered;
  private final int size;

  private DeviceSet(Iterable<String> unordered, int size) {
    this.unordered = unordered;
    this.size = size;
  }

  /** A set of ids that do not change any more, each of them given once. */
  static DeviceSet of(List<String> ids) {
    return new DeviceSet(ids, ids.size());
  }

  /** The union of sets that have no device in common. */
  static DeviceSet ofAll(List<DeviceSet> disjoint) {
    return new DeviceSet(
        Iterables.concat(disjoint.stream().map(set -> set.unordered).toList()),
        disjoint.stream().mapToInt(DeviceSet::size).sum());
  }

  /** {@return how many devices there are} */
  public int size() {
    return size;
  }

  /** {@return whether there is none} */
  public boolean isEmpty() {
    return size == 0;
  }

  /** {@return their ids, in order; unmodifiable; takes time to make} */
  public List<String> ids() {
    return ImmutableList.sortedCopyOf(Ordering.natural(), unordered);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeviceSet that && size == that.size && ids().equals(that.ids());
  }

  @Override
  public int hashCode() {
    return ids().hashCode();
  }

  @Override
  public String toString() {
    return size + (size == 1 ? " device" : " devices");
  }
}
