package io.riskladder.mobilerisk;

import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.threat.Classification;
import io.riskladder.mobilerisk.PolicyEdit.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what administrators changed about policies into whole policy sets. */
final class AuditMapping {
  private final PolicySet afterReset;

  AuditMapping(PolicySet afterReset) {
    this.afterReset = afterReset;
  }

  /** What edits come to. */
  record Edited(PolicySet policies, String change, List<Note> notes) {}

  /** {@return the policies after the edits, one after the other} */
  Edited apply(List<PolicyEdit> edits, CompiledPolicies policies) throws CannotMapException {
    PolicySet edited = policies.source();
    List<String> changes = new ArrayList<>();
    List<Note> notes = new ArrayList<>();
    for (PolicyEdit edit : edits) {
      edited = apply(edit, edited, changes, notes);
    }
    Optional<String> problem = PolicyEdits.problem(edited, policies.limits());
    if (problem.isPresent()) {
      throw new CannotMapException(SetAsideReason.INVALID_POLICY, problem.get());
    }
    return new Edited(edited, String.join("; ", changes), notes);
  }

  private PolicySet apply(
      PolicyEdit edit, PolicySet policies, List<String> changes, List<Note> notes)
      throws CannotMapException {
    DeviceGroup group = group(policies, edit.group());
    PolicyEdits edits = new PolicyEdits(policies);
    PolicySet edited;
    if (edit instanceof PolicyEdit.Rated rated) {
      edited = rate(rated, group, policies, edits, changes, notes);
    } else if (edit instanceof PolicyEdit.Protection protection) {
      changes.add("on-device threat protection " + (protection.enabled() ? "on" : "off"));
      edited = edits.protecting(group, protection.enabled());
    } else {
      changes.add("what it was before it was edited" + in(group));
      edited = edits.reset(group, afterReset);
    }
    notes.addAll(edits.notes());
    return edited;
  }

  private static PolicySet rate(
      PolicyEdit.Rated rated,
      DeviceGroup group,
      PolicySet policies,
      PolicyEdits edits,
      List<String> changes,
      List<Note> notes)
      throws CannotMapException {
    Classification classification = classification(policies, rated.classification());
    ClassificationPolicy before = PolicyEdits.effective(policies, group, classification);
    differed(classification, before.riskLevel(), rated.level(), notes);
    differed(classification, before.response(), rated.response(), notes);
    PolicySet edited =
        edits.rated(
            group, classification, rated.level().map(Step::to), rated.response().map(Step::to));
    ClassificationPolicy after =
        PolicyEdits.effective(
            edited, PolicyEdits.group(edited, group.id()).orElseThrow(), classification);
    changes.add(
        classification.id() + " at " + after.riskLevel() + ", " + after.response() + in(group));
    return edited;
  }

  private static String in(DeviceGroup group) {
    return group.parent().isEmpty() ? "" : " in group " + Excerpt.of(group.id());
  }

  private static <T> void differed(
      Classification classification, T before, Optional<Step<T>> step, List<Note> notes) {
    Optional<T> from = step.flatMap(Step::from);
    if (from.isPresent() && !from.get().equals(before)) {
      notes.add(
          new Note(
              Note.Kind.POLICY_DIFFERED,
              classification.id()
                  + " was "
                  + from.get()
                  + " at the service, and "
                  + before
                  + " in the policies"));
    }
  }

  private static DeviceGroup group(PolicySet policies, String id) throws CannotMapException {
    Optional<DeviceGroup> group =
        id.isEmpty() ? Optional.of(PolicyEdits.root(policies)) : PolicyEdits.group(policies, id);
    return group.orElseThrow(
        () ->
            new CannotMapException(
                SetAsideReason.UNKNOWN_GROUP,
                "the policies have no group " + Excerpt.of(id) + ", whose policy was changed"));
  }

  private static Classification classification(PolicySet policies, String id)
      throws CannotMapException {
    return PolicyEdits.classification(policies, id)
        .orElseThrow(
            () ->
                new CannotMapException(
                    SetAsideReason.UNKNOWN_CLASSIFICATION,
                    "the policy of "
                        + Excerpt.of(id)
                        + " was changed, which neither the catalogue nor the policies know"));
  }
}
