package io.riskladder.core.mdm;

import io.riskladder.core.mdm.SecurityPolicy.AccessControl;
import io.riskladder.core.mdm.SecurityPolicy.DisallowedDevices;
import java.util.List;

/** The vendor's own procedure as a plan (rules, section 9, the standard plan). */
final class StandardPlan {
  private static final String TRIGGER = "Threats Present Trigger";

  /** Highest first, so that the place in the list is the priority, less one. */
  private static final List<Level> LEVELS =
      List.of(
          new Level(LabelState.HIGH, "MES High Risk", true),
          new Level(LabelState.MEDIUM, "MES Moderate Risk", false),
          new Level(LabelState.LOW, "MES Low Risk", false));

  private record Level(LabelState state, String name, boolean locksOut) {}

  private StandardPlan() {}

  static RiskResponsePlan of(LabelScheme labels) {
    RiskResponsePlan.Builder plan =
        RiskResponsePlan.builder()
            .addAppControlRule(
                AppControlRule.builder()
                    .name(TRIGGER)
                    .type(AppControlRule.Type.REQUIRED)
                    .app(AppControlRule.NO_SUCH_APP)
                    .platform(AppControlRule.Scope.ALL)
                    .build());
    for (int i = 0; i < LEVELS.size(); i++) {
      Level level = LEVELS.get(i);
      int priority = i + 1;
      labels
          .name(level.state)
          .ifPresent(
              label ->
                  plan.addComplianceAction(action(level))
                      .addSecurityPolicy(policy(level, label, priority)));
    }
    return plan.build();
  }

  private static ComplianceAction action(Level level) {
    return ComplianceAction.builder()
        .name(level.name)
        .sendAlert(true)
        .blockAccess(level.locksOut)
        .quarantine(level.locksOut)
        .build();
  }

  private static SecurityPolicy policy(Level level, String label, int priority) {
    return SecurityPolicy.builder()
        .name(level.name)
        .status(SecurityPolicy.Status.ACTIVE)
        .priority(priority)
        .addLabel(label)
        .accessControl(new AccessControl(level.name, List.of(TRIGGER)))
        .disallowedDevices(new DisallowedDevices(level.name, true))
        .build();
  }
}
