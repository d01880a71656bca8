package io.riskladder.mobilerisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.riskladder.core.device.Cause;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.RiskLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A session of a real tenant, which lies beside some checkouts: what the engine says of each device
 * is what the service said.
 */
final class SessionProofTest {
  private static final Path SESSION =
      Path.of("shared", "data", "mobile-risk-api-v1", "session.json");
  private static final int LEVELS_UP = 4;

  private static final PolicySet ONE_GROUP =
      PolicySet.builder().addGroup(DeviceGroup.builder().id("default").build()).build();

  /** The device that all but the last three threats are found on. */
  private static final String PHONE = "fadec2b2-f9a7-4fbf-b377-2f05b7647bb3";

  /** The threat that is rated anew. */
  private static final String RE_RATED = "8077c69d-c50a-4edb-840c-77baf7597369";

  private static final Instant EDITED = Instant.parse("2021-02-15T13:09:20Z");

  private final List<FeedEvent> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private long number;

  @BeforeEach
  void read() throws IOException {
    Path file = session();
    assumeTrue(Files.exists(file), "the session lies beside some checkouts, not in them");
    try (FeedReader reader = new FeedReader(Files.newInputStream(file))) {
      for (Optional<FeedItem> item = reader.next(); item.isPresent(); item = reader.next()) {
        events.add((FeedEvent) item.get());
      }
    }
    assertEquals(100, events.size());
  }

  /** {@return the session, beside the project or above it; else a path that is not there} */
  private static Path session() {
    Path up = Path.of(System.getProperty("user.dir", "")).toAbsolutePath();
    for (int i = 0; i < LEVELS_UP && up.getParent() != null; i++) {
      if (Files.exists(up.resolve(SESSION))) {
        break;
      }
      up = up.getParent();
    }
    return up.resolve(SESSION);
  }

  private ImpliedPolicies implied() {
    ImpliedPolicies implied = new ImpliedPolicies(FeedVersion.V1);
    events.forEach(implied::learn);
    return implied;
  }

  private Fleet fleet() {
    return Fleet.under(implied().atStart(ONE_GROUP).compile());
  }

  private FeedMapping mapping(Fleet fleet) {
    return FeedMapping.of(
        FeedVersion.V1,
        FeedTarget.of(fleet, EffectSink.of(effects::add), () -> ++number),
        implied().afterReset(ONE_GROUP));
  }

  private static String text(FeedEvent event, String... path) throws CannotMapException {
    Fields fields = Fields.of(event);
    for (int i = 0; i < path.length - 1; i++) {
      fields = fields.object(path[i]);
    }
    return fields.text(path[path.length - 1]);
  }

  private static boolean is(FeedEvent event, String type) throws CannotMapException {
    return text(event, "type").equals(type);
  }

  private static Instant at(FeedEvent event) throws CannotMapException {
    return Instant.parse(text(event, "eventTime"));
  }

  /** {@return what the service last said of a device, up to the end of an instant} */
  private RiskLevel reported(String device, Instant until) throws CannotMapException {
    RiskLevel last = RiskLevel.NONE;
    for (FeedEvent event : events) {
      if (is(event, "DEVICE")
          && text(event, "target", "id").equals(device)
          && !at(event).isAfter(until)) {
        String status = text(event, "details", "securityStatus");
        last =
            status.equals("SECURE")
                ? RiskLevel.NONE
                : RiskLevel.valueOf(status.substring("THREAT_".length()));
      }
    }
    return last;
  }

  private static RiskLevel risk(DeviceState state) {
    return ((EnrolledDevice) state).desired().risk();
  }

  private static Optional<RiskLevel> level(Fleet fleet, String device, String threat) {
    if (!(fleet.device(device) instanceof EnrolledDevice enrolled)) {
      return Optional.empty();
    }
    ThreatState state = enrolled.threats().get(threat);
    return state == null
        ? Optional.empty()
        : fleet
            .policies()
            .current()
            .group(enrolled.group())
            .flatMap(group -> group.ladder(state.classification()))
            .map(ladder -> ladder.riskLevel(state.rung()));
  }

  @Test
  void at_each_of_its_nineteen_threats_a_device_is_as_secure_as_the_service_said()
      throws CannotMapException {
    Fleet fleet = fleet();
    FeedMapping mapping = mapping(fleet);
    List<RiskLevel> expected = new ArrayList<>();
    List<RiskLevel> actual = new ArrayList<>();
    for (FeedEvent event : events) {
      mapping.take(event);
      if (is(event, "THREAT")) {
        String device = text(event, "target", "id");
        expected.add(reported(device, at(event)));
        actual.add(risk(fleet.device(device)));
      }
    }
    assertEquals(19, actual.size());
    assertEquals(expected, actual);
    assertTrue(expected.contains(RiskLevel.NONE), "web content at HIGH moves nothing");
    assertTrue(expected.contains(RiskLevel.MEDIUM), "the virus before the policy edit");
  }

  @Test
  void each_threat_is_at_the_level_that_the_service_said() throws CannotMapException {
    Fleet fleet = fleet();
    FeedMapping mapping = mapping(fleet);
    int compared = 0;
    for (FeedEvent event : events) {
      if (!is(event, "THREAT")) {
        mapping.take(event);
        continue;
      }
      String device = text(event, "target", "id");
      String threat = text(event, "details", "id");
      Optional<RiskLevel> before = level(fleet, device, threat);
      effects.clear();
      mapping.take(event);
      Optional<RiskLevel> ours =
          level(fleet, device, threat) // found or found again
              .or(() -> before) // resolved
              .or(this::levelOfIssue); // web content, of which nothing is kept
      assertEquals(
          Optional.of(RiskLevel.valueOf(text(event, "details", "severity"))),
          ours,
          event::toString);
      compared++;
    }
    assertEquals(19, compared);
  }

  private Optional<RiskLevel> levelOfIssue() {
    return effects.stream()
        .filter(Effect.IssueOpened.class::isInstance)
        .map(effect -> ((Effect.IssueOpened) effect).riskLevel())
        .findFirst();
  }

  @Test
  void the_threat_that_is_rated_anew_is_so_because_of_the_policy_edit() throws CannotMapException {
    Fleet fleet = fleet();
    FeedMapping mapping = mapping(fleet);
    for (FeedEvent event : events) {
      boolean edit = is(event, "AUDIT") && at(event).equals(EDITED);
      if (edit) {
        assertEquals(Optional.of(RiskLevel.MEDIUM), level(fleet, PHONE, RE_RATED));
        assertEquals(RiskLevel.MEDIUM, risk(fleet.device(PHONE)));
        effects.clear();
      }
      Mapping mapped = mapping.take(event);
      if (edit) {
        assertTrue(mapped instanceof Mapping.Mapped, mapped::toString);
        assertEquals(Optional.of(RiskLevel.LOW), level(fleet, PHONE, RE_RATED));
        assertEquals(RiskLevel.LOW, risk(fleet.device(PHONE)));
        assertEquals(
            List.of(new Cause.Event(number)),
            effects.stream().map(effect -> effect.header().cause()).distinct().toList());
        assertTrue(
            effects.stream()
                .anyMatch(
                    effect ->
                        effect instanceof Effect.IssueUpdated updated
                            && updated.riskLevel() == RiskLevel.LOW
                            && updated.header().threat().equals(Optional.of(RE_RATED))),
            effects::toString);
        effects.clear();
      }
      if (at(event).equals(EDITED.plusSeconds(12))) { // the service's own word on it comes then
        assertTrue(mapped instanceof Mapping.NotNeeded, mapped::toString);
        assertEquals(List.of(), effects);
      }
    }
  }

  @Test
  void every_event_is_mapped_or_not_needed() {
    Fleet fleet = fleet();
    FeedMapping mapping = mapping(fleet);
    Map<String, Integer> counts = new TreeMap<>();
    Map<Note.Kind, Integer> notes = new HashMap<>();
    for (FeedEvent event : events) {
      Mapping mapped = mapping.take(event);
      String kind =
          mapped instanceof Mapping.NotNeeded notNeeded
              ? notNeeded.reason().name()
              : mapped.getClass().getSimpleName();
      counts.merge(kind, 1, Integer::sum);
      if (mapped instanceof Mapping.Mapped done) {
        done.notes().forEach(note -> notes.merge(note.kind(), 1, Integer::sum));
      }
    }
    assertEquals(
        new TreeMap<>(
            Map.of(
                "Mapped", 33, // 18 threats, 3 devices, 12 policy edits
                "DEVICE_UNCHANGED", 4,
                "THREAT_UNCHANGED", 1,
                "POLICY_SETTINGS", 13,
                "OTHER_AUDIT", 49)),
        counts);
    // the tenant never named a domain to block, so its selective quarantine is an alert, there and
    // back
    assertEquals(Map.of(Note.Kind.RESPONSE_REPLACED, 1, Note.Kind.POLICY_DIFFERED, 1), notes);
  }
}
