package io.riskladder.core.policy;

import io.riskladder.core.Limits;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.threat.Classification;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Everything that a tenant decides: groups and their policies, own classifications, administrators,
 * labels, and what is set up in the MDM. Each part is valid by itself; {@link #compile()} checks
 * the whole and makes it ready for use.
 *
 * <p>Immutable and safe to share between threads.
 */
@Value.Immutable
@EngineValue
public abstract sealed class PolicySet permits ImmutablePolicySet {
  private static final ZoneId UTC = ZoneId.of("UTC");

  PolicySet() {}

  /** {@return the set's name for people} */
  public abstract Optional<String> name();

  /** {@return the time zone of the dates in messages; UTC unless set} */
  @Value.Default
  public ZoneId timeZone() {
    return UTC;
  }

  /** {@return the tenant's own classifications, in the order given} */
  public abstract List<Classification> classifications();

  /** {@return the groups, in the order given} */
  public abstract List<DeviceGroup> groups();

  /** {@return who gets mail, in the order given} */
  public abstract List<Administrator> administrators();

  /** {@return the names of the labels; the default ones unless set} */
  @Value.Default
  public LabelScheme labels() {
    return LabelScheme.defaults();
  }

  /** {@return what is set up in the MDM, if that is known} */
  public abstract Optional<RiskResponse> riskResponse();

  @Value.Check
  void check() {
    name().ifPresent(name -> Checks.name("name", name));
  }

  /**
   * {@return everything that is wrong with the set as a whole, in the order of its parts; empty if
   * nothing is}
   *
   * @param limits the bounds to keep
   */
  public final List<PolicyProblem> problems(Limits limits) {
    return PolicyChecks.check(this, limits);
  }

  /**
   * {@return the set made ready for use, within the default limits}
   *
   * @throws InvalidPolicyException if anything is wrong with it; holds all that is
   */
  public final CompiledPolicies compile() {
    return compile(Limits.defaults());
  }

  /**
   * {@return the set made ready for use}
   *
   * @param limits the bounds to keep, also of the devices under these policies
   * @throws InvalidPolicyException if anything is wrong with it; holds all that is
   */
  public final CompiledPolicies compile(Limits limits) {
    return PolicyCompiler.compile(this, limits);
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles a set; not safe for use by several threads. */
  public static final class Builder extends ImmutablePolicySet.Builder {
    Builder() {}
  }
}
