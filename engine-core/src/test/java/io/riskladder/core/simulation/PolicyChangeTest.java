package io.riskladder.core.simulation;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.admin;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.own;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.refusal;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.saying;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.weekly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.riskladder.core.mdm.LabelScheme;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.InvalidPolicyException;
import io.riskladder.core.policy.MessageTemplate;
import io.riskladder.core.policy.PolicyProblem;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.simulation.ChangedPolicy.Kind;
import io.riskladder.core.simulation.PolicyChange.Other;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What differs between two policy sets, row by row. */
final class PolicyChangeTest {
  private static final ClassificationPolicy LOW = policy(RiskLevel.LOW, Response.ALERT_DEVICE);
  private static final ClassificationPolicy HIGH = policy(RiskLevel.HIGH, Response.ALERT_DEVICE);
  private static final String ADWARE = "ADWARE";
  private static final String MITM = "ACTIVE_MITM";
  private static final String BADGE = "LOST_BADGE";

  private static PolicyChange change(PolicySet.Builder present, PolicySet.Builder proposed) {
    return PolicyChange.between(present.build().compile(), proposed.build().compile());
  }

  private static ChangedPolicy row(String group, String classification, Kind kind) {
    return new ChangedPolicy(Optional.of(group), classification, kind);
  }

  private static ClassificationPolicy policyOf(PolicyChange change, String group, String of) {
    return Optional.ofNullable(groupOf(change, group).policies().get(of)).orElseThrow();
  }

  private static DeviceGroup groupOf(PolicyChange change, String id) {
    return change.proposed().source().groups().stream()
        .filter(group -> group.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void rows_say_what_was_added_changed_and_removed() {
    PolicyChange change =
        change(
            setOf(root().putPolicy(ADWARE, LOW).putPolicy(MITM, LOW).putPolicy(OS, LOW).build()),
            setOf(
                root()
                    .putPolicy(ADWARE, HIGH)
                    .putPolicy("SPYWARE", LOW)
                    .putPolicy(OS, LOW)
                    .build()));
    assertEquals(
        List.of(
            row(ROOT, ADWARE, Kind.CHANGED),
            row(ROOT, "SPYWARE", Kind.ADDED),
            row(ROOT, MITM, Kind.REMOVED)),
        change.rows());
    assertEquals(Set.of(), change.others());
  }

  @Test
  void rows_are_in_the_order_of_the_proposed_document_removed_ones_last_in_their_group() {
    PolicyChange change =
        change(
            setOf(
                root().putPolicy("SPYWARE", LOW).putPolicy(ADWARE, LOW).putPolicy(OS, LOW).build(),
                group("a", ROOT).build(),
                group("b", ROOT).putPolicy(OS, LOW).build()),
            setOf(
                group("b", ROOT).putPolicy(OS, HIGH).build(),
                root().putPolicy(MITM, LOW).putPolicy(OS, HIGH).putPolicy(ADWARE, HIGH).build(),
                group("a", ROOT).putPolicy(OS, LOW).build()));
    assertEquals(
        List.of(
            row("b", OS, Kind.CHANGED),
            row(ROOT, MITM, Kind.ADDED),
            row(ROOT, OS, Kind.CHANGED),
            row(ROOT, ADWARE, Kind.CHANGED),
            row(ROOT, "SPYWARE", Kind.REMOVED),
            row("a", OS, Kind.ADDED)),
        change.rows());
  }

  @Test
  void a_message_is_part_of_a_policy() {
    PolicyChange change =
        change(
            setOf(root().putPolicy(OS, saying("old", LOW)).build()),
            setOf(root().putPolicy(OS, saying("new", LOW)).build()));
    assertEquals(List.of(row(ROOT, OS, Kind.CHANGED)), change.rows());
  }

  @Test
  void the_order_of_groups_and_policies_is_no_difference() {
    PolicyChange change =
        change(
            setOf(
                root().putPolicy(OS, LOW).putPolicy(ADWARE, LOW).build(), group("a", ROOT).build()),
            setOf(
                group("a", ROOT).build(),
                root().putPolicy(ADWARE, LOW).putPolicy(OS, LOW).build()));
    assertEquals(List.of(), change.rows());
    assertEquals(Set.of(), change.others());
  }

  @Test
  void a_changed_default_of_a_classification_is_a_row_without_a_group() {
    PolicyChange change =
        change(
            setOf(root().build())
                .addClassification(own(BADGE, RiskLevel.LOW, Response.ALERT_DEVICE))
                .addClassification(own("GONE", RiskLevel.LOW, Response.ALERT_DEVICE)),
            setOf(root().putPolicy(OS, LOW).build())
                .addClassification(own("NEW", RiskLevel.LOW, Response.ALERT_DEVICE))
                .addClassification(own(BADGE, RiskLevel.HIGH, Response.ALERT_DEVICE)));
    assertEquals(
        List.of(
            new ChangedPolicy(Optional.empty(), BADGE, Kind.CHANGED), row(ROOT, OS, Kind.ADDED)),
        change.rows());
    assertEquals(Set.of(Other.CLASSIFICATIONS), change.others());
  }

  @Test
  void new_groups_have_rows_and_removed_ones_have_none() {
    PolicyChange change =
        change(
            setOf(root().build(), group("old", ROOT).putPolicy(OS, LOW).build()),
            setOf(root().build(), group("new", ROOT).putPolicy(OS, LOW).build()));
    assertEquals(List.of(row("new", OS, Kind.ADDED)), change.rows());
    assertEquals(Set.of(Other.GROUPS), change.others());
  }

  private static Set<Other> others(UnaryOperator<PolicySet.Builder> edit) {
    PolicySet.Builder present = setOf(root().build(), group("a", ROOT).build());
    PolicySet.Builder next = setOf(root().build(), group("a", ROOT).build());
    PolicyChange change = change(present, edit.apply(next));
    assertEquals(List.of(), change.rows());
    return change.others();
  }

  private static Set<Other> othersOfGroup(UnaryOperator<DeviceGroup.Builder> edit) {
    return others(set -> set.groups(List.of(root().build(), edit.apply(group("a", ROOT)).build())));
  }

  @Test
  void what_else_differs_is_said_of_each_thing() {
    assertEquals(Set.of(), others(set -> set));
    assertEquals(Set.of(Other.TIME_ZONE), others(set -> set.timeZone(ZoneId.of("Europe/Berlin"))));
    assertEquals(
        Set.of(Other.CLASSIFICATIONS),
        others(set -> set.addClassification(own(BADGE, RiskLevel.LOW, Response.ALERT_DEVICE))));
    assertEquals(Set.of(Other.GROUPS), others(set -> set.addGroups(group("b", "a").build())));
    assertEquals(
        Set.of(Other.ADMINISTRATORS),
        others(set -> set.addAdministrators(admin("a@acme.example"))));
    assertEquals(
        Set.of(Other.LABELS),
        others(
            set ->
                set.labels(LabelScheme.defaults().with(Map.of(LabelState.LOW, Optional.empty())))));
    assertEquals(
        Set.of(Other.RISK_RESPONSE), others(set -> set.riskResponse(RiskResponse.standard())));
  }

  @Test
  void what_else_differs_in_a_group_is_said_of_each_thing() {
    assertEquals(Set.of(), othersOfGroup(a -> a));
    assertEquals(Set.of(Other.GROUPS), othersOfGroup(a -> a.name("Other name")));
    assertEquals(
        Set.of(Other.ON_DEVICE_THREAT_PROTECTION),
        othersOfGroup(a -> a.onDeviceThreatProtection(blocking("a.example"))));
    assertEquals(
        Set.of(Other.DEFAULT_NOTICES),
        othersOfGroup(a -> a.defaultNotice(MessageTemplate.parse("Hello."))));
  }

  @Test
  void a_group_that_moves_in_the_tree_is_a_difference_of_groups() {
    PolicyChange change =
        change(
            setOf(root().build(), group("a", ROOT).build(), group("b", ROOT).build()),
            setOf(root().build(), group("a", ROOT).build(), group("b", "a").build()));
    assertEquals(List.of(), change.rows());
    assertEquals(Set.of(Other.GROUPS), change.others());
  }

  @Test
  void the_order_of_administrators_and_what_a_name_of_a_set_is_are_no_difference() {
    assertEquals(Set.of(), others(set -> set.name("Acme")));
    PolicyChange change =
        change(
            setOf(root().build()).addAdministrators(admin("a@acme.example"), admin("b@a.example")),
            setOf(root().build()).addAdministrators(admin("b@a.example"), admin("a@acme.example")));
    assertEquals(Set.of(), change.others());
  }

  /** One row of each kind, and mail for somebody. */
  private static PolicyChange ofAllKinds() {
    return change(
        setOf(root().putPolicy(OS, LOW).putPolicy(ADWARE, LOW).build())
            .addClassification(own(BADGE, RiskLevel.LOW, Response.ALERT_DEVICE)),
        setOf(root().putPolicy(OS, HIGH).putPolicy(MITM, LOW).build())
            .addClassification(own(BADGE, RiskLevel.HIGH, Response.ALERT_DEVICE))
            .addAdministrators(admin("a@acme.example")));
  }

  @Test
  void a_row_that_is_taken_out_leaves_what_is_in_force() {
    PolicyChange change = ofAllKinds();
    PolicyChange rest = change.without(Set.of(row(ROOT, OS, Kind.CHANGED)));
    assertEquals(
        List.of(
            new ChangedPolicy(Optional.empty(), BADGE, Kind.CHANGED),
            row(ROOT, MITM, Kind.ADDED),
            row(ROOT, ADWARE, Kind.REMOVED)),
        rest.rows());
    assertEquals(LOW, policyOf(rest, ROOT, OS));
    assertEquals(change.others(), rest.others());
    assertEquals(change.present(), rest.present());
  }

  @Test
  void rows_of_every_kind_can_be_taken_out() {
    PolicyChange change = ofAllKinds();
    PolicyChange rest = change.without(change.rows());
    assertEquals(List.of(), rest.rows());
    assertEquals(Set.of(Other.ADMINISTRATORS), rest.others());
    assertEquals(Map.of(OS, LOW, ADWARE, LOW), groupOf(rest, ROOT).policies());
    assertEquals(4, change.rows().size(), "the change itself stays");
  }

  @Test
  void a_row_can_be_named_twice_and_none_at_all() {
    PolicyChange change = ofAllKinds();
    ChangedPolicy row = row(ROOT, OS, Kind.CHANGED);
    assertEquals(change.without(Set.of(row)).rows(), change.without(List.of(row, row)).rows());
    assertEquals(change.rows(), change.without(List.of()).rows());
  }

  @Test
  void what_is_no_row_is_refused() {
    PolicyChange change = ofAllKinds();
    ChangedPolicy wrongKind = row(ROOT, OS, Kind.ADDED);
    assertEquals(
        "kept: " + wrongKind + " is no row of this change",
        refusal(() -> change.without(List.of(wrongKind))));
    assertThrows(
        IllegalArgumentException.class, () -> change.without(List.of(row("a", OS, Kind.CHANGED))));
  }

  @Test
  void a_policy_that_no_longer_goes_with_the_rest_cannot_stay() {
    PolicyChange change =
        change(
            setOf(
                root()
                    .onDeviceThreatProtection(blocking("a.example"))
                    .putPolicy(OS, weekly())
                    .build()),
            setOf(root().putPolicy(OS, LOW).build()));
    InvalidPolicyException invalid =
        assertThrows(
            InvalidPolicyException.class,
            () -> change.without(List.of(row(ROOT, OS, Kind.CHANGED))));
    assertEquals(
        List.of("groups[0].policies.OUT_OF_DATE_OS.escalations[2].response"),
        invalid.problems().stream().map(PolicyProblem::path).toList());
  }

  @Test
  void a_policy_of_a_classification_that_is_gone_cannot_stay() {
    PolicyChange change =
        change(
            setOf(root().putPolicy(BADGE, HIGH).build())
                .addClassification(own(BADGE, RiskLevel.LOW, Response.ALERT_DEVICE)),
            setOf(root().build()));
    assertEquals(List.of(row(ROOT, BADGE, Kind.REMOVED)), change.rows());
    assertThrows(InvalidPolicyException.class, () -> change.without(change.rows()));
  }

  @Test
  void rows_and_others_cannot_be_changed() {
    PolicyChange change = ofAllKinds();
    assertThrows(UnsupportedOperationException.class, () -> change.rows().clear());
    assertThrows(UnsupportedOperationException.class, () -> change.others().clear());
  }
}
