package io.riskladder.core.policy;

import static io.riskladder.core.Fixtures.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts with placeholders (rules, section 5). */
final class MessageTemplateTest {

  private static String rendered(String source) {
    return MessageTemplate.parse(source).render(placeholder -> "<" + placeholder.key() + ">");
  }

  private static void refused(String message, String source) {
    assertEquals("template: " + message, refusal(() -> MessageTemplate.parse(source)));
  }

  @Test
  void a_text_without_braces_is_rendered_as_it_stands() {
    assertEquals("Please update.\n100 % $1 \\", rendered("Please update.\n100 % $1 \\"));
    assertEquals("", rendered(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "daysLeft",
        "deadline",
        "daysToNextStep",
        "nextStep",
        "device",
        "group",
        "classification",
        "riskLevel"
      })
  void each_placeholder_of_the_rules_is_filled_in(String key) {
    assertEquals("a<" + key + ">b", rendered("a{" + key + "}b"));
  }

  @Test
  void there_are_no_other_placeholders() {
    assertEquals(8, Placeholder.values().length);
  }

  @Test
  void a_placeholder_may_come_first_last_twice_and_next_to_another() {
    assertEquals(
        "<device><device><group> x <device>", rendered("{device}{device}{group} x {device}"));
  }

  @ParameterizedTest
  @CsvSource({
    "'{{', '{'",
    "'}}', '}'",
    "'{{}}', '{}'",
    "'}}{{', '}{'",
    "'{{{{', '{{'",
    "'{{daysLeft}}', '{daysLeft}'",
    "'{{{daysLeft}}}', '{<daysLeft>}'",
    "'{{{{{daysLeft}', '{{<daysLeft>'",
    "'a{{b}}c', 'a{b}c'",
    "'{{nonsense}}', '{nonsense}'"
  })
  void doubled_braces_are_literal_braces(String source, String expected) {
    assertEquals(expected, rendered(source));
  }

  @ParameterizedTest
  @CsvSource({
    "'{', '{', 1",
    "'}', '}', 1",
    "'ab}', '}', 3",
    "'{daysLeft', '{', 1",
    "'daysLeft}', '}', 9",
    "'{{daysLeft}', '}', 11",
    "'{daysLeft}}', '}', 11",
    "'{{{', '{', 3",
    "'}}}', '}', 3",
    "'{days{Left}', '{', 1",
    "'{{}', '}', 3"
  })
  void a_lone_brace_is_refused_with_its_place(String source, String brace, int place) {
    refused(
        "lone %s at character %d, write %s for a brace".formatted(brace, place, brace + brace),
        source);
  }

  @Test
  void an_unknown_placeholder_is_refused_with_its_near_miss() {
    refused("{dayLeft} is not a placeholder, did you mean {daysLeft}?", "in {dayLeft} days");
    refused("{DAYSLEFT} is not a placeholder, did you mean {daysLeft}?", "{DAYSLEFT}");
    refused("{ group } is not a placeholder, did you mean {group}?", "{ group }");
  }

  @Test
  void an_unknown_placeholder_like_none_is_refused_with_all_there_are() {
    String all =
        "[daysLeft, deadline, daysToNextStep, nextStep, device, group, classification, riskLevel]";
    refused("{zzz} is not a placeholder, expected one of " + all, "{zzz}");
    refused("{} is not a placeholder, expected one of " + all, "{}");
  }

  @Test
  void values_are_not_read_again() {
    MessageTemplate template = MessageTemplate.parse("{device}{group}");

    assertEquals(
        "{group}{{{",
        template.render(placeholder -> placeholder == Placeholder.DEVICE ? "{group}" : "{{{"));
  }

  @Test
  void the_source_is_kept_as_written() {
    MessageTemplate template = MessageTemplate.parse("{{a}} {device}");

    assertEquals("{{a}} {device}", template.source());
    assertEquals("{{a}} {device}", template.toString());
  }

  @Test
  void templates_are_equal_if_their_sources_are() {
    MessageTemplate template = MessageTemplate.parse("{device}");

    assertEquals(template, MessageTemplate.parse("{device}"));
    assertEquals(template.hashCode(), MessageTemplate.parse("{device}").hashCode());
    assertNotEquals(template, MessageTemplate.parse("{group}"));
    assertNotEquals(MessageTemplate.parse("{{"), MessageTemplate.parse("{{{{"));
  }

  @Test
  void only_white_space_is_blank() {
    assertTrue(MessageTemplate.parse("").isBlank());
    assertTrue(MessageTemplate.parse(" \n\t").isBlank());
    assertFalse(MessageTemplate.parse("{device}").isBlank());
    assertFalse(MessageTemplate.parse("{{").isBlank());
  }

  @Test
  void a_text_is_measured_before_it_is_rendered() {
    String filled = "{{".repeat(2_000);
    assertEquals("{".repeat(2_000), rendered(filled));

    refused("has 4001 characters, expected at most 4000", filled + "x");
  }

  @Test
  void half_a_character_is_refused() {
    refused("has half a character (a lone surrogate) at 2", "ab\uD83D");
    assertEquals("ab\uD83D\uDE00", rendered("ab\uD83D\uDE00"));
  }
}
