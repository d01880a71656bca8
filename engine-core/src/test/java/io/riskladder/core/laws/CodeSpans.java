package io.riskladder.core.laws;

import java.util.ArrayList;
import java.util.List;

/**
 * The code spans of a line of Markdown, read as CommonMark says (section 6.1), separately from what
 * writes them: a string of backticks is closed by the next string of just as many.
 */
final class CodeSpans {
  private final List<String> spans = new ArrayList<>();
  private final StringBuilder rest = new StringBuilder();

  private CodeSpans(String line) {
    int at = 0;
    while (at < line.length()) {
      int fence = backticks(line, at);
      if (fence == 0) {
        rest.append(line.charAt(at));
        at++;
        continue;
      }
      int end = at + fence;
      while (backticks(line, end) != fence) {
        if (end == line.length()) {
          throw new AssertionError("a code span that is not closed in: " + line);
        }
        end += Math.max(1, backticks(line, end));
      }
      spans.add(stripped(line.substring(at + fence, end)));
      rest.append("CODE");
      at = end + fence;
    }
  }

  private static int backticks(String line, int from) {
    int to = from;
    while (to < line.length() && line.charAt(to) == '`') {
      to++;
    }
    return to - from;
  }

  private static String stripped(String content) {
    boolean padded = content.startsWith(" ") && content.endsWith(" ") && !content.isBlank();
    return padded ? content.substring(1, content.length() - 1) : content;
  }

  static List<String> of(String line) {
    return new CodeSpans(line).spans;
  }

  /** {@return the line with a word for each code span} */
  static String without(String line) {
    return new CodeSpans(line).rest.toString();
  }
}
