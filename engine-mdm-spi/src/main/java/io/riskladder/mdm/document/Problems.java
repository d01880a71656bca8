package io.riskladder.mdm.document;

import io.riskladder.core.internal.Paths;
import io.riskladder.core.policy.PolicyProblem;
import io.riskladder.mdm.document.DocumentProblem.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with one document, and where its fields stand. */
final class Problems {
  private final List<DocumentProblem> found = new ArrayList<>();
  private final List<String> brokenPaths = new ArrayList<>();
  private final Map<String, Place> places = new HashMap<>();

  void place(String path, Place place) {
    places.putIfAbsent(path, place);
  }

  /** Something is wrong, and the value at the path is usable all the same. */
  void report(String path, Place place, String message) {
    found.add(new DocumentProblem(path, message, place));
  }

  /** The value at the path cannot be used; a stand-in takes its place for further checks. */
  void broken(String path, Place place, String message) {
    report(path, place, message);
    brokenPaths.add(path);
  }

  /** Something is wrong with the set as a whole, unless it only seems so for a stand-in's sake. */
  void add(PolicyProblem problem) {
    boolean seemsSo =
        brokenPaths.stream()
            .anyMatch(
                broken ->
                    Paths.isWithin(problem.path(), broken)
                        || problem.dependsOn().stream()
                            .anyMatch(
                                path ->
                                    Paths.isWithin(path, broken) || Paths.isWithin(broken, path)));
    if (!seemsSo) {
      report(problem.path(), placeOf(problem.path()), problem.message());
    }
  }

  /** {@return where the value at the path stands, or the nearest around it} */
  Place placeOf(String path) {
    String known = path;
    while (!places.containsKey(known) && !known.isEmpty()) {
      known =
          known.substring(0, Math.max(0, Math.max(known.lastIndexOf('.'), known.lastIndexOf('['))));
    }
    return places.getOrDefault(known, Place.START);
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparing(DocumentProblem::place));
      throw new InvalidDocumentException(found);
    }
  }
}
