package io.riskladder.core.threat;

import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.own;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in classifications and their texts (rules, section 11). */
final class CatalogueTest {

  private static Stream<String> ids() {
    return Catalogue.builtIn().keySet().stream();
  }

  private static CustomMessage builtInMessage(String id) {
    return Texts.POLICIES.group(ROOT).orElseThrow().ladder(id).orElseThrow().rung(0).message();
  }

  /** Compiled once, for there are many texts. */
  private static final class Texts {
    static final CompiledPolicies POLICIES =
        setOf(root().build())
            .addClassification(own("LOST_BADGE", RiskLevel.LOW, Response.ALERT_DEVICE))
            .build()
            .compile();
  }

  private static Classification entry(
      String id, String displayName, ThreatType type, RiskLevel level, Response response) {
    return Classification.builder()
        .id(id)
        .displayName(displayName)
        .threatType(type)
        .riskLevel(level)
        .response(response)
        .build();
  }

  private static Classification urgent(Classification entry) {
    return Classification.builder().from(entry).urgent(true).build();
  }

  private static Classification fixNeedsInternet(Classification entry) {
    return Classification.builder().from(entry).fixNeedsInternet(true).build();
  }

  @Test
  void there_are_49_entries_sorted_by_id() {
    List<String> ids = ids().toList();

    assertEquals(49, ids.size());
    assertEquals(List.copyOf(new TreeSet<>(ids)), ids);
    assertEquals("ACCESS_CONTROL_VIOLATION", ids.get(0));
    assertEquals("WORM", ids.get(48));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void an_entry_is_found_by_its_id_with_case(String id) {
    assertEquals(id, Catalogue.find(id).orElseThrow().id());
    assertEquals(Optional.empty(), Catalogue.find(id.toLowerCase(Locale.ROOT)));
  }

  @Test
  void entries_of_each_kind_are_as_the_catalogue_has_them() {
    assertEquals(
        Stream.of(
                urgent(
                    entry(
                        "ACTIVE_MITM",
                        "Machine-in-the-Middle",
                        ThreatType.NETWORK,
                        RiskLevel.HIGH,
                        Response.ALERT_DEVICE)),
                fixNeedsInternet(
                    entry(
                        "AGENT_OUTDATED",
                        "Agent Outdated",
                        ThreatType.CONFIGURATION,
                        RiskLevel.LOW,
                        Response.ALERT_DEVICE)),
                entry(
                    "DENYLISTED_CONTENT",
                    "Denylisted Content",
                    ThreatType.WEB_CONTENT,
                    RiskLevel.NONE,
                    Response.DONT_ALERT),
                fixNeedsInternet(
                    entry(
                        "OUT_OF_DATE_ASPL",
                        "Out-Of-Date Android Security Patch Level",
                        ThreatType.CONFIGURATION,
                        RiskLevel.MEDIUM,
                        Response.ALERT_DEVICE)),
                fixNeedsInternet(
                    entry(
                        "OUT_OF_DATE_OS",
                        "OS Out-Of-Date",
                        ThreatType.OS,
                        RiskLevel.MEDIUM,
                        Response.ALERT_DEVICE)),
                urgent(
                    entry(
                        "PHISHING_CONTENT",
                        "Phishing Content",
                        ThreatType.WEB_CONTENT,
                        RiskLevel.HIGH,
                        Response.BLOCK_AND_ALERT_DEVICE)),
                urgent(
                    entry(
                        "ROGUE_WIFI",
                        "Rogue Wi-Fi",
                        ThreatType.NETWORK,
                        RiskLevel.MEDIUM,
                        Response.ALERT_DEVICE)),
                urgent(
                    entry(
                        "ROOT_JAILBREAK",
                        "Root / Jailbreak",
                        ThreatType.OS,
                        RiskLevel.HIGH,
                        Response.ALERT_DEVICE)),
                entry(
                    "SIDELOADED_APP",
                    "Sideloaded App",
                    ThreatType.APPLICATION,
                    RiskLevel.NONE,
                    Response.DONT_ALERT),
                entry(
                    "UNKNOWN",
                    "Unknown",
                    ThreatType.APPLICATION,
                    RiskLevel.MEDIUM,
                    Response.ALERT_DEVICE))
            .map(Optional::of)
            .toList(),
        Stream.of(
                "ACTIVE_MITM",
                "AGENT_OUTDATED",
                "DENYLISTED_CONTENT",
                "OUT_OF_DATE_ASPL",
                "OUT_OF_DATE_OS",
                "PHISHING_CONTENT",
                "ROGUE_WIFI",
                "ROOT_JAILBREAK",
                "SIDELOADED_APP",
                "UNKNOWN")
            .map(Catalogue::find)
            .toList());
  }

  @Test
  void so_many_entries_have_each_level_type_and_flag() {
    assertEquals(
        List.of(4L, 0L, 19L, 10L, 16L),
        Stream.of(RiskLevel.values()).map(l -> count(entry -> entry.riskLevel() == l)).toList());
    assertEquals(
        List.of(23L, 0L, 3L, 4L, 15L, 4L),
        Stream.of(ThreatType.values()).map(t -> count(entry -> entry.threatType() == t)).toList());
    assertEquals(18L, count(Classification::urgent));
    assertEquals(3L, count(Classification::fixNeedsInternet));
  }

  private static long count(Predicate<Classification> which) {
    return Catalogue.builtIn().values().stream().filter(which).count();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void each_entry_has_two_texts_of_its_own_of_fitting_length_and_without_placeholders(String id) {
    CustomMessage message = builtInMessage(id);
    String description = message.description().source();
    String howToFix = message.howToFix().source();

    assertTrue(description.length() <= 160, description);
    assertTrue(howToFix.length() <= 240, howToFix);
    assertFalse((description + howToFix).matches("(?s).*[{}].*"), id);
    assertFalse(message.description().isBlank() || message.howToFix().isBlank(), id);
    assertNotEquals(builtInMessage("LOST_BADGE"), message);
  }

  @Test
  void no_two_entries_have_the_same_text() {
    assertEquals(
        98L,
        ids()
            .map(CatalogueTest::builtInMessage)
            .flatMap(message -> Stream.of(message.description(), message.howToFix()))
            .distinct()
            .count());
  }
}
