package io.riskladder.core.simulation;

import io.riskladder.core.device.PolicyPin;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.Rung;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/** Why a threat is where it is, and where it goes. */
@Value.Immutable
@EngineValue
public abstract sealed class ThreatExplanation permits ImmutableThreatExplanation {
  ThreatExplanation() {}

  /** {@return the threat's state} */
  public abstract ThreatState threat();

  /** {@return the ladder that it is on} */
  public abstract Ladder ladder();

  /** {@return the rung that it is on, with its level, response and message} */
  public final Rung rung() {
    return ladder().rung(threat().rung());
  }

  /** {@return since when it is there} */
  public final Instant since() {
    return threat().entered();
  }

  /** {@return the version and group that it is pinned to; absent if the present ones decide} */
  public final Optional<PolicyPin> pin() {
    return threat().pin();
  }

  /** {@return the version of the policies that decide on it} */
  public abstract int policyVersion();

  /**
   * {@return the groups whose policy could decide, from the threat's own up to the root; if none
   * decides, the classification's default does}
   */
  public abstract List<ConsideredGroup> considered();

  /**
   * {@return what its user was told last since it is on its rung; absent if nothing, or if the past
   * was not handed over}
   */
  public abstract Optional<Told> told();

  /** {@return the rung that it enters next, at {@link ThreatState#nextDue}, if it does} */
  public final Optional<Rung> next() {
    return threat().nextDue().flatMap(due -> ladder().above(threat().rung()));
  }

  /** {@return what would stop it} */
  public abstract Set<Stop> stops();

  /** {@return what does not happen over it, and why} */
  public abstract List<NotHappening> notHappening();

  static Builder builder() {
    return new Builder();
  }

  static final class Builder extends ImmutableThreatExplanation.Builder {
    Builder() {}
  }
}
