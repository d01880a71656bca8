package io.riskladder.core.reference;

import io.riskladder.core.device.DeviceEvent;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicySet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What happens to a fleet: policies, of which the first is in force at first, and steps.
 *
 * @param policies the policies, each of which compiles
 * @param steps what happens, in the order in which the engine hears of it
 */
public record History(List<PolicySet> policies, List<Step> steps) {
  /** Where every history begins: a time with minutes and nanoseconds, just before a month ends. */
  public static final Instant START = Instant.parse("2026-01-30T21:00:00.000000001Z");

  /** Something that happens, some time after the step before it; before it, if negative. */
  public sealed interface Step {
    /** {@return the time since the step before} */
    Duration after();
  }

  /** An event of a device. */
  public record OfDevice(Duration after, String device, DeviceEvent.Reported event)
      implements Step {}

  /** The policies of that number are to be in force. */
  public record ChangePolicy(Duration after, int policy, PolicyChangeMode mode) implements Step {}

  /** A look at the clock. */
  public record Clock(Duration after) implements Step {}

  /** {@return this history without some steps} */
  History without(Predicate<Step> left) {
    return new History(policies, steps.stream().filter(left.negate()).toList());
  }

  /** {@return when each step happens, each counted from the one before} */
  public List<Instant> instants() {
    List<Instant> instants = new ArrayList<>();
    Instant at = START;
    for (Step step : steps) {
      at = at.plus(step.after());
      instants.add(at);
    }
    return instants;
  }

  /** {@return the latest of the instants} */
  public Instant end() {
    return instants().stream().max(Instant::compareTo).orElse(START);
  }

  /** {@return the policies, compiled} */
  public List<CompiledPolicies> compiled() {
    return policies.stream().map(PolicySet::compile).toList();
  }

  /** {@return a fleet that has heard nothing yet} */
  public Fleet fleet() {
    return Fleet.under(policies.get(0).compile());
  }

  /** {@return the effects of the steps, and of what is due at the end of them} */
  public List<Effect> play() {
    List<Effect> effects = new ArrayList<>();
    Fleet fleet = fleet();
    play(fleet, EffectSink.of(effects::add));
    fleet.advanceTo(end(), EffectSink.of(effects::add));
    return effects;
  }

  /** Plays all steps on a fleet; step i, from 0, has the number i + 1. */
  public void play(Fleet fleet, EffectSink sink) {
    List<CompiledPolicies> compiled = compiled();
    for (int i = 0; i < steps.size(); i++) {
      take(fleet, compiled, i, sink);
    }
  }

  /** Plays one step. */
  public void take(Fleet fleet, List<CompiledPolicies> compiled, int i, EffectSink sink) {
    Instant at = instants().get(i);
    Step step = steps.get(i);
    if (step instanceof OfDevice ofDevice) {
      fleet.apply(ofDevice.device(), ofDevice.event(), at, i + 1, sink);
    } else if (step instanceof ChangePolicy change) {
      fleet.changePolicies(compiled.get(change.policy()), change.mode(), at, i + 1, sink);
    } else {
      fleet.clock(at, sink);
    }
  }
}
