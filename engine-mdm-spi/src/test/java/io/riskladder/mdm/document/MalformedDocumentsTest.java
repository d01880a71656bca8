package io.riskladder.mdm.document;

import static io.riskladder.mdm.document.DocumentFormat.JSON;
import static io.riskladder.mdm.document.DocumentFormat.YAML;
import static io.riskladder.mdm.document.Samples.problemsOf;
import static io.riskladder.mdm.document.Samples.read;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.policy.PolicySet;
import io.riskladder.mdm.document.DocumentProblem.Place;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are no documents at all: each has one answer, and none takes long. */
final class MalformedDocumentsTest {
  private static final String MARK = "\uFEFF";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final PolicySet SMALLEST = read(Samples.SMALLEST_JSON, JSON);

  private static DocumentProblem problemOf(byte[] document, DocumentFormat format) {
    List<DocumentProblem> problems =
        assertTimeoutPreemptively(LONG, () -> problemsOf(document, format));
    assertEquals(1, problems.size(), problems::toString);
    return problems.get(0);
  }

  private static DocumentProblem problemOf(String document, DocumentFormat format) {
    return problemOf(document.getBytes(UTF_8), format);
  }

  private static void assertMalformed(
      String message, int line, int column, String document, DocumentFormat format) {
    assertEquals(
        new DocumentProblem("", message, new Place(line, column)), problemOf(document, format));
  }

  private static byte[] bytes(Object... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof Integer b) {
        out.write(b);
      } else {
        out.writeBytes(part.toString().getBytes(UTF_8));
      }
    }
    return out.toByteArray();
  }

  static Stream<Arguments> texts_that_are_not_utf_8() {
    return Stream.of(
        Arguments.of(bytes(0xFF), 1, 1, 1),
        Arguments.of(bytes("ab\nc", 0xC3, "("), 5, 2, 2),
        Arguments.of(bytes("a\n\nb", 0xC3), 5, 3, 2),
        Arguments.of(bytes("\u00e9\u20ac", 0x80), 6, 1, 3),
        Arguments.of(bytes("x", 0xC0, 0x80), 2, 1, 2), // a NUL in two bytes
        Arguments.of(bytes("x", 0xED, 0xA0, 0x80), 2, 1, 2), // half a pair of surrogates
        Arguments.of(bytes("x", 0xF4, 0x90, 0x80, 0x80), 2, 1, 2), // beyond U+10FFFF
        Arguments.of("{}".getBytes(UTF_16), 1, 1, 1));
  }

  @ParameterizedTest
  @MethodSource("texts_that_are_not_utf_8")
  void what_is_not_utf_8_is_refused_where_it_is_not(byte[] text, int nth, int line, int column) {
    for (DocumentFormat format : DocumentFormat.values()) {
      assertEquals(
          new DocumentProblem(
              "", "is not UTF-8: byte " + nth + " fits nowhere", new Place(line, column)),
          problemOf(text, format));
    }
  }

  @Test
  void a_byte_order_mark_at_the_start_is_skipped() {
    assertEquals(SMALLEST, read(MARK + Samples.SMALLEST_JSON, JSON));
    assertEquals(SMALLEST, read(MARK + Samples.SMALLEST_YAML, YAML));
    assertEquals(new Place(1, 1), problemOf(MARK + MARK + "{}", JSON).place());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\n", "\r\n", MARK})
  void nothing_is_no_document(String nothing) {
    for (DocumentFormat format : DocumentFormat.values()) {
      assertMalformed("is empty, expected an object", 1, 1, nothing, format);
    }
  }

  @Test
  void comments_alone_are_no_document() {
    assertMalformed("is empty, expected an object", 1, 1, "# nothing yet\n", YAML);
  }

  @ParameterizedTest
  @CsvSource({
    "null,   null",
    "true,   the word true",
    "7,      the number 7",
    "-1.5,   the number -1.5",
    "'\"x\"', text",
    "[],     a list",
    "[{}],   a list"
  })
  void a_document_is_an_object(String text, String kind) {
    for (DocumentFormat format : DocumentFormat.values()) {
      assertMalformed("expected an object, got " + kind, 1, 1, text, format);
    }
  }

  @Test
  void a_second_value_is_refused() {
    assertMalformed(
        "a second value, expected the document to be one",
        2,
        1,
        Samples.SMALLEST_JSON + "\n" + Samples.SMALLEST_JSON,
        JSON);
    assertMalformed(
        "a second value, expected the document to be one",
        4,
        1,
        Samples.SMALLEST_YAML + "---\n" + Samples.SMALLEST_YAML,
        YAML);
    assertMalformed("a second value, expected the document to be one", 2, 1, "---\n---\nx\n", YAML);
  }

  @Test
  void a_yaml_document_may_be_marked_off() {
    assertEquals(SMALLEST, read("---\n" + Samples.SMALLEST_YAML + "...\n", YAML));
    assertEquals(SMALLEST, read("%YAML 1.2\n---\n" + Samples.SMALLEST_YAML, YAML));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "}", "]", ",", "//", "/**/", "#", "\u0000", "\u00a0", "\u2028", "\""})
  void json_with_something_after_it_is_refused_there(String rest) {
    Place place = problemOf(Samples.SMALLEST_JSON + "\n " + rest, JSON).place();

    assertEquals(2, place.line());
    assertTrue(place.column() >= 2 && place.column() <= 4, place::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "[",
        "]",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "[1,]",
        "[,1]",
        "\"",
        "\"a",
        "{a:1}",
        "{'a':1}",
        "{\"a\" 1}",
        "nul",
        "tru",
        "truer",
        "NaN",
        "Infinity",
        "+1",
        "01",
        "1.",
        ".5",
        "1e",
        "-",
        "0x1",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12G4\"",
        "\"\n\"",
        "\"\t\"",
        "\"\u0000\"",
        "\\",
        "\u0000",
        "\ud83d\ude00",
        "[1 2]",
        "{\"a\":1 \"b\":2}",
        "{1:2}",
        "{null:1}"
      })
  void broken_json_has_one_problem_with_a_place(String text) {
    DocumentProblem problem = problemOf(text, JSON);

    assertEquals("", problem.path());
    assertTrue(problem.place().compareTo(new Place(2, 3)) <= 0, problem::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "[",
        "]",
        "{a: 1",
        "[1, 2",
        "\"",
        "'",
        "\"a",
        "a: b: c",
        "a: 'b' c",
        "- a\nb",
        "a\nb: 1",
        "a: 1\n b: 2",
        "a:\n\t- b",
        "\ta: 1",
        "@",
        "`",
        "%",
        "%YAML 3.0\n---\n1",
        "%TAG\n---\n1",
        "&",
        "*",
        "!<",
        "|x\n y",
        "|0\n y",
        "[a: b: c]",
        "[,]",
        "{,}",
        "{:}",
        ":",
        ",",
        "...",
        "\"\\x\"",
        "\"\\uZZZZ\"",
        "\"\\U00110000\"",
        "\"\\UFFFFFFFF\"",
        "\"\\q\"",
        "\u0000",
        "a: \u0001",
        "a: \u007f",
        "? [a]\n: b",
        "? {a: b}\n: c",
        "{[a]: b}",
        "a: 1\n: 2",
        "- - a\n  b\n c: d"
      })
  void broken_yaml_has_one_problem_with_a_place(String text) {
    DocumentProblem problem = problemOf(text, YAML);

    assertEquals("", problem.path());
    assertTrue(problem.place().compareTo(new Place(3, 9)) <= 0, problem::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[&a {id: g}]   | 2 | 10", "&a [{id: g}]   | 2 | 9", "[{&a id: g}]   | 2 | 11"})
  void an_anchor_is_refused(String groups, int line, int column) {
    assertMalformed(
        "an anchor (&), expected none", line, column, "version: 1\ngroups: " + groups + "\n", YAML);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{id: &a g}]", "[{id: g, name: &a n}]", "[{id: g, name: &a \"n\"}]"})
  void an_anchor_of_a_scalar_is_refused(String groups) {
    assertEquals(
        "an anchor (&), expected none",
        problemOf("version: 1\ngroups: " + groups + "\n", YAML).message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"*a | 3 | 7", "[*a] | 3 | 8", "{a: *b} | 3 | 11", "*undefined | 3 | 7"})
  void an_alias_is_refused(String value, int line, int column) {
    assertMalformed(
        "an alias (*), expected the value itself",
        line,
        column,
        "version: 1\ngroups: [{id: g}]\nname: " + value + "\n",
        YAML);
  }

  @Test
  void aliases_that_would_multiply_are_refused_at_once() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      laughs.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", repeated("*a" + (i - 1)))));
    }

    assertMalformed("an anchor (&), expected none", 1, 5, laughs.toString(), YAML);
  }

  private static List<String> repeated(String text) {
    return IntStream.range(0, 10).mapToObj(i -> text).toList();
  }

  @Test
  void an_alias_as_a_key_is_refused() {
    DocumentProblem problem = problemOf("version: &a 1\n*a : 2\n", YAML);

    assertEquals("", problem.path());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!!str x",
        "!x x",
        "! x",
        "!<tag:example.com,2000:x> x",
        "!!java.net.URL x",
        "!!null",
        "!!map {a: b}",
        "!!seq [a]",
        "!!set {a}",
        "!!binary YQ==",
        "!!int \"1\"",
        "!!js/function x"
      })
  void a_tag_is_refused(String value) {
    assertMalformed(
        "a tag (!), expected none", 4, 7, Samples.SMALLEST_YAML + "name: " + value + "\n", YAML);
  }

  @Test
  void a_tag_of_the_document_or_of_a_key_is_refused() {
    assertMalformed("a tag (!), expected none", 1, 1, "!!map\n" + Samples.SMALLEST_YAML, YAML);
    assertMalformed(
        "a tag (!), expected none", 4, 1, Samples.SMALLEST_YAML + "!!str name: x\n", YAML);
    assertMalformed(
        "a %TAG directive, expected none",
        1, 1, "%TAG !e! tag:example.com,2000:\n---\nversion: 1\ngroups: []\nname: !e!x y\n", YAML);
  }

  @Test
  void a_merge_key_is_an_unknown_field() {
    assertEquals("[\"<<\"]", problemOf(Samples.SMALLEST_YAML + "<<: {name: x}\n", YAML).path());
    assertEquals(
        "groups[0][\"<<\"]",
        problemOf("version: 1\ngroups: [{id: g, <<: {name: x}}]\n", YAML).path());
  }

  @ParameterizedTest
  @CsvSource({"~, [\"~\"]", "1, 1", "true, true", "'\"a\\nb\"', [\"a?b\"]", "'', [\"\"]"})
  void a_key_of_any_kind_is_the_text_that_it_is_written_as(String key, String path) {
    assertEquals(path, problemOf(Samples.SMALLEST_YAML + "? " + key + "\n: x\n", YAML).path());
  }

  @ParameterizedTest
  @EnumSource(DocumentFormat.class)
  void depth_is_kept_at_20_and_broken_at_21(DocumentFormat format) {
    assertMalformed(
        "expected an object, got a list", 1, 1, "[".repeat(20) + "]".repeat(20), format);
    assertMalformed("is more than 20 levels deep", 1, 21, "[".repeat(21) + "]".repeat(21), format);
    assertMalformed(
        "expected an object, got a list", 1, 1, "[".repeat(19) + "1" + "]".repeat(19), format);
    assertMalformed(
        "is more than 20 levels deep", 1, 21, "[".repeat(20) + "1" + "]".repeat(20), format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
  void a_megabyte_of_opening_is_too_deep(String opening) {
    for (DocumentFormat format : DocumentFormat.values()) {
      assertEquals(
          "is more than 20 levels deep",
          problemOf((opening + "\n").repeat((1 << 20) / opening.length()), format).message());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"- ", "? ", "{", "[{", "&a ", "!a ", "*a ", "---\n", "'", "|\n", "{\"", "\\"})
  void a_megabyte_of_anything_is_answered(String text) {
    for (DocumentFormat format : DocumentFormat.values()) {
      assertEquals("", problemOf(text.repeat((1 << 20) / text.length()), format).path());
    }
  }

  @Test
  void size_is_kept_at_16_mib_and_broken_at_one_byte_more() {
    String padding = " ".repeat(PolicyDocuments.MAX_BYTES - Samples.SMALLEST_JSON.length());
    String largest = Samples.SMALLEST_JSON + padding;
    assertEquals(16 * 1024 * 1024, PolicyDocuments.MAX_BYTES);

    assertEquals(SMALLEST, assertTimeoutPreemptively(LONG, () -> read(largest, JSON)));
    assertMalformed("is larger than 16777216 bytes", 1, 1, largest + " ", JSON);
  }

  @Test
  void size_is_kept_in_yaml_too() {
    String padding = "\n".repeat(PolicyDocuments.MAX_BYTES - Samples.SMALLEST_YAML.length());
    String largest = Samples.SMALLEST_YAML + padding;

    assertEquals(SMALLEST, assertTimeoutPreemptively(LONG, () -> read(largest, YAML)));
    assertMalformed("is larger than 16777216 bytes", 1, 1, largest + "\n", YAML);
  }

  @Test
  void a_long_line_of_yaml_is_refused_before_it_takes_long() {
    String longest = "#" + "x".repeat(YamlNodes.MAX_LINE_LENGTH - 1);

    assertEquals(SMALLEST, read(Samples.SMALLEST_YAML + longest, YAML));
    assertMalformed(
        "has a line of more than 65536 characters",
        4,
        65_537,
        Samples.SMALLEST_YAML + longest + "x",
        YAML);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\": \"g%d\"}", "{\"id\": \"g%d\", \"parent\": \"nobody\"}"})
  void as_many_errors_as_groups_are_answered_in_seconds(String group) {
    String groups =
        String.join(",", IntStream.range(0, 10_000).mapToObj(i -> group.formatted(i)).toList());

    List<DocumentProblem> problems =
        assertTimeoutPreemptively(
            LONG, () -> problemsOf("{\"version\": 1, \"groups\": [" + groups + "]}", JSON));
    assertTrue(problems.size() > 1);
  }

  @ParameterizedTest
  @EnumSource(DocumentFormat.class)
  void huge_numbers_are_refused(DocumentFormat format) {
    for (String number :
        List.of(
            "1e999999999", "1e99999999999", "-1e-999999999", "2147483648", "1" + "0".repeat(999))) {
      DocumentProblem problem =
          problemOf("{\"version\": " + number + ", \"groups\": [{\"id\": \"g\"}]}", format);

      assertEquals("version", problem.path());
      assertTrue(problem.message().endsWith(" is not a whole number in range"), problem::message);
      assertTrue(problem.message().length() < 80, problem::message);
    }
    String digits = "1".repeat(1 << 20);
    assertTrue(
        problemOf("{\"version\": " + digits + ", \"groups\": [{\"id\": \"g\"}]}", format)
                .message()
                .length()
            < 200);
  }

  @ParameterizedTest
  @EnumSource(DocumentFormat.class)
  void long_texts_are_refused_without_being_repeated(DocumentFormat format) {
    String text = "x".repeat(60_000);

    assertEquals(
        new DocumentProblem("name", "has 60000 characters, expected at most 320", new Place(1, 50)),
        problemOf(
            "{\"version\": 1, \"groups\": [{\"id\": \"g\"}], \"name\" : \"" + text + "\"}",
            format));
    assertTrue(
        problemOf(
                    "{\"version\": 1, \"groups\": [{\"id\": \"g\"}], \"timeZone\": \""
                        + text
                        + "\"}",
                    format)
                .toString()
                .length()
            < 200);
  }

  @Test
  void a_long_key_is_not_repeated() {
    String key = "x".repeat(40_000);
    DocumentProblem problem =
        problemOf("{\"version\": 1, \"groups\": [{\"id\": \"g\"}], \"" + key + "\": 1}", JSON);

    assertTrue(
        problem.toString().length() < 400, () -> problem.toString().length() + " characters");
  }

  @ParameterizedTest
  @CsvSource({
    "\\ud800,  has half a character (a lone surrogate) at 1",
    "\\udc00x, has half a character (a lone surrogate) at 1",
    "\\udc00\\ud800, has half a character (a lone surrogate) at 1",
    "\\u0000,  'has a control character, expected one line of text'",
    "\\u001b,  'has a control character, expected one line of text'",
    "\\n,      'has a control character, expected one line of text'",
    "\\u0085,  'has a control character, expected one line of text'"
  })
  void an_escape_may_not_smuggle_in_what_is_no_text(String escape, String message) {
    for (DocumentFormat format : DocumentFormat.values()) {
      assertEquals(
          new DocumentProblem("name", message, new Place(1, 50)),
          problemOf(
              "{\"version\": 1, \"groups\": [{\"id\": \"g\"}], \"name\" : \"a" + escape + "\"}",
              format));
    }
  }

  @Test
  void a_lone_surrogate_is_refused_wherever_text_is() {
    String half = "\\ud800";
    assertEquals(
        List.of(
            "timeZone",
            "groups[0].id",
            "groups[0].name",
            "groups[0].onDeviceThreatProtection.blockedDomains[0]",
            "groups[0].defaultNotice",
            "administrators[0].email",
            "administrators[0].notify[0]",
            "labels.LOW",
            "riskResponse",
            "[\"?\"]"),
        problemsOf(
                """
                {"version": 1, "timeZone": "$",
                 "groups": [{"id": "$", "name": "$",
                   "onDeviceThreatProtection": {"enabled": true, "blockedDomains": ["$"]},
                   "defaultNotice": "$"}],
                 "administrators": [{"email": "$", "notify": ["$"]}],
                 "labels": {"LOW": "$"}, "riskResponse": "$", "$": 1}
                """
                    .replace("$", half),
                JSON)
            .stream()
            .map(DocumentProblem::path)
            .toList());
  }

  @Test
  void a_pair_of_surrogate_escapes_is_one_character() {
    for (DocumentFormat format : DocumentFormat.values()) {
      assertEquals(
          "\ud83d\ude00",
          read("{\"version\": 1, \"groups\": [{\"id\": \"\\ud83d\\ude00\"}]}", format)
              .groups()
              .get(0)
              .id());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"version: 1\\n\\tgroups: x | 2 | 1", "version: 1\\nname: @x | 2 | 7"})
  void a_problem_of_yaml_says_what_is_wrong_and_where(String text, int line, int column) {
    DocumentProblem problem = problemOf(text.replace("\\n", "\n").replace("\\t", "\t"), YAML);

    assertEquals(new Place(line, column), problem.place());
    assertTrue(problem.message().contains("cannot start any token"), problem::message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "\u0085", "x\u001b[31m"})
  void a_message_has_no_control_characters(String json) {
    String message = problemOf(json, JSON).message();

    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": 1", "{\"a\": NaN}", "{\"a\": +1}", "{\"a\": 1} //"})
  void a_message_names_nothing_of_the_parser(String json) {
    String message = problemOf(json, JSON).message();

    assertTrue(!message.contains("Feature") && !message.contains("REDACTED"), message);
  }
}
