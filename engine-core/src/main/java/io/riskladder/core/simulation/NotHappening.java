package io.riskladder.core.simulation;

import io.riskladder.core.internal.Checks;
import io.riskladder.core.mdm.LabelState;
import io.riskladder.core.risk.BlockStrength;
import io.riskladder.core.risk.RiskLevel;

/**
 * Something that one might expect of a device or a threat, that does not happen, and why. Each fact
 * matters: were it otherwise, the thing would happen.
 */
public sealed interface NotHappening {

  /** {@return the fact in one sentence} */
  String sentence();

  /** An administrator ignores the issue: the threat counts for nothing, and its ladder stops. */
  record IssueIgnored() implements NotHappening {
    @Override
    public String sentence() {
      return "It counts for nothing and climbs no further, as an administrator ignores its issue.";
    }
  }

  /**
   * The level is below LOW: no issue, no mail, no label (rules, section 6).
   *
   * @param level the threat's level
   */
  record NotReported(RiskLevel level) implements NotHappening {
    @Override
    public String sentence() {
      return "Administrators and the MDM do not hear of it: no issue, no mail, no label, as "
          + level.displayName()
          + " is below Low.";
    }
  }

  /** The response alerts nobody, or the level is NONE. */
  record UserNotAlerted() implements NotHappening {
    @Override
    public String sentence() {
      return "Its user is not alerted, as the response at this step does not alert.";
    }
  }

  /**
   * No administrator wants mail for the level.
   *
   * @param level the threat's level
   */
  record NobodyWantsMail(RiskLevel level) implements NotHappening {
    @Override
    public String sentence() {
      return "No mail goes out, as no administrator wants any for " + level.displayName() + ".";
    }
  }

  /**
   * The response asks for a block that the group's on-device threat protection does not allow.
   *
   * @param block what it asks for
   * @param protectionOff whether protection is off; otherwise it lists no domain
   */
  record BlockFallsAway(BlockStrength block, boolean protectionOff) implements NotHappening {
    @Override
    public String sentence() {
      return (block == BlockStrength.INTERNET ? "The internet" : "The company's sites")
          + (block == BlockStrength.INTERNET ? " is" : " are")
          + " not blocked over it, as on-device threat protection "
          + (protectionOff ? "is off for the group." : "lists no domain for the group.");
    }
  }

  /**
   * Another threat of the device is at a higher level, so the device's risk and label are that
   * one's.
   *
   * @param threat the id of the other threat
   * @param level the level of the other threat
   */
  record RiskOutranked(String threat, RiskLevel level) implements NotHappening {
    @Override
    public String sentence() {
      return "It does not decide the device's risk, as threat "
          + Checks.excerpt(threat)
          + " is at "
          + level.displayName()
          + ".";
    }
  }

  /**
   * Another threat of the device has a stronger block, so this one's makes no difference.
   *
   * @param threat the id of the other threat
   */
  record BlockOutranked(String threat) implements NotHappening {
    @Override
    public String sentence() {
      return "Its block makes no difference, as threat "
          + Checks.excerpt(threat)
          + " has the internet blocked.";
    }
  }

  /** The threat is on the last rung of its ladder. */
  record LastRung() implements NotHappening {
    @Override
    public String sentence() {
      return "It climbs no further, as this is the last step of its ladder.";
    }
  }

  /**
   * The threat keeps an older policy, whatever the present one says.
   *
   * @param version the version that it keeps
   * @param presentVersion the version in force
   */
  record PresentPolicyNotApplied(int version, int presentVersion) implements NotHappening {
    @Override
    public String sentence() {
      return "The policies in force (version "
          + presentVersion
          + ") do not decide on it, as it is pinned to version "
          + version
          + " until it ends or its device moves.";
    }
  }

  /**
   * What the device is has no label, so that the MDM does not hear of it.
   *
   * @param state what it is
   */
  record NoLabel(LabelState state) implements NotHappening {
    @Override
    public String sentence() {
      return "The MDM does not hear that the device is "
          + (state == LabelState.DISCONNECTED ? "disconnected" : "at " + level(state) + " risk")
          + ", as no label is named for it.";
    }

    private static String level(LabelState risk) {
      return RiskLevel.valueOf(risk.name()).displayName();
    }
  }

  /** The policy set says nothing of what is set up in the MDM. */
  record NoRiskResponse() implements NotHappening {
    @Override
    public String sentence() {
      return "What the MDM does about labels is not known, as the policies have no risk response.";
    }
  }

  /** No active security policy is applied to a label that the device has. */
  record NoSecurityPolicy() implements NotHappening {
    @Override
    public String sentence() {
      return "The MDM does nothing, as no active security policy is applied to a label that the"
          + " device has.";
    }
  }

  /**
   * A security policy is applied to a label of the device, and another one takes precedence.
   *
   * @param policy the name of the policy
   * @param by the name of the one with the higher priority
   */
  record PolicyOutranked(String policy, String by) implements NotHappening {
    @Override
    public String sentence() {
      return "Security policy "
          + Checks.excerpt(policy)
          + " is not applied, as "
          + Checks.excerpt(by)
          + " has a higher priority.";
    }
  }

  /**
   * A security policy would be applied to a label of the device, but is not active.
   *
   * @param policy the name of the policy
   */
  record PolicyInactive(String policy) implements NotHappening {
    @Override
    public String sentence() {
      return "Security policy " + Checks.excerpt(policy) + " is not applied, as it is inactive.";
    }
  }

  /**
   * The security policy that is applied finds nothing wrong with the device.
   *
   * @param policy the name of the policy
   */
  record NothingViolated(String policy) implements NotHappening {
    @Override
    public String sentence() {
      return "Security policy "
          + Checks.excerpt(policy)
          + " starts no compliance action, as the device violates none of its enabled rules and is"
          + " not disallowed.";
    }
  }
}
