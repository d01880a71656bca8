package io.riskladder.core.simulation;

import io.riskladder.core.device.Effect;
import io.riskladder.core.mdm.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Those who hear of a rung, in the order in which they do. */
enum PictureLane {
  USER("The user"),
  ADMINISTRATORS("Administrators"),
  LABELS("MDM: labels"),
  ACTIONS("MDM: compliance actions");

  private final String title;

  PictureLane(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** {@return what a stage does to this one; at least one fact} */
  List<PictureFact> facts(Stage stage) {
    return switch (this) {
      case USER -> user(stage);
      case ADMINISTRATORS -> administrators(stage);
      case LABELS -> labels(stage);
      case ACTIONS -> actions(stage);
    };
  }

  private static List<PictureFact> user(Stage stage) {
    return stage.message().isPresent()
        ? List.of(PictureFact.of("Reads message " + PictureWords.number(stage) + " (below)"))
        : List.of(PictureFact.nothing("Is not told"));
  }

  private static List<PictureFact> administrators(Stage stage) {
    List<PictureFact> facts = new ArrayList<>();
    boolean resolved = has(stage, Effect.IssueResolved.class);
    if (has(stage, Effect.IssueOpened.class)) {
      facts.add(PictureFact.of(resolved ? "Issue opened and resolved" : "Issue opened"));
    } else if (has(stage, Effect.IssueUpdated.class)) {
      facts.add(PictureFact.of("Issue updated"));
    } else if (resolved) {
      facts.add(PictureFact.of("Issue resolved"));
    }
    if (!stage.mailed().isEmpty()) {
      facts.add(PictureFact.of("Mail to", stage.mailed()));
    } else if (!facts.isEmpty()) {
      facts.add(PictureFact.nothing("Nobody gets mail"));
    }
    return facts.isEmpty() ? List.of(PictureFact.nothing("Hear nothing")) : facts;
  }

  private static boolean has(Stage stage, Class<? extends Effect> type) {
    return stage.effects().stream().anyMatch(type::isInstance);
  }

  private static List<PictureFact> labels(Stage stage) {
    List<PictureFact> facts = new ArrayList<>();
    if (!stage.labelsAdded().isEmpty()) {
      facts.add(PictureFact.of("Adds", stage.labelsAdded()));
    }
    if (!stage.labelsRemoved().isEmpty()) {
      facts.add(PictureFact.of("Removes", stage.labelsRemoved()));
    }
    if (facts.isEmpty()) {
      facts.add(
          stage.labels().isEmpty()
              ? PictureFact.nothing("None")
              : PictureFact.of("Keeps", stage.labels()));
    }
    return facts;
  }

  private static List<PictureFact> actions(Stage stage) {
    List<List<String>> different =
        stage.complianceActions().values().stream()
            .<List<String>>map(List::copyOf)
            .distinct()
            .toList();
    if (different.stream().allMatch(List::isEmpty)) {
      return List.of(PictureFact.nothing("None"));
    } else if (different.size() == 1) {
      String everywhere = PictureWords.platforms(stage.complianceActions().keySet());
      return List.of(PictureFact.of(everywhere, different.get(0)));
    }
    List<PictureFact> facts = new ArrayList<>();
    stage.complianceActions().forEach((platform, actions) -> facts.add(actions(platform, actions)));
    return facts;
  }

  private static PictureFact actions(Platform platform, SortedSet<String> actions) {
    return actions.isEmpty()
        ? PictureFact.nothing(platform.displayName() + ": none")
        : PictureFact.of(platform.displayName(), List.copyOf(actions));
  }
}
