package io.riskladder.core.policy;

import static io.riskladder.core.internal.Checks.invalid;

import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.EngineValue;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** A group of devices and what it says of its own; the rest it inherits (rules, section 2). */
@Value.Immutable
@EngineValue
public abstract sealed class DeviceGroup permits ImmutableDeviceGroup {
  DeviceGroup() {}

  /** {@return its id, unique in the set} */
  public abstract String id();

  /** {@return its name for people; the id unless set} */
  @Value.Default
  public String name() {
    return id();
  }

  /** {@return the id of the group above; absent for the root and for it alone} */
  public abstract Optional<String> parent();

  /** {@return its own on-device threat protection; inherited whole where absent} */
  public abstract Optional<OnDeviceThreatProtection> onDeviceThreatProtection();

  /** {@return the text added to all notifications of its devices; inherited where absent} */
  public abstract Optional<MessageTemplate> defaultNotice();

  /** {@return its own policies by id of the classification, in the order given} */
  public abstract Map<String, ClassificationPolicy> policies();

  @Value.Check
  void check() {
    Checks.id("id", id());
    if (!name().equals(id())) { // an id may be what a name may not
      Checks.name("name", name());
    }
    parent().ifPresent(parent -> Checks.id("parent", parent));
    if (defaultNotice().filter(MessageTemplate::isBlank).isPresent()) {
      throw invalid("defaultNotice", "is blank; leave it out to inherit");
    }
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles a group; not safe for use by several threads. */
  public static final class Builder extends ImmutableDeviceGroup.Builder {
    Builder() {}

    /**
     * Sets the notice from its text.
     *
     * @param text a template
     * @return this builder
     * @throws IllegalArgumentException if the text is not a template
     */
    public Builder defaultNotice(String text) {
      return defaultNotice(MessageTemplate.parse("defaultNotice", text));
    }
  }
}
