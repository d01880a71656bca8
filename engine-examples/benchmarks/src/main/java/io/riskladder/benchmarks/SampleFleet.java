package io.riskladder.benchmarks;

import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.fleet.Fleet;
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
import io.riskladder.core.threat.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A fleet like that of a large tenant: 50 groups, 30 kinds of threats with a weekly ladder each in
 * the root, three threats on two devices on average, found over two weeks. The same on every run.
 */
final class SampleFleet {
  private static final int GROUPS = 50;
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration FOUND_OVER = Duration.ofDays(14);

  /** The kinds of threats, by their classifications. */
  static final List<String> CLASSIFICATIONS =
      Catalogue.builtIn().values().stream()
          .filter(classification -> !classification.isWebContent())
          .map(classification -> classification.id())
          .limit(30)
          .toList();

  private SampleFleet() {}

  /**
   * {@return the policies}
   *
   * @param firstWait days on the first rung, for the first kind of threats
   */
  static PolicySet policies(int firstWait) {
    return policies(firstWait, 7, Response.ALERT_DEVICE);
  }

  /** {@return policies that differ for every kind of threat: shorter waits, and Low blocks} */
  static PolicySet shorter() {
    return policies(5, 5, Response.BLOCK_DOMAINS_AND_ALERT);
  }

  private static PolicySet policies(int firstWait, int otherWaits, Response atLow) {
    PolicySet.Builder set =
        PolicySet.builder()
            .riskResponse(RiskResponse.standard())
            .addAdministrator(
                new Administrator(
                    "secops@acme.example",
                    Set.of(RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH)));
    for (int i = 0; i < GROUPS; i++) {
      DeviceGroup.Builder group = DeviceGroup.builder().id(group(i));
      if (i == 0) {
        group.onDeviceThreatProtection(new OnDeviceThreatProtection(true, List.of("acme.example")));
        for (String classification : CLASSIFICATIONS) {
          boolean first = classification.equals(CLASSIFICATIONS.get(0));
          group.putPolicy(classification, ladder(first ? firstWait : otherWaits, atLow));
        }
      } else {
        group.parent(group((i - 1) / 4));
      }
      set.addGroup(group.build());
    }
    return set.build();
  }

  private static String group(int i) {
    return "group-" + i;
  }

  private static ClassificationPolicy ladder(int firstWait, Response atLow) {
    return ClassificationPolicy.builder()
        .riskLevel(RiskLevel.ADVISORY)
        .response(Response.ALERT_DEVICE)
        .addEscalation(after(firstWait, RiskLevel.LOW, atLow))
        .addEscalation(after(7, RiskLevel.MEDIUM, Response.ALERT_DEVICE))
        .addEscalation(after(7, RiskLevel.HIGH, Response.BLOCK_DOMAINS_AND_ALERT))
        .build();
  }

  private static Escalation after(int days, RiskLevel level, Response response) {
    return Escalation.builder()
        .after(Duration.ofDays(days))
        .riskLevel(level)
        .response(response)
        .build();
  }

  /** {@return the fleet, two weeks on} */
  static Fleet of(int devices) {
    Random random = new Random(1);
    Fleet fleet = Fleet.under(policies(7).compile());
    long number = 0;
    for (int i = 0; i < devices; i++) {
      DeviceEnrolled enrolled =
          new DeviceEnrolled(
              group(random.nextInt(GROUPS)),
              random.nextBoolean() ? Platform.IOS : Platform.ANDROID);
      fleet.apply("device-" + i, enrolled, START, ++number, effect -> {});
    }
    int threats = devices + devices / 2;
    for (int i = 0; i < threats; i++) {
      Instant at = START.plus(FOUND_OVER.multipliedBy(i).dividedBy(threats));
      String classification = CLASSIFICATIONS.get(random.nextInt(CLASSIFICATIONS.size()));
      fleet.apply(
          "device-" + random.nextInt(devices),
          new ThreatDetected("threat-" + i, classification),
          at,
          ++number,
          effect -> {});
    }
    return fleet;
  }
}
