package io.riskladder.mdm.spi;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the engine keeps what must not be lost: policies, devices, the ids of events that were
 * taken, and effects that are still to be delivered. One store may hold many tenants, which know
 * nothing of each other, and be used by many engines in many processes.
 *
 * <p>For all methods: they are called on engine threads, several at a time; they may block, and
 * should do so for seconds at most. Each is one transaction: when it returns, what it did is
 * durable; when it throws, it was done whole or not at all, and the engine, which cannot know
 * which, asks again later. So each may be repeated. Arguments are never null, and neither are
 * results; empty collections are allowed and come to nothing. Tenants and devices are ids of 1 to
 * 200 characters, compared exactly. Instants go from 1970 to the year 10 680 and are kept to the
 * nanosecond.
 *
 * <p>Claims keep engines from doing the same work twice; they are no locks. A claim ends when what
 * was claimed is committed or settled, or at its instant. What keeps a late engine from overwriting
 * others is the revision of a device, and the claim's name of a lane.
 */
public interface DeviceStore extends AutoCloseable {
  /**
   * {@return the policies of a tenant, all versions from 0 up that are not before one, in order}
   *
   * @param tenant the tenant's id
   * @param from the first version wanted
   */
  List<StoredPolicies> policies(String tenant, int from);

  /**
   * Adds a version of the policies.
   *
   * @param tenant the tenant's id
   * @param next the version after the latest one, or version 0
   * @return whether it was added; not if there is a version of that number, or none before it
   */
  boolean addPolicies(String tenant, StoredPolicies next);

  /**
   * {@return the devices of these ids that are enrolled, by id} Those that cannot be read are left
   * out here, as with {@link #scan}, {@link #claimDue} and {@link #claimOutdated}, so that they
   * keep nobody from the others; see {@link #unreadable}.
   *
   * @param tenant the tenant's id
   * @param devices the ids of devices
   */
  Map<String, StoredDevice> load(String tenant, Collection<String> devices);

  /**
   * {@return those of these devices that are enrolled, but whose state cannot be read, for a newer
   * version of the library wrote it, or it was damaged} Nothing is decided on them until they can
   * be. Called rarely: when a device that was not loaded turns out to be there.
   *
   * @param tenant the tenant's id
   * @param devices the ids of devices
   */
  default Set<String> unreadable(String tenant, Collection<String> devices) {
    return Set.of();
  }

  /**
   * {@return what is known of events that were taken before, by the event's id}
   *
   * @param tenant the tenant's id
   * @param events the ids of events
   */
  Map<String, StoredAnswer> answers(String tenant, Collection<String> events);

  /**
   * Keeps decisions: of each device the new state, when its next rung is due, the answers to its
   * events, and the effects to be delivered, behind those that wait already. A device whose
   * revision is not the expected one, or one of whose events has an answer already, is left as it
   * is, and so is all that belongs to it; the others are kept. Claims on the devices kept end.
   *
   * @param tenant the tenant's id
   * @param commits one or more devices, each once
   * @param now when: from here on the effects wait
   * @return the ids of the devices that were left as they are
   */
  Set<String> commit(String tenant, List<DeviceCommit> commits, Instant now);

  /**
   * Claims devices of which a rung is due, those first that have been due for longest.
   *
   * @param tenant the tenant's id
   * @param now up to when rungs are due; claims that end at this instant or before have ended
   * @param until when the claim is to end
   * @param limit how many devices at most
   * @return the devices
   */
  List<StoredDevice> claimDue(String tenant, Instant now, Instant until, int limit);

  /**
   * Claims devices to which a version of the policies was not put yet, in no order.
   *
   * @param tenant the tenant's id
   * @param version the version
   * @param now claims that end at this instant or before have ended
   * @param until when the claim is to end
   * @param limit how many devices at most
   * @return the devices
   */
  List<StoredDevice> claimOutdated(
      String tenant, int version, Instant now, Instant until, int limit);

  /**
   * {@return enrolled devices in an order of the store's own that never changes, those after one of
   * them; none only if there are no more}
   *
   * @param tenant the tenant's id
   * @param after the id of the last device that was seen; absent to begin
   * @param limit how many devices at most
   */
  List<StoredDevice> scan(String tenant, Optional<String> after, int limit);

  /**
   * Claims what waits to be delivered on a channel, those devices first that could have gone on for
   * longest: since they began to wait, or since the instant before which they were not to be
   * claimed. So neither what is new nor what is tried again waits for ever for the other. Of two
   * since the same instant, that one is first whose turn it was first. Of each device, what is
   * given is the first of what waits, in order, and on a channel of levels what is wanted of it
   * now.
   *
   * @param tenant the tenant's id
   * @param channel the channel
   * @param now when; what is not to be claimed before a later instant is left out, and claims that
   *     end at this instant or before have ended
   * @param until when the claim is to end
   * @param limit how many devices at most
   * @param perDevice how many effects of each device at most
   * @return the lanes
   */
  List<Lane> claimLanes(
      String tenant, Channel channel, Instant now, Instant until, int limit, int perDevice);

  /**
   * Takes note of what became of lanes, and ends their claims. A lane that was claimed anew since,
   * or is not there any more, is left as it is; but on a channel of levels it can then be claimed
   * once more, even if nothing waits: whoever was late may have delivered an old level last.
   *
   * @param tenant the tenant's id
   * @param results what became of lanes, each once
   * @param now when: that of dead letters
   */
  void settle(String tenant, List<LaneResult> results, Instant now);

  /**
   * Has the present levels of devices delivered once more, though nothing may wait. Devices that
   * are not enrolled have the level of a device of which nothing is wanted.
   *
   * @param tenant the tenant's id
   * @param channel a channel of levels
   * @param devices the ids of devices
   * @param now when: from here on they wait
   */
  void deliverAgain(String tenant, Channel channel, Collection<String> devices, Instant now);

  /**
   * {@return effects that were given up, by number}
   *
   * @param tenant the tenant's id
   * @param after the number of the last one that was seen; 0 to begin
   * @param limit how many at most
   */
  List<DeadLetter> deadLetters(String tenant, long after, int limit);

  /**
   * Takes dead letters out, to be delivered after all, behind what waits, or to be forgotten.
   *
   * @param tenant the tenant's id
   * @param numbers their numbers; those that are not there are passed over
   * @param deliver whether they are to be delivered
   * @param now when: from here on they wait to be delivered
   * @return how many there were
   */
  int takeDeadLetters(String tenant, Collection<Long> numbers, boolean deliver, Instant now);

  /**
   * Forgets answers to events.
   *
   * @param tenant the tenant's id
   * @param before those that were given before this instant
   * @param limit how many at most
   * @return how many were forgotten
   */
  int forgetAnswers(String tenant, Instant before, int limit);

  /**
   * {@return how much is held of a tenant; may be expensive, and need not be of one moment}
   *
   * @param tenant the tenant's id
   */
  StoreFigures figures(String tenant);

  /** Lets go of what the store holds of others; what it keeps stays. */
  @Override
  default void close() {}
}
