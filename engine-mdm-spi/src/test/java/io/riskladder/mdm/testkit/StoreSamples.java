package io.riskladder.mdm.testkit;

import io.riskladder.core.device.Block;
import io.riskladder.core.device.Cause;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectHeader;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.IssueState;
import io.riskladder.core.device.Message;
import io.riskladder.core.device.PolicyBasis;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.device.RejectionReason;
import io.riskladder.core.device.Resolution;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeviceCommit;
import io.riskladder.mdm.spi.StoredAnswer;
import io.riskladder.mdm.spi.StoredPolicies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Things to put into a store. */
final class StoreSamples {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456789Z");

  private StoreSamples() {}

  static StoredPolicies policies(int version, String name) {
    return new StoredPolicies(
        version,
        PolicySet.builder()
            .name(name)
            .addGroups(
                DeviceGroup.builder().id("all").name("Everybody's \"ünïcode\" group").build())
            .build(),
        version == 0 ? PolicyChangeMode.CONTINUE : PolicyChangeMode.RESTART,
        NOON.plusSeconds(version));
  }

  /** {@return a device of which nothing is due} */
  static EnrolledDevice calm(String id) {
    return EnrolledDevice.builder()
        .id(id)
        .group("all")
        .platform(Platform.IOS)
        .desired(DesiredState.nothing())
        .lastSeen(NOON)
        .build();
  }

  /** {@return a device with a threat, whose next rung is due} */
  static EnrolledDevice due(String id, Instant due) {
    return EnrolledDevice.builder()
        .from(calm(id))
        .platform(Platform.ANDROID)
        .installedApps(Set.of("com.example.a", "com.example.B"))
        .connected(false)
        .policyVersion(3)
        .desired(labelled("High \"risk\""))
        .threats(
            Map.of(
                "t",
                ThreatState.builder()
                    .id("t")
                    .classification("OUT_OF_DATE_OS")
                    .rung(1)
                    .entered(Instant.EPOCH)
                    .nextDue(Optional.of(due))
                    .issue(IssueState.OPEN)
                    .build()))
        .build();
  }

  static DesiredState labelled(String label) {
    return new DesiredState(
        RiskLevel.HIGH,
        Block.INTERNET,
        Map.of(LabelState.Family.RISK, label),
        new TreeSet<>(Set.of("Stop")));
  }

  static EnrolledDevice wanting(String id, String label) {
    return EnrolledDevice.builder().from(calm(id)).desired(labelled(label)).build();
  }

  static StoredAnswer answer(String event, String device) {
    return new StoredAnswer(event, device, NOON, Optional.empty());
  }

  static StoredAnswer rejection(String event, String device) {
    return new StoredAnswer(event, device, NOON, Optional.of(RejectionReason.UNKNOWN_DEVICE));
  }

  /** {@return an effect on a channel; the name is in it} */
  static Effect effect(Channel channel, String device, String name, Instant at) {
    return switch (channel) {
      case NOTIFICATIONS ->
          new Effect.NotifyDevice(
              onThreat(device, name, at),
              RiskLevel.LOW,
              Response.ALERT_DEVICE,
              new Message(
                  "What's \"up\"?", "Ünïcode; -- 'quotes'\n\u0001 \ud83d\ude00", Optional.empty()));
      case MAIL ->
          new Effect.EmailAdministrators(
              onThreat(device, name, at), RiskLevel.HIGH, List.of("a@example.com"));
      case ISSUES ->
          new Effect.IssueResolved(onThreat(device, name, at), Resolution.DEVICE_REMOVED);
      case LABELS -> new Effect.AddLabel(onDevice(device, name, at), "High \"risk\"");
      case PROTECTION -> new Effect.BlockInternet(onDevice(device, name, at));
    };
  }

  static Effect effect(Channel channel, String device, String name) {
    return effect(channel, device, name, NOON);
  }

  private static EffectHeader onDevice(String device, String name, Instant at) {
    return EffectHeader.builder().at(at).id(name).device(device).cause(Cause.DUE).build();
  }

  private static EffectHeader onThreat(String device, String name, Instant at) {
    return EffectHeader.builder()
        .at(at)
        .id(name)
        .device(device)
        .threat("t")
        .classification("OUT_OF_DATE_OS")
        .cause(new Cause.Event(7))
        .basis(new PolicyBasis(1, Optional.of("all"), 3))
        .build();
  }

  static DeviceCommit commit(EnrolledDevice state, long expected, long revision) {
    return commit(state, expected, revision, List.of(), List.of());
  }

  static DeviceCommit commit(
      EnrolledDevice state,
      long expected,
      long revision,
      List<StoredAnswer> answers,
      List<Effect> postings) {
    return new DeviceCommit(
        state.id(), expected, revision, Optional.of(state), 0, answers, postings);
  }

  static DeviceCommit removal(String device, long expected, long revision) {
    return new DeviceCommit(device, expected, revision, Optional.empty(), 0, List.of(), List.of());
  }
}
