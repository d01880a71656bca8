package io.riskladder.mdm.runtime;

import com.google.common.hash.Hashing;
import io.riskladder.core.device.Cause;
import io.riskladder.core.device.Decision;
import io.riskladder.core.device.DeviceEvent.PolicyChanged;
import io.riskladder.core.device.DeviceEvent.TimePassed;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeviceCommit;
import io.riskladder.mdm.spi.StoredAnswer;
import io.riskladder.mdm.spi.StoredDevice;
import io.riskladder.mdm.spi.StoredPolicies;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides on devices: versions of the policies that were not put to a device yet come first, each
 * at its own instant, then what is asked. Makes what is to be kept of it, and keeps nothing itself.
 */
final class Decisions {
  private static final TimePassed TIME_PASSED = new TimePassed();

  private final Policies policies;
  private final Set<Channel> channels;
  private final RandomGenerator chance;

  /**
   * Decides under policies.
   *
   * @param policies the policies
   * @param channels where effects are delivered; those of other channels are only told
   * @param chance what revisions are drawn from
   */
  Decisions(Policies policies, Set<Channel> channels, RandomGenerator chance) {
    this.policies = policies;
    this.channels = channels;
    this.chance = chance;
  }

  /** Decides on events of a device, in order. */
  DecidedDevice onEvents(
      String device, @Nullable StoredDevice stored, List<Submission> events, Instant now) {
    OneDevice one = new OneDevice(device, stored);
    for (Submission event : events) {
      one.happen(event, now);
    }
    return one.decided();
  }

  /** Enters the rungs of a device that are due, each at its own instant. */
  DecidedDevice onTime(StoredDevice stored, Instant now) {
    OneDevice one = new OneDevice(stored.state().id(), stored);
    one.enterDue(now);
    return one.decided();
  }

  /** Puts the versions of the policies to a device that were not put to it yet. */
  DecidedDevice onPolicies(StoredDevice stored) {
    return new OneDevice(stored.state().id(), stored).decided();
  }

  /** {@return the number that effects' ids are made of: always the same for an event's id} */
  static long number(String event) {
    return Hashing.sha256().hashString(event, StandardCharsets.UTF_8).asLong();
  }

  /** A device while decisions are made on it. */
  private final class OneDevice {
    private final String id;
    private final long expected;
    private final Policies.Known known;
    private DeviceState state;
    private int seen;
    private final List<DecidedDevice.Part> parts = new ArrayList<>();
    private final List<StoredAnswer> answers = new ArrayList<>();

    OneDevice(String id, @Nullable StoredDevice stored) {
      this.id = id;
      if (stored == null) {
        expected = StoredDevice.NONE;
        state = DeviceState.unknown(id);
        known = policies.known();
        seen = known.latest();
      } else {
        expected = stored.revision();
        state = stored.state();
        known = policies.upTo(stored.policies());
        seen = stored.policies();
        catchUp();
      }
    }

    private void catchUp() {
      for (StoredPolicies next : known.versions().subList(seen + 1, known.versions().size())) {
        PolicyChanged change = new PolicyChanged(next.version(), next.mode());
        Decision decision = state.decide(known.archive(), change, next.at(), next.version());
        state = decision.state();
        seen = next.version();
        parts.add(new DecidedDevice.Part(Optional.empty(), Optional.empty(), decision.effects()));
      }
    }

    void happen(Submission event, Instant now) {
      Instant at = event.at().filter(then -> then.isBefore(now)).orElse(now);
      Decision decision = state.decide(known.archive(), event.event(), at, number(event.id()));
      if (!(state instanceof EnrolledDevice)) {
        seen = known.latest();
      }
      state = decision.state();
      answers.add(new StoredAnswer(event.id(), id, now, decision.rejection()));
      Answer answer =
          new Answer(event.id(), id, now, decision.rejection(), decision.effects(), false);
      parts.add(
          new DecidedDevice.Part(Optional.of(event), Optional.of(answer), decision.effects()));
    }

    void enterDue(Instant now) {
      Optional<Instant> due = state.nextDue();
      while (due.isPresent() && !due.get().isAfter(now)) {
        Decision decision = state.decide(known.archive(), TIME_PASSED, due.get(), 0);
        state = decision.state();
        parts.add(new DecidedDevice.Part(Optional.empty(), Optional.empty(), decision.effects()));
        due = state.nextDue();
      }
    }

    DecidedDevice decided() {
      List<Effect> postings = new ArrayList<>();
      for (DecidedDevice.Part part : parts) {
        for (Effect effect : part.effects()) {
          if (Channel.of(effect.type()).filter(channels::contains).isPresent()) {
            postings.add(effect);
          }
        }
      }
      Optional<EnrolledDevice> kept =
          state instanceof EnrolledDevice enrolled ? Optional.of(enrolled) : Optional.empty();
      DeviceCommit commit =
          new DeviceCommit(id, expected, revision(), kept, seen, answers, postings);
      return new DecidedDevice(commit, List.copyOf(parts), rungs());
    }

    /** Rungs make their effects under a cause of their own, each rung at one instant. */
    private List<Instant> rungs() {
      return parts.stream()
          .flatMap(part -> part.effects().stream())
          .filter(effect -> effect.header().cause().equals(Cause.DUE))
          .map(Effect::at)
          .distinct()
          .toList();
    }

    private long revision() {
      long revision;
      do {
        revision = chance.nextLong();
      } while (revision == StoredDevice.NONE || revision == expected);
      return revision;
    }
  }
}
