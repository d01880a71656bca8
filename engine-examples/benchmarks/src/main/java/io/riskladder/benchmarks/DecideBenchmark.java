package io.riskladder.benchmarks;

import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.benchmarks.workload.Workload;
import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.DeviceEvent.DeviceDisconnected;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.DeviceMoved;
import io.riskladder.core.device.DeviceEvent.DeviceRemoved;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.IssueRestored;
import io.riskladder.core.device.DeviceEvent.PolicyChanged;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatEncountered;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.DeviceEvent.TimePassed;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.core.threat.Classification;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one decision takes, by the event, on a device with one open threat on a ladder of four
 * rungs. All that it needs is near: a fleet has to wait for memory besides.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecideBenchmark {
  private static final Instant START = Workload.START;
  private static final int LONG_LADDER = 4;
  private static final String DEVICE = "5f0c7f3e-6d0b-4c5e-9a53-0e2a9d5f7c11";
  private static final String THREAT = "b2c1a6d4-13f7-4f2e-8f0a-7d9c35e1a042";

  /** The events. */
  public enum Event {
    /** A rung falls due. */
    RUNG_DUE,
    /** Time passes, and nothing is due. */
    NOTHING_DUE,
    /** A device is enrolled. */
    ENROLLED,
    /** A second threat is found. */
    DETECTED,
    /** The threat is found again. */
    DETECTED_AGAIN,
    /** Web content is met. */
    ENCOUNTERED,
    /** The threat is no more. */
    RESOLVED,
    /** The threat's issue is ignored. */
    IGNORED,
    /** It is ignored no longer. */
    RESTORED,
    /** The device falls silent. */
    DISCONNECTED,
    /** The device is moved to another group. */
    MOVED,
    /** Other policies are put in force. */
    POLICIES_CHANGED,
    /** The device leaves. */
    REMOVED
  }

  /** Which one. */
  @Param public Event event = Event.RUNG_DUE;

  private long seen;
  private final EffectSink sink = effect -> seen += effect.type().name().length();
  private PolicyArchive archive = PolicyArchive.startingWith(SampleFleet.policies(7).compile());
  private DeviceState state = DeviceState.unknown(DEVICE);
  private DeviceEvent happening = new TimePassed();
  private Instant at = START;

  /** Makes the device and the event. */
  @Setup
  public void prepare() {
    CompiledPolicies policies = new Rules().policySet().compile();
    archive = PolicyArchive.startingWith(policies);
    String group = "g00";
    String classification =
        policies.classifications().values().stream()
            .filter(kind -> !kind.isWebContent())
            .map(Classification::id)
            .filter(id -> ladder(policies, group, id).last() == LONG_LADDER - 1)
            .findFirst()
            .orElseThrow();
    state = DeviceState.unknown(DEVICE);
    if (event == Event.ENROLLED) {
      happening = new DeviceEnrolled(group, Platform.IOS);
      return;
    }
    take(new DeviceEnrolled(group, Platform.IOS));
    take(new ThreatDetected(THREAT, classification));
    at = state.nextDue().orElseThrow();
    if (event == Event.RUNG_DUE) {
      happening = new TimePassed();
      return;
    }
    take(new TimePassed());
    at = at.plusSeconds(60);
    happening =
        switch (event) {
          case RUNG_DUE, NOTHING_DUE -> new TimePassed();
          case ENROLLED, DETECTED -> new ThreatDetected(THREAT + "-2", classification);
          case DETECTED_AGAIN -> new ThreatDetected(THREAT, classification);
          case ENCOUNTERED -> new ThreatEncountered(THREAT, webContent(policies));
          case RESOLVED -> new ThreatResolved(THREAT);
          case IGNORED -> new IssueIgnored(THREAT, Optional.empty());
          case RESTORED -> {
            take(new IssueIgnored(THREAT, Optional.empty()));
            yield new IssueRestored(THREAT, Optional.empty());
          }
          case DISCONNECTED -> new DeviceDisconnected();
          case MOVED -> new DeviceMoved("g01");
          case POLICIES_CHANGED -> {
            archive = archive.replacedBy(new Rules().policySet().compile());
            yield new PolicyChanged(archive.currentVersion(), PolicyChangeMode.CONTINUE);
          }
          case REMOVED -> new DeviceRemoved();
        };
  }

  private static Ladder ladder(CompiledPolicies policies, String group, String classification) {
    return policies.group(group).flatMap(of -> of.ladder(classification)).orElseThrow();
  }

  /** {@return a kind of web content that administrators hear of} */
  private static String webContent(CompiledPolicies policies) {
    return policies.classifications().values().stream()
        .filter(Classification::isWebContent)
        .map(Classification::id)
        .filter(id -> ladder(policies, "g00", id).riskLevel(0).isReported())
        .findFirst()
        .orElseThrow();
  }

  private void take(DeviceEvent past) {
    state = state.decide(archive, past, at, 1).state();
  }

  /**
   * Decides, and hands the effects over.
   *
   * @return the new state
   */
  @Benchmark
  public DeviceState handed() {
    return state.decide(archive, happening, at, 1, sink);
  }

  /**
   * Decides, and makes a value of each effect.
   *
   * @return the decision
   */
  @Benchmark
  public Decision values() {
    return state.decide(archive, happening, at, 1);
  }
}
