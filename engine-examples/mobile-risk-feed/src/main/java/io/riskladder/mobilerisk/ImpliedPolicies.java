package io.riskladder.mobilerisk;

import static java.util.Objects.requireNonNull;

import io.riskladder.core.Limits;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Classification;
import io.riskladder.mobilerisk.PolicyEdit.Step;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which policies a tenant had before its events began, as far as they tell: each edit of
 * a policy says what it found. What nobody edited stays as it is in the policies to begin with.
 * Holds what was edited, not the events. Not safe for use by several threads.
 */
public final class ImpliedPolicies {
  private final EventFormat format;
  private final Map<Key, Values> atStart = new LinkedHashMap<>();
  private final Map<Key, Values> afterReset = new LinkedHashMap<>();
  private final Set<String> groupsReset = new HashSet<>();

  private record Key(String group, String classification) {}

  /** The first values that were found; where a value was set before it was found, nobody knows. */
  private static final class Values {
    private @Nullable RiskLevel level;
    private @Nullable Response response;
    private boolean levelSet;
    private boolean responseSet;
  }

  /**
   * Nothing known yet.
   *
   * @param version how the events are written down
   */
  public ImpliedPolicies(FeedVersion version) {
    this.format = EventFormat.of(requireNonNull(version, "version"));
  }

  /**
   * Learns from an event. Events that cannot be mapped teach nothing.
   *
   * @param item the next event, in the order in which they happened
   */
  public void learn(FeedItem item) {
    if (!(item instanceof FeedEvent event)) {
      return;
    }
    try {
      Fields fields = Fields.of(event);
      if (!fields.text("type").equals(EventFormat.AUDIT)) {
        return;
      }
      Reports.Audit audit = format.audit(fields);
      if (PolicyEdit.isIn(audit)) {
        PolicyEdit.in(audit, format).forEach(this::learn);
      }
    } catch (CannotMapException e) {
      // the mapping says so, when it comes to the event
    }
  }

  private void learn(PolicyEdit edit) {
    if (edit instanceof PolicyEdit.Reset reset) {
      groupsReset.add(reset.group());
    } else if (edit instanceof PolicyEdit.Rated rated) {
      Key key = new Key(rated.group(), rated.classification());
      boolean reset = groupsReset.contains(rated.group());
      Values values = (reset ? afterReset : atStart).computeIfAbsent(key, edited -> new Values());
      if (rated.level().isPresent() && !values.levelSet) {
        values.levelSet = true;
        values.level = rated.level().flatMap(Step::from).orElse(null);
      }
      if (rated.response().isPresent() && !values.responseSet) {
        values.responseSet = true;
        values.response = rated.response().flatMap(Step::from).orElse(null);
      }
    }
  }

  /**
   * {@return the policies before the first event. Where the first thing that is known of a value
   * comes after a reset, nobody had changed it before, or it would be known}
   *
   * @param base what holds where nothing is known; has a root group; groups that it does not have
   *     are left out
   * @throws IllegalArgumentException if it has no root group
   */
  public PolicySet atStart(PolicySet base) {
    return laidOver(laidOver(base, afterReset), atStart);
  }

  /**
   * {@return the policies that a reset leads to. Where nothing is known of a value after a reset,
   * it is taken to have been so from the start}
   *
   * @param base what holds where nothing is known; has a root group; groups that it does not have
   *     are left out
   * @throws IllegalArgumentException if it has no root group
   */
  public PolicySet afterReset(PolicySet base) {
    return laidOver(laidOver(base, atStart), afterReset);
  }

  private static PolicySet laidOver(PolicySet base, Map<Key, Values> known) {
    if (base.groups().stream().allMatch(group -> group.parent().isPresent())) {
      throw new IllegalArgumentException("base: has no root group");
    }
    PolicySet set = base;
    for (Map.Entry<Key, Values> entry : known.entrySet()) {
      Key key = entry.getKey();
      Optional<DeviceGroup> group =
          key.group().isEmpty()
              ? Optional.of(PolicyEdits.root(set))
              : PolicyEdits.group(set, key.group());
      Optional<Classification> classification =
          PolicyEdits.classification(set, key.classification());
      if (group.isPresent() && classification.isPresent()) {
        PolicySet edited =
            new PolicyEdits(set)
                .rated(
                    group.get(),
                    classification.get(),
                    Optional.ofNullable(entry.getValue().level),
                    Optional.ofNullable(entry.getValue().response));
        set = PolicyEdits.problem(edited, Limits.defaults()).isEmpty() ? edited : set;
      }
    }
    return set;
  }
}
