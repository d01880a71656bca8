package io.riskladder.mobilerisk;

import static io.riskladder.mobilerisk.FeedServer.sse;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.PolicySet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's code is the code that runs here; its commands run where the command is. */
final class FeedReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final Path THIS =
      Path.of("src/test/java/io/riskladder/mobilerisk/FeedReadmeTest.java");

  private static void listen(
      PolicySet policies,
      EffectSink toDo,
      Supplier<String> applicationKey,
      Path folder,
      URI events,
      URI tokens)
      throws IOException, InterruptedException {
    // README
    Fleet fleet = Fleet.under(policies.compile());
    FeedTarget engine = FeedTarget.of(fleet, toDo, new AtomicLong()::incrementAndGet);
    FeedMapping mapping = FeedMapping.of(FeedVersion.V2, engine);
    FeedStream stream =
        FeedStream.builder()
            .uri(events) // these two: the service's own if left out
            .tokenUri(tokens)
            .credentials(() -> ClientCredentials.applicationKey(applicationKey.get()))
            .position(StreamPosition.inFile(folder.resolve("feed-position")))
            .handler(
                event -> {
                  if (mapping.take(event) instanceof Mapping.SetAside aside) {
                    System.err.println(aside.item().place() + ": " + aside.message());
                  }
                })
            .build();
    stream.run(); // until the service says it is over, or the thread is interrupted
    // end
  }

  @Test
  void the_code_in_the_readme_listens_to_the_stream(@TempDir Path folder) throws Exception {
    List<Effect> effects = new ArrayList<>();
    String id = Events.id(Instant.parse("2026-03-02T09:00:00Z"), 1);
    String event = Events.threatV2(id, "d", "t", "OPEN", "TROJAN");
    PolicySet policies =
        PolicySet.builder().addGroup(DeviceGroup.builder().id("all").build()).build();
    try (FeedServer server = new FeedServer()) {
      server.next(sse("data: [" + event + "]\n\nevent: end\ndata: {}\n\n"));
      listen(
          policies,
          EffectSink.of(effects::add),
          () -> "key",
          folder,
          server.uri("/stream"),
          server.uri("/token"));
    }
    assertTrue(effects.stream().anyMatch(Effect.IssueOpened.class::isInstance), effects::toString);
    assertEquals(id + "\n", Files.readString(folder.resolve("feed-position")));
  }

  @Test
  void the_code_in_the_readme_is_the_code_that_runs_here() throws IOException {
    String source = Files.readString(THIS);
    String code =
        source.substring(source.indexOf("// README\n") + 10, source.indexOf("    // end\n"));
    String unindented = code.lines().map(line -> line.substring(4) + "\n").collect(joining());
    String readme = Files.readString(README);
    int start = readme.indexOf("```java\n") + 8;
    assertEquals(readme.substring(start, readme.indexOf("```", start)), unindented);
  }
}
