package io.riskladder.core.advice;

import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.Paths;
import io.riskladder.core.internal.Periods;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.GroupPolicies;
import io.riskladder.core.policy.Ladder;
import io.riskladder.core.policy.Rung;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.threat.Classification;
import java.util.List;
import java.util.Optional;

/**
 * A ladder that holds somewhere, and where it is written.
 *
 * @param ladder the ladder
 * @param path the path of the policy, or of the own classification whose default it is; empty for
 *     one of the catalogue's, which no document can change
 * @param owner the group that holds the policy; the root for a default
 * @param advised the set that it is part of
 */
record AdvisedLadder(Ladder ladder, String path, DeviceGroup owner, AdvisedPolicies advised) {

  /** {@return the groups whose devices it holds for, the owner first} */
  private List<GroupPolicies> heirs() {
    return advised.heirs(owner, classification().id());
  }

  Classification classification() {
    return ladder.classification();
  }

  /** {@return the classification's name in quotation marks} */
  String name() {
    return quoted(classification().displayName());
  }

  List<Rung> rungs() {
    return ladder.rungs();
  }

  /** {@return the path of what the document says of a rung} */
  String pathOf(Rung rung) {
    return rung.number() == 0
        ? path
        : Paths.index(Paths.field(path, "escalations"), rung.number() - 1);
  }

  String responsePathOf(Rung rung) {
    return Paths.field(pathOf(rung), "response");
  }

  /** {@return whether it is a classification's default, which has no escalations} */
  boolean isDefault() {
    return ladder.policyGroup().isEmpty();
  }

  /** {@return the group that it is written for, and how many inherit it, in words} */
  String audience() {
    return audience(heirs());
  }

  /** {@return those of its groups where a block takes effect, in words, if there are any} */
  Optional<String> audienceOf(BlockStrength block) {
    List<GroupPolicies> blocked =
        heirs().stream().filter(heir -> heir.onDeviceThreatProtection().allows(block)).toList();
    return blocked.isEmpty() ? Optional.empty() : Optional.of(audience(blocked));
  }

  private String audience(List<GroupPolicies> groups) {
    GroupPolicies first = groups.get(0);
    int others = groups.size() - 1;
    String name = "group " + quoted(first.name());
    if (others == 0) {
      return name;
    }
    return first.id().equals(owner.id())
        ? name + " and " + Periods.count(others, "group") + " below it"
        : name + " and " + Periods.count(others, "other group");
  }

  static String quoted(String name) {
    return "\"" + Checks.excerpt(name) + "\"";
  }

  /** {@return a rung as people count: the base is step 1} */
  static String step(Rung rung) {
    return "step " + (rung.number() + 1);
  }
}
