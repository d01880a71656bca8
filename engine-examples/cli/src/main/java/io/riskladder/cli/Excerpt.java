package io.riskladder.cli;

import io.riskladder.core.simulation.Explanation;
import io.riskladder.core.simulation.NextStep;
import io.riskladder.core.simulation.ThreatExplanation;
import java.util.List;
import java.util.Optional;

/**
 * What the user wants to know of an explanation.
 *
 * @param explanation all that is known of the device
 * @param threat the id of the only threat to tell of; if absent, all are told of
 */
record Excerpt(Explanation explanation, Optional<String> threat) {
  /** {@return the threats to tell of, in order of id} */
  List<ThreatExplanation> threats() {
    return explanation.threats().values().stream()
        .filter(each -> threat.isEmpty() || threat.get().equals(each.threat().id()))
        .toList();
  }

  /** {@return the steps to come in which a threat to tell of climbs, in order of time} */
  List<NextStep> next() {
    return explanation.next().stream().filter(step -> threat.isEmpty() || climbsIn(step)).toList();
  }

  private boolean climbsIn(NextStep step) {
    return step.effects().stream().anyMatch(effect -> effect.header().threat().equals(threat));
  }
}
