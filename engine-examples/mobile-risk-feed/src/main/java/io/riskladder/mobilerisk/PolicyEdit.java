package io.riskladder.mobilerisk;

import static java.util.stream.Collectors.joining;

import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mobilerisk.Reports.Audit;
import io.riskladder.mobilerisk.Reports.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What an administrator changed about policies, as an audit event says it. */
sealed interface PolicyEdit {

  /** {@return the id of the group that it is about; empty for the default group} */
  String group();

  /**
   * A classification has another risk level or response.
   *
   * @param classification its name in version 2
   * @param level the level before and after, if that was changed
   * @param response the response before and after, if that was changed
   */
  record Rated(
      String group,
      String classification,
      Optional<Step<RiskLevel>> level,
      Optional<Step<Response>> response)
      implements PolicyEdit {}

  /** A group's policies are what they were before anybody changed them. */
  record Reset(String group) implements PolicyEdit {}

  /** Blocking on devices was switched. */
  record Protection(String group, boolean enabled) implements PolicyEdit {}

  /** What a value was, if that is said, and what it is. */
  record Step<T>(Optional<T> from, T to) {}

  /** What the service calls responses. */
  Map<String, Response> RESPONSES =
      Map.of(
          "nothing", Response.DONT_ALERT,
          "notify", Response.ALERT_DEVICE,
          "quarantine_selective", Response.BLOCK_DOMAINS_AND_ALERT,
          "quarantine", Response.BLOCK_INTERNET_AND_ALERT,
          "content_warn_and_alert", Response.WARN_AND_ALERT_DEVICE,
          "content_block_and_alert", Response.BLOCK_AND_ALERT_DEVICE);

  /** What stands beside the name of a classification. */
  Set<String> ATTRIBUTES = Set.of("severity", "action", "policy_group_name", "policy_group_guid");

  /**
   * {@return whether the audit event is about policies; if it is not, there is nothing in it for
   * {@link #in}}
   */
  static boolean isIn(Audit audit) {
    return audit.type().equals("CLASSIFICATION_POLICY")
        || (audit.type().equals("PRODUCT_SETTINGS") && protection(audit).isPresent());
  }

  /** {@return whether the audit event is about policies, and nobody has told us how} */
  static boolean isUnknownIn(Audit audit) {
    return audit.type().equals("POLICY_CHANGE") || audit.type().equals("POLICY_GROUP_CHANGE");
  }

  private static Optional<Change> protection(Audit audit) {
    return change(audit, "product_settings.quarantine.enabled");
  }

  private static Optional<Change> change(Audit audit, String name) {
    return audit.changes().stream().filter(change -> change.name().equals(name)).findFirst();
  }

  /** {@return the edits in an audit event; none if it changes settings of other kinds} */
  static List<PolicyEdit> in(Audit audit, EventFormat format) throws CannotMapException {
    String group = change(audit, "policy_group_guid").flatMap(Change::to).orElse("");
    Optional<Change> protection = protection(audit);
    if (protection.isPresent() && audit.type().equals("PRODUCT_SETTINGS")) {
      return List.of(new Protection(group, isOn(protection.get())));
    }
    List<Change> subjects =
        audit.changes().stream().filter(change -> !ATTRIBUTES.contains(change.name())).toList();
    if (subjects.stream().anyMatch(subject -> subject.name().equals("reset_policy"))) {
      return List.of(new Reset(group));
    }
    Optional<Change> one = subjects.stream().filter(s -> s.to().isEmpty()).findFirst();
    List<PolicyEdit> edits = new ArrayList<>();
    if (one.isPresent()) {
      Optional<Step<RiskLevel>> level = step(change(audit, "severity"), PolicyEdit::level);
      Optional<Step<Response>> response = step(change(audit, "action"), PolicyEdit::response);
      if (level.isPresent() || response.isPresent()) {
        String name = format.classificationOfPolicy(one.get().name());
        edits.add(new Rated(group, name, level, response));
      }
    } else { // several at once, each with its level
      for (Change subject : subjects) {
        edits.add(
            new Rated(
                group,
                format.classificationOfPolicy(subject.name()),
                step(Optional.of(subject), PolicyEdit::level),
                Optional.empty()));
      }
    }
    return edits;
  }

  /** Reads a value. */
  interface Values<T> {
    T read(Change change, String word) throws CannotMapException;
  }

  private static <T> Optional<Step<T>> step(Optional<Change> change, Values<T> values)
      throws CannotMapException {
    if (change.isEmpty()) {
      return Optional.empty();
    }
    Change it = change.get();
    Optional<T> from =
        it.from().isPresent() ? Optional.of(values.read(it, it.from().get())) : Optional.empty();
    return Optional.of(new Step<>(from, values.read(it, it.to().orElse(""))));
  }

  private static RiskLevel level(Change change, String word) throws CannotMapException {
    for (RiskLevel level : RiskLevel.values()) {
      if (level.name().equals(word.toUpperCase(Locale.ROOT))) {
        return level;
      }
    }
    throw unknown(change, word, "none, advisory, low, medium, high");
  }

  private static Response response(Change change, String word) throws CannotMapException {
    Response response = RESPONSES.get(word);
    if (response == null) {
      throw unknown(
          change, word, new TreeSet<>(RESPONSES.keySet()).stream().collect(joining(", ")));
    }
    return response;
  }

  private static boolean isOn(Change change) throws CannotMapException {
    String word = change.to().orElse("");
    if (!word.equals("true") && !word.equals("false")) {
      throw unknown(change, word, "true, false");
    }
    return word.equals("true");
  }

  private static CannotMapException unknown(Change change, String word, String known) {
    return new CannotMapException(
        SetAsideReason.WRONG_VALUE,
        "the change of "
            + Excerpt.of(change.name())
            + ": "
            + Excerpt.of(word)
            + " is not known, expected one of "
            + known);
  }
}
