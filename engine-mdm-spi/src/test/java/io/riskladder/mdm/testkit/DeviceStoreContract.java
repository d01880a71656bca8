package io.riskladder.mdm.testkit;

import static io.riskladder.mdm.testkit.StoreSamples.NOON;
import static io.riskladder.mdm.testkit.StoreSamples.answer;
import static io.riskladder.mdm.testkit.StoreSamples.calm;
import static io.riskladder.mdm.testkit.StoreSamples.commit;
import static io.riskladder.mdm.testkit.StoreSamples.due;
import static io.riskladder.mdm.testkit.StoreSamples.effect;
import static io.riskladder.mdm.testkit.StoreSamples.labelled;
import static io.riskladder.mdm.testkit.StoreSamples.policies;
import static io.riskladder.mdm.testkit.StoreSamples.rejection;
import static io.riskladder.mdm.testkit.StoreSamples.removal;
import static io.riskladder.mdm.testkit.StoreSamples.wanting;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.Limits;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.mdm.spi.Channel;
import io.riskladder.mdm.spi.DeadLetter;
import io.riskladder.mdm.spi.DeviceCommit;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.Lane;
import io.riskladder.mdm.spi.LaneResult;
import io.riskladder.mdm.spi.StoreFigures;
import io.riskladder.mdm.spi.StoredAnswer;
import io.riskladder.mdm.spi.StoredDevice;
import io.riskladder.mdm.spi.StoredPolicies;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link DeviceStore} has to keep to. Extend it, say how a store is made, and run it:
 *
 * <pre>{@code
 * final class MyStoreTest extends DeviceStoreContract {
 *   @Override
 *   protected DeviceStore newStore() {
 *     return new MyStore(emptyDatabase());
 *   }
 * }
 * }</pre>
 */
public abstract class DeviceStoreContract {
  private static final String TENANT = "contoso";
  private static final Instant LATER = NOON.plusSeconds(60);
  private static final Instant NEVER = NOON.plusSeconds(1_000_000);
  private static final int MANY = 1_000;
  private static final List<Channel> CHANNELS = List.of(Channel.values());

  private DeviceStore store;

  /** Not to be called but by those who extend it. */
  protected DeviceStoreContract() {}

  /**
   * {@return a store with nothing in it, to be used by several threads; closed after the test}
   *
   * @throws Exception if there is none, which fails the test
   */
  protected abstract DeviceStore newStore() throws Exception;

  @BeforeEach
  final void openStore() throws Exception {
    store = newStore();
  }

  @AfterEach
  final void closeStore() throws Exception {
    if (store != null) {
      store.close();
      store.close(); // nothing is left to let go of
    }
  }

  private Set<String> commitAll(DeviceCommit... commits) {
    return store.commit(TENANT, List.of(commits), NOON);
  }

  private void keep(DeviceCommit... commits) {
    assertEquals(Set.of(), commitAll(commits));
  }

  /** Posts effects of one device that is not enrolled; their ids are the names. */
  private void post(Channel channel, String device, String... names) {
    post(NOON, channel, device, names);
  }

  private void post(Instant now, Channel channel, String device, String... names) {
    List<Effect> effects = Stream.of(names).map(name -> effect(channel, device, name)).toList();
    DeviceCommit commit = new DeviceCommit(device, 0, 1, Optional.empty(), 0, List.of(), effects);
    assertEquals(Set.of(), store.commit(TENANT, List.of(commit), now));
  }

  private StoredDevice loaded(String device) {
    return there(store.load(TENANT, List.of(device)), device);
  }

  private StoredAnswer answered(String event) {
    return there(store.answers(TENANT, List.of(event)), event);
  }

  private static <V> V there(Map<String, V> all, String key) {
    return requireNonNull(all.get(key), () -> "nothing is there of " + key);
  }

  private static List<String> ids(Collection<StoredDevice> devices) {
    return devices.stream().map(device -> device.state().id()).toList();
  }

  private static List<String> names(Lane lane) {
    return lane.waiting().stream().map(waiting -> waiting.effect().id()).toList();
  }

  private static List<Instant> posted(Lane lane) {
    return lane.waiting().stream().map(Lane.Waiting::posted).toList();
  }

  private static List<Long> numbers(Lane lane) {
    return lane.waiting().stream().map(Lane.Waiting::number).toList();
  }

  private List<Lane> claim(Channel channel, Instant now, Instant until) {
    return store.claimLanes(TENANT, channel, now, until, MANY, MANY);
  }

  private Lane claimOne(Channel channel, Instant now, Instant until) {
    List<Lane> lanes = claim(channel, now, until);
    assertEquals(1, lanes.size(), () -> "lanes: " + lanes);
    return lanes.get(0);
  }

  private void settle(Lane lane, List<Long> gone, int failures, Instant notBefore) {
    store.settle(TENANT, List.of(new LaneResult(lane, gone, Map.of(), failures, notBefore)), NOON);
  }

  private void settleAll(Lane lane) {
    settle(lane, numbers(lane), 0, NOON);
  }

  private void bury(Lane lane, long number, String reason, Instant at) {
    store.settle(
        TENANT, List.of(new LaneResult(lane, List.of(), Map.of(number, reason), 0, NOON)), at);
  }

  // policies

  @Test
  void a_tenant_has_no_policies_until_some_are_added() {
    assertEquals(List.of(), store.policies(TENANT, 0));

    assertTrue(store.addPolicies(TENANT, policies(0, "first")));

    assertEquals(List.of(policies(0, "first")), store.policies(TENANT, 0));
  }

  @Test
  void policies_are_given_from_a_version_up_in_order() {
    for (int version = 0; version < 12; version++) {
      assertTrue(store.addPolicies(TENANT, policies(version, "v" + version)));
    }

    assertEquals(
        List.of(policies(9, "v9"), policies(10, "v10"), policies(11, "v11")),
        store.policies(TENANT, 9));
    assertEquals(12, store.policies(TENANT, 0).size());
    assertEquals(List.of(), store.policies(TENANT, 12));
  }

  @Test
  void a_version_is_added_behind_the_latest_only() {
    assertFalse(store.addPolicies(TENANT, policies(1, "no 0 yet")));
    assertFalse(store.addPolicies(TENANT, policies(-1, "below all")));
    assertTrue(store.addPolicies(TENANT, policies(0, "first")));
    assertFalse(store.addPolicies(TENANT, policies(0, "first again")));
    assertFalse(store.addPolicies(TENANT, policies(2, "no 1 yet")));
    assertFalse(store.addPolicies(TENANT, policies(-1, "below all")));

    assertEquals(List.of(policies(0, "first")), store.policies(TENANT, 0));
  }

  // devices

  @Test
  void what_is_committed_is_loaded() {
    EnrolledDevice state = due("d", LATER);
    keep(new DeviceCommit("d", 0, 17, Optional.of(state), 5, List.of(), List.of()));

    assertEquals(
        Map.of("d", new StoredDevice(state, 17, 5)),
        store.load(TENANT, List.of("d", "unknown", "d")));
    assertEquals(Set.of(), store.unreadable(TENANT, List.of("d", "unknown", "d")));
  }

  @Test
  void nothing_asked_and_nothing_given_come_to_nothing() {
    keep(commit(due("d", NOON), 0, 1, List.of(answer("e", "d")), List.of()));

    assertEquals(Map.of(), store.load(TENANT, List.of()));
    assertEquals(Map.of(), store.load(TENANT, List.of("unknown")));
    assertEquals(Set.of(), store.unreadable(TENANT, List.of()));
    assertEquals(Set.of(), store.unreadable(TENANT, List.of("unknown")));
    assertEquals(Map.of(), store.answers(TENANT, List.of()));
    assertEquals(Map.of(), store.answers(TENANT, List.of("unknown")));
    assertEquals(Set.of(), store.commit(TENANT, List.of(), NOON));
    assertEquals(0, store.takeDeadLetters(TENANT, List.of(), true, NOON));
    assertEquals(List.of(), store.deadLetters(TENANT, 0, MANY));
    assertEquals(List.of(), claim(Channel.LABELS, NOON, LATER));
    store.settle(TENANT, List.of(), NOON);
    assertEquals(1, store.load(TENANT, List.of("d")).size());
  }

  @Test
  void limits_of_nothing_give_nothing_and_claim_nothing() {
    keep(
        commit(
            due("d", NOON),
            0,
            1,
            List.of(answer("e", "d")),
            List.of(effect(Channel.MAIL, "d", "m"))));

    assertEquals(List.of(), store.claimDue(TENANT, NOON, LATER, 0));
    assertEquals(List.of(), store.claimOutdated(TENANT, 1, NOON, LATER, 0));
    assertEquals(List.of(), store.scan(TENANT, Optional.empty(), 0));
    assertEquals(List.of(), store.claimLanes(TENANT, Channel.MAIL, NOON, LATER, 0, MANY));
    assertEquals(0, store.forgetAnswers(TENANT, LATER, 0));
    assertEquals(List.of("d"), ids(store.claimDue(TENANT, NOON, LATER, MANY)));
    assertEquals(1, claim(Channel.MAIL, NOON, LATER).size());
    assertEquals(1, store.answers(TENANT, List.of("e")).size());
  }

  @Test
  void a_commit_replaces_the_state_and_its_revision() {
    keep(commit(calm("d"), 0, 1));
    EnrolledDevice next = due("d", LATER);
    keep(new DeviceCommit("d", 1, 2, Optional.of(next), 9, List.of(), List.of()));

    assertEquals(Map.of("d", new StoredDevice(next, 2, 9)), store.load(TENANT, List.of("d")));
  }

  @Test
  void a_device_is_left_if_it_is_there_though_none_was_expected() {
    keep(commit(calm("d"), 0, 1));

    assertEquals(Set.of("d"), commitAll(commit(due("d", NOON), 0, 2)));

    assertEquals(Map.of("d", new StoredDevice(calm("d"), 1, 0)), store.load(TENANT, List.of("d")));
    assertEquals(List.of(), store.claimDue(TENANT, NOON, LATER, MANY));
  }

  @Test
  void a_device_is_left_if_it_is_not_there_though_it_was_expected() {
    assertEquals(Set.of("d"), commitAll(commit(calm("d"), 1, 2)));
    assertEquals(Set.of("d"), commitAll(removal("d", 1, 2)));

    assertEquals(Map.of(), store.load(TENANT, List.of("d")));
  }

  @Test
  void a_device_that_is_left_leaves_all_that_belongs_to_it() {
    keep(commit(calm("old"), 0, 1), commit(calm("other"), 0, 1));
    keep(commit(calm("old"), 1, 2));

    assertEquals(
        Set.of("old"),
        commitAll(
            commit(
                due("old", NOON),
                1,
                3,
                List.of(answer("e-old", "old")),
                List.of(effect(Channel.MAIL, "old", "m-old"))),
            commit(
                due("other", NOON),
                1,
                3,
                List.of(answer("e-other", "other")),
                List.of(effect(Channel.MAIL, "other", "m-other"))),
            commit(
                due("new", NOON),
                0,
                3,
                List.of(answer("e-new", "new")),
                List.of(effect(Channel.MAIL, "new", "m-new")))));

    assertEquals(
        Map.of(
            "old", new StoredDevice(calm("old"), 2, 0),
            "other", new StoredDevice(due("other", NOON), 3, 0),
            "new", new StoredDevice(due("new", NOON), 3, 0)),
        store.load(TENANT, List.of("old", "other", "new")));
    assertEquals(
        Set.of("e-other", "e-new"),
        store.answers(TENANT, List.of("e-old", "e-other", "e-new")).keySet());
    assertEquals(
        List.of("other", "new"),
        claim(Channel.MAIL, NOON, LATER).stream().map(Lane::device).toList());
    assertEquals(
        Set.of("other", "new"), Set.copyOf(ids(store.claimDue(TENANT, NOON, LATER, MANY))));
  }

  @Test
  void a_device_is_left_if_one_of_its_events_has_an_answer_and_so_are_its_other_events() {
    keep(commit(calm("a"), 0, 1, List.of(answer("e1", "a")), List.of()), commit(calm("b"), 0, 1));

    assertEquals(
        Set.of("a", "new"),
        commitAll(
            commit(
                due("a", NOON),
                1,
                2,
                List.of(answer("e0", "a"), answer("e1", "a"), answer("e2", "a")),
                List.of(effect(Channel.LABELS, "a", "l"))),
            commit(calm("b"), 1, 2, List.of(answer("e3", "b")), List.of()),
            commit(calm("new"), 0, 2, List.of(rejection("e1", "new")), List.of())));

    assertEquals(
        Map.of("a", new StoredDevice(calm("a"), 1, 0), "b", new StoredDevice(calm("b"), 2, 0)),
        store.load(TENANT, List.of("a", "b", "new")));
    assertEquals(
        Map.of("e1", answer("e1", "a"), "e3", answer("e3", "b")),
        store.answers(TENANT, List.of("e0", "e1", "e2", "e3")));
    assertEquals(List.of(), claim(Channel.LABELS, NOON, LATER));
    keep(commit(calm("a"), 1, 3, List.of(answer("e0", "a"), answer("e2", "a")), List.of()));
  }

  @Test
  void of_two_devices_in_one_commit_that_answer_the_same_event_the_second_is_left() {
    keep(commit(calm("b"), 0, 1));

    assertEquals(
        Set.of("b"),
        commitAll(
            commit(calm("c"), 0, 2, List.of(answer("e", "c")), List.of()),
            commit(calm("b"), 1, 2, List.of(answer("e", "b"), answer("f", "b")), List.of()),
            commit(calm("a"), 0, 2, List.of(answer("f", "a")), List.of())));

    assertEquals(1, loaded("b").revision());
    assertEquals(
        Map.of("e", answer("e", "c"), "f", answer("f", "a")),
        store.answers(TENANT, List.of("e", "f")));
  }

  @Test
  void an_event_is_free_for_the_second_device_if_the_first_is_left_for_another_event() {
    keep(commit(calm("x"), 0, 1, List.of(answer("known", "x")), List.of()));

    assertEquals(
        Set.of("a"),
        commitAll(
            commit(calm("a"), 0, 2, List.of(answer("e", "a"), answer("known", "a")), List.of()),
            commit(calm("b"), 0, 2, List.of(answer("e", "b")), List.of())));

    assertEquals(
        Map.of("e", answer("e", "b"), "known", answer("known", "x")),
        store.answers(TENANT, List.of("e", "known")));
    assertEquals(Set.of("b"), store.load(TENANT, List.of("a", "b")).keySet());
  }

  @Test
  void a_commit_that_is_repeated_is_left_and_nothing_is_there_twice() {
    DeviceCommit once =
        commit(calm("d"), 0, 1, List.of(answer("e", "d")), List.of(effect(Channel.MAIL, "d", "m")));
    DeviceCommit rejected =
        new DeviceCommit("u", 0, 1, Optional.empty(), 0, List.of(rejection("f", "u")), List.of());
    keep(once, rejected);

    assertEquals(Set.of("d", "u"), commitAll(once, rejected));

    assertEquals(List.of("m"), names(claimOne(Channel.MAIL, NOON, LATER)));
  }

  @Test
  void a_device_that_is_not_enrolled_any_more_is_gone_and_may_come_back() {
    keep(commit(due("d", NOON), 0, 1));
    assertEquals(Set.of("d"), commitAll(removal("d", 7, 2)));
    keep(removal("d", 1, 2));

    assertEquals(Map.of(), store.load(TENANT, List.of("d")));
    assertEquals(List.of(), store.claimDue(TENANT, NOON, LATER, MANY));
    assertEquals(List.of(), store.claimOutdated(TENANT, 9, NOON, LATER, MANY));
    assertEquals(List.of(), store.scan(TENANT, Optional.empty(), MANY));
    assertEquals(Set.of("d"), commitAll(commit(calm("d"), 1, 3)));
    assertEquals(Set.of("d"), commitAll(commit(calm("d"), 2, 3)));
    keep(commit(calm("d"), 0, 3));
    assertEquals(3, loaded("d").revision());
  }

  @Test
  void answers_of_a_device_that_is_not_there_are_kept() {
    StoredAnswer rejected = rejection("e", "unknown");
    keep(new DeviceCommit("unknown", 0, 1, Optional.empty(), 0, List.of(rejected), List.of()));

    assertEquals(Map.of("e", rejected), store.answers(TENANT, List.of("e", "e", "other")));
    assertEquals(Map.of(), store.load(TENANT, List.of("unknown")));
  }

  @Test
  void many_devices_are_committed_loaded_and_claimed_at_once() {
    List<String> all = IntStream.range(0, 700).mapToObj(i -> "d" + i).toList();
    assertEquals(
        Set.of(),
        store.commit(
            TENANT,
            all.stream()
                .map(
                    id ->
                        commit(
                            due(id, NOON),
                            0,
                            1,
                            List.of(answer("e-" + id, id)),
                            List.of(effect(Channel.ISSUES, id, "i-" + id))))
                .toList(),
            NOON));

    assertEquals(Set.copyOf(all), store.load(TENANT, all).keySet());
    assertEquals(700, store.answers(TENANT, all.stream().map(id -> "e-" + id).toList()).size());
    assertEquals(Set.copyOf(all), Set.copyOf(ids(store.claimDue(TENANT, NOON, LATER, MANY))));
    List<Lane> lanes = claim(Channel.ISSUES, NOON, LATER);
    assertEquals(all, lanes.stream().map(Lane::device).toList());
    store.settle(
        TENANT,
        lanes.stream().map(l -> new LaneResult(l, numbers(l), Map.of(), 0, NOON)).toList(),
        NOON);
    assertEquals(List.of(), claim(Channel.ISSUES, NEVER, NEVER));
  }

  // what is due

  @Test
  void due_devices_are_claimed_in_the_order_in_which_they_fell_due() {
    keep(
        commit(due("third", NOON), 0, 1),
        commit(due("first", NOON.minusSeconds(5)), 0, 1),
        commit(due("later", NOON.plusNanos(1)), 0, 1),
        commit(due("second", NOON.minusNanos(1)), 0, 1),
        commit(calm("never"), 0, 1));

    assertEquals(List.of("first", "second"), ids(store.claimDue(TENANT, NOON, LATER, 2)));
    assertEquals(List.of("third"), ids(store.claimDue(TENANT, NOON, LATER, MANY)));
    assertEquals(List.of(), store.claimDue(TENANT, NOON, LATER, MANY));
    assertEquals(List.of("later"), ids(store.claimDue(TENANT, NOON.plusNanos(1), LATER, MANY)));
  }

  @Test
  void what_is_claimed_is_the_device_as_it_was_last_committed() {
    keep(new DeviceCommit("d", 0, 1, Optional.of(due("d", NOON)), 4, List.of(), List.of()));

    assertEquals(
        List.of(new StoredDevice(due("d", NOON), 1, 4)), store.claimDue(TENANT, NOON, LATER, MANY));
  }

  @Test
  void a_claim_on_a_due_device_ends_at_its_instant_and_not_a_nanosecond_before() {
    keep(commit(due("d", NOON), 0, 1));
    assertEquals(List.of("d"), ids(store.claimDue(TENANT, NOON, LATER, MANY)));

    assertEquals(List.of(), store.claimDue(TENANT, LATER.minusNanos(1), NEVER, MANY));
    assertEquals(List.of("d"), ids(store.claimDue(TENANT, LATER, NEVER, MANY)));
  }

  @Test
  void a_claim_on_a_device_ends_when_the_device_is_committed() {
    keep(commit(due("d", NOON), 0, 1));
    assertEquals(1, store.claimDue(TENANT, NOON, LATER, MANY).size());

    keep(commit(due("d", NOON), 1, 2));

    assertEquals(List.of("d"), ids(store.claimDue(TENANT, NOON, LATER, MANY)));
  }

  @Test
  void a_claim_goes_on_if_the_commit_is_left() {
    keep(commit(due("d", NOON), 0, 1, List.of(answer("e", "d")), List.of()));
    assertEquals(1, store.claimDue(TENANT, NOON, LATER, MANY).size());

    assertEquals(Set.of("d"), commitAll(commit(due("d", NOON), 7, 8)));
    assertEquals(
        Set.of("d"), commitAll(commit(due("d", NOON), 1, 8, List.of(answer("e", "d")), List.of())));

    assertEquals(List.of(), store.claimDue(TENANT, NOON, LATER, MANY));
  }

  @Test
  void a_device_is_committed_whoever_holds_a_claim_on_it() {
    keep(commit(due("d", NOON), 0, 1));
    assertEquals(1, store.claimDue(TENANT, NOON, NEVER, MANY).size());

    keep(commit(due("d", LATER), 1, 2));

    assertEquals(List.of(), store.claimDue(TENANT, NOON, NEVER, MANY));
    assertEquals(List.of("d"), ids(store.claimDue(TENANT, LATER, NEVER, MANY)));
  }

  @Test
  void the_next_rung_may_be_due_after_the_year_9999() {
    Instant far = Limits.LATEST.plus(Limits.MAX_WAIT);
    keep(commit(due("far", far), 0, 1), commit(due("first", Instant.EPOCH), 0, 1));

    assertEquals(
        List.of("first"),
        ids(store.claimDue(TENANT, Instant.EPOCH, Instant.EPOCH.plusNanos(1), MANY)));
    assertEquals(List.of("first"), ids(store.claimDue(TENANT, far.minusNanos(1), far, MANY)));
    assertEquals(
        List.of("first", "far"),
        ids(store.claimDue(TENANT, far, Instant.parse("+10680-01-01T00:00:00Z"), MANY)));
    assertEquals(far, loaded("far").state().nextDue().get());
  }

  // what is outdated

  @Test
  void devices_are_outdated_to_which_a_version_was_not_put() {
    keep(
        new DeviceCommit("v0", 0, 1, Optional.of(calm("v0")), 0, List.of(), List.of()),
        new DeviceCommit("v1", 0, 1, Optional.of(calm("v1")), 1, List.of(), List.of()),
        new DeviceCommit("v2", 0, 1, Optional.of(calm("v2")), 2, List.of(), List.of()));

    assertEquals(List.of(), store.claimOutdated(TENANT, 0, NOON, LATER, MANY));
    List<String> claimed = new ArrayList<>(ids(store.claimOutdated(TENANT, 2, NOON, LATER, 1)));
    assertEquals(1, claimed.size());
    claimed.addAll(ids(store.claimOutdated(TENANT, 2, NOON, LATER, MANY)));

    assertEquals(2, claimed.size());
    assertEquals(Set.of("v0", "v1"), Set.copyOf(claimed));
    assertEquals(List.of(), store.claimOutdated(TENANT, 2, NOON, LATER, MANY));
    assertEquals(2, store.claimOutdated(TENANT, 2, LATER, NEVER, MANY).size());
  }

  @Test
  void a_claim_is_one_whatever_it_was_made_for() {
    keep(commit(due("d", NOON), 0, 1));
    assertEquals(1, store.claimOutdated(TENANT, 1, NOON, LATER, MANY).size());

    assertEquals(List.of(), store.claimDue(TENANT, NOON, LATER, MANY));
    assertEquals(List.of(), store.claimOutdated(TENANT, 2, NOON, LATER, MANY));
    assertEquals(1, store.claimDue(TENANT, LATER, NEVER, MANY).size());
    assertEquals(List.of(), store.claimOutdated(TENANT, 1, LATER, NEVER, MANY));
  }

  @Test
  void a_device_is_outdated_no_longer_when_it_is_committed_under_the_version() {
    keep(commit(calm("d"), 0, 1));
    assertEquals(1, store.claimOutdated(TENANT, 3, NOON, LATER, MANY).size());

    keep(new DeviceCommit("d", 1, 2, Optional.of(calm("d")), 2, List.of(), List.of()));
    assertEquals(1, store.claimOutdated(TENANT, 3, NOON, LATER, MANY).size());
    keep(new DeviceCommit("d", 2, 3, Optional.of(calm("d")), 3, List.of(), List.of()));

    assertEquals(List.of(), store.claimOutdated(TENANT, 3, NEVER, NEVER, MANY));
  }

  // pages of devices

  @Test
  void pages_of_devices_have_every_device_once_in_an_order_that_stays() {
    List<String> all =
        List.of("b", "a", "B", "ä", "z", "\ud83d\ude00", "\uffee", "aa", "1", "10", "2", "'");
    all.forEach(id -> keep(commit(calm(id), 0, 1)));

    List<String> inPages = new ArrayList<>();
    Optional<String> after = Optional.empty();
    List<StoredDevice> page = store.scan(TENANT, after, 5);
    while (!page.isEmpty()) {
      assertTrue(page.size() <= 5);
      inPages.addAll(ids(page));
      page = store.scan(TENANT, Optional.of(inPages.get(inPages.size() - 1)), 5);
    }

    assertEquals(all.size(), inPages.size());
    assertEquals(Set.copyOf(all), Set.copyOf(inPages));
    assertEquals(inPages, ids(store.scan(TENANT, Optional.empty(), MANY)));
  }

  @Test
  void pages_go_on_behind_a_device_that_is_gone() {
    Stream.of("a", "b", "c", "d").forEach(id -> keep(commit(calm(id), 0, 1)));
    List<String> before = ids(store.scan(TENANT, Optional.empty(), MANY));
    keep(removal(before.get(1), 1, 2));

    assertEquals(before.subList(2, 4), ids(store.scan(TENANT, Optional.of(before.get(1)), MANY)));
  }

  // lanes

  @ParameterizedTest
  @EnumSource
  void what_is_posted_waits_in_order_on_the_channel_of_its_kind(Channel channel) {
    List<Effect> posted = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      posted.add(effect(channel, "d", "n" + i, NOON.minusSeconds(i)));
    }
    keep(commit(calm("d"), 0, 1, List.of(), posted.subList(0, 12)));
    keep(commit(calm("d"), 1, 2, List.of(), posted.subList(12, 15)));

    for (Channel other : Channel.values()) {
      if (other != channel) {
        assertEquals(List.of(), claim(other, NOON, LATER));
      }
    }
    Lane lane = claimOne(channel, NOON, LATER);
    assertEquals(channel, lane.channel());
    assertEquals("d", lane.device());
    assertEquals(0, lane.failures());
    assertEquals(posted, lane.waiting().stream().map(Lane.Waiting::effect).toList());
    assertEquals(numbers(lane).stream().sorted().distinct().toList(), numbers(lane));
    assertTrue(numbers(lane).get(0) > 0);
  }

  @Test
  void numbers_grow_from_one_effect_of_a_device_to_the_next_whatever_their_channels() {
    List<Effect> posted =
        List.of(
            effect(Channel.PROTECTION, "d", "a"),
            effect(Channel.MAIL, "d", "b"),
            effect(Channel.LABELS, "d", "c"),
            effect(Channel.ISSUES, "d", "d"),
            effect(Channel.NOTIFICATIONS, "d", "e"));
    keep(commit(calm("d"), 0, 1, List.of(), posted));

    List<Long> numbers =
        Stream.of(
                Channel.PROTECTION,
                Channel.MAIL,
                Channel.LABELS,
                Channel.ISSUES,
                Channel.NOTIFICATIONS)
            .map(channel -> numbers(claimOne(channel, NOON, LATER)).get(0))
            .toList();

    assertEquals(numbers.stream().sorted().distinct().toList(), numbers);
  }

  @Test
  void of_each_device_the_first_are_given_and_the_rest_comes_next() {
    post(Channel.MAIL, "a", "a1", "a2", "a3");
    post(Channel.MAIL, "b", "b1");
    List<Lane> lanes = store.claimLanes(TENANT, Channel.MAIL, NOON, LATER, MANY, 2);

    assertEquals(
        List.of(List.of("a1", "a2"), List.of("b1")),
        lanes.stream().map(DeviceStoreContract::names).toList());
    lanes.forEach(this::settleAll);
    assertEquals(List.of("a3"), names(claimOne(Channel.MAIL, NOON, LATER)));
  }

  @Test
  void those_are_claimed_first_that_have_been_waiting_for_longest() {
    post(Channel.MAIL, "z", "z1");
    post(Channel.MAIL, "m", "m1");
    post(Channel.MAIL, "a", "a1");
    post(Channel.MAIL, "z", "z2");

    List<Lane> lanes = store.claimLanes(TENANT, Channel.MAIL, NOON, LATER, 2, MANY);

    assertEquals(List.of("z", "m"), lanes.stream().map(Lane::device).toList());
    assertEquals("a", claimOne(Channel.MAIL, NOON, LATER).device());
  }

  @Test
  void what_is_tried_again_and_what_is_new_come_in_the_order_in_which_they_could_go_on() {
    post(Channel.MAIL, "a", "a1");
    post(Channel.MAIL, "b", "b1");
    List<Lane> lanes = claim(Channel.MAIL, NOON, LATER);
    settle(lanes.get(0), List.of(), 1, NOON.plusNanos(4));
    settle(lanes.get(1), List.of(), 1, NOON.plusNanos(2));
    post(NOON.plusNanos(3), Channel.MAIL, "c", "c1");
    post(NOON.plusNanos(1), Channel.MAIL, "d", "d1");
    post(NOON.plusNanos(5), Channel.MAIL, "e", "e1");

    assertEquals(
        List.of("d", "b", "c", "a", "e"),
        claim(Channel.MAIL, LATER, NEVER).stream().map(Lane::device).toList());
  }

  @Test
  void what_failed_is_tried_again_however_much_is_new() {
    post(Channel.MAIL, "failed", "f");
    settle(claimOne(Channel.MAIL, NOON, LATER), List.of(), 1, NOON.plusNanos(5));
    List<String> turns = new ArrayList<>();
    for (int i = 1; i <= 20 && !turns.contains("failed"); i++) {
      Instant now = NOON.plusNanos(i);
      post(now, Channel.MAIL, "new-" + 2 * i, "m");
      post(now, Channel.MAIL, "new-" + (2 * i + 1), "m");
      store.claimLanes(TENANT, Channel.MAIL, now, NEVER, 1, MANY).stream()
          .map(Lane::device)
          .forEach(turns::add);
    }

    assertEquals(8, turns.indexOf("failed"), turns::toString);
  }

  @Test
  void what_waits_says_since_when() {
    post(NOON, Channel.MAIL, "d", "m1");
    post(LATER, Channel.MAIL, "d", "m2");

    assertEquals(List.of(NOON, LATER), posted(claimOne(Channel.MAIL, NOON, LATER)));
  }

  @Test
  void what_begins_to_wait_is_not_claimed_before_that() {
    post(LATER, Channel.LABELS, "d", "l");
    store.deliverAgain(TENANT, Channel.LABELS, List.of("e"), LATER);

    assertEquals(List.of(), claim(Channel.LABELS, LATER.minusNanos(1), NEVER));
    assertEquals(2, claim(Channel.LABELS, LATER, NEVER).size());
  }

  @Test
  void a_lane_that_is_claimed_is_given_to_nobody_else_until_the_claim_ends() {
    post(Channel.MAIL, "d", "m");
    Lane first = claimOne(Channel.MAIL, NOON, LATER);

    assertEquals(List.of(), claim(Channel.MAIL, LATER.minusNanos(1), NEVER));
    Lane second = claimOne(Channel.MAIL, LATER, NEVER);
    assertNotEquals(first.claim(), second.claim());
    assertEquals(first.waiting(), second.waiting());
  }

  @Test
  void claims_have_names_of_their_own() {
    Set<String> claims = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      post(Channel.MAIL, "d" + i, "m");
    }
    for (int i = 0; i < 3; i++) {
      claim(Channel.MAIL, NOON.plusSeconds(i), NOON.plusSeconds(i + 1))
          .forEach(lane -> assertTrue(claims.add(lane.claim())));
    }

    assertEquals(15, claims.size());
  }

  @Test
  void what_is_settled_as_gone_is_not_given_again() {
    post(Channel.MAIL, "d", "m1", "m2", "m3");
    Lane lane = claimOne(Channel.MAIL, NOON, LATER);
    settle(lane, List.of(numbers(lane).get(0), numbers(lane).get(2)), 2, NOON.plusNanos(5));

    assertEquals(List.of(), claim(Channel.MAIL, NOON.plusNanos(4), LATER));
    Lane rest = claimOne(Channel.MAIL, NOON.plusNanos(5), LATER);
    assertEquals(List.of("m2"), names(rest));
    assertEquals(List.of(numbers(lane).get(1)), numbers(rest));
    assertEquals(2, rest.failures());
    settleAll(rest);
    assertEquals(List.of(), claim(Channel.MAIL, NEVER, NEVER));
  }

  @Test
  void failures_are_forgotten_when_all_is_gone() {
    post(Channel.MAIL, "d", "m1");
    Lane lane = claimOne(Channel.MAIL, NOON, LATER);
    settle(lane, numbers(lane), 3, NEVER);

    post(Channel.MAIL, "d", "m2");

    assertEquals(0, claimOne(Channel.MAIL, NOON, LATER).failures());
  }

  @Test
  void what_comes_behind_waits_as_long_as_what_is_before_it() {
    post(Channel.MAIL, "d", "m1");
    settle(claimOne(Channel.MAIL, NOON, LATER), List.of(), 1, LATER);
    post(Channel.MAIL, "d", "m2");

    assertEquals(List.of(), claim(Channel.MAIL, LATER.minusNanos(1), NEVER));
    assertEquals(List.of("m1", "m2"), names(claimOne(Channel.MAIL, LATER, NEVER)));
  }

  @ParameterizedTest
  @EnumSource
  void what_is_posted_while_its_lane_is_claimed_is_given_afterwards(Channel channel) {
    post(channel, "d", "m1");
    Lane lane = claimOne(channel, NOON, LATER);
    post(channel, "d", "m2");
    assertEquals(List.of(), claim(channel, NOON, LATER));

    settleAll(lane);

    assertEquals(List.of("m2"), names(claimOne(channel, NOON, LATER)));
  }

  @Test
  void a_lane_that_was_claimed_anew_is_left_as_it_is() {
    post(Channel.MAIL, "d", "m1", "m2");
    Lane late = claimOne(Channel.MAIL, NOON, LATER);
    Lane now = claimOne(Channel.MAIL, LATER, NEVER);

    settle(late, numbers(late), 7, NOON);

    assertEquals(List.of(), claim(Channel.MAIL, LATER, NEVER));
    settle(now, List.of(numbers(now).get(0)), 1, NOON);
    Lane rest = claimOne(Channel.MAIL, LATER, NEVER);
    assertEquals(List.of("m2"), names(rest));
    assertEquals(1, rest.failures());
  }

  @Test
  void a_late_result_buries_nothing() {
    post(Channel.LABELS, "d", "l");
    Lane late = claimOne(Channel.LABELS, NOON, LATER);
    claimOne(Channel.LABELS, LATER, NEVER);

    bury(late, numbers(late).get(0), "too old", NOON);

    assertEquals(List.of(), store.deadLetters(TENANT, 0, MANY));
    assertEquals(List.of("l"), names(claimOne(Channel.LABELS, NEVER, NEVER.plusSeconds(1))));
  }

  @Test
  void a_claim_that_ended_unnoticed_is_still_good_if_nobody_claimed_anew() {
    post(Channel.MAIL, "d", "m");
    Lane lane = claimOne(Channel.MAIL, NOON, NOON.plusNanos(1));

    settleAll(lane);

    assertEquals(List.of(), claim(Channel.MAIL, NEVER, NEVER));
  }

  @Test
  void a_lane_that_is_not_there_any_more_is_left_out() {
    post(Channel.MAIL, "d", "m");
    Lane lane = claimOne(Channel.MAIL, NOON, LATER);
    settleAll(lane);

    settle(lane, List.of(), 3, NOON);

    assertEquals(List.of(), claim(Channel.MAIL, NEVER, NEVER));
  }

  @Test
  void a_result_takes_nothing_out_of_other_lanes() {
    post(Channel.MAIL, "a", "m1");
    post(Channel.MAIL, "b", "m2");
    post(Channel.ISSUES, "a", "i");
    List<Lane> lanes = claim(Channel.MAIL, NOON, LATER);
    Lane issues = claimOne(Channel.ISSUES, NOON, LATER);
    long other = numbers(lanes.get(1)).get(0);
    long onOtherChannel = numbers(issues).get(0);

    store.settle(
        TENANT,
        List.of(
            new LaneResult(
                lanes.get(0), List.of(other), Map.of(onOtherChannel, "not mine"), 0, NOON)),
        NOON);
    settle(lanes.get(1), List.of(), 0, NOON);
    settle(issues, List.of(), 0, NOON);

    assertEquals(2, claim(Channel.MAIL, NOON, LATER).size());
    assertEquals(List.of("i"), names(claimOne(Channel.ISSUES, NOON, LATER)));
    assertEquals(List.of(), store.deadLetters(TENANT, 0, MANY));
  }

  @Test
  void each_result_of_many_counts_for_itself() {
    post(Channel.MAIL, "a", "a1");
    post(Channel.ISSUES, "b", "b1");
    post(Channel.LABELS, "c", "c1");
    Lane mail = claimOne(Channel.MAIL, NOON, LATER);
    Lane issues = claimOne(Channel.ISSUES, NOON, LATER);
    Lane labels = claimOne(Channel.LABELS, NOON, LATER);
    Lane labelsAnew = claimOne(Channel.LABELS, LATER, NEVER);

    store.settle(
        TENANT,
        List.of(
            new LaneResult(labels, numbers(labels), Map.of(), 0, NOON),
            new LaneResult(issues, List.of(), Map.of(), 4, LATER),
            new LaneResult(mail, numbers(mail), Map.of(), 0, NOON)),
        NOON);

    assertEquals(List.of(), claim(Channel.MAIL, NEVER, NEVER));
    assertEquals(List.of(), claim(Channel.ISSUES, NOON, LATER));
    assertEquals(4, claimOne(Channel.ISSUES, LATER, NEVER).failures());
    settleAll(labelsAnew);
    assertEquals(List.of(), names(claimOne(Channel.LABELS, NOON, LATER)));
  }

  // levels

  @ParameterizedTest
  @EnumSource
  void what_is_wanted_comes_with_levels_and_is_that_of_the_state_when_claimed(Channel channel) {
    keep(commit(wanting("d", "one"), 0, 1, List.of(), List.of(effect(channel, "d", "x"))));
    keep(commit(wanting("d", "two"), 1, 2));

    assertEquals(
        channel.isLevel() ? labelled("two") : DesiredState.nothing(),
        claimOne(channel, NOON, LATER).desired());
  }

  @Test
  void nothing_is_wanted_of_a_device_that_is_not_enrolled() {
    keep(commit(wanting("d", "one"), 0, 1));
    keep(
        new DeviceCommit(
            "d", 1, 2, Optional.empty(), 0, List.of(), List.of(effect(Channel.LABELS, "d", "x"))));

    assertEquals(DesiredState.nothing(), claimOne(Channel.LABELS, NOON, LATER).desired());
  }

  @ParameterizedTest
  @EnumSource(
      value = Channel.class,
      names = {"LABELS", "PROTECTION"})
  void a_level_can_be_asked_for_once_more(Channel channel) {
    store.deliverAgain(TENANT, channel, List.of(), NOON);
    assertEquals(List.of(), claim(channel, NOON, LATER));
    store.deliverAgain(TENANT, channel, List.of("d", "d"), NOON);
    Lane once = claimOne(channel, NOON, LATER);
    assertEquals(List.of(), once.waiting());
    assertEquals(DesiredState.nothing(), once.desired());
    store.deliverAgain(TENANT, channel, List.of("d"), NOON);
    settleAll(once);
    Lane more = claimOne(channel, NOON, LATER);
    assertEquals("d", more.device());
    settleAll(more);
    assertEquals(List.of(), claim(channel, NOON, LATER));
  }

  @ParameterizedTest
  @EnumSource(names = {"LABELS", "PROTECTION"})
  void a_late_result_has_a_level_delivered_once_more_even_if_nothing_waits(Channel channel) {
    keep(commit(wanting("d", "one"), 0, 1, List.of(), List.of(effect(channel, "d", "x"))));
    Lane late = claimOne(channel, NOON, LATER);
    Lane inTime = claimOne(channel, LATER, NEVER);
    settleAll(inTime);
    assertEquals(List.of(), claim(channel, NEVER, NEVER.plusSeconds(1)));

    settleAll(late);

    Lane again = claimOne(channel, NOON, LATER);
    assertEquals(List.of(), again.waiting());
    assertEquals("d", again.device());
    assertEquals(0, again.failures());
    assertEquals(labelled("one"), again.desired());
    settleAll(again);
    assertEquals(List.of(), claim(channel, NEVER, NEVER.plusSeconds(1)));
  }

  @Test
  void a_late_result_counts_after_the_claim_that_overtook_it() {
    post(Channel.LABELS, "d", "x");
    Lane late = claimOne(Channel.LABELS, NOON, LATER);
    Lane inTime = claimOne(Channel.LABELS, LATER, NEVER);

    settleAll(late);
    assertEquals(List.of(), claim(Channel.LABELS, LATER, NEVER));
    settle(inTime, numbers(inTime), 0, LATER.plusNanos(1));

    assertEquals(List.of(), claim(Channel.LABELS, LATER, NEVER));
    assertEquals(List.of(), claimOne(Channel.LABELS, LATER.plusNanos(1), NEVER).waiting());
  }

  @Test
  void a_level_that_is_delivered_once_more_is_so_until_that_is_done() {
    post(Channel.LABELS, "d", "x");
    Lane first = claimOne(Channel.LABELS, NOON, LATER);
    settleAll(first);
    settleAll(first);

    settle(claimOne(Channel.LABELS, NOON, LATER), List.of(), 1, LATER);
    assertEquals(List.of(), claim(Channel.LABELS, LATER.minusNanos(1), NEVER));
    Lane second = claimOne(Channel.LABELS, LATER, NEVER);
    assertEquals(1, second.failures());
    settle(second, List.of(), 2, LATER);
    Lane third = claimOne(Channel.LABELS, LATER, NEVER);
    assertEquals(2, third.failures());
    settle(third, List.of(), 0, LATER);
    assertEquals(List.of(), claim(Channel.LABELS, NEVER, NEVER));
  }

  @Test
  void a_level_that_is_to_be_delivered_once_more_comes_back_if_its_claim_ends() {
    post(Channel.LABELS, "d", "x");
    Lane first = claimOne(Channel.LABELS, NOON, LATER);
    settleAll(first);
    settleAll(first);
    assertEquals(List.of(), claimOne(Channel.LABELS, NOON, LATER).waiting());

    assertEquals(List.of(), claim(Channel.LABELS, LATER.minusNanos(1), NEVER));
    assertEquals(List.of(), claimOne(Channel.LABELS, LATER, NEVER).waiting());
  }

  // dead letters

  @Test
  void what_is_given_up_is_a_dead_letter_with_its_reason() {
    String reason = "refused: \"ü\" '--' \u0000 \ud83d\ude00 \ud83d";
    post(Channel.MAIL, "d", "m1", "m2", "m3");
    Lane lane = claimOne(Channel.MAIL, NOON, LATER);
    long number = numbers(lane).get(1);
    store.settle(
        TENANT,
        List.of(
            new LaneResult(
                lane,
                List.of(numbers(lane).get(0)),
                Map.of(number, reason, 999_999L, "is not there"),
                0,
                NOON)),
        LATER);

    assertEquals(
        List.of(
            new DeadLetter(number, Channel.MAIL, effect(Channel.MAIL, "d", "m2"), reason, LATER)),
        store.deadLetters(TENANT, 0, MANY));
    assertEquals(List.of("m3"), names(claimOne(Channel.MAIL, NOON, LATER)));
  }

  @Test
  void dead_letters_come_in_pages_by_number() {
    for (int i = 0; i < 12; i++) {
      post(CHANNELS.get(i % 5), "d" + i, "x" + i);
    }
    for (Channel channel : Channel.values()) {
      claim(channel, NOON, LATER).forEach(lane -> bury(lane, numbers(lane).get(0), "no", NOON));
    }

    List<DeadLetter> all = store.deadLetters(TENANT, 0, MANY);
    List<Long> numbers = all.stream().map(DeadLetter::number).toList();
    assertEquals(12, all.size());
    assertEquals(numbers.stream().sorted().distinct().toList(), numbers);
    assertEquals(all.subList(0, 5), store.deadLetters(TENANT, 0, 5));
    assertEquals(all.subList(5, 10), store.deadLetters(TENANT, numbers.get(4), 5));
    assertEquals(List.of(), store.deadLetters(TENANT, numbers.get(11), 5));
    assertEquals(List.of(), store.deadLetters(TENANT, 0, 0));
  }

  @Test
  void dead_letters_are_delivered_after_all_behind_what_waits() {
    post(Channel.MAIL, "d", "m1", "m2", "m3");
    Lane lane = claimOne(Channel.MAIL, NOON, LATER);
    store.settle(
        TENANT,
        List.of(
            new LaneResult(
                lane,
                List.of(),
                Map.of(numbers(lane).get(0), "no", numbers(lane).get(1), "no"),
                0,
                NOON)),
        NOON);
    List<Long> dead = store.deadLetters(TENANT, 0, MANY).stream().map(DeadLetter::number).toList();

    assertEquals(
        2,
        store.takeDeadLetters(
            TENANT, List.of(dead.get(1), 999_999L, dead.get(0), dead.get(1)), true, LATER));

    assertEquals(List.of(), store.deadLetters(TENANT, 0, MANY));
    assertEquals(0, store.takeDeadLetters(TENANT, dead, true, NOON));
    Lane again = claimOne(Channel.MAIL, NOON, LATER);
    assertEquals(List.of("m3", "m2", "m1"), names(again));
    assertEquals(List.of(NOON, LATER, LATER), posted(again));
    assertEquals(numbers(again).stream().sorted().distinct().toList(), numbers(again));
  }

  @Test
  void dead_letters_are_delivered_though_nothing_else_waits() {
    post(Channel.LABELS, "d", "l");
    Lane lane = claimOne(Channel.LABELS, NOON, LATER);
    bury(lane, numbers(lane).get(0), "no", NOON);
    assertEquals(List.of(), claim(Channel.LABELS, NEVER, NEVER));

    assertEquals(1, store.takeDeadLetters(TENANT, numbers(lane), true, NOON));

    assertEquals(List.of("l"), names(claimOne(Channel.LABELS, NOON, LATER)));
  }

  @Test
  void dead_letters_are_forgotten() {
    post(Channel.MAIL, "d", "m1", "m2");
    Lane lane = claimOne(Channel.MAIL, NOON, LATER);
    bury(lane, numbers(lane).get(0), "no", NOON);

    assertEquals(1, store.takeDeadLetters(TENANT, numbers(lane), false, NOON));

    assertEquals(List.of(), store.deadLetters(TENANT, 0, MANY));
    assertEquals(0, store.takeDeadLetters(TENANT, numbers(lane), true, NOON));
    assertEquals(List.of("m2"), names(claimOne(Channel.MAIL, NOON, LATER)));
  }

  // answers

  @Test
  void old_answers_are_forgotten_and_their_events_may_come_again() {
    List<StoredAnswer> answers =
        IntStream.range(0, 4)
            .mapToObj(i -> new StoredAnswer("e" + i, "d", NOON.plusNanos(i), Optional.empty()))
            .toList();
    keep(commit(calm("d"), 0, 1, answers, List.of()));

    assertEquals(0, store.forgetAnswers(TENANT, NOON, MANY));
    assertEquals(3, store.forgetAnswers(TENANT, NOON.plusNanos(3), MANY));

    assertEquals(
        Map.of("e3", answers.get(3)), store.answers(TENANT, List.of("e0", "e1", "e2", "e3")));
    assertEquals(
        Set.of("d"), commitAll(commit(calm("d"), 1, 2, List.of(answer("e3", "d")), List.of())));
    keep(commit(calm("d"), 1, 2, List.of(answer("e0", "d")), List.of()));
  }

  @Test
  void no_more_answers_are_forgotten_at_once_than_said() {
    keep(
        commit(
            calm("d"),
            0,
            1,
            IntStream.range(0, 10).mapToObj(i -> answer("e" + i, "d")).toList(),
            List.of()));

    assertEquals(4, store.forgetAnswers(TENANT, LATER, 4));
    assertEquals(4, store.forgetAnswers(TENANT, LATER, 4));
    assertEquals(2, store.forgetAnswers(TENANT, LATER, 4));
    assertEquals(0, store.forgetAnswers(TENANT, LATER, 4));
  }

  // figures

  @Test
  void figures_of_a_tenant_of_which_nothing_is_known_are_nothing() {
    assertEquals(
        new StoreFigures(0, Optional.empty(), Map.of(), Map.of(), 0), store.figures(TENANT));
  }

  @Test
  void figures_say_how_much_there_is() {
    keep(
        commit(
            due("a", LATER),
            0,
            1,
            List.of(),
            List.of(
                effect(Channel.MAIL, "a", "m1", NOON),
                effect(Channel.MAIL, "a", "m2", NOON.minusNanos(1)))),
        commit(due("b", NOON.plusNanos(1)), 0, 1),
        commit(calm("c"), 0, 1, List.of(), List.of(effect(Channel.LABELS, "c", "l", LATER))),
        commit(calm("d"), 0, 1, List.of(), List.of(effect(Channel.ISSUES, "d", "i", LATER))));
    Lane dead = claimOne(Channel.ISSUES, NOON, LATER);
    bury(dead, numbers(dead).get(0), "no", NOON);

    assertEquals(
        new StoreFigures(
            4,
            Optional.of(NOON.plusNanos(1)),
            Map.of(Channel.MAIL, 2L, Channel.LABELS, 1L),
            Map.of(Channel.MAIL, NOON.minusNanos(1), Channel.LABELS, LATER),
            1),
        store.figures(TENANT));
  }

  // ids and tenants

  @Test
  void tenants_know_nothing_of_each_other() {
    keep(
        commit(
            due("d", NOON),
            0,
            1,
            List.of(answer("e", "d")),
            List.of(effect(Channel.MAIL, "d", "m1"), effect(Channel.LABELS, "d", "l1"))));
    store.addPolicies(TENANT, policies(0, "theirs"));
    Lane mail = claimOne(Channel.MAIL, NOON, LATER);
    bury(mail, numbers(mail).get(0), "no", NOON);
    Lane labels = claimOne(Channel.LABELS, NOON, LATER);

    for (String other : List.of("Contoso", "contoso ", "contos")) {
      assertEquals(List.of(), store.policies(other, 0));
      assertFalse(store.addPolicies(other, policies(1, "other")));
      assertEquals(Map.of(), store.load(other, List.of("d")));
      assertEquals(Map.of(), store.answers(other, List.of("e")));
      assertEquals(List.of(), store.scan(other, Optional.empty(), MANY));
      assertEquals(List.of(), store.claimDue(other, NEVER, NEVER, MANY));
      assertEquals(List.of(), store.claimOutdated(other, 99, NEVER, NEVER, MANY));
      assertEquals(List.of(), store.claimLanes(other, Channel.LABELS, NEVER, NEVER, MANY, MANY));
      assertEquals(List.of(), store.deadLetters(other, 0, MANY));
      assertEquals(0, store.takeDeadLetters(other, numbers(mail), false, NOON));
      assertEquals(0, store.forgetAnswers(other, NEVER, MANY));
      assertEquals(0, store.figures(other).devices());
      assertEquals(Map.of(), store.figures(other).waiting());
      store.settle(other, List.of(new LaneResult(mail, numbers(labels), Map.of(), 0, NOON)), NOON);
      assertEquals(
          Set.of(),
          store.commit(
              other,
              List.of(
                  commit(
                      calm("d"),
                      0,
                      5,
                      List.of(answer("e", "d")),
                      List.of(effect(Channel.MAIL, "d", "m2")))),
              NOON));
    }

    assertEquals(1, loaded("d").revision());
    assertEquals(1, store.deadLetters(TENANT, 0, MANY).size());
    assertEquals(List.of(), claim(Channel.MAIL, NOON, LATER));
    settle(labels, List.of(), 0, NOON);
    assertEquals(List.of("l1"), names(claimOne(Channel.LABELS, NOON, LATER)));
  }

  static Stream<Set<String>> ids_that_are_nearly_the_same() {
    String accented = "caf\u00e9";
    return Stream.of(
        Set.of("device", "Device", "DEVICE", "device ", " device"),
        Set.of(accented, Normalizer.normalize(accented, Normalizer.Form.NFD), "cafe"),
        Set.of("\u0130", "\u0131", "i", "I", "i\u0307"),
        Set.of("stra\u00dfe", "strasse", "STRASSE"),
        Set.of("'", "''", "\"", "\\", "\\\\", "%", "_", "?", "$1", ";", "--", "{}", "{\"a\",b}"),
        Set.of("null", "NULL", "0", "00", "0.0", "1e0", "true"),
        Set.of("a", "a\u0000", "a\u0000b", "\u0000", "\u0001", "\u0001\u0001", "\u0001\u0002"),
        Set.of("\u200b", "\u00a0", "\t", "\n", "\r\n", " "),
        Set.of("\ud83d\ude00", "\ud83d\ude01", "\uffff", "\ue000"),
        Set.of("x".repeat(200), "x".repeat(199) + "y", "x".repeat(199)),
        Set.of(
            "\u0000".repeat(200),
            "\uffff".repeat(200),
            "\ud83d\ude00".repeat(100),
            "\u0000".repeat(199) + "\u0001"));
  }

  @ParameterizedTest
  @MethodSource("ids_that_are_nearly_the_same")
  void ids_are_compared_exactly(Set<String> ids) {
    for (String id : ids) {
      keep(
          commit(
              due(id, NOON),
              0,
              1,
              List.of(answer(id, id)),
              List.of(effect(Channel.MAIL, id, "m"))));
    }

    for (String id : ids) {
      assertEquals(
          Map.of(id, new StoredDevice(due(id, NOON), 1, 0)), store.load(TENANT, List.of(id)));
      assertEquals(Map.of(id, answer(id, id)), store.answers(TENANT, List.of(id)));
    }
    assertEquals(ids, store.load(TENANT, ids).keySet());
    assertEquals(ids, Set.copyOf(ids(store.claimDue(TENANT, NOON, LATER, MANY))));
    assertEquals(ids, Set.copyOf(ids(store.scan(TENANT, Optional.empty(), MANY))));
    List<Lane> lanes = claim(Channel.MAIL, NOON, LATER);
    assertEquals(ids.size(), lanes.size());
    for (Lane lane : lanes) {
      assertTrue(ids.contains(lane.device()));
      assertEquals(
          List.of(effect(Channel.MAIL, lane.device(), "m")),
          lane.waiting().stream().map(Lane.Waiting::effect).toList());
      settleAll(lane);
    }
    assertEquals(List.of(), claim(Channel.MAIL, NEVER, NEVER));
  }

  @ParameterizedTest
  @MethodSource("ids_that_are_nearly_the_same")
  void tenants_of_similar_ids_are_different_tenants(Set<String> tenants) {
    for (String tenant : tenants) {
      assertTrue(store.addPolicies(tenant, policies(0, "first")));
      assertEquals(Set.of(), store.commit(tenant, List.of(commit(calm("d"), 0, 1)), NOON));
    }
    for (String tenant : tenants) {
      assertEquals(1, store.figures(tenant).devices());
      assertEquals(1, store.policies(tenant, 0).size());
    }
  }

  @Test
  void instants_are_kept_to_the_nanosecond() {
    List<Instant> instants =
        List.of(
            Instant.EPOCH,
            Instant.EPOCH.plusNanos(1),
            Instant.parse("1999-12-31T23:59:59.999999999Z"),
            Instant.parse("2026-03-01T12:00:00.000000001Z"),
            Instant.parse("9999-12-31T23:59:59.999999999Z"));
    for (int i = 0; i < instants.size(); i++) {
      Instant at = instants.get(i);
      String id = "d" + i;
      store.addPolicies(
          TENANT, new StoredPolicies(i, policies(i, "p").policies(), policies(i, "p").mode(), at));
      DeviceCommit commit =
          commit(
              due(id, at),
              0,
              1,
              List.of(new StoredAnswer("e" + i, id, at, Optional.empty())),
              List.of(effect(Channel.MAIL, id, "m", at)));
      assertEquals(Set.of(), store.commit(TENANT, List.of(commit), at));
      Lane lane = claimOne(Channel.MAIL, at, at.plusNanos(1));
      assertEquals(at, lane.waiting().get(0).effect().at());
      assertEquals(List.of(at), posted(lane));
      bury(lane, numbers(lane).get(0), "no", at);

      assertEquals(at, store.policies(TENANT, i).get(0).at());
      assertEquals(at, answered("e" + i).at());
      assertEquals(Optional.of(at), loaded(id).state().nextDue());
    }

    assertEquals(
        instants, store.deadLetters(TENANT, 0, MANY).stream().map(DeadLetter::at).toList());
    assertEquals(
        List.of("d0", "d1", "d2", "d3", "d4"),
        ids(store.claimDue(TENANT, Instant.parse("+10000-01-01T00:00:00Z"), NEVER, MANY)));
  }

  // several threads

  private static final int THREADS = 4;

  /** Runs the same on several threads, and fails if one of them does. */
  private static <T> List<T> together(int threads, Callable<T> work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> done :
          executor.invokeAll(Collections.nCopies(threads, work), 120, TimeUnit.SECONDS)) {
        results.add(done.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  @Timeout(180)
  void of_many_who_commit_the_same_devices_at_once_none_loses_what_another_did() throws Exception {
    List<String> devices = IntStream.range(0, 8).mapToObj(i -> "d" + i).toList();
    devices.forEach(id -> keep(commit(calm(id), 0, 1)));
    AtomicInteger revisions = new AtomicInteger(1);
    AtomicInteger turns = new AtomicInteger();

    List<Integer> kept =
        together(
            THREADS,
            () -> {
              int mine = 0;
              for (int i = 0; i < 40; i++) {
                int turn = turns.getAndIncrement();
                List<String> some =
                    IntStream.range(0, 5)
                        .mapToObj(n -> devices.get((turn * 3 + n * 5) % 8))
                        .toList();
                Map<String, StoredDevice> loaded = store.load(TENANT, some);
                List<DeviceCommit> commits =
                    some.stream()
                        .map(
                            id -> {
                              StoredDevice known = there(loaded, id);
                              return new DeviceCommit(
                                  id,
                                  known.revision(),
                                  revisions.incrementAndGet(),
                                  Optional.of(known.state()),
                                  known.policies() + 1,
                                  List.of(),
                                  List.of(effect(Channel.MAIL, id, "m" + known.policies())));
                            })
                        .toList();
                mine += commits.size() - store.commit(TENANT, commits, NOON).size();
              }
              return mine;
            });

    Map<String, StoredDevice> last = store.load(TENANT, devices);
    assertEquals(
        kept.stream().mapToInt(n -> n).sum(),
        last.values().stream().mapToInt(StoredDevice::policies).sum());
    for (Lane lane : claim(Channel.MAIL, NOON, LATER)) {
      assertEquals(
          IntStream.range(0, there(last, lane.device()).policies()).mapToObj(n -> "m" + n).toList(),
          names(lane));
    }
  }

  @Test
  @Timeout(180)
  void an_event_that_many_bring_at_once_is_answered_by_one_of_them() throws Exception {
    int events = 60;
    AtomicInteger revisions = new AtomicInteger();

    List<Integer> kept =
        together(
            THREADS,
            () -> {
              int mine = 0;
              for (int i = 0; i < events; i += 4) {
                List<DeviceCommit> commits = new ArrayList<>();
                for (int n = i; n < i + 4; n++) {
                  String event = "e" + n;
                  // of a device that is not there, so that nothing but the event tells
                  commits.add(
                      new DeviceCommit(
                          "d" + revisions.incrementAndGet(),
                          0,
                          revisions.incrementAndGet(),
                          Optional.empty(),
                          0,
                          List.of(answer(event, "d")),
                          List.of(effect(Channel.ISSUES, "d", event))));
                }
                mine += commits.size() - store.commit(TENANT, commits, NOON).size();
              }
              return mine;
            });

    assertEquals(events, kept.stream().mapToInt(n -> n).sum());
    Lane lane = claimOne(Channel.ISSUES, NOON, LATER);
    assertEquals(events, lane.waiting().size());
    assertEquals(events, Set.copyOf(names(lane)).size());
  }

  @Test
  @Timeout(180)
  void a_device_that_many_enrol_at_once_is_enrolled_by_one_of_them() throws Exception {
    AtomicInteger revisions = new AtomicInteger();

    List<Integer> kept =
        together(
            THREADS,
            () -> {
              int mine = 0;
              for (int i = 0; i < 60; i += 6) {
                List<DeviceCommit> commits = new ArrayList<>();
                for (int n = i; n < i + 6; n++) {
                  commits.add(
                      commit(
                          calm("d" + n),
                          0,
                          revisions.incrementAndGet(),
                          List.of(),
                          List.of(effect(Channel.LABELS, "d" + n, "l"))));
                }
                mine += commits.size() - store.commit(TENANT, commits, NOON).size();
              }
              return mine;
            });

    assertEquals(60, kept.stream().mapToInt(n -> n).sum());
    List<Lane> lanes = claim(Channel.LABELS, NOON, LATER);
    assertEquals(60, lanes.size());
    lanes.forEach(lane -> assertEquals(List.of("l"), names(lane)));
  }

  @Test
  @Timeout(180)
  void due_devices_are_shared_among_those_who_claim_at_once() throws Exception {
    List<DeviceCommit> commits =
        IntStream.range(0, 300).mapToObj(i -> commit(due("d" + i, NOON), 0, 1)).toList();
    assertEquals(Set.of(), store.commit(TENANT, commits, NOON));
    Set<String> claimed = ConcurrentHashMap.newKeySet();

    together(
        THREADS,
        () -> {
          // one that finds nothing may have come while others held the rest
          for (int tries = 0; claimed.size() < 300 && tries < 100_000; tries++) {
            for (StoredDevice device : store.claimDue(TENANT, NOON, LATER, 7)) {
              assertTrue(claimed.add(device.state().id()), "claimed twice");
            }
          }
          return true;
        });

    assertEquals(300, claimed.size());
  }

  @Test
  @Timeout(180)
  void nothing_posted_is_lost_or_held_by_two_while_lanes_are_claimed_and_settled()
      throws Exception {
    int devices = 3;
    int perThread = 60;
    AtomicInteger posters = new AtomicInteger(THREADS);
    AtomicInteger seats = new AtomicInteger();
    Map<String, List<String>> delivered = new ConcurrentHashMap<>();
    Set<String> held = ConcurrentHashMap.newKeySet();

    together(
        2 * THREADS,
        () -> {
          int seat = seats.getAndIncrement();
          if (seat < THREADS) {
            for (int i = 0; i < perThread; i++) {
              String device = "d" + (seat + i) % devices;
              post(Channel.ISSUES, device, seat + "-" + i);
            }
            posters.decrementAndGet();
            return true;
          }
          boolean last = false;
          while (!last) {
            last = posters.get() == 0;
            for (Lane lane : store.claimLanes(TENANT, Channel.ISSUES, NOON, NEVER, 2, 3)) {
              assertTrue(held.add(lane.device()), "held by two");
              last = false;
              delivered.computeIfAbsent(lane.device(), id -> new ArrayList<>()).addAll(names(lane));
              assertTrue(held.remove(lane.device()));
              settleAll(lane);
            }
          }
          return true;
        });
    // what the last one to look passed over, because another held it
    for (Lane lane : claim(Channel.ISSUES, NOON, LATER)) {
      delivered.computeIfAbsent(lane.device(), id -> new ArrayList<>()).addAll(names(lane));
    }

    List<String> all = delivered.values().stream().flatMap(List::stream).toList();
    assertEquals(THREADS * perThread, all.size());
    assertEquals(THREADS * perThread, Set.copyOf(all).size());
    delivered
        .values()
        .forEach(
            names -> {
              for (int seat = 0; seat < THREADS; seat++) {
                String mine = seat + "-";
                List<Integer> order =
                    names.stream()
                        .filter(name -> name.startsWith(mine))
                        .map(name -> Integer.valueOf(name.substring(2)))
                        .toList();
                assertEquals(order.stream().sorted().toList(), order);
              }
            });
  }

  @Test
  @Timeout(180)
  void batches_of_many_lanes_in_any_order_do_not_stand_in_each_others_way() throws Exception {
    AtomicInteger seats = new AtomicInteger();
    Set<Long> settled = ConcurrentHashMap.newKeySet();

    together(
        THREADS,
        () -> {
          int seat = seats.getAndIncrement();
          for (int i = 0; i < 25; i++) {
            List<Effect> effects = new ArrayList<>();
            for (int n = 0; n < 12; n++) {
              Channel channel = CHANNELS.get((seat + n * 7) % 5);
              effects.add(effect(channel, "d" + (seat * 5 + n * 7) % 12, seat + "-" + i + "-" + n));
            }
            if (seat % 2 == 1) {
              Collections.reverse(effects);
            }
            String poster = "p" + seat + "-" + i;
            keep(new DeviceCommit(poster, 0, 1, Optional.empty(), 0, List.of(), effects));
            List<LaneResult> results = new ArrayList<>();
            for (Channel channel : Channel.values()) {
              for (Lane lane : store.claimLanes(TENANT, channel, NOON, LATER, 4, 2)) {
                numbers(lane).forEach(number -> assertTrue(settled.add(number)));
                results.add(new LaneResult(lane, numbers(lane), Map.of(), 0, NOON));
              }
            }
            Collections.reverse(results);
            store.settle(TENANT, results, NOON);
          }
          return true;
        });
    for (Channel channel : Channel.values()) {
      claim(channel, NOON, LATER)
          .forEach(lane -> numbers(lane).forEach(number -> assertTrue(settled.add(number))));
    }

    assertEquals(THREADS * 25 * 12, settled.size());
  }
}
