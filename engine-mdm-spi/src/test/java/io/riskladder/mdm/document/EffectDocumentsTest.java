package io.riskladder.mdm.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.riskladder.core.Limits;
import io.riskladder.core.device.Cause;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectHeader;
import io.riskladder.core.device.Message;
import io.riskladder.core.device.PolicyBasis;
import io.riskladder.core.device.RejectionReason;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mdm.document.DeviceHistories.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCollector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EffectDocumentsTest {
  private static final String START = "{\"at\":\"2026-03-02T09:00:00Z\",\"id\":\"e-1\",";
  private static final String UNBLOCK = START + "\"type\":\"UNBLOCK\",\"device\":\"d\",";
  private static final String CAUSE = "\"cause\":{\"event\":12}}";

  @Provide
  Arbitrary<Outcome> outcomes() {
    return DeviceHistories.any();
  }

  @Property
  void what_is_written_reads_back_equal(@ForAll("outcomes") Outcome outcome) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    try (EffectWriter writer = new EffectWriter(lines)) {
      for (Effect effect : outcome.effects()) {
        String json = EffectDocuments.write(effect);
        assertEquals(effect, EffectDocuments.read(json));
        assertEquals(effect, EffectDocuments.read(json.getBytes(UTF_8)));
        lines.reset();
        writer.write(effect);
        writer.flush();
        assertEquals(json + "\n", lines.toString(UTF_8));
      }
    }
  }

  @Property(tries = 200, seed = "20260302")
  void these_histories_have_effects_of_every_type(@ForAll("outcomes") Outcome outcome) {
    StatisticsCollector types = Statistics.label("effects");
    outcome.effects().forEach(effect -> types.collect(effect.type()));
    types.coverage(
        coverage -> {
          for (Effect.Type type : Effect.Type.values()) {
            coverage.check(type).count(count -> count >= 10);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("io.riskladder.mdm.document.EffectWriterTest#effects")
  void each_type_of_effect_is_read_and_written(Effect effect, String line) {
    assertEquals(effect, EffectDocuments.read(line));
    assertEquals(line, EffectDocuments.write(effect) + "\n");
  }

  @Test
  void a_rejection_may_concern_no_device_or_a_device_and_a_threat() {
    EffectHeader ofPolicies =
        EffectHeader.builder().at(Instant.EPOCH).id("e-2").cause(new Cause.Event(-4)).build();
    assertReadsBack(new Effect.Rejected(ofPolicies, RejectionReason.INVALID_POLICY));
    assertReadsBack(
        new Effect.Rejected(
            header().threat("t").cause(new Cause.Event(Long.MIN_VALUE)).build(),
            RejectionReason.NO_ISSUE));
  }

  @Test
  void an_effect_on_a_device_may_name_a_threat_and_its_policy() {
    assertReadsBack(
        new Effect.BlockInternet(
            header()
                .threat("t")
                .classification("c")
                .cause(Cause.DUE)
                .basis(new PolicyBasis(0, Optional.empty(), 7))
                .build()));
  }

  @Test
  void a_rendered_text_may_be_longer_than_a_template() {
    String text = "x".repeat(20 * Limits.MAX_TEXT_LENGTH);
    assertReadsBack(
        new Effect.NotifyDevice(
            header()
                .threat("t")
                .classification("c")
                .cause(Cause.DUE)
                .basis(new PolicyBasis(1, Optional.of("g"), 0))
                .build(),
            RiskLevel.LOW,
            Response.ALERT_DEVICE,
            new Message(text, text, Optional.of(text))));
  }

  private static EffectHeader.Builder header() {
    return EffectHeader.builder().at(Limits.LATEST).id("e-1").device("d");
  }

  private static void assertReadsBack(Effect effect) {
    assertEquals(effect, EffectDocuments.read(EffectDocuments.write(effect)));
  }

  @Test
  void what_a_later_version_adds_is_left_out_of_account() {
    assertEquals(
        EffectDocuments.read(UNBLOCK + CAUSE),
        EffectDocuments.read(
            UNBLOCK
                + "\"colour\":{\"red\":[1,null]},\"label\":7,\"threat\":null,"
                + "\"cause\":{\"event\":12,\"due\":null,\"host\":\"a\"}}"));
  }

  private static String errorsOf(String json) {
    List<DocumentProblem> problems =
        assertThrows(InvalidDocumentException.class, () -> EffectDocuments.read(json)).problems();
    problems.forEach(Samples::assertFitToShow);
    return Samples.lines(problems);
  }

  @ParameterizedTest
  @EnumSource
  void all_missing_fields_of_an_effect_are_named_together(Effect.Type type) {
    String ofType =
        switch (type) {
          case NOTIFY_DEVICE -> "riskLevel response message";
          case ISSUE_OPENED, ISSUE_UPDATED -> "riskLevel";
          case ISSUE_RESOLVED -> "resolution";
          case EMAIL_ADMINISTRATORS -> "riskLevel recipients";
          case BLOCK_DOMAINS -> "domains";
          case ADD_LABEL, REMOVE_LABEL -> "label";
          case COMPLIANCE_ACTION_STARTED, COMPLIANCE_ACTION_CEASED -> "action";
          case REJECTED -> "reason";
          case BLOCK_INTERNET, UNBLOCK, ISSUE_IGNORED, ISSUE_RESTORED -> "";
        };
    String header =
        switch (type) {
          case REJECTED -> "at id cause";
          case BLOCK_DOMAINS,
              BLOCK_INTERNET,
              UNBLOCK,
              ADD_LABEL,
              REMOVE_LABEL,
              COMPLIANCE_ACTION_STARTED,
              COMPLIANCE_ACTION_CEASED ->
              "at id device cause";
          default -> "at id device threat classification cause rung policyVersion";
        };
    assertEquals(
        (header + " " + ofType).trim().replace(" ", ": is missing\n") + ": is missing",
        errorsOf("{\"type\":\"" + type + "\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | line 1, column 1: expected an object, got a list",
        "{} | type: is missing",
        "{\"type\":\"ADD_LABLE\"} | type: ADD_LABLE is not known, did you mean ADD_LABEL?",
        "{\"type\":7} | type: expected text, got the number 7; put it in quotes"
      })
  void an_effect_has_a_type(String json, String errors) {
    assertEquals(errors, errorsOf(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                              | cause.due: is missing",
        "{\"due\":false}                 | cause: is neither an event's number nor due: true",
        "{\"due\":true,\"event\":1}      | cause: is neither an event's number nor due: true",
        "{\"due\":1}                     | cause.due: expected true or false, got the number 1",
        "{\"event\":\"1\"}               | cause.event: expected a whole number, got text",
        "{\"event\":1.5}                 | cause.event: 1.5 is not a whole number in range",
        "{\"event\":9223372036854775808} | cause.event: 9223372036854775808 is not a whole number"
            + " in range",
        "12                              | cause: expected an object, got the number 12"
      })
  void a_cause_is_an_event_or_a_rung_that_fell_due(String cause, String error) {
    assertEquals(error, errorsOf(UNBLOCK + "\"cause\":" + cause + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"rung\":0 | policyVersion: is missing",
        "\"policyVersion\":0 | rung: is missing",
        "\"policyGroup\":\"g\" | rung: is missing, policyVersion: is missing",
        "\"rung\":-1,\"policyVersion\":0 | rung: -1 is negative",
        "\"rung\":0,\"policyVersion\":-2 | policyVersion: -2 is negative",
        "\"rung\":\"0\",\"policyVersion\":0 | rung: expected a whole number, got text",
        "\"rung\":0,\"policyVersion\":0,\"policyGroup\":\"\" | policyGroup: is empty, expected 1 to"
            + " 200 characters"
      })
  void a_policy_that_an_effect_goes_back_to_is_whole(String fields, String errors) {
    assertEquals(errors.replace("g, p", "g\np"), errorsOf(UNBLOCK + fields + "," + CAUSE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BLOCK_DOMAINS | \"domains\":\"a.example\" | domains: expected a list, got text",
        "BLOCK_DOMAINS | \"domains\":[\"a.example\",1] | domains[1]: expected text, got the number 1;"
            + " put it in quotes",
        "ADD_LABEL | \"label\":\" \" | label: is blank",
        "REMOVE_LABEL | \"label\":null | label: is missing",
        "COMPLIANCE_ACTION_CEASED | \"action\":\"\\n\" | action: is blank",
        "REJECTED | \"reason\":\"NO_ISSUES\" | reason: NO_ISSUES is not known, did you mean"
            + " NO_ISSUE?",
        "REJECTED | \"reason\":\"NO_ISSUE\",\"device\":\"\" | device: is empty, expected 1 to 200"
            + " characters",
        "UNBLOCK | \"device\":\"d\",\"device\":\"d\" | device: is given twice",
        "UNBLOCK | \"threat\":\"\\ud800\" | threat: has half a character (a lone surrogate) at 0"
      })
  void a_bad_value_of_an_effect_is_named(String type, String fields, String error) {
    String device = fields.contains("device") ? "" : "\"device\":\"d\",";
    assertEquals(
        error, errorsOf(START + "\"type\":\"" + type + "\"," + device + fields + "," + CAUSE));
  }

  @Test
  void a_bad_value_within_a_message_is_named() {
    assertEquals(
        """
        riskLevel: low is not known, did you mean LOW?
        message.howToFix: is missing
        message.description: has half a character (a lone surrogate) at 1
        message.notice: expected text, got a list""",
        errorsOf(
            START
                + "\"type\":\"NOTIFY_DEVICE\",\"device\":\"d\",\"threat\":\"t\","
                + "\"classification\":\"c\",\"riskLevel\":\"low\",\"response\":\"ALERT_DEVICE\","
                + "\"message\":{\"description\":\"a\\udc00\",\"notice\":[]},"
                + "\"rung\":0,\"policyVersion\":0,"
                + CAUSE));
  }

  @Test
  void an_effect_is_kept_within_its_size() {
    int space = EffectDocuments.MAX_BYTES - UNBLOCK.length() - CAUSE.length();
    String padded = UNBLOCK + " ".repeat(space) + CAUSE;
    byte[] largest = padded.getBytes(UTF_8);

    assertEquals(EffectDocuments.MAX_BYTES, largest.length);
    assertEquals(EffectDocuments.read(UNBLOCK + CAUSE), EffectDocuments.read(padded));
    assertEquals(EffectDocuments.read(UNBLOCK + CAUSE), EffectDocuments.read(largest));
    String tooLarge = "line 1, column 1: is larger than 16777216 bytes";
    assertEquals(tooLarge, errorsOf(padded + " "));
    assertEquals(
        tooLarge,
        assertThrows(
                InvalidDocumentException.class,
                () -> EffectDocuments.read((padded + " ").getBytes(UTF_8)))
            .getMessage());
  }

  @Test
  void the_size_of_a_text_is_counted_in_bytes() {
    String narrow = "\"colour\":\"" + "x".repeat(EffectDocuments.MAX_BYTES / 2) + "\",";
    String wide = "\"colour\":\"" + "\u00e4".repeat(EffectDocuments.MAX_BYTES / 2) + "\",";

    assertEquals(
        EffectDocuments.read(UNBLOCK + CAUSE), EffectDocuments.read(UNBLOCK + narrow + CAUSE));
    assertEquals(
        "line 1, column 1: is larger than 16777216 bytes", errorsOf(UNBLOCK + wide + CAUSE));
  }

  @ParameterizedTest
  @ValueSource(ints = {19, 20})
  void an_effect_is_kept_within_its_depth(int levels) {
    String json = UNBLOCK + "\"colour\":" + "[".repeat(levels) + "]".repeat(levels) + "," + CAUSE;
    if (levels == 19) { // the object itself is one more
      assertEquals(EffectDocuments.read(UNBLOCK + CAUSE), EffectDocuments.read(json));
    } else {
      assertEquals("line 1, column 99: is more than 20 levels deep", errorsOf(json));
    }
  }
}
