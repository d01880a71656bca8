package io.riskladder.mobilerisk;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.device.DeviceEvent.Reported;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.UnknownDevice;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.mobilerisk.Reports.Audit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the service's events into what happens in an engine, one after the other, and has the
 * engine do it. Which levels and responses threats have, the engine's policies say: of what the
 * service computed, nothing is taken over.
 *
 * <p>Every event has an answer; nothing that an event says makes {@link #take} throw. An event
 * whose id was among the last {@link #REMEMBERED_IDS} is not done again. Events older than that do
 * no harm either, unless they speak of a threat or a device that is gone by now. Not safe for use
 * by several threads.
 */
public final class FeedMapping {
  /** How many ids are remembered, to know events that come again. */
  public static final int REMEMBERED_IDS = 65_536;

  private final EventFormat format;
  private final FeedTarget target;
  private final AuditMapping audits;
  private final RecentIds recent = new RecentIds(REMEMBERED_IDS);

  private FeedMapping(EventFormat format, FeedTarget target, PolicySet afterReset) {
    this.format = format;
    this.target = target;
    this.audits = new AuditMapping(afterReset);
  }

  /**
   * {@return a mapping that remembers no event}
   *
   * @param version how the events are written down
   * @param target the engine
   * @param afterReset what a reset of a group's policies leads to: those of the group of that id,
   *     or none of its own. The service's own defaults are not public
   */
  public static FeedMapping of(FeedVersion version, FeedTarget target, PolicySet afterReset) {
    return new FeedMapping(
        EventFormat.of(requireNonNull(version, "version")),
        requireNonNull(target, "target"),
        requireNonNull(afterReset, "afterReset"));
  }

  /**
   * {@return a mapping that remembers no event, in which a reset leads to the policies that are in
   * force now}
   *
   * @param version how the events are written down
   * @param target the engine
   */
  public static FeedMapping of(FeedVersion version, FeedTarget target) {
    return of(version, target, target.policies().source());
  }

  /**
   * Has the engine do what an event comes to, unless that is nothing.
   *
   * @param item the event
   * @return what it came to
   */
  public Mapping take(FeedItem item) {
    if (item instanceof FeedItem.Unreadable unreadable) {
      return new Mapping.SetAside(item, SetAsideReason.UNREADABLE, unreadable.problem());
    }
    FeedEvent event = (FeedEvent) requireNonNull(item, "item");
    Mapping mapping;
    try {
      Fields fields = Fields.of(event);
      String id = fields.id("id");
      if (recent.contains(id)) {
        return new Mapping.Redelivered(event);
      }
      mapping = map(event, fields);
      if (mapping instanceof Mapping.Mapped mapped) {
        target.apply(mapped);
      }
      recent.add(id);
    } catch (CannotMapException e) {
      return new Mapping.SetAside(event, e.reason(), String.valueOf(e.getMessage()));
    }
    return mapping;
  }

  private Mapping map(FeedEvent event, Fields fields) throws CannotMapException {
    String type = fields.text("type");
    if (!format.types().contains(type)) {
      throw fields.cannot(
          SetAsideReason.UNKNOWN_TYPE,
          "type",
          Excerpt.of(type)
              + " is not known, expected one of "
              + String.join(", ", format.types().stream().sorted().toList()));
    }
    Instant at = format.instant(fields);
    return switch (type) {
      case EventFormat.DEVICE -> device(event, at, fields);
      case EventFormat.THREAT -> threat(event, at, fields);
      case EventFormat.AUDIT -> audit(event, at, fields);
      default -> new Mapping.NotNeeded(event, NotNeededReason.SMISHING_ALERT);
    };
  }

  private Mapping device(FeedEvent event, Instant at, Fields fields) throws CannotMapException {
    Reports.Device report = format.device(fields);
    target.reach(at);
    DeviceState state = target.device(report.id());
    List<Note> notes = new ArrayList<>();
    List<Reported> events = new DeviceMapping(target.policies(), notes).map(report, state);
    if (!events.isEmpty()) {
      return mapped(event, at, report.id(), events, notes);
    }
    return new Mapping.NotNeeded(
        event,
        state instanceof UnknownDevice
            ? NotNeededReason.DEVICE_NOT_ACTIVE
            : NotNeededReason.DEVICE_UNCHANGED);
  }

  private Mapping threat(FeedEvent event, Instant at, Fields fields) throws CannotMapException {
    Reports.Threat report = format.threat(fields);
    target.reach(at);
    List<Note> notes = new ArrayList<>();
    ThreatMapping.Outcome outcome =
        new ThreatMapping(target.policies(), notes).map(report, target.device(report.device()));
    NotNeededReason reason = outcome.reason();
    return reason == null
        ? mapped(event, at, report.device(), outcome.events(), notes)
        : new Mapping.NotNeeded(event, reason);
  }

  private static Mapping mapped(
      FeedEvent event, Instant at, String device, List<Reported> events, List<Note> notes) {
    List<FeedAction> actions = new ArrayList<>();
    for (Reported reported : events) {
      actions.add(new FeedAction.OnDevice(device, reported));
    }
    return new Mapping.Mapped(event, at, actions, notes);
  }

  private Mapping audit(FeedEvent event, Instant at, Fields fields) throws CannotMapException {
    Audit audit = format.audit(fields);
    if (PolicyEdit.isUnknownIn(audit)) {
      throw new CannotMapException(
          SetAsideReason.UNKNOWN_POLICY_CHANGE,
          Excerpt.of(audit.type()) + " changes policies or groups in a way that is not known");
    }
    if (!PolicyEdit.isIn(audit)) {
      return new Mapping.NotNeeded(event, NotNeededReason.OTHER_AUDIT);
    }
    List<PolicyEdit> edits = PolicyEdit.in(audit, format);
    if (edits.isEmpty()) {
      return new Mapping.NotNeeded(event, NotNeededReason.POLICY_SETTINGS);
    }
    target.reach(at);
    CompiledPolicies inForce = target.policies();
    AuditMapping.Edited edited = audits.apply(edits, inForce);
    if (edited.policies().equals(inForce.source())) {
      return new Mapping.NotNeeded(event, NotNeededReason.POLICY_UNCHANGED);
    }
    return new Mapping.Mapped(
        event,
        at,
        List.of(new FeedAction.OnPolicies(edited.policies(), edited.change())),
        edited.notes());
  }
}
