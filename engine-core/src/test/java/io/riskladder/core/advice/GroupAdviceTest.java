package io.riskladder.core.advice;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.own;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.saying;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.weekly;
import static io.riskladder.core.advice.Advised.assertFound;
import static io.riskladder.core.advice.Advised.assertSays;

import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What groups hold that does nothing (rules, section 10). */
final class GroupAdviceTest {
  private static final ClassificationPolicy CATALOGUES =
      policy(RiskLevel.MEDIUM, Response.ALERT_DEVICE);
  private static final ClassificationPolicy TWO_STEPS =
      policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.HIGH));

  // Redundant overrides.

  @Test
  void a_policy_that_says_what_the_catalogue_says_is_redundant() {
    assertFound(
        setOf(root().putPolicy(OS, CATALOGUES).build()),
        "REDUNDANT_OVERRIDE groups[0].policies.OUT_OF_DATE_OS");
    assertFound(
        setOf(
                root().build(),
                group("a", ROOT)
                    .putPolicy("BADGE", policy(RiskLevel.LOW, Response.DONT_ALERT))
                    .build())
            .addClassification(own("BADGE", RiskLevel.LOW, Response.DONT_ALERT)),
        "REDUNDANT_OVERRIDE groups[1].policies.BADGE");
  }

  @Test
  void a_copy_of_the_policy_of_a_group_above_is_redundant() {
    ClassificationPolicy told =
        saying(
            "base",
            policy(
                RiskLevel.LOW,
                Response.ALERT_DEVICE,
                saying("top", alertAfter(7, RiskLevel.HIGH))));
    assertFound(
        setOf(
            root().putPolicy(OS, told).build(),
            group("a", ROOT).build(),
            group("b", "a").build(),
            group("c", "b").putPolicy(OS, told).build()),
        "REDUNDANT_OVERRIDE groups[3].policies.OUT_OF_DATE_OS");
  }

  @Test
  void a_copy_without_the_messages_is_redundant_as_it_inherits_them() {
    assertFound(
        setOf(
            root().putPolicy(OS, saying("base", TWO_STEPS)).build(),
            group("a", ROOT).putPolicy(OS, TWO_STEPS).build()),
        "REDUNDANT_OVERRIDE groups[1].policies.OUT_OF_DATE_OS");
  }

  @Test
  void each_copy_in_a_chain_is_redundant() {
    assertFound(
        setOf(
            root().putPolicy(OS, TWO_STEPS).build(),
            group("a", ROOT).putPolicy(OS, TWO_STEPS).build(),
            group("b", "a").putPolicy(OS, TWO_STEPS).build()),
        "REDUNDANT_OVERRIDE groups[1].policies.OUT_OF_DATE_OS",
        "REDUNDANT_OVERRIDE groups[2].policies.OUT_OF_DATE_OS");
  }

  @Test
  void a_policy_that_goes_back_to_the_catalogue_below_another_is_not_redundant() {
    assertFound(
        setOf(
            root().putPolicy(OS, TWO_STEPS).build(),
            group("a", ROOT).putPolicy(OS, CATALOGUES).build(),
            group("b", "a").putPolicy(OS, TWO_STEPS).build()));
  }

  @Test
  void a_policy_that_differs_in_anything_is_not_redundant() {
    List<ClassificationPolicy> others =
        List.of(
            policy(RiskLevel.ADVISORY, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.HIGH)),
            policy(RiskLevel.LOW, Response.DONT_ALERT, alertAfter(7, RiskLevel.HIGH)),
            policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(8, RiskLevel.HIGH)),
            policy(RiskLevel.LOW, Response.ALERT_DEVICE, alertAfter(7, RiskLevel.MEDIUM)),
            policy(RiskLevel.LOW, Response.ALERT_DEVICE),
            saying("its own", TWO_STEPS));
    for (ClassificationPolicy other : others) {
      assertFound(
          setOf(
              root().putPolicy(OS, TWO_STEPS).build(),
              group("a", ROOT).putPolicy(OS, other).build()));
    }
  }

  @Test
  void a_text_of_the_groups_own_is_not_redundant_even_on_the_catalogues_steps() {
    assertFound(setOf(root().putPolicy(OS, saying("Please update.", CATALOGUES)).build()));
  }

  /** Without it, the group at the end would say "base" of its own on its second step. */
  @Test
  void a_text_that_groups_below_inherit_on_its_rung_is_not_redundant() {
    ClassificationPolicy repeating =
        policy(RiskLevel.LOW, Response.ALERT_DEVICE, saying("base", alertAfter(7, RiskLevel.HIGH)));
    assertFound(
        setOf(
            root().putPolicy(OS, saying("base", TWO_STEPS)).build(),
            group("a", ROOT).putPolicy(OS, repeating).build(),
            group("b", "a").putPolicy(OS, saying("own", TWO_STEPS)).build()));
  }

  @Test
  void a_redundant_override_is_told_with_where_the_same_comes_from() {
    assertSays(
        setOf(
            root().name("Everyone").putPolicy(OS, TWO_STEPS).build(),
            group("a", ROOT).build(),
            group("b", "a").name("Sales").putPolicy(OS, TWO_STEPS).build()),
        AdviceCode.REDUNDANT_OVERRIDE,
        "Devices in group \"Sales\" get from this policy what they would inherit from group"
            + " \"Everyone\", and miss what is changed there later.",
        "Take the policy away, so that the group inherits it.");
    assertSays(
        setOf(root().putPolicy(OS, CATALOGUES).build()),
        AdviceCode.REDUNDANT_OVERRIDE,
        "Devices in group \"default\" get from this policy what they would inherit from the default"
            + " of the classification, and miss what is changed there later.",
        "Take the policy away, so that the group inherits it.");
  }

  // Dead domain lists.

  private static final String LIST = "onDeviceThreatProtection.blockedDomains";

  @Test
  void domains_that_no_ladder_of_the_group_and_its_heirs_blocks_are_dead() {
    assertFound(
        setOf(root().onDeviceThreatProtection(blocking("acme.example")).build()),
        "DEAD_DOMAIN_LIST groups[0]." + LIST);
    assertFound(
        setOf(
            root()
                .onDeviceThreatProtection(blocking("acme.example"))
                .putPolicy(OS, weekly())
                .build(),
            group("a", ROOT)
                .onDeviceThreatProtection(blocking("acme.example"))
                .putPolicy(OS, CATALOGUES)
                .build()),
        "DEAD_DOMAIN_LIST groups[1]." + LIST);
  }

  @Test
  void a_block_of_the_internet_uses_no_domains() {
    assertFound(
        setOf(
            root()
                .onDeviceThreatProtection(blocking("acme.example"))
                .putPolicy("ACTIVE_MITM", policy(RiskLevel.HIGH, Response.BLOCK_INTERNET_AND_ALERT))
                .build()),
        "DEAD_DOMAIN_LIST groups[0]." + LIST);
  }

  @Test
  void domains_of_protection_that_is_off_are_dead() {
    assertFound(
        setOf(
            root()
                .onDeviceThreatProtection(
                    new OnDeviceThreatProtection(false, List.of("acme.example")))
                .build()),
        "DEAD_DOMAIN_LIST groups[0]." + LIST);
    assertFound(
        setOf(
            root()
                .onDeviceThreatProtection(blocking("acme.example"))
                .putPolicy(OS, weekly())
                .build(),
            group("a", ROOT)
                .onDeviceThreatProtection(
                    new OnDeviceThreatProtection(false, List.of("a.example", "b.example")))
                .build()),
        "DEAD_DOMAIN_LIST groups[1]." + LIST);
  }

  @Test
  void domains_used_only_by_groups_that_set_protection_of_their_own_are_dead() {
    assertFound(
        setOf(
            root().onDeviceThreatProtection(blocking("acme.example")).build(),
            group("a", ROOT)
                .onDeviceThreatProtection(blocking("other.example"))
                .putPolicy(OS, weekly())
                .build(),
            group("b", "a").build()),
        "DEAD_DOMAIN_LIST groups[0]." + LIST);
  }

  @Test
  void domains_are_used_by_an_inherited_ladder_a_nested_heir_and_an_own_default() {
    assertFound(
        setOf(
            root()
                .onDeviceThreatProtection(blocking("acme.example"))
                .putPolicy(OS, weekly())
                .build(),
            group("a", ROOT).onDeviceThreatProtection(blocking("a.example")).build()));
    assertFound(
        setOf(
            root().onDeviceThreatProtection(blocking("acme.example")).build(),
            group("a", ROOT).build(),
            group("b", "a").putPolicy(OS, weekly()).build()));
    assertFound(
        setOf(root().onDeviceThreatProtection(blocking("acme.example")).build())
            .addClassification(own("BADGE", RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT)),
        "BLOCK_WITHOUT_NOTICE classifications[0].response");
  }

  @Test
  void no_domains_are_no_dead_list() {
    assertFound(setOf(root().onDeviceThreatProtection(blocking()).build()));
    assertFound(
        setOf(root().onDeviceThreatProtection(OnDeviceThreatProtection.disabled()).build()));
  }

  @Test
  void each_domain_that_another_covers_is_dead() {
    assertFound(
        setOf(
            root()
                .onDeviceThreatProtection(
                    blocking("acme.example", "mail.acme.example", "www.mail.acme.example"))
                .putPolicy(OS, weekly())
                .build()),
        "DEAD_DOMAIN_LIST groups[0]." + LIST,
        "DEAD_DOMAIN_LIST groups[0]." + LIST);
  }

  @Test
  void a_domain_is_not_covered_by_one_with_the_same_end_or_one_of_another_group() {
    assertFound(
        setOf(
            root()
                .onDeviceThreatProtection(
                    blocking("acme.example", "notacme.example", "acme.example.org"))
                .putPolicy(OS, weekly())
                .build(),
            group("a", ROOT).onDeviceThreatProtection(blocking("mail.acme.example")).build()));
  }

  @Test
  void an_unused_list_is_found_once_whatever_covers_what() {
    assertFound(
        setOf(root().onDeviceThreatProtection(blocking("acme.example", "a.acme.example")).build()),
        "DEAD_DOMAIN_LIST groups[0]." + LIST);
  }

  @Test
  void a_dead_list_is_told_with_why() {
    assertSays(
        setOf(root().onDeviceThreatProtection(blocking("acme.example")).build()),
        AdviceCode.DEAD_DOMAIN_LIST,
        "This list blocks nothing on devices in group \"default\", as no step of their ladders has"
            + " BLOCK_DOMAINS_AND_ALERT.",
        "Use BLOCK_DOMAINS_AND_ALERT on a step, or empty the list.");
    assertSays(
        setOf(
            root()
                .onDeviceThreatProtection(
                    new OnDeviceThreatProtection(false, List.of("acme.example")))
                .build()),
        AdviceCode.DEAD_DOMAIN_LIST,
        "This list blocks nothing on devices in group \"default\", as on-device threat protection is"
            + " off there.",
        "Enable on-device threat protection, or empty the list.");
    assertSays(
        setOf(
            root()
                .onDeviceThreatProtection(blocking("acme.example", "a.b.acme.example"))
                .putPolicy(OS, weekly())
                .build()),
        AdviceCode.DEAD_DOMAIN_LIST,
        "For devices in group \"default\", a.b.acme.example changes nothing, as acme.example is"
            + " blocked with all its subdomains.",
        "Take a.b.acme.example out of the list.");
  }
}
