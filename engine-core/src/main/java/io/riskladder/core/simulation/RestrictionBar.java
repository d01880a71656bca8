package io.riskladder.core.simulation;

import com.google.common.collect.Sets;
import io.riskladder.core.device.Block;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.simulation.Restriction.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
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
      addBars(restriction, timeline.stages(), bars);
    }
    return bars;
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

  private static void addBars(
      Restriction restriction, List<Stage> stages, List<RestrictionBar> bars) {
    int from = 0;
    while (from < stages.size()) {
      Set<Platform> platforms = platforms(restriction, stages.get(from));
      int to = from + 1;
      while (to < stages.size() && platforms(restriction, stages.get(to)).equals(platforms)) {
        to++;
      }
      if (!platforms.isEmpty()) {
        List<String> domains = domains(restriction.kind(), stages.get(from));
        bars.add(new RestrictionBar(restriction.kind(), from, to, platforms, domains));
      }
      from = to;
    }
  }

  private static List<String> domains(Kind kind, Stage stage) {
    return kind == Kind.COMPANY_SITES && stage.block() instanceof Block.Domains block
        ? block.domains()
        : List.of();
  }

  /** {@return the platforms of a restriction on which a stage has it; a weaker rung may end it} */
  private static Set<Platform> platforms(Restriction restriction, Stage stage) {
    Set<Platform> platforms = EnumSet.noneOf(Platform.class);
    for (Platform platform : restriction.platforms()) {
      if (!stage.at().isBefore(restriction.since())
          && mayHold(restriction.kind(), stage, platform)) {
        platforms.add(platform);
      }
    }
    return platforms;
  }

  /** {@return whether nothing that is known of a stage speaks against a restriction} */
  private static boolean mayHold(Kind kind, Stage stage, Platform platform) {
    return switch (kind) {
      case COMPANY_SITES -> !(stage.block() instanceof Block.None);
      case INTERNET -> stage.block() instanceof Block.Internet;
      case COMPANY_ACCESS, QUARANTINE -> {
        Set<String> actions = stage.complianceActions().get(platform);
        yield actions != null && !actions.isEmpty();
      }
    };
  }
}
