package io.riskladder.mobilerisk;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The engine that events go to. A host that keeps devices in a store of its own implements it; for
 * a {@link Fleet} there is {@link #of}. Called in the thread that hands events to {@link
 * FeedMapping}; may block; what it throws is thrown on, and the event at hand then counts as not
 * having come.
 */
public interface FeedTarget {

  /**
   * Lets the engine see an instant: what was due before it is entered. Called at most once an
   * event, before devices are asked for. An instant before the latest seen changes nothing.
   *
   * @param at when the event happened
   */
  void reach(Instant at);

  /**
   * {@return a device's state now}
   *
   * @param id the device's id
   * @throws IllegalArgumentException if it is no id
   */
  DeviceState device(String id);

  /** {@return the policies in force now} */
  CompiledPolicies policies();

  /**
   * Does what an event comes to: all of its actions, in order, or none. Called at most once an
   * event, after the other three; an event that comes again because this threw is handed in again.
   *
   * @param mapped the event, and what is to be done
   */
  void apply(Mapping.Mapped mapped);

  /**
   * {@return a fleet as a target}
   *
   * @param fleet the fleet
   * @param sink gets the effects, in order
   * @param numbers gives each action a number that is unique in the tenant
   */
  static FeedTarget of(Fleet fleet, EffectSink sink, LongSupplier numbers) {
    requireNonNull(fleet, "fleet");
    requireNonNull(sink, "sink");
    requireNonNull(numbers, "numbers");
    return new FeedTarget() {
      @Override
      public void reach(Instant at) {
        fleet.clock(at, sink);
      }

      @Override
      public DeviceState device(String id) {
        return fleet.device(id);
      }

      @Override
      public CompiledPolicies policies() {
        return fleet.policies().current();
      }

      @Override
      public void apply(Mapping.Mapped mapped) {
        for (FeedAction action : mapped.actions()) {
          long number = numbers.getAsLong();
          if (action instanceof FeedAction.OnDevice on) {
            fleet.apply(on.device(), on.event(), mapped.at(), number, sink);
          } else if (action instanceof FeedAction.OnPolicies on) {
            CompiledPolicies policies = on.policies().compile(policies().limits());
            fleet.changePolicies(policies, PolicyChangeMode.CONTINUE, mapped.at(), number, sink);
          }
        }
      }
    };
  }
}
