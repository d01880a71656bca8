package io.riskladder.mdm.document;

import io.riskladder.core.internal.Paths;
import io.riskladder.core.policy.PolicyProblem;
import io.riskladder.mdm.document.DocumentProblem.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with one document, and where its fields stand. */
final class Problems {
  private final List<DocumentProblem> found = new ArrayList<>();
  private final Set<String> broken = new HashSet<>();
  private final Set<String> aroundBroken = new HashSet<>();
  private final IdentityHashMap<Set<String>, Boolean> restsOnBroken = new IdentityHashMap<>();
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
    broken.add(path);
    for (String around = path; !around.isEmpty(); around = Paths.parent(around)) {
      aroundBroken.add(around);
    }
  }

  /** Something is wrong with the set as a whole, unless it only seems so for a stand-in's sake. */
  void add(PolicyProblem problem) {
    boolean seemsSo =
        isWithinBroken(problem.path())
            || restsOnBroken.computeIfAbsent(
                problem.dependsOn(),
                paths ->
                    paths.stream()
                        .anyMatch(path -> aroundBroken.contains(path) || isWithinBroken(path)));
    if (!seemsSo) {
      report(problem.path(), placeOf(problem.path()), problem.message());
    }
  }

  private boolean isWithinBroken(String path) {
    String around = path;
    while (!around.isEmpty() && !broken.contains(around)) {
      around = Paths.parent(around);
    }
    return !around.isEmpty() || broken.contains("");
  }

  /** {@return where the value at the path stands, or the nearest around it} */
  Place placeOf(String path) {
    String known = path;
    while (!places.containsKey(known) && !known.isEmpty()) {
      known = Paths.parent(known);
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
