package io.riskladder.core.policy;

import static io.riskladder.core.internal.Checks.invalid;

/**
 * What a device's user is told, in the company's own words. The two sections inherit together
 * (rules, section 5).
 *
 * @param description what was found; not blank
 * @param howToFix what the user can do; not blank
 */
public record CustomMessage(MessageTemplate description, MessageTemplate howToFix) {
  /**
   * Takes two sections.
   *
   * @param description what was found
   * @param howToFix what the user can do
   * @throws IllegalArgumentException if one is blank
   */
  public CustomMessage {
    notBlank("description", description);
    notBlank("howToFix", howToFix);
  }

  /**
   * {@return the message of two texts}
   *
   * @param description what was found
   * @param howToFix what the user can do
   * @throws IllegalArgumentException if one is blank, too long, or not a template
   */
  public static CustomMessage of(String description, String howToFix) {
    return new CustomMessage(
        MessageTemplate.parse("description", description),
        MessageTemplate.parse("howToFix", howToFix));
  }

  private static void notBlank(String section, MessageTemplate template) {
    if (template.isBlank()) {
      throw invalid(section, "is blank");
    }
  }
}
