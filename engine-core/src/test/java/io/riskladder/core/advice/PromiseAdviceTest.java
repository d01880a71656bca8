package io.riskladder.core.advice;

import static io.riskladder.core.Fixtures.OS;
import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.after;
import static io.riskladder.core.Fixtures.alertAfter;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.own;
import static io.riskladder.core.Fixtures.policy;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static io.riskladder.core.Fixtures.setWith;
import static io.riskladder.core.advice.Advised.assertFound;
import static io.riskladder.core.advice.Advised.assertSays;

import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.MessageTemplate;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that name a number of days (rules, section 10). */
final class PromiseAdviceTest {
  private static final String HERE = "groups[0].policies.OUT_OF_DATE_OS";
  private static final String LAST_WORDS = "It is over.";

  private static CustomMessage says(String howToFix) {
    return CustomMessage.of("Please update.", howToFix);
  }

  private static ClassificationPolicy saying(String howToFix, ClassificationPolicy policy) {
    return ClassificationPolicy.builder().from(policy).message(says(howToFix)).build();
  }

  private static Escalation saying(String howToFix, Escalation escalation) {
    return Escalation.builder().from(escalation).message(says(howToFix)).build();
  }

  /** {@return 21 days in three steps, each with its text} */
  private static ClassificationPolicy texts(String... texts) {
    return saying(
        texts[0],
        policy(
            RiskLevel.ADVISORY,
            Response.ALERT_DEVICE,
            saying(texts[1], alertAfter(7, RiskLevel.LOW)),
            saying(texts[2], alertAfter(7, RiskLevel.MEDIUM)),
            saying(texts[3], alertAfter(7, RiskLevel.HIGH))));
  }

  /** {@return 21 days in three steps, with a text at the start and another at the end} */
  private static PolicySet.Builder start(String text) {
    return setWith(OS, texts(text, LAST_WORDS, LAST_WORDS, LAST_WORDS));
  }

  private static ClassificationPolicy waiting(Duration wait, String text) {
    return saying(
        text,
        policy(
            RiskLevel.LOW,
            Response.ALERT_DEVICE,
            saying(
                LAST_WORDS,
                Escalation.builder()
                    .after(wait)
                    .riskLevel(RiskLevel.HIGH)
                    .response(Response.ALERT_DEVICE)
                    .build())));
  }

  @Test
  void the_vendors_own_texts_keep_their_promises() {
    assertFound(
        setWith(OS, texts("You have 21 days.", "You have 14 days.", "You have 7 days.", "Now.")));
    assertFound(
        setWith(
            OS,
            texts(
                "Low in 7 days, high in 21 days.", "7 days and 14 days", "7 days", "0 days left")));
  }

  @Test
  void a_number_that_is_neither_until_the_last_rung_nor_until_the_next_is_stale() {
    assertFound(
        setWith(OS, texts("You have 20 days.", "14 days", "7 days", LAST_WORDS)),
        "STALE_PROMISE " + HERE + ".message.howToFix");
    assertFound(
        setWith(OS, texts("You have 14 days.", "21 days", "8 days", "7 days")),
        "STALE_PROMISE " + HERE + ".message.howToFix",
        "STALE_PROMISE " + HERE + ".escalations[0].message.howToFix",
        "STALE_PROMISE " + HERE + ".escalations[1].message.howToFix",
        "STALE_PROMISE " + HERE + ".escalations[2].message.howToFix");
  }

  @Test
  void both_sections_of_a_message_are_read() {
    assertFound(
        setWith(
            OS,
            ClassificationPolicy.builder()
                .from(policy(RiskLevel.LOW, Response.ALERT_DEVICE))
                .message(CustomMessage.of("3 days are left.", "Update within 3 days."))
                .build()),
        "STALE_PROMISE " + HERE + ".message.description",
        "STALE_PROMISE " + HERE + ".message.howToFix");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 day",
        "10 days",
        "10days",
        "10 DAYS",
        "10\ndays",
        "10\u00A0days",
        "(10 days)",
        "10 days, then",
        "10 days' time",
        "10 day's notice",
        "6.5 days",
        "1,000 days",
        "21,000 days",
        "10-day grace",
        "within 3-10 days",
        "{{10 days}}",
        "not 21 days but 22 days",
        "{riskLevel} 10 days",
      })
  void what_a_number_of_days_looks_like(String text) {
    assertFound(start(text), "STALE_PROMISE " + HERE + ".message.howToFix");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "21 days",
        "7 days",
        "21.0 days",
        "7 DAYS or 21Days",
        "{daysLeft} days",
        "{daysToNextStep}days",
        "1{daysLeft} days",
        "ten days",
        "10 daylight hours",
        "10 business days",
        "day 10",
        "iOS 17.1.10 days",
        "v10 days",
        "10 hours",
        "10 dayz",
      })
  void what_is_kept_or_no_number_of_days(String text) {
    assertFound(start(text));
  }

  @Test
  void a_whole_period_may_be_named_on_every_rung_with_a_hyphen() {
    String text = "Your 21-day grace period is running.";
    assertFound(setWith(OS, texts(text, text, text, text)));
    assertFound(
        setWith(OS, texts("21 days", "21 days", "7 days", "0 days")),
        "STALE_PROMISE " + HERE + ".escalations[0].message.howToFix");
    assertFound(
        setWith(OS, texts("20-day", "7-day", "7-day", LAST_WORDS)),
        "STALE_PROMISE " + HERE + ".message.howToFix");
  }

  @Test
  void a_wait_with_hours_is_kept_exactly_or_rounded_up() {
    assertFound(setWith(OS, waiting(Duration.ofHours(36), "2 days")));
    assertFound(setWith(OS, waiting(Duration.ofHours(36), "1.5 days")));
    assertFound(
        setWith(OS, waiting(Duration.ofHours(36), "1 day")),
        "STALE_PROMISE " + HERE + ".message.howToFix");
    assertFound(
        setWith(OS, waiting(Duration.ofDays(2).plusSeconds(1), "2 days")),
        "STALE_PROMISE " + HERE + ".message.howToFix");
  }

  @Test
  void a_number_over_a_thousand_is_read_whole() {
    assertFound(setWith(OS, waiting(Duration.ofDays(1000), "1,000 days")));
    assertFound(setWith(OS, waiting(Duration.ofDays(1000), "1000 days")));
  }

  @Test
  void a_base_text_that_later_rungs_inherit_has_to_be_true_there_too() {
    ClassificationPolicy inheriting =
        saying(
            "You have 14 days.",
            policy(
                RiskLevel.ADVISORY,
                Response.ALERT_DEVICE,
                alertAfter(7, RiskLevel.LOW),
                alertAfter(7, RiskLevel.HIGH)));
    assertFound(setWith(OS, inheriting), "STALE_PROMISE " + HERE + ".message.howToFix");
    assertSays(
        setWith(OS, inheriting),
        AdviceCode.STALE_PROMISE,
        "Users in group \"default\" read \"14 days\" at step 2 of \"OS Out-Of-Date\", with 7 days"
            + " to go until the last step.",
        "Write {daysLeft} for the number, or {daysToNextStep} if the next step is meant,"
            + " and give the last step a message of its own.");
  }

  @Test
  void a_text_is_judged_where_a_group_below_uses_it_on_another_ladder() {
    PolicySet.Builder set =
        setOf(
            root().putPolicy(OS, texts("21 days", "14 days", "7 days", LAST_WORDS)).build(),
            group("a", ROOT).build(),
            group("b", "a")
                .putPolicy(
                    OS,
                    policy(
                        RiskLevel.ADVISORY,
                        Response.ALERT_DEVICE,
                        alertAfter(1, RiskLevel.LOW),
                        saying("1 day", alertAfter(14, RiskLevel.MEDIUM)),
                        saying(LAST_WORDS, alertAfter(1, RiskLevel.HIGH))))
                .build(),
            group("c", "b").build());
    assertFound(set, "STALE_PROMISE " + HERE + ".message.howToFix"); // 14 days are kept there
    assertSays(
        set,
        AdviceCode.STALE_PROMISE,
        "Users in group \"b\" and 1 group below it read \"21 days\" at step 1 of \"OS"
            + " Out-Of-Date\", with 16 days to go until the last step and 1 day until the next.",
        "Write {daysLeft} for the number, or {daysToNextStep} if the next step is meant.");
  }

  @Test
  void a_text_that_is_overridden_wherever_it_would_be_wrong_is_fine() {
    assertFound(
        setOf(
            root().putPolicy(OS, texts("21 days", "14 days", "7 days", LAST_WORDS)).build(),
            group("a", ROOT)
                .putPolicy(
                    OS,
                    saying(
                        "2 days",
                        policy(
                            RiskLevel.LOW,
                            Response.ALERT_DEVICE,
                            saying(LAST_WORDS, alertAfter(2, RiskLevel.HIGH)))))
                .build()));
  }

  @Test
  void a_text_that_nobody_gets_to_read_promises_nothing() {
    assertFound(
        setWith(OS, saying("You have 10 days.", policy(RiskLevel.NONE, Response.DONT_ALERT))));
    assertFound(
        setWith(OS, saying("You have 10 days.", policy(RiskLevel.HIGH, Response.DONT_ALERT))));
    assertFound(
        setWith(
            OS,
            saying(
                LAST_WORDS,
                policy(
                    RiskLevel.LOW,
                    Response.ALERT_DEVICE,
                    saying("You have 10 days.", after(7, RiskLevel.HIGH, Response.DONT_ALERT))))),
        "SILENT_RUNG " + HERE + ".escalations[0].response");
  }

  @Test
  void web_content_and_own_classifications_are_read_too() {
    assertFound(
        setWith(
            "PHISHING_CONTENT",
            saying(
                "Unblocked in 10 days.", policy(RiskLevel.HIGH, Response.WARN_AND_ALERT_DEVICE))),
        "STALE_PROMISE groups[0].policies.PHISHING_CONTENT.message.howToFix");
    assertFound(
        setWith("BADGE", saying("10 days", policy(RiskLevel.HIGH, Response.ALERT_DEVICE)))
            .addClassification(own("BADGE", RiskLevel.LOW, Response.ALERT_DEVICE)),
        "STALE_PROMISE groups[0].policies.BADGE.message.howToFix");
  }

  @Test
  void the_notice_is_about_no_ladder_and_may_name_any_number() {
    assertFound(
        setOf(
            root()
                .defaultNotice(MessageTemplate.parse("We answer within 2 days."))
                .putPolicy(OS, texts("21 days", "14 days", "7 days", LAST_WORDS))
                .build()));
  }

  @Test
  void the_same_promise_twice_in_a_text_is_found_once() {
    assertFound(
        start("10 days! Only 10 days, or 11 days."), "STALE_PROMISE " + HERE + ".message.howToFix");
  }

  @Test
  void a_promise_on_the_last_step_or_the_only_one_is_to_go() {
    assertSays(
        setWith(OS, texts("21 days", "14 days", "7 days", "You had 21\n days.")),
        AdviceCode.STALE_PROMISE,
        "Users in group \"default\" read \"21 days\" at step 4 of \"OS Out-Of-Date\", the last one,"
            + " after which nothing more happens.",
        "Leave the number out, or give that step a message of its own.");
    assertSays(
        setWith(OS, saying("1 day", policy(RiskLevel.LOW, Response.ALERT_DEVICE))),
        AdviceCode.STALE_PROMISE,
        "Users in group \"default\" read \"1 day\" at step 1 of \"OS Out-Of-Date\", the only one,"
            + " after which nothing more happens.",
        "Leave the number out, or give that step a message of its own.");
  }
}
