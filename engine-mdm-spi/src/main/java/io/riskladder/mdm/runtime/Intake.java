package io.riskladder.mdm.runtime;

import com.google.common.collect.Lists;
import com.google.common.collect.Sets;
import io.riskladder.mdm.spi.DeviceStore;
import io.riskladder.mdm.spi.StoredAnswer;
import io.riskladder.mdm.spi.StoredDevice;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Events on their way to a decision: taken in from any thread, decided on and kept many at a time.
 * A device that somebody else changed meanwhile is decided on again. Events of one device stay in
 * the order in which they came in.
 */
final class Intake {

  /** An event and who waits for its answer. */
  private record Waiting(Submission event, CompletableFuture<Answer> answer) {}

  private final Tenancy tenancy;
  private final Decisions decisions;
  private final int batch;
  private final int room;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private boolean closed;

  /**
   * An intake for a tenant.
   *
   * @param batch how many events are decided on at a time
   * @param room how many events may wait
   */
  Intake(Tenancy tenancy, Decisions decisions, int batch, int room) {
    this.tenancy = tenancy;
    this.decisions = decisions;
    this.batch = batch;
    this.room = room;
  }

  /** Has an event wait for its decision. {@return its answer, when there is one} */
  CompletableFuture<Answer> add(Submission event) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    synchronized (this) {
      if (!closed && waiting.size() < room) {
        waiting.addLast(new Waiting(event, answer));
        return answer;
      }
    }
    answer.completeExceptionally(
        closed()
            ? new EngineClosedException()
            : new EngineBusyException(room + " events wait already"));
    return answer;
  }

  private synchronized boolean closed() {
    return closed;
  }

  synchronized int size() {
    return waiting.size();
  }

  /** Lets nobody in any more, and tells all who wait. */
  void close() {
    List<Waiting> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(waiting);
      waiting.clear();
    }
    left.forEach(one -> one.answer.completeExceptionally(new EngineClosedException()));
  }

  /**
   * Takes the next events. When the store throws they stay where they are, in front, since nobody
   * knows whether they were kept.
   *
   * @return whether more wait
   */
  boolean run(Instant now) {
    List<Waiting> next = take();
    if (next.isEmpty()) {
      return false;
    }
    List<Waiting> left = next;
    try {
      left = decide(next, now);
    } finally {
      putBack(left);
    }
    return size() > 0;
  }

  private synchronized List<Waiting> take() {
    List<Waiting> next = new ArrayList<>(Math.min(batch, waiting.size()));
    Set<String> events = new HashSet<>();
    while (next.size() < batch && !waiting.isEmpty() && events.add(waiting.getFirst().event.id())) {
      next.add(waiting.removeFirst());
    }
    return next;
  }

  private synchronized void putBack(List<Waiting> left) {
    for (Waiting one : Lists.reverse(left)) {
      if (!one.answer.isDone()) {
        if (closed) {
          one.answer.completeExceptionally(new EngineClosedException());
        } else {
          waiting.addFirst(one);
        }
      }
    }
  }

  /** {@return those of which the device was changed by somebody else meanwhile} */
  private List<Waiting> decide(List<Waiting> next, Instant now) {
    DeviceStore store = tenancy.store();
    Map<String, StoredAnswer> known =
        store.answers(tenancy.id(), Lists.transform(next, one -> one.event.id()));
    Map<String, List<Waiting>> byDevice = new LinkedHashMap<>();
    for (Waiting one : next) {
      StoredAnswer answer = known.get(one.event.id());
      if (answer != null) {
        one.answer.complete(again(answer));
      } else {
        byDevice.computeIfAbsent(one.event.device(), device -> new ArrayList<>()).add(one);
      }
    }
    if (byDevice.isEmpty()) {
      return List.of();
    }
    Map<String, StoredDevice> stored = store.load(tenancy.id(), byDevice.keySet());
    Map<String, DecidedDevice> decided = new HashMap<>();
    byDevice.forEach(
        (device, events) -> {
          try {
            List<Submission> submitted = Lists.transform(events, one -> one.event);
            decided.put(device, decisions.onEvents(device, stored.get(device), submitted, now));
          } catch (IllegalArgumentException e) { // its state does not go with the policies
            events.forEach(one -> one.answer.completeExceptionally(e));
          }
        });
    if (decided.isEmpty()) {
      return List.of();
    }
    Set<String> refused =
        store.commit(
            tenancy.id(), decided.values().stream().map(DecidedDevice::commit).toList(), now);
    Set<String> unreadable = unreadable(Sets.difference(refused, stored.keySet()));
    List<Waiting> left = new ArrayList<>();
    byDevice.forEach(
        (device, events) -> {
          DecidedDevice done = decided.get(device);
          if (unreadable.contains(device)) {
            RuntimeException why = unreadable(device);
            events.forEach(one -> one.answer.completeExceptionally(why));
          } else if (refused.contains(device)) {
            left.addAll(events);
          } else if (done != null) {
            answer(events, done);
            tenancy.decided(done, now);
          }
        });
    return left;
  }

  /** {@return those that were not loaded, because they cannot be read} */
  private Set<String> unreadable(Set<String> there) {
    return there.isEmpty() ? Set.of() : tenancy.store().unreadable(tenancy.id(), Set.copyOf(there));
  }

  static IllegalStateException unreadable(String device) {
    return new IllegalStateException(
        "device " + device + ": its state cannot be read; was it written by a newer version?");
  }

  private static Answer again(StoredAnswer answer) {
    return new Answer(
        answer.event(), answer.device(), answer.at(), answer.rejection(), List.of(), true);
  }

  private static void answer(List<Waiting> events, DecidedDevice done) {
    Map<String, Answer> answers = new HashMap<>();
    done.parts().forEach(part -> part.answer().ifPresent(a -> answers.put(a.id(), a)));
    events.forEach(one -> one.answer.complete(answers.get(one.event.id())));
  }
}
