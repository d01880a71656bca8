package io.riskladder.mobilerisk;

import io.riskladder.core.risk.RiskLevel;
import java.util.List;
import java.util.Optional;

/** What events say, whatever the version that they are written in. */
final class Reports {
  private Reports() {}

  /** What the service calls the state of a device's app. */
  enum Activation {
    ACTIVATED,
    DEACTIVATED,
    PENDING,
    DELETED
  }

  /** Whether a device is in touch with the service. */
  enum Protection {
    PROTECTED,
    DISCONNECTED,
    UNINSTALLED
  }

  /** What became of a threat. */
  enum ThreatStatus {
    OPEN,
    RESOLVED,
    IGNORED
  }

  /** What became of the thing that an event speaks of. */
  enum ChangeType {
    CREATED,
    UPDATED,
    DELETED,
    PURGED;

    boolean isGone() {
      return this == DELETED || this == PURGED;
    }
  }

  /**
   * Of a device.
   *
   * @param groups the groups that it is in, if that is said; none is the default group
   */
  record Device(
      String id,
      Optional<String> platform,
      boolean gone,
      boolean active,
      boolean connected,
      Optional<List<String>> groups) {}

  /** One classification of a threat. */
  record Assessment(String classification, Optional<RiskLevel> severity) {}

  /**
   * Of a threat.
   *
   * @param status that it is resolved, if it was deleted
   * @param assessments by the names of version 2; one or more if it is open
   * @param unknownSeverity a severity that cannot be read, if there is one
   * @param by the administrator who did it, if one did
   */
  record Threat(
      String id,
      String device,
      Optional<String> platform,
      ChangeType change,
      ThreatStatus status,
      List<Assessment> assessments,
      Optional<String> unknownSeverity,
      Optional<String> by) {}

  /** A change of an attribute, of which an audit event has several. */
  record Change(String name, Optional<String> from, Optional<String> to) {}

  /** Of what administrators did. */
  record Audit(String type, List<Change> changes) {}
}
