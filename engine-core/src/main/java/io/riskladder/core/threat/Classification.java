package io.riskladder.core.threat;

import static io.riskladder.core.internal.Checks.invalid;

import io.riskladder.core.internal.Checks;
import io.riskladder.core.internal.EngineValue;
import io.riskladder.core.risk.Response;
import io.riskladder.core.risk.RiskLevel;
import org.immutables.value.Value;

/**
 * A kind of threat, with the risk level and response that it has where no group says otherwise
 * (rules, sections 2 and 11). Either one of the {@link Catalogue} or a tenant's own.
 */
@Value.Immutable
@EngineValue
public abstract sealed class Classification permits ImmutableClassification {
  Classification() {}

  /** {@return its id, 1 to 200 characters, e.g. {@code OUT_OF_DATE_OS}} */
  public abstract String id();

  /** {@return its name for people} */
  public abstract String displayName();

  /** {@return what the threat is found in} */
  public abstract ThreatType threatType();

  /** {@return the risk level where no group has a policy} */
  public abstract RiskLevel riskLevel();

  /** {@return the response where no group has a policy; DONT_ALERT if the level is NONE} */
  public abstract Response response();

  /** {@return whether it must be handled at once, so that no grace is right; false unless set} */
  @Value.Default
  public boolean urgent() {
    return false;
  }

  /** {@return whether the user cannot fix it without the internet; false unless set} */
  @Value.Default
  public boolean fixNeedsInternet() {
    return false;
  }

  /** {@return whether threats of this kind are over when reported} */
  public final boolean isWebContent() {
    return threatType() == ThreatType.WEB_CONTENT;
  }

  @Value.Check
  void check() {
    Checks.id("id", id());
    Checks.name("displayName", displayName());
    String problem = responseProblem(riskLevel(), response());
    if (!problem.isEmpty()) {
      throw invalid("response", problem);
    }
  }

  /**
   * {@return what is wrong with this response to a threat of this kind at this level, empty if
   * nothing is}
   *
   * @param riskLevel the level of the rung
   * @param response the response of the rung
   */
  public final String responseProblem(RiskLevel riskLevel, Response response) {
    if (riskLevel == RiskLevel.NONE && response != Response.DONT_ALERT) {
      return response + " does not go with risk level NONE, expected DONT_ALERT";
    }
    if (response.isWebContentOnly() && !isWebContent()) {
      return response + " is for web content only, and " + Checks.excerpt(id()) + " is not";
    }
    if (response.block() != io.riskladder.core.risk.BlockStrength.NONE && isWebContent()) {
      return response + " is not for web content, and " + Checks.excerpt(id()) + " is";
    }
    return "";
  }

  /** {@return a new builder} */
  public static Builder builder() {
    return new Builder();
  }

  /** Assembles a classification; not safe for use by several threads. */
  public static final class Builder extends ImmutableClassification.Builder {
    Builder() {}
  }
}
