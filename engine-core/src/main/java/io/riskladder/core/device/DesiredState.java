package io.riskladder.core.device;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.risk.RiskLevel;
import java.util.Map;
import java.util.SortedSet;

/**
 * What a device's threats come to: its risk, and what is made of it (rules, sections 7 and 9).
 *
 * @param risk the highest level among the counting threats if that is LOW or above, else NONE
 * @param block what is blocked on the device
 * @param labels the device's labels: at most one of each family, in the order of the families;
 *     unmodifiable
 * @param complianceActions the names of the compliance actions in force in the MDM, sorted;
 *     unmodifiable
 */
public record DesiredState(
    RiskLevel risk,
    Block block,
    Map<LabelState.Family, String> labels,
    SortedSet<String> complianceActions) {
  private static final DesiredState NOTHING =
      new DesiredState(RiskLevel.NONE, Block.NONE, Map.of(), ImmutableSortedSet.of());

  /**
   * Copies what it is given.
   *
   * @param risk the highest level among the counting threats if that is LOW or above, else NONE
   * @param block what is blocked on the device
   * @param labels the device's labels: at most one of each family
   * @param complianceActions the names of the compliance actions in force in the MDM
   */
  public DesiredState {
    requireNonNull(risk, "risk");
    requireNonNull(block, "block");
    labels = labels.size() < 2 ? ImmutableMap.copyOf(labels) : Maps.immutableEnumMap(labels);
    complianceActions = ImmutableSortedSet.copyOf(complianceActions);
  }

  /** {@return the state of a device that nothing is wanted of: one not enrolled} */
  public static DesiredState nothing() {
    return NOTHING;
  }
}
