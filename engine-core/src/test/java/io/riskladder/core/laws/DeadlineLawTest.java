package io.riskladder.core.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.TimePassed;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.Effect.NotifyDevice;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A text never promises a time that the ladder does not keep (rules, section 5). */
final class DeadlineLawTest {
  private static final ZoneId ZONE = ZoneId.of("America/St_Johns");
  private static final Instant START = Instant.parse("2026-03-01T02:30:00.5Z");
  private static final Instant END = START.plus(Duration.ofDays(400));
  private static final List<RiskLevel> LEVELS =
      List.of(RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH);

  @Provide
  Arbitrary<List<Duration>> waits() {
    return Arbitraries.longs()
        .between(1, Duration.ofDays(100).toSeconds())
        .map(Duration::ofSeconds)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Property
  void a_deadline_told_is_the_instant_at_which_the_rung_is_entered(
      @ForAll("waits") List<Duration> waits) {
    List<NotifyDevice> told = notifications(waits);
    Instant last = told.get(told.size() - 1).at();
    for (int i = 0; i < told.size() - 1; i++) {
      Instant at = told.get(i).at();
      Instant next = told.get(i + 1).at();
      String expected =
          daysUp(at, last) + " " + date(last) + " " + daysUp(at, next) + " " + date(next);
      assertEquals(expected, told.get(i).message().description());
    }
    assertEquals("0  0 ", told.get(told.size() - 1).message().description());
    assertEquals(waits.size() + 1, told.size());
  }

  private static String date(Instant instant) {
    return LocalDate.ofInstant(instant, ZONE).toString();
  }

  private static long daysUp(Instant from, Instant to) {
    return (long) Math.ceil(Duration.between(from, to).toSeconds() / 86_400.0);
  }

  private static List<NotifyDevice> notifications(List<Duration> waits) {
    PolicyArchive policies = PolicyArchive.startingWith(policies(waits).compile());
    List<Effect> effects = new ArrayList<>();
    Decision decision =
        DeviceState.unknown("phone")
            .decide(policies, new DeviceEnrolled("root", Platform.ANDROID), START, 1);
    decision =
        decision.state().decide(policies, new ThreatDetected("t", "OUT_OF_DATE_OS"), START, 2);
    effects.addAll(decision.effects());
    effects.addAll(decision.state().decide(policies, new TimePassed(), END, 3).effects());
    return effects.stream()
        .filter(NotifyDevice.class::isInstance)
        .map(NotifyDevice.class::cast)
        .toList();
  }

  private static PolicySet policies(List<Duration> waits) {
    ClassificationPolicy.Builder policy =
        ClassificationPolicy.builder()
            .riskLevel(RiskLevel.ADVISORY)
            .response(Response.ALERT_DEVICE)
            .message(
                CustomMessage.of("{daysLeft} {deadline} {daysToNextStep} {nextStep}", "Update."));
    for (int i = 0; i < waits.size(); i++) {
      policy.addEscalation(
          Escalation.builder()
              .after(waits.get(i))
              .riskLevel(LEVELS.get(i))
              .response(Response.ALERT_DEVICE)
              .build());
    }
    return PolicySet.builder()
        .timeZone(ZONE)
        .addGroup(
            DeviceGroup.builder().id("root").putPolicy("OUT_OF_DATE_OS", policy.build()).build())
        .build();
  }
}
