package io.riskladder.core;

import static io.riskladder.core.internal.Checks.invalid;

import io.riskladder.core.internal.EngineValue;
import java.time.Duration;
import java.time.Instant;
import org.immutables.value.Value;

/**
 * The bounds of everything that grows. Those that every value keeps by itself are constants; those
 * of a policy set as a whole and of a device can be set, and {@link #defaults()} suit a tenant of
 * any size known today.
 *
 * <p>Immutable and safe to share between threads.
 */
@Value.Immutable
@EngineValue
public abstract sealed class Limits permits ImmutableLimits {

  /** Longest id of a device, threat, group or classification, in UTF-16 code units. */
  public static final int MAX_ID_LENGTH = 200;

  /** Longest name, label or address, in UTF-16 code units. */
  public static final int MAX_NAME_LENGTH = 320;

  /** Longest section of a message, and longest notice, in UTF-16 code units before rendering. */
  public static final int MAX_TEXT_LENGTH = 4_000;

  /** Most blocked domains of one group, after normalising. */
  public static final int MAX_BLOCKED_DOMAINS = 10_000;

  /** Most apps that one device reports. */
  public static final int MAX_INSTALLED_APPS = 10_000;

  /** Longest wait before a rung (rules, section 4). */
  public static final Duration MAX_WAIT = Duration.ofDays(3650);

  /** Earliest instant of an event. */
  public static final Instant EARLIEST = Instant.EPOCH;

  /** Latest instant of an event. */
  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  Limits() {}

  /** {@return the most groups of a policy set; 10 000 unless set} */
  @Value.Default
  public int groups() {
    return 10_000;
  }

  /**
   * {@return the most groups on the path from a group to the root, both counted; 1 000 unless set}
   */
  @Value.Default
  public int groupDepth() {
    return 1_000;
  }

  /** {@return the most classifications of a tenant's own; 1 000 unless set} */
  @Value.Default
  public int classifications() {
    return 1_000;
  }

  /** {@return the most administrators; 1 000 unless set} */
  @Value.Default
  public int administrators() {
    return 1_000;
  }

  /**
   * {@return the most rules, the most actions and the most policies of a risk response; 1 000
   * unless set}
   */
  @Value.Default
  public int riskResponseObjects() {
    return 1_000;
  }

  /** {@return the most threats open on one device at a time, ignored ones too; 1 000 unless set} */
  @Value.Default
  public int threatsPerDevice() {
    return 1_000;
  }

  @Value.Check
  void check() {
    positive("groups", groups());
    positive("groupDepth", groupDepth());
    positive("classifications", classifications());
    positive("administrators", administrators());
    positive("riskResponseObjects", riskResponseObjects());
    positive("threatsPerDevice", threatsPerDevice());
  }

  private static void positive(String name, int value) {
    if (value <= 0) {
      throw invalid(name, value + " is not positive");
    }
  }

  /** {@return the default limits} */
  public static Limits defaults() {
    return builder().build();
  }

  /** {@return a builder in which every limit has its default} */
  public static Builder builder() {
    return new Builder();
  }

  /** Sets limits; not safe for use by several threads. */
  public static final class Builder extends ImmutableLimits.Builder {
    Builder() {}
  }
}
