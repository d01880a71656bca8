package io.riskladder.mdm.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Cause;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectHeader;
import io.riskladder.core.device.Message;
import io.riskladder.core.device.PolicyBasis;
import io.riskladder.core.device.RejectionReason;
import io.riskladder.core.device.Resolution;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EffectWriterTest {
  private static final EffectHeader DEVICE = device(new Cause.Event(12)).build();
  private static final EffectHeader THREAT =
      threat(new Cause.Due()).basis(new PolicyBasis(2, Optional.of("sales"), 3)).build();

  private static EffectHeader.Builder device(Cause cause) {
    return EffectHeader.builder()
        .at(Instant.parse("2026-03-02T09:00:00Z"))
        .id("e-1")
        .device("d")
        .cause(cause);
  }

  private static EffectHeader.Builder threat(Cause cause) {
    return device(cause).threat("t").classification("ADWARE");
  }

  private static String ofDevice(String type, String details) {
    return "{\"at\":\"2026-03-02T09:00:00Z\",\"id\":\"e-1\",\"type\":\""
        + type
        + "\",\"device\":\"d\","
        + details
        + "\"cause\":{\"event\":12}}\n";
  }

  private static String ofThreat(String type, String details) {
    return "{\"at\":\"2026-03-02T09:00:00Z\",\"id\":\"e-1\",\"type\":\""
        + type
        + "\",\"device\":\"d\",\"threat\":\"t\",\"classification\":\"ADWARE\","
        + details
        + "\"cause\":{\"due\":true},\"rung\":2,\"policyGroup\":\"sales\",\"policyVersion\":3}\n";
  }

  static Stream<Arguments> effects() {
    return Stream.of(
        Arguments.of(
            new Effect.NotifyDevice(
                THREAT,
                RiskLevel.ADVISORY,
                Response.ALERT_DEVICE,
                new Message("What", "How", Optional.of("Note"))),
            ofThreat(
                "NOTIFY_DEVICE",
                "\"riskLevel\":\"ADVISORY\",\"response\":\"ALERT_DEVICE\",\"message\":{"
                    + "\"description\":\"What\",\"howToFix\":\"How\",\"notice\":\"Note\"},")),
        Arguments.of(
            new Effect.NotifyDevice(
                THREAT,
                RiskLevel.HIGH,
                Response.BLOCK_INTERNET_AND_ALERT,
                new Message("What", "How", Optional.empty())),
            ofThreat(
                "NOTIFY_DEVICE",
                "\"riskLevel\":\"HIGH\",\"response\":\"BLOCK_INTERNET_AND_ALERT\",\"message\":{"
                    + "\"description\":\"What\",\"howToFix\":\"How\"},")),
        Arguments.of(
            new Effect.IssueOpened(THREAT, RiskLevel.LOW),
            ofThreat("ISSUE_OPENED", "\"riskLevel\":\"LOW\",")),
        Arguments.of(
            new Effect.IssueUpdated(THREAT, RiskLevel.MEDIUM),
            ofThreat("ISSUE_UPDATED", "\"riskLevel\":\"MEDIUM\",")),
        Arguments.of(
            new Effect.IssueResolved(THREAT, Resolution.DOWNGRADED),
            ofThreat("ISSUE_RESOLVED", "\"resolution\":\"DOWNGRADED\",")),
        Arguments.of(
            new Effect.IssueIgnored(THREAT, Optional.of("ann")),
            ofThreat("ISSUE_IGNORED", "\"by\":\"ann\",")),
        Arguments.of(
            new Effect.IssueIgnored(THREAT, Optional.empty()), ofThreat("ISSUE_IGNORED", "")),
        Arguments.of(
            new Effect.IssueRestored(THREAT, Optional.of("bob")),
            ofThreat("ISSUE_RESTORED", "\"by\":\"bob\",")),
        Arguments.of(
            new Effect.IssueRestored(THREAT, Optional.empty()), ofThreat("ISSUE_RESTORED", "")),
        Arguments.of(
            new Effect.EmailAdministrators(
                THREAT, RiskLevel.HIGH, List.of("a@x.example", "b@x.example")),
            ofThreat(
                "EMAIL_ADMINISTRATORS",
                "\"riskLevel\":\"HIGH\",\"recipients\":[\"a@x.example\",\"b@x.example\"],")),
        Arguments.of(
            new Effect.BlockDomains(DEVICE, List.of("a.example", "b.example")),
            ofDevice("BLOCK_DOMAINS", "\"domains\":[\"a.example\",\"b.example\"],")),
        Arguments.of(new Effect.BlockInternet(DEVICE), ofDevice("BLOCK_INTERNET", "")),
        Arguments.of(new Effect.Unblock(DEVICE), ofDevice("UNBLOCK", "")),
        Arguments.of(
            new Effect.AddLabel(DEVICE, "MES - High Risk"),
            ofDevice("ADD_LABEL", "\"label\":\"MES - High Risk\",")),
        Arguments.of(
            new Effect.RemoveLabel(DEVICE, "MES - Low Risk"),
            ofDevice("REMOVE_LABEL", "\"label\":\"MES - Low Risk\",")),
        Arguments.of(
            new Effect.ComplianceActionStarted(DEVICE, "Stop"),
            ofDevice("COMPLIANCE_ACTION_STARTED", "\"action\":\"Stop\",")),
        Arguments.of(
            new Effect.ComplianceActionCeased(DEVICE, "Stop"),
            ofDevice("COMPLIANCE_ACTION_CEASED", "\"action\":\"Stop\",")),
        Arguments.of(
            new Effect.Rejected(DEVICE, RejectionReason.UNKNOWN_GROUP),
            ofDevice("REJECTED", "\"reason\":\"UNKNOWN_GROUP\",")));
  }

  private static byte[] written(Effect... effects) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (EffectWriter writer = new EffectWriter(out)) {
      for (Effect effect : effects) {
        writer.write(effect);
      }
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("effects")
  void an_effect_is_a_line_of_fields_in_a_fixed_order(Effect effect, String line)
      throws IOException {
    assertEquals(line, new String(written(effect), UTF_8));
  }

  @Test
  void every_type_of_effect_is_among_these_cases() {
    Set<Effect.Type> types =
        effects().map(a -> ((Effect) a.get()[0]).type()).collect(Collectors.toSet());

    assertEquals(EnumSet.allOf(Effect.Type.class), types);
  }

  @Test
  void a_rejection_has_the_device_and_the_threat_if_the_event_had_them() throws IOException {
    EffectHeader ofThreat = device(new Cause.Event(3)).threat("t").build();
    EffectHeader ofPolicies =
        EffectHeader.builder().at(Instant.EPOCH).id("e-2").cause(new Cause.Event(4)).build();

    assertEquals(
        """
        {"at":"2026-03-02T09:00:00Z","id":"e-1","type":"REJECTED","device":"d","threat":"t",\
        "reason":"NO_ISSUE","cause":{"event":3}}
        {"at":"1970-01-01T00:00:00Z","id":"e-2","type":"REJECTED","reason":"INVALID_POLICY",\
        "cause":{"event":4}}
        """,
        new String(
            written(
                new Effect.Rejected(ofThreat, RejectionReason.NO_ISSUE),
                new Effect.Rejected(ofPolicies, RejectionReason.INVALID_POLICY)),
            UTF_8));
  }

  @Test
  void the_group_is_absent_where_the_catalogue_decides() throws IOException {
    EffectHeader header =
        threat(new Cause.Event(Long.MAX_VALUE))
            .basis(new PolicyBasis(0, Optional.empty(), 0))
            .build();

    assertEquals(
        """
        {"at":"2026-03-02T09:00:00Z","id":"e-1","type":"ISSUE_OPENED","device":"d","threat":"t",\
        "classification":"ADWARE","riskLevel":"LOW","cause":{"event":9223372036854775807},"rung":0,\
        "policyVersion":0}
        """,
        new String(written(new Effect.IssueOpened(header, RiskLevel.LOW)), UTF_8));
  }

  @Test
  void text_is_utf_8_with_quotes_controls_and_what_is_beyond_16_bits_escaped() throws IOException {
    byte[] line =
        written(new Effect.AddLabel(DEVICE, "\u00fc\u4e2d\ud83d\ude00\u2028\u007f\"\\\n\t\u0000/"));

    assertArrayEquals(
        ofDevice(
                "ADD_LABEL",
                "\"label\":\"\u00fc\u4e2d\\uD83D\\uDE00\u2028\u007f\\\"\\\\\\n\\t\\u0000/\",")
            .getBytes(UTF_8),
        line);
  }

  @Test
  void effects_follow_each_other_with_nothing_between_them() throws IOException {
    assertEquals(
        ofDevice("UNBLOCK", "") + ofDevice("BLOCK_INTERNET", ""),
        new String(written(new Effect.Unblock(DEVICE), new Effect.BlockInternet(DEVICE)), UTF_8));
    assertEquals(0, written().length);
  }

  @Test
  void a_flush_empties_the_buffer_and_leaves_the_stream_to_its_owner() throws IOException {
    Recorder stream = new Recorder();
    try (EffectWriter writer = new EffectWriter(stream)) {
      writer.write(new Effect.Unblock(DEVICE));
      assertEquals(0, stream.size());

      writer.flush();

      assertEquals(ofDevice("UNBLOCK", ""), stream.toString(UTF_8));
      assertFalse(stream.closed);
    }
    assertTrue(stream.closed);
  }

  private static final class Recorder extends ByteArrayOutputStream {
    private boolean closed;

    @Override
    public void close() throws IOException {
      closed = true;
      super.close();
    }
  }

  @Test
  void a_failure_of_the_stream_is_passed_on() {
    IOException failure = new IOException("full");
    OutputStream stream =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw failure;
          }
        };
    assertEquals(
        failure,
        assertThrows(
            IOException.class,
            () -> {
              EffectWriter writer = new EffectWriter(stream);
              writer.write(new Effect.Unblock(DEVICE));
              writer.flush();
            }));
  }
}
