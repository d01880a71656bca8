package io.riskladder.cli;

import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.mdm.document.EngineEvent;
import io.riskladder.mobilerisk.FeedAction;
import io.riskladder.mobilerisk.FeedItem;
import io.riskladder.mobilerisk.FeedMapping;
import io.riskladder.mobilerisk.FeedPlace;
import io.riskladder.mobilerisk.FeedReader;
import io.riskladder.mobilerisk.FeedTarget;
import io.riskladder.mobilerisk.FeedVersion;
import io.riskladder.mobilerisk.Mapping;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run of a feed's events through a fleet; holds the fleet, an event and the ids of the last
 * ones, and nothing else that grows with the file.
 */
final class FeedReplay {
  private final Fleet fleet;
  private final EventsFile file;
  private final FeedVersion version;
  private final Story story;
  private final EffectSink sink;
  private final PrintWriter err;
  private final Progress progress;
  private final FeedSummary summary = new FeedSummary();

  FeedReplay(
      CompiledPolicies policies,
      EventsFile file,
      FeedVersion version,
      Story story,
      PrintWriter err) {
    this.fleet = Fleet.under(policies);
    this.file = file;
    this.version = version;
    this.story = story;
    this.sink = EffectSink.of(story::effect);
    this.err = err;
    this.progress = new Progress(err, "events");
  }

  /**
   * Plays all events, then lets time pass, and says what became of the events.
   *
   * @return the exit status
   */
  int run(Optional<Instant> until) throws IOException {
    FeedReader reader = new FeedReader(file.in());
    try {
      play(reader);
    } finally {
      progress.clear();
    }
    if (!reader.stopped()) {
      fleet.advanceTo(until.orElse(fleet.latestSeen()), sink);
    }
    story.flush();
    summary.print(err);
    return reader.anyUnreadable() ? 1 : 0;
  }

  private void play(FeedReader reader) throws IOException {
    FeedMapping mapping = FeedMapping.of(version, new Target());
    for (Optional<FeedItem> item = reader.next(); item.isPresent(); item = reader.next()) {
      Mapping done = mapping.take(item.get());
      summary.add(done);
      if (reader.stopped() && item.get() instanceof FeedItem.Unreadable unreadable) {
        progress.clear();
        err.println(stoppedAt(unreadable));
      }
      progress.step(reader.eventsRead(), fleet.size(), fleet.latestSeen());
    }
  }

  private String stoppedAt(FeedItem.Unreadable unreadable) {
    FeedPlace at = unreadable.place();
    return Text.oneLine(
        file.name()
            + ":"
            + at.line()
            + ":"
            + at.column()
            + ": event "
            + at.event()
            + ": "
            + unreadable.problem());
  }

  /** The fleet, with each event told before what follows from it. */
  private final class Target implements FeedTarget {
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

    /**
     * The number of what follows from an event is the event's; of what has to be done before, the
     * same with a minus, as numbers are unique.
     */
    @Override
    public void apply(Mapping.Mapped mapped) {
      long number = mapped.item().place().event();
      List<FeedAction> actions = mapped.actions();
      for (int i = 0; i < actions.size(); i++) {
        apply(actions.get(i), mapped.at(), i == actions.size() - 1 ? number : -number);
      }
    }

    private void apply(FeedAction action, Instant at, long number) {
      Instant now = at.isAfter(fleet.latestSeen()) ? at : fleet.latestSeen();
      if (action instanceof FeedAction.OnDevice on) {
        story.event(number, now, new EngineEvent.OfDevice(at, on.device(), on.event()));
        fleet.apply(on.device(), on.event(), now, number, sink);
      } else if (action instanceof FeedAction.OnPolicies on) {
        PolicyChangeMode mode = PolicyChangeMode.CONTINUE;
        story.event(number, now, new EngineEvent.PolicyChanged(at, on.change(), mode));
        fleet.changePolicies(on.policies().compile(policies().limits()), mode, now, number, sink);
        story.policies(fleet.policies().current());
      }
    }
  }
}
