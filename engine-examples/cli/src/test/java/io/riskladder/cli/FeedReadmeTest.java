package io.riskladder.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the feed's README shows is what happens. */
final class FeedReadmeTest {
  private static final Path README = Path.of("../mobile-risk-feed/README.md");
  private static final String JAR = "java -jar engine-examples/cli/target/riskladder.jar ";
  private static final Pattern LEFT_OUT = Pattern.compile("^\\.\\.\\.\n", Pattern.MULTILINE);

  private static List<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    Matcher matcher =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(README));
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    assertFalse(blocks.isEmpty());
    return blocks;
  }

  /** Runs a command as typed in the project's root. */
  private static Run run(String line) {
    int at = line.indexOf(JAR);
    assertTrue(at >= 0, line);
    String[] arguments =
        line.substring(at + JAR.length()).strip().replace("engine-examples/", "../").split(" ");
    Run run = Run.of(arguments);
    assertEquals(0, run.status(), run::err);
    return run;
  }

  @TestFactory
  Stream<DynamicTest> what_a_command_puts_out_is_as_the_readme_shows_it() throws IOException {
    return blocks("console").stream()
        .map(
            session -> {
              int end = session.indexOf('\n');
              String line = session.substring(0, end);
              return DynamicTest.dynamicTest(
                  line, () -> assertShown(run(line).out(), session.substring(end + 1)));
            });
  }

  /** The parts shown are put out in this order; three dots stand for what is left out. */
  private static void assertShown(String out, String shown) {
    int at = 0;
    for (String part : LEFT_OUT.split(shown, -1)) {
      int found = out.indexOf(part, at);
      assertTrue(found >= at, () -> "not in its place: " + part + "in:\n" + out);
      at = found + part.length();
    }
  }

  @Test
  void the_command_to_try_says_what_became_of_each_event() throws IOException {
    assertEquals(blocks("text").get(0), run(blocks("sh").get(0)).err());
  }
}
