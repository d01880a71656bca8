package io.riskladder.mdm.spi;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Some devices of the MDM with the labels that they have there.
 *
 * @param labels the names of all labels of each device, perhaps none, by the device's id; other
 *     labels than the engine's may be among them; unmodifiable
 * @param next what to ask for the next page with; absent on the last page
 */
public record LabelPage(Map<String, Set<String>> labels, Optional<String> next) {
  /**
   * Copies what it is given.
   *
   * @param labels the names of each device's labels, by the device's id
   * @param next what to ask for the next page with
   */
  public LabelPage {
    labels = ImmutableMap.copyOf(Maps.transformValues(labels, ImmutableSet::copyOf));
    requireNonNull(next, "next");
  }
}
