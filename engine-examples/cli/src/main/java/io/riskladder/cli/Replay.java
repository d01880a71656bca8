package io.riskladder.cli;

import static java.util.stream.Collectors.joining;

import io.riskladder.core.Limits;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.document.DocumentProblem;
import io.riskladder.mdm.document.EngineEvent;
import io.riskladder.mdm.document.EventReader;
import io.riskladder.mdm.document.InvalidDocumentException;
import io.riskladder.mdm.document.PolicyDocuments;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of events through a fleet; holds the fleet and a line, and nothing that grows with the
 * file.
 */
final class Replay {
  private final Fleet fleet;
  private final EventsFile file;
  private final Story story;
  private final EffectSink sink;
  private final PrintWriter err;
  private final Progress progress;
  private boolean anyEvent;

  /** A run is stopped by a line that is wrong. */
  private static final class StoppedException extends Exception {
    private static final long serialVersionUID = 1L;

    StoppedException(String message) {
      super(message);
    }
  }

  Replay(CompiledPolicies policies, EventsFile file, Story story, PrintWriter err) {
    this.fleet = Fleet.under(policies);
    this.file = file;
    this.story = story;
    this.sink = EffectSink.of(story::effect);
    this.err = err;
    this.progress = new Progress(err, "lines");
  }

  /**
   * Plays all events, then lets time pass.
   *
   * @return the exit status
   */
  int run(Optional<Instant> until) throws IOException {
    if (!play(Limits.LATEST)) {
      return 1;
    }
    if (anyEvent || until.isPresent()) {
      fleet.advanceTo(until.orElse(fleet.latestSeen()), sink);
    }
    story.flush();
    return 0;
  }

  /**
   * {@return the fleet as it is when all events up to an instant have happened, and the instant is
   * reached; nothing if a line is wrong, which is said}
   *
   * @param at the instant; if absent, that of the last event
   */
  Optional<Fleet> fleetAt(Optional<Instant> at) throws IOException {
    if (!play(at.orElse(Limits.LATEST))) {
      return Optional.empty();
    }
    at.ifPresent(instant -> fleet.clock(instant, sink));
    return Optional.of(fleet);
  }

  /** {@return false if a line is wrong} */
  private boolean play(Instant last) throws IOException {
    try {
      events(new EventReader(file.in()), last);
      return true;
    } catch (StoppedException e) {
      story.flush();
      progress.clear();
      err.println(e.getMessage());
      return false;
    } finally {
      progress.clear();
    }
  }

  private void events(EventReader reader, Instant last) throws IOException, StoppedException {
    Optional<EventReader.Line> line = next(reader);
    while (line.isPresent() && !line.get().event().at().isAfter(last)) {
      apply(line.get());
      progress.step(line.get().number(), fleet.size(), fleet.latestSeen());
      line = next(reader);
    }
  }

  private Optional<EventReader.Line> next(EventReader reader) throws IOException, StoppedException {
    try {
      return reader.next();
    } catch (InvalidDocumentException e) {
      int column = e.problems().get(0).place().column();
      String reasons = e.problems().stream().map(Replay::reason).collect(joining("; "));
      throw stopped(reader.linesRead(), column, reasons);
    }
  }

  private static String reason(DocumentProblem problem) {
    return problem.path().isEmpty() ? problem.message() : problem.path() + ": " + problem.message();
  }

  private StoppedException stopped(long line, int column, String reason) {
    return new StoppedException(
        Text.oneLine(file.name() + ":" + line + ":" + column + ": " + reason));
  }

  private void apply(EventReader.Line line) throws StoppedException {
    EngineEvent event = line.event();
    Optional<CompiledPolicies> policies = Optional.empty();
    if (event instanceof EngineEvent.PolicyChanged changed) {
      policies = policies(line, changed);
    }
    anyEvent = true;
    Instant at = event.at().isAfter(fleet.latestSeen()) ? event.at() : fleet.latestSeen();
    fleet.clock(at, sink);
    story.event(line.number(), at, event);
    if (event instanceof EngineEvent.OfDevice ofDevice) {
      fleet.apply(ofDevice.device(), ofDevice.event(), at, line.number(), sink);
    } else if (event instanceof EngineEvent.PolicyChanged changed) {
      if (policies.isPresent()) {
        int before = fleet.policies().currentVersion();
        fleet.changePolicies(policies.get(), changed.mode(), at, line.number(), sink);
        if (fleet.policies().currentVersion() == before) { // why they were not put in force
          fleet
              .misfit(policies.get(), changed.mode())
              .ifPresent(misfit -> tell(line, changed, misfit));
        }
        story.policies(fleet.policies().current());
      } else {
        fleet.refusePolicies(at, line.number(), sink);
      }
    }
  }

  /**
   * {@return the policies of the file that the event names, or nothing if the document has errors}
   */
  private Optional<CompiledPolicies> policies(
      EventReader.Line line, EngineEvent.PolicyChanged changed) throws StoppedException {
    try {
      PolicySet set = PolicyDocuments.read(file.folder().resolve(changed.policy()));
      return Optional.of(set.compile());
    } catch (InvalidDocumentException e) {
      e.problems().forEach(problem -> tell(line, changed, problem.toString()));
      return Optional.empty();
    } catch (InvalidPathException e) {
      throw stopped(line.number(), line.column("policy"), "policy: not the name of a file");
    } catch (IOException e) {
      throw stopped(
          line.number(),
          line.column("policy"),
          "policy: " + PolicyFiles.unreadable(file.folder().resolve(changed.policy()), e));
    }
  }

  /** Says why policies are not put in force. */
  private void tell(EventReader.Line line, EngineEvent.PolicyChanged changed, String problem) {
    progress.clear();
    String where = file.name() + ":" + line.number() + ": " + changed.policy();
    err.println(Text.oneLine(where + ": " + problem));
  }
}
