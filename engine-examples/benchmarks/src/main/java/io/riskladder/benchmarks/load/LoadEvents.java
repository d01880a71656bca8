package io.riskladder.benchmarks.load;

import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mdm.runtime.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What happens in a run: all devices are enrolled; some have a threat of which a rung comes due in
 * the run, evenly; and in the run threats are found, half of them with a ladder of which a rung is
 * entered before they are resolved, half of them at the highest level at once. The same for the
 * same size.
 */
final class LoadEvents {
  /** A rung for every so many events comes due of threats that were found before. */
  private static final int EVENTS_FOR_A_RUNG = 5;

  /** Every so many events one before is handed in again. */
  private static final int EVENTS_FOR_A_REPETITION = 50;

  private static final String LONG_LADDER = "OUT_OF_DATE_OS";
  private static final String SHORT_LADDER = "NO_DEVICE_LOCK";
  private static final String NO_LADDER = "ACTIVE_MITM";

  /** The wait of those ladders that were begun before. */
  static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final int devices;
  private final int events;
  private final Duration length;
  private final Duration shortWait;

  /** So many events after one in which a threat is found there is one in which it is resolved. */
  private final int until;

  LoadEvents(int devices, int rate, int seconds) {
    this.devices = devices;
    this.events = rate * seconds;
    this.length = Duration.ofSeconds(seconds);
    this.shortWait = Duration.ofSeconds(Math.max(1, seconds / 6));
    this.until = (int) (rate * shortWait.toSeconds() * 3 / 2) | 1;
  }

  PolicySet policies() {
    return PolicySet.builder()
        .riskResponse(RiskResponse.standard())
        .addGroup(
            DeviceGroup.builder()
                .id("everyone")
                .onDeviceThreatProtection(
                    new OnDeviceThreatProtection(true, List.of("acme.example")))
                .putPolicy(LONG_LADDER, ladder(LONGEST_WAIT, List.of(RiskLevel.HIGH)))
                .putPolicy(
                    SHORT_LADDER, ladder(shortWait, List.of(RiskLevel.MEDIUM, RiskLevel.HIGH)))
                .build())
        .addAdministrator(
            new Administrator("secops@acme.example", Set.of(RiskLevel.MEDIUM, RiskLevel.HIGH)))
        .build();
  }

  private static ClassificationPolicy ladder(Duration wait, List<RiskLevel> levels) {
    ClassificationPolicy.Builder ladder =
        ClassificationPolicy.builder().riskLevel(RiskLevel.LOW).response(Response.ALERT_DEVICE);
    for (RiskLevel level : levels) {
      ladder.addEscalation(
          Escalation.builder()
              .after(wait)
              .riskLevel(level)
              .response(
                  level == RiskLevel.HIGH
                      ? Response.BLOCK_DOMAINS_AND_ALERT
                      : Response.ALERT_DEVICE)
              .build());
    }
    return ladder.build();
  }

  int events() {
    return events;
  }

  /** {@return how many rungs come due of threats that are found before} */
  int rungs() {
    return Math.min(devices, events / EVENTS_FOR_A_RUNG);
  }

  /** {@return an enrolment, before all else that happens to the device} */
  Submission enrolment(int device, Instant now) {
    Platform platform = device % 2 == 0 ? Platform.IOS : Platform.ANDROID;
    return new Submission(
        "enrol-" + device,
        "d" + device,
        new DeviceEnrolled("everyone", platform),
        now.minus(LONGEST_WAIT));
  }

  /** {@return a threat on a device of its own, whose rung is due while the run lasts} */
  Submission before(int rung, Instant start) {
    Instant due = start.plus(length.multipliedBy(rung).dividedBy(rungs()));
    return new Submission(
        "before-" + rung,
        "d" + (long) rung * devices / rungs(),
        new ThreatDetected("before-" + rung, LONG_LADDER),
        due.minus(LONGEST_WAIT));
  }

  /** {@return an event of the run} */
  Submission event(int number) {
    if (number % EVENTS_FOR_A_REPETITION == EVENTS_FOR_A_REPETITION - 1) {
      return event(number - 1);
    }
    int found = number % 2 == 1 && number >= until ? number - until : number;
    DeviceEvent.Reported event =
        found < number
            ? new ThreatResolved("in-run-" + found)
            : new ThreatDetected("in-run-" + found, number % 4 < 2 ? SHORT_LADDER : NO_LADDER);
    int device = new SplittableRandom(found).nextInt(devices);
    return new Submission("in-run-" + number, "d" + device, event);
  }
}
