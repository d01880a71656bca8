package io.riskladder.benchmarks.contestants;

import com.github.oxo42.stateless4j.StateMachine;
import com.github.oxo42.stateless4j.StateMachineConfig;
import com.github.oxo42.stateless4j.triggers.TriggerWithParameters2;
import io.riskladder.benchmarks.contestants.desk.Desk;
import io.riskladder.benchmarks.contestants.desk.DeskDevice;
import io.riskladder.benchmarks.contestants.desk.DeskThreat;
import io.riskladder.benchmarks.workload.Contestant;
import io.riskladder.benchmarks.workload.EffectSink;
import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.benchmarks.workload.Step;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A state machine for each threat, made by stateless4j from one definition for each ladder, with a
 * priority queue for what it has no timers for. A machine lives as long as its threat.
 */
final class Stateless implements Contestant {
  private static final Comparator<Timer> ORDER =
      Comparator.comparingLong(Timer::at)
          .thenComparing(timer -> timer.threat.getDeviceId())
          .thenComparing(timer -> timer.threat.getId());

  /** The states are the numbers of the rungs, and these two. */
  private static final Integer NEW = -1;

  private static final Integer ENDED = -2;

  private enum Trigger {
    DETECTED,
    DUE,
    RESOLVED,
    REPLACED
  }

  private record Timer(long at, Threat threat, int rung) {}

  private record Definition(
      StateMachineConfig<Integer, Trigger> states,
      TriggerWithParameters2<Threat, Long, Trigger> detected,
      TriggerWithParameters2<Threat, Long, Trigger> due,
      TriggerWithParameters2<Threat, Long, Trigger> resolved,
      TriggerWithParameters2<Threat, Long, Trigger> replaced) {

    static Definition empty() {
      StateMachineConfig<Integer, Trigger> states = new StateMachineConfig<>();
      return new Definition(
          states,
          states.setTriggerParameters(Trigger.DETECTED, Threat.class, Long.class),
          states.setTriggerParameters(Trigger.DUE, Threat.class, Long.class),
          states.setTriggerParameters(Trigger.RESOLVED, Threat.class, Long.class),
          states.setTriggerParameters(Trigger.REPLACED, Threat.class, Long.class));
    }
  }

  private static final class Threat extends DeskThreat {
    private final Definition definition;
    private final StateMachine<Integer, Trigger> machine;

    Threat(
        DeskDevice device,
        String id,
        String classification,
        List<Step> ladder,
        Definition definition) {
      super(device, id, classification, ladder);
      this.definition = definition;
      machine = new StateMachine<>(NEW, definition.states);
    }
  }

  private final Desk desk;
  private final Map<List<Step>, Definition> definitions = new HashMap<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>(ORDER);

  Stateless(Rules rules, EffectSink sink) {
    desk = new Desk(rules, sink);
  }

  private Definition define(List<Step> ladder) {
    Definition definition = Definition.empty();
    definition.states.configure(NEW).permit(Trigger.DETECTED, 0);
    for (int i = 0; i < ladder.size(); i++) {
      int rung = i;
      var state =
          definition
              .states
              .configure(rung)
              .permit(Trigger.RESOLVED, ENDED)
              .permit(Trigger.REPLACED, ENDED)
              .onEntryFrom(
                  rung == 0 ? definition.detected : definition.due,
                  (threat, now) -> enter(threat, rung, now));
      if (i + 1 < ladder.size()) {
        state.permit(Trigger.DUE, i + 1);
      }
    }
    definition
        .states
        .configure(ENDED)
        .onEntryFrom(definition.resolved, desk::end)
        .onEntryFrom(definition.replaced, desk::replace);
    return definition;
  }

  private void enter(Threat threat, int rung, long now) {
    desk.enter(threat, rung, now);
    if (threat.isWaiting()) {
      timers.add(new Timer(threat.due(), threat, rung + 1));
    }
  }

  @Override
  public void enrolled(String device, String group, boolean ios, Instant at) {
    enterDue(at.getEpochSecond(), false);
    desk.enrol(device, group);
  }

  @Override
  public void detected(String deviceId, String id, String classification, Instant at) {
    long now = at.getEpochSecond();
    enterDue(now, false);
    DeskDevice device = desk.device(deviceId);
    if (device == null) {
      return;
    }
    if (Desk.threat(device, id) instanceof Threat known) {
      if (known.getClassification().equals(classification)) {
        return;
      }
      known.machine.fire(known.definition.replaced, known, now);
    }
    List<Step> ladder = desk.ladder(device.group(), classification);
    Definition definition = definitions.computeIfAbsent(ladder, this::define);
    Threat threat = new Threat(device, id, classification, ladder, definition);
    threat.machine.fire(definition.detected, threat, now);
  }

  @Override
  public void resolved(String deviceId, String id, Instant at) {
    long now = at.getEpochSecond();
    enterDue(now, false);
    DeskDevice device = desk.device(deviceId);
    if (device != null && Desk.threat(device, id) instanceof Threat known) {
      known.machine.fire(known.definition.resolved, known, now);
    }
  }

  @Override
  public void advanceTo(Instant at) {
    enterDue(at.getEpochSecond(), true);
  }

  private void enterDue(long limit, boolean alsoAtLimit) {
    Timer timer = timers.peek();
    while (timer != null && (timer.at < limit || (alsoAtLimit && timer.at == limit))) {
      timers.remove();
      Threat threat = timer.threat;
      if (threat.machine.getState() == timer.rung - 1) {
        threat.machine.fire(threat.definition.due, threat, timer.at);
      }
      timer = timers.peek();
    }
  }
}
