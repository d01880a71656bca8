package io.riskladder.mdm.document;

/**
 * One thing that is wrong with a document.
 *
 * @param path the field to blame, like {@code groups[0].policies.OUT_OF_DATE_OS.riskLevel}; empty
 *     for the document as a whole
 * @param message what is wrong with it: one line, lower case, no full stop
 * @param place where it stands
 */
public record DocumentProblem(String path, String message, Place place) {
  /**
   * A place in a text.
   *
   * @param line the line, from 1
   * @param column the character in the line, from 1
   */
  public record Place(int line, int column) implements Comparable<Place> {
    /** Where a text begins. */
    public static final Place START = new Place(1, 1);

    @Override
    public int compareTo(Place other) {
      int byLine = Integer.compare(line, other.line);
      return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** {@return the place in words} */
    @Override
    public String toString() {
      return "line " + line + ", column " + column;
    }
  }

  /**
   * {@return the problem in one line: the path or, without one, the place; a colon; the message}
   */
  @Override
  public String toString() {
    return (path.isEmpty() ? place.toString() : path) + ": " + message;
  }
}
