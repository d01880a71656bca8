package io.riskladder.core.threat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedMap;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;

/** The classifications that every tenant has (rules, section 11). */
public final class Catalogue {
  private static final ImmutableSortedMap<String, Classification> BUILT_IN = load();

  private Catalogue() {}

  /** {@return the built-in classifications by id, in order of id; unmodifiable} */
  public static Map<String, Classification> builtIn() {
    return BUILT_IN;
  }

  /**
   * {@return the built-in classification of that id}
   *
   * @param id e.g. {@code OUT_OF_DATE_OS}; case matters
   */
  public static Optional<Classification> find(String id) {
    return Optional.ofNullable(BUILT_IN.get(id));
  }

  private static ImmutableSortedMap<String, Classification> load() {
    ResourceBundle lines =
        ResourceBundle.getBundle("io.riskladder.core.threat.catalogue", Locale.ROOT);
    ImmutableSortedMap.Builder<String, Classification> byId = ImmutableSortedMap.naturalOrder();
    for (String id : lines.keySet()) {
      byId.put(id, parse(id, lines.getString(id)));
    }
    return byId.buildOrThrow();
  }

  private static Classification parse(String id, String line) {
    List<String> columns = Splitter.on('|').trimResults().splitToList(line);
    List<String> flags = columns.subList(4, columns.size());
    return Classification.builder()
        .id(id)
        .displayName(columns.get(0))
        .threatType(ThreatType.valueOf(columns.get(1)))
        .riskLevel(RiskLevel.valueOf(columns.get(2)))
        .response(Response.valueOf(columns.get(3)))
        .urgent(flags.contains("urgent"))
        .fixNeedsInternet(flags.contains("fix needs internet"))
        .build();
  }
}
