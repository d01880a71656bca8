package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.riskladder.core.mdm.LabelState.Family;
import java.util.Map;
import java.util.Set;

/**
 * The labels that a device is to have in the MDM.
 *
 * @param tenant the tenant's id
 * @param device the device's id, as in the event that enrolled it: best the MDM's own
 * @param labels the labels to have, one at most of each family, in the order of the families;
 *     unmodifiable. For an MDM with attributes instead of labels, a family is an attribute and the
 *     label its value, empty if the family has none.
 * @param ours all names that the engine gives labels; the device is to have none of these but those
 *     of {@code labels}, and labels of other names are none of the engine's business; unmodifiable
 * @param key the idempotency key: the id of the last effect that led here, or one of its own when
 *     drift is repaired
 */
public record LabelTarget(
    String tenant, String device, Map<Family, String> labels, Set<String> ours, String key) {
  /**
   * Copies what it is given.
   *
   * @param tenant the tenant's id
   * @param device the device's id
   * @param labels the labels to have
   * @param ours all names that the engine gives labels
   * @param key the idempotency key
   */
  public LabelTarget {
    requireNonNull(tenant, "tenant");
    requireNonNull(device, "device");
    labels = Maps.immutableEnumMap(labels);
    ours = ImmutableSet.copyOf(ours);
    requireNonNull(key, "key");
  }

  /** {@return the names of the labels to have, in the order of their families; unmodifiable} */
  public Set<String> wanted() {
    return ImmutableSet.copyOf(labels.values());
  }

  /**
   * {@return the names of the labels that are the engine's and that the device is not to have;
   * unmodifiable}
   */
  public Set<String> unwanted() {
    return ours.stream()
        .filter(name -> !labels.containsValue(name))
        .collect(ImmutableSet.toImmutableSet());
  }
}
