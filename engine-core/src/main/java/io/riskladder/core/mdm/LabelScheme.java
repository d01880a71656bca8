package io.riskladder.core.mdm;

import static io.riskladder.core.internal.Checks.invalid;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.risk.RiskLevel;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names of the labels that the engine puts on devices in the MDM; a state without a name has no
 * label (rules, section 7). Names are not blank and differ from state to state.
 *
 * @param names the name of each state that has one, in the order of {@link LabelState}
 */
public record LabelScheme(Map<LabelState, String> names) {
  private static final LabelScheme DEFAULT =
      new LabelScheme(
          Map.of(
              LabelState.LOW, "MES - Low Risk",
              LabelState.MEDIUM, "MES - Moderate Risk",
              LabelState.HIGH, "MES - High Risk"));

  /**
   * A scheme of exactly these names.
   *
   * @param names the name of each state that shall have a label; copied
   * @throws IllegalArgumentException if a name is blank, longer than {@link
   *     io.riskladder.core.Limits#MAX_NAME_LENGTH}, or given twice
   */
  public LabelScheme(Map<LabelState, String> names) {
    this.names = Maps.immutableEnumMap(names);
    Map<String, LabelState> stateOfName = new java.util.HashMap<>();
    this.names.forEach(
        (state, name) -> {
          Checks.name(state.name(), name);
          LabelState other = stateOfName.put(name, state);
          if (other != null) {
            throw invalid(
                state.name(), Checks.excerpt(name) + " is the label of " + other + " already");
          }
        });
  }

  /**
   * {@return the names of the risk labels that MDMs know from the vendor's own procedure, no
   * others}
   */
  public static LabelScheme defaults() {
    return DEFAULT;
  }

  /**
   * {@return this scheme with changes laid over it}
   *
   * @param changes a new name for a state, or empty to take its label away; states not named stay
   * @throws IllegalArgumentException as the constructor does
   */
  public LabelScheme with(Map<LabelState, Optional<String>> changes) {
    requireNonNull(changes, "changes");
    Map<LabelState, String> changed = new EnumMap<>(LabelState.class);
    changed.putAll(names);
    changes.forEach(
        (state, name) ->
            name.ifPresentOrElse(n -> changed.put(state, n), () -> changed.remove(state)));
    return new LabelScheme(changed);
  }

  /**
   * {@return the label of a state, if it has one}
   *
   * @param state what the label is to say
   */
  public Optional<String> name(LabelState state) {
    return Optional.ofNullable(names.get(state));
  }

  /**
   * {@return the labels of a device: at most one of each family, in the order of the families;
   * unmodifiable}
   *
   * @param risk the highest level among its counting threats; below LOW is no risk
   * @param connected whether it is in touch
   */
  public Map<LabelState.Family, String> labelsOf(RiskLevel risk, boolean connected) {
    requireNonNull(risk, "risk");
    Map<LabelState.Family, String> labels = new EnumMap<>(LabelState.Family.class);
    if (!connected) {
      put(labels, LabelState.DISCONNECTED);
    }
    put(labels, risk.isReported() ? LabelState.THREATS_PRESENT : LabelState.SECURED);
    LabelState.ofRisk(risk).ifPresent(state -> put(labels, state));
    return Maps.immutableEnumMap(labels);
  }

  private void put(Map<LabelState.Family, String> labels, LabelState state) {
    name(state).ifPresent(name -> labels.put(state.family(), name));
  }

  /**
   * {@return what has to be laid over the defaults to get this scheme; in the order of the states}
   */
  public Map<LabelState, Optional<String>> changesToDefaults() {
    ImmutableMap.Builder<LabelState, Optional<String>> changes = ImmutableMap.builder();
    for (LabelState state : LabelState.values()) {
      if (!name(state).equals(DEFAULT.name(state))) {
        changes.put(state, name(state));
      }
    }
    return changes.buildOrThrow();
  }
}
