package io.riskladder.mdm.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EnrolledDevice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes in, out comes a result or {@link InvalidDocumentException}, nothing else. */
final class GarbagePropertiesTest {
  private static final String EVENTS =
      """
      {"at":"2026-03-02T09:00:00Z","type":"DEVICE_ENROLLED","device":"d","group":"g","platform":"IOS","installedApps":["a","b"]}

      {"at":"2026-03-02T09:00:00Z","type":"THREAT_DETECTED","device":"d","threat":"t","classification":"ADWARE"}
      {"at":"2026-03-02T09:00:00.5Z","type":"ISSUE_IGNORED","device":"d","threat":"t","by":"ann"}
      {"at":"2026-03-02T09:00:01Z","type":"POLICY_CHANGED","policy":"new.yaml","mode":"PIN"}
      {"at":"2026-03-02T09:00:02Z","type":"CLOCK"}
      """;

  private static final String EFFECTS =
      """
      {"at":"2026-03-02T09:00:00Z","id":"e-1","type":"NOTIFY_DEVICE","device":"d","threat":"t","classification":"ADWARE","riskLevel":"LOW","response":"ALERT_DEVICE","message":{"description":"a","howToFix":"b","notice":"c"},"cause":{"event":12},"rung":0,"policyGroup":"g","policyVersion":3}
      {"at":"2026-03-02T09:00:00.5Z","id":"e-2","type":"EMAIL_ADMINISTRATORS","device":"d","threat":"t","classification":"ADWARE","riskLevel":"LOW","recipients":["a","b"],"cause":{"due":true},"rung":1,"policyVersion":0}
      {"at":"2026-03-02T09:00:01Z","id":"e-3","type":"BLOCK_DOMAINS","device":"d","domains":["a.example"],"cause":{"event":-1}}
      {"at":"2026-03-02T09:00:02Z","id":"e-4","type":"REJECTED","reason":"NO_ISSUE","cause":{"event":0}}
      """;
  private static final String STATE =
      """
      {"format":1,"device":"d","group":"g","platform":"ANDROID","installedApps":["a","b"],
      "connected":false,"threats":[
      {"threat":"t","classification":"ADWARE","rung":0,"entered":"2026-03-02T09:00:00Z","issue":"IGNORED","pin":{"policyGroup":"g","policyVersion":0}},
      {"threat":"u","classification":"ADWARE","rung":1,"entered":"2026-03-02T09:00:00Z","nextDue":"2026-03-03T09:00:00Z","issue":"OPEN"}
      ],
      "desired":{"riskLevel":"LOW","block":"DOMAINS","domains":["a.example"],"labels":{"RISK":"Low"},"complianceActions":["Stop"]},
      "policyVersion":3,"lastSeen":"2026-03-02T15:05:00.123456789Z"}
      """;

  /** Something done to a text. */
  interface Change {
    String applyTo(String text);
  }

  @Property
  void random_bytes(@ForAll byte[] bytes) {
    assertAnswered(bytes);
  }

  @Property
  void random_text(@ForAll("anyText") String text) {
    assertAnswered(text.getBytes(UTF_8));
  }

  @Property
  void a_yaml_document_changed_at_random(@ForAll("changes") List<Change> changes) {
    assertPolicyAnswered(changed(Samples.YAML, changes), DocumentFormat.YAML);
  }

  @Property
  void a_json_document_changed_at_random(@ForAll("changes") List<Change> changes) {
    String changed = changed(Samples.JSON, changes);
    assertPolicyAnswered(changed, DocumentFormat.JSON);
    assertPolicyAnswered(changed, DocumentFormat.YAML);
  }

  @Property
  void a_small_document_changed_at_random(@ForAll("changes") List<Change> changes) {
    assertPolicyAnswered(changed(Samples.SMALLEST_JSON, changes), DocumentFormat.JSON);
    assertPolicyAnswered(changed(Samples.SMALLEST_YAML, changes), DocumentFormat.YAML);
  }

  @Property
  void a_document_with_bytes_changed_at_random(
      @ForAll("changes") List<Change> changes, @ForAll DocumentFormat format) {
    String bytes = format == DocumentFormat.JSON ? Samples.JSON : Samples.YAML;
    byte[] changed = changed(bytes, changes).getBytes(ISO_8859_1);
    assertPolicyAnswered(changed, format);
  }

  @Property
  void events_changed_at_random(@ForAll("changes") List<Change> changes) throws IOException {
    String changed = changed(EVENTS, changes);
    assertEventsAnswered(changed.getBytes(UTF_8));
    assertEventsAnswered(changed.getBytes(ISO_8859_1));
    changed.lines().forEach(GarbagePropertiesTest::assertEventAnswered);
  }

  @Property
  void effects_changed_at_random(@ForAll("changes") List<Change> changes) {
    changed(EFFECTS, changes).lines().forEach(GarbagePropertiesTest::assertEffectAnswered);
  }

  @Property
  void a_device_state_changed_at_random(@ForAll("changes") List<Change> changes) {
    assertStateAnswered(changed(STATE, changes));
  }

  private static void assertAnswered(byte[] bytes) {
    assertPolicyAnswered(bytes, DocumentFormat.JSON);
    assertPolicyAnswered(bytes, DocumentFormat.YAML);
    assertEventAnswered(new String(bytes, UTF_8));
    assertEventAnswered(new String(bytes, ISO_8859_1));
    assertEventsAnswered(bytes);
    assertEffectAnswered(new String(bytes, ISO_8859_1));
    assertStateAnswered(new String(bytes, ISO_8859_1));
  }

  private static void assertPolicyAnswered(String document, DocumentFormat format) {
    assertPolicyAnswered(document.getBytes(UTF_8), format);
  }

  private static void assertPolicyAnswered(byte[] document, DocumentFormat format) {
    try {
      assertFalse(PolicyDocuments.read(document, format).groups().isEmpty());
    } catch (InvalidDocumentException e) {
      assertSaysWhy(e);
    }
  }

  private static void assertEventAnswered(String json) {
    try {
      EngineEvent event = EventDocuments.read(json);
      assertEquals(event, EventDocuments.read(EventDocuments.write(event)));
    } catch (InvalidDocumentException e) {
      assertSaysWhy(e);
    }
  }

  private static void assertEffectAnswered(String json) {
    try {
      Effect effect = EffectDocuments.read(json);
      assertEquals(effect, EffectDocuments.read(EffectDocuments.write(effect)));
    } catch (InvalidDocumentException e) {
      assertSaysWhy(e);
    }
    try {
      assertFalse(EffectDocuments.read(json.getBytes(ISO_8859_1)).id().isEmpty());
    } catch (InvalidDocumentException e) {
      assertSaysWhy(e);
    }
  }

  private static void assertStateAnswered(String json) {
    try {
      EnrolledDevice state = StateDocuments.read(json);
      assertEquals(state, StateDocuments.read(StateDocuments.write(state)));
    } catch (InvalidDocumentException e) {
      assertSaysWhy(e);
    }
  }

  private static void assertEventsAnswered(byte[] bytes) {
    long before = -1;
    boolean more = true;
    try (EventReader reader = new EventReader(new ByteArrayInputStream(bytes))) {
      while (more) {
        try {
          more = reader.next().isPresent();
        } catch (InvalidDocumentException e) {
          assertSaysWhy(e);
        }
        assertTrue(reader.linesRead() > before || !more);
        before = reader.linesRead();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertSaysWhy(InvalidDocumentException e) {
    assertFalse(e.problems().isEmpty());
    e.problems().forEach(Samples::assertFitToShow);
    assertEquals(
        e.problems().stream().map(DocumentProblem::place).sorted().toList(),
        e.problems().stream().map(DocumentProblem::place).toList());
  }

  private static String changed(String text, List<Change> changes) {
    String changed = text;
    for (Change change : changes) {
      changed = change.applyTo(changed);
    }
    return changed;
  }

  @Provide
  Arbitrary<String> anyText() {
    Arbitrary<String> tokens =
        anyToken().list().ofMaxSize(20).map(pieces -> String.join("", pieces));
    return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(50), AnyText.of(0, 200), tokens);
  }

  private static Arbitrary<String> anyToken() {
    return Arbitraries.of(
        "{",
        "}",
        "[",
        "]",
        ":",
        ": ",
        ",",
        "- ",
        "? ",
        "\n",
        "\n  ",
        "\t",
        " ",
        "#",
        "&a",
        "*a",
        "!",
        "!!str ",
        "|",
        ">",
        "'",
        "\"",
        "%YAML 1.1\n",
        "---\n",
        "...\n",
        "~",
        "null",
        "true",
        "1",
        "1e9",
        "\"version\"",
        "version",
        "groups",
        "\"groups\"",
        "id",
        "\"id\"",
        "\"type\"",
        "\"CLOCK\"",
        "\"at\"",
        "\\",
        "\\u0000",
        "\\ud800",
        "<<",
        "@",
        "`",
        "=",
        "\u0000",
        "\u0085",
        "\u2028",
        "\ufeff",
        "\ud83d\ude00");
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<Double> where = Arbitraries.doubles().between(0, 1);
    Arbitrary<String> text = Arbitraries.oneOf(anyToken(), AnyText.of(0, 50));
    Arbitrary<Character> character =
        Arbitraries.oneOf(
            Arbitraries.chars().range('\u0000', '\u00ff'),
            Arbitraries.of('{', '}', '[', ']', ':', ',', '"', '\'', ' ', '\n', '-', '0'));
    Arbitrary<Change> change =
        Arbitraries.oneOf(
            Combinators.combine(where, character).as((w, c) -> t -> replaceAt(t, w, 1, "" + c)),
            Combinators.combine(where, text).as((w, s) -> t -> replaceAt(t, w, 0, s)),
            Combinators.combine(where, text).as((w, s) -> t -> replaceToken(t, w, s)),
            Combinators.combine(where, Arbitraries.integers().between(1, 30))
                .as((w, n) -> t -> replaceAt(t, w, n, "")),
            where.map(w -> t -> moveLine(t, w, 0)),
            where.map(w -> t -> moveLine(t, w, 2)),
            where.map(w -> t -> t.substring(0, (int) (w * t.length()))));
    return change.list().ofMinSize(1).ofMaxSize(4);
  }

  private static String replaceAt(String text, double where, int length, String by) {
    int from = (int) (where * text.length());
    return text.substring(0, from) + by + text.substring(Math.min(text.length(), from + length));
  }

  private static String replaceToken(String text, double where, String by) {
    int from = (int) (where * text.length());
    int to = from;
    while (from > 0 && Character.isLetterOrDigit(text.charAt(from - 1))) {
      from--;
    }
    while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
      to++;
    }
    return text.substring(0, from) + by + text.substring(to);
  }

  /** The text with one of its lines so many times. */
  private static String moveLine(String text, double where, int times) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (lines.isEmpty()) {
      return text;
    }
    int at = Math.min(lines.size() - 1, (int) (where * lines.size()));
    String line = lines.remove(at);
    for (int i = 0; i < times; i++) {
      lines.add(at, line);
    }
    return String.join("\n", lines);
  }
}
