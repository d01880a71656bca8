package io.riskladder.core.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PathsTest {
  @Test
  void plainWordsAreFields() {
    assertEquals("device", Paths.key("", "device"));
    assertEquals("groups[0].OUT_OF_DATE-OS2", Paths.key("groups[0]", "OUT_OF_DATE-OS2"));
    assertEquals("p.\u00fc\u4e2d", Paths.key("p", "\u00fc\u4e2d"));
  }

  @Test
  void otherKeysAreQuoted() {
    assertEquals("p[\"\"]", Paths.key("p", ""));
    assertEquals("p[\"a b\"]", Paths.key("p", "a b"));
    assertEquals("p[\"a.b\"]", Paths.key("p", "a.b"));
    assertEquals("p[\"\ud83d\ude00\"]", Paths.key("p", "\ud83d\ude00"));
  }

  @Test
  void whatIsNoCharacterOfALineIsNotShown() {
    assertEquals("[\"a?b\"]", Paths.key("", "a\nb"));
    assertEquals("[\"a?\"]", Paths.key("", "a\ud83d"));
  }

  @Test
  void keysThatAreTooLongAreCut() {
    assertEquals("x".repeat(200), Paths.key("", "x".repeat(200)));
    assertEquals("[\"" + "x".repeat(40) + "...\"]", Paths.key("", "x".repeat(201)));
  }
}
