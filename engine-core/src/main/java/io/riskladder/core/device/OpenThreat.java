package io.riskladder.core.device;

import static io.riskladder.core.internal.Checks.excerpt;
import static io.riskladder.core.internal.Checks.invalid;
import static java.util.Objects.requireNonNull;

import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A threat while things happen to its device: where it stands, changed in place. It is used again
 * and again, for one threat after another.
 */
final class OpenThreat {
  private String id = "";
  private @Nullable String classification;
  private int rung;
  private IssueState issue = IssueState.NONE;
  private @Nullable PolicyPin pin;
  private @Nullable Instant entered;
  private @Nullable Instant due;

  /** What it came from, as long as it is still like that. */
  private @Nullable ThreatState unchanged;

  // the words that it came from, as long as it is still like that; instants are read when needed
  private boolean isPacked;
  private long enteredWord;
  private long dueWord;
  private long restWord;

  /** The number of its classification, or -1 until that is looked up. */
  private int number = -1;

  private Optional<String> idIfAny = Optional.empty();

  private int version;
  private @Nullable GroupPolicies group;
  private @Nullable Ladder ladder;
  private @Nullable CompiledPolicies policies;

  private RiskLevel oldLevel = RiskLevel.NONE;
  private Response oldResponse = Response.DONT_ALERT;

  /** Makes this the threat of a state. Its ladder is not known yet. */
  void take(ThreatState state) {
    id = state.id();
    classification = state.classification();
    rung = state.rung();
    issue = state.issue();
    pin = state.pinOrNull();
    entered = state.entered();
    due = state.due();
    isPacked = false;
    number = -1;
    idIfAny = Optional.empty();
    unchanged = state;
  }

  /** Makes this a threat that was just found. Its ladder is not known yet. */
  void begin(String newId, String newClassification, Instant now) {
    id = newId;
    classification = newClassification;
    rung = 0;
    issue = IssueState.NONE;
    pin = null;
    entered = now;
    due = null;
    isPacked = false;
    number = -1;
    idIfAny = Optional.empty();
    unchanged = null;
  }

  /**
   * Makes this a threat that is packed, with the ladder that decides for it.
   *
   * @param pool where it is packed
   * @param place its place there
   */
  void take(ThreatPool pool, int place) {
    long rest = pool.word(place, PackedThreat.REST);
    id = pool.id(place);
    classification = null;
    rung = PackedThreat.rung(rest);
    issue = PackedThreat.issue(rest);
    pin = null;
    enteredWord = pool.word(place, PackedThreat.ENTERED);
    dueWord = pool.word(place, PackedThreat.DUE);
    restWord = rest;
    number = PackedThreat.classification(rest);
    entered = null;
    due = null;
    isPacked = true;
    idIfAny = Optional.empty();
    unchanged = null;
  }

  /**
   * {@return the number of its classification}
   *
   * @param numbers the numbers of classifications
   */
  int number(Numbers numbers) {
    if (number < 0) {
      number = numbers.of(classification());
    }
    return number;
  }

  /**
   * {@return whether it can be packed}
   *
   * @param numbers the numbers of classifications
   */
  boolean fits(Numbers numbers) {
    return pin == null
        && rung < PackedThreat.RUNGS
        && number(numbers) < PackedThreat.CLASSIFICATIONS;
  }

  /** Packs it, if it fits. */
  void pack(ThreatPool pool, int place) {
    pool.setId(place, id);
    if (!isPacked) {
      Instant next = due;
      enteredWord = PackedInstant.word(entered());
      dueWord = next == null ? PackedThreat.NO_DUE : PackedInstant.word(next);
      restWord = PackedThreat.rest(this, number);
    }
    pool.setWord(place, PackedThreat.ENTERED, enteredWord);
    pool.setWord(place, PackedThreat.DUE, dueWord);
    pool.setWord(place, PackedThreat.REST, restWord);
  }

  /** {@return what it is now} */
  ThreatState state() {
    ThreatState state = unchanged;
    if (state == null) {
      state = new ThreatState(id, classification(), rung, entered(), due(), issue, pin);
      unchanged = state;
    }
    return state;
  }

  String id() {
    return id;
  }

  /** {@return its id, the same object each time} */
  Optional<String> idIfAny() {
    if (idIfAny.isEmpty()) {
      idIfAny = Optional.of(id);
    }
    return idIfAny;
  }

  String classification() {
    String known = classification;
    if (known == null) {
      known = ladder().classification().id();
      classification = known;
    }
    return known;
  }

  Instant entered() {
    Instant known = entered;
    if (known == null) {
      known = PackedInstant.instant(enteredWord, PackedThreat.enteredRest(restWord));
      entered = known;
    }
    return known;
  }

  /** {@return the second in which its next rung is due; {@link Long#MAX_VALUE} if none is} */
  long dueSecond() {
    if (isPacked) {
      return dueWord == PackedThreat.NO_DUE ? Long.MAX_VALUE : PackedInstant.second(dueWord);
    }
    return due == null ? Long.MAX_VALUE : due.getEpochSecond();
  }

  /** {@return the nanoseconds into that second; 0 if none is} */
  int dueNano() {
    if (isPacked) {
      return PackedInstant.nano(dueWord, PackedThreat.dueRest(restWord));
    }
    return due == null ? 0 : PackedInstant.nano(due);
  }

  @Nullable Instant due() {
    if (due == null && isPacked && dueWord != PackedThreat.NO_DUE) {
      due = PackedInstant.instant(dueWord, PackedThreat.dueRest(restWord));
    }
    return due;
  }

  IssueState issue() {
    return issue;
  }

  @Nullable PolicyPin pin() {
    return pin;
  }

  boolean counts() {
    return issue != IssueState.IGNORED;
  }

  void setIssue(IssueState value) {
    if (issue != value) {
      change();
      issue = value;
    }
  }

  void pinTo(@Nullable PolicyPin value) {
    if (!Objects.equals(pin, value)) {
      change();
      pin = value;
    }
  }

  /** Its ladder stands still. */
  void stop() {
    change();
    due = null;
  }

  /** Puts it on a rung that it entered at some time; the next one is due no sooner than now. */
  void stay(int number, Instant since, Instant now) {
    isPacked = false; // all that its words said is said anew
    unchanged = null;
    rung = number;
    entered = since;
    due = counts() && number < ladder().last() ? later(now, since, number) : null;
  }

  /** From here on it is no longer what it came from. */
  private void change() {
    if (isPacked) {
      entered();
      due();
      isPacked = false;
    }
    unchanged = null;
  }

  private Instant later(Instant now, Instant since, int number) {
    Instant next = since.plusSeconds(ladder().waitSeconds(number + 1));
    return next.isBefore(now) ? now : next;
  }

  /** Takes note of the policy that decides for it. */
  void setLadder(Ladder its, GroupPolicies ofGroup, int ofVersion, CompiledPolicies of) {
    ladder = its;
    group = ofGroup;
    version = ofVersion;
    policies = of;
  }

  /** Takes note of the policy that decides for it, which must have the rung that it is on. */
  void setCheckedLadder(Ladder its, GroupPolicies ofGroup, int ofVersion, CompiledPolicies of) {
    if (rung > its.last()) {
      throw invalid(
          "policies", "threat " + excerpt(id) + " is on rung " + rung + ", which is not there");
    }
    setLadder(its, ofGroup, ofVersion, of);
  }

  /** Keeps in mind what its rung asks for, before it gets another ladder. */
  void rememberRung() {
    oldLevel = riskLevel();
    oldResponse = response();
  }

  RiskLevel oldLevel() {
    return oldLevel;
  }

  Response oldResponse() {
    return oldResponse;
  }

  Ladder ladder() {
    return requireNonNull(ladder);
  }

  int rungNumber() {
    return rung;
  }

  RiskLevel riskLevel() {
    return ladder().riskLevel(rung);
  }

  Response response() {
    return ladder().response(rung);
  }

  PolicyBasis basis() {
    return new PolicyBasis(rung, ladder().policyGroup(), version);
  }

  /** {@return the message of its rung} */
  Message message(String device, Instant at) {
    return Messages.of(
        ladder(),
        rung,
        requireNonNull(group),
        requireNonNull(policies).timeZone(),
        device,
        at,
        due);
  }
}
