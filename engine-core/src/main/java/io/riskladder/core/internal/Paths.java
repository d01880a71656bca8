package io.riskladder.core.internal;

import io.riskladder.core.Limits;

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
   * {@return the path to an entry of the map at a path; keys that are no plain words are quoted,
   * and those that are too long for an id are cut}
   */
  public static String key(String path, String key) {
    if (key.length() > Limits.MAX_ID_LENGTH) {
      return quoted(path, Checks.excerpt(key));
    }
    return isPlain(key) ? field(path, key) : quoted(path, Checks.oneLine(key).toString());
  }

  /** {@return whether it is a word; every field of every document is asked} */
  private static boolean isPlain(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '-') {
        return false;
      }
    }
    return !key.isEmpty();
  }

  private static String quoted(String path, String key) {
    return path + "[\"" + key + "\"]";
  }

  /** {@return the path to an element of the list at a path} */
  public static String index(String path, int index) {
    return path + "[" + index + "]";
  }

  /** {@return the path of what holds the value at a path; the document holds itself} */
  public static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }
}
