package io.riskladder.core.simulation;

import java.util.List;

/**
 * One thing that a rung does or does not do, in words.
 *
 * @param head what
 * @param names of whom or what, if it is said of some
 * @param happens whether it is something; if not, it is said quietly
 */
record PictureFact(String head, List<String> names, boolean happens) {
  /** Names beyond these are only counted. */
  static final int MAX_NAMES = 5;

  PictureFact {
    names = List.copyOf(names);
  }

  static PictureFact of(String head) {
    return new PictureFact(head, List.of(), true);
  }

  static PictureFact of(String head, List<String> names) {
    return new PictureFact(head, names, true);
  }

  static PictureFact nothing(String head) {
    return new PictureFact(head, List.of(), false);
  }

  /** {@return the names that are given in full} */
  List<String> shown() {
    return names.subList(0, Math.min(names.size(), MAX_NAMES));
  }

  /** {@return how many names are not} */
  int omitted() {
    return names.size() - shown().size();
  }

  /** {@return all of it in one line} */
  String sentence() {
    if (names.isEmpty()) {
      return head;
    }
    String more = omitted() == 0 ? "" : " and " + omitted() + " more";
    return head + ": " + String.join(", ", shown()) + more;
  }
}
