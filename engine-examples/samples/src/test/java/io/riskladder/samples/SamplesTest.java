package io.riskladder.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs each sample and reads what it prints. */
@Timeout(60)
final class SamplesTest {

  /** A main program. */
  private interface Sample {
    void run(String[] args) throws Exception;
  }

  private static List<String> printed(Sample sample) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      sample.run(new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void a_user_is_told_by_an_engine_in_a_backend() throws Exception {
    List<String> lines = printed(EmbedTheEngine::main);
    assertEquals(2, lines.size());
    assertEquals("to ana: ", lines.get(0).substring(0, 8));
    assertEquals("the engine answered with 1 effect", lines.get(1));
  }

  @Test
  void labels_go_to_an_mdm_of_ones_own() throws Exception {
    assertEquals(List.of("bo now has [MES - High Risk]", "bo now has []"), printed(MyOwnMdm::main));
  }

  @Test
  void a_message_that_fails_is_tried_again() throws Exception {
    assertEquals(
        List.of("the push service is busy", "pushed at try 2, ADVISORY"),
        printed(MyOwnNotifier::main));
  }

  @Test
  void tenants_share_threads_and_a_store_and_nothing_else() throws Exception {
    assertEquals(List.of("devices: 1", "devices: 0", "devices: 0"), printed(ManyTenants::main));
  }

  @Test
  void a_ladder_that_runs_follows_a_new_policy() throws Exception {
    assertEquals(
        List.of("the next step comes after PT168H", "version 1: after PT48H"),
        printed(ChangeThePolicy::main));
  }
}
