package io.riskladder.core.mdm;

import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.EngineValue;
import java.util.Set;
import org.immutables.value.Value;

/** An MDM's rule about one app: it must be there, or must not (rules, section 9). */
@Value.Immutable
@EngineValue
public abstract sealed class AppControlRule permits ImmutableAppControlRule {
  /**
   * The app that is installed nowhere, whatever a device reports: requiring it makes a rule that
   * every device violates, the always-on trigger.
   */
  public static final String NO_SUCH_APP = "app does not exist";

  AppControlRule() {}

  /** Whether the app has to be there. */
  public enum Type {
    /** A device without the app violates the rule. */
    REQUIRED,
    /** A device with the app violates the rule. */
    DISALLOWED
  }

  /** The devices that a rule is about. */
  public enum Scope {
    /** All of them. */
    ALL,
    /** Android devices. */
    ANDROID,
    /** iPhones and iPads. */
    IOS;

    /**
     * {@return whether the rule is about devices of this platform}
     *
     * @param platform the device's platform
     */
    public boolean covers(Platform platform) {
      return this == ALL || name().equals(platform.name());
    }
  }

  /** {@return its name, unique in the plan} */
  public abstract String name();

  /** {@return whether the app has to be there or must not be} */
  public abstract Type type();

  /** {@return the app, by its exact name} */
  public abstract String app();

  /** {@return the devices that it is about} */
  public abstract Scope platform();

  /**
   * {@return whether a device violates it}
   *
   * @param devicePlatform the device's platform
   * @param installedApps the apps that the device reports
   */
  public final boolean isViolatedBy(Platform devicePlatform, Set<String> installedApps) {
    boolean installed = !app().equals(NO_SUCH_APP) && installedApps.contains(app());
    return platform().covers(devicePlatform) && installed == (type() == Type.DISALLOWED);
  }

  @Value.Check
  void check() {
    Checks.name("name", name());
    Checks.name("app", app());
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles a rule; not safe for use by several threads. */
  public static final class Builder extends ImmutableAppControlRule.Builder {
    Builder() {}
  }
}
