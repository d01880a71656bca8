package io.riskladder.core.policy;

import com.google.common.collect.ImmutableMap;
import io.riskladder.core.threat.Catalogue;
import java.util.Locale;
import java.util.ResourceBundle;

/** The project's own words where no administrator has written any (rules, section 5). */
final class BuiltInMessages {
  private static final ImmutableMap<String, CustomMessage> BY_CLASSIFICATION;

  /** For classifications of a tenant's own, which the project cannot know. */
  private static final CustomMessage GENERIC;

  static {
    ResourceBundle texts =
        ResourceBundle.getBundle("io.riskladder.core.policy.messages", Locale.ROOT);
    ImmutableMap.Builder<String, CustomMessage> messages = ImmutableMap.builder();
    Catalogue.builtIn().keySet().forEach(id -> messages.put(id, message(texts, id)));
    BY_CLASSIFICATION = messages.buildOrThrow();
    GENERIC = message(texts, "GENERIC");
  }

  private BuiltInMessages() {}

  static CustomMessage of(String classification) {
    return BY_CLASSIFICATION.getOrDefault(classification, GENERIC);
  }

  private static CustomMessage message(ResourceBundle texts, String key) {
    return CustomMessage.of(
        texts.getString(key + ".description"), texts.getString(key + ".howToFix"));
  }
}
