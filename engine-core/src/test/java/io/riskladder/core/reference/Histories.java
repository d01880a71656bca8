package io.riskladder.core.reference;

import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceDisconnected;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.DeviceMoved;
import io.riskladder.core.device.DeviceEvent.DeviceReconnected;
import io.riskladder.core.device.DeviceEvent.DeviceRemoved;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.IssueRestored;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatEncountered;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.reference.History.ChangePolicy;
import io.riskladder.core.reference.History.Clock;
import io.riskladder.core.reference.History.OfDevice;
import io.riskladder.core.reference.History.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Generators of histories: few names, so that they meet; waits of whole hours, so that they tie.
 */
public final class Histories {
  static final List<String> DEVICES = List.of("d1", "D2", "d", "\uFF24", "\uD835\uDC9F");
  static final List<String> THREATS = List.of("t1", "t10", "T2");
  static final List<String> WEB_CONTENT = List.of("PHISHING_CONTENT", "DENYLISTED_CONTENT");
  static final String UNKNOWN = "NOBODY_KNOWS_IT";

  private Histories() {}

  /** {@return the ids of all devices that histories speak of} */
  public static List<String> devices() {
    return DEVICES;
  }

  /** {@return histories of every kind of event, some late, with three policy sets} */
  public static Arbitrary<History> any() {
    return Combinators.combine(policies(), enrolments(), anySteps(200))
        .as((policies, first, then) -> new History(policies, joined(first, then)));
  }

  private static List<Step> joined(List<Step> first, List<Step> then) {
    return Stream.concat(first.stream(), then.stream()).toList();
  }

  /** {@return every device enrolled but the last, so that what follows finds them} */
  private static Arbitrary<List<Step>> enrolments() {
    List<Arbitrary<Step>> enrolments =
        DEVICES.subList(0, DEVICES.size() - 1).stream().map(Histories::enrolment).toList();
    return Combinators.combine(enrolments).as(steps -> steps);
  }

  private static Arbitrary<Step> enrolment(String device) {
    return enrolled().map(event -> new OfDevice(Duration.ofMinutes(1), device, event));
  }

  /** {@return histories in which no event is late} */
  public static Arbitrary<History> inOrder() {
    return any().map(Histories::inOrder);
  }

  private static History inOrder(History history) {
    return history.without(step -> step.after().isNegative());
  }

  /**
   * {@return histories in which no event is late and the policies stay, so that devices have
   * nothing to do with each other}
   */
  public static Arbitrary<History> inOrderUnderOnePolicy() {
    return inOrder().map(history -> history.without(ChangePolicy.class::isInstance));
  }

  /** {@return three policy sets, mostly akin} */
  static Arbitrary<List<PolicySet>> policies() {
    return Arbitraries.longs().map(seed -> new PolicySets(seed).akin(3)).dontShrink();
  }

  static Arbitrary<List<Step>> anySteps(int max) {
    Arbitrary<Step> steps =
        Arbitraries.frequencyOf(
            Tuple.of(60, deviceSteps()),
            Tuple.of(6, policySteps()),
            Tuple.of(3, waits().map(Clock::new)));
    return steps.list().ofMaxSize(max).withSizeDistribution(RandomDistribution.uniform());
  }

  /** {@return time between steps: often none, in whole hours, sometimes a second more or less} */
  static Arbitrary<Duration> waits() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.just(Duration.ZERO)),
        Tuple.of(12, Arbitraries.integers().between(1, 12).map(Duration::ofHours)),
        Tuple.of(3, Arbitraries.integers().between(1, 4).map(Duration::ofDays)),
        Tuple.of(1, Arbitraries.of(Duration.ofSeconds(1), Duration.ofNanos(1))),
        Tuple.of(
            1, Arbitraries.of(Duration.ofHours(-6), Duration.ofDays(-2), Duration.ofNanos(-1))));
  }

  private static Arbitrary<Step> policySteps() {
    return Combinators.combine(
            waits(), Arbitraries.of(0, 1, 2), Arbitraries.of(PolicyChangeMode.values()))
        .as(ChangePolicy::new);
  }

  private static Arbitrary<Step> deviceSteps() {
    return Combinators.combine(waits(), Arbitraries.of(DEVICES), events()).as(OfDevice::new);
  }

  static Arbitrary<DeviceEvent.Reported> events() {
    Arbitrary<String> groups = Arbitraries.of(PolicySets.GROUPS);
    Arbitrary<String> threats = Arbitraries.of(THREATS);
    Arbitrary<String> detected =
        Arbitraries.frequencyOf(
            Tuple.of(30, Arbitraries.of(PolicySets.OVERRIDDEN)),
            Tuple.of(4, Arbitraries.just(PolicySets.OWN_SOMETIMES)),
            Tuple.of(1, Arbitraries.of(WEB_CONTENT)),
            Tuple.of(1, Arbitraries.just(UNKNOWN)));
    Arbitrary<String> encountered =
        Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.of(WEB_CONTENT)),
            Tuple.of(2, Arbitraries.just(PolicySets.OWN_SOMETIMES)),
            Tuple.of(1, Arbitraries.of(PolicySets.OWN, UNKNOWN)));
    Arbitrary<Optional<String>> by = Arbitraries.of(Optional.empty(), Optional.of("helpdesk"));
    return Arbitraries.frequencyOf(
        Tuple.of(4, enrolled()),
        Tuple.of(4, groups.map(DeviceMoved::new)),
        Tuple.of(1, Arbitraries.create(DeviceDisconnected::new)),
        Tuple.of(1, Arbitraries.create(DeviceReconnected::new)),
        Tuple.of(1, Arbitraries.create(DeviceRemoved::new)),
        Tuple.of(24, Combinators.combine(threats, detected).as(ThreatDetected::new)),
        Tuple.of(3, Combinators.combine(threats, encountered).as(ThreatEncountered::new)),
        Tuple.of(5, threats.map(ThreatResolved::new)),
        Tuple.of(8, Combinators.combine(threats, by).as(IssueIgnored::new)),
        Tuple.of(8, Combinators.combine(threats, by).as(IssueRestored::new)));
  }

  private static Arbitrary<DeviceEnrolled> enrolled() {
    return Combinators.combine(
            Arbitraries.of(PolicySets.GROUPS), Arbitraries.of(Platform.values()), apps())
        .as(DeviceEnrolled::new);
  }

  private static Arbitrary<Set<String>> apps() {
    return Arbitraries.of(PolicySets.APPS).set().ofMaxSize(2);
  }
}
