package io.riskladder.core.simulation;

import com.google.common.collect.Iterables;
import com.google.common.collect.Sets;
import io.riskladder.core.device.Block;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.simulation.Restriction.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Some stages in a row during which a user can do something no more.
 *
 * @param kind what
 * @param from the first of the stages
 * @param to the one after the last
 * @param platforms where
 * @param domains which sites, if it is about sites
 */
record RestrictionBar(Kind kind, int from, int to, Set<Platform> platforms, List<String> domains) {
  RestrictionBar {
    platforms = Sets.immutableEnumSet(platforms);
    domains = List.copyOf(domains);
  }

  /** {@return a timeline's restrictions as bars, in order of time} */
  static List<RestrictionBar> of(Timeline timeline) {
    List<RestrictionBar> bars = new ArrayList<>();
    for (Restriction restriction : timeline.restrictions()) {
      int from = stageAt(timeline, restriction.since());
      int to =
          restriction
              .until()
              .map(until -> stageAt(timeline, until))
              .orElse(timeline.stages().size());
      bars.add(
          new RestrictionBar(
              restriction.kind(),
              from,
              to,
              restriction.platforms(),
              domains(restriction.kind(), timeline.stages().get(from))));
    }
    return bars;
  }

  /** {@return the place of the stage that is entered at an instant} */
  private static int stageAt(Timeline timeline, Instant at) {
    return Iterables.indexOf(timeline.stages(), stage -> stage.at().equals(at));
  }

  /** {@return what it takes from the user} */
  String what() {
    return switch (kind) {
      case COMPANY_SITES -> "Company sites";
      case INTERNET -> "The whole internet";
      case COMPANY_ACCESS -> "Company access";
      case QUARANTINE -> "Quarantine";
    };
  }

  /** {@return where it does, and which sites} */
  PictureFact details() {
    return PictureFact.of(PictureWords.platforms(platforms), domains);
  }

  private static List<String> domains(Kind kind, Stage stage) {
    return kind == Kind.COMPANY_SITES && stage.block() instanceof Block.Domains block
        ? block.domains()
        : List.of();
  }
}
