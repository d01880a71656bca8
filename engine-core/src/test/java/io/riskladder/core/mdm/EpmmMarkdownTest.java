package io.riskladder.core.mdm;

import static io.riskladder.core.Fixtures.characters;
import static io.riskladder.core.Fixtures.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names in Markdown; whole pages are kept as files where the command is. */
final class EpmmMarkdownTest {

  private static String firstLine(String name) {
    return SetUpPlan.of(RiskResponse.standard(), LabelScheme.defaults())
        .toEpmmMarkdown(name)
        .lines()
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_plain_name_is_a_code_span() {
    assertEquals("`MES - High Risk`", EpmmMarkdown.code("MES - High Risk"));
  }

  @Test
  void what_is_markup_elsewhere_stays_as_it_is_in_a_code_span() {
    assertEquals("`<b>*|_[x](y)&amp;\\ #`", EpmmMarkdown.code("<b>*|_[x](y)&amp;\\ #"));
  }

  @Test
  void the_fence_has_more_backticks_than_the_name_has_in_a_row() {
    assertEquals("``a`b``", EpmmMarkdown.code("a`b"));
    assertEquals("````a```b`c````", EpmmMarkdown.code("a```b`c"));
  }

  @Test
  void backticks_at_an_end_are_kept_off_the_fence() {
    assertEquals("`` `a ``", EpmmMarkdown.code("`a"));
    assertEquals("``` a`` ```", EpmmMarkdown.code("a``"));
    assertEquals("`` ` ``", EpmmMarkdown.code("`"));
  }

  @Test
  void spaces_at_both_ends_are_kept_by_another_at_each_one_space_stays_alone() {
    assertEquals("`  a  `", EpmmMarkdown.code(" a "));
    assertEquals("` a`", EpmmMarkdown.code(" a"));
    assertEquals("`a `", EpmmMarkdown.code("a "));
  }

  @Test
  void characters_that_break_lines_or_turn_the_direction_are_replaced_and_named() {
    assertEquals(
        "`a\uFFFDb\uFFFDc` (\uFFFD stands for U+202E, U+2028)",
        EpmmMarkdown.code("a\u202Eb\u2028c"));
    assertEquals("`\uFFFD` (\uFFFD stands for U+2029)", EpmmMarkdown.code("\u2029"));
    for (int c : new int[] {0x202A, 0x202E, 0x2066, 0x2069}) {
      assertTrue(EpmmMarkdown.code("a" + Character.toString(c)).contains("\uFFFD"));
    }
    for (int c : new int[] {0x200D, 0x2027, 0x202F, 0x2065, 0x206A, 0x1F600}) {
      assertEquals(
          "`a" + Character.toString(c) + "`", EpmmMarkdown.code("a" + Character.toString(c)));
    }
  }

  @Test
  void the_heading_says_whom_the_plan_is_for() {
    assertEquals("# Setting up Ivanti EPMM for `` Acme `2` ``", firstLine("Acme `2`"));
    assertEquals(
        "# Setting up Ivanti EPMM",
        SetUpPlan.of(RiskResponse.standard(), LabelScheme.defaults())
            .toEpmmMarkdown()
            .lines()
            .findFirst()
            .orElseThrow());
  }

  @Test
  void a_name_in_the_heading_is_one_like_all_others() {
    assertEquals("name: is blank", refusal(() -> firstLine(" ")));
    assertEquals(
        "name: has a control character, expected one line of text",
        refusal(() -> firstLine("a\nb")));
    assertEquals(
        "# Setting up Ivanti EPMM for `" + characters(Limits.MAX_NAME_LENGTH) + "`",
        firstLine(characters(Limits.MAX_NAME_LENGTH)));
    assertEquals(
        "name: has 321 characters, expected at most 320",
        refusal(() -> firstLine(characters(Limits.MAX_NAME_LENGTH + 1))));
  }

  @Test
  void nothing_to_set_up_is_said_in_one_sentence() {
    assertEquals(
        """
        # Setting up Ivanti EPMM

        There is nothing to set up: no state has a label, and there are no other objects.
        """,
        SetUpPlan.of(RiskResponsePlan.builder().build(), new LabelScheme(Map.of()))
            .toEpmmMarkdown());
  }

  @Test
  void a_plan_without_labels_says_that_no_level_has_one() {
    assertTrue(
        SetUpPlan.of(RiskResponse.standard(), new LabelScheme(Map.of()))
            .toEpmmMarkdown()
            .contains(
                "\nEPMM does not hear of risk levels without a label, here: Low, Medium (Moderate),"
                    + " High.\n"));
  }
}
