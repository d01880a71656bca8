package io.riskladder.mdm.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.Limits;
import io.riskladder.core.device.DeviceEvent.DeviceDisconnected;
import io.riskladder.core.device.DeviceEvent.DeviceEnrolled;
import io.riskladder.core.device.DeviceEvent.DeviceMoved;
import io.riskladder.core.device.DeviceEvent.DeviceReconnected;
import io.riskladder.core.device.DeviceEvent.DeviceRemoved;
import io.riskladder.core.device.DeviceEvent.IssueIgnored;
import io.riskladder.core.device.DeviceEvent.IssueRestored;
import io.riskladder.core.device.DeviceEvent.Reported;
import io.riskladder.core.device.DeviceEvent.ThreatDetected;
import io.riskladder.core.device.DeviceEvent.ThreatEncountered;
import io.riskladder.core.device.DeviceEvent.ThreatResolved;
import io.riskladder.core.device.PolicyChangeMode;
import io.riskladder.core.mdm.Platform;
import io.riskladder.mdm.document.EngineEvent.Clock;
import io.riskladder.mdm.document.EngineEvent.OfDevice;
import io.riskladder.mdm.document.EngineEvent.PolicyChanged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class EventDocumentsTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final String AT = "{\"at\":\"2026-03-02T09:00:00Z\",";

  private static String errorsOf(String json) {
    List<DocumentProblem> problems =
        assertThrows(InvalidDocumentException.class, () -> EventDocuments.read(json)).problems();
    problems.forEach(Samples::assertFitToShow);
    return Samples.lines(problems);
  }

  static Stream<Arguments> events() {
    return Stream.of(
        ofDevice(
            new DeviceEnrolled("sales", Platform.ANDROID),
            "\"DEVICE_ENROLLED\",\"device\":\"d\",\"group\":\"sales\",\"platform\":\"ANDROID\"}"),
        ofDevice(
            new DeviceEnrolled("sales", Platform.IOS, Set.of("an app")),
            "\"DEVICE_ENROLLED\",\"device\":\"d\",\"group\":\"sales\",\"platform\":\"IOS\","
                + "\"installedApps\":[\"an app\"]}"),
        ofDevice(
            new DeviceMoved("sales"), "\"DEVICE_MOVED\",\"device\":\"d\",\"group\":\"sales\"}"),
        ofDevice(new DeviceDisconnected(), "\"DEVICE_DISCONNECTED\",\"device\":\"d\"}"),
        ofDevice(new DeviceReconnected(), "\"DEVICE_RECONNECTED\",\"device\":\"d\"}"),
        ofDevice(new DeviceRemoved(), "\"DEVICE_REMOVED\",\"device\":\"d\"}"),
        ofDevice(
            new ThreatDetected("t", "ADWARE"),
            "\"THREAT_DETECTED\",\"device\":\"d\",\"threat\":\"t\",\"classification\":\"ADWARE\"}"),
        ofDevice(
            new ThreatEncountered("t", "PHISHING_CONTENT"),
            "\"THREAT_ENCOUNTERED\",\"device\":\"d\",\"threat\":\"t\","
                + "\"classification\":\"PHISHING_CONTENT\"}"),
        ofDevice(new ThreatResolved("t"), "\"THREAT_RESOLVED\",\"device\":\"d\",\"threat\":\"t\"}"),
        ofDevice(
            new IssueIgnored("t", Optional.empty()),
            "\"ISSUE_IGNORED\",\"device\":\"d\",\"threat\":\"t\"}"),
        ofDevice(
            new IssueIgnored("t", Optional.of("j\u00f6rg")),
            "\"ISSUE_IGNORED\",\"device\":\"d\",\"threat\":\"t\",\"by\":\"j\u00f6rg\"}"),
        ofDevice(
            new IssueRestored("t", Optional.of("ann")),
            "\"ISSUE_RESTORED\",\"device\":\"d\",\"threat\":\"t\",\"by\":\"ann\"}"),
        Arguments.of(
            new PolicyChanged(NINE, "new.yaml", PolicyChangeMode.CONTINUE),
            AT + "\"type\":\"POLICY_CHANGED\",\"policy\":\"new.yaml\",\"mode\":\"CONTINUE\"}"),
        Arguments.of(
            new PolicyChanged(NINE, "new.yaml", PolicyChangeMode.PIN),
            AT + "\"type\":\"POLICY_CHANGED\",\"policy\":\"new.yaml\",\"mode\":\"PIN\"}"),
        Arguments.of(
            new PolicyChanged(NINE, "a/b.json", PolicyChangeMode.RESTART),
            AT + "\"type\":\"POLICY_CHANGED\",\"policy\":\"a/b.json\",\"mode\":\"RESTART\"}"),
        Arguments.of(new Clock(NINE), AT + "\"type\":\"CLOCK\"}"));
  }

  private static Arguments ofDevice(Reported event, String rest) {
    return Arguments.of(new OfDevice(NINE, "d", event), AT + "\"type\":" + rest);
  }

  @ParameterizedTest
  @MethodSource("events")
  void each_type_of_event_is_read_and_written(EngineEvent event, String json) {
    assertEquals(event, EventDocuments.read(json));
    assertEquals(json, EventDocuments.write(event));
  }

  @Test
  void what_an_event_leaves_out_has_its_default_as_has_null() {
    assertEquals(
        new PolicyChanged(NINE, "p", PolicyChangeMode.CONTINUE),
        EventDocuments.read(AT + "\"type\":\"POLICY_CHANGED\",\"policy\":\"p\"}"));
    assertEquals(
        new PolicyChanged(NINE, "p", PolicyChangeMode.CONTINUE),
        EventDocuments.read(AT + "\"type\":\"POLICY_CHANGED\",\"policy\":\"p\",\"mode\":null}"));
    assertEquals(
        new OfDevice(NINE, "d", new DeviceEnrolled("g", Platform.IOS)),
        EventDocuments.read(
            AT
                + "\"type\":\"DEVICE_ENROLLED\",\"device\":\"d\",\"group\":\"g\",\"platform\":\"IOS\","
                + "\"installedApps\":null}"));
    assertEquals(
        new OfDevice(NINE, "d", new IssueRestored("t", Optional.empty())),
        EventDocuments.read(
            AT + "\"type\":\"ISSUE_RESTORED\",\"device\":\"d\",\"threat\":\"t\",\"by\":null}"));
  }

  @Test
  void the_order_of_fields_does_not_matter() {
    assertEquals(
        new OfDevice(NINE, "d", new ThreatDetected("t", "X")),
        EventDocuments.read(
            "{\"classification\":\"X\",\"threat\":\"t\",\"device\":\"d\",\"type\":\"THREAT_DETECTED\","
                + "\"at\":\"2026-03-02T09:00:00Z\"}"));
  }

  @Test
  void an_app_reported_twice_counts_once() {
    assertEquals(
        new OfDevice(NINE, "d", new DeviceEnrolled("g", Platform.IOS, Set.of("a", ""))),
        EventDocuments.read(
            AT
                + "\"type\":\"DEVICE_ENROLLED\",\"device\":\"d\",\"group\":\"g\",\"platform\":\"IOS\","
                + "\"installedApps\":[\"a\",\"\",\"a\"]}"));
  }

  @Test
  void installed_apps_keep_their_order() {
    String apps = String.join("\",\"", IntStream.range(0, 50).mapToObj(i -> "app " + i).toList());
    String json =
        AT
            + "\"type\":\"DEVICE_ENROLLED\",\"device\":\"d\",\"group\":\"g\",\"platform\":\"IOS\","
            + "\"installedApps\":[\""
            + apps
            + "\"]}";

    assertEquals(json, EventDocuments.write(EventDocuments.read(json)));
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z,           1970-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z",
    "2026-03-02T09:00:00.000000001Z, 2026-03-02T09:00:00.000000001Z",
    "2026-03-02T09:00:00.5Z,         2026-03-02T09:00:00.500Z",
    "2024-02-29T00:00:00Z,           2024-02-29T00:00:00Z"
  })
  void an_instant_is_read_to_the_nanosecond(String text, String written) {
    EngineEvent event = EventDocuments.read("{\"type\":\"CLOCK\",\"at\":\"" + text + "\"}");

    assertEquals(Instant.parse(text), event.at());
    assertEquals("{\"at\":\"" + written + "\",\"type\":\"CLOCK\"}", EventDocuments.write(event));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-02T09:00:00           | does not end in Z, expected UTC",
        "2026-03-02T09:00:00z          | does not end in Z, expected UTC",
        "2026-03-02T10:00:00+01:00     | does not end in Z, expected UTC",
        "2026-03-02                    | does not end in Z, expected UTC",
        "2026-03-02T09:00Z             | is not an instant, expected one like 2026-03-02T09:00:00Z",
        "2026-02-30T09:00:00Z          | is not an instant, expected one like 2026-03-02T09:00:00Z",
        "2026-03-02 09:00:00Z          | is not an instant, expected one like 2026-03-02T09:00:00Z",
        "2026-03-02T25:00:00Z          | is not an instant, expected one like 2026-03-02T09:00:00Z",
        "Z                             | is not an instant, expected one like 2026-03-02T09:00:00Z",
        "1969-12-31T23:59:59.999999999Z | is out of range, expected a year from 1970 to 9999",
        "+10000-01-01T00:00:00Z        | is out of range, expected a year from 1970 to 9999",
        "-0001-01-01T00:00:00Z         | is out of range, expected a year from 1970 to 9999",
        "+1000000000-12-31T23:59:59Z   | is out of range, expected a year from 1970 to 9999"
      })
  void an_instant_ends_in_z_and_is_from_1970_to_9999(String text, String problem) {
    assertEquals(
        "at: " + text + " " + problem, errorsOf("{\"type\":\"CLOCK\",\"at\":\"" + text + "\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                     | line 1, column 1: expected an object, got a list",
        "\"CLOCK\"              | line 1, column 1: expected an object, got text",
        "{}                     | type: is missing",
        "{\"type\":null}        | type: is missing",
        "{\"type\":1}           | type: expected text, got the number 1; put it in quotes",
        "{\"type\":\"clock\"}   | type: clock is not known, did you mean CLOCK?",
        "{\"type\":\"THREAT_DETECT\"} | type: THREAT_DETECT is not known, did you mean"
            + " THREAT_DETECTED?",
        "{\"type\":\"CLOCK\"}   | at: is missing",
        "{\"type\":\"CLOCK\",\"at\":1772442000} | at: expected text, got the number 1772442000; put"
            + " it in quotes"
      })
  void an_event_has_a_type_and_an_instant(String json, String errors) {
    assertEquals(errors, errorsOf(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DEVICE_ENROLLED     | device group platform",
        "DEVICE_MOVED        | device group",
        "DEVICE_DISCONNECTED | device",
        "DEVICE_RECONNECTED  | device",
        "DEVICE_REMOVED      | device",
        "THREAT_DETECTED     | device threat classification",
        "THREAT_ENCOUNTERED  | device threat classification",
        "THREAT_RESOLVED     | device threat",
        "ISSUE_IGNORED       | device threat",
        "ISSUE_RESTORED      | device threat",
        "POLICY_CHANGED      | policy"
      })
  void all_missing_fields_of_an_event_are_named_together(String type, String fields) {
    assertEquals(
        String.join("\n", Stream.of(fields.split(" ", -1)).map(f -> f + ": is missing").toList()),
        errorsOf(AT + "\"type\":\"" + type + "\"}"));
  }

  @Test
  void a_broken_instant_does_not_hide_other_errors() {
    assertEquals("at: is missing\ndevice: is missing", errorsOf("{\"type\":\"DEVICE_REMOVED\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "DEVICE_ENROLLED,     'at, device, group, installedApps, platform, type'",
    "DEVICE_MOVED,        'at, device, group, type'",
    "DEVICE_DISCONNECTED, 'at, device, type'",
    "DEVICE_RECONNECTED,  'at, device, type'",
    "DEVICE_REMOVED,      'at, device, type'",
    "THREAT_DETECTED,     'at, classification, device, threat, type'",
    "THREAT_ENCOUNTERED,  'at, classification, device, threat, type'",
    "THREAT_RESOLVED,     'at, device, threat, type'",
    "ISSUE_IGNORED,       'at, by, device, threat, type'",
    "ISSUE_RESTORED,      'at, by, device, threat, type'",
    "POLICY_CHANGED,      'at, mode, policy, type'",
    "CLOCK,               'at, type'"
  })
  void a_field_that_an_event_does_not_have_is_named(String type, String known) {
    String errors = errorsOf(AT + "\"type\":\"" + type + "\",\"colour\":1}");

    assertTrue(errors.endsWith("colour: unknown field, expected one of " + known), () -> errors);
  }

  @Test
  void an_unknown_field_is_named_with_the_nearest_known_one() {
    assertEquals(
        "Device: unknown field, did you mean device?",
        errorsOf(AT + "\"type\":\"DEVICE_REMOVED\",\"device\":\"d\",\"Device\":\"d\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DEVICE_REMOVED | \"device\":\"\" | device: is empty, expected 1 to 200 characters",
        "DEVICE_REMOVED | \"device\":7 | device: expected text, got the number 7; put it in quotes",
        "DEVICE_REMOVED | \"device\":\"\\ud800\" | device: has half a character (a lone surrogate) at 0",
        "DEVICE_REMOVED | \"device\":\"d\",\"device\":\"d\" | device: is given twice",
        "DEVICE_MOVED | \"device\":\"d\",\"group\":[] | group: expected text, got a list",
        "DEVICE_ENROLLED | \"device\":\"d\",\"group\":\"g\",\"platform\":\"Android\" | platform:"
            + " Android is not known, did you mean ANDROID?",
        "DEVICE_ENROLLED | \"device\":\"d\",\"group\":\"g\",\"platform\":\"IOS\",\"installedApps\":\"a\""
            + " | installedApps: expected a list, got text",
        "DEVICE_ENROLLED | \"device\":\"d\",\"group\":\"g\",\"platform\":\"IOS\","
            + "\"installedApps\":[\"a\",null] | installedApps[1]: expected text, got null",
        "THREAT_RESOLVED | \"device\":\"d\",\"threat\":\"\" | threat: is empty, expected 1 to 200"
            + " characters",
        "THREAT_DETECTED | \"device\":\"d\",\"threat\":\"t\",\"classification\":\"\" | classification:"
            + " is empty, expected 1 to 200 characters",
        "ISSUE_IGNORED | \"device\":\"d\",\"threat\":\"t\",\"by\":false | by: expected text, got the"
            + " word false; put it in quotes",
        "POLICY_CHANGED | \"policy\":\" \" | policy: is blank, expected a file",
        "POLICY_CHANGED | \"policy\":\"p\",\"mode\":\"pin\" | mode: pin is not known, did you mean PIN?"
      })
  void a_bad_value_of_an_event_is_named(String type, String fields, String error) {
    assertEquals(error, errorsOf(AT + "\"type\":\"" + type + "\"," + fields + "}"));
  }

  @Test
  void all_errors_of_an_event_are_reported_in_order() {
    assertEquals(
        """
        threat: is empty, expected 1 to 200 characters
        device: expected text, got the number 1; put it in quotes
        extra: unknown field, expected one of at, classification, device, threat, type
        classification: has 201 characters, expected at most 200""",
        errorsOf(
            AT
                + "\"threat\":\"\",\"device\":1,\"type\":\"THREAT_DETECTED\",\"extra\":0,"
                + "\"classification\":\""
                + "c".repeat(201)
                + "\"}"));
  }

  @Test
  void ids_and_names_of_an_event_are_kept_within_their_bounds() {
    String longest = "d".repeat(Limits.MAX_ID_LENGTH);
    String by = "b".repeat(Limits.MAX_NAME_LENGTH);
    String fields = "\"type\":\"ISSUE_IGNORED\",\"threat\":\"t\",\"device\":\"%s\",\"by\":\"%s\"}";

    assertEquals(
        new OfDevice(NINE, longest, new IssueIgnored("t", Optional.of(by))),
        EventDocuments.read(AT + fields.formatted(longest, by)));
    assertEquals(
        "device: has 201 characters, expected at most 200\n"
            + "by: has 321 characters, expected at most 320",
        errorsOf(AT + fields.formatted(longest + "d", by + "b")));
  }

  @Test
  void installed_apps_are_kept_within_their_bound() {
    String most =
        String.join(
            "\",\"",
            IntStream.range(0, Limits.MAX_INSTALLED_APPS).mapToObj(Integer::toString).toList());
    String json =
        AT
            + "\"type\":\"DEVICE_ENROLLED\",\"device\":\"d\",\"group\":\"g\",\"platform\":\"IOS\","
            + "\"installedApps\":[\""
            + most;

    assertTrue(EventDocuments.read(json + "\"]}") instanceof OfDevice);
    assertEquals(
        "installedApps: has 10001 apps, expected at most 10000", errorsOf(json + "\",\"more\"]}"));
  }

  @Provide
  Arbitrary<EngineEvent> anyEvent() {
    Arbitrary<Instant> at =
        Combinators.combine(
                Arbitraries.longs()
                    .between(Limits.EARLIEST.getEpochSecond(), Limits.LATEST.getEpochSecond()),
                Arbitraries.longs().between(0, 999_999_999))
            .as(Instant::ofEpochSecond);
    return Arbitraries.oneOf(
        at.map(Clock::new),
        Combinators.combine(
                at,
                AnyText.of(1, 50).filter(s -> !s.isBlank()),
                Arbitraries.of(PolicyChangeMode.class))
            .as(PolicyChanged::new),
        Combinators.combine(at, AnyText.of(1, 200), anyReported()).as(OfDevice::new));
  }

  private static Arbitrary<Reported> anyReported() {
    Arbitrary<String> id = AnyText.of(1, 200);
    Arbitrary<Optional<String>> by = AnyText.of(0, 320).optional();
    return Arbitraries.oneOf(
        Combinators.combine(
                id, Arbitraries.of(Platform.class), AnyText.of(0, 320).set().ofMaxSize(5))
            .as(DeviceEnrolled::new),
        id.map(DeviceMoved::new),
        Arbitraries.of(new DeviceDisconnected(), new DeviceReconnected(), new DeviceRemoved()),
        Combinators.combine(id, id).as(ThreatDetected::new),
        Combinators.combine(id, id).as(ThreatEncountered::new),
        id.map(ThreatResolved::new),
        Combinators.combine(id, by).as(IssueIgnored::new),
        Combinators.combine(id, by).as(IssueRestored::new));
  }

  @Property
  void what_is_written_reads_back_equal(@ForAll("anyEvent") EngineEvent event) {
    String json = EventDocuments.write(event);

    assertEquals(event, EventDocuments.read(json));
    assertEquals(1, json.split("[\r\n]", -1).length);
  }
}
