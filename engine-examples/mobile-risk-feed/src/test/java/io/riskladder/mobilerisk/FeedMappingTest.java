package io.riskladder.mobilerisk;

import static io.riskladder.mobilerisk.Events.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.riskladder.core.Limits;
import io.riskladder.core.device.DeviceState;
import io.riskladder.core.device.Effect;
import io.riskladder.core.device.EffectSink;
import io.riskladder.core.device.EnrolledDevice;
import io.riskladder.core.device.IssueState;
import io.riskladder.core.device.ThreatState;
import io.riskladder.core.device.UnknownDevice;
import io.riskladder.core.fleet.Fleet;
import io.riskladder.core.mdm.Platform;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CompiledPolicies;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Catalogue;
import io.riskladder.core.threat.Classification;
import io.riskladder.core.threat.ThreatType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FeedMappingTest {
  private static final ClassificationPolicy LADDER =
      ClassificationPolicy.builder()
          .riskLevel(RiskLevel.ADVISORY)
          .response(Response.ALERT_DEVICE)
          .message(CustomMessage.of("Old system.", "Update."))
          .addEscalation(
              Escalation.builder()
                  .after(Duration.ofDays(1))
                  .riskLevel(RiskLevel.MEDIUM)
                  .response(Response.ALERT_DEVICE)
                  .build())
          .addEscalation(
              Escalation.builder()
                  .after(Duration.ofDays(1))
                  .riskLevel(RiskLevel.HIGH)
                  .response(Response.ALERT_DEVICE)
                  .build())
          .build();

  private static final PolicySet POLICIES =
      PolicySet.builder()
          .addClassification(
              Classification.builder()
                  .id("LOST_BADGE")
                  .displayName("Lost badge")
                  .threatType(ThreatType.CONFIGURATION)
                  .riskLevel(RiskLevel.MEDIUM)
                  .response(Response.ALERT_DEVICE)
                  .build())
          .addGroup(
              DeviceGroup.builder()
                  .id("all")
                  .putPolicy("OUT_OF_DATE_OS", LADDER)
                  .onDeviceThreatProtection(
                      new OnDeviceThreatProtection(true, List.of("acme.example")))
                  .build())
          .addGroup(DeviceGroup.builder().id("wards").parent("all").build())
          .addGroup(DeviceGroup.builder().id("labs").parent("wards").build())
          .build();

  private final List<Effect> effects = new ArrayList<>();
  private Fleet fleet = Fleet.under(POLICIES.compile());
  private FeedMapping v1 = mapping(FeedVersion.V1);
  private FeedMapping v2 = mapping(FeedVersion.V2);
  private long number;
  private int ids;

  private FeedMapping mapping(FeedVersion version) {
    return FeedMapping.of(
        version, FeedTarget.of(fleet, EffectSink.of(effects::add), () -> ++number));
  }

  private void policies(PolicySet policies) {
    fleet = Fleet.under(policies.compile());
    v1 = mapping(FeedVersion.V1);
    v2 = mapping(FeedVersion.V2);
  }

  // events of version 1, each with an id of its own

  private String begin(String time, String type, String change, String actor) {
    return "{'id':'n"
        + ++ids
        + "','eventTime':'2026-03-02T"
        + time
        + ".000Z','type':'"
        + type
        + "','changeType':'"
        + change
        + "','actor':{"
        + actor
        + "},";
  }

  private Mapping device1(String device, String activation, String protection) {
    return v1.take(
        Events.event(
            begin("09:00:00", "DEVICE", "UPDATED", "'type':'SYSTEM'")
                + "'details':{'type':'DEVICE_STATUS','activationStatus':'"
                + activation
                + "','protectionStatus':'"
                + protection
                + "','securityStatus':'THREAT_HIGH'},"
                + "'target':{'type':'DEVICE','id':'"
                + device
                + "','platform':'ANDROID'}}"));
  }

  private Mapping threat1(String time, String change, String threat, String action, String cls) {
    return v1.take(
        Events.event(
            begin(time, "THREAT", change, "'type':'ADMIN','id':'ann'")
                + "'details':{'type':'APPLICATION','id':'"
                + threat
                + "','action':'"
                + action
                + "','severity':'HIGH','classifications':['"
                + cls
                + "']},'target':{'type':'DEVICE','id':'d','platform':'IOS'}}"));
  }

  private Mapping threat1(String threat, String action, String cls) {
    return threat1("09:00:00", "UPDATED", threat, action, cls);
  }

  private Mapping policy1(String changes) {
    return v1.take(
        Events.event(
            begin("09:00:00", "AUDIT", "UPDATED", "'type':'ADMIN','id':'ann'")
                + "'details':{'type':'CLASSIFICATION_POLICY','attributeChanges':["
                + changes
                + "]},'target':{'type':'ENTERPRISE','id':'e'}}"));
  }

  private Mapping device2(String platform, String activation, String protection, String groups) {
    return v2.take(
        Events.event(
            json(Events.deviceV2("e" + ++ids, "d", activation, protection))
                .replace("\"IOS\"", "\"" + platform + "\"")
                .replace(
                    "\"status\"", groups.isEmpty() ? "\"status\"" : json(groups) + ",\"status\"")));
  }

  private Mapping threat2(String threat) {
    return v2.take(
        Events.event(
            "{'id':'e"
                + ++ids
                + "','created_time':'2026-03-02T09:00:00+00:00','type':'THREAT',"
                + "'change_type':'CREATED','target':{'type':'THREAT','guid':'d'},'threat':{"
                + threat
                + "}}"));
  }

  // what came of them

  private static List<String> actions(Mapping mapping) {
    assertTrue(mapping instanceof Mapping.Mapped, mapping::toString);
    return ((Mapping.Mapped) mapping)
        .actions().stream()
            .map(
                action ->
                    action instanceof FeedAction.OnDevice on
                        ? on.event().toString().replaceFirst(", installedApps=\\[\\]", "")
                        : ((FeedAction.OnPolicies) action).change())
            .toList();
  }

  private static Set<Note.Kind> notes(Mapping mapping) {
    assertTrue(mapping instanceof Mapping.Mapped, mapping::toString);
    return Set.copyOf(((Mapping.Mapped) mapping).notes().stream().map(Note::kind).toList());
  }

  private static void assertNotNeeded(NotNeededReason reason, Mapping mapping) {
    assertTrue(mapping instanceof Mapping.NotNeeded, mapping::toString);
    assertEquals(reason, ((Mapping.NotNeeded) mapping).reason());
  }

  private static void assertSetAside(SetAsideReason reason, String message, Mapping mapping) {
    assertTrue(mapping instanceof Mapping.SetAside, mapping::toString);
    Mapping.SetAside aside = (Mapping.SetAside) mapping;
    assertEquals(reason + " " + message, aside.reason() + " " + aside.message());
  }

  private EnrolledDevice device() {
    return (EnrolledDevice) fleet.device("d");
  }

  private ThreatState threat(String id) {
    return Optional.ofNullable(device().threats().get(id)).orElseThrow();
  }

  private RiskLevel level(String group, String classification) {
    return fleet
        .policies()
        .current()
        .group(group)
        .flatMap(policies -> policies.ladder(classification))
        .orElseThrow()
        .riskLevel(0);
  }

  private ClassificationPolicy own(int group, String classification) {
    return Optional.ofNullable(
            fleet.policies().current().source().groups().get(group).policies().get(classification))
        .orElseThrow();
  }

  private Response response(String group, String classification) {
    return fleet
        .policies()
        .current()
        .group(group)
        .flatMap(policies -> policies.ladder(classification))
        .orElseThrow()
        .response(0);
  }

  // devices

  @Test
  void a_device_that_is_activated_is_enrolled_in_the_root_group_with_its_platform() {
    assertEquals(
        List.of("DeviceEnrolled[group=all, platform=ANDROID]"),
        actions(device1("d", "ACTIVATED", "PROTECTED")));
    assertTrue(device().connected());
    assertEquals(RiskLevel.NONE, device().desired().risk(), "the service's own status is not ours");
    assertNotNeeded(NotNeededReason.DEVICE_UNCHANGED, device1("d", "ACTIVATED", "PROTECTED"));
  }

  @Test
  void a_device_that_falls_silent_keeps_its_risk() {
    threat1("t", "DETECTED", "TROJAN");
    assertEquals(
        List.of("DeviceDisconnected[]"), actions(device1("d", "ACTIVATED", "DISCONNECTED")));
    assertEquals(RiskLevel.HIGH, device().desired().risk());
    assertNotNeeded(NotNeededReason.DEVICE_UNCHANGED, device1("d", "ACTIVATED", "DISCONNECTED"));
    assertEquals(List.of("DeviceReconnected[]"), actions(device1("d", "ACTIVATED", "PROTECTED")));
  }

  @ParameterizedTest
  @CsvSource({"ACTIVATED, UNINSTALLED", "PENDING, PROTECTED", "PENDING, DISCONNECTED"})
  void a_device_without_a_working_app_is_silent_and_keeps_its_risk(
      String activation, String protection) {
    threat1("t", "DETECTED", "TROJAN");
    assertEquals(List.of("DeviceDisconnected[]"), actions(device1("d", activation, protection)));
    assertEquals(RiskLevel.HIGH, device().desired().risk());
  }

  @Test
  void a_device_that_is_silent_when_first_heard_of_is_enrolled_as_that() {
    assertEquals(
        List.of("DeviceEnrolled[group=all, platform=ANDROID]", "DeviceDisconnected[]"),
        actions(device1("d", "ACTIVATED", "DISCONNECTED")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DEACTIVATED", "DELETED"})
  void a_device_that_is_deactivated_is_removed(String activation) {
    threat1("t", "DETECTED", "TROJAN");
    assertEquals(List.of("DeviceRemoved[]"), actions(device1("d", activation, "DISCONNECTED")));
    assertTrue(fleet.device("d") instanceof UnknownDevice);
    assertNotNeeded(NotNeededReason.DEVICE_NOT_ACTIVE, device1("d", activation, "DISCONNECTED"));
    assertEquals(1, device1("d", "ACTIVATED", "PROTECTED") instanceof Mapping.Mapped ? 1 : 0);
  }

  @Test
  void a_device_that_is_pending_is_not_enrolled() {
    assertNotNeeded(NotNeededReason.DEVICE_NOT_ACTIVE, device1("d", "PENDING", "DISCONNECTED"));
  }

  @Test
  void a_device_is_in_the_group_that_version_2_says() {
    assertEquals(
        List.of("DeviceEnrolled[group=wards, platform=IOS]"),
        actions(
            device2("IOS", "ACTIVATED", "PROTECTED", "'info':{'device_group_guids':['wards']}")));
    assertEquals(
        List.of("DeviceMoved[group=labs]", "DeviceDisconnected[]"),
        actions(
            device2("IOS", "ACTIVATED", "DISCONNECTED", "'info':{'device_group_guids':['labs']}")));
    assertNotNeeded(
        NotNeededReason.DEVICE_UNCHANGED, device2("IOS", "ACTIVATED", "DISCONNECTED", ""));
    assertEquals(
        List.of("DeviceMoved[group=all]", "DeviceReconnected[]"),
        actions(device2("IOS", "ACTIVATED", "PROTECTED", "'info':{'device_group_guids':[]}")));
  }

  @Test
  void a_device_in_a_group_that_is_not_known_is_in_the_root_group() {
    Mapping mapping =
        device2("IOS", "ACTIVATED", "PROTECTED", "'info':{'device_group_guids':['x']}");
    assertEquals(List.of("DeviceEnrolled[group=all, platform=IOS]"), actions(mapping));
    assertEquals(Set.of(Note.Kind.GROUP_NOT_IN_POLICIES), notes(mapping));
  }

  @Test
  void a_device_in_several_groups_is_in_the_first_that_is_known() {
    Mapping mapping =
        device2(
            "IOS", "ACTIVATED", "PROTECTED", "'info':{'device_group_guids':['x','labs','wards']}");
    assertEquals(List.of("DeviceEnrolled[group=labs, platform=IOS]"), actions(mapping));
    assertEquals(Set.of(Note.Kind.SEVERAL_GROUPS), notes(mapping));
  }

  @Test
  void a_device_of_another_platform_is_set_aside_and_a_known_one_keeps_its_own() {
    assertSetAside(
        SetAsideReason.UNKNOWN_PLATFORM,
        "the device is not enrolled yet, and runs WINDOWS, expected ANDROID or IOS",
        device2("WINDOWS", "ACTIVATED", "PROTECTED", ""));
    device2("IOS", "ACTIVATED", "PROTECTED", "");
    assertEquals(
        Set.of(Note.Kind.PLATFORM_DIFFERS),
        notes(device2("ANDROID", "ACTIVATED", "DISCONNECTED", "")));
    assertEquals(Platform.IOS, device().platform());
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETED", "PURGED"})
  void a_device_that_is_deleted_is_removed_with_nothing_more_said(String change) {
    device2("IOS", "ACTIVATED", "PROTECTED", "");
    Mapping mapping =
        v2.take(
            Events.event(
                "{'id':'x','created_time':'2026-03-02T09:00:00+00:00','type':'DEVICE',"
                    + "'change_type':'"
                    + change
                    + "','target':{'type':'DEVICE','guid':'d'}}"));
    assertEquals(List.of("DeviceRemoved[]"), actions(mapping));
  }

  // threats

  @Test
  void a_threat_is_found_ignored_restored_and_resolved() {
    device1("d", "ACTIVATED", "PROTECTED");
    assertEquals(
        List.of("ThreatDetected[threat=t, classification=TROJAN]"),
        actions(threat1("t", "DETECTED", "TROJAN")));
    assertNotNeeded(NotNeededReason.THREAT_UNCHANGED, threat1("t", "DETECTED", "TROJAN"));
    assertEquals(
        List.of("IssueIgnored[threat=t, by=Optional[ann]]"),
        actions(threat1("t", "IGNORED", "TROJAN")));
    assertEquals(RiskLevel.NONE, device().desired().risk());
    assertNotNeeded(NotNeededReason.THREAT_UNCHANGED, threat1("t", "IGNORED", "TROJAN"));
    assertEquals(
        List.of("IssueRestored[threat=t, by=Optional[ann]]"),
        actions(threat1("t", "DETECTED", "TROJAN")));
    assertEquals(RiskLevel.HIGH, device().desired().risk());
    assertEquals(List.of("ThreatResolved[threat=t]"), actions(threat1("t", "RESOLVED", "TROJAN")));
    assertNotNeeded(NotNeededReason.THREAT_NOT_OPEN, threat1("t", "RESOLVED", "TROJAN"));
    assertNotNeeded(NotNeededReason.THREAT_NOT_OPEN, threat1("t", "IGNORED", "TROJAN"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETED", "PURGED"})
  void a_threat_that_is_deleted_is_over(String change) {
    threat1("t", "DETECTED", "TROJAN");
    assertEquals(
        List.of("ThreatResolved[threat=t]"),
        actions(threat1("10:00:00", change, "t", "DETECTED", "TROJAN")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETED", "PURGED"})
  void a_threat_that_is_deleted_needs_no_more_than_its_id(String change) {
    threat1("t", "DETECTED", "TROJAN");
    String deleted =
        "{'id':'%s','created_time':'2026-03-02T09:00:00Z','type':'THREAT','change_type':'"
            + change
            + "','target':{'type':'THREAT','guid':'d'},'threat':{'guid':'t'}}";
    assertEquals(
        List.of("ThreatResolved[threat=t]"),
        actions(v2.take(Events.event(deleted.formatted("x")))));
    assertNotNeeded(NotNeededReason.THREAT_NOT_OPEN, v2.take(Events.event(deleted.formatted("y"))));
  }

  @Test
  void a_threat_is_over_or_ignored_whatever_it_is_called_by_then() {
    threat1("t", "DETECTED", "TROJAN");
    assertEquals(
        List.of("IssueIgnored[threat=t, by=Optional[ann]]"),
        actions(threat1("t", "IGNORED", "NEWS")));
    String resolved =
        "{'id':'%s','eventTime':'2026-03-02T09:00:00Z','type':'THREAT','changeType':'UPDATED',"
            + "'details':{'id':'t','action':'RESOLVED'},'target':{'id':'d'}}";
    assertEquals(List.of("ThreatResolved[threat=t]"), actions(take1(resolved.formatted("x"))));
    assertNotNeeded(NotNeededReason.THREAT_NOT_OPEN, take1(resolved.formatted("y")));
  }

  @Test
  void a_threat_on_an_unknown_device_enrols_it_in_the_root_group() {
    Mapping mapping = threat1("t", "DETECTED", "TROJAN");
    assertEquals(
        List.of(
            "DeviceEnrolled[group=all, platform=IOS]",
            "ThreatDetected[threat=t, classification=TROJAN]"),
        actions(mapping));
    assertEquals(Set.of(), notes(mapping));
    assertNotNeeded(NotNeededReason.DEVICE_UNCHANGED, device1("d", "ACTIVATED", "PROTECTED"));
  }

  @ParameterizedTest
  @CsvSource({"TROJAN, ANDROID", "NON_APP_STORE_SIGNER, IOS"})
  void the_platform_of_an_unknown_device_is_assumed_in_version_2(
      String classification, String platform) {
    Mapping mapping =
        threat2("'guid':'t','status':'OPEN','classifications':['" + classification + "']");
    assertEquals("DeviceEnrolled[group=all, platform=" + platform + "]", actions(mapping).get(0));
    assertEquals(Set.of(Note.Kind.PLATFORM_ASSUMED), notes(mapping));
  }

  @Test
  void a_threat_that_is_over_enrols_nobody() {
    assertNotNeeded(NotNeededReason.THREAT_NOT_OPEN, threat1("t", "RESOLVED", "TROJAN"));
    assertTrue(fleet.device("d") instanceof UnknownDevice);
  }

  @Test
  void an_ignored_threat_without_an_issue_is_taken_off() {
    threat1("t", "DETECTED", "OUT_OF_DATE_OS"); // at ADVISORY here
    Mapping mapping = threat1("t", "IGNORED", "OUT_OF_DATE_OS");
    assertEquals(List.of("ThreatResolved[threat=t]"), actions(mapping));
    assertEquals(Set.of(Note.Kind.IGNORED_WITHOUT_ISSUE), notes(mapping));
  }

  @Test
  void a_rung_that_was_due_before_an_event_is_entered_before_it_is_mapped() {
    threat1("09:00:00", "CREATED", "t", "DETECTED", "OUT_OF_DATE_OS");
    Mapping mapping =
        v1.take(
            Events.event(
                "{'id':'x','eventTime':'2026-03-03T09:00:01Z','type':'THREAT',"
                    + "'changeType':'UPDATED','details':{'id':'t','action':'IGNORED',"
                    + "'classifications':['OUT_OF_DATE_OS']},'target':{'id':'d'}}"));
    assertEquals(List.of("IssueIgnored[threat=t, by=Optional.empty]"), actions(mapping));
    assertEquals(IssueState.IGNORED, threat("t").issue());
    assertTrue(effects.stream().noneMatch(Effect.Rejected.class::isInstance), effects::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RESOLVED", "DETECTED", "IGNORED"})
  void web_content_is_encountered_when_it_is_first_reported(String action) {
    device1("d", "ACTIVATED", "PROTECTED");
    assertEquals(
        List.of("ThreatEncountered[threat=t, classification=PHISHING_CONTENT]"),
        actions(threat1("09:00:00", "CREATED", "t", action, "PHISHING_CONTENT")));
    assertEquals(RiskLevel.NONE, device().desired().risk());
    assertNotNeeded(
        NotNeededReason.WEB_CONTENT_UPDATED,
        threat1("09:00:00", "UPDATED", "t", action, "PHISHING_CONTENT"));
  }

  @ParameterizedTest
  @CsvSource({
    "BLACKLISTED_APP, DENYLISTED_APP",
    "SPY, SPYWARE",
    "SURVEILLANCE, SURVEILLANCEWARE",
    "OFFENSIVE_CONTENT, UNAUTHORIZED_CONTENT",
    "BLACKLISTED_CONTENT, DENYLISTED_CONTENT"
  })
  void older_names_are_those_of_version_1_alone(String older, String newer) {
    for (String name : List.of(older, newer)) {
      List<String> done = actions(threat1("09:00:00", "CREATED", name, "DETECTED", name));
      assertTrue(done.get(done.size() - 1).contains("classification=" + newer), done::toString);
    }
    assertSetAside(
        SetAsideReason.UNKNOWN_CLASSIFICATION,
        "neither the catalogue nor the policies know " + older,
        threat2("'guid':'t','status':'OPEN','classifications':['" + older + "']"));
  }

  @Test
  void every_classification_of_the_catalogue_is_known_in_both_versions() {
    for (String name : Catalogue.builtIn().keySet()) {
      assertTrue(
          threat1("09:00:00", "CREATED", "1" + name, "DETECTED", name) instanceof Mapping.Mapped);
      assertTrue(
          threat2("'guid':'2" + name + "','status':'OPEN','classifications':['" + name + "']")
              instanceof Mapping.Mapped);
    }
    assertEquals(49, Catalogue.builtIn().size());
    assertTrue(effects.stream().noneMatch(Effect.Rejected.class::isInstance));
  }

  @Test
  void a_classification_of_the_tenants_own_is_known() {
    assertTrue(threat1("t", "DETECTED", "LOST_BADGE") instanceof Mapping.Mapped);
    assertSetAside(
        SetAsideReason.UNKNOWN_CLASSIFICATION,
        "neither the catalogue nor the policies know LOST_KEYS",
        threat1("t2", "DETECTED", "LOST_KEYS"));
  }

  @ParameterizedTest
  @EnumSource(RiskLevel.class)
  void the_policies_decide_on_the_level_whatever_the_severity(RiskLevel severity) {
    threat2(
        "'guid':'t','status':'OPEN','severity':'" + severity + "','classifications':['TROJAN']");
    assertEquals(RiskLevel.HIGH, device().desired().risk());
  }

  @Test
  void of_several_classifications_the_worst_that_is_known_counts() {
    Mapping mapping =
        threat2(
            "'guid':'t','status':'OPEN','severity':'HIGH',"
                + "'classifications':['RISKWARE','NEWS','ADWARE','SPAM'],'assessments':["
                + "{'classification':'NEWS','risk':'HIGH'},{'classification':'RISKWARE','risk':'LOW'},"
                + "{'classification':'ADWARE','risk':'MEDIUM'},{'classification':'SPAM'}]");
    assertEquals("ADWARE", threat("t").classification());
    assertTrue(notes(mapping).contains(Note.Kind.SEVERAL_CLASSIFICATIONS));
  }

  @Test
  void of_several_classifications_as_bad_as_each_other_a_threat_keeps_its_own() {
    threat2("'guid':'t','status':'OPEN','classifications':['ADWARE']");
    assertNotNeeded(
        NotNeededReason.THREAT_UNCHANGED,
        threat2("'guid':'t','status':'OPEN','classifications':['RISKWARE','ADWARE','SPAM']"));
    threat2(
        "'guid':'t','status':'OPEN','assessments':[{'classification':'ADWARE','risk':'LOW'},"
            + "{'classification':'TROJAN','risk':'HIGH'}]");
    assertEquals("TROJAN", threat("t").classification());
  }

  @ParameterizedTest
  @ValueSource(strings = {"'CRITICAL'", "7", "{}"})
  void a_severity_that_cannot_be_read_hides_no_threat(String severity) {
    Mapping mapping =
        threat2(
            "'guid':'t','status':'OPEN','severity':" + severity + ",'classifications':['TROJAN']");
    assertTrue(notes(mapping).contains(Note.Kind.UNKNOWN_SEVERITY));
    assertEquals(RiskLevel.HIGH, device().desired().risk());
  }

  // what cannot be mapped

  private Mapping take1(String event) {
    return v1.take(Events.event(event));
  }

  private static final String THREAT1 =
      "{'id':'1','type':'THREAT','eventTime':'2026-03-02T09:00:00Z','changeType':'CREATED',"
          + "'actor':{'type':'DEVICE'},'details':{'id':'t','action':'DETECTED','severity':'LOW',"
          + "'classifications':['TROJAN']},'target':{'id':'d','platform':'IOS'}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'id':'1', | | MISSING_FIELD | id: is missing",
        "'id':'1' | 'id':1 | WRONG_VALUE | id: expected text, got a number",
        "'id':'1' | 'id':'' | WRONG_VALUE | id: the empty text is no id, expected 1 to 200 characters",
        "'type':'THREAT', | | MISSING_FIELD | type: is missing",
        "'type':'THREAT' | 'type':'SMISHING_ALERT' | UNKNOWN_TYPE | type: SMISHING_ALERT is not known, expected one of AUDIT, DEVICE, THREAT",
        "'eventTime' | 'created_time' | MISSING_FIELD | eventTime: is missing",
        "2026-03-02T09:00:00Z | yesterday | WRONG_VALUE | eventTime: yesterday is no instant from 1970 to 9999, expected one like 2026-03-02T09:00:00.000+00:00",
        "2026-03-02T09:00:00Z | 1969-12-31T23:59:59Z | WRONG_VALUE | eventTime: 1969-12-31T23:59:59Z is no instant from 1970 to 9999, expected one like 2026-03-02T09:00:00.000+00:00",
        "CREATED | MADE | WRONG_VALUE | changeType: MADE is not known, expected one of CREATED, UPDATED, DELETED, PURGED",
        "DETECTED | FOUND | WRONG_VALUE | details.action: FOUND is not known, expected one of DETECTED, RESOLVED, IGNORED",
        "'action':'DETECTED', | | MISSING_FIELD | details.action: is missing",
        "['TROJAN'] | [] | MISSING_FIELD | details.classifications: is missing or empty",
        "['TROJAN'] | 'TROJAN' | WRONG_VALUE | details.classifications: expected a list, got text",
        "['TROJAN'] | [null] | WRONG_VALUE | details.classifications[0]: expected text, got null",
        "'details':{ | 'details':null,'x':{ | MISSING_FIELD | details: is missing",
        "'target':{ | 'target':true,'x':{ | WRONG_VALUE | target: expected an object, got the word true",
        "'id':'d' | 'name':'d' | MISSING_FIELD | target.id: is missing",
        "'actor':{'type':'DEVICE'} | 'actor':'me' | WRONG_VALUE | actor: expected an object, got text"
      })
  void an_event_that_lacks_what_is_needed_is_set_aside_with_its_field(
      String part, String instead, SetAsideReason reason, String message) {
    Mapping mapping = take1(THREAT1.replace(part, instead == null ? "" : instead));
    assertSetAside(reason, message, mapping);
    assertEquals(0, fleet.size());
    assertTrue(take1(THREAT1) instanceof Mapping.Mapped, "it is not in the way of the next");
  }

  @Test
  void ids_that_the_engine_could_not_take_are_set_aside() {
    assertTrue(
        take1(THREAT1.replace("'id':'t'", "'id':'" + "t".repeat(201) + "'"))
            instanceof Mapping.SetAside);
    assertTrue(take1(THREAT1.replace("'id':'d'", "'id':'\\ud800'")) instanceof Mapping.SetAside);
    assertTrue(
        take1(THREAT1.replace("'id':'t'", "'id':'" + "t".repeat(200) + "'"))
            instanceof Mapping.Mapped);
  }

  @Test
  void fields_that_nobody_needs_may_be_anything() {
    assertTrue(
        take1(
                THREAT1
                    .replace("'details':{", "'info':[1],'links':'x','details':{'path':{},")
                    .replace("'target':{", "'target':{'mdmConnectorId':[],'type':7,"))
            instanceof Mapping.Mapped);
  }

  @Test
  void what_could_not_be_read_is_set_aside_with_its_place() {
    FeedItem item = Events.read("[7]").get(0);
    Mapping mapping = v1.take(item);
    assertSetAside(SetAsideReason.UNREADABLE, "expected an object, got a number", mapping);
    assertEquals(new FeedPlace(1, 1, 2), mapping.item().place());
  }

  @Test
  void an_alert_of_a_text_message_is_not_needed() {
    assertNotNeeded(
        NotNeededReason.SMISHING_ALERT,
        v2.take(
            Events.event(
                "{'id':'x','type':'SMISHING_ALERT','created_time':'2026-03-02T09:00:00+01:00'}")));
  }

  @Test
  void instants_have_any_offset() {
    Mapping mapping =
        v2.take(Events.event(Events.threatV2("x", "d", "t", "OPEN", "TROJAN").replace('"', '\'')));
    assertEquals(Instant.parse("2026-03-02T09:00:00Z"), ((Mapping.Mapped) mapping).at());
  }

  // events that come again

  @Test
  void an_event_that_comes_again_is_done_once() {
    FeedEvent event = Events.event(THREAT1);
    assertTrue(v1.take(event) instanceof Mapping.Mapped);
    threat1("t", "RESOLVED", "TROJAN");
    assertTrue(v1.take(event) instanceof Mapping.Redelivered);
    assertEquals(Map.of(), device().threats());
  }

  @Test
  void ids_are_remembered_up_to_a_limit() {
    RecentIds ids = new RecentIds(3);
    List.of("a", "b", "c").forEach(ids::add);
    assertTrue(ids.contains("a"));
    ids.add("d");
    assertTrue(!ids.contains("a") && ids.contains("b") && ids.contains("d"));
  }

  @Test
  void an_event_that_the_engine_could_not_do_comes_again() {
    boolean[] down = {true};
    FeedTarget target = FeedTarget.of(fleet, EffectSink.of(effects::add), () -> ++number);
    FeedMapping mapping =
        FeedMapping.of(
            FeedVersion.V1,
            new FeedTarget() {
              @Override
              public void reach(Instant at) {
                target.reach(at);
              }

              @Override
              public DeviceState device(String id) {
                return target.device(id);
              }

              @Override
              public CompiledPolicies policies() {
                return target.policies();
              }

              @Override
              public void apply(Mapping.Mapped mapped) {
                if (down[0]) {
                  throw new IllegalStateException("down");
                }
                target.apply(mapped);
              }
            });
    FeedEvent event = Events.event(THREAT1);
    assertThrows(IllegalStateException.class, () -> mapping.take(event));
    down[0] = false;
    assertTrue(mapping.take(event) instanceof Mapping.Mapped);
  }

  // policies

  private static String edit(String name, String attributes) {
    return "{'name':'"
        + name
        + "'},"
        + attributes
        + "{'name':'policy_group_name','to':''},{'name':'policy_group_guid','to':''}";
  }

  private static String severity(String from, String to) {
    return "{'name':'severity','from':'" + from + "','to':'" + to + "'},";
  }

  private static String action(String from, String to) {
    return "{'name':'action','from':'" + from + "','to':'" + to + "'},";
  }

  @Test
  void a_policy_edit_rates_open_threats_anew() {
    threat1("t", "DETECTED", "VIRUS");
    assertEquals(RiskLevel.HIGH, device().desired().risk());
    Mapping mapping = policy1(edit("virus", severity("high", "low") + action("notify", "nothing")));
    assertEquals(List.of("VIRUS at LOW, DONT_ALERT"), actions(mapping));
    assertEquals(Set.of(), notes(mapping));
    assertEquals(RiskLevel.LOW, device().desired().risk());
    assertEquals(Response.DONT_ALERT, response("labs", "VIRUS"));
    assertNotNeeded(
        NotNeededReason.POLICY_UNCHANGED, policy1(edit("virus", severity("low", "low"))));
  }

  @Test
  void a_policy_edit_that_found_another_value_says_so() {
    assertEquals(
        Set.of(Note.Kind.POLICY_DIFFERED),
        notes(policy1(edit("virus", severity("medium", "low")))));
  }

  @ParameterizedTest
  @CsvSource({
    "nothing, virus, DONT_ALERT",
    "notify, sideloaded_app, ALERT_DEVICE",
    "quarantine_selective, virus, BLOCK_DOMAINS_AND_ALERT",
    "quarantine, virus, BLOCK_INTERNET_AND_ALERT",
    "content_warn_and_alert, phishing_content, WARN_AND_ALERT_DEVICE",
    "content_block_and_alert, offensive_content, BLOCK_AND_ALERT_DEVICE",
    "nothing, blacklisted_app, DONT_ALERT"
  })
  void responses_have_their_names(String word, String policy, Response response) {
    policy1(edit(policy, severity("none", "low") + "{'name':'action','to':'" + word + "'},"));
    String id = EventFormat.V1.classificationOfPolicy(policy);
    assertEquals(response, response("all", id));
    assertEquals(RiskLevel.LOW, level("all", id));
  }

  @Test
  void a_response_that_the_group_cannot_have_is_replaced_and_said() {
    policies(PolicySet.builder().addGroup(DeviceGroup.builder().id("all").build()).build());
    Mapping mapping = policy1(edit("virus", action("notify", "quarantine_selective")));
    assertNotNeeded(NotNeededReason.POLICY_UNCHANGED, mapping);
    mapping = policy1(edit("virus", severity("high", "low") + action("notify", "quarantine")));
    assertEquals(Set.of(Note.Kind.RESPONSE_REPLACED), notes(mapping));
    assertEquals(Response.ALERT_DEVICE, response("all", "VIRUS"));
    mapping = policy1(edit("virus", severity("low", "none")));
    assertEquals(Set.of(Note.Kind.RESPONSE_REPLACED), notes(mapping));
    assertEquals(Response.DONT_ALERT, response("all", "VIRUS"));
  }

  @Test
  void escalations_that_are_not_above_the_new_base_are_dropped() {
    Mapping mapping = policy1(edit("out_of_date_os", severity("advisory", "medium")));
    assertEquals(Set.of(Note.Kind.ESCALATIONS_DROPPED), notes(mapping));
    ClassificationPolicy policy = own(0, "OUT_OF_DATE_OS");
    assertEquals(RiskLevel.MEDIUM, policy.riskLevel());
    assertEquals(
        List.of(RiskLevel.HIGH), policy.escalations().stream().map(Escalation::riskLevel).toList());
    assertEquals(LADDER.message(), policy.message());
    policy1(edit("out_of_date_os", severity("medium", "none") + action("notify", "nothing")));
    assertEquals(RiskLevel.NONE, level("all", "OUT_OF_DATE_OS"));
  }

  @Test
  void a_policy_edit_of_a_group_is_of_that_group_and_those_below() {
    Mapping mapping =
        policy1(
            edit("out_of_date_os", severity("advisory", "low"))
                .replace("guid','to':''", "guid','to':'wards'"));
    assertEquals(List.of("OUT_OF_DATE_OS at LOW, ALERT_DEVICE in group wards"), actions(mapping));
    assertEquals(RiskLevel.ADVISORY, level("all", "OUT_OF_DATE_OS"));
    assertEquals(RiskLevel.LOW, level("labs", "OUT_OF_DATE_OS"));
    ClassificationPolicy own = own(1, "OUT_OF_DATE_OS");
    assertEquals(2, own.escalations().size());
    assertEquals(Optional.empty(), own.message(), "messages are inherited as before");
    assertSetAside(
        SetAsideReason.UNKNOWN_GROUP,
        "the policies have no group x, whose policy was changed",
        policy1(edit("virus", severity("high", "low")).replace("guid','to':''", "guid','to':'x'")));
  }

  @Test
  void a_reset_leads_back_to_the_policies_to_begin_with() {
    policy1(edit("virus", severity("high", "low")));
    policy1(edit("out_of_date_os", severity("advisory", "high")));
    policy1(edit("virus", severity("high", "low")).replace("guid','to':''", "guid','to':'wards'"));
    assertEquals(
        List.of("what it was before it was edited"), actions(policy1(edit("reset_policy", ""))));
    assertEquals(RiskLevel.HIGH, level("all", "VIRUS"));
    assertEquals(RiskLevel.ADVISORY, level("all", "OUT_OF_DATE_OS"));
    assertEquals(RiskLevel.LOW, level("wards", "VIRUS"), "the reset was of the root group");
    assertNotNeeded(NotNeededReason.POLICY_UNCHANGED, policy1(edit("reset_policy", "")));
  }

  @Test
  void several_policies_at_once_are_edited_as_the_interface_is_described() {
    Mapping mapping =
        take1(
            "{'id':'x','type':'AUDIT','eventTime':'2026-03-02T09:00:00Z','details':{"
                + "'type':'CLASSIFICATION_POLICY','changes':[{'name':'TROJAN','to':'LOW'},"
                + "{'name':'SPY','from':'HIGH','to':'MEDIUM'}]}}");
    assertEquals(
        List.of("TROJAN at LOW, ALERT_DEVICE; SPYWARE at MEDIUM, ALERT_DEVICE"), actions(mapping));
  }

  @Test
  void policies_of_version_2_are_edited_alike() {
    Mapping mapping =
        v2.take(
            Events.event(
                "{'id':'x','type':'AUDIT','created_time':'2026-03-02T09:00:00Z','audit':{"
                    + "'type':'CLASSIFICATION_POLICY','attribute_changes':[{'name':'virus'},"
                    + "{'name':'severity','from':'high','to':'advisory'}]}}"));
    assertEquals(List.of("VIRUS at ADVISORY, ALERT_DEVICE"), actions(mapping));
  }

  @Test
  void settings_and_other_matters_are_not_needed() {
    assertNotNeeded(NotNeededReason.POLICY_SETTINGS, policy1(edit("virus", "")));
    assertNotNeeded(
        NotNeededReason.POLICY_SETTINGS,
        policy1(edit("out_of_date_os", "{'name':'minimum','from':'1','to':'2'},")));
    assertNotNeeded(
        NotNeededReason.OTHER_AUDIT,
        take1(
            "{'id':'x','type':'AUDIT','eventTime':'2026-03-02T09:00:00Z','details':{"
                + "'type':'PRODUCT_SETTINGS','attributeChanges':[{'name':'a','from':1,'to':[]}]}}"));
  }

  @Test
  void an_edit_that_cannot_be_understood_is_set_aside() {
    assertSetAside(
        SetAsideReason.WRONG_VALUE,
        "the change of severity: awful is not known, expected one of none, advisory, low, medium, high",
        policy1(edit("virus", severity("high", "awful"))));
    assertSetAside(
        SetAsideReason.WRONG_VALUE,
        "the change of action: explode is not known, expected one of content_block_and_alert,"
            + " content_warn_and_alert, nothing, notify, quarantine, quarantine_selective",
        policy1(edit("virus", action("notify", "explode"))));
    assertSetAside(
        SetAsideReason.UNKNOWN_CLASSIFICATION,
        "the policy of GHOST was changed, which neither the catalogue nor the policies know",
        policy1(edit("ghost", severity("high", "low"))));
    Mapping invalid = policy1(edit("virus", action("notify", "content_block_and_alert")));
    assertSetAside(
        SetAsideReason.INVALID_POLICY,
        "groups[0].policies.VIRUS.response: BLOCK_AND_ALERT_DEVICE is for web content only, and"
            + " VIRUS is not",
        invalid);
    assertEquals(POLICIES, fleet.policies().current().source());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POLICY_CHANGE", "POLICY_GROUP_CHANGE"})
  void a_change_of_policies_that_nobody_knows_how_to_read_is_set_aside(String type) {
    assertSetAside(
        SetAsideReason.UNKNOWN_POLICY_CHANGE,
        type + " changes policies or groups in a way that is not known",
        v2.take(
            Events.event(
                "{'id':'x','type':'AUDIT','created_time':'2026-03-02T09:00:00Z','audit':{'type':'"
                    + type
                    + "'}}")));
  }

  @Test
  void the_limits_in_force_stay_in_force() {
    Limits limits = Limits.builder().threatsPerDevice(1).build();
    fleet = Fleet.under(POLICIES.compile(limits));
    v1 = mapping(FeedVersion.V1);
    policy1(edit("virus", severity("high", "low")));
    assertEquals(RiskLevel.LOW, level("all", "VIRUS"));
    assertEquals(limits, fleet.policies().current().limits());
  }

  private Mapping quarantine(String to) {
    return take1(
        "{'id':'"
            + ++ids
            + "','type':'AUDIT','eventTime':'2026-03-02T09:00:00Z','details':{"
            + "'type':'PRODUCT_SETTINGS','attributeChanges':["
            + "{'name':'product_settings.quarantine.enabled','to':'"
            + to
            + "'}]}}");
  }

  @Test
  void on_device_threat_protection_is_switched_for_the_root_group() {
    assertEquals(List.of("on-device threat protection off"), actions(quarantine("false")));
    assertEquals(
        Optional.of(new OnDeviceThreatProtection(false, List.of("acme.example"))),
        fleet.policies().current().source().groups().get(0).onDeviceThreatProtection());
    assertEquals(List.of("on-device threat protection on"), actions(quarantine("true")));
    assertNotNeeded(NotNeededReason.POLICY_UNCHANGED, quarantine("true"));
    assertTrue(quarantine("maybe") instanceof Mapping.SetAside);
    policy1(edit("virus", action("notify", "quarantine")));
    Mapping needed = quarantine("false");
    assertTrue(
        needed instanceof Mapping.SetAside aside && aside.reason() == SetAsideReason.INVALID_POLICY,
        needed::toString);
  }
}
