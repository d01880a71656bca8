package io.riskladder.core.device;

import com.google.common.collect.ImmutableList;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that follows from a decision and is to be done or known (rules, sections 6 to 9). */
public sealed interface Effect {

  /** The kinds of effects, by the names that documents use. */
  enum Type {
    /** The device's user is told. */
    NOTIFY_DEVICE,
    /** Administrators get an issue. */
    ISSUE_OPENED,
    /** The administrators' issue is brought up to date. */
    ISSUE_UPDATED,
    /** The administrators' issue is closed. */
    ISSUE_RESOLVED,
    /** The issue is ignored. */
    ISSUE_IGNORED,
    /** The issue is ignored no longer. */
    ISSUE_RESTORED,
    /** Administrators get mail. */
    EMAIL_ADMINISTRATORS,
    /** These domains are blocked on the device, and nothing else. */
    BLOCK_DOMAINS,
    /** All traffic is blocked on the device. */
    BLOCK_INTERNET,
    /** Nothing is blocked on the device any more. */
    UNBLOCK,
    /** The device gets a label in the MDM. */
    ADD_LABEL,
    /** The device loses a label in the MDM. */
    REMOVE_LABEL,
    /** The MDM starts an action: foreseen, not ordered. */
    COMPLIANCE_ACTION_STARTED,
    /** The MDM ceases an action: foreseen, not ordered. */
    COMPLIANCE_ACTION_CEASED,
    /** An event was rejected; nothing else came of it. */
    REJECTED
  }

  /** {@return when, on what and why it is} */
  EffectHeader header();

  /** {@return its kind} */
  Type type();

  /** {@return when it happens} */
  default Instant at() {
    return header().at();
  }

  /** {@return its id, the same on every replay} */
  default String id() {
    return header().id();
  }

  /**
   * The device's user is told.
   *
   * @param header when, on what and why
   * @param riskLevel the level of the rung
   * @param response the response of the rung
   * @param message what the user reads
   */
  record NotifyDevice(EffectHeader header, RiskLevel riskLevel, Response response, Message message)
      implements Effect {
    @Override
    public Type type() {
      return Type.NOTIFY_DEVICE;
    }
  }

  /**
   * Administrators get an issue.
   *
   * @param header when, on what and why
   * @param riskLevel the threat's level
   */
  record IssueOpened(EffectHeader header, RiskLevel riskLevel) implements Effect {
    @Override
    public Type type() {
      return Type.ISSUE_OPENED;
    }
  }

  /**
   * The administrators' issue is brought up to date.
   *
   * @param header when, on what and why
   * @param riskLevel the threat's level
   */
  record IssueUpdated(EffectHeader header, RiskLevel riskLevel) implements Effect {
    @Override
    public Type type() {
      return Type.ISSUE_UPDATED;
    }
  }

  /**
   * The administrators' issue is closed.
   *
   * @param header when, on what and why
   * @param resolution why
   */
  record IssueResolved(EffectHeader header, Resolution resolution) implements Effect {
    @Override
    public Type type() {
      return Type.ISSUE_RESOLVED;
    }
  }

  /**
   * The issue is ignored.
   *
   * @param header when, on what and why
   * @param by who ignored it, if that is known
   */
  record IssueIgnored(EffectHeader header, Optional<String> by) implements Effect {
    @Override
    public Type type() {
      return Type.ISSUE_IGNORED;
    }
  }

  /**
   * The issue is ignored no longer.
   *
   * @param header when, on what and why
   * @param by who restored it, if that is known
   */
  record IssueRestored(EffectHeader header, Optional<String> by) implements Effect {
    @Override
    public Type type() {
      return Type.ISSUE_RESTORED;
    }
  }

  /**
   * Administrators get mail.
   *
   * @param header when, on what and why
   * @param riskLevel the threat's level
   * @param recipients the addresses, one or more, sorted; unmodifiable
   */
  record EmailAdministrators(EffectHeader header, RiskLevel riskLevel, List<String> recipients)
      implements Effect {
    /**
     * Copies what it is given.
     *
     * @param header when, on what and why
     * @param riskLevel the threat's level
     * @param recipients the addresses, one or more, sorted
     */
    public EmailAdministrators {
      recipients = ImmutableList.copyOf(recipients);
    }

    @Override
    public Type type() {
      return Type.EMAIL_ADMINISTRATORS;
    }
  }

  /**
   * These domains are blocked on the device, and nothing else.
   *
   * @param header when, on what and why
   * @param domains the domains in normal form, sorted; unmodifiable
   */
  record BlockDomains(EffectHeader header, List<String> domains) implements Effect {
    /**
     * Copies what it is given.
     *
     * @param header when, on what and why
     * @param domains the domains in normal form, sorted
     */
    public BlockDomains {
      domains = ImmutableList.copyOf(domains);
    }

    @Override
    public Type type() {
      return Type.BLOCK_DOMAINS;
    }
  }

  /**
   * All traffic is blocked on the device.
   *
   * @param header when, on what and why
   */
  record BlockInternet(EffectHeader header) implements Effect {
    @Override
    public Type type() {
      return Type.BLOCK_INTERNET;
    }
  }

  /**
   * Nothing is blocked on the device any more.
   *
   * @param header when, on what and why
   */
  record Unblock(EffectHeader header) implements Effect {
    @Override
    public Type type() {
      return Type.UNBLOCK;
    }
  }

  /**
   * The device gets a label in the MDM.
   *
   * @param header when, on what and why
   * @param label the label's name
   */
  record AddLabel(EffectHeader header, String label) implements Effect {
    @Override
    public Type type() {
      return Type.ADD_LABEL;
    }
  }

  /**
   * The device loses a label in the MDM.
   *
   * @param header when, on what and why
   * @param label the label's name
   */
  record RemoveLabel(EffectHeader header, String label) implements Effect {
    @Override
    public Type type() {
      return Type.REMOVE_LABEL;
    }
  }

  /**
   * The MDM starts an action: foreseen, not ordered.
   *
   * @param header when, on what and why
   * @param action the action's name
   */
  record ComplianceActionStarted(EffectHeader header, String action) implements Effect {
    @Override
    public Type type() {
      return Type.COMPLIANCE_ACTION_STARTED;
    }
  }

  /**
   * The MDM ceases an action: foreseen, not ordered.
   *
   * @param header when, on what and why
   * @param action the action's name
   */
  record ComplianceActionCeased(EffectHeader header, String action) implements Effect {
    @Override
    public Type type() {
      return Type.COMPLIANCE_ACTION_CEASED;
    }
  }

  /**
   * An event was rejected; nothing else came of it.
   *
   * @param header when, on what and why
   * @param reason why
   */
  record Rejected(EffectHeader header, RejectionReason reason) implements Effect {
    @Override
    public Type type() {
      return Type.REJECTED;
    }
  }
}
