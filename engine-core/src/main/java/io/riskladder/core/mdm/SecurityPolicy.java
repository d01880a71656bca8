package io.riskladder.core.mdm;

import static io.riskladder.core.internal.Checks.invalid;

import com.google.common.collect.ImmutableList;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.EngineValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.immutables.value.Value;

/** What an MDM demands of the devices that have one of its labels (rules, section 9). */
@Value.Immutable
@EngineValue
public abstract sealed class SecurityPolicy permits ImmutableSecurityPolicy {
  SecurityPolicy() {}

  /** Whether the MDM applies the policy. */
  public enum Status {
    /** It does. */
    ACTIVE,
    /** It does not, as though the policy were not there. */
    INACTIVE
  }

  /**
   * The action against devices that violate an app control rule.
   *
   * @param complianceAction the name of the action
   * @param enabledRules the names of the rules, one of which has to be violated; unmodifiable
   */
  public record AccessControl(String complianceAction, List<String> enabledRules) {
    /**
     * Copies what it is given.
     *
     * @param complianceAction the name of the action
     * @param enabledRules the names of the rules, one of which has to be violated
     * @throws IllegalArgumentException if a name is blank or too long
     */
    public AccessControl {
      Checks.name("complianceAction", complianceAction);
      enabledRules = ImmutableList.copyOf(enabledRules);
      enabledRules.forEach(rule -> Checks.name("enabledRules", rule));
    }
  }

  /**
   * The action against disallowed iOS devices.
   *
   * @param complianceAction the name of the action
   * @param allIosDevices whether all iOS devices are disallowed; none is otherwise
   */
  public record DisallowedDevices(String complianceAction, boolean allIosDevices) {
    /**
     * Takes what it is given.
     *
     * @param complianceAction the name of the action
     * @param allIosDevices whether all iOS devices are disallowed
     * @throws IllegalArgumentException if the name is blank or too long
     */
    public DisallowedDevices {
      Checks.name("complianceAction", complianceAction);
    }
  }

  /** {@return its name, unique in the plan} */
  public abstract String name();

  /** {@return whether it is applied at all} */
  public abstract Status status();

  /** {@return its priority, unique in the plan; 1 is the highest} */
  public abstract int priority();

  /** {@return the labels that it is applied to; one or more, in the order given} */
  public abstract Set<String> labels();

  /** {@return the action against devices that violate an app control rule, if there is one} */
  public abstract Optional<AccessControl> accessControl();

  /** {@return the action against disallowed iOS devices, if there is one} */
  public abstract Optional<DisallowedDevices> disallowedDevices();

  @Value.Check
  void check() {
    Checks.name("name", name());
    Checks.priority("priority", priority());
    if (labels().isEmpty()) {
      throw invalid("labels", "is empty, expected at least one label");
    }
    labels().forEach(label -> Checks.name("labels", label));
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles a policy; not safe for use by several threads. */
  public static final class Builder extends ImmutableSecurityPolicy.Builder {
    Builder() {}
  }
}
