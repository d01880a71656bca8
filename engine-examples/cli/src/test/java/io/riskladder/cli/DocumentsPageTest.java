package io.riskladder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page about documents shows is what happens. */
final class DocumentsPageTest {
  private static final Path PAGE = Path.of("../../engine-mdm-spi/docs/documents.md");

  @Test
  void the_effects_on_the_page_are_those_of_its_events_and_its_policy(@TempDir Path folder)
      throws IOException {
    Path policy = Files.writeString(folder.resolve("policy.yaml"), block("yaml", 0));
    Path events = Files.writeString(folder.resolve("events.jsonl"), block("json", 0));
    Run run = Run.of("replay", "--policy", policy.toString(), "--events", events.toString());
    assertEquals("", run.err());
    assertEquals(effectsOnThePage(), withoutIds(Json.lines(run.out())));
  }

  /** Its effects are broken into lines for reading; each begins with a brace. */
  private static List<Map<String, Object>> effectsOnThePage() throws IOException {
    List<Map<String, Object>> effects = new ArrayList<>();
    String oneALine = block("json", 2).replaceAll("\n ", " ");
    oneALine.lines().forEach(effect -> effects.add(Json.object(effect)));
    return withoutIds(effects);
  }

  private static List<Map<String, Object>> withoutIds(List<Map<String, Object>> effects) {
    List<Map<String, Object>> without = new ArrayList<>();
    for (Map<String, Object> effect : effects) {
      Map<String, Object> copy = new LinkedHashMap<>(effect);
      copy.remove("id");
      without.add(copy);
    }
    return without;
  }

  /** {@return the code block of a language, by its place among those on the page} */
  private static String block(String language, int place) throws IOException {
    String page = Files.readString(PAGE);
    String fence = "```" + language + "\n";
    int start = page.indexOf(fence);
    for (int i = 0; i < place; i++) {
      start = page.indexOf(fence, start + 1);
    }
    start += fence.length();
    return page.substring(start, page.indexOf("```", start));
  }
}
