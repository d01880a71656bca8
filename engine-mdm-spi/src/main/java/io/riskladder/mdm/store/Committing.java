package io.riskladder.mdm.store;

import io.riskladder.mdm.spi.StoredAnswer;
import io.riskladder.mdm.spi.StoredDevice;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commits many devices in one transaction, and leaves those that have to be left. */
final class Committing {
  private final Statements db;
  private final String tenant;
  private final Instant now;

  Committing(Statements db, String tenant, Instant now) {
    this.db = db;
    this.tenant = tenant;
    this.now = now;
  }

  /** {@return the ids of the devices that were left as they are} */
  Set<String> commit(List<WrittenCommit> commits) throws SQLException {
    Map<String, Long> revisions =
        db.lockRevisions(tenant, commits.stream().map(WrittenCommit::id).toList());
    List<WrittenCommit> expected =
        commits.stream()
            .filter(
                one ->
                    one.commit().expected() == revisions.getOrDefault(one.id(), StoredDevice.NONE))
            .toList();
    Set<String> made = makeMissing(expected, revisions.keySet());
    List<WrittenCommit> possible =
        expected.stream()
            .filter(
                one ->
                    revisions.containsKey(one.id())
                        || one.device().isEmpty()
                        || made.contains(one.id()))
            .toList();
    List<WrittenCommit> kept = answer(possible);
    keep(kept, revisions.keySet());
    Set<String> left = new LinkedHashSet<>();
    commits.forEach(one -> left.add(one.id()));
    kept.forEach(one -> left.remove(one.id()));
    unmake(made, left);
    return left;
  }

  private Set<String> makeMissing(List<WrittenCommit> commits, Set<String> there)
      throws SQLException {
    List<Rows.Device> missing =
        commits.stream()
            .filter(one -> !there.contains(one.id()))
            .flatMap(one -> one.device().stream())
            .toList();
    return missing.isEmpty() ? Set.of() : db.insertDevices(tenant, missing);
  }

  private void unmake(Set<String> made, Set<String> left) throws SQLException {
    List<String> inVain = made.stream().filter(left::contains).toList();
    if (!inVain.isEmpty()) {
      db.deleteDevices(tenant, inVain);
    }
  }

  /**
   * {@return those whose events had no answer, and have one now} Answers are put there first, and
   * taken away again where another of the device's events turns out to have had one.
   */
  private List<WrittenCommit> answer(List<WrittenCommit> possible) throws SQLException {
    Set<String> answeredBefore = new HashSet<>();
    Map<String, StoredAnswer> answeredNow = new HashMap<>();
    while (true) {
      List<WrittenCommit> kept = unanswered(possible, answeredBefore);
      Map<String, StoredAnswer> wanted = answers(kept);
      takeBack(answeredNow, wanted);
      List<StoredAnswer> missing =
          wanted.values().stream().filter(a -> !answeredNow.containsKey(a.event())).toList();
      Set<String> made = missing.isEmpty() ? Set.of() : db.insertAnswers(tenant, missing);
      if (made.size() == missing.size()) {
        return kept;
      }
      for (StoredAnswer answer : missing) {
        if (made.contains(answer.event())) {
          answeredNow.put(answer.event(), answer);
        } else {
          answeredBefore.add(answer.event());
        }
      }
    }
  }

  /** {@return those none of whose events has an answer, be it of one before them in the list} */
  private static List<WrittenCommit> unanswered(
      List<WrittenCommit> commits, Set<String> answeredBefore) {
    Set<String> taken = new HashSet<>(answeredBefore);
    List<WrittenCommit> unanswered = new ArrayList<>();
    for (WrittenCommit one : commits) {
      if (one.commit().answers().stream().noneMatch(answer -> taken.contains(answer.event()))) {
        one.commit().answers().forEach(answer -> taken.add(answer.event()));
        unanswered.add(one);
      }
    }
    return unanswered;
  }

  private static Map<String, StoredAnswer> answers(Collection<WrittenCommit> commits) {
    Map<String, StoredAnswer> answers = new LinkedHashMap<>();
    commits.forEach(one -> one.commit().answers().forEach(a -> answers.put(a.event(), a)));
    return answers;
  }

  /** Takes away what is not wanted any more, or by another device now. */
  private void takeBack(Map<String, StoredAnswer> answered, Map<String, StoredAnswer> wanted)
      throws SQLException {
    List<String> inVain =
        answered.values().stream()
            .filter(answer -> !answer.equals(wanted.get(answer.event())))
            .map(StoredAnswer::event)
            .toList();
    if (!inVain.isEmpty()) {
      db.deleteAnswers(tenant, inVain);
      inVain.forEach(answered::remove);
    }
  }

  private void keep(List<WrittenCommit> kept, Set<String> there) throws SQLException {
    List<Rows.Device> changed = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    List<Rows.Posting> postings = new ArrayList<>();
    for (WrittenCommit one : kept) {
      if (there.contains(one.id())) {
        one.device().ifPresentOrElse(changed::add, () -> removed.add(one.id()));
      }
      postings.addAll(one.postings());
    }
    if (!changed.isEmpty()) {
      db.updateDevices(tenant, changed);
    }
    if (!removed.isEmpty()) {
      db.deleteDevices(tenant, removed);
    }
    if (!postings.isEmpty()) {
      db.post(tenant, postings, now);
    }
  }
}
