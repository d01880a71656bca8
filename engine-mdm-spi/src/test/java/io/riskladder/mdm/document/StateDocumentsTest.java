package io.riskladder.mdm.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.Limits;
import io.riskladder.core.device.Block;
import io.riskladder.core.device.DesiredState;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.IssueState;
import io.riskladder.core.device.PolicyPin;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.mdm.LabelState.Family;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.PolicyArchive;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.mdm.document.DeviceHistories.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCollector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class StateDocumentsTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final String SMALLEST =
      "{\"format\":1,\"device\":\"d\",\"group\":\"g\",\"platform\":\"IOS\",\"connected\":true,"
          + "\"desired\":{\"riskLevel\":\"NONE\",\"block\":\"NONE\"},\"policyVersion\":0,"
          + "\"lastSeen\":\"2026-03-02T09:00:00Z\"}";
  private static final String THREAT =
      "{\"threat\":\"t\",\"classification\":\"ADWARE\",\"rung\":0,"
          + "\"entered\":\"2026-03-02T09:00:00Z\",\"issue\":\"NONE\"}";

  @Provide
  Arbitrary<Outcome> outcomes() {
    return DeviceHistories.any();
  }

  @Property
  void what_is_written_reads_back_equal(@ForAll("outcomes") Outcome outcome) {
    for (EnrolledDevice state : outcome.states()) {
      String json = StateDocuments.write(state);

      EnrolledDevice back = StateDocuments.read(json);

      assertEquals(state, back);
      assertEquals(state.nextDue(), back.nextDue());
      assertEquals(json, StateDocuments.write(back));
      assertEquals(1, json.split("[\r\n]", -1).length);
    }
  }

  @Property(tries = 200, seed = "20260302")
  void these_histories_lead_to_states_of_every_kind(@ForAll("outcomes") Outcome outcome) {
    StatisticsCollector kinds = Statistics.label("states");
    for (EnrolledDevice state : outcome.states()) {
      kinds.collect(state.connected() ? "connected" : "disconnected");
      kinds.collect(state.installedApps().isEmpty() ? "no apps" : "apps");
      kinds.collect(state.desired().block().getClass().getSimpleName());
      kinds.collect(state.desired().risk());
      kinds.collect("actions: " + Math.min(2, state.desired().complianceActions().size()));
      state.desired().labels().keySet().forEach(kinds::collect);
      for (ThreatState threat : state.openThreats()) {
        kinds.collect(threat.issue().name() + (threat.pin().isPresent() ? " pinned" : " free"));
        kinds.collect(threat.nextDue().isPresent() ? "due" : "not due");
        kinds.collect("rung " + threat.rung());
      }
    }
    kinds.coverage(
        coverage -> {
          for (Object kind : kinds()) {
            coverage.check(kind).count(count -> count >= 10);
          }
        });
  }

  private static List<Object> kinds() {
    Stream<Object> words =
        Stream.of(
                "connected disconnected apps None Domains Internet due".split(" ", -1),
                Stream.of(IssueState.values())
                    .flatMap(issue -> Stream.of(issue + " pinned", issue + " free"))
                    .toArray(String[]::new),
                new Object[] {RiskLevel.NONE, RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH},
                new Object[] {"no apps", "not due", "rung 0", "rung 1", "rung 2"},
                new Object[] {"actions: 0", "actions: 1"},
                Family.values())
            .flatMap(Stream::of);
    return words.toList();
  }

  @Test
  void equal_states_are_written_the_same() {
    List<String> apps = List.of("a", "b", "C", "\u00fc", "");
    Set<String> backwards = new LinkedHashSet<>();
    for (int i = apps.size() - 1; i >= 0; i--) {
      backwards.add(apps.get(i));
    }
    EnrolledDevice one = device().installedApps(new LinkedHashSet<>(apps)).build();
    EnrolledDevice other = device().installedApps(backwards).build();

    assertEquals(one, other);
    assertEquals(StateDocuments.write(one), StateDocuments.write(other));
    assertTrue(
        StateDocuments.write(one)
            .contains("\"installedApps\":[\"\",\"C\",\"a\",\"b\",\"\u00fc\"]"));
  }

  private static EnrolledDevice.Builder device() {
    return EnrolledDevice.builder()
        .id("d")
        .group("g")
        .platform(Platform.IOS)
        .desired(DesiredState.nothing())
        .lastSeen(NINE);
  }

  private static ThreatState.Builder threat(String id) {
    return ThreatState.builder().id(id).classification("ADWARE").entered(NINE);
  }

  /** Documents that format 1 has: what is in these files must never change. */
  static Stream<Arguments> samples() {
    return Stream.of(
        Arguments.of("smallest", device().build()),
        Arguments.of(
            "full",
            EnrolledDevice.builder()
                .id("tablet-07")
                .group("wards")
                .platform(Platform.ANDROID)
                .installedApps(Set.of("com.peer.share", "Notes"))
                .connected(false)
                .threats(
                    Map.of(
                        "n-31",
                        ThreatState.builder()
                            .id("n-31")
                            .classification("OUT_OF_DATE_ASPL")
                            .rung(1)
                            .entered(Instant.parse("2026-05-10T02:00:00Z"))
                            .nextDue(Instant.parse("2026-05-13T02:00:00Z"))
                            .issue(IssueState.OPEN)
                            .build(),
                        "a-2",
                        ThreatState.builder()
                            .id("a-2")
                            .classification("ADWARE")
                            .entered(Instant.parse("2026-05-04T13:00:00.000000001Z"))
                            .issue(IssueState.IGNORED)
                            .pin(new PolicyPin(0, "all-staff"))
                            .build(),
                        "p",
                        ThreatState.builder()
                            .id("p")
                            .classification("SHARED_PASSCODE")
                            .entered(Instant.parse("2026-05-04T13:00:00.120Z"))
                            .build()))
                .desired(
                    new DesiredState(
                        RiskLevel.LOW,
                        new Block.Domains(List.of("intranet.northwind.example", "x.example")),
                        Map.of(
                            Family.CONNECTIVITY, "Clinic - Offline",
                            Family.SECURITY, "Clinic - At Risk",
                            Family.RISK, "Low"),
                        new TreeSet<>(Set.of("Lock Out", "Alert Only"))))
                .policyVersion(3)
                .lastSeen(Instant.parse("2026-05-10T15:05:00.123456789Z"))
                .build()),
        Arguments.of(
            "hard-to-write",
            device()
                .id("\ud83d\ude00")
                .group("\"\\/\u0000\u2028")
                .installedApps(Set.of("", "\u00fc\n"))
                .threats(
                    Map.of(
                        "\t",
                        threat("\t")
                            .rung(Integer.MAX_VALUE)
                            .entered(Limits.LATEST)
                            .nextDue(Instant.parse("+10009-12-28T23:59:59.999999999Z"))
                            .pin(new PolicyPin(Integer.MAX_VALUE, "\u0085"))
                            .build()))
                .desired(
                    new DesiredState(
                        RiskLevel.HIGH,
                        Block.INTERNET,
                        Map.of(Family.RISK, "MES - High Risk"),
                        new TreeSet<>()))
                .policyVersion(Integer.MAX_VALUE)
                .lastSeen(Limits.EARLIEST)
                .build()));
  }

  private static String sample(String name) throws IOException {
    String file = "state-format-1-" + name + ".json";
    try (InputStream in = StateDocumentsTest.class.getResourceAsStream(file)) {
      return new String(requireNonNull(in, file).readAllBytes(), UTF_8).strip();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void what_was_written_once_stays_readable(String name, EnrolledDevice device) throws IOException {
    assertEquals(device, StateDocuments.read(sample(name)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void format_1_is_written_as_it_was_at_first(String name, EnrolledDevice device)
      throws IOException {
    assertEquals(sample(name), StateDocuments.write(device));
  }

  @Test
  void a_hand_made_document_stays_readable() throws IOException {
    assertEquals(
        device()
            .threats(
                Map.of(
                    "t1", threat("t1").build(),
                    "t10", threat("t10").issue(IssueState.OPEN).build()))
            .build(),
        StateDocuments.read(sample("by-hand")));
  }

  @Test
  void the_example_of_the_page_is_what_its_policy_and_events_come_to() throws IOException {
    String page = Files.readString(Path.of("docs", "documents.md"));
    PolicySet policies = Samples.read(example(page, "```yaml"), DocumentFormat.YAML);
    Fleet fleet = Fleet.under(policies.compile());
    long number = 0;
    for (String line : example(page, "## Events").lines().limit(2).toList()) {
      EngineEvent.OfDevice event = (EngineEvent.OfDevice) EventDocuments.read(line);
      fleet.apply(event.device(), event.event(), event.at(), ++number, EffectSink.of(effect -> {}));
    }
    EnrolledDevice example = StateDocuments.read(example(page, "## Device states"));
    fleet.advanceTo(example.lastSeen(), EffectSink.of(effect -> {}));

    assertEquals(fleet.device("tablet-07"), example);
  }

  /** {@return the first example at or after a text} */
  private static String example(String page, String text) {
    int from = page.indexOf('\n', page.indexOf("```", page.indexOf("\n" + text)));
    return page.substring(from + 1, page.indexOf("```", from));
  }

  @Test
  void a_rung_may_be_due_after_the_last_instant_of_an_event() {
    PolicySet set =
        PolicySet.builder()
            .addGroups(
                DeviceGroup.builder()
                    .id("g")
                    .putPolicy(
                        "ADWARE",
                        ClassificationPolicy.builder()
                            .riskLevel(RiskLevel.LOW)
                            .response(Response.ALERT_DEVICE)
                            .addEscalation(
                                Escalation.builder()
                                    .after(Limits.MAX_WAIT)
                                    .riskLevel(RiskLevel.HIGH)
                                    .response(Response.ALERT_DEVICE)
                                    .build())
                            .build())
                    .build())
            .build();
    PolicyArchive policies = PolicyArchive.startingWith(set.compile());
    DeviceState enrolled =
        DeviceState.unknown("d")
            .decide(policies, new DeviceEnrolled("g", Platform.IOS), Limits.LATEST, 1)
            .state();
    EnrolledDevice device =
        (EnrolledDevice)
            enrolled.decide(policies, new ThreatDetected("t", "ADWARE"), Limits.LATEST, 2).state();

    assertEquals(Optional.of(Limits.LATEST.plus(Limits.MAX_WAIT)), device.nextDue());
    assertEquals(device, StateDocuments.read(StateDocuments.write(device)));
  }

  @Test
  void the_largest_state_within_the_default_limits_is_readable() {
    String longest = "\u0001".repeat(Limits.MAX_ID_LENGTH - 5);
    Set<String> apps =
        IntStream.range(0, Limits.MAX_INSTALLED_APPS)
            .mapToObj(i -> "\u0001".repeat(Limits.MAX_NAME_LENGTH - 5) + (10_000 + i))
            .collect(Collectors.toSet());
    Map<String, ThreatState> threats = new LinkedHashMap<>();
    for (int i = 0; i < Limits.defaults().threatsPerDevice(); i++) {
      threats.put(
          longest + i,
          ThreatState.builder()
              .id(longest + i)
              .classification(longest)
              .entered(Limits.LATEST)
              .nextDue(Limits.LATEST.plus(Limits.MAX_WAIT))
              .pin(new PolicyPin(Integer.MAX_VALUE, longest))
              .build());
    }
    List<String> domains =
        IntStream.range(0, Limits.MAX_BLOCKED_DOMAINS)
            .mapToObj(i -> "x".repeat(248) + (10_000 + i))
            .toList();
    EnrolledDevice device =
        device()
            .installedApps(apps)
            .threats(threats)
            .desired(
                new DesiredState(
                    RiskLevel.HIGH, new Block.Domains(domains), Map.of(), new TreeSet<>()))
            .build();

    String json = StateDocuments.write(device);

    assertTrue(json.length() > 24_000_000, () -> "has " + json.length());
    assertEquals(device, StateDocuments.read(json));
  }

  @Test
  void a_state_is_kept_within_its_size() {
    String largest = " ".repeat(StateDocuments.MAX_BYTES - SMALLEST.length()) + SMALLEST;

    assertEquals(device().build(), StateDocuments.read(largest));
    assertEquals("line 1, column 1: is larger than 33554432 bytes", errorsOf(largest + " "));
  }

  @Test
  void a_state_is_kept_within_its_depth() {
    String field = "\"colour\":" + "[".repeat(19) + "]".repeat(19) + ",";

    assertEquals(device().build(), StateDocuments.read(with(field)));
    assertEquals(
        "line 1, column 30: is more than 20 levels deep",
        errorsOf(with(field.replace("[]", "[[]]"))));
  }

  /** {@return the smallest document with more fields at the start} */
  private static String with(String fields) {
    return "{" + fields + SMALLEST.substring(1);
  }

  private static String errorsOf(String json) {
    List<DocumentProblem> problems =
        assertThrows(InvalidDocumentException.class, () -> StateDocuments.read(json)).problems();
    problems.forEach(Samples::assertFitToShow);
    return Samples.lines(problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "2 | format: 2 is of a later version than this one, which knows no format above 1",
        "2147483647 | format: 2147483647 is of a later version than this one, which knows no"
            + " format above 1",
        "0 | format: 0 is not a format, expected 1",
        "-1 | format: -1 is not a format, expected 1",
        "\"1\" | format: expected a whole number, got text",
        "1.0 | format: 1.0 is not a whole number in range",
        "null | format: is missing"
      })
  void a_format_that_is_not_known_is_refused_whatever_else_there_is(String format, String error) {
    assertEquals(error, errorsOf("{\"format\":" + format + ",\"device\":[]}"));
    assertEquals(error, errorsOf(SMALLEST.replace("\"format\":1", "\"format\":" + format)));
  }

  @Test
  void a_state_is_an_object_that_says_its_format() {
    assertEquals("line 1, column 1: expected an object, got a list", errorsOf("[]"));
    assertEquals("format: is missing", errorsOf("{}"));
  }

  @Test
  void all_missing_fields_are_named_together() {
    assertEquals(
        """
        device: is missing
        group: is missing
        platform: is missing
        connected: is missing
        desired: is missing
        policyVersion: is missing
        lastSeen: is missing
        threats[0].threat: is missing
        threats[0].classification: is missing
        threats[0].rung: is missing
        threats[0].entered: is missing
        threats[0].issue: is missing""",
        errorsOf("{\"format\":1,\"threats\":[{}]}"));
    assertEquals(
        """
        desired.riskLevel: is missing
        desired.block: is missing""",
        errorsOf(Samples.replace(SMALLEST, "\"riskLevel\":\"NONE\",\"block\":\"NONE\"", "")));
    assertEquals(
        "desired.domains: is missing",
        errorsOf(Samples.replace(SMALLEST, "\"block\":\"NONE\"", "\"block\":\"DOMAINS\"")));
  }

  @Test
  void what_a_later_version_adds_is_left_out_of_account() {
    assertEquals(
        device().threats(Map.of("t", threat("t").pin(new PolicyPin(1, "g")).build())).build(),
        StateDocuments.read(
            Samples.replace(
                with(
                    "\"colour\":{\"red\":1},\"installedApps\":null,\"threats\":["
                        + THREAT.replace(
                            "{",
                            "{\"x\":1,\"nextDue\":null,\"pin\":{\"policyGroup\":\"g\","
                                + "\"policyVersion\":1,\"why\":2},")
                        + "],"),
                "\"block\":\"NONE\"",
                "\"block\":\"NONE\",\"domains\":7,\"labels\":null")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"IOS\" | \"ios\" | platform: ios is not known, did you mean IOS?",
        "\"connected\":true | \"connected\":1 | connected: expected true or false, got the number 1",
        "\"device\":\"d\" | \"device\":\"\" | device: is empty, expected 1 to 200 characters",
        "\"group\":\"g\" | \"group\":\"g\",\"group\":\"g\" | group: is given twice",
        "\"policyVersion\":0 | \"policyVersion\":-1 | policyVersion: -1 is negative",
        "09:00:00Z | 09:00:00 | lastSeen: 2026-03-02T09:00:00 does not end in Z, expected UTC",
        "2026 | +10000 | lastSeen: +10000-03-02T09:00:00Z is out of range, expected a year from"
            + " 1970 to 9999",
        "\"block\":\"NONE\" | \"block\":\"INTERNETS\" | desired.block: INTERNETS is not known, did"
            + " you mean INTERNET?",
        "\"block\":\"NONE\" | \"block\":\"DOMAINS\",\"domains\":[\"a.example\",null] |"
            + " desired.domains[1]: expected text, got null",
        "\"block\":\"NONE\" | \"block\":\"NONE\",\"labels\":{\"RISKS\":\"A\"} |"
            + " desired.labels.RISKS: unknown field, did you mean RISK?",
        "\"block\":\"NONE\" | \"block\":\"NONE\",\"labels\":{\"RISK\":\" \"} |"
            + " desired.labels.RISK: is blank",
        "\"block\":\"NONE\" | \"block\":\"NONE\",\"complianceActions\":[[]] |"
            + " desired.complianceActions[0]: expected text, got a list",
        "\"platform\" | \"installedApps\":[\"\\udc00\"],\"platform\" | installedApps[0]: has half a"
            + " character (a lone surrogate) at 0",
        "\"platform\" | \"threats\":{},\"platform\" | threats: expected a list, got an object"
      })
  void a_bad_value_is_named(String part, String by, String error) {
    assertEquals(error, errorsOf(Samples.replace(SMALLEST, part, by)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"t\" | 7 | threats[0].threat: expected text, got the number 7; put it in quotes",
        "\"rung\":0 | \"rung\":-1 | threats[0].rung: -1 is negative",
        "\"rung\":0 | \"rung\":2147483648 | threats[0].rung: 2147483648 is not a whole number in"
            + " range",
        "2026 | 1969 | threats[0].entered: 1969-03-02T09:00:00Z is out of range, expected a year"
            + " from 1970 to 9999",
        "\"issue\":\"NONE\" | \"issue\":\"IGNORED\",\"nextDue\":\"2026-03-02T09:00:00Z\" |"
            + " threats[0].nextDue: is there, but the ladder of an ignored threat stands still",
        "\"issue\":\"NONE\" | \"issue\":\"NONE\",\"nextDue\":\"+10009-12-29T00:00:00Z\" |"
            + " threats[0].nextDue: +10009-12-29T00:00:00Z is out of range, expected one from"
            + " 1970-01-01T00:00:00Z to +10009-12-28T23:59:59.999999999Z",
        "\"issue\":\"NONE\" | \"issue\":\"NONE\",\"nextDue\":\"soon Z\" | threats[0].nextDue: soon Z"
            + " is not an instant, expected one like 2026-03-02T09:00:00Z",
        "\"issue\":\"NONE\" | \"issue\":\"NONE\",\"pin\":{\"policyGroup\":\"g\"} |"
            + " threats[0].pin.policyVersion: is missing",
        "\"issue\":\"NONE\" | \"issue\":\"NONE\",\"pin\":{\"policyVersion\":-1,\"policyGroup\":\"g\"} |"
            + " threats[0].pin.policyVersion: -1 is negative",
        "\"issue\":\"NONE\" | \"issue\":\"NONE\",\"pin\":1 | threats[0].pin: expected an object, got"
            + " the number 1"
      })
  void a_bad_value_of_a_threat_is_named(String part, String by, String error) {
    assertEquals(error, errorsOf(with("\"threats\":[" + Samples.replace(THREAT, part, by) + "],")));
  }

  @Test
  void a_threat_is_there_once() {
    assertEquals(
        "threats[1].threat: t is there already",
        errorsOf(with("\"threats\":[" + THREAT + "," + THREAT + "],")));
  }
}
