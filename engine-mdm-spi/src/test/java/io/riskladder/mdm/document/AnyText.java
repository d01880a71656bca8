package io.riskladder.mdm.document;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts that are hard to write down: what JSON escapes, and what YAML takes for something else. */
final class AnyText {
  private static final List<String> NASTY =
      List.of(
          "~",
          "null",
          "Null",
          "true",
          "NO",
          "on",
          "y",
          "0",
          "1",
          "-1",
          "0x1F",
          "0o7",
          "010",
          "1e3",
          "1_000",
          ".5",
          ".inf",
          ".NaN",
          "1:30",
          "2026-03-02",
          "2026-03-02T09:00:00Z",
          "=",
          "<<",
          "-",
          "- a",
          "?",
          "? a",
          ":",
          ": ",
          "a: b",
          "a:",
          "#",
          " #",
          "a # b",
          "[",
          "]",
          "{{",
          "}}",
          ",",
          "&a",
          "*a",
          "!",
          "!!str x",
          "|",
          ">",
          "%",
          "@",
          "`",
          "'",
          "\"",
          "\\",
          "\\u0041",
          "\\n",
          "''",
          "\"\"",
          "---",
          "...",
          "--- a",
          " a",
          "a ",
          "  ",
          "\t",
          "a\tb",
          "\n",
          "a\n",
          "\na",
          "a\n\nb",
          "a\n b",
          " \n ",
          "\r",
          "\r\n",
          "\u0000",
          "\u0007",
          "\u001b",
          "\u007f",
          "\u0080",
          "\u0085",
          "a\u0085b",
          "\u00a0",
          "\u2028",
          "\u2029",
          "\u200b",
          "\u202e",
          "\ufeff",
          "\ufffe",
          "\uffff",
          "\ufffd",
          "\ud83d\ude00",
          "\udbff\udfff",
          "e\u0301",
          "\u4e2d\u6587",
          "</script>",
          "x".repeat(81),
          "word ".repeat(30),
          "x".repeat(130));

  private AnyText() {}

  /** {@return texts of so many UTF-16 code units, in which surrogates come in pairs} */
  static Arbitrary<String> of(int minLength, int maxLength) {
    Arbitrary<String> nasty = Arbitraries.of(NASTY);
    Arbitrary<String> plain = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
    Arbitrary<String> unicode =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(c -> Character.getType(c) != Character.SURROGATE)
            .map(Character::toString)
            .list()
            .ofMaxSize(10)
            .map(characters -> String.join("", characters));
    Arbitrary<String> piece =
        Arbitraries.frequencyOf(Tuple.of(3, nasty), Tuple.of(2, plain), Tuple.of(1, unicode));
    return Arbitraries.oneOf(
            piece, piece.list().ofMinSize(1).ofMaxSize(3).map(pieces -> String.join("", pieces)))
        .map(text -> text.isEmpty() && minLength > 0 ? "x" : text)
        .map(text -> cut(text, maxLength));
  }

  /** {@return the same without control characters, and never blank} */
  static Arbitrary<String> name() {
    return of(1, 200)
        .map(
            text -> {
              String line = text.replaceAll("\\p{Cntrl}|[\u0080-\u009f]", "");
              return line.isBlank() ? line + "n" : line;
            });
  }

  private static String cut(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
    return text.substring(0, end);
  }
}
