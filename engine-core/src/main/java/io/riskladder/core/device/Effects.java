package io.riskladder.core.device;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableList;
import io.riskladder.core.risk.RiskLevel;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands the effects of a decision to a sink, in order, each with its cause and its number. There is
 * one view for all of them, which says what the effect at hand is.
 */
final class Effects implements EffectView, Settlement.Changes {
  private static final EffectSink NONE = effect -> {};

  /** By level, so that to be asked for one allocates nothing. */
  private static final ImmutableList<Optional<RiskLevel>> LEVELS =
      Arrays.stream(RiskLevel.values()).map(Optional::of).collect(toImmutableList());

  private EffectSink sink = NONE;
  private String device = "";
  private Optional<String> deviceIfAny = Optional.empty();

  // what brings the effects about
  private Instant at = Instant.EPOCH;
  private long event;
  private @Nullable String dueThreat;
  private int count;
  private @Nullable EffectIds ids;
  private @Nullable Cause cause;

  // the effect at hand
  private Effect.Type type = Effect.Type.REJECTED;
  private @Nullable OpenThreat threat;
  private Optional<RiskLevel> level = Optional.empty();
  private Resolution resolution = Resolution.RESOLVED;
  private Optional<String> by = Optional.empty();
  private Optional<String> name = Optional.empty();
  private @Nullable String nameToBeWrapped; // in place of the name until that is asked for
  private List<String> list = List.of();
  private RejectionReason reason = RejectionReason.UNKNOWN_DEVICE;
  private @Nullable String rejectedThreat;

  /** Starts on another device. */
  void begin(String ofDevice, EffectSink to) {
    device = ofDevice;
    deviceIfAny = Optional.empty();
    nameToBeWrapped = null; // a sink may have thrown
    sink = to;
  }

  /** Lets go of what it was handed. */
  void end() {
    sink = NONE;
    ids = null;
    cause = null;
    threat = null;
  }

  /** What is added from here on comes of this event. */
  void causedByEvent(Instant now, long number) {
    dueThreat = null;
    event = number;
    begin(now);
  }

  /** What is added from here on comes of a rung of this threat that fell due. */
  void causedByDue(Instant due, String ofThreat) {
    dueThreat = ofThreat;
    begin(due);
  }

  private void begin(Instant now) {
    at = now;
    count = 0;
    ids = null;
    cause = null;
  }

  /** Step 1 of announcing: the user is told. */
  void notifyDevice(OpenThreat of) {
    onThreatAtLevel(Effect.Type.NOTIFY_DEVICE, of);
  }

  void issueOpened(OpenThreat of) {
    onThreatAtLevel(Effect.Type.ISSUE_OPENED, of);
  }

  void issueUpdated(OpenThreat of) {
    onThreatAtLevel(Effect.Type.ISSUE_UPDATED, of);
  }

  void issueResolved(OpenThreat of, Resolution how) {
    resolution = how;
    onThreat(Effect.Type.ISSUE_RESOLVED, of);
  }

  void issueIgnored(OpenThreat of, Optional<String> who) {
    by = who;
    onThreat(Effect.Type.ISSUE_IGNORED, of);
  }

  void issueRestored(OpenThreat of, Optional<String> who) {
    by = who;
    onThreat(Effect.Type.ISSUE_RESTORED, of);
  }

  void emailAdministrators(OpenThreat of, List<String> recipients) {
    list = recipients;
    onThreatAtLevel(Effect.Type.EMAIL_ADMINISTRATORS, of);
  }

  @SuppressWarnings("EnumOrdinal") // of a list in memory, which nothing outlives
  private void onThreatAtLevel(Effect.Type what, OpenThreat of) {
    onThreat(what, of, LEVELS.get(of.riskLevel().ordinal()));
  }

  private void onThreat(Effect.Type what, OpenThreat of) {
    onThreat(what, of, Optional.empty());
  }

  private void onThreat(Effect.Type what, OpenThreat of, Optional<RiskLevel> at) {
    threat = of;
    level = at;
    name = Optional.empty();
    hand(what);
  }

  @Override
  public void block(Block block) {
    name = Optional.empty();
    list = Change.domainsOf(block);
    onDevice(Change.typeOf(block));
  }

  @Override
  public void named(Effect.Type what, String nameOfIt) {
    name = Optional.empty();
    nameToBeWrapped = nameOfIt;
    onDevice(what);
    nameToBeWrapped = null;
  }

  void change(Change change) {
    name = change.name();
    list = change.domains();
    onDevice(change.type());
  }

  private void onDevice(Effect.Type what) {
    threat = null;
    level = Optional.empty();
    hand(what);
  }

  void reject(RejectionReason why, @Nullable String ofThreat) {
    reason = why;
    name = Optional.empty();
    rejectedThreat = ofThreat;
    onDevice(Effect.Type.REJECTED);
  }

  private void hand(Effect.Type what) {
    type = what;
    sink.accept(this);
    count++;
  }

  @Override
  public Effect.Type type() {
    return type;
  }

  @Override
  public Instant at() {
    return at;
  }

  @Override
  public Optional<String> device() {
    if (deviceIfAny.isEmpty()) {
      deviceIfAny = Optional.of(device);
    }
    return deviceIfAny;
  }

  @Override
  public Optional<String> threat() {
    OpenThreat of = threat;
    return of != null ? of.idIfAny() : Optional.ofNullable(threatOrNull());
  }

  private @Nullable String threatOrNull() {
    OpenThreat of = threat;
    return of != null ? of.id() : type == Effect.Type.REJECTED ? rejectedThreat : null;
  }

  @Override
  public Optional<RiskLevel> riskLevel() {
    return level;
  }

  @Override
  public Optional<String> name() {
    if (nameToBeWrapped != null) {
      name = Optional.of(nameToBeWrapped);
      nameToBeWrapped = null;
    }
    return name;
  }

  @Override
  public Effect toEffect() {
    EffectHeader header = header();
    return switch (type) {
      case NOTIFY_DEVICE ->
          new Effect.NotifyDevice(
              header, level.orElseThrow(), concerned().response(), concerned().message(device, at));
      case ISSUE_OPENED -> new Effect.IssueOpened(header, level.orElseThrow());
      case ISSUE_UPDATED -> new Effect.IssueUpdated(header, level.orElseThrow());
      case ISSUE_RESOLVED -> new Effect.IssueResolved(header, resolution);
      case ISSUE_IGNORED -> new Effect.IssueIgnored(header, by);
      case ISSUE_RESTORED -> new Effect.IssueRestored(header, by);
      case EMAIL_ADMINISTRATORS ->
          new Effect.EmailAdministrators(header, level.orElseThrow(), list);
      case BLOCK_DOMAINS -> new Effect.BlockDomains(header, list);
      case BLOCK_INTERNET -> new Effect.BlockInternet(header);
      case UNBLOCK -> new Effect.Unblock(header);
      case ADD_LABEL -> new Effect.AddLabel(header, name().orElseThrow());
      case REMOVE_LABEL -> new Effect.RemoveLabel(header, name().orElseThrow());
      case COMPLIANCE_ACTION_STARTED ->
          new Effect.ComplianceActionStarted(header, name().orElseThrow());
      case COMPLIANCE_ACTION_CEASED ->
          new Effect.ComplianceActionCeased(header, name().orElseThrow());
      case REJECTED -> new Effect.Rejected(header, reason);
    };
  }

  private OpenThreat concerned() {
    return requireNonNull(threat);
  }

  private EffectHeader header() {
    OpenThreat of = threat;
    return new EffectHeader(
        at,
        ids(),
        count,
        device,
        threatOrNull(),
        of == null ? null : of.ladder().classification().id(),
        cause(),
        of == null ? null : of.basis());
  }

  private EffectIds ids() {
    EffectIds known = ids;
    if (known == null) {
      String due = dueThreat;
      known = due != null ? EffectIds.ofDue(at, device, due) : EffectIds.ofEvent(event, device);
      ids = known;
    }
    return known;
  }

  private Cause cause() {
    Cause known = cause;
    if (known == null) {
      known = dueThreat != null ? Cause.DUE : new Cause.Event(event);
      cause = known;
    }
    return known;
  }
}
