package io.riskladder.mobilerisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ImpliedPoliciesTest {
  private static final PolicySet BASE =
      PolicySet.builder()
          .addGroup(DeviceGroup.builder().id("all").build())
          .addGroup(DeviceGroup.builder().id("wards").parent("all").build())
          .build();

  private final ImpliedPolicies implied = new ImpliedPolicies(FeedVersion.V1);
  private int ids;

  private void edit(String name, String changes) {
    implied.learn(
        Events.event(
            "{'id':'"
                + ++ids
                + "','type':'AUDIT','eventTime':'2026-03-02T09:00:00Z','details':{"
                + "'type':'CLASSIFICATION_POLICY','attributeChanges':[{'name':'"
                + name
                + "'}"
                + changes
                + "]}}"));
  }

  private static String severity(String from, String to) {
    return ",{'name':'severity','from':'" + from + "','to':'" + to + "'}";
  }

  private static ClassificationPolicy policy(RiskLevel level, Response response) {
    return ClassificationPolicy.builder().riskLevel(level).response(response).build();
  }

  private static Map<String, ClassificationPolicy> root(PolicySet set) {
    return set.groups().get(0).policies();
  }

  @Test
  void what_a_first_edit_found_was_there_to_begin_with() {
    edit("virus", severity("low", "medium"));
    edit("virus", severity("medium", "high"));
    edit("virus", ",{'name':'action','from':'nothing','to':'notify'}");
    assertEquals(
        Map.of("VIRUS", policy(RiskLevel.LOW, Response.DONT_ALERT)), root(implied.atStart(BASE)));
  }

  @Test
  void what_was_set_before_it_was_found_is_not_known() {
    edit("virus", ",{'name':'severity','to':'medium'}");
    edit("virus", severity("medium", "low"));
    assertEquals(Map.of(), root(implied.atStart(BASE)));
  }

  @Test
  void a_reset_leads_to_what_the_first_edit_after_it_found() {
    edit("virus", severity("medium", "high"));
    edit("spam", severity("medium", "high"));
    edit("reset_policy", "");
    edit("virus", severity("low", "high"));
    edit("adware", severity("advisory", "low"));
    assertEquals(
        Map.of(
            "VIRUS", policy(RiskLevel.MEDIUM, Response.ALERT_DEVICE),
            "SPAM", policy(RiskLevel.MEDIUM, Response.ALERT_DEVICE),
            "ADWARE", policy(RiskLevel.ADVISORY, Response.ALERT_DEVICE)),
        root(implied.atStart(BASE)));
    assertEquals(
        Map.of(
            "VIRUS", policy(RiskLevel.LOW, Response.ALERT_DEVICE),
            "SPAM", policy(RiskLevel.MEDIUM, Response.ALERT_DEVICE),
            "ADWARE", policy(RiskLevel.ADVISORY, Response.ALERT_DEVICE)),
        root(implied.afterReset(BASE)));
  }

  @Test
  void groups_are_told_apart_and_those_not_known_are_left_out() {
    String of = ",{'name':'policy_group_guid','to':'";
    edit("virus", severity("low", "high") + of + "wards'}");
    edit("virus", severity("medium", "high") + of + "labs'}");
    PolicySet start = implied.atStart(BASE);
    assertEquals(Map.of(), root(start));
    assertEquals(
        Map.of("VIRUS", policy(RiskLevel.LOW, Response.ALERT_DEVICE)),
        start.groups().get(1).policies());
    assertEquals(2, start.groups().size());
  }

  @Test
  void policies_without_a_root_group_are_refused() {
    PolicySet none = PolicySet.builder().build();
    assertThrows(IllegalArgumentException.class, () -> implied.atStart(none));
    assertThrows(IllegalArgumentException.class, () -> implied.afterReset(none));
  }

  @Test
  void events_that_say_nothing_of_policies_teach_nothing() {
    implied.learn(Events.read("[7]").get(0));
    implied.learn(Events.event("{'type':7}"));
    implied.learn(Events.event("{'type':'DEVICE'}"));
    implied.learn(Events.event("{'type':'AUDIT','details':{'type':'ADMIN_LOGIN'}}"));
    edit("virus", severity("low", "awful"));
    edit("ghost", severity("low", "high"));
    assertEquals(BASE, implied.atStart(BASE));
    assertEquals(BASE, implied.afterReset(BASE));
  }
}
