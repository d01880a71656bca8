package io.riskladder.mdm.store;

import static java.util.Comparator.comparing;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.Effect;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeadLetter;
import io.riskladder.mdm.spi.DeviceCommit;
import io.riskladder.mdm.spi.Lane;
import io.riskladder.mdm.spi.LaneResult;
import io.riskladder.mdm.spi.StoreFigures;
import io.riskladder.mdm.spi.StoredAnswer;
import io.riskladder.mdm.spi.StoredDevice;
import io.riskladder.mdm.spi.StoredPolicies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is kept of one tenant in memory. Not safe for use by several threads. */
final class TenantMemory {

  /** When the next rung of a device is due. */
  private record Turn(Instant at, String device) {}

  private static final Comparator<Turn> IN_TURN = comparing(Turn::at).thenComparing(Turn::device);

  /** When what waits for a device may be claimed; of those at once, who has waited for longest. */
  private record LaneTurn(Instant at, long since, String device) {}

  private static final Comparator<LaneTurn> LANES_IN_TURN =
      comparing(LaneTurn::at).thenComparingLong(LaneTurn::since);

  /** What waits for one device on one channel. */
  private static final class Queue {
    private final TreeMap<Long, Lane.Waiting> waiting = new TreeMap<>();
    private final long since;
    private Instant notBefore;
    private @Nullable String claim;
    private int failures;

    /** Whether the level is to be delivered, even if nothing waits. */
    private boolean again;

    Queue(long since, Instant notBefore) {
      this.since = since;
      this.notBefore = notBefore;
    }
  }

  /** All that waits on one channel. */
  private static final class Queues {
    private final Map<String, Queue> byDevice = new HashMap<>();
    private final TreeSet<LaneTurn> turns = new TreeSet<>(LANES_IN_TURN);
    private long made;

    /** {@return the queue of a device, which may be claimed from {@code now} on if it is new} */
    Queue of(String device, Instant now) {
      Queue known = byDevice.get(device);
      if (known == null) {
        known = new Queue(++made, now);
        byDevice.put(device, known);
        turns.add(new LaneTurn(known.notBefore, known.since, device));
      }
      return known;
    }

    void setTurn(String device, Queue queue, Instant notBefore) {
      turns.remove(new LaneTurn(queue.notBefore, queue.since, device));
      queue.notBefore = notBefore;
      turns.add(new LaneTurn(notBefore, queue.since, device));
    }

    void remove(String device) {
      Queue queue = byDevice.remove(device);
      if (queue != null) {
        turns.remove(new LaneTurn(queue.notBefore, queue.since, device));
      }
    }
  }

  private final List<StoredPolicies> policies = new ArrayList<>();
  private final TreeMap<String, StoredDevice> devices = new TreeMap<>();
  private final TreeSet<Turn> due = new TreeSet<>(IN_TURN);
  private final Map<String, Instant> claims = new HashMap<>();
  private final Map<String, StoredAnswer> answers = new HashMap<>();
  private final Map<Channel, Queues> channels = new EnumMap<>(Channel.class);
  private final TreeMap<Long, DeadLetter> dead = new TreeMap<>();
  private long lastNumber;
  private long lastClaim;

  TenantMemory() {
    for (Channel channel : Channel.values()) {
      channels.put(channel, new Queues());
    }
  }

  private Queues queues(Channel channel) {
    Queues known = channels.get(channel);
    if (known == null) {
      throw new IllegalStateException(channel + " has no queues");
    }
    return known;
  }

  List<StoredPolicies> policies(int from) {
    return from < policies.size()
        ? List.copyOf(policies.subList(Math.max(0, from), policies.size()))
        : List.of();
  }

  boolean addPolicies(StoredPolicies next) {
    return next.version() == policies.size() && policies.add(next);
  }

  Map<String, StoredDevice> load(Collection<String> ids) {
    return some(devices, ids);
  }

  Map<String, StoredAnswer> answers(Collection<String> events) {
    return some(answers, events);
  }

  private static <V> Map<String, V> some(Map<String, V> all, Collection<String> keys) {
    Map<String, V> some = new HashMap<>();
    for (String key : keys) {
      V value = all.get(key);
      if (value != null) {
        some.put(key, value);
      }
    }
    return some;
  }

  Set<String> commit(List<DeviceCommit> commits, Instant now) {
    Set<String> left = new HashSet<>();
    for (DeviceCommit commit : commits) {
      StoredDevice known = devices.get(commit.device());
      long revision = known == null ? StoredDevice.NONE : known.revision();
      if (revision != commit.expected()
          || commit.answers().stream().anyMatch(answer -> answers.containsKey(answer.event()))) {
        left.add(commit.device());
      } else {
        keep(commit, now);
      }
    }
    return left;
  }

  private void keep(DeviceCommit commit, Instant now) {
    String id = commit.device();
    StoredDevice before = devices.remove(id);
    if (before != null) {
      before.state().nextDue().ifPresent(at -> due.remove(new Turn(at, id)));
    }
    claims.remove(id);
    commit
        .state()
        .ifPresent(
            state -> {
              devices.put(id, new StoredDevice(state, commit.revision(), commit.policies()));
              state.nextDue().ifPresent(at -> due.add(new Turn(at, id)));
            });
    commit.answers().forEach(answer -> answers.put(answer.event(), answer));
    commit.postings().forEach(effect -> post(effect, now));
  }

  private void post(Effect effect, Instant now) {
    Channel channel = Channel.of(effect.type()).orElseThrow();
    String device = effect.header().device().orElseThrow();
    long number = ++lastNumber;
    queues(channel).of(device, now).waiting.put(number, new Lane.Waiting(number, effect, now));
  }

  List<StoredDevice> claimDue(Instant now, Instant until, int limit) {
    return claim(
        Iterables.transform(due.headSet(new Turn(now.plusNanos(1), ""), false), Turn::device),
        now,
        until,
        limit);
  }

  List<StoredDevice> claimOutdated(int version, Instant now, Instant until, int limit) {
    return claim(
        Iterables.transform(
            Iterables.filter(devices.values(), device -> device.policies() < version),
            device -> device.state().id()),
        now,
        until,
        limit);
  }

  private List<StoredDevice> claim(Iterable<String> ids, Instant now, Instant until, int limit) {
    List<StoredDevice> claimed = new ArrayList<>();
    Iterator<String> next = ids.iterator();
    while (claimed.size() < limit && next.hasNext()) {
      String id = next.next();
      Instant claimedUntil = claims.get(id);
      StoredDevice device = devices.get(id);
      if (device != null && (claimedUntil == null || !claimedUntil.isAfter(now))) {
        claims.put(id, until);
        claimed.add(device);
      }
    }
    return claimed;
  }

  List<StoredDevice> scan(Optional<String> after, int limit) {
    return after.map(id -> devices.tailMap(id, false)).orElse(devices).values().stream()
        .limit(limit)
        .toList();
  }

  List<Lane> claimLanes(Channel channel, Instant now, Instant until, int limit, int perDevice) {
    Queues queues = queues(channel);
    List<LaneTurn> turns =
        queues.turns.headSet(new LaneTurn(now, Long.MAX_VALUE, ""), true).stream()
            .limit(limit)
            .toList();
    List<Lane> lanes = new ArrayList<>();
    for (LaneTurn turn : turns) {
      Queue queue = queues.of(turn.device(), now);
      queues.setTurn(turn.device(), queue, until);
      queue.again = false;
      String claim = Long.toString(++lastClaim);
      queue.claim = claim;
      lanes.add(
          new Lane(
              channel,
              turn.device(),
              claim,
              queue.failures,
              queue.waiting.values().stream().limit(perDevice).toList(),
              channel.isLevel() ? desired(turn.device()) : DesiredState.nothing()));
    }
    return lanes;
  }

  private DesiredState desired(String id) {
    StoredDevice device = devices.get(id);
    return device == null ? DesiredState.nothing() : device.state().desired();
  }

  void settle(List<LaneResult> results, Instant now) {
    for (LaneResult result : results) {
      Lane lane = result.lane();
      Queues queues = queues(lane.channel());
      Queue queue = queues.byDevice.get(lane.device());
      if (queue != null && lane.claim().equals(queue.claim)) {
        settle(result, queues, queue, now);
      } else if (lane.channel().isLevel()) {
        queues.of(lane.device(), now).again = true;
      }
    }
  }

  private void settle(LaneResult result, Queues queues, Queue queue, Instant now) {
    String device = result.lane().device();
    result.gone().forEach(queue.waiting::remove);
    result
        .dead()
        .forEach(
            (number, reason) -> {
              Lane.Waiting one = queue.waiting.remove(number);
              if (one != null) {
                Channel channel = result.lane().channel();
                dead.put(number, new DeadLetter(number, channel, one.effect(), reason, now));
              }
            });
    queue.claim = null;
    queue.failures = result.failures();
    queue.again |= result.lane().waiting().isEmpty() && result.failures() > 0;
    if (queue.waiting.isEmpty() && !queue.again) {
      queues.remove(device);
    } else {
      queues.setTurn(device, queue, result.notBefore());
    }
  }

  void deliverAgain(Channel channel, Collection<String> ids, Instant now) {
    ids.forEach(id -> queues(channel).of(id, now).again = true);
  }

  List<DeadLetter> deadLetters(long after, int limit) {
    return dead.tailMap(after, false).values().stream().limit(limit).toList();
  }

  int takeDeadLetters(Collection<Long> numbers, boolean deliver, Instant now) {
    int taken = 0;
    for (long number : numbers) {
      DeadLetter letter = dead.remove(number);
      if (letter != null) {
        taken++;
        if (deliver) {
          post(letter.effect(), now);
        }
      }
    }
    return taken;
  }

  int forgetAnswers(Instant before, int limit) {
    List<String> old =
        answers.values().stream()
            .filter(answer -> answer.at().isBefore(before))
            .limit(limit)
            .map(StoredAnswer::event)
            .toList();
    old.forEach(answers::remove);
    return old.size();
  }

  StoreFigures figures() {
    ImmutableMap.Builder<Channel, Long> waiting = ImmutableMap.builder();
    ImmutableMap.Builder<Channel, Instant> oldest = ImmutableMap.builder();
    channels.forEach(
        (channel, queues) -> {
          List<Effect> all =
              queues.byDevice.values().stream()
                  .flatMap(queue -> queue.waiting.values().stream())
                  .map(Lane.Waiting::effect)
                  .toList();
          all.stream()
              .map(Effect::at)
              .min(Instant::compareTo)
              .ifPresent(
                  at -> {
                    waiting.put(channel, (long) all.size());
                    oldest.put(channel, at);
                  });
        });
    return new StoreFigures(
        devices.size(),
        due.isEmpty() ? Optional.empty() : Optional.of(due.first().at()),
        waiting.buildOrThrow(),
        oldest.buildOrThrow(),
        dead.size());
  }
}
