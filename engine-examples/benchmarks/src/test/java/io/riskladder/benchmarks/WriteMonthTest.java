package io.riskladder.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.riskladder.benchmarks.workload.Rules;
import io.riskladder.benchmarks.workload.Workload;
import io.riskladder.mdm.document.EventDocuments;
import io.riskladder.mdm.document.PolicyDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WriteMonthTest {
  @TempDir private Path folder;

  @Test
  void the_files_say_what_the_month_is() throws IOException {
    WriteMonth.main(new String[] {"50", folder.toString()});

    Rules rules = new Rules();
    assertEquals(rules.policySet(), PolicyDocuments.read(folder.resolve("policy.yaml")));
    Workload workload = Workload.of(rules, 50);
    List<String> lines = Files.readAllLines(folder.resolve("events.jsonl"));
    assertEquals(50 + workload.detections() + workload.resolutions(), lines.size());
    for (int i = 0; i < 50; i++) {
      assertEquals(Workload.START, EventDocuments.read(lines.get(i)).at());
    }
    assertEquals(
        workload.hour(0).at(), EventDocuments.read(lines.get(50)).at(), "the first detection");
  }

  @Test
  void it_wants_a_number_and_a_folder() {
    assertThrows(IllegalArgumentException.class, () -> WriteMonth.main(new String[] {"50"}));
  }
}
