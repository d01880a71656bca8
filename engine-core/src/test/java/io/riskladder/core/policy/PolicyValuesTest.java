package io.riskladder.core.policy;

import static io.riskladder.core.Fixtures.ROOT;
import static io.riskladder.core.Fixtures.admin;
import static io.riskladder.core.Fixtures.blocking;
import static io.riskladder.core.Fixtures.characters;
import static io.riskladder.core.Fixtures.classified;
import static io.riskladder.core.Fixtures.group;
import static io.riskladder.core.Fixtures.own;
import static io.riskladder.core.Fixtures.refusal;
import static io.riskladder.core.Fixtures.root;
import static io.riskladder.core.Fixtures.setOf;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.Limits;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Classification;
import io.riskladder.core.threat.ThreatType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the values of a policy set refuse by themselves, and both sides of their bounds. */
final class PolicyValuesTest {
  private static final String LONE_SURROGATE = "a\uD83D";

  private static void refused(String message, Executable construction) {
    assertEquals(message, refusal(construction));
  }

  // Ids.

  private static Stream<Function<String, Object>> valuesWithAnId() {
    return Stream.of(
        id -> DeviceGroup.builder().id(id).name("g").build(), PolicyValuesTest::withId);
  }

  private static Classification withId(String id) {
    return Classification.builder()
        .id(id)
        .displayName("X")
        .threatType(ThreatType.OS)
        .riskLevel(RiskLevel.LOW)
        .response(Response.ALERT_DEVICE)
        .build();
  }

  @ParameterizedTest
  @MethodSource("valuesWithAnId")
  void an_id_has_1_to_200_characters(Function<String, Object> withId) {
    assertDoesNotThrow(() -> withId.apply("x"));
    assertDoesNotThrow(() -> withId.apply(characters(200)));

    refused("id: is empty, expected 1 to 200 characters", () -> withId.apply(""));
    refused("id: has 201 characters, expected at most 200", () -> withId.apply(characters(201)));
    refused("id: has half a character (a lone surrogate) at 1", () -> withId.apply(LONE_SURROGATE));
  }

  @Test
  void whole_characters_beyond_the_basic_plane_are_well_formed() {
    assertEquals("a\uD83D\uDE00", withId("a\uD83D\uDE00").id());
    refused("id: has half a character (a lone surrogate) at 0", () -> withId("\uDE00\uD83D"));
  }

  @Test
  void a_parent_is_an_id() {
    assertEquals(Optional.of(characters(200)), group("a", characters(200)).build().parent());
    refused(
        "parent: has 201 characters, expected at most 200",
        () -> group("a", characters(201)).build());
    refused("parent: is empty, expected 1 to 200 characters", () -> group("a", "").build());
  }

  // Names.

  private static Stream<Arguments> valuesWithAName() {
    return Stream.of(
        named("name", name -> root().name(name).build()),
        named("name", name -> setOf(root().build()).name(name).build()),
        named(
            "displayName",
            name -> Classification.builder().from(withId("X")).displayName(name).build()),
        named("email", name -> admin(name, RiskLevel.LOW)));
  }

  private static Arguments named(String path, Function<String, Object> withName) {
    return Arguments.of(path, withName);
  }

  @ParameterizedTest
  @MethodSource("valuesWithAName")
  void a_name_is_one_line_of_1_to_320_characters(String path, Function<String, Object> withName) {
    assertDoesNotThrow(() -> withName.apply("x"));
    assertDoesNotThrow(() -> withName.apply(characters(320)));

    refused(
        path + ": has 321 characters, expected at most 320", () -> withName.apply(characters(321)));
    refused(path + ": is blank", () -> withName.apply(""));
    refused(path + ": is blank", () -> withName.apply(" \t"));
    refused(
        path + ": has a control character, expected one line of text",
        () -> withName.apply("a\nb"));
    refused(
        path + ": has half a character (a lone surrogate) at 1",
        () -> withName.apply(LONE_SURROGATE));
  }

  @Test
  void a_group_without_a_name_has_its_id_for_one() {
    assertEquals("sales", group("sales", ROOT).build().name());
    assertEquals("Sales", group("sales", ROOT).name("Sales").build().name());
  }

  // Texts.

  @Test
  void a_section_of_a_message_has_at_most_4000_characters() {
    assertEquals(4000, CustomMessage.of(characters(4000), "b").description().source().length());

    refused(
        "description: has 4001 characters, expected at most 4000",
        () -> CustomMessage.of(characters(4001), "b"));
    refused(
        "howToFix: has 4001 characters, expected at most 4000",
        () -> CustomMessage.of("a", characters(4001)));
    refused(
        "defaultNotice: has 4001 characters, expected at most 4000",
        () -> root().defaultNotice(characters(4001)));
  }

  @Test
  void neither_section_of_a_message_is_blank() {
    refused("description: is blank", () -> CustomMessage.of(" ", "b"));
    refused("howToFix: is blank", () -> CustomMessage.of("a", ""));
  }

  @Test
  void a_section_that_is_no_template_is_refused_by_its_name() {
    refused(
        "howToFix: {dayLeft} is not a placeholder, did you mean {daysLeft}?",
        () -> CustomMessage.of("a", "{dayLeft}"));
    refused(
        "defaultNotice: lone { at character 1, write {{ for a brace",
        () -> root().defaultNotice("{"));
  }

  @Test
  void a_notice_is_left_out_or_says_something() {
    refused(
        "defaultNotice: is blank; leave it out to inherit", () -> root().defaultNotice("").build());
    refused(
        "defaultNotice: is blank; leave it out to inherit",
        () -> root().defaultNotice(" ").build());
  }

  // Waiting periods.

  private static Escalation waiting(Duration wait) {
    return Escalation.builder()
        .after(wait)
        .riskLevel(RiskLevel.LOW)
        .response(Response.ALERT_DEVICE)
        .build();
  }

  @Test
  void a_wait_is_one_second_to_3650_days() {
    assertEquals(Duration.ofSeconds(1), waiting(Duration.ofSeconds(1)).after());
    assertEquals(Duration.ofDays(3650), waiting(Duration.ofDays(3650)).after());

    refused("after: PT0S is not positive", () -> waiting(Duration.ZERO));
    refused("after: PT-1S is not positive", () -> waiting(Duration.ofSeconds(-1)));
    refused(
        "after: PT87600H1S is too long, expected at most P3650D",
        () -> waiting(Duration.ofDays(3650).plusSeconds(1)));
  }

  @Test
  void a_wait_is_in_whole_seconds() {
    refused("after: PT0.5S is not in whole seconds", () -> waiting(Duration.ofMillis(500)));
    refused(
        "after: PT1.000000001S is not in whole seconds",
        () -> waiting(Duration.ofSeconds(1).plusNanos(1)));
  }

  // Domains.

  @Test
  void domains_are_held_in_normal_form_sorted_and_once() {
    assertEquals(
        List.of("acme.example", "b.example", "xn--bcher-kva.example"),
        blocking("b\u00fccher.example", "B.Example.", "acme.example", "b.example")
            .blockedDomains());
  }

  @Test
  void a_domain_that_is_none_is_named_by_its_place() {
    refused(
        "blockedDomains[1]: no domain is not a domain, expected one like acme.example",
        () -> blocking("acme.example", "no domain"));
  }

  @Test
  void a_group_blocks_at_most_10000_domains_counted_after_normalising() {
    List<String> domains = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      domains.add("d" + i + ".example");
    }
    assertEquals(10_000, new OnDeviceThreatProtection(true, domains).blockedDomains().size());

    domains.add("D0.EXAMPLE");
    assertEquals(10_000, new OnDeviceThreatProtection(true, domains).blockedDomains().size());

    domains.add("one-more.example");
    refused(
        "blockedDomains: has 10001 domains, expected at most 10000",
        () -> new OnDeviceThreatProtection(true, domains));
  }

  @Test
  void protection_allows_a_block_as_far_as_it_is_set_up() {
    assertEquals(List.of(true, true, true), allowedBy(blocking("acme.example")));
    assertEquals(List.of(true, false, true), allowedBy(blocking()));
    assertEquals(
        List.of(true, false, false),
        allowedBy(new OnDeviceThreatProtection(false, List.of("acme.example"))));
    assertEquals(List.of(true, false, false), allowedBy(OnDeviceThreatProtection.disabled()));
  }

  private static List<Boolean> allowedBy(OnDeviceThreatProtection protection) {
    return Stream.of(BlockStrength.values()).map(protection::allows).toList();
  }

  // Administrators.

  @ParameterizedTest
  @EnumSource(
      value = RiskLevel.class,
      names = {"NONE", "ADVISORY"})
  void no_administrator_gets_mail_below_low(RiskLevel level) {
    refused(
        "notify: " + level + " is never mailed, expected LOW, MEDIUM or HIGH",
        () -> admin("a@acme.example", RiskLevel.HIGH, level));
  }

  @Test
  void an_administrator_may_want_no_mail_at_all() {
    assertEquals(Set.of(), admin("a@acme.example").notifyLevels());
  }

  @Test
  void the_levels_wanted_are_in_order() {
    assertEquals(
        List.of(RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH),
        List.copyOf(
            admin("a@acme.example", RiskLevel.HIGH, RiskLevel.LOW, RiskLevel.MEDIUM)
                .notifyLevels()));
  }

  // Classifications.

  @Test
  void a_classification_refuses_a_response_that_does_not_go_with_it() {
    refused(
        "response: ALERT_DEVICE does not go with risk level NONE, expected DONT_ALERT",
        () -> own("X", RiskLevel.NONE, Response.ALERT_DEVICE));
    refused(
        "response: WARN_AND_ALERT_DEVICE is for web content only, and X is not",
        () -> own("X", RiskLevel.LOW, Response.WARN_AND_ALERT_DEVICE));
    refused(
        "response: BLOCK_DOMAINS_AND_ALERT is not for web content, and X is",
        () ->
            classified(
                "X", ThreatType.WEB_CONTENT, RiskLevel.LOW, Response.BLOCK_DOMAINS_AND_ALERT));
  }

  @Test
  void a_classification_is_neither_urgent_nor_in_need_of_the_internet_unless_set() {
    Classification plain = withId("X");

    assertFalse(plain.urgent());
    assertFalse(plain.fixNeedsInternet());
    assertFalse(plain.isWebContent());
  }

  // Limits.

  private static Stream<Function<Integer, Limits>> limits() {
    return Stream.of(
        n -> Limits.builder().groups(n).build(),
        n -> Limits.builder().groupDepth(n).build(),
        n -> Limits.builder().classifications(n).build(),
        n -> Limits.builder().administrators(n).build(),
        n -> Limits.builder().riskResponseObjects(n).build(),
        n -> Limits.builder().threatsPerDevice(n).build());
  }

  @ParameterizedTest
  @MethodSource("limits")
  void a_limit_is_positive(Function<Integer, Limits> limit) {
    assertDoesNotThrow(() -> limit.apply(1));

    assertTrue(refusal(() -> limit.apply(0)).endsWith(": 0 is not positive"));
    assertTrue(refusal(() -> limit.apply(-1)).endsWith(": -1 is not positive"));
  }

  @Test
  void the_default_limits_are_these() {
    Limits limits = Limits.defaults();

    assertEquals(
        List.of(10_000, 1_000, 1_000, 1_000, 1_000, 1_000),
        List.of(
            limits.groups(),
            limits.groupDepth(),
            limits.classifications(),
            limits.administrators(),
            limits.riskResponseObjects(),
            limits.threatsPerDevice()));
  }

  @Test
  void compiled_policies_keep_the_limits_that_they_were_compiled_with() {
    Limits limits = Limits.builder().threatsPerDevice(3).build();

    assertSame(limits, setOf(root().build()).build().compile(limits).limits());
  }
}
