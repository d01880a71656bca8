package io.riskladder.core.internal;

/** Paths to fields of a document, like {@code groups[0].policies.OUT_OF_DATE_OS.riskLevel}. */
public final class Paths {
  private Paths() {}

  /**
   * {@return the path to a field of the object at a path; the document itself has the empty path}
   */
  public static String field(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /**
   * {@return the path to an entry of the map at a path; keys that are not plain words are quoted}
   */
  public static String key(String path, String key) {
    boolean plain =
        !key.isEmpty()
            && key.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_' || c == '-');
    return plain ? field(path, key) : path + "[\"" + Checks.excerpt(key) + "\"]";
  }

  /** {@return the path to an element of the list at a path} */
  public static String index(String path, int index) {
    return path + "[" + index + "]";
  }

  /** {@return whether a path is another one or leads into it} */
  public static boolean isWithin(String path, String ancestor) {
    return path.startsWith(ancestor)
        && (path.length() == ancestor.length()
            || ancestor.isEmpty()
            || path.charAt(ancestor.length()) == '.'
            || path.charAt(ancestor.length()) == '[');
  }
}
