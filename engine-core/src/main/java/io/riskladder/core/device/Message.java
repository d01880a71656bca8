package io.riskladder.core.device;

import java.util.Optional;

/**
 * What a device's user reads, placeholders filled in (rules, section 5).
 *
 * @param description what was found
 * @param howToFix what the user can do
 * @param notice the group's addition, if it has one
 */
public record Message(String description, String howToFix, Optional<String> notice) {}
