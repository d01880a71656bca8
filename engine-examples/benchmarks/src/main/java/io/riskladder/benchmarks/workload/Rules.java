package io.riskladder.benchmarks.workload;

import io.riskladder.core.mdm.RiskResponse;
import io.riskladder.core.policy.Administrator;
import io.riskladder.core.policy.ClassificationPolicy;
import io.riskladder.core.policy.CustomMessage;
import io.riskladder.core.policy.DeviceGroup;
import io.riskladder.core.policy.Escalation;
import io.riskladder.core.policy.OnDeviceThreatProtection;
import io.riskladder.core.policy.PolicySet;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import io.riskladder.core.threat.Catalogue;
import io.riskladder.core.threat.Classification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The tenant's policies: a root and 50 groups, each with its own ladder for each of 30
 * classifications. Told twice: plainly, and as a policy set.
 */
public final class Rules {
  /** How many groups devices are in. */
  public static final int GROUPS = 50;

  /** How many classifications threats are of. */
  public static final int CLASSIFICATIONS = 30;

  /** The lowest level that administrators and the MDM hear of. */
  public static final int LOW = 2;

  /** The highest level. */
  public static final int HIGH = 4;

  /** What every policy says at its base. */
  public static final String DESCRIPTION = "This phone needs you: {daysLeft} days are left.";

  /** What every policy advises at its base. */
  public static final String HOW_TO_FIX = "Open the settings and follow what they say.";

  private static final int ADVISORY = 1;
  private static final List<RiskLevel> LEVELS = List.of(RiskLevel.values());
  private static final String ROOT = "root";
  private static final Duration WAIT = Duration.ofDays(7);
  private static final List<String> LABELS =
      List.of("", "", "MES - Low Risk", "MES - Moderate Risk", "MES - High Risk");
  private static final List<String> ACTIONS =
      List.of("", "", "MES Low Risk", "MES Moderate Risk", "MES High Risk");

  private final List<String> groups = new ArrayList<>();
  private final List<String> classifications =
      Catalogue.builtIn().values().stream()
          .filter(classification -> !classification.isWebContent())
          .map(Classification::id)
          .limit(CLASSIFICATIONS)
          .toList();

  /** Makes the one set of rules. */
  public Rules() {
    for (int i = 0; i < GROUPS; i++) {
      groups.add(String.format(Locale.ROOT, "g%02d", i));
    }
  }

  /** {@return the ids of the groups that devices are in} */
  public List<String> groups() {
    return List.copyOf(groups);
  }

  /** {@return the ids of the classifications} */
  public List<String> classifications() {
    return classifications;
  }

  /** {@return the one domain that is blocked where domains are} */
  public String domain() {
    return "acme.example";
  }

  /** {@return the address of the one administrator, who wants mail for every level from LOW up} */
  public String administrator() {
    return "secops@acme.example";
  }

  /**
   * {@return the label of a level from LOW up}
   *
   * @param level the level
   */
  public String label(int level) {
    return LABELS.get(level);
  }

  /**
   * {@return the compliance action of a level from LOW up}
   *
   * @param level the level
   */
  public String action(int level) {
    return ACTIONS.get(level);
  }

  /**
   * {@return the ladder of a group for a classification, base first}
   *
   * @param group the group's place in {@link #groups}
   * @param classification the classification's place in {@link #classifications}
   */
  public List<Step> ladder(int group, int classification) {
    int pair = CLASSIFICATIONS * group + classification;
    int base = pair % 4 == 0 ? LOW : ADVISORY;
    List<Step> steps = new ArrayList<>();
    for (int level = base; level <= HIGH; level++) {
      Response response =
          level == HIGH && pair % 2 == 1 ? Response.BLOCK_DOMAINS_AND_ALERT : Response.ALERT_DEVICE;
      steps.add(
          new Step(
              level == base ? 0 : WAIT.toSeconds(),
              level,
              response.name(),
              response.alerts(),
              response == Response.BLOCK_DOMAINS_AND_ALERT));
    }
    return List.copyOf(steps);
  }

  /**
   * {@return a level's number}
   *
   * @param level the level
   */
  @SuppressWarnings("EnumOrdinal") // the order of the constants is documented to be that of levels
  public static int number(RiskLevel level) {
    return level.ordinal();
  }

  /** {@return the same as a policy set} */
  public PolicySet policySet() {
    PolicySet.Builder set =
        PolicySet.builder()
            .riskResponse(RiskResponse.standard())
            .addAdministrator(
                new Administrator(
                    administrator(), Set.of(RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH)))
            .addGroup(
                DeviceGroup.builder()
                    .id(ROOT)
                    .onDeviceThreatProtection(new OnDeviceThreatProtection(true, List.of(domain())))
                    .build());
    for (int i = 0; i < GROUPS; i++) {
      DeviceGroup.Builder group = DeviceGroup.builder().id(groups.get(i)).parent(ROOT);
      for (int j = 0; j < CLASSIFICATIONS; j++) {
        group.putPolicy(classifications.get(j), policy(ladder(i, j)));
      }
      set.addGroup(group.build());
    }
    return set.build();
  }

  private static ClassificationPolicy policy(List<Step> ladder) {
    Step base = ladder.get(0);
    ClassificationPolicy.Builder policy =
        ClassificationPolicy.builder()
            .riskLevel(LEVELS.get(base.level()))
            .response(Response.valueOf(base.response()))
            .message(CustomMessage.of(DESCRIPTION, HOW_TO_FIX));
    for (Step step : ladder.subList(1, ladder.size())) {
      policy.addEscalation(
          Escalation.builder()
              .after(Duration.ofSeconds(step.waitSeconds()))
              .riskLevel(LEVELS.get(step.level()))
              .response(Response.valueOf(step.response()))
              .build());
    }
    return policy.build();
  }
}
