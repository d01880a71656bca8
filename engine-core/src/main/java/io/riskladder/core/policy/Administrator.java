package io.riskladder.core.policy;

import static io.riskladder.core.internal.Checks.invalid;

import com.google.common.collect.Sets;
import io.riskladder.core.internal.Checks;
import io.riskladder.core.risk.RiskLevel;
import java.util.Set;

/**
 * Somebody who gets mail about threats.
 *
 * @param email the address, one line; how it is written is the mailer's matter
 * @param notifyLevels the levels that mail is wanted for, of LOW, MEDIUM and HIGH, in that order;
 *     may be empty; unmodifiable
 */
public record Administrator(String email, Set<RiskLevel> notifyLevels) {
  /**
   * Copies what it is given.
   *
   * @param email the address, one line
   * @param notifyLevels the levels that mail is wanted for, of LOW, MEDIUM and HIGH, in that order
   * @throws IllegalArgumentException if the address is blank or too long, or a level is below LOW
   */
  public Administrator {
    Checks.name("email", email);
    notifyLevels = Sets.immutableEnumSet(notifyLevels);
    for (RiskLevel level : notifyLevels) {
      if (!level.isReported()) {
        throw invalid("notify", level + " is never mailed, expected LOW, MEDIUM or HIGH");
      }
    }
  }
}
