package io.riskladder.core.reference;

import java.net.IDN;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The engine semantics, written down as plainly as possible, to compare the real engine with.
 *
 * <p>Documents, events and effects are JSON-like values: maps, lists, strings, numbers, booleans,
 * null. Nothing is validated except what the semantics answer with {@code REJECTED}; nothing is
 * cached: every question is answered by walking the documents again. Effects have no {@code id}. A
 * built-in text is null under {@code description} and {@code howToFix}. Not thread-safe.
 */
public final class ReferenceModel {

  private static final List<String> LEVELS = List.of("NONE", "ADVISORY", "LOW", "MEDIUM", "HIGH");
  private static final List<String> LEVEL_NAMES =
      List.of("None", "Advisory", "Low", "Medium", "High");
  private static final Duration DAY = Duration.ofHours(24);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
  private static final State NOTHING = new State("", List.of(), List.of(), new TreeSet<>());

  /** A threat is ignored when its issue is; otherwise it counts. */
  private enum Issue {
    NONE,
    OPEN,
    IGNORED
  }

  /** What decides about a threat: a document, its version, and a group in it. */
  private record Basis(Map<String, Object> document, int version, String group) {}

  /** A device's desired state: block is empty, "DOMAINS" or "INTERNET". */
  private record State(
      String block, List<String> domains, List<String> labels, Set<String> actions) {}

  private static final class Device {
    String id;
    String group;
    String platform;
    List<Object> installedApps;
    boolean connected = true;
    State state = NOTHING;
    final TreeMap<String, Threat> threats = new TreeMap<>();
  }

  private static final class Threat {
    final Device device;
    final String id;
    final String classification;
    Issue issue = Issue.NONE;
    int rung;
    Instant entered;
    Instant notBefore; // the next rung is due at the later of this and entered plus its wait
    Basis pin; // the older basis that a pinned threat keeps; null if it is not pinned

    Threat(Device device, Map<String, Object> event, Instant entered) {
      this.device = device;
      this.id = text(event, "threat");
      this.classification = text(event, "classification");
      this.entered = entered;
      this.notBefore = entered;
    }
  }

  private final List<Map<String, Object>> catalogue;
  private final TreeMap<String, Device> devices = new TreeMap<>();
  private Map<String, Object> policy;
  private int version;
  private Instant latest = Instant.MIN;

  // The effects that are being made, their instant and their cause.
  private List<Map<String, Object>> effects = new ArrayList<>();
  private Instant now = Instant.MIN;
  private Map<String, Object> cause = Map.of();

  /**
   * A model of a tenant without devices.
   *
   * @param policy a valid policy document
   * @param catalogue the entries of the catalogue
   */
  public ReferenceModel(Map<String, Object> policy, List<Map<String, Object>> catalogue) {
    this.policy = policy;
    this.catalogue = catalogue;
  }

  /**
   * Enters what is due before the event, on all devices, then takes the event.
   *
   * @param line the number of the event's line, named by its effects as their cause
   * @param event a well-formed event
   * @param newPolicy the document of a {@code POLICY_CHANGED} event, valid in itself; else null
   * @return the effects, in order
   */
  public List<Map<String, Object>> apply(
      int line, Map<String, Object> event, Map<String, Object> newPolicy) {
    effects = new ArrayList<>();
    latest = later(Instant.parse(text(event, "at")), latest); // section 8: late events
    enterDue(latest, false);
    now = latest;
    cause = Map.of("event", line);
    String reason = rejection(event, newPolicy);
    if (reason == null) {
      take(event, newPolicy);
    } else {
      Object device = event.get("device");
      emit(
          "REJECTED",
          null,
          null,
          "device",
          device,
          "threat",
          event.get("threat"),
          "reason",
          reason);
    }
    return effects;
  }

  /**
   * Enters what is due at or before an instant, on all devices; the instant counts as seen.
   *
   * @param t the instant
   * @return the effects, in order
   */
  public List<Map<String, Object>> advanceTo(Instant t) {
    effects = new ArrayList<>();
    latest = later(t, latest);
    enterDue(t, true);
    return effects;
  }

  // Section 6, "Order" and "Ties": rungs that fall due.

  private void enterDue(Instant t, boolean inclusive) {
    while (true) {
      Threat next = null;
      for (Device device : devices.values()) { // by device id, then threat id: ties keep the first
        for (Threat threat : device.threats.values()) {
          if (isDue(threat, t, inclusive)
              && (next == null || due(threat, 1).isBefore(due(next, 1)))) {
            next = threat;
          }
        }
      }
      if (next == null) {
        return;
      }
      now = due(next, 1);
      cause = Map.of("due", true);
      enter(next, next.rung + 1);
      announce(next, true);
      settle(next.device);
    }
  }

  private boolean isDue(Threat threat, Instant t, boolean inclusive) {
    if (threat.issue == Issue.IGNORED || rungsAbove(threat) == 0) {
      return false;
    }
    return due(threat, 1).isBefore(t) || (inclusive && due(threat, 1).equals(t));
  }

  private int rungsAbove(Threat threat) {
    return ladder(basis(threat), threat.classification).size() - 1 - threat.rung;
  }

  /** The instant at which the rung that is so many steps above the present one is due. */
  private Instant due(Threat threat, int steps) {
    List<Map<String, Object>> ladder = ladder(basis(threat), threat.classification);
    Instant due = threat.entered;
    for (int step = 1; step <= steps; step++) {
      due = due.plus(Duration.parse(text(ladder.get(threat.rung + step), "after")));
      if (step == 1) {
        due = later(due, threat.notBefore);
      }
    }
    return due;
  }

  private void enter(Threat threat, int rung) {
    threat.rung = rung;
    threat.entered = now;
    threat.notBefore = now;
  }

  // Documents, "reason of REJECTED": the first that applies, from the top. Null: none.

  private String rejection(Map<String, Object> event, Map<String, Object> newPolicy) {
    String type = text(event, "type");
    if (type.equals("POLICY_CHANGED")) {
      return fits(newPolicy, "PIN".equals(event.get("mode"))) ? null : "INVALID_POLICY";
    }
    if (type.equals("CLOCK")) {
      return null;
    }
    Device device = find(devices, event, "device");
    boolean enrolled = type.equals("DEVICE_ENROLLED");
    if (enrolled == (device != null)) {
      return enrolled ? "DEVICE_EXISTS" : "UNKNOWN_DEVICE";
    }
    if (enrolled || type.equals("DEVICE_MOVED")) {
      return withId(maps(policy, "groups"), text(event, "group")) == null ? "UNKNOWN_GROUP" : null;
    }
    Threat threat = find(device.threats, event, "threat");
    return switch (type) {
      case "THREAT_DETECTED" -> classificationRejection(text(event, "classification"), false);
      case "THREAT_ENCOUNTERED" -> classificationRejection(text(event, "classification"), true);
      case "ISSUE_IGNORED" -> threat == null || threat.issue == Issue.NONE ? "NO_ISSUE" : null;
      case "ISSUE_RESTORED" ->
          threat == null || threat.issue != Issue.IGNORED ? "NOT_IGNORED" : null;
      default -> null;
    };
  }

  private String classificationRejection(String id, boolean encountered) {
    if (classification(policy, id) == null) {
      return "UNKNOWN_CLASSIFICATION";
    }
    if (isWebContent(policy, id) == encountered) {
      return null;
    }
    return encountered ? "NOT_WEB_CONTENT" : "WEB_CONTENT";
  }

  private boolean fits(Map<String, Object> document, boolean pin) {
    for (Device device : devices.values()) {
      if (withId(maps(document, "groups"), device.group) == null) {
        return false;
      }
      for (Threat threat : device.threats.values()) {
        String id = threat.classification;
        boolean fits = classification(document, id) != null && !isWebContent(document, id);
        if (!fits && threat.pin == null && !pin) {
          return false;
        }
      }
    }
    return true;
  }

  // Section 6, the table: what happens.

  private void take(Map<String, Object> event, Map<String, Object> newPolicy) {
    Device device = find(devices, event, "device");
    switch (text(event, "type")) {
      case "CLOCK" -> {}
      case "POLICY_CHANGED" -> policyChanged(newPolicy, text(event, "mode"));
      case "DEVICE_ENROLLED" -> enrolled(event);
      case "DEVICE_MOVED" -> moved(device, text(event, "group"));
      case "DEVICE_DISCONNECTED" -> connected(device, false);
      case "DEVICE_RECONNECTED" -> connected(device, true);
      case "DEVICE_REMOVED" -> removed(device);
      case "THREAT_DETECTED" -> detected(device, event);
      case "THREAT_ENCOUNTERED" -> encountered(new Threat(device, event, now));
      case "THREAT_RESOLVED" -> resolved(device, text(event, "threat"));
      case "ISSUE_IGNORED" -> ignored(find(device.threats, event, "threat"), event);
      case "ISSUE_RESTORED" -> restored(find(device.threats, event, "threat"), event);
      default -> throw new IllegalArgumentException("unknown type of event: " + event.get("type"));
    }
  }

  private void enrolled(Map<String, Object> event) {
    Device device = new Device();
    device.id = text(event, "device");
    device.group = text(event, "group");
    device.platform = text(event, "platform");
    device.installedApps = list(event, "installedApps");
    devices.put(device.id, device);
    settle(device);
  }

  private void connected(Device device, boolean connected) {
    device.connected = connected;
    settle(device);
  }

  private void detected(Device device, Map<String, Object> event) {
    Threat threat = new Threat(device, event, now);
    Threat old = device.threats.get(threat.id);
    if (old != null && old.classification.equals(threat.classification)) {
      return;
    }
    if (old != null) {
      end(old, "RESOLVED");
    }
    device.threats.put(threat.id, threat);
    announce(threat, true);
    settle(device);
  }

  private void resolved(Device device, String id) {
    Threat threat = device.threats.get(id);
    if (threat != null) {
      end(threat, "RESOLVED");
    }
    settle(device);
  }

  private void end(Threat threat, String resolution) {
    if (threat.issue != Issue.NONE) {
      emit("ISSUE_RESOLVED", threat.device, threat, "resolution", resolution);
    }
    threat.device.threats.remove(threat.id);
  }

  private void encountered(Threat threat) {
    notifyDevice(threat);
    if (isLowOrAbove(level(threat))) {
      emit("ISSUE_OPENED", threat.device, threat, "riskLevel", level(threat));
      emit("ISSUE_RESOLVED", threat.device, threat, "resolution", "RESOLVED");
      mail(threat);
    }
  }

  private void ignored(Threat threat, Map<String, Object> event) {
    if (threat.issue == Issue.OPEN) {
      threat.issue = Issue.IGNORED;
      emit("ISSUE_IGNORED", threat.device, threat, "by", event.get("by"));
    }
    settle(threat.device);
  }

  private void restored(Threat threat, Map<String, Object> event) {
    threat.issue = Issue.OPEN;
    enter(threat, threat.rung);
    emit("ISSUE_RESTORED", threat.device, threat, "by", event.get("by"));
    notifyDevice(threat);
    if (!isLowOrAbove(level(threat))) {
      downgraded(threat);
    }
    settle(threat.device);
  }

  private void removed(Device device) {
    for (Threat threat : new ArrayList<>(device.threats.values())) {
      end(threat, "DEVICE_REMOVED");
    }
    change(device, NOTHING);
    devices.remove(device.id);
  }

  private void moved(Device device, String group) {
    Basis before = new Basis(policy, version, device.group);
    device.group = group;
    for (Threat threat : device.threats.values()) {
      Map<String, Object> old = rung(threat.pin != null ? threat.pin : before, threat);
      if (classification(policy, threat.classification) != null) { // else it stays pinned
        threat.pin = null;
        rerate(threat, old);
      }
    }
    settle(device);
  }

  // Section 6, "Modes" of a policy change.

  private void policyChanged(Map<String, Object> newPolicy, String mode) {
    Map<String, Object> oldPolicy = policy;
    policy = newPolicy;
    version++;
    for (Device device : devices.values()) {
      Basis before = new Basis(oldPolicy, version - 1, device.group);
      for (Threat threat : device.threats.values()) {
        if (threat.pin != null) {
          continue;
        }
        if ("PIN".equals(mode)) {
          threat.pin = before;
        } else if ("RESTART".equals(mode)) {
          enter(threat, 0);
          if (threat.issue != Issue.IGNORED) {
            announce(threat, true);
          }
        } else {
          rerate(threat, rung(before, threat));
        }
      }
      settle(device);
    }
  }

  // Section 6, "Re-rating": onto the ladder that now decides, from a rung under the old policy.

  private void rerate(Threat threat, Map<String, Object> old) {
    int oldRank = rank(text(old, "riskLevel"));
    List<Map<String, Object>> ladder = ladder(basis(threat), threat.classification);
    int place = 0;
    for (int r = 1; r < ladder.size(); r++) {
      if (rank(text(ladder.get(r), "riskLevel")) <= oldRank) {
        place = r;
      }
    }
    int newRank = rank(text(ladder.get(place), "riskLevel"));
    if (newRank == oldRank) {
      threat.rung = place;
      threat.notBefore = now;
    } else {
      enter(threat, place);
    }
    boolean sameResponse = text(ladder.get(place), "response").equals(text(old, "response"));
    if (threat.issue != Issue.IGNORED && (newRank != oldRank || !sameResponse)) {
      announce(threat, newRank >= oldRank);
    }
  }

  // Section 6, "Announce".

  private void announce(Threat threat, boolean withMail) {
    notifyDevice(threat);
    if (isLowOrAbove(level(threat))) {
      String type = threat.issue == Issue.OPEN ? "ISSUE_UPDATED" : "ISSUE_OPENED";
      emit(type, threat.device, threat, "riskLevel", level(threat));
      threat.issue = Issue.OPEN;
    } else if (threat.issue == Issue.OPEN) {
      downgraded(threat);
    }
    if (isLowOrAbove(level(threat)) && withMail) {
      mail(threat);
    }
  }

  private void notifyDevice(Threat threat) {
    String level = level(threat);
    String response = text(rung(basis(threat), threat), "response");
    if (!response.equals("DONT_ALERT") && !level.equals("NONE")) {
      Map<String, Object> message = message(threat);
      emit(
          "NOTIFY_DEVICE",
          threat.device,
          threat,
          "riskLevel",
          level,
          "response",
          response,
          "message",
          message);
    }
  }

  private void downgraded(Threat threat) {
    emit("ISSUE_RESOLVED", threat.device, threat, "resolution", "DOWNGRADED");
    threat.issue = Issue.NONE;
  }

  private void mail(Threat threat) {
    String level = level(threat);
    TreeSet<String> recipients = new TreeSet<>();
    for (Map<String, Object> administrator : maps(policy, "administrators")) {
      if (list(administrator, "notify").contains(level)) {
        recipients.add(text(administrator, "email"));
      }
    }
    if (!recipients.isEmpty()) {
      emit(
          "EMAIL_ADMINISTRATORS",
          threat.device,
          threat,
          "riskLevel",
          level,
          "recipients",
          new ArrayList<>(recipients));
    }
  }

  // Section 7: the desired state of a device.

  private void settle(Device device) {
    String risk = "NONE";
    TreeSet<String> responses = new TreeSet<>();
    for (Threat threat : device.threats.values()) {
      if (threat.issue != Issue.IGNORED) {
        risk = rank(level(threat)) > rank(risk) ? level(threat) : risk;
        responses.add(text(rung(basis(threat), threat), "response"));
      }
    }
    List<String> labels = labels(device, risk);
    String block = block(device, responses);
    List<String> domains = block.equals("DOMAINS") ? blockedDomains(device) : List.of();
    change(device, new State(block, domains, labels, actions(device, labels)));
  }

  private String block(Device device, Set<String> responses) {
    Map<String, Object> protection = map(nearest(policy, device.group, "onDeviceThreatProtection"));
    if (protection == null || !Boolean.TRUE.equals(protection.get("enabled"))) {
      return "";
    }
    if (responses.contains("BLOCK_INTERNET_AND_ALERT")) {
      return "INTERNET";
    }
    boolean domains = responses.contains("BLOCK_DOMAINS_AND_ALERT");
    return domains && !blockedDomains(device).isEmpty() ? "DOMAINS" : "";
  }

  /** Section 3: lower case, ASCII, no trailing dot, no duplicates, sorted. */
  private List<String> blockedDomains(Device device) {
    Map<String, Object> protection = map(nearest(policy, device.group, "onDeviceThreatProtection"));
    TreeSet<String> domains = new TreeSet<>();
    for (Object domain : list(protection, "blockedDomains")) {
      String ascii = IDN.toASCII(((String) domain).toLowerCase(Locale.ROOT));
      ascii = ascii.toLowerCase(Locale.ROOT);
      domains.add(ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii);
    }
    return new ArrayList<>(domains);
  }

  /** The names, in the order connectivity, security, risk. */
  private List<String> labels(Device device, String risk) {
    List<String> names = new ArrayList<>();
    if (!device.connected) {
      names.add(labelNames().get("DISCONNECTED"));
    }
    names.add(labelNames().get(isLowOrAbove(risk) ? "THREATS_PRESENT" : "SECURED"));
    if (isLowOrAbove(risk)) {
      names.add(labelNames().get(risk));
    }
    names.removeIf(name -> name == null);
    return names;
  }

  private Map<String, String> labelNames() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("LOW", "MES - Low Risk");
    names.put("MEDIUM", "MES - Moderate Risk");
    names.put("HIGH", "MES - High Risk");
    Map<String, Object> laidOver = map(policy.get("labels"));
    if (laidOver != null) {
      for (String state : laidOver.keySet()) {
        names.put(state, text(laidOver, state)); // null takes the label away
      }
    }
    return names;
  }

  // Section 7: the changes of a device's state.

  private void change(Device device, State after) {
    State before = device.state;
    device.state = after;
    if (after.block.isEmpty() && !before.block.isEmpty()) {
      emit("UNBLOCK", device, null);
    } else if (after.block.equals("INTERNET") && !before.block.equals("INTERNET")) {
      emit("BLOCK_INTERNET", device, null);
    } else if (after.block.equals("DOMAINS") && !after.domains.equals(before.domains)) {
      emit("BLOCK_DOMAINS", device, null, "domains", after.domains);
    }
    difference(device, "ADD_LABEL", "label", after.labels, before.labels);
    difference(device, "REMOVE_LABEL", "label", before.labels, after.labels);
    difference(device, "COMPLIANCE_ACTION_STARTED", "action", after.actions, before.actions);
    difference(device, "COMPLIANCE_ACTION_CEASED", "action", before.actions, after.actions);
  }

  /** One effect for each of the names that is not among the others. */
  private void difference(
      Device device,
      String type,
      String field,
      Collection<String> names,
      Collection<String> others) {
    for (String name : names) {
      if (!others.contains(name)) {
        emit(type, device, null, field, name);
      }
    }
  }

  // Section 9: from label to compliance action.

  private Set<String> actions(Device device, List<String> labels) {
    Map<String, Object> subject = null;
    for (Map<String, Object> candidate : maps(riskResponse(), "securityPolicies")) {
      List<Object> common = new ArrayList<>(list(candidate, "labels"));
      common.retainAll(labels);
      if (!common.isEmpty()
          && text(candidate, "status").equals("ACTIVE")
          && (subject == null || priority(candidate) < priority(subject))) {
        subject = candidate;
      }
    }
    TreeSet<String> actions = new TreeSet<>();
    if (subject == null) {
      return actions;
    }
    Map<String, Object> access = map(subject.get("accessControl"));
    for (Map<String, Object> rule : maps(riskResponse(), "appControlRules")) {
      if (list(access, "enabledRules").contains(rule.get("name")) && isViolated(rule, device)) {
        actions.add(text(access, "complianceAction"));
      }
    }
    Map<String, Object> disallowed = map(subject.get("disallowedDevices"));
    if (disallowed != null
        && device.platform.equals("IOS")
        && Boolean.TRUE.equals(disallowed.get("allIosDevices"))) {
      actions.add(text(disallowed, "complianceAction"));
    }
    return actions;
  }

  private static long priority(Map<String, Object> securityPolicy) {
    return ((Number) securityPolicy.get("priority")).longValue();
  }

  private static boolean isViolated(Map<String, Object> rule, Device device) {
    String app = text(rule, "app");
    boolean installed = device.installedApps.contains(app) && !app.equals("app does not exist");
    return List.of("ALL", device.platform).contains(text(rule, "platform"))
        && text(rule, "type").equals("DISALLOWED") == installed;
  }

  private Map<String, Object> riskResponse() {
    Object given = policy.get("riskResponse");
    if (!"standard".equals(given)) {
      return given == null ? Map.of() : map(given);
    }
    String trigger = "Threats Present Trigger";
    List<Object> policies = new ArrayList<>();
    int priority = 1;
    for (String level : List.of("HIGH", "MEDIUM", "LOW")) {
      String name = "MES " + (level.equals("MEDIUM") ? "Moderate" : levelName(level)) + " Risk";
      String label = labelNames().get(level);
      if (label != null) {
        policies.add(
            Map.of(
                "name",
                name,
                "status",
                "ACTIVE",
                "priority",
                priority,
                "labels",
                List.of(label),
                "accessControl",
                Map.of("complianceAction", name, "enabledRules", List.of(trigger)),
                "disallowedDevices",
                Map.of("complianceAction", name, "allIosDevices", true)));
        priority++;
      }
    }
    Map<String, Object> rule =
        Map.of("name", trigger, "type", "REQUIRED", "app", "app does not exist", "platform", "ALL");
    return Map.of("appControlRules", List.of(rule), "securityPolicies", policies);
  }

  // Section 2: groups and inheritance. Section 11: classifications.

  private Basis basis(Threat threat) {
    return threat.pin != null ? threat.pin : new Basis(policy, version, threat.device.group);
  }

  /** The group and its ancestors, the root last. */
  private static List<Map<String, Object>> path(Map<String, Object> document, String groupId) {
    List<Map<String, Object>> path = new ArrayList<>();
    for (String id = groupId; id != null; ) {
      Map<String, Object> group = withId(maps(document, "groups"), id);
      path.add(group);
      id = text(group, "parent");
    }
    return path;
  }

  private static Object nearest(Map<String, Object> document, String groupId, String field) {
    for (Map<String, Object> group : path(document, groupId)) {
      if (group.get(field) != null) {
        return group.get(field);
      }
    }
    return null;
  }

  /** The rungs that a group itself gives for a classification: none if it has no own policy. */
  private static List<Map<String, Object>> ownLadder(Map<String, Object> group, String id) {
    Map<String, Object> policies = map(group.get("policies"));
    return policies == null || policies.get(id) == null ? List.of() : rungs(map(policies.get(id)));
  }

  private static List<Map<String, Object>> rungs(Map<String, Object> basePolicy) {
    List<Map<String, Object>> rungs = new ArrayList<>();
    rungs.add(basePolicy);
    rungs.addAll(maps(basePolicy, "escalations"));
    return rungs;
  }

  /** The id of the group whose policy is the effective one; null if it is the catalogue's. */
  private static String owner(Basis basis, String classification) {
    for (Map<String, Object> group : path(basis.document, basis.group)) {
      if (!ownLadder(group, classification).isEmpty()) {
        return text(group, "id");
      }
    }
    return null;
  }

  private List<Map<String, Object>> ladder(Basis basis, String classification) {
    String owner = owner(basis, classification);
    return owner != null
        ? ownLadder(withId(maps(basis.document, "groups"), owner), classification)
        : rungs(classification(basis.document, classification));
  }

  private Map<String, Object> rung(Basis basis, Threat threat) {
    return ladder(basis, threat.classification).get(threat.rung);
  }

  private String level(Threat threat) {
    return text(rung(basis(threat), threat), "riskLevel");
  }

  private Map<String, Object> classification(Map<String, Object> document, String id) {
    Map<String, Object> own = withId(maps(document, "classifications"), id);
    return own != null ? own : withId(catalogue, id);
  }

  private boolean isWebContent(Map<String, Object> document, String id) {
    return text(classification(document, id), "threatType").equals("WEB_CONTENT");
  }

  private static int rank(String level) {
    return LEVELS.indexOf(level);
  }

  private static String levelName(String level) {
    return LEVEL_NAMES.get(rank(level));
  }

  private static boolean isLowOrAbove(String level) {
    return rank(level) >= rank("LOW");
  }

  // Section 5: messages.

  private Map<String, Object> message(Threat threat) {
    Basis basis = basis(threat);
    Map<String, String> values = placeholders(threat);
    Map<String, Object> custom = customMessage(basis, threat.classification, threat.rung);
    if (custom == null) {
      custom = customMessage(basis, threat.classification, 0);
    }
    Map<String, Object> message = new LinkedHashMap<>();
    for (String section : List.of("description", "howToFix")) {
      message.put(section, custom == null ? null : render(text(custom, section), values));
    }
    String notice = (String) nearest(basis.document, basis.group, "defaultNotice");
    if (notice != null) {
      message.put("notice", render(notice, values));
    }
    return message;
  }

  /** Rules 1 and 2: the message on this rung of the owner, or else of an ancestor of it. */
  private static Map<String, Object> customMessage(Basis basis, String classification, int rung) {
    for (Map<String, Object> group : path(basis.document, owner(basis, classification))) {
      List<Map<String, Object>> ladder = ownLadder(group, classification);
      if (rung < ladder.size() && ladder.get(rung).get("message") != null) {
        return map(ladder.get(rung).get("message"));
      }
    }
    return null;
  }

  private Map<String, String> placeholders(Threat threat) {
    Basis basis = basis(threat);
    Map<String, Object> group = withId(maps(basis.document, "groups"), basis.group);
    Map<String, Object> classification = classification(basis.document, threat.classification);
    int above = rungsAbove(threat);
    Instant last = above == 0 ? null : due(threat, above);
    Instant next = above == 0 ? null : due(threat, 1);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("daysLeft", daysUntil(last));
    values.put("deadline", date(basis, last));
    values.put("daysToNextStep", daysUntil(next));
    values.put("nextStep", date(basis, next));
    values.put("device", threat.device.id);
    values.put("group", text(group, group.get("name") != null ? "name" : "id"));
    values.put("classification", text(classification, "displayName"));
    values.put("riskLevel", levelName(level(threat)));
    return values;
  }

  private String daysUntil(Instant instant) {
    Duration left = instant == null ? Duration.ZERO : Duration.between(now, instant);
    long days = left.dividedBy(DAY);
    return String.valueOf(DAY.multipliedBy(days).equals(left) ? days : days + 1);
  }

  private static String date(Basis basis, Instant instant) {
    String zone = text(basis.document, "timeZone");
    ZoneId timeZone = ZoneId.of(zone == null ? "UTC" : zone);
    return instant == null ? "" : DATE.format(instant.atZone(timeZone));
  }

  /** Reads a valid template once, from left to right. */
  private static String render(String template, Map<String, String> values) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < template.length()) {
      if (template.startsWith("{{", i) || template.startsWith("}}", i)) {
        out.append(template.charAt(i));
        i += 2;
      } else if (template.charAt(i) == '{') {
        int close = template.indexOf('}', i);
        out.append(values.get(template.substring(i + 1, close)));
        i = close + 1;
      } else {
        out.append(template.charAt(i));
        i++;
      }
    }
    return out.toString();
  }

  // Section 8, and "Effects" of the documents: the fields in order.

  /** Adds an effect; threat may be null, further are names and values, absent where null. */
  private void emit(String type, Device device, Threat threat, Object... further) {
    Map<String, Object> effect = new LinkedHashMap<>();
    effect.put("at", now.toString());
    effect.put("type", type);
    effect.put("device", device == null ? null : device.id);
    if (threat != null) {
      effect.put("threat", threat.id);
      effect.put("classification", threat.classification);
    }
    for (int i = 0; i < further.length; i += 2) {
      effect.put((String) further[i], further[i + 1]);
    }
    effect.put("cause", cause);
    if (threat != null) {
      effect.put("rung", threat.rung);
      effect.put("policyGroup", owner(basis(threat), threat.classification));
      effect.put("policyVersion", basis(threat).version);
    }
    effect.values().removeIf(value -> value == null);
    effects.add(effect);
  }

  // Reading JSON-like values: absent and null are the same, except under labels.

  private static String text(Map<String, Object> object, String field) {
    return (String) object.get(field);
  }

  @SuppressWarnings("unchecked") // a JSON object has strings as keys
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked") // a JSON array holds any values
  private static List<Object> list(Map<String, Object> object, String field) {
    Object value = object == null ? null : object.get(field);
    return value == null ? List.of() : (List<Object>) value;
  }

  private static List<Map<String, Object>> maps(Map<String, Object> object, String field) {
    List<Map<String, Object>> maps = new ArrayList<>();
    for (Object value : list(object, field)) {
      maps.add(map(value));
    }
    return maps;
  }

  private static Map<String, Object> withId(List<Map<String, Object>> objects, String id) {
    for (Map<String, Object> object : objects) {
      if (object.get("id").equals(id)) {
        return object;
      }
    }
    return null;
  }

  private static <T> T find(Map<String, T> objects, Map<String, Object> event, String field) {
    return event.get(field) == null ? null : objects.get(text(event, field));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
