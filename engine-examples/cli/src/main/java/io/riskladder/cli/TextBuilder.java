package io.riskladder.cli;

/** Lines of text for people, each made safe for a terminal. */
final class TextBuilder {
  private final StringBuilder text = new StringBuilder();

  /** Adds a line that is indented by so many spaces. */
  TextBuilder line(int indent, String line) {
    text.append(" ".repeat(indent)).append(Text.oneLine(line)).append('\n');
    return this;
  }

  /** Adds a text of others, line by line, behind bars. */
  TextBuilder quote(int indent, String quoted) {
    Text.lines(quoted).forEach(line -> line(indent, "| " + line));
    return this;
  }

  TextBuilder blank() {
    text.append('\n');
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
