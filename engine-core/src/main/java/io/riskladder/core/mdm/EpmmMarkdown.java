package io.riskladder.core.mdm;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import io.riskladder.core.mdm.SetUpStep.AddAppControlRule;
import io.riskladder.core.mdm.SetUpStep.AddComplianceAction;
import io.riskladder.core.mdm.SetUpStep.AddSecurityPolicy;
import io.riskladder.core.mdm.SetUpStep.ApplyToLabel;
import io.riskladder.core.mdm.SetUpStep.CreateLabel;
import io.riskladder.core.mdm.SetUpStep.SetPriority;
import io.riskladder.core.risk.RiskLevel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A set-up plan by the paths and fields of Ivanti EPMM's console, in Markdown. Every text of the
 * tenant's is in a code span, and never first in a block, so it cannot change the structure.
 */
final class EpmmMarkdown {
  /** Stands for a character that would disturb the page. */
  private static final char REPLACEMENT = '\uFFFD';

  private static final String INTRODUCTION =
      "Riskladder puts labels on devices and takes them off again. These steps make Ivanti EPMM act"
          + " on the labels. Go from top to bottom, for each step needs the ones before it. Tick a"
          + " box when the step is done, or when it is there already with exactly these values."
          + " Enter what stands `like this` character by character; **bold** words are the"
          + " console's own.";

  private static final String LABELS =
      "A name exists only once in the whole of EPMM, whatever the device space: each of these has"
          + " to be free, or to be the very label that is meant. Give no filter criteria, since"
          + " Riskladder can put only manual labels on devices. If a new label is listed with the"
          + " type filter, put it on any device by hand and take it off again; that makes it"
          + " manual.";

  private static final String NO_STATE =
      "Riskladder never puts this label on a device, because no state in the policy document"
          + " carries it. If it is not misspelt there, it has to come onto devices in another way.";

  private static final String ALERTS =
      "An alert goes to those whom a policy violations event names (**Logs > Event Settings**)."
          + " Have one before policies are applied to labels: a device that is in violation before"
          + " there is such an event may cause no alert.";

  private static final String POLICIES =
      "A device is subject to one security policy at a time. While one of these is in force, the"
          + " usual one is not, so give the rest of the form (password, encryption and so on) the"
          + " values that it has there.";

  private static final String PRIORITIES =
      "EPMM takes no numbers: in a policy's **Priority**, say what it is higher or lower than."
          + " This is the order, from the highest on; the numbers are the policy document's.";

  private static final String CHECK =
      "Take a test device of each platform and bring it into each of these states: let a harmless"
          + " threat be found, or put on the labels named and take off all others of this plan by"
          + " hand. Then let it check in, for that is when EPMM looks at it. Labels from elsewhere"
          + " may subject a device to other policies, so a test device should have none.";

  private final SetUpPlan plan;
  private final StringBuilder out = new StringBuilder();
  private int step;
  private int box;

  private EpmmMarkdown(SetUpPlan plan) {
    this.plan = plan;
  }

  static String of(SetUpPlan plan, String forWhom) {
    return new EpmmMarkdown(plan).write(forWhom);
  }

  private String write(String forWhom) {
    out.append("# Setting up Ivanti EPMM").append(forWhom).append('\n');
    if (plan.steps().isEmpty()) {
      paragraph(
          "There is nothing to set up: no state has a label, and there are no other objects.");
      return out.toString();
    }
    paragraph(INTRODUCTION);
    labels();
    appControlRules();
    complianceActions();
    securityPolicies();
    associations();
    priorities();
    check();
    return out.toString();
  }

  // The steps.

  private void labels() {
    List<CreateLabel> labels = plan.steps(CreateLabel.class);
    if (labels.isEmpty()) {
      untold(labels).ifPresent(this::paragraph);
      return;
    }
    heading("Labels");
    paragraph("**Devices & Users > Labels > Add Label**, then **Save**.");
    paragraph(LABELS);
    untold(labels).ifPresent(this::paragraph);
    startBoxes();
    for (CreateLabel label : labels) {
      box("**Name** " + code(label.name()));
      detail(
          label
              .state()
              .map(state -> "Riskladder puts it on devices " + devices(state) + ".")
              .orElse(NO_STATE));
    }
  }

  private static Optional<String> untold(List<CreateLabel> labels) {
    List<String> levels =
        Stream.of(LabelState.LOW, LabelState.MEDIUM, LabelState.HIGH)
            .filter(state -> labels.stream().noneMatch(l -> l.state().equals(Optional.of(state))))
            .map(state -> level(RiskLevel.valueOf(state.name())))
            .toList();
    return levels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "EPMM does not hear of risk levels without a label, here: "
                + String.join(", ", levels)
                + ".");
  }

  private static String devices(LabelState state) {
    return switch (state) {
      case LOW, MEDIUM, HIGH ->
          "whose highest threat is at " + level(RiskLevel.valueOf(state.name()));
      case DISCONNECTED -> "that are disconnected";
      case SECURED -> "without a threat at " + level(RiskLevel.LOW) + " or above";
      case THREATS_PRESENT -> "with a threat at " + level(RiskLevel.LOW) + " or above";
    };
  }

  private static String level(RiskLevel level) {
    return level == RiskLevel.MEDIUM ? "Medium (Moderate)" : level.displayName();
  }

  private void appControlRules() {
    List<AddAppControlRule> rules = plan.steps(AddAppControlRule.class);
    if (rules.isEmpty()) {
      return;
    }
    heading("App control rules");
    paragraph("**Apps > App Control > Add**, then **Save**.");
    startBoxes();
    for (AddAppControlRule added : rules) {
      AppControlRule rule = added.rule();
      box("**Name** " + code(rule.name()));
      detail("**Type** " + type(rule.type()));
      detail("**App** Identifier Equals " + code(rule.app()));
      detail(
          "**Device Platform** "
              + switch (rule.platform()) {
                case ALL -> "All";
                case ANDROID -> Platform.ANDROID.displayName();
                case IOS -> Platform.IOS.displayName();
              });
      if (rule.app().equals(AppControlRule.NO_SUCH_APP)) {
        detail(
            switch (rule.type()) {
              case REQUIRED ->
                  "No device has this app, so all these devices violate the rule, always.";
              case DISALLOWED -> "No device has this app, so no device ever violates the rule.";
            });
      }
    }
  }

  private static String type(AppControlRule.Type type) {
    return switch (type) {
      case REQUIRED -> "Required";
      case DISALLOWED -> "Disallowed";
    };
  }

  private void complianceActions() {
    List<AddComplianceAction> actions = plan.steps(AddComplianceAction.class);
    if (actions.isEmpty()) {
      return;
    }
    heading("Compliance actions");
    paragraph("**Policies & Configs > Compliance Actions > Add+**, then **Save**.");
    paragraph("Each has one tier, which does not wait.");
    if (actions.stream().anyMatch(added -> added.action().sendAlert())) {
      paragraph(ALERTS);
    }
    if (actions.stream().anyMatch(added -> added.action().quarantine())) {
      paragraph(
          "What quarantine removes from a device is not in the policy document; choose what suits"
              + " the organisation.");
    }
    startBoxes();
    for (AddComplianceAction added : actions) {
      ComplianceAction action = added.action();
      box("**Name** " + code(action.name()));
      detail("**Alert** " + onOrOff(action.sendAlert()));
      detail("**Block Access** " + onOrOff(action.blockAccess()));
      detail("**Quarantine** " + onOrOff(action.quarantine()));
    }
  }

  private static String onOrOff(boolean option) {
    return option ? "on" : "off";
  }

  private void securityPolicies() {
    List<AddSecurityPolicy> policies = plan.steps(AddSecurityPolicy.class);
    if (policies.isEmpty()) {
      return;
    }
    heading("Security policies");
    paragraph("**Policies & Configs > Policies > Add New > Security**, then **Save**.");
    paragraph(POLICIES);
    Map<String, AppControlRule.Type> typeOfRule =
        plan.steps(AddAppControlRule.class).stream()
            .collect(toMap(added -> added.rule().name(), added -> added.rule().type()));
    startBoxes();
    for (AddSecurityPolicy added : policies) {
      SecurityPolicy policy = added.policy();
      box("**Name** " + code(policy.name()));
      detail(
          switch (policy.status()) {
            case ACTIVE -> "**Status** Active";
            case INACTIVE -> "**Status** Inactive: EPMM does as though the policy were not there";
          });
      policy
          .accessControl()
          .ifPresentOrElse(
              control -> accessControl(control, typeOfRule),
              () -> detail("**Access Control > For All Platforms** no app control rules"));
      detail(
          policy
              .disallowedDevices()
              .map(EpmmMarkdown::disallowedDevices)
              .orElse("**Access Control > For iOS devices** no disallowed devices"));
    }
  }

  private void accessControl(AccessControl control, Map<String, AppControlRule.Type> typeOfRule) {
    detail(
        "**Access Control > For All Platforms** "
            + code(control.complianceAction())
            + " **when a device violates following App Control rules**");
    for (AppControlRule.Type type : AppControlRule.Type.values()) {
      List<String> rules =
          control.enabledRules().stream()
              .distinct()
              .filter(rule -> type.equals(typeOfRule.get(rule)))
              .toList();
      if (!rules.isEmpty()) {
        furtherDetail("Rule type **" + type(type) + "**, to the **Enabled** list: " + codes(rules));
      }
    }
    if (control.enabledRules().isEmpty()) {
      furtherDetail("Leave the **Enabled** list empty");
    }
  }

  private static String disallowedDevices(DisallowedDevices disallowed) {
    return "**Access Control > For iOS devices** "
        + code(disallowed.complianceAction())
        + " **for the following disallowed devices**, "
        + (disallowed.allIosDevices() ? "all devices" : "no device")
        + " moved to **Disallowed**";
  }

  private void associations() {
    List<ApplyToLabel> associations = plan.steps(ApplyToLabel.class);
    if (associations.isEmpty()) {
      return;
    }
    heading("Labels of the security policies");
    paragraph("**Policies & Configs > Policies**, tick the policy, **Actions > Apply to Label**.");
    startBoxes();
    for (ApplyToLabel applied : associations) {
      box(code(applied.policy()) + " to the label " + code(applied.label()));
      if (applied.state().isEmpty()) {
        detail("Nobody gets the policy by this label from Riskladder, which never puts it on.");
      }
    }
  }

  private void priorities() {
    List<SecurityPolicy> policies =
        plan.steps(AddSecurityPolicy.class).stream().map(AddSecurityPolicy::policy).toList();
    if (policies.isEmpty()) {
      return;
    }
    heading("Priorities of the security policies");
    paragraph("**Policies & Configs > Policies**, edit the policy, **Priority**, then **Save**.");
    paragraph(PRIORITIES);
    startBoxes();
    box(
        code(policies.get(0).name())
            + " (1)"
            + (policies.size() == 1 ? ": the only one" : ": the highest of these"));
    List<SetPriority> priorities = plan.steps(SetPriority.class);
    for (int i = 0; i < priorities.size(); i++) {
      SetPriority priority = priorities.get(i);
      box(
          code(priority.policy())
              + " ("
              + policies.get(i + 1).priority()
              + "): **Lower than** "
              + code(priority.lowerThan()));
    }
    box(
        "Every other custom security policy that such a device may have: **Lower than** "
            + code(policies.get(policies.size() - 1).name())
            + "; above, it would keep these from taking effect");
  }

  // The check.

  private void check() {
    heading("Check");
    paragraph(CHECK);
    Map<List<String>, List<TryOut>> byLabels =
        plan.tryOuts().stream().collect(groupingBy(TryOut::labels, LinkedHashMap::new, toList()));
    for (List<TryOut> sameLabels : byLabels.values()) {
      out.append("\n### ").append(state(sameLabels.get(0))).append('\n');
      paragraph(labelsOf(sameLabels.get(0)) + " " + policyOf(sameLabels.get(0)));
      startBoxes();
      for (TryOut tryOut : sameLabels) {
        box(tryOut.platform().displayName() + apps(tryOut) + ": " + actionsOf(tryOut.actions()));
      }
    }
    if (plan.tryOuts().stream().anyMatch(tryOut -> !tryOut.actions().isEmpty())) {
      paragraph(
          "When a label comes off, its policy ceases to apply and the compliance action ends, at"
              + " the next check-in.");
    }
  }

  private static String state(TryOut tryOut) {
    String threat = tryOut.risk().isReported() ? "Threat at " + level(tryOut.risk()) : "No threat";
    return tryOut.connected() ? threat : threat + ", disconnected";
  }

  private static String labelsOf(TryOut tryOut) {
    return tryOut.labels().isEmpty()
        ? "The device has no label of this plan."
        : "The device has the "
            + (tryOut.labels().size() == 1 ? "label " : "labels ")
            + codes(tryOut.labels())
            + ", and no other of this plan.";
  }

  private static String policyOf(TryOut tryOut) {
    List<SecurityPolicy> policies = tryOut.policies();
    if (policies.isEmpty()) {
      return "No security policy of this plan is in force"
          + (tryOut.labels().isEmpty()
              ? "."
              : ": no active one is applied to a label of the device.");
    }
    SecurityPolicy inForce = policies.get(0);
    String reason =
        policies.size() == 1
            ? ": no other active one is applied to a label of the device."
            : ": its priority ("
                + inForce.priority()
                + ") is higher than that of "
                + policies.stream()
                    .skip(1)
                    .map(policy -> code(policy.name()) + " (" + policy.priority() + ")")
                    .collect(joining(", "))
                + ".";
    return "The security policy " + code(inForce.name()) + " is in force" + reason;
  }

  private static String apps(TryOut tryOut) {
    return apps(" with ", tryOut.installedApps()) + apps(" without ", tryOut.absentApps());
  }

  private static String apps(String how, Collection<String> apps) {
    return apps.isEmpty() ? "" : how + (apps.size() == 1 ? "the app " : "the apps ") + codes(apps);
  }

  private static String actionsOf(List<ComplianceAction> actions) {
    return actions.isEmpty()
        ? "no compliance action"
        : actions.stream()
            .map(action -> code(action.name()) + " (" + does(action) + ")")
            .collect(joining(" and "));
  }

  private static String does(ComplianceAction action) {
    List<String> options = new ArrayList<>();
    if (action.sendAlert()) {
      options.add("sends an alert");
    }
    if (action.blockAccess()) {
      options.add("blocks access");
    }
    if (action.quarantine()) {
      options.add("quarantines");
    }
    return options.isEmpty() ? "does nothing" : String.join(", ", options);
  }

  // Markdown.

  private void heading(String text) {
    step++;
    box = 0;
    out.append("\n## ").append(step).append(". ").append(text).append('\n');
  }

  private void paragraph(String text) {
    out.append('\n').append(text).append('\n');
  }

  private void startBoxes() {
    out.append('\n');
  }

  private void box(String text) {
    box++;
    out.append("- [ ] ").append(step).append('.').append(box).append(": ").append(text);
    out.append('\n');
  }

  private void detail(String text) {
    out.append("  - ").append(text).append('\n');
  }

  private void furtherDetail(String text) {
    out.append("    - ").append(text).append('\n');
  }

  private static String codes(Collection<String> texts) {
    return texts.stream().map(EpmmMarkdown::code).collect(joining(", "));
  }

  /**
   * {@return the text as a code span, fenced by more backticks than it has in a row} Characters
   * that turn the direction of what follows, or break lines, are replaced and named behind it.
   */
  static String code(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    List<String> replaced = new ArrayList<>();
    text.codePoints()
        .forEach(
            c -> {
              if (isUnsafe(c)) {
                shown.append(REPLACEMENT);
                replaced.add(String.format(Locale.ROOT, "U+%04X", c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    String fence = "`".repeat(longestRunOfBackticks(shown) + 1);
    char first = shown.charAt(0);
    char last = shown.charAt(shown.length() - 1);
    // without these, backticks would join the fence, and one space at each end would be dropped
    boolean padded = first == '`' || last == '`' || (first == ' ' && last == ' ');
    String pad = padded ? " " : "";
    String span = fence + pad + shown + pad + fence;
    return replaced.isEmpty()
        ? span
        : span + " (" + REPLACEMENT + " stands for " + String.join(", ", replaced) + ")";
  }

  private static int longestRunOfBackticks(CharSequence text) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static boolean isUnsafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    };
  }
}
