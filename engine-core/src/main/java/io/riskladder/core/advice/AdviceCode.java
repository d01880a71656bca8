package io.riskladder.core.advice;

/** What can be unwise in a policy set that is valid (rules, section 10). */
public enum AdviceCode {
  /** A ladder on a kind of threat that must be handled at once. */
  GRACE_ON_URGENT_THREAT(Severity.WARNING),
  /** A rung blocks the internet on a threat whose fix needs the internet. */
  REMEDIATION_TRAP(Severity.WARNING),
  /** The user is cut off before having been told. */
  BLOCK_WITHOUT_NOTICE(Severity.WARNING),
  /** A rung does less than the one below it. */
  WEAKER_RESPONSE(Severity.WARNING),
  /** An escalation of which the user is not told. */
  SILENT_RUNG(Severity.WARNING),
  /** A message names a number of days that the ladder does not keep. */
  STALE_PROMISE(Severity.WARNING),
  /** A level that no administrator wants mail for. */
  NOBODY_MAILED(Severity.WARNING),
  /** A level without a label, so that the MDM never hears of it. */
  UNLABELLED_RISK(Severity.WARNING),
  /** A label that no security policy is applied to, so that the MDM does nothing about it. */
  UNMAPPED_LABEL(Severity.WARNING),
  /** A security policy that lets some devices with a risk label be. */
  TRIGGER_NOT_ALWAYS_ON(Severity.WARNING),
  /** A security policy for a risk label that does nothing. */
  NO_COMPLIANCE_ACTION(Severity.WARNING),
  /** Devices at high risk keep access, or are not quarantined. */
  HIGH_RISK_TOO_MILD(Severity.WARNING),
  /** A security policy for a lower risk wins over one for a higher. */
  PRIORITY_INVERSION(Severity.WARNING),
  /** A group's policy that says what it would inherit. */
  REDUNDANT_OVERRIDE(Severity.HINT),
  /** Blocked domains that nothing blocks, or that another one covers. */
  DEAD_DOMAIN_LIST(Severity.HINT);

  private final Severity severity;

  AdviceCode(Severity severity) {
    this.severity = severity;
  }

  /** {@return how much it matters} */
  public Severity severity() {
    return severity;
  }
}
